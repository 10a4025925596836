"""What a trial would show, before it starts."""

import numpy as np
import polars as pl

from tightlog.simulation.population.trials import TRIAL_CELLS, simulated_trial
from tightlog.trials.power import FEWEST_PAIRS, prospect


def _past(cell: str = "memory_0.8") -> pl.DataFrame:
    return simulated_trial(TRIAL_CELLS[cell], 0.0, 4, np.random.default_rng(2)).past


def test_more_tosses_and_larger_effects_are_found_more_often_and_take_longer() -> None:
    short, long = prospect(_past(), 24), prospect(_past(), 80)
    assert short.power_at_1_point and short.power_at_2_points and short.weeks
    assert long.power_at_1_point and long.power_at_2_points and long.weeks
    assert short.power_at_1_point < short.power_at_2_points
    assert short.power_at_1_point < long.power_at_1_point
    assert short.weeks < long.weeks


def test_a_noisier_back_and_fewer_days_as_told_cost_power() -> None:
    calm = prospect(_past(), 60).power_at_1_point
    noisy = prospect(_past("noise"), 60).power_at_1_point
    lax = prospect(_past(), 60, adherence=0.6, contamination=0.3).power_at_1_point
    assert calm and noisy and lax
    assert noisy < calm and lax < calm


def test_too_few_scores_or_none_that_differ_give_no_power() -> None:
    assert prospect(_past().head(FEWEST_PAIRS), 60).power_at_1_point is None
    assert prospect(_past().clear(), 60).power_at_1_point is None
    flat = _past().with_columns(score=pl.lit(3.0))
    assert prospect(flat, 60).power_at_1_point is None
