"""When the nightly run is due: a cron of five fields, its next time, and the same times as systemd
writes them.

    30 3 * * *          every night at half past three
    0,30 2-4 1 * mon    twice an hour from two to four, on the first of the month and on Mondays
    @daily              at midnight

cronsim reads the fields and finds the times. It takes a sixth field for seconds, which Prefect and
crontab read differently, so six fields are refused here.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NoReturn, cast

from cronsim import CronSim, CronSimError

from tightlog.errors import SettingsError
from tightlog.language.catalogue import phrase

FIELDS = 5
MONTHS, DAYS_OF_MONTH, HOURS, MINUTES = range(1, 13), range(1, 32), range(24), range(60)
WEEKDAY_NAMES = ("Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat")
NICKNAMES = {
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
    "@monthly": "0 0 1 * *",
    "@weekly": "0 0 * * 0",
    "@daily": "0 0 * * *",
    "@midnight": "0 0 * * *",
    "@hourly": "0 * * * *",
}
SHOWN_CHARACTERS = 60
# Any moment will do to read the fields; the times follow from the moment asked for.
# Local time without a zone is what cronsim counts in.
ANY_MOMENT = datetime(2026, 1, 1)  # noqa: DTZ001


@dataclass(frozen=True)
class Cron:
    """A cron that names times: as written, and its five fields."""

    text: str
    fields: str


def cron(text: str) -> Cron:
    """The cron in a text. Raises SettingsError for one that is unreadable or never due."""
    words = NICKNAMES.get(text.strip().lower(), text).split()
    if len(words) != FIELDS:
        _refuse(
            text,
            phrase("it has {words} fields instead of {fields}", words=len(words), fields=FIELDS),
        )
    times = Cron(text, " ".join(words))
    try:
        parts = CronSim(times.fields, ANY_MOMENT)
        next(parts)
    except CronSimError as problem:
        _refuse(text, str(problem).replace("Bad ", "no such ", 1))
    except StopIteration:
        _refuse(text, phrase("it is never due"))
    if _is_ambiguous(parts):
        _refuse(
            text,
            phrase("programs differ in what all days or a step of all days means beside a weekday"),
        )
    return times


def next_after(moment: datetime, times: Cron) -> datetime:
    """The next due time after a moment with a time zone, in that zone.

    A time the clocks jump over comes an hour later; one they repeat comes once.
    """
    # It ends after fifty years; `cron` has refused what has no time in them.
    dues = iter(CronSim(times.fields, moment.replace(tzinfo=None)))
    while True:
        due = next(dues)
        # By way of UTC: half past two does not exist in the night the clocks go forward.
        instant = due.replace(tzinfo=moment.tzinfo).astimezone(UTC)
        if instant > moment:
            return instant.astimezone(moment.tzinfo)


def calendar_expressions(times: Cron, time_zone: str) -> tuple[str, ...]:
    """The same times as values of systemd's `OnCalendar=`, two where either of two days will do.

    Raises SettingsError for a cron without an equal there, such as the last day of a month.
    """
    parts = CronSim(times.fields, ANY_MOMENT)
    if min(parts.days) < 0 or not all(isinstance(weekday, int) for weekday in parts.weekdays):
        _refuse(
            times.text,
            phrase(
                "it cannot be converted for systemd or crontab, which have no word for the "
                "last day or the n-th weekday of a month"
            ),
        )
    weekdays = sorted({cast(int, weekday) % 7 for weekday in parts.weekdays})
    clock = f"{_listed(parts.hours, HOURS)}:{_listed(parts.minutes, MINUTES)}:00 {time_zone}"
    months, days = _listed(parts.months, MONTHS), _listed(parts.days, DAYS_OF_MONTH)
    names = ",".join(WEEKDAY_NAMES[weekday] for weekday in weekdays)
    if not parts.day_and:
        return f"*-{months}-{days} {clock}", f"{names} *-{months}-* {clock}"
    return (f"{'' if len(weekdays) == 7 else f'{names} '}*-{months}-{days} {clock}",)


def _is_ambiguous(parts: CronSim) -> bool:
    """True when both days are given and one of them names all days, or a step of all."""
    day, weekday = parts.parts[3], parts.parts[5]
    if day == "*" or weekday == "*":
        return False
    names_all = len(parts.days) == len(DAYS_OF_MONTH) or len(parts.weekdays) >= len(WEEKDAY_NAMES)
    return "*" in day + weekday or names_all


def _listed(numbers: set[int], span: range) -> str:
    is_all = len(numbers) == len(span)
    return "*" if is_all else ",".join(f"{number:02}" for number in sorted(numbers))


def _refuse(text: str, why: str) -> NoReturn:
    raise SettingsError(
        "tightlog.toml",
        phrase(
            "nightly.cron {text!r} cannot be used: {why}; write minute, hour, day, month and "
            "weekday, such as '30 3 * * *'",
            text=text[:SHOWN_CHARACTERS],
            why=why,
        ),
    )
