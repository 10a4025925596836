"""Acute exposures over the three days before a score, fitted together.

A back may answer two or three days after a run (delayed soreness is highest after 24 to 72 hours).
The three daily values are in one regression, so that each holds the other two fixed; whether any
of them matters is a Wald test with HC3 covariance, permuted like the slopes (Freedman & Lane 1983;
the unconstrained form of a distributed lag model: Gasparrini 2011, J Stat Softw 43(8)).
"""

from dataclasses import dataclass

import numpy as np
import polars as pl
from scipy.special import chdtrc, ndtri

from tightlog.findings.arrays import FloatArray, IntArray
from tightlog.findings.exposures import Exposure, lagged_values
from tightlog.findings.regression import (
    PERMUTATIONS_AT_ONCE,
    SMALLEST_LEFT_SHARE,
    SMALLEST_OWN_SHARE,
    bartlett,
    for_permuting,
)
from tightlog.findings.whitening import orthonormal_again

LAGS_D = (1, 2, 3)
# The day before comes first: most of what is known is about it.
LAG_WEIGHTS = (0.5, 0.25, 0.25)


@dataclass(frozen=True)
class LagFit:
    """Slopes one, two and three days before, each with the others held fixed, their errors
    (`steady_errors` allow for autocorrelation that is left), the sum with its error, and the joint
    statistic as a normal score, observed and permuted.
    """

    slopes: FloatArray
    errors: FloatArray
    steady_errors: FloatArray
    total: float
    total_error: float
    score: float
    permuted_scores: FloatArray
    degrees_of_freedom: int


def values_of_lags(calendar: pl.DataFrame, exposure: Exposure) -> FloatArray:
    """The exposure one, two and three days before every calendar day (days × 3); NaN unknown."""
    first = lagged_values(calendar, exposure)
    later = [
        np.concatenate([np.full(lag_d - 1, np.nan), first[: first.size - lag_d + 1]])
        for lag_d in LAGS_D[1:]
    ]
    return np.column_stack([first, *(values[: first.size] for values in later)])


def lag_fits(
    outcome: FloatArray, exposures: list[FloatArray], fixed: FloatArray, orders: IntArray
) -> list[LagFit | None]:
    """The joint fit of each exposure (rows × 3) on whitened rows; None where a lag has nothing of
    its own.
    """
    basis = orthonormal_again(fixed)
    freedom = outcome.size - basis.shape[1] - len(LAGS_D)
    remaining = outcome - basis @ (basis.T @ outcome)
    if freedom < 1 or remaining @ remaining <= 1e-9 * max(1.0, float(outcome @ outcome)):
        return [None] * len(exposures)
    designs = [_design(columns, basis) for columns in exposures]
    permuted = np.full((len(designs), orders.shape[0]), np.nan)
    permuting, confounded = for_permuting(remaining), for_permuting(basis)
    for start in range(0, orders.shape[0], PERMUTATIONS_AT_ONCE):
        rows = slice(start, start + PERMUTATIONS_AT_ONCE)
        shuffled = np.take(permuting, orders[rows])
        shuffled -= (shuffled @ confounded) @ confounded.T
        for number, design in enumerate(designs):
            if design is not None:
                permuted[number, rows] = _scores(*design.fitted(shuffled.astype(np.float64)))
    return [
        None if design is None else design.fit(remaining, permuted[number], freedom)
        for number, design in enumerate(designs)
    ]


@dataclass(frozen=True)
class _Design:
    # Rows × 3 each: the exposure's own part, what a row adds to the slopes, and that divided by
    # what the row leaves to the others.
    own: FloatArray
    pull: FloatArray
    weight: FloatArray

    def fitted(self, series: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Slopes (series × 3) and HC3 covariance (series × 3 × 3) of each series."""
        slopes = series @ self.pull
        squares = (series - slopes @ self.own.T) ** 2
        products = (self.weight[:, :, None] * self.weight[:, None, :]).reshape(-1, 9)
        return slopes, (squares @ products).reshape(-1, 3, 3)

    def fit(self, remaining: FloatArray, permuted: FloatArray, freedom: int) -> LagFit:
        """The observed fit, beside the permuted scores."""
        slopes, covariance = self.fitted(remaining[None, :])
        left = remaining - self.own @ slopes[0]
        errors = np.sqrt(np.diag(covariance[0]))
        return LagFit(
            slopes=slopes[0],
            errors=errors,
            steady_errors=np.maximum(errors, np.sqrt(bartlett(self.weight * left[:, None]))),
            total=float(slopes[0].sum()),
            total_error=float(np.sqrt(covariance[0].sum())),
            score=float(_scores(slopes, covariance)[0]),
            permuted_scores=permuted,
            degrees_of_freedom=freedom,
        )


def _design(columns: FloatArray, basis: FloatArray) -> _Design | None:
    own = columns - basis @ (basis.T @ columns)
    if np.any(np.sum(own**2, axis=0) <= SMALLEST_OWN_SHARE * np.sum(columns**2, axis=0)):
        return None
    gram = own.T @ own
    if np.linalg.cond(gram / np.sqrt(np.outer(np.diag(gram), np.diag(gram)))) > 1e6:
        return None
    pull = own @ np.linalg.inv(gram)
    left = 1.0 - np.sum(basis**2, axis=1) - np.sum(own * pull, axis=1)
    return _Design(own, pull, pull / np.maximum(left, SMALLEST_LEFT_SHARE)[:, None])


def _scores(slopes: FloatArray, covariance: FloatArray) -> FloatArray:
    # The Wald statistic as the normal deviate as improbable, so that it compares with a t.
    solved = np.linalg.solve(covariance, slopes[:, :, None])[:, :, 0]
    wald = np.sum(slopes * solved, axis=1)
    return np.asarray(-ndtri(np.maximum(chdtrc(len(LAGS_D), wald), 1e-300) / 2.0))
