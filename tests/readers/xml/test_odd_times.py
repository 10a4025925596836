"""Times in other digits, on a clock of 12 hours, since 1970, or of another calendar are understood
or named.
"""

import re
from datetime import UTC, datetime, timedelta

import pytest

from tests.builders import START, run_gpx
from tightlog.domain.file_status import FileStatus
from tightlog.readers.xml.gpx import read_gpx
from tightlog.readers.xml.odd_times import iso_text
from tightlog.readers.xml.track_text import instant

PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2026-03-18 9:05:07 PM", "2026-03-18T21:05:07"),
        ("2026-03-18T12:05:07 AM", "2026-03-18T00:05:07"),
        ("2026-03-18 12:05:07 p.m.", "2026-03-18T12:05:07"),
        ("2026/3/8 下午9:05", "2026-03-08T21:05:00"),
        ("2026-03-18T9:05:07 PM +01:00", "2026-03-18T21:05:07+01:00"),
        ("2026-03-18T09:05Z", "2026-03-18T09:05:00Z"),
        ("1773824707", "2026-03-18T09:05:07Z"),
        ("1773824707000", "2026-03-18T09:05:07Z"),
        ("1773824707000000", "2026-03-18T09:05:07Z"),
        ("2026-03-18T09:05:07PM", "2026-03-18T21:05:07"),
        ("2026-03-18T9:05:07\u202fPM", "2026-03-18T21:05:07"),
        ("2026-3-8T9:5:7Z", "2026-03-08T09:05:07Z"),
        ("20260318T090507Z", "2026-03-18T09:05:07Z"),
        ("20260318090507", "2026-03-18T09:05:07"),
        ("2026-03-18T09.05.07Z", "2026-03-18T09:05:07Z"),
        ("2026-03-18t09:05:07z", "2026-03-18T09:05:07Z"),
        ("۲۰۲۶-۰۳-۱۸T۰۹:۰۵:۰۷Z", "2026-03-18T09:05:07Z"),
        ("٢٠٢٦-٠٣-١٨T٠٩:٠٥:٠٧Z", "2026-03-18T09:05:07Z"),
        ("2026-03-18 9:05:07 XM", "2026-03-18 9:05:07 XM"),
        ("18.03.2026 09:05", "18.03.2026 09:05"),
        ("yesterday", "yesterday"),
    ],
)
def test_a_time_becomes_iso_text(written: str, read: str) -> None:
    assert iso_text(written) == read


def rewritten(change: dict[int, int] | str) -> bytes:
    """A GPX run with the digits, or the year, of all its times changed."""
    head, *rest = run_gpx().decode().split("<time>")
    pieces = [piece.partition("</time>") for piece in rest]
    times = [
        time.translate(change) if isinstance(change, dict) else change + time[4:]
        for time, _, _ in pieces
    ]
    return (
        head
        + "".join(
            f"<time>{time}</time>{end}" for time, (_, _, end) in zip(times, pieces, strict=True)
        )
    ).encode()


def test_a_run_in_persian_digits_is_read_whole() -> None:
    found, plain = read_gpx(rewritten(PERSIAN), "a.gpx"), read_gpx(run_gpx(), "a.gpx")
    assert found.status is FileStatus.READ
    assert found.activities[0].started_at == plain.activities[0].started_at
    assert found.activities[0].records.equals(plain.activities[0].records)


def test_years_of_the_buddhist_calendar_are_taken_as_ours_and_said() -> None:
    found = read_gpx(rewritten("2569"), "a.gpx")
    assert found.activities[0].started_at.year == 2026
    assert found.status is FileStatus.PARTIAL and "Buddhist calendar" in (found.reason or "")
    assert instant("2567-02-29T09:00:00Z") == datetime(2024, 2, 29, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    "written",
    [
        "2026-03-18T10:05:07+01:00[Europe/Zurich]",
        "2026-03-18T09:05:07.Z",
        "Wed, 18 Mar 2026 10:05:07 +0100",
        "Wed Mar 18 09:05:07 GMT 2026",
        "2026-03-18T09:05:07\u202fAM",
    ],
)
def test_a_zone_behind_the_clock_is_read(written: str) -> None:
    assert instant(written) == datetime(2026, 3, 18, 9, 5, 7, tzinfo=UTC)


@pytest.mark.parametrize("late_s", [0, 25])
def test_times_without_seconds_are_spread_over_their_minutes(late_s: int) -> None:
    plain = run_gpx(START + timedelta(seconds=late_s)).decode()
    found = read_gpx(re.sub(r":\d\dZ", "Z", plain).encode(), "a.gpx")
    (activity,) = found.activities
    assert activity.elapsed_s == 1200
    assert activity.distance_m == pytest.approx(3360, abs=1)
    assert activity.started_at == START + timedelta(seconds=late_s)
    assert "its times have no seconds" in (found.reason or "")


def test_a_row_a_minute_needs_no_seconds() -> None:
    head, *points = run_gpx().decode().split("<trkpt")
    tail = points[-1].partition("</trkpt>")[2]
    sparse = "".join(f"<trkpt{point.partition('</trkpt>')[0]}</trkpt>" for point in points[::12])
    found = read_gpx(f"{head}{sparse}{tail}".encode(), "a.gpx")
    assert found.status is FileStatus.READ and found.activities[0].elapsed_s == 1200


@pytest.mark.parametrize("year", ["1405", "1447"])
def test_years_of_other_calendars_are_named(year: str) -> None:
    found = read_gpx(rewritten(year), "a.gpx")
    assert found.status is FileStatus.UNREADABLE
    assert "the Persian or the Islamic calendar" in (found.reason or "")


@pytest.mark.parametrize("year", ["2532", "2700"])
def test_years_no_calendar_explains_are_a_clock_not_set(year: str) -> None:
    assert "was not set" in (read_gpx(rewritten(year), "a.gpx").reason or "")
