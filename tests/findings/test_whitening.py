import numpy as np
import pytest

from tightlog.findings.whitening import (
    NoiseModel,
    confounders,
    kalman_gains,
    noise_model,
    orthonormal,
    orthonormal_again,
    whitened,
)


def covariance(day_numbers: np.ndarray, model: NoiseModel) -> np.ndarray:
    gaps = np.abs(day_numbers[:, None] - day_numbers)
    own = model.noise_share * np.eye(day_numbers.size)
    return np.asarray((1 - model.noise_share) * model.carry_over**gaps + own)


GAPPY_DAYS = np.array([0, 1, 2, 5, 6, 20, 21, 22, 23, 50])


def test_without_noise_a_row_loses_what_yesterday_foretold() -> None:
    # Worked by hand: carry-over 0.6, so 4 - 0.6·2 = 2.8, over the spread sqrt(1 - 0.36) = 0.8.
    rows = whitened(np.array([[2.0], [4.0]]), np.array([10, 11]), NoiseModel(0.6, 0.0))
    assert rows.ravel() == pytest.approx([2.0, 3.5])


def test_a_gap_of_three_days_carries_over_the_third_power() -> None:
    rows = whitened(np.array([[2.0], [4.0]]), np.array([10, 13]), NoiseModel(0.6, 0.0))
    assert rows[1, 0] == pytest.approx((4 - 0.6**3 * 2) / np.sqrt(1 - 0.6**6))


@pytest.mark.parametrize(
    "model",
    [NoiseModel(0.8, 0.3), NoiseModel(0.98, 0.0), NoiseModel(0.0, 0.0), NoiseModel(0.5, 0.8)],
)
def test_whitened_rows_match_the_dense_covariance(model: NoiseModel) -> None:
    columns = np.random.default_rng(0).normal(size=(GAPPY_DAYS.size, 3))
    dense = np.linalg.solve(np.linalg.cholesky(covariance(GAPPY_DAYS, model)), columns)
    assert whitened(columns, GAPPY_DAYS, model) == pytest.approx(dense, abs=1e-10)
    spreads = kalman_gains([model], GAPPY_DAYS)[1]
    assert np.log(spreads).sum() == pytest.approx(
        np.linalg.slogdet(covariance(GAPPY_DAYS, model))[1], abs=1e-10
    )


def test_noise_model_is_the_best_on_the_grid_by_the_textbook_formula() -> None:
    rng = np.random.default_rng(3)
    day_numbers = np.flatnonzero(rng.random(120) < 0.7)
    truth = covariance(day_numbers, NoiseModel(0.85, 0.3))
    scores = 3 + np.linalg.cholesky(truth) @ rng.normal(size=day_numbers.size)
    basis = confounders(day_numbers)

    def restricted_deviance(model: NoiseModel) -> float:
        inverse = np.linalg.inv(covariance(day_numbers, model))
        normal = basis.T @ inverse @ basis
        left = scores - basis @ np.linalg.solve(normal, basis.T @ inverse @ scores)
        freedom = scores.size - basis.shape[1]
        return float(
            freedom * np.log(left @ inverse @ left)
            - np.linalg.slogdet(inverse)[1]
            + np.linalg.slogdet(normal)[1]
        )

    fitted = noise_model(scores, basis, day_numbers)
    others = [
        NoiseModel(carry, share)
        for carry in (0.0, 0.3, 0.7, 0.85, 0.93, 0.98)
        for share in (0.0, 0.3, 0.6)
    ]
    assert restricted_deviance(fitted) <= min(map(restricted_deviance, others)) + 1e-9


def test_noise_model_recovers_a_long_memory_and_tells_it_from_none() -> None:
    rng = np.random.default_rng(1)
    day_numbers = np.arange(800)
    basis = confounders(day_numbers)
    remembering = np.linalg.cholesky(covariance(day_numbers, NoiseModel(0.8, 0.0))) @ rng.normal(
        size=800
    )
    assert noise_model(remembering, basis, day_numbers).carry_over == pytest.approx(0.8, abs=0.1)
    assert noise_model(rng.normal(size=800), basis, day_numbers).carry_over * 0.3 < 0.1


def test_confounders_hold_season_and_weekday_but_nothing_faster_than_90_days() -> None:
    day_numbers = np.arange(1000, 1360)
    basis = confounders(day_numbers)
    elapsed = np.arange(360)

    def share_left(column: np.ndarray) -> float:
        centred = column - column.mean()
        left = centred - basis @ (basis.T @ centred)
        return float(left @ left / (centred @ centred))

    assert share_left(np.cos(2 * np.pi * elapsed / 360)) < 0.01
    assert share_left((day_numbers % 7 == 3).astype(float)) < 1e-9
    assert share_left(np.cos(2 * np.pi * elapsed / 45)) > 0.9
    assert basis.shape[1] == 1 + 1 + 8 + 6


def test_confounders_of_two_days_are_a_sound_basis() -> None:
    basis = confounders(np.array([5, 6]))
    assert basis.T @ basis == pytest.approx(np.eye(basis.shape[1]), abs=1e-10)


def test_the_fast_basis_spans_the_same_columns() -> None:
    columns = np.random.default_rng(4).normal(size=(40, 6)) @ np.random.default_rng(5).normal(
        size=(6, 9)
    )
    slow, fast = orthonormal(columns), orthonormal_again(columns)
    assert fast.shape == slow.shape == (40, 6)
    assert fast @ fast.T == pytest.approx(slow @ slow.T, abs=1e-8)


def test_columns_already_spanned_fall_away() -> None:
    column = np.arange(5.0)
    assert orthonormal(np.column_stack([column, 2 * column, np.ones(5), np.zeros(5)])).shape == (
        5,
        2,
    )


@pytest.mark.parametrize(
    "model", [NoiseModel(0.0, 0.0), NoiseModel(0.8, 0.3), NoiseModel(0.98, 0.8)]
)
def test_rows_are_whitened_by_the_gains_the_grid_was_searched_with(model: NoiseModel) -> None:
    days = np.cumsum(np.random.default_rng(5).integers(1, 4, 200))
    ones = np.ones((days.size, 1))
    gains, spreads = kalman_gains([model], days)
    first = whitened(ones, days, model)[:2, 0]
    kept = model.carry_over ** (days[1] - days[0])
    expected = [1.0 / np.sqrt(spreads[0, 0]), (1.0 - kept * gains[0, 0]) / np.sqrt(spreads[1, 0])]
    assert first.tolist() == pytest.approx(expected, rel=1e-12)
