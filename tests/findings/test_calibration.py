"""A reduced calibration: the bands are wide enough for chance (99.9 %), too narrow for a broken method. The full one is a benchmark."""

from types import ModuleType

import pytest
from scipy import stats

RUNNERS = 60
PERMUTATIONS = 199
HIGHEST_RATE = 0.08


def is_within(rate: float, ceiling: float, trials: int) -> bool:
    """True unless the count is higher than chance (0.1 %) allows at a true rate of the ceiling."""
    return bool(round(rate * trials) <= stats.binom.ppf(0.999, trials, ceiling))


@pytest.mark.parametrize(("cell", "length_d"), [("memory_0.8", 120), ("memory_0.95", 120), ("season", 120), ("reverse", 120)])
def test_nothing_is_found_where_nothing_is(calibration: ModuleType, cell: str, length_d: int) -> None:
    rates = calibration.null_rates(calibration.NULL_CELLS[cell], length_d, 0.3, RUNNERS, PERMUTATIONS, seed=11)
    assert is_within(rates["worst"], HIGHEST_RATE, RUNNERS)
    assert is_within(rates["family"], HIGHEST_RATE, RUNNERS)
    assert is_within(rates["claimed"], HIGHEST_RATE, RUNNERS)
    assert 0.90 <= rates["coverage"] <= 0.985


def test_the_naive_correlation_would_not_pass(calibration: ModuleType) -> None:
    # The band has teeth: the method most apps use is far outside it on the same runners.
    rates = calibration.null_rates(calibration.NULL_CELLS["season"], 120, 0.3, 40, 19, seed=11)
    assert not is_within(rates["pearson"], HIGHEST_RATE, 40)


def test_a_planted_link_is_found_in_four_months(calibration: ModuleType) -> None:
    rates = calibration.power_rates(0.6, 120, 0.3, RUNNERS, PERMUTATIONS, seed=11)
    assert rates["claimed"] >= 0.85
    assert rates["coverage"] >= 0.87


def test_the_reaction_test_fires_when_the_back_steers_the_running_and_hardly_else(calibration: ModuleType) -> None:
    fired, _, claimed = calibration.reaction_rates(0.9, 365, 30, PERMUTATIONS, seed=11)
    assert fired >= 0.70
    assert is_within(claimed, HIGHEST_RATE, 30)
    silent, _, _ = calibration.reaction_rates(0.0, 120, RUNNERS, PERMUTATIONS, seed=11)
    assert is_within(silent, 0.05, RUNNERS)


def test_an_intervention_without_effect_is_not_called_helpful(calibration: ModuleType) -> None:
    rates = calibration.intervention_rates(0.0, 120, 0.3, 150, PERMUTATIONS, seed=11)
    assert is_within(rates["helps"], HIGHEST_RATE, 150)
    assert rates["helps"] <= HIGHEST_RATE
    assert rates["naive"] > 0.4
    assert abs(rates["estimate"]) < 0.1
    assert 0.90 <= rates["coverage"] <= 0.985
