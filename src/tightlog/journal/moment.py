"""When something happened, as the runner says it: `2026-05-31T07:30`, `yesterday`, `07:30`."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tightlog.domain.clocks import FIRST_DAY, last_day
from tightlog.errors import DayTooEarly, MomentAhead, UnreadableMoment

WORD_DAYS = {"today": 0, "yesterday": 1}


@dataclass(frozen=True)
class Moment:
    """When something happened: local day, and the UTC instant where the clock time is known."""

    day: date
    at: datetime | None


def moment_of(text: str | None, zone: ZoneInfo, now: datetime | None = None) -> Moment:
    """Moment meant by a text, in the runner's zone: `2026-05-31T07:30`, `2026-05-31`, `07:30`,
    `today`, `yesterday`, or nothing (now).

    Raises UnreadableMoment for anything else, DayTooEarly for a day before 1990, MomentAhead for
    one after tomorrow (one day ahead is accepted: zones differ).
    """
    local_now = (now or datetime.now(UTC)).astimezone(zone)
    if text is None or not text.strip():
        return Moment(local_now.date(), local_now.astimezone(UTC))
    moment = _parsed_moment(text.strip(), zone, local_now)
    if moment.day < FIRST_DAY:
        raise DayTooEarly(text)
    if moment.day > last_day(zone, local_now):
        raise MomentAhead(text)
    return moment


def _parsed_moment(text: str, zone: ZoneInfo, local_now: datetime) -> Moment:
    day_text, _, clock_text = text.replace("T", " ", 1).partition(" ")
    try:
        if re.fullmatch(r"\d{1,2}:\d{2}", text):
            return _at_clock(local_now.date(), time.fromisoformat(text.zfill(5)), zone)
        if day_text.lower() in WORD_DAYS:
            day = local_now.date() - timedelta(days=WORD_DAYS[day_text.lower()])
        elif clock_text:
            parsed = datetime.fromisoformat(text)
            has_zone = parsed.tzinfo is not None
            local = parsed.astimezone(zone) if has_zone else parsed.replace(tzinfo=zone)
            return Moment(local.date(), local.astimezone(UTC))
        else:
            day = date.fromisoformat(text)
        if not clock_text:
            return Moment(day, None)
        return _at_clock(day, time.fromisoformat(clock_text.zfill(5)), zone)
    except (ValueError, OverflowError) as problem:  # the year 1 or 9999 overflows in some zones
        raise UnreadableMoment(text) from problem


def _at_clock(day: date, clock: time, zone: ZoneInfo) -> Moment:
    return Moment(day, datetime.combine(day, clock, tzinfo=zone).astimezone(UTC))
