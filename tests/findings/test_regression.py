import numpy as np
import pytest
from scipy import stats

from tightlog.findings.regression import (
    false_discovery_q,
    family_p,
    half_width,
    orders_within,
    permutation_p,
    permuted_orders,
    regression,
    smallest_detectable,
)

RNG = np.random.default_rng(5)
ROWS = 60
FIXED = np.column_stack([np.ones(ROWS), RNG.normal(size=(ROWS, 2))])
EXPOSURES = RNG.normal(size=(ROWS, 3))
OUTCOME = 2 + FIXED[:, 1] + 0.7 * EXPOSURES[:, 0] + RNG.normal(size=ROWS)
ORDERS = permuted_orders(ROWS, 999, seed=0)


def hc3_error(outcome: np.ndarray, design: np.ndarray) -> float:
    # The textbook's sandwich, written out.
    bread = np.linalg.inv(design.T @ design)
    residual = outcome - design @ np.linalg.lstsq(design, outcome)[0]
    leverage = np.einsum("ij,jk,ik->i", design, bread, design)
    return float(
        np.sqrt((bread @ (design.T * (residual / (1 - leverage)) ** 2) @ design @ bread)[-1, -1])
    )


def test_slope_is_that_of_least_squares_and_its_error_allows_for_uneven_spread() -> None:
    result = regression(OUTCOME, EXPOSURES, FIXED, ORDERS)
    for column in range(3):
        design = np.column_stack([FIXED, EXPOSURES[:, column]])
        slope, error = np.linalg.lstsq(design, OUTCOME)[0][-1], hc3_error(OUTCOME, design)
        assert result.slope[column] == pytest.approx(slope)
        assert result.standard_error[column] == pytest.approx(error)
        assert result.p[column] == pytest.approx(2 * stats.t.sf(abs(slope / error), ROWS - 4))


def test_a_wider_spread_on_some_days_is_not_taken_for_a_higher_level() -> None:
    # One day in eight is exposed and spreads five times as wide around the same level.
    false_alarms = {"plain": 0, "shipped": 0}
    for seed in range(150):
        rng = np.random.default_rng(seed)
        exposed = (np.arange(120) % 8 == 0).astype(float)
        outcome = rng.normal(size=120) * (1 + 4 * exposed)
        result = regression(
            outcome, exposed[:, None], np.ones((120, 1)), permuted_orders(120, 99, seed)
        )
        false_alarms["shipped"] += int(permutation_p(result)[0] < 0.05)
        false_alarms["plain"] += int(
            stats.ttest_ind(outcome[exposed == 1], outcome[exposed == 0]).pvalue < 0.05
        )
    assert false_alarms["shipped"] <= stats.binom.ppf(0.999, 150, 0.08)
    assert false_alarms["plain"] > stats.binom.ppf(0.999, 150, 0.08)


def test_permutation_p_agrees_with_the_t_test_for_normal_noise() -> None:
    result = regression(OUTCOME, EXPOSURES, FIXED, ORDERS)
    assert permutation_p(result) == pytest.approx(result.p, abs=0.05)
    assert permutation_p(result)[0] == pytest.approx(1 / 1000)


def test_permuted_t_is_the_t_of_a_refit_on_the_shuffled_remainders() -> None:
    result = regression(OUTCOME, EXPOSURES, FIXED, ORDERS[:5])
    fitted = FIXED @ np.linalg.lstsq(FIXED, OUTCOME)[0]
    for number in range(5):
        refit = regression(
            fitted + (OUTCOME - fitted)[ORDERS[number]], EXPOSURES, FIXED, ORDERS[:0]
        )
        assert result.permuted_t[number] == pytest.approx(refit.t)


def test_an_exposure_made_of_confounders_is_not_tested() -> None:
    result = regression(
        OUTCOME,
        np.column_stack([FIXED @ [1.0, 2.0, -1.0], np.full(ROWS, 3.0), EXPOSURES[:, 0]]),
        FIXED,
        ORDERS,
    )
    assert np.isnan(result.t).tolist() == [True, True, False]
    assert np.isnan(permutation_p(result)).tolist() == [True, True, False]


def test_a_constant_outcome_is_not_tested() -> None:
    assert np.isnan(regression(np.full(ROWS, 4.0), EXPOSURES, FIXED, ORDERS).t).all()


def test_orders_of_fewer_rows_keep_their_sequence() -> None:
    within = orders_within(np.array([[3, 0, 2, 1]]), np.array([True, False, True, True]))
    assert within.tolist() == [[2, 0, 1]]


def test_family_p_is_never_below_the_single_p() -> None:
    result = regression(OUTCOME, EXPOSURES, FIXED, ORDERS)
    assert (family_p(result.t, result.permuted_t) >= permutation_p(result)).all()


def test_false_discovery_q_is_scipy_s() -> None:
    p = np.random.default_rng(3).uniform(size=40) ** 3
    assert false_discovery_q(p) == pytest.approx(
        stats.false_discovery_control(p, method="bh"), rel=1e-12
    )


def test_false_discovery_q_leaves_out_what_is_not_known() -> None:
    # By hand: two tests, 0.01·2/1 and 0.04·2/2.
    assert false_discovery_q(np.array([0.04, np.nan, 0.01])) == pytest.approx(
        [0.04, np.nan, 0.02], nan_ok=True
    )
    assert np.isnan(false_discovery_q(np.array([np.nan]))).all()


def test_smallest_detectable_effect_is_found_in_four_of_five_cases() -> None:
    effect = smallest_detectable(1.0, 40, 0.05)
    power = stats.nct.sf(stats.t.ppf(0.975, 40), 40, effect)
    assert power == pytest.approx(0.80, abs=0.01)


def test_interval_leaves_out_zero_exactly_where_p_is_below_a_twentieth() -> None:
    for seed in range(40):
        outcome = np.random.default_rng(seed).normal(size=ROWS) + 0.25 * EXPOSURES[:, 0]
        result = regression(outcome, EXPOSURES, FIXED, ORDERS)
        assert ((np.abs(result.slope) > half_width(result)) == (permutation_p(result) < 0.05)).all()


def test_half_width_without_permutations_is_student_s() -> None:
    result = regression(OUTCOME, EXPOSURES, FIXED, ORDERS[:0])
    assert half_width(result) == pytest.approx(stats.t.ppf(0.975, ROWS - 4) * result.standard_error)
