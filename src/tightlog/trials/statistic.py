"""What is compared in a trial: how far the scores after a toss lie from what their neighbours and
the runner's own noise predict.

Scores carry over from day to day, so most of the spread of a morning is known from the mornings
around it. A noise model (see findings.whitening) takes that away. It is fitted to the scores alone
and never sees the coin, so the randomisation test stays exact. Two shapes of effect are looked at:
one that is gone after the next morning, and one that lasts and fades as the back's own state does.
"""

from dataclasses import dataclass

import numpy as np

from tightlog.findings.arrays import FloatArray
from tightlog.findings.whitening import noise_model, orthonormal, whitened
from tightlog.trials.trial_table import Scores
from tightlog.units import MAD_TO_SD

# Residuals count up to so many robust standard deviations: one flare must not decide a trial
# (Huber 1981, Robust Statistics).
CLIPPED_AT = 2.0
LEAST_SPREAD_SHARE = 0.5  # of the plain standard deviation, where most residuals are alike


@dataclass(frozen=True)
class Comparison:
    """The scores without what is predicted (`rest`), and for each shape of effect how a toss of +½
    or −½ would show in them (tosses × scores).
    """

    rest: FloatArray
    shapes: tuple[FloatArray, FloatArray]
    degrees_of_freedom: int

    @property
    def is_testable(self) -> bool:
        """False where the scores do not differ, or are too few for the model."""
        return self.degrees_of_freedom > 0 and bool(np.std(self.rest) > 1e-9)


def comparison(scores: Scores, toss_count: int) -> Comparison:
    """What is compared, from the scores and their days alone."""
    row_count = scores.day.size
    elapsed = (scores.day - scores.day[0]) / max(int(np.ptp(scores.day)), 1)
    drift = np.column_stack([np.ones(row_count), elapsed])
    model = noise_model(scores.score, orthonormal(drift), scores.day)
    next_day = np.zeros((row_count, toss_count))
    rows = np.flatnonzero(scores.is_outcome)
    next_day[rows, scores.toss[rows]] = 1.0
    white = whitened(np.column_stack([scores.score, drift, next_day]), scores.day, model)
    basis = orthonormal(white[:, 1:3])
    rest, gone, lasting = (
        part - basis @ (basis.T @ part) for part in (white[:, 0], white[:, 3:], next_day)
    )
    return Comparison(rest, (gone.T, lasting.T), row_count - basis.shape[1] - 1)


def spread(rest: FloatArray) -> float:
    """Robust standard deviation of the residuals."""
    return float(max(MAD_TO_SD * np.median(np.abs(rest)), LEAST_SPREAD_SHARE * np.std(rest), 1e-12))


def clipped(rest: FloatArray) -> FloatArray:
    """The residuals with those far out brought in."""
    limit = CLIPPED_AT * spread(rest)
    return np.asarray(np.clip(rest, -limit, limit))


def t_values(rest: FloatArray, expected: FloatArray, degrees_of_freedom: int) -> FloatArray:
    """Student's t of each series of tosses (series × scores), from clipped residuals."""
    size = np.maximum(np.sum(expected**2, axis=1), 1e-12)
    slope = expected @ rest / size
    left = np.maximum(rest @ rest - slope**2 * size, 1e-12)
    return np.asarray(slope * np.sqrt(size * degrees_of_freedom / left))
