"""A coin-flip trial as it was logged: plan, tosses so far, and how it ended."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

# Ours: fewer tosses find only what nobody could miss; more take longer than a year.
FEWEST_TOSSES, MOST_TOSSES, USUAL_TOSSES = 24, 160, 80
# A toss is only made on a morning with at least this score: below it nothing can get better.
LOWEST_SCORE = 2.0


class TrialState(StrEnum):
    """Where a trial stands; `stopped` before its planned end."""

    PLANNED = "planned"
    RUNNING = "running"
    STOPPED = "stopped"
    ENDED = "ended"


class TrialEnding(StrEnum):
    """Why a trial is over."""

    PLANNED = "planned"  # every toss was made
    EARLY = "early"  # the running read-out was clear
    RUNNER = "runner"  # the runner stopped it
    RED_FLAG = "red_flag"
    LOST_SEED = "lost_seed"


ENDINGS = tuple(ending.value for ending in TrialEnding)


@dataclass(frozen=True)
class Toss:
    """What the coin said on a day, and whether it was done (None: not logged)."""

    day: date
    is_assigned: bool
    is_done: bool | None = None


@dataclass(frozen=True)
class LoggedTrial:
    """One trial of the journal. The seed is known once it has ended."""

    trial_id: str
    intervention: str
    planned_on: date
    tosses_planned: int
    power_at_1_point: float | None = None
    started_on: date | None = None
    seed_hash: str | None = None
    ended_on: date | None = None
    ending: TrialEnding | None = None
    seed: str | None = None
    stop_note: str | None = None
    tosses: tuple[Toss, ...] = field(default=())

    @property
    def state(self) -> TrialState:
        """Where the trial stands."""
        if self.ending in (TrialEnding.PLANNED, TrialEnding.EARLY):
            return TrialState.ENDED
        if self.ending is not None:
            return TrialState.STOPPED
        return TrialState.PLANNED if self.started_on is None else TrialState.RUNNING

    def toss_on(self, day: date) -> Toss | None:
        """The toss of a day."""
        return next((toss for toss in self.tosses if toss.day == day), None)


def running(trials: tuple[LoggedTrial, ...]) -> LoggedTrial | None:
    """The trial that is running; there is one at most."""
    return next((trial for trial in trials if trial.state is TrialState.RUNNING), None)
