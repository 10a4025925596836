"""Outings hours apart in one file: each is an activity of its own, on its own day."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from tightlog.domain.activity import Activity
from tightlog.domain.file_status import FileStatus
from tightlog.domain.reading import Reading
from tightlog.readers.fit import read_fit
from tightlog.readers.travelled import outing_ranges
from tightlog.readers.xml.gpx import read_gpx
from tightlog.readers.xml.tcx import read_tcx
from tightlog.simulation.files.fit_file import FitMessage, fit_file, fit_timestamp

EVENING = datetime(2026, 5, 4, 18, tzinfo=UTC)
STEP_S, HALF, COUNT = 5, 180, 360
MPS = 2.8
NIGHT_S = 12 * 3600
M_PER_DEG = 111_195.0


def rows(gap_s: int, count: int = COUNT) -> list[tuple[datetime, float]]:
    """Two runs of 15 min, the second this much later: instant and metres of each record."""
    return [
        (EVENING + timedelta(seconds=row * STEP_S + gap_s * (row >= HALF)), row * STEP_S * MPS)
        for row in range(count)
    ]


def gpx(gap_s: int, count: int = COUNT) -> Reading:
    points = "".join(
        f'<trkpt lat="{47.0 + way_m / M_PER_DEG:.7f}" lon="8.3">'
        f"<time>{at:%Y-%m-%dT%H:%M:%SZ}</time></trkpt>"
        for at, way_m in rows(gap_s, count)
    )
    text = f"<gpx><trk><type>running</type><trkseg>{points}</trkseg></trk></gpx>"
    return read_gpx(text.encode(), "a.gpx")


def tcx(gap_s: int, count: int = COUNT, lap_count: int = 1) -> Reading:
    """The same in one lap, or in two that part where the runs do."""
    points = [
        f"<Trackpoint><Time>{at:%Y-%m-%dT%H:%M:%SZ}</Time>"
        f"<DistanceMeters>{way_m}</DistanceMeters></Trackpoint>"
        for at, way_m in rows(gap_s, count)
    ]
    laps = [points] if lap_count == 1 else [points[:HALF], points[HALF:]]
    starts = [EVENING, rows(gap_s)[HALF][0]]
    body = "".join(
        f'<Lap StartTime="{start:%Y-%m-%dT%H:%M:%SZ}"><Track>{"".join(lap)}</Track></Lap>'
        for start, lap in zip(starts, laps, strict=False)
    )
    text = (
        '<TrainingCenterDatabase><Activities><Activity Sport="Running">'
        f"<Id>{EVENING:%Y-%m-%dT%H:%M:%SZ}</Id>{body}</Activity></Activities>"
        "</TrainingCenterDatabase>"
    )
    return read_tcx(text.encode(), "a.tcx")


def fit(gap_s: int, count: int = COUNT) -> Reading:
    """The same under one session, with the pause of the timer between."""
    every = rows(gap_s, count)
    seconds = np.array([fit_timestamp(at) for at, _ in every])
    timer_s = (min(count, HALF) - 1) * STEP_S
    return read_fit(
        fit_file(
            [
                FitMessage(0, {0: ("enum", [4]), 1: ("uint16", [1]), 4: ("uint32", seconds[:1])}),
                FitMessage(
                    21,
                    {
                        253: ("uint32", seconds[[0, HALF - 1, HALF, -1]]),
                        0: ("enum", [0] * 4),
                        1: ("enum", [0, 4, 0, 4]),
                    },
                ),
                FitMessage(
                    20,
                    {
                        253: ("uint32", seconds),
                        5: ("uint32", np.array([round(100 * way_m) for _, way_m in every])),
                    },
                ),
                FitMessage(
                    18,
                    {
                        253: ("uint32", seconds[-1:]),
                        2: ("uint32", seconds[:1]),
                        5: ("enum", [1]),
                        7: ("uint32", [int(seconds[-1] - seconds[0]) * 1000]),
                        8: ("uint32", [timer_s * 1000]),
                        9: ("uint32", [round(100 * every[-1][1])]),
                    },
                ),
            ]
        ),
        "a.fit",
    )


def tcx_of_two_laps(gap_s: int, count: int = COUNT) -> Reading:
    return tcx(gap_s, count, lap_count=2)


ReadingOf = Callable[..., Reading]
READERS = pytest.mark.parametrize("reading_of", [gpx, tcx, tcx_of_two_laps, fit])


def lasts_a_quarter(activity: Activity) -> None:
    assert activity.elapsed_s == pytest.approx(895, abs=6)
    assert activity.moving_s == pytest.approx(895, abs=6)
    assert activity.distance_m == pytest.approx(895 * MPS, rel=0.02)


@READERS
def test_runs_of_two_days_in_one_file_are_two_activities(
    reading_of: ReadingOf,
) -> None:
    reading = reading_of(NIGHT_S)
    assert [one.started_at.day for one in reading.activities] == [4, 5]
    assert [one.session_index for one in reading.activities] == [0, 1]
    for activity in reading.activities:
        assert activity.sport == "running"
        lasts_a_quarter(activity)
        assert activity.records["elapsed_s"].max() == pytest.approx(895, abs=6)
    assert reading.status is FileStatus.PARTIAL
    assert "it joins 2 outings more than 6 h apart" in str(reading.reason)


@READERS
def test_what_is_left_out_beside_an_outing_is_said(reading_of: ReadingOf) -> None:
    left, whole = reading_of(NIGHT_S, HALF + 3), reading_of(NIGHT_S)
    lasts_a_quarter(left.activities[0])
    assert len(left.activities) == 1 and left.status is FileStatus.PARTIAL
    assert "3 records more than 6 h from the others" in str(left.reason)
    assert "from the others" not in str(whole.reason)


def loops(apart: timedelta, *, off_m: float = 0.0, second: int = COUNT // 2) -> Reading:
    """Two loops from one door, the second this much later, that far from the door and this many
    records long, in one GPX track.
    """
    way_m = [min(row, HALF - row) * STEP_S * MPS for row in range(HALF)]
    ends = EVENING + timedelta(seconds=(HALF - 1) * STEP_S)
    every = [(EVENING + timedelta(seconds=row * STEP_S), way) for row, way in enumerate(way_m)]
    every += [
        (ends + apart + timedelta(seconds=row * STEP_S), way + off_m)
        for row, way in enumerate(way_m[:second])
    ]
    points = "".join(
        f'<trkpt lat="{47.0 + north_m / M_PER_DEG:.7f}" lon="8.3">'
        f"<time>{at:%Y-%m-%dT%H:%M:%SZ}</time></trkpt>"
        for at, north_m in every
    )
    text = f"<gpx><trk><type>running</type><trkseg>{points}</trkseg></trk></gpx>"
    return read_gpx(text.encode(), "a.gpx")


@pytest.mark.parametrize("days", [3.3, 14.7, 100.3])
def test_loops_from_one_door_weeks_apart_are_two_outings(days: float) -> None:
    reading = loops(timedelta(days=days))
    assert [one.distance_m for one in reading.activities] == [pytest.approx(2520, abs=30)] * 2
    assert "it joins 2 outings" in str(reading.reason)


@pytest.mark.parametrize(("second", "count"), [(12, 1), (14, 2)])
def test_less_than_a_minute_weeks_later_is_of_a_clock_that_jumped(second: int, count: int) -> None:
    reading = loops(timedelta(days=100.3), second=second)
    assert len(reading.activities) == count
    assert ("clock jumped" in str(reading.reason)) is (count == 1)


@READERS
def test_a_rest_of_hours_within_an_outing_is_a_pause(
    reading_of: ReadingOf,
) -> None:
    (activity,) = reading_of(6 * 3600 - 60).activities
    assert activity.elapsed_s == pytest.approx(6 * 3600 + 1740, abs=6)


@READERS
def test_a_recording_ended_the_next_morning_lasts_as_long_as_the_run(
    reading_of: ReadingOf,
) -> None:
    (activity,) = reading_of(NIGHT_S, HALF + 1).activities
    assert activity.started_at == EVENING
    lasts_a_quarter(activity)


@pytest.mark.parametrize(
    ("gap_s", "lasting_s", "counted_mps", "count"),
    [
        (21_600, 60, 0.0, 2),
        (21_599, 60, 0.0, 1),
        # What is under a minute is no outing, and is left out.
        (21_600, 59, 0.0, 1),
        (21_600, 60, 0.5, 1),
        (21_600, 60, 0.49, 2),
    ],
)
def test_outings_are_six_hours_apart_and_last_a_minute(
    gap_s: int, lasting_s: int, counted_mps: float, count: int
) -> None:
    times = np.array([0.0, 900.0, 900.0 + gap_s, 900.0 + gap_s + lasting_s])
    way_m = np.array([0.0, 2000.0, 2000.0 + counted_mps * gap_s, 2000.0 + counted_mps * gap_s])
    assert len(outing_ranges(times, way_m)) == count


def test_a_device_that_counted_on_without_records_was_on_its_way() -> None:
    times = np.concatenate((np.arange(100.0), NIGHT_S + np.arange(100.0)))
    counted_m = np.concatenate((np.arange(100.0), NIGHT_S + np.arange(100.0)))
    assert outing_ranges(times, counted_m) == [(0, 200)]
    assert outing_ranges(times, np.full(200, np.nan)) == [(0, 100), (100, 200)]


def test_records_without_a_time_part_nothing() -> None:
    times = np.concatenate((np.arange(100.0), [np.nan], NIGHT_S + np.arange(100.0)))
    assert outing_ranges(times, np.full(201, np.nan)) == [(0, 101), (101, 201)]
    assert outing_ranges(np.full(5, np.nan), np.full(5, np.nan)) == [(0, 5)]
