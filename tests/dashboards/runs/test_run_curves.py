"""What the curves and the route promise: honest means, gaps where nothing was recorded, few
points, and one scale both ways.
"""

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from dashboards.runs import run_charts
from dashboards.runs.run_curves import longest_step_s, smoothing_words, width_of
from tests.builders import SETTINGS, home_at, run_fit, run_gpx
from tightlog.home.settings import Home
from tightlog.refresh.refresh import refresh
from tightlog.warehouse import store


def answered(home: Home, question: str, *parameters: Any) -> pl.DataFrame:
    version = store.published_version(home)
    activity_id = store.query(version, "select activity_id from activity").item()
    return store.answer(version, question, (activity_id, *parameters))


def refreshed(folder: Path, content: bytes) -> Home:
    home = home_at(folder, **{"a_gpx" if content.startswith(b"<?xml") else "a_fit": content})
    refresh(home, SETTINGS)
    return home


def without(gpx: bytes, first_s: int, end_s: int) -> bytes:
    """The track with its rows between two times taken out; a row every 5 s."""
    head, *rows = re.split(rb"(?=<trkpt)", gpx)
    return head + b"".join(
        row
        for number, row in enumerate(rows)
        if not first_s <= 5 * number < end_s or row is rows[-1]
    )


def test_a_stretch_is_the_mean_of_its_records_weighted_by_time(tmp_path: Path) -> None:
    # Rows every 5 s: 160 steps/min in the first of each pair, 170 in the second.
    head, *rows = re.split(rb"(?=<trkpt)", run_gpx(steps=160))
    home = refreshed(
        tmp_path,
        head
        + b"".join(
            row.replace(b"160", b"170") if number % 2 else row for number, row in enumerate(rows)
        ),
    )
    curve = answered(home, "activity_curve", "time", 10.0, 15.0)
    assert curve.height == 120
    assert curve["middle"].head(3).to_list() == [5.0, 15.0, 25.0]
    assert curve["cadence_spm"].to_list() == pytest.approx([165.0] * 120)
    assert curve["heart_rate_bpm"].to_list() == pytest.approx([145.0] * 120)
    assert curve["speed_mps"].to_list() == pytest.approx([2.8] * 120, rel=0.01)


def test_a_gap_in_the_recording_stays_a_gap_and_weighs_nothing(tmp_path: Path) -> None:
    head, *rows = re.split(rb"(?=<trkpt)", run_gpx())
    rows[59] = rows[59].replace(b"145", b"200")  # the last one before the gap, at 295 s
    home = refreshed(tmp_path, without(head + b"".join(rows), 300, 620))
    curve = answered(home, "activity_curve", "time", 30.0, 15.0)
    unknown = curve.filter(pl.col("heart_rate_bpm").is_null())["middle"].to_list()
    assert unknown == [315.0 + 30 * number for number in range(11)], (
        "of the last of them only 10 s are known"
    )
    assert curve.filter(pl.col("speed_mps").is_null())["middle"].to_list() == unknown
    assert curve["speed_mps"].drop_nulls().to_list() == pytest.approx([2.8] * 29, rel=0.02)
    assert curve["heart_rate_bpm"].drop_nulls().to_list() == pytest.approx([145.0] * 29)


def test_over_distance_the_stretches_are_metres(tmp_path: Path) -> None:
    curve = answered(refreshed(tmp_path, run_fit()), "activity_curve", "distance", 100.0, 10.0)
    # 20 min at 2.8 m/s are 3360 m: 33 whole stretches, and one of 60 m, of which more than half is
    # known.
    assert curve["middle"].to_list() == [50.0 + 100 * number for number in range(34)]
    assert curve["speed_mps"].to_list() == pytest.approx([2.8] * 34, rel=0.01)


def test_what_no_body_does_was_not_measured(tmp_path: Path) -> None:
    home = refreshed(tmp_path, run_gpx().replace(b"<gpxtpx:hr>145<", b"<gpxtpx:hr>254<"))
    curve = answered(home, "activity_curve", "time", 30.0, 15.0)
    assert curve["heart_rate_bpm"].drop_nulls().is_empty()
    assert "Heart rate" not in [
        one.name
        for one in run_charts.curves_of(
            run_charts.drawn(curve, "running", is_by_distance=False), "running"
        )
    ]


def test_a_pool_has_no_pace_of_ten_seconds(finished_home: Home) -> None:
    version = store.published_version(finished_home)
    swim = store.query(
        version, "select activity_id from activity where sport = 'swimming' limit 1"
    ).item()
    curve = store.answer(version, "activity_curve", (swim, "time", 10.0, 10.0))
    assert curve["speed_mps"].drop_nulls().is_empty()
    assert curve["heart_rate_bpm"].drop_nulls().len() > 0


def test_stretches_are_few_however_long_the_recording() -> None:
    def width(span_s: float, step_s: float = 1.0, *, is_by_distance: bool = False) -> float:
        return width_of(
            {"span_s": span_s, "span_m": span_s * 3.0, "step_s": step_s},
            is_by_distance=is_by_distance,
        )

    assert [width(hours * 3600) for hours in (0.5, 1, 2, 10)] == [10, 10, 30, 120]
    assert [width(hours * 3600, is_by_distance=True) for hours in (1, 2, 10)] == [50, 100, 500]
    assert width(3600, 20.0) == 60, (
        "a stretch holds three of the steps of a watch that writes rarely"
    )
    assert 30 * 86_400 / width(30 * 86_400) <= 1500, "a watch forgotten for a month"


def test_a_watch_that_writes_rarely_has_no_gaps_between_its_records() -> None:
    assert [longest_step_s({"step_s": step_s}) for step_s in (1.0, 8.0)] == [10.0, 24.0]


def curve_of(speeds: Sequence[float | None]) -> pl.DataFrame:
    channels = (
        "heart_rate_bpm",
        "cadence_spm",
        "ground_contact_ms",
        "vertical_oscillation_mm",
        "vertical_ratio_pct",
        "power_w",
        "altitude_m",
    )
    frame = pl.DataFrame(
        {"middle": [5.0 + 10 * number for number in range(len(speeds))], "speed_mps": speeds},
        schema={"middle": pl.Float64, "speed_mps": pl.Float64},
    )
    return frame.with_columns(
        **{name: pl.lit(None, pl.Float64) for name in channels[1:]}, heart_rate_bpm=pl.lit(150.0)
    )


def test_the_curves_share_one_axis_and_one_moment_and_only_known_ones_are_drawn() -> None:
    drawn = run_charts.drawn(curve_of([3.0, None, 2.5, 2.5]), "running", is_by_distance=False)
    spec = json.loads(run_charts.curves_chart(drawn, "running", is_by_distance=False).to_json())
    assert [row["title"]["text"] for row in spec["vconcat"]] == [
        "Pace, min/km",
        "Heart rate, beats/min",
    ]
    assert spec["resolve"]["scale"]["x"] == "shared"
    named = {layer["name"] for row in spec["vconcat"] for layer in row["layer"] if "name" in layer}
    assert set(spec["params"][0]["views"]) == named and len(named) == 2
    paces = [row["pace"] for rows in spec["datasets"].values() for row in rows if len(rows) == 4]
    assert paces == [pytest.approx(1000 / 3), None, 400.0, 400.0]


def test_a_value_between_two_gaps_is_kept_in_sight() -> None:
    drawn = run_charts.drawn(curve_of([None, 3.0, None, 2.5, 2.5]), "running", is_by_distance=False)
    row = json.loads(run_charts.curves_chart(drawn, "running", is_by_distance=False).to_json())[
        "vconcat"
    ][0]
    assert [layer["mark"]["type"] for layer in row["layer"]] == ["line", "circle", "rule"]


def test_a_walk_does_not_flatten_the_pace_of_the_run_and_that_is_said() -> None:
    drawn = run_charts.drawn(curve_of([3.0] * 9 + [0.5]), "running", is_by_distance=False)
    assert run_charts.slowest_drawn(drawn) == pytest.approx(2000 / 3)
    assert "Slower than 11:07 min/km is drawn at the edge." in smoothing_words(
        10, drawn, "running", is_by_distance=False
    )
    even = run_charts.drawn(curve_of([3.0] * 10), "running", is_by_distance=False)
    assert (
        smoothing_words(30, even, "running", is_by_distance=False)
        == "Averages over 30 s. Pauses and gaps in the recording are shown as gaps."
    )


def test_pace_labels_are_round_and_few() -> None:
    assert run_charts.pace_labels(290, 372) == [300, 315, 330, 345, 360]
    assert run_charts.pace_labels(290, 500) == [300, 360, 420, 480]
    assert run_charts.pace_labels(338, 342) == [340]
    assert len(run_charts.pace_labels(200, 1900)) <= 6


def test_the_route_is_in_metres_from_its_start_and_as_wide_as_high(tmp_path: Path) -> None:
    route = answered(refreshed(tmp_path, run_gpx()), "activity_route", 30.0)
    assert route["north_m"][0] == 0
    # 2.8 m/s to the north: 84 m in 30 s, the last stretch begins after 1200 s.
    assert route["north_m"].to_list() == pytest.approx(
        [84.0 * number for number in range(41)], abs=0.5
    )
    assert run_charts.extent(route["east_m"]) == pytest.approx((0, 0), abs=0.01)
    spec = json.loads(run_charts.route_chart(route, "running").to_json())
    x, y = (spec["layer"][0]["encoding"][name]["scale"]["domain"] for name in ("x", "y"))
    assert x[1] - x[0] == pytest.approx(y[1] - y[0])
    assert spec["width"] == spec["height"]


def test_the_route_is_not_drawn_across_a_gap(tmp_path: Path) -> None:
    route = answered(refreshed(tmp_path, without(run_gpx(), 300, 600)), "activity_route", 30.0)
    assert route["next_north_m"].null_count() == 2, "before the gap and at the end"
