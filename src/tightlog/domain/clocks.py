"""Which times and days are believed, in every format, and what is asked about an activity."""

from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from enum import StrEnum

from tightlog.language.catalogue import phrase

# Zones of the world lie within 14 h of UTC, in steps of a quarter of an hour.
MAX_UTC_OFFSET_S = 14 * 3600
UTC_OFFSET_STEP_S = 900
# No recording and no list of activities is older.
FIRST_YEAR = 1990
# A diary is about days from this one to tomorrow.
FIRST_DAY = date(1990, 1, 1)
# The first zone of the world to reach a new day: no runner's tomorrow is later.
FIRST_ZONE = timezone(timedelta(hours=14))
# A text may hold a local time as if it were UTC, and clocks run ahead; a run more than two days
# from now is impossible. (FIT counts in UTC and is held to one day, see `readers/fit/clock.py`.)
LATEST_AHEAD = timedelta(days=2)


class Doubt(StrEnum):
    """Why an activity is asked about."""

    OFFSET_INVERTED = "offset_inverted"
    OFFSET_TOO_LARGE = "offset_too_large"
    TOO_LONG = "too_long"
    FAR_FROM_OTHERS = "far_from_others"
    NAMED_OTHERWISE = "named_otherwise"
    TOO_FAST = "too_fast"
    FAST_IN_PART = "fast_in_part"


# An activity dated or lasting like this counts only once the runner says that it is right.
SET_ASIDE = frozenset({Doubt.TOO_LONG, Doubt.FAR_FROM_OTHERS})


def is_written_in_time(instant: datetime, now: datetime) -> bool:
    """True for an instant (UTC) at which an activity can have been recorded."""
    return instant.year >= FIRST_YEAR and instant <= now + LATEST_AHEAD


def nearest_utc_offset_s(offset_s: float) -> int:
    """The offset to the nearest step of a zone, in s."""
    return round(offset_s / UTC_OFFSET_STEP_S) * UTC_OFFSET_STEP_S


def last_day(zone: tzinfo = FIRST_ZONE, now: datetime | None = None) -> date:
    """Tomorrow in the runner's zone, or, where that is not known, in the zone that is furthest
    ahead.
    """
    return (now or datetime.now(UTC)).astimezone(zone).date() + timedelta(days=1)


def outside_words(day: date, last: date) -> str | None:
    """Why a day cannot be one of a diary, in words to follow the day; None when it can."""
    if day < FIRST_DAY:
        return phrase("lies before {year}", year=str(FIRST_DAY.year))
    return phrase("lies in the future") if day > last else None
