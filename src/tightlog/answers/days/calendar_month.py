"""A month as whole weeks, from Monday or Sunday on: of each day the score, kilometres, what was
done, the toss of a trial, and what began; and the totals of each week.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from typing import Any

from tightlog.answers.days.known import CoinDay, Known, known
from tightlog.answers.logged import DONE, TITLES, Line
from tightlog.home.settings import Home
from tightlog.warehouse import store
from tightlog.words.measures import week_first_day

WEEK_D = 7
# What `day.coverage` says of a day of which nothing is known.
UNKNOWN = "unknown"


@dataclass(frozen=True)
class CalendarDay:
    """One day; `coverage` is None for a day outside the calendar the warehouse knows, `run_km`
    where the kilometres are not known.
    """

    day: date
    coverage: str | None = None
    score: float | None = None
    run_km: float | None = None
    done: tuple[str, ...] = ()
    coin: CoinDay | None = None
    began: tuple[str, ...] = ()
    is_flagged: bool = False

    @property
    def is_unknown(self) -> bool:
        """True where nothing is known of training on that day: it is no day of rest."""
        return self.coverage == UNKNOWN

    @property
    def is_rest(self) -> bool:
        """True for a day known to be without a run."""
        return self.run_km == 0

    @property
    def is_part_unknown(self) -> bool:
        """True where something was recorded that may be a run, so that nobody knows how far."""
        return self.coverage is not None and not self.is_unknown and self.run_km is None


@dataclass(frozen=True)
class CalendarWeek:
    """Seven days and their totals; `run_km` is None where no day's kilometres are known."""

    days: tuple[CalendarDay, ...]

    @property
    def run_km(self) -> float | None:
        """Kilometres of the days known."""
        return _sum(day.run_km for day in self.days)

    @property
    def unknown_count(self) -> int:
        """How many days of the calendar's range have no known kilometres."""
        return sum(day.is_unknown or day.is_part_unknown for day in self.days)

    @property
    def score(self) -> float | None:
        """Median of the scores given."""
        return _median(self.days)

    @property
    def done_count(self) -> int:
        """How many things were done, each counted once a day."""
        return sum(len(day.done) for day in self.days)


@dataclass(frozen=True)
class CalendarMonth:
    """The weeks that hold a month, and the first and last day known."""

    first_day: date
    weeks: tuple[CalendarWeek, ...]
    known_from: date
    known_to: date

    @property
    def days(self) -> tuple[CalendarDay, ...]:
        """The days of the month itself."""
        return tuple(day for week in self.weeks for day in week.days if self.holds(day.day))

    def holds(self, day: date) -> bool:
        """True for a day of the month, not of its neighbours."""
        return (day.year, day.month) == (self.first_day.year, self.first_day.month)

    @property
    def unknown_count(self) -> int:
        """How many of its days have no known kilometres."""
        return sum(day.is_unknown or day.is_part_unknown for day in self.days)

    @property
    def run_km(self) -> float | None:
        """Kilometres of the month's known days."""
        return _sum(day.run_km for day in self.days)

    @property
    def score(self) -> float | None:
        """Median of the month's scores."""
        return _median(self.days)

    @property
    def score_count(self) -> int:
        """How many days of the month have a score."""
        return sum(day.score is not None for day in self.days)


def month_start(day: date, months: int = 0) -> date:
    """First day of the month that many months after that of a day."""
    number = day.year * 12 + day.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)


def calendar_month(home: Home, version: Path, month: date, local_day: date) -> CalendarMonth:
    """The month that begins on a day; the warehouse must hold days."""
    first = week_first_day(month)
    weeks = -(-(month_start(month, 1) - first).days // WEEK_D)
    last = first + timedelta(days=weeks * WEEK_D - 1)
    stored = store.answer(version, "calendar_days", [first, last]).to_dicts()
    span = store.answer(version, "span").row(0, named=True)
    facts = known(home, version, first, last, local_day)
    unread = (span["last_day"], local_day)
    days = list(_days(first, weeks * WEEK_D, {row["day"]: row for row in stored}, facts, unread))
    return CalendarMonth(
        month,
        tuple(CalendarWeek(tuple(days[start : start + WEEK_D])) for start in _starts(days)),
        span["first_day"],
        max(span["last_day"], max(facts.scores, default=span["last_day"])),
    )


def _starts(days: Sequence[CalendarDay]) -> range:
    return range(0, len(days), WEEK_D)


def _days(
    first: date,
    count: int,
    stored: Mapping[date, Mapping[str, Any]],
    facts: Known,
    unread: tuple[date, date],
) -> Iterator[CalendarDay]:
    """`unread`: between the last day known and this day, nobody knows whether there was a run."""
    for number in range(count):
        day = first + timedelta(days=number)
        row = stored.get(day, {})
        yield CalendarDay(
            day,
            UNKNOWN if unread[0] < day < unread[1] else row.get("coverage"),
            facts.scores.get(day),
            row.get("run_km"),
            done_titles(facts.lines.get(day, ())),
            facts.coins.get(day),
            tuple(row.get("began") or ()),
            day in facts.flagged,
        )


def done_titles(lines: Iterable[Line]) -> tuple[str, ...]:
    """Titles of what was done, each once."""
    done = [line.intervention or "" for line in lines if line.kind == DONE]
    return tuple(dict.fromkeys(TITLES.get(name, name) for name in done))


def _sum(amounts: Iterable[float | None]) -> float | None:
    given = [amount for amount in amounts if amount is not None]
    return sum(given) if given else None


def _median(days: Iterable[CalendarDay]) -> float | None:
    given = [day.score for day in days if day.score is not None]
    return median(given) if given else None
