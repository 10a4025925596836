from datetime import UTC, date, datetime
from typing import Any

import polars as pl
import pytest

from tightlog.domain.frames import RECORD_SCHEMA
from tightlog.ingest.reading import ACTIVITY_SCHEMA
from tightlog.warehouse.segments.recorded import derived


def windows(sport: str = "running", **columns: Any) -> pl.DataFrame:
    """The windows of one activity of 61 records a second apart (or at `elapsed_s`), straight
    north at 3 m/s.
    """
    rows = len(columns.get("elapsed_s", range(61)))
    usual = {
        "elapsed_s": [float(second) for second in range(rows)],
        "distance_m": [3.0 * second for second in range(rows)],
        "is_timer_running": [True] * rows,
    }
    records = pl.DataFrame(
        usual | columns, schema_overrides={name: RECORD_SCHEMA[name] for name in columns}
    )
    missing = [
        pl.lit(None, dtype=kind).alias(name)
        for name, kind in RECORD_SCHEMA.items()
        if name not in records.columns
    ]
    records = records.with_columns(*missing).select(
        pl.lit(0, pl.Int64).alias("activity_key"), *RECORD_SCHEMA
    )
    activity = {
        "activity_id": "a",
        "activity_key": 0,
        "sport": sport,
        "started_at": datetime(2026, 5, 1, tzinfo=UTC),
        "day": date(2026, 5, 1),
    }
    activities = pl.DataFrame([activity], schema=dict(ACTIVITY_SCHEMA))
    return derived(activities, records)["run_window"]


def test_what_was_measured_on_the_body_is_averaged() -> None:
    found = windows(
        heart_rate_bpm=[140.0] * 30 + [150.0] * 31,
        ground_contact_ms=[240.0, 250.0] * 30 + [240.0],
        vertical_oscillation_mm=[90.0] * 61,
        vertical_ratio_pct=[8.5] * 61,
        ground_contact_left_pct=[50.3] * 61,
        step_length_mm=[1060.0] * 61,
    )
    assert found["heart_rate_bpm"].to_list() == pytest.approx([140.0, 150.0])
    assert found["ground_contact_ms"].to_list() == pytest.approx([245.0, 245.0])
    assert found.select(
        "vertical_oscillation_mm", "vertical_ratio_pct", "ground_contact_left_pct", "step_length_mm"
    ).row(0) == pytest.approx((90.0, 8.5, 50.3, 1060.0))


def test_a_value_counts_by_the_time_it_stood() -> None:
    found = windows(
        elapsed_s=[0.0, 5.0, 6.0, 16.0, 26.0, 30.0],
        heart_rate_bpm=[100.0, 160.0, 130.0, 130.0, 130.0, 130.0],
    )
    # 5 s at 100, 1 s at 160, 24 s at 130.
    assert found["heart_rate_bpm"][0] == pytest.approx((5 * 100 + 160 + 24 * 130) / 30)


def test_zero_and_unbelievable_values_are_missing() -> None:
    found = windows(
        heart_rate_bpm=[0.0] * 61,
        ground_contact_ms=[240.0, 0.0, 900.0] * 20 + [240.0],
        vertical_oscillation_mm=[float("nan")] * 61,
        vertical_ratio_pct=[98.0] * 61,
        ground_contact_left_pct=[None] * 61,
        step_length_mm=[0.0] * 61,
    )
    assert found["ground_contact_ms"].to_list() == [240.0, 240.0]
    names = (
        "heart_rate_bpm",
        "vertical_oscillation_mm",
        "vertical_ratio_pct",
        "ground_contact_left_pct",
        "step_length_mm",
    )
    assert [found[name].null_count() for name in names] == [2] * 5


def test_a_ride_has_no_windows() -> None:
    assert windows(sport="cycling").is_empty()
