"""The trial of a home as it stands in the journal, and what the coin says today."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from tightlog.domain.interventions.catalogue import find
from tightlog.domain.trials import LOWEST_SCORE, LoggedTrial, Toss, TrialState, running
from tightlog.errors import WarehouseError
from tightlog.home.settings import Home
from tightlog.journal.journal import Journal, read_journal
from tightlog.language.catalogue import phrase
from tightlog.words.tried import trials as words

# Scores that may come after the day's run are no morning scores.
LATE = frozenset({"during", "after", "evening"})


@dataclass(frozen=True)
class TrialToday:
    """The running trial on a day: today's score and toss where they were given and made, and
    words for them.
    """

    trial: LoggedTrial
    title: str
    toss: Toss | None
    score: float | None = None

    @property
    def coin(self) -> str | None:
        """`Coin: do it today.`, or None before the toss."""
        return None if self.toss is None else words.coin_words(self.toss.is_assigned)

    @property
    def is_complete(self) -> bool:
        """True once every toss was made before today: the next score ends the trial."""
        return self.toss is None and len(self.trial.tosses) >= self.trial.tosses_planned

    @property
    def may_toss(self) -> bool:
        """True where today's toss can be made now."""
        is_enough = self.score is not None and self.score >= LOWEST_SCORE
        return self.toss is None and is_enough and not self.is_complete

    @property
    def sentence(self) -> str:
        """The trial in one or two sentences: what the coin says, or how to see it."""
        return phrase(
            "Trial of {title}. {coin}", title=self.title, coin=self.coin or phrase(words.NOT_TOSSED)
        )


@dataclass(frozen=True)
class TossDay:
    """One toss made so far, with the score of its morning and of the next."""

    toss: Toss
    score_before: float | None
    score_after: float | None


def trial_today(home: Home, local_day: date) -> TrialToday | None:
    """The running trial, read from the journal itself; None without one, and where a warning sign
    of a score file has come since it began.
    """
    journal = read_journal(home.journal)
    trial = running(journal.trials)
    if trial is None or flagged_in_files(home, trial, local_day) is not None:
        return None
    score = morning_scores(home, journal, local_day).get(local_day)
    return TrialToday(trial, find(trial.intervention).title, trial.toss_on(local_day), score)


def toss_days(home: Home, trial: LoggedTrial, local_day: date) -> tuple[TossDay, ...]:
    """The tosses of a trial so far, newest first."""
    scores = morning_scores(home, read_journal(home.journal), local_day)
    return tuple(
        TossDay(toss, scores.get(toss.day), scores.get(toss.day + timedelta(days=1)))
        for toss in reversed(trial.tosses)
    )


def flagged_in_files(home: Home, trial: LoggedTrial, local_day: date) -> date | None:
    """Day of the first warning sign in a score file since the trial began, as of the last
    refresh.
    """
    # Imported here, as below: logging a score does not wait for the warehouse.
    from tightlog.answers.file_flags import raised_in_files

    version = _version(home)
    if version is None or trial.started_on is None:
        return None
    flags = raised_in_files(version, trial.started_on, local_day)
    return next((span.started_on for span in flags), None)


def is_flagged_by_files(home: Home, local_day: date) -> bool:
    """True while a warning sign of a score file stands."""
    from tightlog.answers.file_flags import standing_in_files

    version = _version(home)
    return version is not None and bool(standing_in_files(version, local_day))


def morning_scores(home: Home, journal: Journal, local_day: date) -> Mapping[date, float]:
    """First score of each day: as the last refresh understood the days before today, with what
    the journal holds beside it.
    """
    return known_scores(_version(home), journal, local_day)


def known_scores(version: Path | None, journal: Journal, local_day: date) -> Mapping[date, float]:
    """The same from one version of the warehouse, without days whose scores were withdrawn since;
    of the journal alone without one.
    """
    from tightlog.warehouse import store

    scores = dict(first_scores(journal))
    if version is not None:
        standing = {one.day for one in journal.scores}
        scores |= {
            day: score
            for day, score, is_of_file in store.answer(version, "scored_days").iter_rows()
            if (day < local_day or day not in scores) and (is_of_file or day in standing)
        }
    return scores


def _version(home: Home) -> Path | None:
    from tightlog.warehouse import store

    try:
        return store.published_version(home)
    except WarehouseError:
        return None  # none yet, or of another tightlog: the journal is enough for the coin


def over_ids(home: Home) -> tuple[str, ...]:
    """Ids of the trials that are over, as the journal has them."""
    trials = read_journal(home.journal).trials
    return tuple(one.trial_id for one in trials if one.ending is not None)


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
