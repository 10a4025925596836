"""Rates of false answers, power and coverage of trials on simulated runners."""

from collections.abc import Iterable

import numpy as np

from tightlog.simulation.population.trials import TrialRunner, simulated_trial
from tightlog.trials.answer import trial_answer
from tightlog.trials.power import ADHERENCE, CONTAMINATION, prospect
from tightlog.trials.randomisation import END_ERROR

PLAIN_LEVEL = 0.05
RATES = ("end", "told_at_end", "early", "told", "saved", "coverage", "estimate", "printed", "weeks")


def trial_rates(
    runner: TrialRunner, true_points: float, tosses: int, runners: int, permutations: int, seed: int
) -> dict[str, float]:
    """Shares of simulated runners: p below .05 at the planned end, an answer told at the end, early
    and by either road, tosses saved by ending early, intervals that hold the true effect of being
    assigned; and the mean estimate, printed power and length in weeks.
    """
    return means_of(
        trial_facts(
            runner, true_points, tosses, permutations, np.random.default_rng([seed, number])
        )
        for number in range(runners)
    )


def means_of(rows: Iterable[tuple[float, ...]]) -> dict[str, float]:
    """The mean of each of RATES over the runners for whom it is known."""
    means = np.nanmean(np.array(list(rows), dtype=np.float64), axis=0)
    return dict(zip(RATES, means.tolist(), strict=True))


def trial_facts(
    runner: TrialRunner,
    true_points: float,
    tosses: int,
    permutations: int,
    rng: np.random.Generator,
) -> tuple[float, ...]:
    """RATES of one simulated runner: 1.0 for yes, 0.0 for no, NaN for unknown."""
    truth = true_points * (ADHERENCE - CONTAMINATION)
    made = simulated_trial(runner, true_points, tosses, rng)
    found = trial_answer(made.trial_days, permutations).row(0, named=True)
    before = prospect(made.past, tosses).power_at_1_point
    early = found["clear_at_toss"]
    is_told_at_end = found["p_value"] < END_ERROR
    days = made.trial_days["day"].to_physical()
    return (
        float(found["p_value"] < PLAIN_LEVEL),
        float(is_told_at_end),
        float(early is not None),
        float(is_told_at_end or early is not None),
        1.0 - (early or tosses) / tosses,
        float(found["effect_low"] <= truth <= found["effect_high"]),
        found["effect_points"],
        np.nan if before is None else before,
        (days[-1] - days[0]) / 7.0,
    )
