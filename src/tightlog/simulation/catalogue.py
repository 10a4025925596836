"""Every named generator of simulated days in one registry, each with its purpose.

    days = generator("reverse").days(seed=1, length_d=365)

A generator is pure: the same name, seed and length give the same frame, and nothing is written.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np
import polars as pl

from tightlog.simulation.population.days import days_of
from tightlog.simulation.population.habits import HABIT_CELLS, Habit, days_of_habit
from tightlog.simulation.population.runner import HOSTILE_CELLS, NULL_CELLS, Runner
from tightlog.simulation.steady.planted import BACKS, planted_runner
from tightlog.simulation.steady.routine import steady_runner

USUAL_MISSING = 0.3
PLANTED_D = 400

# What each runner of the population is like, by the name of its cell.
OF_RUNNER: Mapping[str, str] = {
    "memory_0.5": "A back that half forgets yesterday; training does nothing to it.",
    "memory_0.8": "The usual back, which mostly carries over from day to day.",
    "memory_0.95": "A back that stays as it is for weeks.",
    "season": "Back and training follow the same wave of the year.",
    "flares": "A quiet back with sudden flares that fade in a week or two.",
    "weekly": "A back that follows the days of the week, as training does.",
    "reverse": "A tight morning makes runs rarer and shorter.",
    "not_at_random": "Scores are missing more often on good days without a run.",
    "noise": "Half of the spread of the scores is noise of the rating.",
    "random_walk": "A back that hardly returns to its mean.",
    "heavy_tails": "Shocks of a t distribution with 2.2 degrees of freedom.",
    "uneven_in_time": "The spread of the scores swells and shrinks in the course of months.",
    "uneven_by_distance": "The spread of the scores grows with yesterday's distance.",
    "uneven_by_distance_more": "The same, more strongly.",
    "trend": "Score and volume rise together from the first day to the last.",
    "injuries": "Weeks without running, in which the score is higher.",
    "step": "A new watch measures 15 % more from the day the back changes for good.",
    "camps": "Two weeks in ninety with more than twice the distance.",
    "ultra": "One run far longer than all others.",
    "slow_exposure": "Runs daily, and the distance drifts slowly.",
    "slow_both": "Distance and back both drift slowly.",
    "zeros": "Three of four scores are 0, the highest is 3.",
    "zeros_reverse": "The same, and a tight morning makes runs rarer.",
    "five_levels": "Scores on five levels only.",
    "five_levels_0.95": "Five levels, and a back that stays as it is for weeks.",
    "on_run_days": "Rates only on days with a run.",
    "on_run_days_reverse": "Rates only on days with a run, and runs less when tight.",
    "on_weekdays": "Rates from Monday to Friday.",
    "on_sundays": "Rates on Sundays only.",
    "in_bursts": "Rates for 40 days of every 100.",
    "in_the_evening": "Rates in the evening of days without a run.",
    "evening_reverse": "Rates in the evening, and runs less when tight.",
    "reverse_0.9": "A tight morning strongly changes the training.",
    "reverse_2.0": "A tight morning all but stops the training.",
    "reverse_0.9_mnar": "Training reacts to the back, and scores are not missing at random.",
    "reverse_2.0_mnar": "The same, with a stronger reaction.",
    "reverse_noise": "Training reacts to the back, and ratings are noisy.",
    "stress_logged": "Stress means less running and a tighter morning after.",
    "sleep_logged": "A tight back spoils the night that the diary holds.",
}
# What each person who does something about the back is like, by the name of its cell.
OF_HABIT: Mapping[str, str] = {
    "bad_days": "Stretches on bad days.",
    "good_days": "Stretches on good days.",
    "felt_bad_noise": "Stretches when the back feels bad, and rates it with noise.",
    "felt_good_noise": "Stretches when the back feels good, and rates it with noise.",
    "bad_days_0.95": "Stretches on bad days, and the back stays as it is for weeks.",
    "run_days": "Stretches after runs, which tighten the back.",
    "sundays": "Stretches on Sundays.",
    "random_days": "Stretches on days that have nothing to do with the back.",
    "zeros": "Stretches on bad days, and three of four scores are 0.",
    "five_levels": "Stretches on bad days, and scores on five levels only.",
    "always_with_another": "Never stretches without heat.",
    "often_with_another": "Often adds heat to stretching, and only the heat does something.",
}


@dataclass(frozen=True)
class Generator:
    """A kind of runner: name, purpose, and its days from a seed and a length in days."""

    name: str
    what: str
    days: Callable[[int, int], pl.DataFrame]


def generator(name: str) -> Generator:
    """The generator of that name; KeyError for an unknown one."""
    return GENERATORS[name]


def _runner_days(runner: Runner, seed: int, length_d: int) -> pl.DataFrame:
    return days_of(runner, length_d, USUAL_MISSING, np.random.default_rng(seed))


def _habit_days(habit: Habit, seed: int, length_d: int) -> pl.DataFrame:
    return days_of_habit(0.0, length_d, USUAL_MISSING, np.random.default_rng(seed), habit)


def _steady_days(seed: int, length_d: int) -> pl.DataFrame:
    return steady_runner(length_d, seed).days


def _planted_days(back: str, seed: int, length_d: int) -> pl.DataFrame:
    return planted_runner(seed, back)[0].days.head(length_d)


def _generators() -> tuple[Generator, ...]:
    cells = NULL_CELLS | HOSTILE_CELLS
    return (
        *(Generator(name, OF_RUNNER[name], partial(_runner_days, cells[name])) for name in cells),
        *(
            Generator(f"habit_{name}", OF_HABIT[name], partial(_habit_days, habit))
            for name, habit in HABIT_CELLS.items()
        ),
        Generator("steady", "Nothing changes: every match of a pattern is false.", _steady_days),
        *(
            Generator(
                f"planted_{back.replace(' ', '_')}",
                f"Spikes, a break, a fade and flares in {PLANTED_D} days of a {back} back.",
                partial(_planted_days, back),
            )
            for back in BACKS
        ),
    )


GENERATORS: Mapping[str, Generator] = {item.name: item for item in _generators()}
