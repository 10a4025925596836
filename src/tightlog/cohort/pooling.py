"""Estimates of many runners as one: a random-effects model, pure numbers in and out.

The spread between runners by restricted maximum likelihood (REML), the error of the mean after
Hartung & Knapp 2001 (Stat Med 20:3875), as Viechtbauer 2010 (J Stat Softw 36:3) has them; the
prediction interval after Higgins, Thompson & Spiegelhalter 2009 (J R Stat Soc A 172:137), with
k - 1 degrees of freedom.
"""

from dataclasses import dataclass
from math import sqrt

import numpy as np
from scipy import stats

from tightlog.findings.arrays import FloatArray

INTERVAL_MISSES = 0.05
# Scoring steps; a REML that has not settled by then takes the estimate of moments.
MOST_STEPS = 500
SETTLED = 1e-12


@dataclass(frozen=True)
class Pooled:
    """The mean over runners and how much they differ, in the unit of the estimates."""

    count: int
    mean: float
    # Of the mean, after Hartung and Knapp.
    error: float
    # Of the mean, from the runners' own errors and their spread: it is the larger one where the
    # estimates lie closer together than their own errors let expect.
    model_error: float
    low: float
    high: float
    p_value: float
    # Where the effect of one more runner of this kind lies, 95 %.
    predicted_low: float
    predicted_high: float
    # Standard deviation of the true effects between runners.
    spread: float
    # Share of the variation between estimates that is not their own error, %.
    i2_pct: float
    # Cochran's test that all runners are alike.
    q: float
    q_p_value: float

    @property
    def degrees_of_freedom(self) -> int:
        return self.count - 1


def pooled(estimates: FloatArray, errors: FloatArray) -> Pooled:
    """The random-effects model of two or more estimates with their standard errors.

    Raises ValueError for fewer, and for an error that is not above 0.
    """
    if estimates.size < 2 or estimates.size != errors.size:
        raise ValueError("two estimates at least, each with its error")
    if not (np.isfinite(estimates).all() and np.isfinite(errors).all() and (errors > 0).all()):
        raise ValueError("an estimate or its error is no number above 0")
    variances = errors**2
    between = between_variance(estimates, variances)
    weights = 1.0 / (variances + between)
    mean = float(weights @ estimates / weights.sum())
    freedom = estimates.size - 1
    error = sqrt(float(weights @ (estimates - mean) ** 2) / (freedom * float(weights.sum())))
    q = _q(estimates, variances)
    t = float(stats.t.ppf(1 - INTERVAL_MISSES / 2, freedom))
    reach = t * sqrt(between + error**2)
    return Pooled(
        estimates.size,
        mean,
        error,
        sqrt(1.0 / float(weights.sum())),
        mean - t * error,
        mean + t * error,
        float(2 * stats.t.sf(abs(mean) / error, freedom)) if error > 0 else float(mean == 0),
        mean - reach,
        mean + reach,
        sqrt(between),
        100.0 * between / (between + typical_variance(variances)),
        q,
        float(stats.chi2.sf(q, freedom)),
    )


def between_variance(estimates: FloatArray, variances: FloatArray) -> float:
    """Variance of the true effects between runners, by REML; 0 where the errors explain all."""
    # Fisher scoring from the estimate of moments.
    held = start = _moments(estimates, variances)
    for _ in range(MOST_STEPS):
        weights = 1.0 / (variances + held)
        total, squares = weights.sum(), weights @ weights
        away = estimates - weights @ estimates / total
        # Trace of P and of P², for a model that holds a mean alone.
        trace = total - squares / total
        trace_of_square = squares - 2 * (weights**3).sum() / total + (squares / total) ** 2
        step = float(((weights * away) @ (weights * away) - trace) / trace_of_square)
        moved = max(held + step, 0.0)
        if abs(moved - held) <= SETTLED * (1.0 + held):
            return moved
        held = moved
    return start


def shrunk(estimates: FloatArray, errors: FloatArray, fit: Pooled) -> tuple[FloatArray, FloatArray]:
    """Each runner's estimate drawn towards the mean as far as its own error is large (empirical
    Bayes), and the standard error of that.
    """
    variances, between = errors**2, fit.spread**2
    kept = between / (between + variances)
    of_mean = 1.0 / float((1.0 / (variances + between)).sum())
    error = np.sqrt(kept * variances + (1.0 - kept) ** 2 * of_mean)
    return fit.mean + kept * (estimates - fit.mean), error


def typical_variance(variances: FloatArray) -> float:
    """The error variance of a typical estimate, Higgins & Thompson 2002 (Stat Med 21:1539)."""
    weights = 1.0 / variances
    return float((variances.size - 1) * weights.sum() / (weights.sum() ** 2 - weights @ weights))


def _moments(estimates: FloatArray, variances: FloatArray) -> float:
    """DerSimonian & Laird 1986 (Control Clin Trials 7:177)."""
    weights = 1.0 / variances
    spread = weights.sum() - weights @ weights / weights.sum()
    return max((_q(estimates, variances) - (estimates.size - 1)) / float(spread), 0.0)


def _q(estimates: FloatArray, variances: FloatArray) -> float:
    weights = 1.0 / variances
    return float(weights @ (estimates - weights @ estimates / weights.sum()) ** 2)
