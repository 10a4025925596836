"""Removes the autocorrelation of a score series: a noise model fitted by REML, and rows made
independent with it.

Model: score = confounders + AR(1) state + white rating noise. Over a gap of d days the state keeps
carry_over^d of itself, so unscored days need no filling (Harvey 1989, Forecasting, Structural Time
Series Models and the Kalman Filter).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.linalg import qr, solve_banded

from tightlog.findings.arrays import FloatArray, IntArray

# Slower drift than this (season, fitness, a race block) is absorbed on purpose: it cannot be
# separated from coincidence.
SHORTEST_DRIFT_PERIOD_D = 90
CARRY_OVER_GRID = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.93, 0.96, 0.98)
NOISE_SHARE_GRID = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8)


@dataclass(frozen=True)
class NoiseModel:
    """Share of the state carried over one day (0–1), and share of the variance that is white
    rating noise (0–1).
    """

    carry_over: float
    noise_share: float


WHITE_NOISE = NoiseModel(0.0, 0.0)


def confounders(day_numbers: IntArray) -> FloatArray:
    """Orthonormal columns (rows × rank) spanning intercept, time, slow cosines and weekdays of
    the given days since 1970.
    """
    if day_numbers.size == 0:
        return np.empty((0, 0))
    elapsed = (day_numbers - day_numbers[0]).astype(np.float64)
    length_d = elapsed[-1] + 1.0
    waves = np.arange(1, int(2 * length_d // SHORTEST_DRIFT_PERIOD_D) + 1)
    drift = np.cos(np.pi * np.outer((elapsed + 0.5) / length_d, waves))
    weekdays = (day_numbers[:, None] % 7 == np.arange(6)).astype(np.float64)
    return orthonormal(
        np.column_stack([np.ones_like(elapsed), elapsed / length_d, drift, weekdays])
    )


def orthonormal(columns: FloatArray) -> FloatArray:
    """Orthonormal basis (rows × rank) of the columns; columns the others span are dropped."""
    norms = np.linalg.norm(columns, axis=0)
    kept = columns[:, norms > 0] / norms[norms > 0]
    if kept.size == 0:
        return np.empty((columns.shape[0], 0))
    basis, triangle, _ = qr(kept, mode="economic", pivoting=True)
    return np.asarray(basis[:, np.abs(np.diag(triangle)) > 1e-8], dtype=np.float64)


def orthonormal_again(columns: FloatArray) -> FloatArray:
    """Orthonormal basis (rows × rank) of columns that are far from dependent, such as a basis
    after whitening; much faster.
    """
    norms = np.linalg.norm(columns, axis=0)
    kept = columns[:, norms > 0] / norms[norms > 0]
    size, direction = np.linalg.eigh(kept.T @ kept)
    # Squaring loses half of the digits: what is smaller than this is rounding, not a column of its
    # own.
    is_real = size > 1e-9 * max(1.0, float(size[-1]) if size.size else 1.0)
    return np.asarray(kept @ (direction[:, is_real] / np.sqrt(size[is_real])), dtype=np.float64)


def noise_model(scores: FloatArray, basis: FloatArray, day_numbers: IntArray) -> NoiseModel:
    """Noise model of the highest restricted likelihood, from scores and confounders alone: best of
    a coarse grid, then uphill on the fine one.

    REML: Patterson & Thompson 1971, Biometrika 58:545, doi:10.1093/biomet/58.3.545.
    """
    row_count, rank = basis.shape
    remaining = scores - basis @ (basis.T @ scores)
    if row_count - rank < 3 or remaining @ remaining <= 1e-9 * max(1.0, float(scores @ scores)):
        return WHITE_NOISE
    columns = np.column_stack([basis, remaining])
    coarse = _grid(CARRY_OVER_GRID[::2], NOISE_SHARE_GRID[::2])
    place, best = None, _least_deviant(coarse, columns, day_numbers)
    while best != place:
        place = best
        near = _grid(
            _neighbours(CARRY_OVER_GRID, best.carry_over),
            _neighbours(NOISE_SHARE_GRID, best.noise_share),
        )
        best = _least_deviant(near, columns, day_numbers)
    return best


def whitened(columns: FloatArray, day_numbers: IntArray, model: NoiseModel) -> FloatArray:
    """Columns (rows × columns) as innovations of the noise model: rows uncorrelated and of equal
    variance if the model holds.
    """
    return _innovations(columns, day_numbers, model, *_gains_of_one(model, day_numbers))


def kalman_gains(models: list[NoiseModel], day_numbers: IntArray) -> tuple[FloatArray, FloatArray]:
    """Kalman gain and innovation variance (rows × models) for a series of total variance 1."""
    noise = np.array([model.noise_share for model in models])
    kept = np.array([model.carry_over for model in models]) ** np.diff(day_numbers)[:, None]
    gains, spreads = np.empty((2, day_numbers.size, noise.size))
    state = 1.0 - noise
    for row in range(day_numbers.size):
        spreads[row] = state + noise
        gains[row] = state / spreads[row]
        if row < day_numbers.size - 1:
            state = kept[row] ** 2 * state * (1.0 - gains[row]) + (1.0 - noise) * (
                1.0 - kept[row] ** 2
            )
    return gains, spreads


def _gains_of_one(model: NoiseModel, day_numbers: IntArray) -> tuple[FloatArray, FloatArray]:
    # kalman_gains of a single model, to the digit: plain numbers take a tenth of the time of arrays
    # of one number.
    noise = model.noise_share
    share = 1.0 - noise
    state, gains, spreads = share, [], []
    for kept in (*(np.array([model.carry_over]) ** np.diff(day_numbers)).tolist(), 0.0):
        spread = state + noise
        gain = state / spread
        gains.append(gain)
        spreads.append(spread)
        state = kept**2 * state * (1.0 - gain) + share * (1.0 - kept**2)
    return np.array(gains), np.array(spreads)


def _grid(carry_overs: Sequence[float], noise_shares: Sequence[float]) -> list[NoiseModel]:
    return [NoiseModel(carry, share) for carry in carry_overs for share in noise_shares]


def _neighbours(values: Sequence[float], value: float) -> Sequence[float]:
    place = values.index(value)
    return values[max(0, place - 1) : place + 2]


def _least_deviant(
    models: list[NoiseModel], columns: FloatArray, day_numbers: IntArray
) -> NoiseModel:
    gains, spreads = kalman_gains(models, day_numbers)
    deviances = [
        _restricted_deviance(
            _innovations(columns, day_numbers, model, gains[:, cell], spreads[:, cell]),
            spreads[:, cell],
        )
        for cell, model in enumerate(models)
    ]
    return models[int(np.argmin(deviances))]


def _innovations(
    columns: FloatArray,
    day_numbers: IntArray,
    model: NoiseModel,
    gains: FloatArray,
    spreads: FloatArray,
) -> FloatArray:
    # The gains do not depend on the data, so the recursion for the predicted state of all columns
    # is one bidiagonal system.
    kept: FloatArray = np.power(model.carry_over, np.diff(day_numbers).astype(np.float64))
    band = np.ones((2, day_numbers.size))
    band[1, :-1] = -kept * (1.0 - gains[:-1])
    arriving = np.zeros_like(columns)
    arriving[1:] = (kept * gains[:-1])[:, None] * columns[:-1]
    predicted = solve_banded((1, 0), band, arriving, overwrite_b=True, check_finite=False)
    return np.asarray((columns - predicted) / np.sqrt(spreads)[:, None], dtype=np.float64)


def _restricted_deviance(innovations: FloatArray, spreads: FloatArray) -> float:
    # The last column is the scores', the others the confounders'.
    row_count, rank = innovations.shape[0], innovations.shape[1] - 1
    triangle = np.diag(np.linalg.cholesky(innovations.T @ innovations))
    restricted = (row_count - rank) * np.log(triangle[-1] ** 2) + 2.0 * np.log(triangle[:-1]).sum()
    return float(restricted + np.log(spreads).sum())
