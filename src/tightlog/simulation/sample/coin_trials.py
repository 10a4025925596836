"""The simulated runner's coin-flip trials: one that has ended, of child's pose, and one that is
running, of foam rolling. Neither changes the score, so no other planted truth is moved.

Tosses, habits and the end follow the same rules as a real trial; the days come from the diary.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import polars as pl

from tightlog.domain.trials import LOWEST_SCORE, LoggedTrial, Toss, TrialEnding
from tightlog.journal.entry import DONE, END, PLAN, START, TOSS, TRIAL
from tightlog.simulation.sample.plan import Season
from tightlog.trials.evidence import CLEAR_EVIDENCE, evidence
from tightlog.trials.logged import trial_table
from tightlog.trials.power import ADHERENCE, CONTAMINATION, prospect
from tightlog.trials.schedule import SEED_BYTES, schedule, seed_hash
from tightlog.trials.trial_table import tosses_of

OVER, RUNNING = "S2", "S5"
# A short history has room for a short trial only.
LONG_HISTORY_D, MANY_TOSSES, FEW_TOSSES = 300, 80, 24
# Share of the history before the first trial; days before the last day on which the other begins,
# and between the two at least.
STARTED_AT, RUNNING_D, PAUSE_D = 0.15, 16, 3
HOURS: Mapping[str, time] = {
    PLAN: time(6, 30), START: time(6, 31), TOSS: time(8, 40), DONE: time(21, 40), END: time(8, 41),
}  # fmt: skip
# A trial that begins later has no toss to show.
ROOM_AFTER_D = 2


@dataclass
class CoinTrial:
    """A trial while it is simulated."""

    trial: LoggedTrial
    seed: str
    tosses: list[Toss] = field(default_factory=list)
    ended_on: date | None = None

    @property
    def logged(self) -> LoggedTrial:
        """The trial as the journal has it."""
        logged = replace(self.trial, tosses=tuple(self.tosses))
        if self.ended_on is None:
            return logged
        return replace(logged, ended_on=self.ended_on, ending=self.ending, seed=self.seed)

    @property
    def ending(self) -> TrialEnding:
        """How it ended: with its last toss, or clear before."""
        is_whole = len(self.tosses) == self.trial.tosses_planned
        return TrialEnding.PLANNED if is_whole else TrialEnding.EARLY


class CoinTrials:
    """The trials of a history, told its mornings one after the other."""

    def __init__(self, days: Season, seed: int) -> None:
        self.days, self.draw = days, np.random.default_rng((seed, 7))
        self.made: list[CoinTrial] = []
        self.scores: dict[date, float] = {}

    def tossed(self, day: date, score: float | None) -> tuple[str, Toss] | None:
        """What the coin decides on a day, with whether it is done; None on a day without a toss."""
        if score is not None:
            self.scores[day] = score
        trial = self._running(day)
        if trial is None or score is None or score < LOWEST_SCORE:
            return None
        is_assigned = bool(schedule(trial.seed, len(trial.tosses) + 1)["is_assigned"][-1])
        chance = ADHERENCE if is_assigned else CONTAMINATION
        toss = Toss(day, is_assigned, bool(self.draw.random() < chance))
        trial.tosses.append(toss)
        return trial.trial.intervention, toss

    def _running(self, day: date) -> CoinTrial | None:
        if self.made and self.made[-1].ended_on is None:
            trial = self.made[-1]
            if not self._has_ended(trial, day):
                return trial
            trial.ended_on = day
        if (planned := self._next(day)) is None:
            return None
        self.made.append(planned)
        return planned

    def _has_ended(self, trial: CoinTrial, day: date) -> bool:
        if len(trial.tosses) == trial.trial.tosses_planned:
            return day > trial.tosses[-1].day
        table = trial_table(trial.logged, trial.seed, self.scores)
        return bool(evidence(tosses_of(table)).max(initial=1.0) >= CLEAR_EVIDENCE)

    def _next(self, day: date) -> CoinTrial | None:
        """The trial that begins on a day: the first in the history, the other near its end."""
        length_d = (self.days.last_day - self.days.first_day).days
        tosses = MANY_TOSSES if length_d >= LONG_HISTORY_D else FEW_TOSSES
        if not self.made:
            is_due = day >= self.days.first_day + timedelta(days=round(STARTED_AT * length_d))
            return self._begun(OVER, day, tosses) if is_due else None
        ended_on = self.made[0].ended_on
        if len(self.made) > 1 or ended_on is None:
            return None
        rest_d = timedelta(days=PAUSE_D)
        begins = max(self.days.last_day - timedelta(days=RUNNING_D), ended_on + rest_d)
        is_due = begins <= day <= self.days.last_day - timedelta(days=ROOM_AFTER_D)
        return self._begun(RUNNING, day, tosses) if is_due else None

    def _begun(self, intervention: str, day: date, tosses: int) -> CoinTrial:
        past = pl.DataFrame(
            {"day": list(self.scores), "score": list(self.scores.values())},
            schema={"day": pl.Date, "score": pl.Float64},
        )
        seed = self.draw.bytes(SEED_BYTES).hex()
        trial = LoggedTrial(
            f"tsample{len(self.made) + 1}", intervention, day, tosses,
            prospect(past, tosses).power_at_1_point, day, seed_hash(seed),
        )  # fmt: skip
        return CoinTrial(trial, seed)


def journal_lines(trial: LoggedTrial, zone: ZoneInfo) -> Iterator[dict[str, Any]]:
    """The lines a trial has in the journal, each with the time it was logged."""
    for number, (step, day, facts) in enumerate(_steps(trial)):
        at = datetime.combine(day, HOURS[step], zone)
        yield {
            "format": 1,
            "entry_id": f"{trial.trial_id}{number:04d}",
            "kind": TRIAL,
            "logged_at": at.isoformat(),
            "trial_id": trial.trial_id,
            "step": step,
            "facts": {"day": day.isoformat()} | facts,
        }


def _steps(trial: LoggedTrial) -> Iterator[tuple[str, date, dict[str, Any]]]:
    yield PLAN, trial.planned_on, {
        "intervention": trial.intervention, "tosses": trial.tosses_planned,
        "power_at_1_point": trial.power_at_1_point,
    }  # fmt: skip
    yield START, trial.planned_on, {"seed_hash": trial.seed_hash}
    for toss in trial.tosses:
        yield TOSS, toss.day, {"is_assigned": toss.is_assigned}
        yield DONE, toss.day, {"is_done": toss.is_done}
    if trial.ended_on is not None and trial.ending is not None:
        yield END, trial.ended_on, {"ending": trial.ending.value, "seed": trial.seed}
