"""Nights and days of Garmin's export as downloaded (JSON below `DI_CONNECT`), and of the same in
the shape its web pages give it to tools.

    {"calendarDate": "2026-05-04", "deepSleepSeconds": 5280, "lightSleepSeconds": 13440, …}
"""

from collections.abc import Iterator
from datetime import datetime, tzinfo

from tightlog.domain.diary import ContextValue
from tightlog.domain.formats import GARMIN_DAYS
from tightlog.domain.reading import Reading, unreadable
from tightlog.readers.health.documents import (
    Row,
    document,
    inside,
    is_json_with,
    iso_day,
    number,
    positive,
    rows_in,
    utc_instant,
)
from tightlog.readers.health.nights import (
    Measured,
    Night,
    days_reading,
    main_nights,
    night_values,
)
from tightlog.words.numbers import counted

GARMIN = Measured("garmin", "Garmin")
# Nights made of the bed time in the profile, without a watch that saw them.
NOT_CONFIRMED = frozenset({"off_wrist", "unconfirmed", "enhanced_tentative"})
# What holds such a day or night inside another thing.
WRAPPED = ("dailySleepDTO", "hrvSummary", "hrvSummaries")
NOTHING = "JSON of Garmin, with no night, heart rate variability, steps or stress in it"


def is_garmin_days(data: bytes) -> bool:
    """True for JSON of Garmin with days in it."""
    return is_json_with(data, "calendarDate")


def read_garmin_days(data: bytes, home_zone: tzinfo) -> Reading:
    """Reading of one file: its nights and days, and how many nights nobody wore the watch."""
    found = document(data)
    if found is None:
        return unreadable(GARMIN_DAYS.name, "the JSON is damaged; download the export again")
    rows = [row for row in _days(found) if iso_day(row.get("calendarDate"))]
    slept = [row for row in rows if "deepSleepSeconds" in row or "sleepStartTimestampGMT" in row]
    confirmed = [row for row in slept if _is_confirmed(row)]
    nights = main_nights(_night(row, home_zone) for row in confirmed)
    values = [value for night in nights for value in night_values(night, GARMIN)]
    values += [value for row in rows for value in _day_values(row)]
    unworn = len(slept) - len(confirmed)
    notes = [f"{counted(unworn, 'night')} not confirmed by the watch left out"] if unworn else []
    return days_reading(GARMIN_DAYS.name, values, NOTHING, notes=notes)


def _days(found: object) -> Iterator[Row]:
    for row in rows_in(found):
        yield row
        for name in WRAPPED:
            yield from rows_in(row.get(name))


def _is_confirmed(row: Row) -> bool:
    return str(row.get("sleepWindowConfirmationType")).casefold() not in NOT_CONFIRMED


def _night(row: Row, home_zone: tzinfo) -> Night:
    """The night of one entry. Its instants are UTC; no seconds in any stage is no night."""
    day = iso_day(row["calendarDate"])
    assert day is not None
    began, ended = (_clock(row, at, home_zone) for at in ("Start", "End"))
    if ended is not None and ended.date() != day:
        # Slept in another zone than the home's: the watch's own date is right, this clock is not.
        began = ended = None
    seconds = {stage: number(row.get(f"{stage}SleepSeconds")) for stage in ("deep", "light", "rem")}
    return Night(
        began,
        ended,
        day,
        in_bed_s=_in_bed_s(row) if any(seconds.values()) else None,
        deep_s=seconds["deep"],
        light_s=seconds["light"],
        rem_s=seconds["rem"],
        awake_s=number(row.get("awakeSleepSeconds")),
    )


def _in_bed_s(row: Row) -> float | None:
    """Seconds between the instants: the clock may change in between."""
    began, ended = (utc_instant(row.get(f"sleep{at}TimestampGMT")) for at in ("Start", "End"))
    return None if began is None or ended is None else (ended - began).total_seconds()


def _clock(row: Row, at: str, home_zone: tzinfo) -> datetime | None:
    """Start or end by the runner's clock: the shape for tools has it beside the instant, written
    as if it were one.
    """
    instant, local = (
        utc_instant(row.get(f"sleep{at}Timestamp{zone}")) for zone in ("GMT", "Local")
    )
    if instant is None:
        return None
    shown = instant.astimezone(home_zone) if local is None else local
    return shown.replace(tzinfo=None)


def _day_values(row: Row) -> Iterator[ContextValue]:
    """What an entry says of its day besides the night."""
    day = iso_day(row["calendarDate"])
    assert day is not None
    written = utc_instant(row.get("wellnessEndTimeGmt") or row.get("createTimeStamp"))
    for name, value in (
        ("steps", positive(row.get("totalSteps"))),
        ("resting_heart_rate_bpm", _resting(row)),
        ("watch_stress", _stress(row)),
        ("hrv_rmssd_ms", _variability(row)),
    ):
        yield from GARMIN.value(day, name, value, written)


def _resting(row: Row) -> float | None:
    """The day's own value. `restingHeartRate` is that in the shape for tools, and the mean of
    seven days in the export.
    """
    if "lastSevenDaysAvgRestingHeartRate" in row:
        return positive(row.get("restingHeartRate"))
    return positive(row.get("currentDayRestingHeartRate"))


def _stress(row: Row) -> float | None:
    whole_day = (
        inside(one, "averageStressLevel")
        for one in rows_in(inside(row, "allDayStress", "aggregatorList") or [])
        if one.get("type") == "TOTAL"
    )
    said = (
        *whole_day,
        row.get("averageStressLevel"),
        row.get("avgStressLevel"),
        inside(row, "values", "overallStressLevel"),
    )
    found = (value for value in map(number, said) if value is not None and value >= 0)
    return next(found, None)


def _variability(row: Row) -> float | None:
    measured = (
        inside(one, "value")
        for one in rows_in(row.get("metrics") or [])
        if one.get("type") == "HRV" and one.get("status") != "UNKNOWN"
    )
    return next(filter(None, map(positive, (*measured, row.get("lastNightAvg")))), None)
