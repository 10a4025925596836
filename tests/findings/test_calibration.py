"""A reduced calibration: the bands are wide enough for chance (99.9 %), too narrow for a broken
method. The full one is a benchmark.
"""

import pytest
from scipy import stats

from tests.sampled import by_hand
from tightlog.simulation.population.habits import HABIT_CELLS
from tightlog.simulation.population.rates import (
    intervention_rates,
    null_rates,
    power_rates,
    reaction_rates,
)
from tightlog.simulation.population.runner import HOSTILE_CELLS, NULL_CELLS, Runner

RUNNERS = 60
PERMUTATIONS = 199
HIGHEST_RATE = 0.08


def is_within(rate: float, ceiling: float, trials: int) -> bool:
    """True unless the count is higher than chance (0.1 %) allows at a true rate of the ceiling."""
    return bool(round(rate * trials) <= stats.binom.ppf(0.999, trials, ceiling))


@pytest.mark.parametrize(
    "cell",
    [
        "memory_0.95",
        "reverse",
        "zeros",
        "in_bursts",
        *by_hand("memory_0.8", "season", "heavy_tails", "uneven_by_distance"),
    ],
)
def test_nothing_is_found_where_nothing_is(cell: str) -> None:
    rates = null_rates((NULL_CELLS | HOSTILE_CELLS)[cell], 120, 0.3, RUNNERS, PERMUTATIONS, seed=11)
    assert is_within(rates["worst"], HIGHEST_RATE, RUNNERS)
    assert is_within(rates["family"], HIGHEST_RATE, RUNNERS)
    assert is_within(rates["claimed"], HIGHEST_RATE, RUNNERS)
    assert 0.90 <= rates["coverage"] <= 0.985


def test_the_naive_correlation_would_not_pass() -> None:
    # The band has teeth: the method most apps use is far outside it on the same runners.
    rates = null_rates(NULL_CELLS["season"], 120, 0.3, 40, 19, seed=11)
    assert not is_within(rates["pearson"], HIGHEST_RATE, 40)


def test_a_planted_link_is_found_in_four_months() -> None:
    rates = power_rates(Runner(effect_per_sd=0.6), 120, 0.3, RUNNERS, PERMUTATIONS, seed=11)
    # What one look finds; a claim also needs evidence that may be looked at every day.
    assert rates["q"] >= 0.85
    assert is_within(1.0 - rates["claimed"], 0.25, RUNNERS)
    assert rates["coverage"] >= 0.87


def test_the_reaction_test_fires_when_the_back_steers_the_running_and_hardly_else() -> None:
    fired, _, claimed = reaction_rates(0.9, 365, 30, PERMUTATIONS, seed=11)
    assert fired >= 0.70
    assert is_within(claimed, HIGHEST_RATE, 30)
    silent, _, _ = reaction_rates(0.0, 120, RUNNERS, PERMUTATIONS, seed=11)
    assert is_within(silent, 0.05, RUNNERS)


@pytest.mark.parametrize("cell", ["bad_days", "run_days", *by_hand("good_days", "sundays")])
def test_an_intervention_without_effect_is_not_called_helpful(cell: str) -> None:
    rates = intervention_rates(HABIT_CELLS[cell], 0.0, 120, 0.3, 150, PERMUTATIONS, seed=11)
    assert is_within(rates["helps"], HIGHEST_RATE, 150)
    assert rates["helps"] <= HIGHEST_RATE
    assert abs(rates["estimate"]) < 0.12
    assert 0.90 <= rates["coverage"] <= 0.985


def test_the_naive_comparison_would_have_the_wrong_sign() -> None:
    assert (
        intervention_rates(HABIT_CELLS["bad_days"], 0.0, 120, 0.3, 40, 19, seed=11)["naive"] > 0.4
    )


def test_two_things_always_done_together_are_not_told_apart() -> None:
    rates = intervention_rates(
        HABIT_CELLS["always_with_another"], -1.0, 365, 0.3, 10, PERMUTATIONS, seed=11
    )
    assert rates["too_little"] == 1.0


def test_what_is_often_done_beside_a_real_help_is_not_called_one() -> None:
    rates = intervention_rates(
        HABIT_CELLS["often_with_another"], -1.0, 365, 0.3, 100, PERMUTATIONS, seed=11
    )
    assert is_within(rates["helps"], HIGHEST_RATE, 100)
    assert abs(rates["estimate"]) < 0.15
