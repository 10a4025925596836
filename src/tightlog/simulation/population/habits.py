"""Simulated people who do something about their back, with known truth: it changes only the score
of the next day.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl
from scipy import stats

from tightlog.simulation.population.days import day_frame, memory
from tightlog.simulation.population.runner import SCORE_MEAN, SCORE_SPREAD


@dataclass(frozen=True)
class Habit:
    """When something is done about the back, and what the scores are like."""

    # "bad_days", "good_days", "felt_bad_days", "felt_good_days", "run_days", "sundays" or
    # "random_days"
    done_on: str = "bad_days"
    carry_over: float = 0.8
    noise_share: float = 0.0
    run_points: float = 0.0  # what a run adds to the next day's score
    scale: str = "points"
    # A second thing: "always" done with it, or "often", and then it is the second that has the
    # effect
    companion: str = ""


HABIT_CELLS: dict[str, Habit] = {
    "bad_days": Habit(),
    "good_days": Habit("good_days"),
    "felt_bad_noise": Habit("felt_bad_days", noise_share=0.5),
    "felt_good_noise": Habit("felt_good_days", noise_share=0.5),
    "bad_days_0.95": Habit(carry_over=0.95),
    "run_days": Habit("run_days", run_points=1.0),
    "sundays": Habit("sundays"),
    "random_days": Habit("random_days"),
    "zeros": Habit(scale="zeros"),
    "five_levels": Habit(scale="five"),
    "always_with_another": Habit(companion="always"),
    "often_with_another": Habit(companion="often"),
}


def simulated_interventions(
    true_points: float,
    length_d: int,
    missing: float,
    runners: int,
    seed: int,
    habit: Habit = Habit(),
) -> Iterator[pl.DataFrame]:
    """Day frames with `stretching`, `run_distance_m` and, with a companion, `heat`; the effect is
    that of stretching, or of an often done heat.
    """
    for number in range(runners):
        yield days_of_habit(
            true_points, length_d, missing, np.random.default_rng([seed, 1, number]), habit
        )


def naive_difference(days: pl.DataFrame) -> float:
    """Mean next score after days with stretching less that after days without."""
    following = days["tightness_score"].shift(-1).to_numpy()
    did = days["stretching"].to_numpy() > 0
    return float(np.nanmean(following[did]) - np.nanmean(following[~did]))


def is_better_after(days: pl.DataFrame) -> bool:
    """True where a paired before/after comparison of the days with stretching would claim a
    benefit at 5 %.
    """
    change = (days["tightness_score"].shift(-1) - days["tightness_score"]).to_numpy()
    paired = change[(days["stretching"].to_numpy() > 0) & ~np.isnan(change)]
    return bool(
        paired.size > 2 and paired.mean() < 0 and stats.ttest_1samp(paired, 0.0).pvalue < 0.05
    )


def days_of_habit(
    true_points: float, length_d: int, missing: float, rng: np.random.Generator, habit: Habit
) -> pl.DataFrame:
    """Days of one simulated person with a habit whose effect on the next score is known."""
    state = SCORE_SPREAD * memory(rng, length_d, habit.carry_over)
    noise = (
        rng.normal(size=length_d)
        * SCORE_SPREAD
        * np.sqrt(habit.noise_share / (1 - habit.noise_share))
    )
    run = rng.random(length_d) < 0.5
    usual = 1.0 if habit.scale == "zeros" else SCORE_MEAN
    score, felt, did, other = (
        np.empty(length_d),
        np.empty(length_d),
        np.zeros(length_d),
        np.zeros(length_d),
    )
    for day in range(length_d):
        eased = (
            (other if habit.companion == "often" else did)[day - 1] * true_points if day else 0.0
        )
        felt[day] = (
            SCORE_MEAN + state[day] + eased + (habit.run_points * run[day - 1] if day else 0.0)
        )
        score[day] = _reported(felt[day] + noise[day], habit.scale)
        did[day] = rng.random() < _chance(
            habit.done_on, score[day], felt[day], usual, bool(run[day]), day
        )
        other[day] = (
            did[day]
            if rng.random() < (1.0 if habit.companion == "always" else 0.7)
            else rng.random() < 0.3
        )
    score[rng.random(length_d) < missing] = np.nan
    distance_m = np.where(run, 8000.0 * rng.lognormal(0, 0.3, length_d), 0.0)
    companion = {"heat": other} if habit.companion else {}
    return day_frame(
        {"tightness_score": score, "stretching": did, "run_distance_m": distance_m, **companion}
    )


def _chance(done_on: str, score: float, felt: float, usual: float, is_run: bool, day: int) -> float:
    if done_on == "run_days":
        return 0.8 if is_run else 0.1
    if done_on == "sundays":
        return 0.95 if day % 7 == 6 else 0.05
    if done_on == "random_days":
        return 0.3
    known = felt if done_on.startswith("felt") else score
    pull = 0.8 * (known - usual) * (-1 if done_on.endswith("good_days") else 1)
    return float(1 / (1 + np.exp(1.6 - pull)))


def _reported(felt: float, scale: str) -> float:
    if scale == "zeros":
        return float(np.clip(np.ceil(felt - SCORE_MEAN - 0.67 * SCORE_SPREAD), 0, 3))
    if scale == "five":
        return float(2.5 * np.clip(np.round(felt / 2.5), 0, 4))
    return float(np.round(np.clip(felt, 0, 10)))
