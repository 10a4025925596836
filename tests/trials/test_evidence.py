"""The running read-out is a fair bet: over all coins its stake is 1 on average."""

from itertools import product
from math import comb

import numpy as np
import pytest

from tightlog.simulation.population.trials import TRIAL_CELLS, simulated_trial
from tightlog.trials.evidence import CLEAR_EVIDENCE, EARLY_ERROR, chances, evidence
from tightlog.trials.randomisation import END_ERROR
from tightlog.trials.schedule import BLOCK_LENGTHS
from tightlog.trials.trial_table import Tosses, tosses_of

NAN = np.nan


def _tosses(sides: tuple[float, ...], length: int = 8) -> Tosses:
    """Tosses of a first block of this length, and of the next where there are more."""
    after = np.array([5.0, NAN, 1.0, 6.0, 0.0, 2.0, 7.0, 3.0])[: len(sides)]
    count = len(sides)
    return Tosses(
        np.arange(count), (np.arange(count) >= length).astype(np.int64), np.array(sides),
        np.array(sides), np.array([4.0, 5.0, 3.0, NAN, 6.0, 2.0, 2.0, 7.0])[:count], after,
    )  # fmt: skip


def _chance_of(sides: tuple[float, ...], length: int) -> float:
    """Chance that a block of this length begins so, from the design alone."""
    count, with_it = len(sides), int(sum(sides))
    if max(with_it, count - with_it) > length // 2:
        return 0.0
    return comb(length - count, length // 2 - with_it) / comb(length, length // 2)


def _weight(sides: tuple[float, ...], length: int) -> float:
    own, following = sides[:length], sides[length:]
    chances_of_next = [_chance_of(following, one) for one in BLOCK_LENGTHS]
    return _chance_of(own, length) * float(np.mean(chances_of_next)) / len(BLOCK_LENGTHS)


def test_early_and_at_the_end_a_trial_without_effect_errs_in_six_of_a_hundred_at_most() -> None:
    assert pytest.approx(0.06) == EARLY_ERROR + END_ERROR
    assert pytest.approx(40.0) == CLEAR_EVIDENCE


@pytest.mark.parametrize("count", [1, 4, 6, 8])
def test_the_stake_is_one_on_average_over_every_way_the_coin_can_fall(count: int) -> None:
    ways = list(product(product((0.0, 1.0), repeat=count), BLOCK_LENGTHS))
    weights = np.array([_weight(*way) for way in ways])
    possible = [(way, weight) for way, weight in zip(ways, weights, strict=True) if weight > 0]
    stakes = [evidence(_tosses(*way))[-1] * weight for way, weight in possible]
    assert weights.sum() == pytest.approx(1.0)
    assert sum(stakes) == pytest.approx(1.0, abs=1e-9)


def test_the_coin_is_even_at_the_start_of_a_block_and_leans_to_the_side_that_is_behind() -> None:
    first, second, third, *_ = chances(_tosses((1.0, 1.0, 0.0, 0.0)))
    assert first == 0.5
    assert third < second < 0.5


def test_a_large_effect_is_clear_early_and_a_missing_one_is_not() -> None:
    stakes = {}
    for points in (0.0, -2.0):
        made = simulated_trial(TRIAL_CELLS["memory_0.8"], points, 80, np.random.default_rng(5))
        stakes[points] = evidence(tosses_of(made.trial_days)).max()
    assert stakes[0.0] < CLEAR_EVIDENCE < stakes[-2.0]
