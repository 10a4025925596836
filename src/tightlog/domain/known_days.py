"""The days a diary can be about: from 1 January 1990 to tomorrow, everywhere the same."""

from datetime import UTC, date, datetime, timedelta, timezone, tzinfo

from tightlog.language.catalogue import phrase

FIRST_DAY = date(1990, 1, 1)
# The first zone of the world to reach a new day: no runner's tomorrow is later.
FIRST_ZONE = timezone(timedelta(hours=14))


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
