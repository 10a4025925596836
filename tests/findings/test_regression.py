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


def test_slope_error_and_p_are_those_of_ordinary_least_squares() -> None:
    result = regression(OUTCOME, EXPOSURES, FIXED, ORDERS)
    for column in range(3):
        design = np.column_stack([FIXED, EXPOSURES[:, column]])
        solution, squares, *_ = np.linalg.lstsq(design, OUTCOME)
        error = np.sqrt(squares[0] / (ROWS - 4) * np.linalg.inv(design.T @ design)[-1, -1])
        assert result.slope[column] == pytest.approx(solution[-1])
        assert result.standard_error[column] == pytest.approx(error)
        assert result.p[column] == pytest.approx(2 * stats.t.sf(abs(solution[-1] / error), ROWS - 4))


def test_permutation_p_agrees_with_the_t_test_for_normal_noise() -> None:
    result = regression(OUTCOME, EXPOSURES, FIXED, ORDERS)
    assert permutation_p(result) == pytest.approx(result.p, abs=0.05)
    assert permutation_p(result)[0] == pytest.approx(1 / 1000)


def test_permuted_t_is_the_t_of_a_refit_on_the_shuffled_remainders() -> None:
    result = regression(OUTCOME, EXPOSURES, FIXED, ORDERS[:5])
    fitted = FIXED @ np.linalg.lstsq(FIXED, OUTCOME)[0]
    for number in range(5):
        refit = regression(fitted + (OUTCOME - fitted)[ORDERS[number]], EXPOSURES, FIXED, ORDERS[:0])
        assert result.permuted_t[number] == pytest.approx(refit.t)


def test_an_exposure_made_of_confounders_is_not_tested() -> None:
    result = regression(OUTCOME, np.column_stack([FIXED @ [1.0, 2.0, -1.0], np.full(ROWS, 3.0), EXPOSURES[:, 0]]), FIXED, ORDERS)
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
    assert false_discovery_q(p) == pytest.approx(stats.false_discovery_control(p, method="bh"), rel=1e-12)


def test_false_discovery_q_leaves_out_what_is_not_known() -> None:
    # By hand: two tests, 0.01·2/1 and 0.04·2/2.
    assert false_discovery_q(np.array([0.04, np.nan, 0.01])) == pytest.approx([0.04, np.nan, 0.02], nan_ok=True)
    assert np.isnan(false_discovery_q(np.array([np.nan]))).all()


def test_smallest_detectable_effect_is_found_in_four_of_five_cases() -> None:
    effect = smallest_detectable(1.0, 40, 0.05)
    power = stats.nct.sf(stats.t.ppf(0.975, 40), 40, effect)
    assert power == pytest.approx(0.80, abs=0.01)


def test_half_width_of_a_large_sample_is_two_standard_errors() -> None:
    assert half_width(0.5, 100_000) == pytest.approx(0.98, abs=1e-3)
