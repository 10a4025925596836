"""Rates of false answers, power and coverage of trials on simulated runners."""

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
    truth = true_points * (ADHERENCE - CONTAMINATION)
    rows = []
    for number in range(runners):
        made = simulated_trial(runner, true_points, tosses, np.random.default_rng([seed, number]))
        found = trial_answer(made.trial_days, permutations).row(0, named=True)
        before = prospect(made.past, tosses)
        early = found["clear_at_toss"]
        is_told_at_end = found["p_value"] < END_ERROR
        days = made.trial_days["day"]
        rows.append(
            (
                found["p_value"] < PLAIN_LEVEL,
                is_told_at_end,
                early is not None,
                is_told_at_end or early is not None,
                1.0 - (early or tosses) / tosses,
                found["effect_low"] <= truth <= found["effect_high"],
                found["effect_points"],
                np.nan if before.power_at_1_point is None else before.power_at_1_point,
                (int(days.to_physical()[-1]) - int(days.to_physical()[0])) / 7.0,
            )
        )
    means = np.nanmean(np.array(rows, dtype=np.float64), axis=0)
    return dict(zip(RATES, means.tolist(), strict=True))
