"""The trial of a home as it stands in the journal, and what the coin says today."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from tightlog.domain.interventions.catalogue import find
from tightlog.domain.trials import LoggedTrial, Toss, TrialState, running
from tightlog.home.settings import Home
from tightlog.journal.journal import Journal, read_journal
from tightlog.words import trials as words

# Scores that may come after the day's run are no morning scores.
LATE = frozenset({"during", "after", "evening"})


@dataclass(frozen=True)
class TrialToday:
    """The running trial on a day: today's toss where it was made, and words for it."""

    trial: LoggedTrial
    title: str
    toss: Toss | None

    @property
    def coin(self) -> str | None:
        """`Coin: do it today.`, or None before the toss."""
        return None if self.toss is None else words.coin_words(self.toss.is_assigned)

    @property
    def sentence(self) -> str:
        """The trial in one or two sentences: what the coin says, or how to see it."""
        return f"Trial of {self.title}. {self.coin or words.NOT_TOSSED}"


def trial_today(home: Home, local_day: date) -> TrialToday | None:
    """The running trial, read from the journal itself; None without one."""
    trial = running(read_journal(home.journal).trials)
    if trial is None:
        return None
    return TrialToday(trial, find(trial.intervention).title, trial.toss_on(local_day))


def latest_trial(journal: Journal, *states: TrialState) -> LoggedTrial | None:
    """The newest trial in one of these states."""
    return next((one for one in reversed(journal.trials) if one.state in states), None)


def first_scores(journal: Journal) -> Mapping[date, float]:
    """First score of each day, of those that were not given during or after a run or late."""
    found: dict[date, float] = {}
    early = [score for score in journal.scores if score.moment not in LATE]
    for score in sorted(early, key=lambda one: one.rated_at.timestamp() if one.rated_at else 0.0):
        found.setdefault(score.day, score.score)
    return found
