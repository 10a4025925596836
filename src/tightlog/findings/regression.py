"""Partial regression of one outcome on many exposures, one at a time, with the Freedman–Lane
permutation.

Freedman & Lane 1983, J Bus Econ Stat 1:292, doi:10.1080/07350015.1983.10509354; Winkler et al.
2014, Neuroimage 92:381, doi:10.1016/j.neuroimage.2014.01.060. Standard errors allow for scores that
spread more on some days than on others (HC3: MacKinnon & White 1985, J Econometrics 29:305), in the
observed fit and in every permuted one: otherwise a permutation test mistakes a wider spread for a
higher level (DiCiccio & Romano 2017, J Am Stat Assoc 112:1211, doi:10.1080/01621459.2016.1202117).
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import stdtr, stdtrit

from tightlog.findings.arrays import BoolArray, FloatArray, IntArray
from tightlog.findings.whitening import orthonormal_again

FEWEST_DEGREES_OF_FREEDOM = 5
PERMUTATIONS_AT_ONCE = 250
# From so many rows, permuted series are counted in single precision: a sum of them is right to six
# digits, and takes half of the time.
ROWS_IN_SINGLE_PRECISION = 1000
# If the confounders leave less than this share of an exposure, there is nothing of its own to test.
SMALLEST_OWN_SHARE = 1e-6
# What a row leaves to the others after the fit; none where one row alone decides the slope.
SMALLEST_LEFT_SHARE = 1e-6
POWER = 0.80
# Autocorrelation that whitening left is looked for over so many rows (Newey & West 1987,
# Econometrica 55:703).
BARTLETT_ROWS = 7
INTERVAL_MISSES = 0.05
# No permutation at all: the p of the t distribution alone.
NO_ORDERS = np.empty((0, 0), dtype=np.int64)


@dataclass(frozen=True)
class Regression:
    """Per exposure: slope (outcome units per exposure unit), standard error, t and its two-sided
    p; NaN where nothing can be tested.
    """

    slope: FloatArray
    standard_error: FloatArray
    t: FloatArray
    p: FloatArray
    half_slopes: FloatArray  # 2 × exposures: earlier and later half of the rows
    permuted_t: FloatArray  # permutations × exposures
    degrees_of_freedom: int
    # The larger of the standard error and the one that allows for autocorrelation that is left.
    steady_error: FloatArray


def regression(
    outcome: FloatArray, exposures: FloatArray, confounders: FloatArray, orders: IntArray
) -> Regression:
    """Regression of the outcome on each exposure (rows × exposures), confounders removed; one
    permuted t per row of orders.
    """
    basis = orthonormal_again(confounders)
    freedom = outcome.size - basis.shape[1] - 1
    remaining = outcome - basis @ (basis.T @ outcome)
    own = exposures - basis @ (basis.T @ exposures)
    untestable = np.sum(own**2, axis=0) <= SMALLEST_OWN_SHARE * np.sum(exposures**2, axis=0)
    if freedom < FEWEST_DEGREES_OF_FREEDOM or remaining @ remaining <= 1e-9 * max(
        1.0, float(outcome @ outcome)
    ):
        untestable = np.ones(exposures.shape[1], dtype=bool)
    own[:, untestable] = np.nan
    estimator = _estimator(own, basis)
    slope, error = _slopes(remaining[None, :], estimator)
    t = (slope / error)[0]
    return Regression(
        slope=slope[0],
        standard_error=error[0],
        t=t,
        p=np.asarray(2.0 * stdtr(max(freedom, 1), -np.abs(t))),
        half_slopes=_half_slopes(remaining, own),
        permuted_t=_permuted_t(remaining, estimator, basis, orders),
        degrees_of_freedom=freedom,
        steady_error=_steady_error(remaining, slope[0], error[0], estimator),
    )


def permuted_orders(row_count: int, permutations: int, seed: int) -> IntArray:
    """Random orders of the rows (permutations × rows), the same for the same seed and number of
    rows.
    """
    rows = np.tile(np.arange(row_count), (permutations, 1))
    return np.random.default_rng(seed).permuted(rows, axis=1)


def orders_within(orders: IntArray, is_kept: BoolArray) -> IntArray:
    """The same orders for the kept rows only, renumbered: exposures known on fewer days are
    permuted alike.
    """
    renumbered, count = np.where(is_kept, np.cumsum(is_kept) - 1, -1), int(is_kept.sum())
    within = np.empty((orders.shape[0], count), dtype=np.int64)
    for start in range(0, orders.shape[0], PERMUTATIONS_AT_ONCE):
        rows = slice(start, start + PERMUTATIONS_AT_ONCE)
        places = np.take(renumbered, orders[rows])
        within[rows] = places[places >= 0].reshape(places.shape[0], count)
    return within


def permutation_p(result: Regression) -> FloatArray:
    """Two-sided p per exposure: share of the permuted t at least as large, the observed one
    counted.
    """
    return _share_at_least(np.abs(result.t), np.abs(result.permuted_t))


def family_p(t: FloatArray, permuted_t: FloatArray) -> FloatArray:
    """Family-wise p per exposure: against the largest permuted t of the whole family (max-T;
    Westfall & Young 1993).
    """
    testable = ~np.isnan(t)
    if not testable.any():
        return np.full(t.shape, np.nan)
    largest = np.abs(permuted_t[:, testable]).max(axis=1, keepdims=True)
    return _share_at_least(np.abs(t), np.broadcast_to(largest, permuted_t.shape))


def false_discovery_q(p: FloatArray) -> FloatArray:
    """Benjamini–Hochberg q over the p that are known (J R Stat Soc B 1995, 57:289); NaN stays
    NaN.
    """
    # scipy.stats has it too, but its import takes longer than all else a night has to do.
    q = np.full(p.shape, np.nan)
    largest_first = np.argsort(-p)[: np.count_nonzero(~np.isnan(p))]
    ranks = np.arange(largest_first.size, 0, -1)
    scaled = p[largest_first] * (ranks.size / ranks)
    q[largest_first] = np.minimum(np.minimum.accumulate(scaled), 1.0)
    return q


def half_width(result: Regression) -> FloatArray:
    """Half the width of the 95 % interval per exposure, in units of the slope: it holds 0
    exactly when p is not below 0.05.
    """
    highest = int(INTERVAL_MISSES * (1 + result.permuted_t.shape[0]))
    if highest < 1:
        return np.asarray(
            stdtrit(max(result.degrees_of_freedom, 1), 1.0 - INTERVAL_MISSES / 2)
            * result.standard_error
        )
    # The permuted t know what Student's do not: that few days, or one, decide the slope of a rare
    # exposure.
    return np.asarray(
        -np.sort(-np.abs(result.permuted_t), axis=0)[highest - 1] * result.standard_error
    )


def smallest_detectable(standard_error: float, degrees_of_freedom: int, level: float) -> float:
    """Effect that a two-sided test at this level would have found in 80 % of cases, in the unit
    of the standard error.
    """
    freedom = max(degrees_of_freedom, 1)
    return float(stdtrit(freedom, 1.0 - level / 2.0) + stdtrit(freedom, POWER)) * standard_error


@dataclass(frozen=True)
class Estimator:
    """Rows × exposures: what a row adds to the slope per outcome unit, the exposure's own part,
    and the square of its HC3 weight.
    """

    pull: FloatArray
    own: FloatArray
    weight: FloatArray


def _estimator(own: FloatArray, basis: FloatArray) -> Estimator:
    pull = own / np.sum(own**2, axis=0)
    left = np.maximum(1.0 - np.sum(basis**2, axis=1)[:, None] - own * pull, SMALLEST_LEFT_SHARE)
    return Estimator(pull, own, (pull / left) ** 2)


def _slopes(remaining: FloatArray, estimator: Estimator) -> tuple[FloatArray, FloatArray]:
    # Slope and HC3 error (series × exposures) of each series (series × rows): the error's sum of
    # (pull · residual / left)² multiplied out.
    slope = remaining @ estimator.pull
    variance = (
        remaining**2 @ estimator.weight
        - 2.0 * slope * (remaining @ (estimator.weight * estimator.own))
        + slope**2 * np.sum(estimator.weight * estimator.own**2, axis=0)
    )
    return slope, np.sqrt(np.maximum(variance, np.finfo(variance.dtype).tiny))


def _steady_error(
    remaining: FloatArray, slope: FloatArray, error: FloatArray, estimator: Estimator
) -> FloatArray:
    left = remaining[:, None] - estimator.own * slope
    parts = np.sign(estimator.pull) * np.sqrt(estimator.weight) * left
    return np.asarray(np.maximum(error, np.sqrt(bartlett(parts))))


def bartlett(parts: FloatArray) -> FloatArray:
    """Variance of the sum of each column (rows × columns) whose rows may be correlated."""
    total = np.sum(parts**2, axis=0)
    for lag in range(1, min(BARTLETT_ROWS, parts.shape[0] - 1) + 1):
        share = 1.0 - lag / (BARTLETT_ROWS + 1.0)
        total = total + 2.0 * share * np.sum(parts[lag:] * parts[:-lag], axis=0)
    return np.asarray(np.maximum(total, 0.0))


def _half_slopes(remaining: FloatArray, own: FloatArray) -> FloatArray:
    slopes = np.full((2, own.shape[1]), np.nan)
    for half, rows in enumerate(
        (slice(None, remaining.size // 2), slice(remaining.size // 2, None))
    ):
        spread = np.sum(own[rows] ** 2, axis=0)
        np.divide(own[rows].T @ remaining[rows], spread, out=slopes[half], where=spread > 0)
    return slopes


def _permuted_t(
    remaining: FloatArray, estimator: Estimator, basis: FloatArray, orders: IntArray
) -> FloatArray:
    permuted = np.empty((orders.shape[0], estimator.own.shape[1]))
    basis, remaining = for_permuting(basis), for_permuting(remaining)
    # A t has no unit: exposures of length 1 keep within what single precision can hold.
    length = np.sqrt(np.sum(estimator.own**2, axis=0))
    estimator = Estimator(
        for_permuting(estimator.pull * length),
        for_permuting(estimator.own / length),
        for_permuting(estimator.weight * length**2),
    )
    for start in range(0, orders.shape[0], PERMUTATIONS_AT_ONCE):
        rows = slice(start, start + PERMUTATIONS_AT_ONCE)
        shuffled = np.take(remaining, orders[rows])
        # What the confounders would explain of the shuffled remainders is taken out again, as in
        # the observed fit.
        shuffled -= (shuffled @ basis) @ basis.T
        slope, error = _slopes(shuffled, estimator)
        permuted[rows] = slope / error
    return permuted


def for_permuting(values: FloatArray) -> FloatArray:
    """The values (rows, or rows × columns) in the precision that their permutations need."""
    is_long = values.shape[0] >= ROWS_IN_SINGLE_PRECISION
    return np.asarray(values, dtype=np.float32 if is_long else np.float64)


def _share_at_least(observed: FloatArray, permuted: FloatArray) -> FloatArray:
    # The tolerance keeps a permutation that equals the observed order from counting as smaller by
    # rounding.
    share = (1.0 + np.sum(permuted >= observed * (1.0 - 1e-12), axis=0)) / (1.0 + permuted.shape[0])
    return np.where(np.isnan(observed), np.nan, share)
