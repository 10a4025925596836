"""The relation `context`: every source stays, and one is chosen for each night or quantity."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest

from tightlog.domain.diary import ContextValue
from tightlog.domain.wellness import Evidence, Origin, quantity
from tightlog.ingest.reading import CONTEXT_SCHEMA, context_row
from tightlog.warehouse.build import frame, statement
from tightlog.warehouse.drafts.readings import Readings

DAY = date(2026, 5, 4)
SYNC = datetime(2026, 5, 4, 6, tzinfo=UTC)
WATCH = ContextValue(
    DAY, "sleep_h", 7.0, "h", "garmin", "Garmin", Evidence.STAGES, Origin.EXPORT, SYNC
)
NOTED = ContextValue(DAY, "sleep_duration_h", 8.0, "h", "csv")
PHONE = replace(WATCH, value=9.0, source="apple_health", device="iPhone", evidence=Evidence.PHONE)


def made(folder: Path, *contents: tuple[ContextValue, ...]) -> list[dict[str, Any]]:
    """Rows of the relation made from contents, in their order."""
    with duckdb.connect() as connection:
        readings = Readings(connection, folder)
        readings.make_tables()
        rows = [
            context_row(f"{number:064}", value)
            for number, values in enumerate(contents)
            for value in values
        ]
        readings.append("context", pl.DataFrame(rows, schema=dict(CONTEXT_SCHEMA)))
        connection.execute("create table tightness (day date, eased varchar[])")
        connection.execute(statement("relation/context"))
        return frame(connection, "from context").to_dicts()


def chosen(rows: list[dict[str, Any]]) -> list[tuple[str, float, str]]:
    return [(row["name"], row["value"], row["source"]) for row in rows if row["is_chosen"]]


def test_every_source_is_kept_with_what_it_is_and_one_is_chosen(tmp_path: Path) -> None:
    rows = made(tmp_path, (WATCH,), (NOTED,), (PHONE,))
    assert [(row["source"], row["evidence"], row["is_chosen"]) for row in rows] == [
        ("csv", "noted", False),
        ("garmin", "stages", True),
        ("apple_health", "phone", False),
    ]
    assert (rows[1]["device"], rows[1]["written_at"]) == ("Garmin", SYNC)


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (WATCH, replace(WATCH, source="fit", origin=Origin.RECORDING, value=6.0)),
        (WATCH, replace(WATCH, source="apple_health", origin=Origin.COPY, value=6.0)),
        (replace(WATCH, evidence=Evidence.WEARABLE), PHONE),
        (PHONE, NOTED),
        (NOTED, replace(PHONE, evidence=Evidence.BED)),
    ],
)
def test_better_evidence_then_better_origin_is_chosen(
    tmp_path: Path, better: ContextValue, worse: ContextValue
) -> None:
    rows = made(tmp_path, (worse,), (better,))
    assert chosen(rows) == [(better.name, better.value, better.source)]


def test_a_night_is_of_one_source_alone(tmp_path: Path) -> None:
    deep = replace(WATCH, name="sleep_deep_h", value=1.5)
    other = [replace(deep, name=name, source="fit", value=2.0, origin=Origin.RECORDING)
             for name in ("sleep_h", "sleep_deep_h", "sleep_rem_h")]  # fmt: skip
    rows = made(tmp_path, (WATCH, deep), tuple(other))
    assert sorted(chosen(rows)) == [("sleep_deep_h", 1.5, "garmin"), ("sleep_h", 7.0, "garmin")]
    assert len(rows) == 5


def test_the_last_word_on_a_night_counts_as_a_whole(tmp_path: Path) -> None:
    early = (replace(WATCH, value=4.0), replace(WATCH, name="sleep_rem_h", value=1.0))
    late = (replace(WATCH, value=7.5, written_at=SYNC.replace(minute=1)),)
    for contents in ((early, late), (late, early)):
        assert chosen(made(tmp_path, *contents)) == [("sleep_h", 7.5, "garmin")]


def night(began_h: float, slept_h: float, minute: int) -> tuple[ContextValue, ...]:
    slept = replace(WATCH, value=slept_h, written_at=SYNC.replace(minute=minute))
    return slept, replace(slept, name="bed_time_h", value=began_h)


def test_a_second_sleep_of_a_morning_does_not_replace_the_night(tmp_path: Path) -> None:
    whole, again, doze = night(11.0, 6.0, 1), night(11.1, 7.0, 2), night(20.0, 1.0, 3)
    for contents in ((whole, again, doze), (doze, again, whole)):
        assert ("sleep_h", 7.0, "garmin") in chosen(made(tmp_path, *contents))
    # Slept in the evening of that day, after the night: longer, and no night.
    evening = night(26.0, 8.0, 4)
    assert ("sleep_h", 7.0, "garmin") in chosen(made(tmp_path, again, evening))
    # A false window of many hours is taken back by the night written later.
    rows = made(tmp_path, night(9.0, 15.0, 1), night(11.0, 7.0, 2))
    assert ("sleep_h", 7.0, "garmin") in chosen(rows)


def test_of_files_without_a_time_of_writing_the_one_that_reaches_further_counts(
    tmp_path: Path,
) -> None:
    steps = replace(
        WATCH, name="steps", unit="steps", source="oura", value=4_000.0, written_at=None
    )
    whole = (replace(steps, value=9_000.0), replace(steps, day=date(2026, 5, 5), value=100.0))
    for contents in (((steps,), whole), (whole, (steps,))):
        found = chosen(made(tmp_path, *contents))
        assert ("steps", 9_000.0, "oura") in found
        assert ("steps", 4_000.0, "oura") not in found


def test_a_watch_that_lay_in_a_drawer_counted_no_steps(tmp_path: Path) -> None:
    still = replace(WATCH, name="steps", unit="steps", value=0.0, source="fit", part="walking")
    assert made(tmp_path, (still,), (replace(still, part="running"),)) == []


def test_of_equals_the_source_of_more_days_is_chosen(tmp_path: Path) -> None:
    ring = replace(WATCH, source="oura", device="Oura", value=6.5, written_at=SYNC.replace(hour=9))
    before = replace(WATCH, day=date(2026, 5, 3))
    rows = made(tmp_path, (WATCH, before), (ring,))
    assert [name for _, _, name in chosen(rows)] == ["garmin", "garmin"]
    rows = made(tmp_path, (WATCH,), (ring,))
    assert [name for _, _, name in chosen(rows)] == ["oura"]


def test_steps_are_the_highest_count_of_each_part_over_all_files(tmp_path: Path) -> None:
    walked = replace(
        WATCH, name="steps", unit="steps", value=3_000.0, source="fit", part="walking",
        evidence=Evidence.WEARABLE, origin=Origin.RECORDING,
    )  # fmt: skip
    later = (replace(walked, value=8_000.0), replace(walked, value=2_000.0, part="running"))
    rows = made(tmp_path, (walked,), later)
    assert [(row["value"], row["is_chosen"]) for row in rows] == [(10_000.0, True)]


def test_a_mean_over_files_counts_each_by_its_weight(tmp_path: Path) -> None:
    calm = replace(
        WATCH, name="watch_stress", unit="0–100", value=100.0, source="fit", weight=10.0,
        evidence=Evidence.WEARABLE, origin=Origin.RECORDING,
    )  # fmt: skip
    rows = made(tmp_path, (calm,), (replace(calm, value=1_500.0, weight=30.0),))
    assert [row["value"] for row in rows] == [40.0]


def test_what_only_the_runner_notes_all_counts(tmp_path: Path) -> None:
    mood = ContextValue(DAY, "mood", 3.0, "1–5", "daylio")
    rows = made(tmp_path, (mood,), (mood, replace(mood, value=4.0), replace(mood, source="csv")))
    assert [row["is_chosen"] for row in rows] == [True] * 3
    assert quantity("mood") is None
