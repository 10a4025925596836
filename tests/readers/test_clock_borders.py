"""Clocks at their borders: what is believed of a time, and what is not."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tightlog.readers.diary import read_diary
from tightlog.readers.fit import read_fit
from tightlog.readers.fit.clock import FIT_EPOCH, is_believable, latest_s
from tightlog.readers.local_day import local_day
from tightlog.readers.xml.gpx import read_gpx
from tightlog.readers.xml.tcx import read_tcx
from tightlog.simulation.files.steady_run import START, run_fit, run_gpx

HOUR_S = 3600
METRES_PER_DEG = 111_195.0


@pytest.mark.parametrize(
    ("written_s", "believed_s"),
    [
        (14 * HOUR_S, 14 * HOUR_S),
        (-14 * HOUR_S, -14 * HOUR_S),
        (14 * HOUR_S + 900, None),
        (5 * HOUR_S + 2700, 5 * HOUR_S + 2700),
        (2 * HOUR_S + 300, 2 * HOUR_S),
    ],
)
def test_a_watch_s_zone_is_a_quarter_of_an_hour_up_to_fourteen_hours(
    written_s: int, believed_s: int | None
) -> None:
    activity = read_fit(run_fit(utc_offset_s=written_s), "").activities[0]
    local = local_day(activity.started_at, activity.utc_offset_s, None, None, ZoneInfo("UTC"))
    assert local.source == ("settings" if believed_s is None else "device")
    assert believed_s is None or local.utc_offset_s == believed_s


@pytest.mark.parametrize(("ahead_h", "is_believed"), [(23.9, True), (24.1, False)])
def test_a_fit_time_is_at_most_a_day_ahead(ahead_h: float, is_believed: bool) -> None:
    at = datetime.now(UTC) + timedelta(hours=ahead_h)
    assert is_believable((at - FIT_EPOCH).total_seconds(), latest_s()) is is_believed


@pytest.mark.parametrize(("ahead_h", "is_believed"), [(47.5, True), (48.5, False)])
def test_a_time_in_text_is_at_most_two_days_ahead(ahead_h: float, is_believed: bool) -> None:
    at = datetime.now(UTC).replace(microsecond=0) + timedelta(hours=ahead_h)
    reading = read_gpx(run_gpx(at, minutes=10), "a.gpx")
    assert bool(reading.activities) is is_believed


@pytest.mark.parametrize(("year", "is_believed"), [(1990, True), (1989, False)])
def test_no_day_lies_before_1990(year: int, is_believed: bool) -> None:
    at = datetime(year, 7, 1, 6, tzinfo=UTC)
    assert bool(read_gpx(run_gpx(at, minutes=10), "a.gpx").activities) is is_believed


@pytest.mark.parametrize(("before_s", "is_taken"), [(600, True), (601, False)])
def test_a_stated_start_lies_at_most_ten_minutes_before_the_first_point(
    before_s: int, is_taken: bool
) -> None:
    stated = START - timedelta(seconds=before_s)
    metadata = f"<metadata><time>{stated:%Y-%m-%dT%H:%M:%SZ}</time></metadata><trk>".encode()
    activity = read_gpx(run_gpx().replace(b"<trk>", metadata, 1), "a.gpx").activities[0]
    assert activity.started_at == (stated if is_taken else START)


@pytest.mark.parametrize(("gap_s", "count"), [(1799, 1), (1801, 2)])
def test_tracks_less_than_half_an_hour_apart_are_one_outing(gap_s: int, count: int) -> None:
    second = START + timedelta(minutes=10, seconds=gap_s)
    track = run_gpx(second, minutes=10)
    track = track[track.index(b"<trk>") : track.index(b"</gpx>")]
    both = run_gpx(minutes=10).replace(b"</gpx>", track + b"</gpx>")
    assert len(read_gpx(both, "a.gpx").activities) == count


def lap(starts_s: float, first_s: float, last_s: float) -> str:
    """A lap of points one second and three metres apart."""

    def at(second: float) -> str:
        return f"{START + timedelta(seconds=second):%Y-%m-%dT%H:%M:%SZ}"

    points = "".join(
        f"<Trackpoint><Time>{at(second)}</Time><Position>"
        f"<LatitudeDegrees>{46 + 3 * second / METRES_PER_DEG:.8f}</LatitudeDegrees>"
        "<LongitudeDegrees>8.3</LongitudeDegrees></Position></Trackpoint>"
        for second in range(int(first_s), int(last_s) + 1)
    )
    return (
        f'<Lap StartTime="{at(starts_s)}"><TotalTimeSeconds>{last_s - starts_s}</TotalTimeSeconds>'
        f"<Track>{points}</Track></Lap>"
    )


def tcx(*laps: str) -> bytes:
    return (
        '<?xml version="1.0"?><TrainingCenterDatabase '
        'xmlns="http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2"><Activities>'
        f'<Activity Sport="Running"><Id>x</Id>{"".join(laps)}</Activity></Activities>'
        "</TrainingCenterDatabase>"
    ).encode()


@pytest.mark.parametrize(("wait_s", "is_taken"), [(600, True), (601, False)])
def test_a_lap_starts_at_most_ten_minutes_before_its_first_point(
    wait_s: int, is_taken: bool
) -> None:
    activity = read_tcx(tcx(lap(0, wait_s, wait_s + 300)), "a.tcx").activities[0]
    assert activity.started_at == (START if is_taken else START + timedelta(seconds=wait_s))


@pytest.mark.parametrize(("gap_s", "distance_m"), [(10, 630.0), (11, 600.0)])
def test_laps_over_ten_seconds_apart_have_a_pause_between(gap_s: int, distance_m: float) -> None:
    second = 100 + gap_s
    both = tcx(lap(0, 0, 100), lap(second, second, second + 100))
    records = read_tcx(both, "a.tcx").activities[0].records
    assert records["distance_m"][-1] == pytest.approx(distance_m, abs=1.0)


@pytest.mark.parametrize(("text", "is_read"), [("1990-01-01", True), ("1989-12-31", False)])
def test_no_score_lies_before_1990(text: str, is_read: bool) -> None:
    table = f"date,tightness\n{text},3\n2026-05-04,2\n".encode()
    scores = read_diary(table, "scores.csv", ZoneInfo("Europe/Zurich")).scores
    assert (date.fromisoformat(text) in [score.day for score in scores]) is is_read
