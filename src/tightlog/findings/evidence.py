"""Evidence that may be looked at every day: e-values, what they select, and the size shown.

An e-value is on average at most 1 where there is no link, however often one looks; a link told
only at high e-values is therefore rarely told by chance, ever. Here it is the likelihood ratio of
slopes spread as a normal distribution, up to the sign, against a slope of 0 (Robbins 1970, Ann
Math Statist 41:1397; Howard, Ramdas, McAuliffe & Sekhon 2021, Ann Statist 49:1055). Selection:
weighted e-BH (Wang & Ramdas 2022, J R Stat Soc B 84:822).
"""

from math import sqrt

import numpy as np
import polars as pl
from scipy.special import log_ndtr, ndtri_exp, stdtr

from tightlog.findings.arrays import BoolArray, FloatArray
from tightlog.findings.regression import INTERVAL_MISSES
from tightlog.findings.whitening import orthonormal_again

# Ours: the spread of real effects between low and high exposure, in points.
EFFECT_SPREAD_POINTS = 0.7
# How much of the prior lies on the sign the literature expects.
EXPECTED_SIGN_SHARE = 0.8
# Of all that is ever told of a family, at most this share is told by chance.
FALSE_SHARE = 0.10
# What is told twice, so many days apart, is a hint.
WEEK_D = 7
# An earlier look is asked only what may be told: so small a p needs fewer permutations.
PERMUTATIONS_OF_EARLIER_LOOKS = 499
# e-values beyond e^700 are no floating-point numbers any more.
LARGEST_LOG_E = 700.0


def a_week_earlier(calendar: pl.DataFrame, outcome: str) -> pl.DataFrame:
    """The days known a week before the last score."""
    last = calendar.filter(pl.col(outcome).is_not_null())["day"].max()
    return calendar.filter(pl.col("day") <= pl.lit(last, pl.Date) - pl.duration(days=WEEK_D))


def log_e(points: float, error: float, freedom: int, expected_sign: int = 0) -> float:
    """Natural logarithm of the e-value of an effect and its standard error, both in points."""
    if not error > 0 or not np.isfinite(points):
        return 0.0
    kept = _kept(error)
    z = _normal_score(points / error, freedom)
    same_way = 0.5 if expected_sign == 0 else EXPECTED_SIGN_SHARE
    along = z * sqrt(kept) * (expected_sign or 1)
    ratio = 0.5 * np.log(1.0 - kept) + 0.5 * z**2 * kept
    sides = np.logaddexp(
        np.log(2 * same_way) + log_ndtr(along), np.log(2 * (1 - same_way)) + log_ndtr(-along)
    )
    return float(min(ratio + sides, LARGEST_LOG_E))


def selected(e_values: FloatArray, weights: FloatArray) -> BoolArray:
    """True for what may be told among all e-values (NaN: not tested), by weighted e-BH."""
    is_tested = ~np.isnan(e_values)
    tests = int(is_tested.sum())
    told = np.zeros(e_values.size, dtype=bool)
    if tests == 0:
        return told
    weighted = np.where(is_tested, e_values * weights * tests / weights[is_tested].sum(), 0.0)
    largest_first = np.argsort(-weighted, kind="stable")
    ranks = np.arange(1, e_values.size + 1)
    enough = np.flatnonzero(weighted[largest_first] >= tests / (FALSE_SHARE * ranks))
    if enough.size:
        told[largest_first[: enough[-1] + 1]] = True
    return told & is_tested


def shrunk_points(points: float, error: float, e_value: float, prior_share: float) -> float:
    """Posterior mean of the effect, in points: the prior says that it is 0 but for `prior_share`,
    and spread like EFFECT_SPREAD_POINTS else.
    """
    odds = e_value * prior_share / (1.0 - prior_share)
    return points * _kept(error) * odds / (1.0 + odds)


def lasting_margin(error: float, freedom: int) -> float:
    """Half the width, in points, of a 95 % interval that holds at all looks together (a confidence
    sequence of the same normal mixture).
    """
    odds = 1.0 / _kept(error) - 1.0  # error² / spread²
    z = sqrt((1.0 + odds) * (np.log(1.0 + 1.0 / odds) - 2.0 * np.log(INTERVAL_MISSES)))
    return float(error * z * max(1.0, 1.0 + (z**2 + 1.0) / (4.0 * max(freedom, 1))))


def robustness_pct(points: float, error: float, freedom: int) -> float:
    """Share (0–100 %) of both exposure and score a cause nobody logged would have to explain to
    produce the whole link.

    Robustness value of Cinelli & Hazlett 2020, J R Stat Soc B 82:39.
    """
    f = abs(points / error) / sqrt(max(freedom, 1))
    return 100.0 * 0.5 * (sqrt(f**4 + 4.0 * f**2) - f**2)


def explained_pct(series: FloatArray, by: FloatArray, fixed: FloatArray) -> FloatArray:
    """Share (0–100 %) of each series (rows × series) that one column explains beyond what is held
    fixed.
    """
    basis = orthonormal_again(fixed)
    own = by - basis @ (basis.T @ by)
    left = series - basis @ (basis.T @ series)
    total = np.maximum(np.sum(left**2, axis=0) * float(own @ own), 1e-300)
    return np.asarray(100.0 * (own @ left) ** 2 / total)


def most_explained_pct(
    outcome: FloatArray, exposures: FloatArray, fixed: FloatArray, count: int
) -> FloatArray | None:
    """Per exposure the most (0–100 %) that one of the last `count` columns held fixed explains of
    it or of the outcome; None where there is none.
    """
    if count == 0:
        return None
    series = np.column_stack([outcome, exposures])
    first = fixed.shape[1] - count
    shares = np.array([
        explained_pct(series, fixed[:, place], np.delete(fixed, place, axis=1))
        for place in range(first, fixed.shape[1])
    ])  # fmt: skip
    return np.asarray(np.maximum(shares[:, :1], shares[:, 1:]).max(axis=0))


def _kept(error: float) -> float:
    return EFFECT_SPREAD_POINTS**2 / (EFFECT_SPREAD_POINTS**2 + error**2)


def _normal_score(t: float, freedom: int) -> float:
    # The normal deviate as improbable as this t.
    log_tail = np.log(max(float(stdtr(max(freedom, 1), -abs(t))), 1e-300))
    return float(np.sign(t) * -ndtri_exp(log_tail))
