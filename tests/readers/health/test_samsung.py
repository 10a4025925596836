"""Samsung Health: its tables in the layout they really have, with invented values."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tightlog.domain.file_status import FileStatus
from tightlog.domain.reading import Reading
from tightlog.readers.content import read_content
from tightlog.readers.health.samsung_clock import UNDECIDED, is_utc

ZONE = ZoneInfo("Europe/Zurich")
# Summer time begins on 29 March 2026.
FIRST = date(2026, 3, 10)
STAGES = ((40002, 4.0), (40003, 1.5), (40004, 1.5), (40001, 1.0))


def written(at: datetime, as_utc: bool) -> str:
    aware = at.replace(tzinfo=ZONE)
    away = aware.utcoffset() or timedelta(0)
    return f"{at - away if as_utc else at:%Y-%m-%d %H:%M:%S}.000"


def offset(at: datetime) -> str:
    return f"UTC{at.replace(tzinfo=ZONE):%z}"


def stages(nights: int, as_utc: bool) -> Iterator[str]:
    for count in range(nights):
        # Bedtimes of people differ by some minutes.
        at = datetime.combine(FIRST + timedelta(days=count), datetime.min.time())
        at += timedelta(hours=23, minutes=7 * (count % 4))
        zone = offset(at)
        for stage, hours in STAGES:
            end = at + timedelta(hours=hours)
            yield (f"{written(at, as_utc)},n{count},{stage},{zone},{written(end, as_utc)},x,")
            at = end


def taken(rows: list[str], encoding: str = "utf-8-sig") -> Reading:
    header = "start_time,sleep_id,stage,time_offset,end_time,datauuid"
    text = "\n".join(("com.samsung.health.sleep_stage,6313003,9", header, *rows))
    return read_content(text.encode(encoding), "com.samsung.health.sleep_stage.1.csv", ZONE)


@pytest.mark.parametrize("as_utc", [True, False])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_local_or_utc_is_told_by_the_change_to_summer_time(as_utc: bool, encoding: str) -> None:
    reading = taken([*stages(40, as_utc)], encoding)
    assert reading.status is FileStatus.READ
    day = date(2026, 4, 4)
    found = {one.name: one.value for one in reading.context if one.day == day}
    assert found == {
        "sleep_h": 7.0,
        "time_in_bed_h": 8.0,
        "sleep_deep_h": 1.5,
        "sleep_light_h": 4.0,
        "sleep_rem_h": 1.5,
        "sleep_awake_h": 1.0,
        "bed_time_h": pytest.approx(11.0 + 7 * (24 % 4) / 60),
    }
    assert len({one.day for one in reading.context}) == 40


def test_without_a_change_of_the_clock_nights_are_left_out_with_the_reason() -> None:
    reading = taken([*stages(12, True)])
    assert (reading.context, reading.reason) == ((), UNDECIDED)


def test_rows_written_twice_count_once() -> None:
    rows = [*stages(40, False)]
    assert taken(rows + rows).context == taken(rows).context


def test_at_greenwich_both_are_the_same_and_a_change_that_jumps_by_half_says_nothing() -> None:
    night, hours = datetime(2026, 3, 1, 23), timedelta(hours=7)
    at_zero = [(night, night + hours, timedelta(0))]
    assert is_utc(at_zero) is False

    def nights(first: datetime, away: int) -> list[tuple[datetime, datetime, timedelta]]:
        days = (first + timedelta(days=count) for count in range(10))
        return [(at, at + hours, timedelta(hours=away)) for at in days]

    def after(moved_h: float) -> bool | None:
        second = datetime(2026, 3, 11, 23) + timedelta(hours=moved_h)
        return is_utc(nights(night, 1) + nights(second, 2))

    assert [after(moved) for moved in (0.0, -1.0, -0.5, 1.0)] == [False, True, None, None]


def test_a_row_with_one_time_of_another_clock_costs_no_other_row() -> None:
    odd = "2026-05-03 21:00:00+02:00,odd,40002,UTC+0000,2026-05-04 05:00:00.000,x,"
    good = "2026-05-03 23:00:00.000,good,40002,UTC+0000,2026-05-04 06:00:00.000,x,"
    assert {one.name: one.value for one in taken([odd, good]).context}["sleep_h"] == 7.0


def test_a_sleep_without_stages_is_time_in_bed() -> None:
    header = (
        "sleep_score,sleep_duration,com.samsung.health.sleep.start_time,"
        "com.samsung.health.sleep.end_time,com.samsung.health.sleep.time_offset"
    )
    row = "80,,2026-05-03 23:00:00.000,2026-05-04 07:00:00.000,UTC+0000,"
    text = "\n".join(("com.samsung.shealth.sleep,84,1", header, row))
    reading = read_content(text.encode(), "com.samsung.shealth.sleep.1.csv", ZONE)
    assert [(one.name, one.value) for one in reading.context] == [("time_in_bed_h", 8.0)]


def test_steps_of_a_day_are_its_highest_count_and_never_the_sum() -> None:
    rows = (
        "1777852800000,9000,all,",
        "1777852800000,6000,watch,",
        "2026-05-05 00:00:00.000,4000,all,",
        "2026-05-06 22:00:00.000,7000,all,",
    )
    text = "\n".join(
        (
            "com.samsung.shealth.tracker.pedometer_day_summary,1,7",
            "day_time,step_count,deviceuuid",
            *rows,
        )
    )
    reading = read_content(text.encode(), "x.csv", ZONE)
    assert {one.day: one.value for one in reading.context} == {
        date(2026, 5, 4): 9_000.0,
        date(2026, 5, 5): 4_000.0,
    }
