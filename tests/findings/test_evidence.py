"""e-values, what they select, and the size shown, against numbers worked by hand."""

from math import exp, log, pi, sqrt

import numpy as np
import pytest

from tightlog.findings.evidence import (
    explained_pct,
    lasting_margin,
    log_e,
    robustness_pct,
    selected,
    shrunk_points,
)

MANY = 1_000_000


def test_the_e_value_of_no_difference_is_the_price_of_the_spread() -> None:
    # error = spread: sqrt(1/2) at a slope of 0.
    assert exp(log_e(0.0, 0.7, MANY)) == pytest.approx(sqrt(0.5), rel=1e-6)


def test_the_e_value_without_an_expected_sign_is_that_of_the_normal_mixture() -> None:
    error, points, spread = 0.35, 1.4, 0.7
    kept = spread**2 / (spread**2 + error**2)
    by_hand = sqrt(1 - kept) * exp((points / error) ** 2 / 2 * kept)
    assert exp(log_e(points, error, MANY)) == pytest.approx(by_hand, rel=1e-4)
    assert log_e(points, error, MANY) == pytest.approx(log_e(-points, error, MANY))


def test_the_expected_sign_counts_for_more_than_the_other() -> None:
    along, against = log_e(1.4, 0.35, MANY, 1), log_e(-1.4, 0.35, MANY, 1)
    assert along - against == pytest.approx(log(0.8 / 0.2), abs=0.01)


@pytest.mark.parametrize("expected_sign", [0, 1])
def test_an_e_value_is_1_on_average_where_nothing_is(expected_sign: int) -> None:
    z = np.linspace(-9, 9, 4001)
    density = np.exp(-(z**2) / 2) / sqrt(2 * pi)
    e_values = np.array([exp(log_e(one * 0.5, 0.5, MANY, expected_sign)) for one in z])
    assert np.trapezoid(e_values * density, z) == pytest.approx(1.0, abs=2e-3)


def test_few_degrees_of_freedom_are_less_evidence() -> None:
    assert log_e(1.4, 0.35, 20) < log_e(1.4, 0.35, 200) < log_e(1.4, 0.35, MANY)


def test_the_step_up_selects_by_rank_and_weight() -> None:
    equal = np.ones(4)
    # 4 tests at 0.10: alone 40, two of them 20.
    assert selected(np.array([39.0, 1, 1, 1]), equal).tolist() == [False] * 4
    assert selected(np.array([40.0, 1, 1, 1]), equal).tolist() == [True, False, False, False]
    assert selected(np.array([20.0, 20, 1, 1]), equal).tolist() == [True, True, False, False]
    # What is not tested does not count: 3 tests, 30 alone.
    assert selected(np.array([30.0, 1, 1, np.nan]), equal).tolist() == [True, False, False, False]
    # Twice the weight of the others: 4 · 2/5 of 25 is 40.
    weights = np.array([2.0, 1, 1, 1])
    assert selected(np.array([25.0, 1, 1, 1]), weights)[0]
    assert not selected(np.array([24.9, 1, 1, 1]), weights)[0]


def test_nothing_tested_selects_nothing() -> None:
    assert not selected(np.full(3, np.nan), np.ones(3)).any()


def test_the_size_shown_is_the_posterior_mean() -> None:
    # error = spread halves it; an e-value of 9 at even prior odds leaves 9/10.
    assert shrunk_points(2.0, 0.7, 9.0, 0.5) == pytest.approx(2.0 * 0.5 * 0.9)


def test_the_lasting_interval_is_wider_than_that_of_one_look() -> None:
    # error = spread: sqrt(2 · (ln 2 + 2 ln 20)).
    assert lasting_margin(0.7, MANY) == pytest.approx(
        0.7 * sqrt(2 * (log(2) + 2 * log(20))), rel=1e-4
    )


def test_the_robustness_value_is_that_of_its_paper() -> None:
    # t = 4 with 230 degrees of freedom: f = 0.2638, and 23 %.
    assert robustness_pct(4.0, 1.0, 230) == pytest.approx(23.1, abs=0.1)


def test_what_a_column_explains_is_its_squared_partial_correlation() -> None:
    rng = np.random.default_rng(3)
    fixed, by = np.ones((400, 1)), rng.normal(size=400)
    series = (0.5 * by + rng.normal(size=400))[:, None]
    by_hand = 100 * np.corrcoef(series[:, 0], by)[0, 1] ** 2
    assert explained_pct(series, by, fixed)[0] == pytest.approx(by_hand, rel=1e-9)
