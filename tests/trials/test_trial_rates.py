"""A sample of docs/trials.md: false answers stay rare and a real effect is found."""

import pytest

from tightlog.simulation.population.rates import lowest_likely
from tightlog.simulation.population.trial_rates import trial_rates
from tightlog.simulation.population.trials import TRIAL_CELLS

RUNNERS, HIGHEST_FALSE = 24, 0.06


@pytest.mark.slow
@pytest.mark.parametrize("cell", ["flare_selection", "felt_easing", "painkiller"])
def test_false_answers_are_rare_where_observation_goes_wrong(cell: str) -> None:
    rates = trial_rates(TRIAL_CELLS[cell], 0.0, 80, RUNNERS, 199, seed=4)
    assert lowest_likely(rates["told"], RUNNERS) <= HIGHEST_FALSE
    assert lowest_likely(rates["end"], RUNNERS) <= HIGHEST_FALSE


@pytest.mark.slow
@pytest.mark.parametrize("cell", ["memory_0.8", "flares"])
def test_an_effect_of_one_point_is_found_as_often_as_printed(cell: str) -> None:
    rates = trial_rates(TRIAL_CELLS[cell], -1.0, 80, RUNNERS, 199, seed=4)
    assert rates["told"] >= 0.7
    assert abs(rates["told"] - rates["printed"]) < 0.2
    assert rates["saved"] > 0.03
    assert rates["coverage"] >= 0.8
