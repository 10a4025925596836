"""What warehouse and journal say together of a range of days: a score counts the moment it is
given, whatever the last refresh knew.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from tightlog.answers.file_flags import raised_in_files
from tightlog.answers.logged import Line, by_day, lines
from tightlog.answers.trial import known_scores
from tightlog.domain.clocks import last_day as last_logged_day
from tightlog.domain.interventions.catalogue import find
from tightlog.domain.trials import LoggedTrial, Toss
from tightlog.home.settings import Home, settings_of
from tightlog.journal.journal import Journal, read_journal
from tightlog.warehouse import store


@dataclass(frozen=True)
class CoinDay:
    """A toss that was made, with the title of what its trial is about."""

    title: str
    toss: Toss


@dataclass(frozen=True)
class Known:
    """The first score of every day that has one; and of the days of the range: what was logged,
    the tosses made, and the days on which a red flag was raised.
    """

    scores: Mapping[date, float]
    lines: Mapping[date, list[Line]]
    coins: Mapping[date, CoinDay]
    flagged: frozenset[date]


@dataclass(frozen=True)
class Mornings:
    """First scores of the day before a day, of its own, and of the one after; for who mostly scores
    in the evening they are no mornings, and are not called so.
    """

    before: float | None
    own: float | None
    after: float | None
    is_rated_in_evening: bool = False

    @property
    def change(self) -> float | None:
        """From the day's own morning to the next; None where one of them has no score."""
        return None if self.own is None or self.after is None else self.after - self.own

    @property
    def part(self) -> str:
        """What of a day the scores are of, as in `that morning`."""
        return "day" if self.is_rated_in_evening else "morning"


def mornings_around(
    scores: Mapping[date, float], day: date, *, is_rated_in_evening: bool = False
) -> Mornings:
    """The three mornings around a day, from the first scores of all days."""
    one = timedelta(days=1)
    before, own, after = (scores.get(near) for near in (day - one, day, day + one))
    return Mornings(before, own, after, is_rated_in_evening)


def is_rated_in_evening(version: Path) -> bool:
    """True where most scores were given after the day's training; False before an analysis."""
    record = store.answer(version, "score_record")
    return not record.is_empty() and bool(record["is_rated_in_evening"][0])


def known(home: Home, version: Path, first: date, last: date, local_day: date) -> Known:
    """What is known of the days from the first to the last. Raises DiaryUnreadable."""
    journal = read_journal(home.journal, last_logged_day(settings_of(home).zone))
    stored = store.answer(version, "logged_entries", [first, last])
    of_range = [line for line in lines(journal, stored) if first <= line.day <= last]
    spans = [*journal.red_flags, *raised_in_files(version, first, last)]
    return Known(
        scores=known_scores(version, journal, local_day),
        lines=dict(by_day(of_range)),
        coins=_coins(journal, first, last),
        flagged=frozenset(sign.day for span in spans for sign in span.signs),
    )


def _coins(journal: Journal, first: date, last: date) -> dict[date, CoinDay]:
    # The journal holds the tosses that were made; those to come are in the sealed seed alone.
    return {
        toss.day: CoinDay(_title(trial), toss)
        for trial in journal.trials
        for toss in trial.tosses
        if first <= toss.day <= last
    }


def _title(trial: LoggedTrial) -> str:
    return find(trial.intervention).title
