"""When the nightly run is due: a cron of five fields, its next moment, and the same times as systemd writes them.

    30 3 * * *          every night at half past three
    0,30 2-4 1 * mon    twice an hour from two to four, on the first of the month and on Mondays
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import NoReturn

from tightlog.errors import SettingsError

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WEEKDAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
MINUTE, HOUR, DAY, MONTH, WEEKDAY = (0, 59), (0, 23), (1, 31), (1, 12), (0, 7)
PART = re.compile(r"(?P<first>\*|\w+)(-(?P<last>\w+))?(/(?P<step>\d+))?")
# The 29th of February can be eight years away.
AHEAD_D = 366 * 8 + 1


@dataclass(frozen=True)
class Cron:
    """The minutes, hours, days of the month, months and weekdays (0 is Sunday) of a cron; `is_either_day` when any of the two days will do."""

    minutes: tuple[int, ...]
    hours: tuple[int, ...]
    days: tuple[int, ...]
    months: tuple[int, ...]
    weekdays: tuple[int, ...]
    is_either_day: bool

    def falls_on(self, day: date) -> bool:
        """True on a day that has one of its times."""
        is_weekday, is_day = day.isoweekday() % 7 in self.weekdays, day.day in self.days
        return day.month in self.months and (is_weekday or is_day if self.is_either_day else is_weekday and is_day)


def cron(text: str) -> Cron:
    """The times a cron names. Raises SettingsError for anything but numbers, names, lists, ranges and steps in five fields."""
    fields = text.lower().split()
    if len(fields) != 5:
        _refuse(text, f"it has {len(fields)} fields")
    minutes, hours, days, months = (_numbers(field, span, names, text) for field, span, names in zip(
        fields, (MINUTE, HOUR, DAY, MONTH), ((), (), (), MONTHS), strict=False))
    weekdays = tuple(sorted({number % 7 for number in _numbers(fields[4], WEEKDAY, WEEKDAYS, text)}))
    both = fields[2] != "*" and fields[4] != "*"
    if both and "*" in fields[2] + fields[4]:
        _refuse(text, "programs differ in what a step of all days means beside a weekday")
    return Cron(minutes, hours, days, months, weekdays, both)


def next_after(moment: datetime, times: Cron) -> datetime | None:
    """The first of the times after an aware moment, in the moment's zone; None when there is none, as on the 31st of February."""
    for ahead in range(AHEAD_D):
        day = moment.date() + timedelta(days=ahead)
        if not times.falls_on(day):
            continue
        for hour in times.hours:
            for minute in times.minutes:
                # By way of UTC: half past two does not exist in the night the clocks go forward.
                due = datetime.combine(day, time(hour, minute), tzinfo=moment.tzinfo).astimezone(UTC)
                if due > moment:
                    return due.astimezone(moment.tzinfo)
    return None


def calendar_expressions(times: Cron, time_zone: str) -> tuple[str, ...]:
    """The same times as values of systemd's `OnCalendar=`: two where either of two days will do, since systemd wants both within one."""
    clock = f"{_listed(times.hours, HOUR)}:{_listed(times.minutes, MINUTE)}:00 {time_zone}"
    months, days = _listed(times.months, MONTH), _listed(times.days, DAY)
    names = ",".join(WEEKDAYS[number].capitalize() for number in times.weekdays)
    if times.is_either_day:
        return f"*-{months}-{days} {clock}", f"{names} *-{months}-* {clock}"
    return (f"{'' if len(times.weekdays) == 7 else f'{names} '}*-{months}-{days} {clock}",)


def _numbers(field: str, span: tuple[int, int], names: tuple[str, ...], text: str) -> tuple[int, ...]:
    return tuple(sorted({number for part in field.split(",") for number in _of_part(part, span, names, text)}))


def _of_part(part: str, span: tuple[int, int], names: tuple[str, ...], text: str) -> Iterator[int]:
    found = PART.fullmatch(part)
    if found is None:
        _refuse(text, f"{part!r} is no number, list, range or step")
    first, last, step = found["first"], found["last"], found["step"]
    if first == "*":
        low, high = span[0], min(span[1], 6) if span == WEEKDAY else span[1]
    else:
        low = _number(first, names, span, text)
        # A first number with a step means "from there on".
        high = _number(last, names, span, text) if last else span[1] if step else low
    if low > high or step == "0" or (first == "*" and last):
        _refuse(text, f"{part!r} names nothing")
    yield from range(low, high + 1, int(step or 1))


def _number(word: str, names: tuple[str, ...], span: tuple[int, int], text: str) -> int:
    if word in names:
        return names.index(word) + (1 if names is MONTHS else 0)
    if not word.isdecimal() or not span[0] <= int(word) <= span[1]:
        _refuse(text, f"{word!r} is not a number from {span[0]} to {span[1]}")
    return int(word)


def _listed(numbers: tuple[int, ...], span: tuple[int, int]) -> str:
    return "*" if len(numbers) == span[1] - span[0] + 1 else ",".join(f"{number:02}" for number in numbers)


def _refuse(text: str, why: str) -> NoReturn:
    raise SettingsError("tightlog.toml", f"nightly.cron {text!r} cannot be converted: {why}; write minute, hour, day, month and weekday, "
                                         "such as '30 3 * * *'")
