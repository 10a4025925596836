"""The exact test of a trial: the coin is thrown again, and the same comparison made each time.

Tosses within a block are exchangeable, whatever length was drawn, and so is the part of a block
that was reached. Drawing each block again with its own numbers of tosses is therefore exact, and
needs nothing but the table. (Edgington & Onghena 2007, Randomization Tests, 4th ed.)
"""

from dataclasses import dataclass

import numpy as np

from tightlog.findings.arrays import FloatArray
from tightlog.trials.bisection import LARGEST_POINTS, border
from tightlog.trials.statistic import Comparison, clipped, t_values
from tightlog.trials.trial_table import Tosses

# The trial says something at its end below this p. Together with what ending early may err
# (evidence.EARLY_ERROR) a trial errs in at most 6 of 100 runners.
END_ERROR = 0.035


@dataclass(frozen=True)
class Test:
    """Effect of being assigned on the next score in points, its interval, and the exact p."""

    points: float
    low: float
    high: float
    p_value: float | None


@dataclass(frozen=True)
class Coin:
    """What is compared, and how each shape of effect would show: observed, and drawn again."""

    compared: Comparison
    observed: tuple[FloatArray, FloatArray]
    redrawn: tuple[FloatArray, FloatArray]

    def t(self, points: float) -> tuple[FloatArray, FloatArray]:
        """t of both shapes, and the larger of each redrawn schedule, once an effect of so many
        points on the next score is taken away.
        """
        rest = clipped(self.compared.rest - points * self.observed[0])
        freedom = self.compared.degrees_of_freedom
        own = [t_values(rest, seen[None, :], freedom)[0] for seen in self.observed]
        drawn = [np.abs(t_values(rest, again, freedom)) for again in self.redrawn]
        return np.array(own), np.maximum(*drawn)

    def p_value(self, points: float) -> float:
        """Share of the schedules, the one thrown among them, that differ at least as much."""
        own, drawn = self.t(points)
        as_much = np.sum(drawn >= np.abs(own).max() * (1.0 - 1e-12))
        return float((1.0 + as_much) / (1.0 + drawn.size))


def redrawn(tosses: Tosses, draws: int, seed: int) -> FloatArray:
    """Assignments (draws × tosses), each block drawn again with its own numbers."""
    keys = np.random.default_rng(seed).random((draws, tosses.block.size)) + tosses.block
    return np.asarray(tosses.assigned[np.argsort(keys, axis=1)])


def coin(compared: Comparison, tosses: Tosses, draws: int, seed: int) -> Coin:
    """The comparison with the coin as it fell and as it might have fallen."""
    again = redrawn(tosses, draws, seed) - 0.5
    gone, lasting = compared.shapes
    assigned = tosses.assigned - 0.5
    return Coin(compared, (assigned @ gone, assigned @ lasting), (again @ gone, again @ lasting))


def points_of(thrown: Coin) -> float:
    """Effect of being assigned on the next score, in points: where neither shape is left over."""
    return border(lambda effect: thrown.t(effect)[0].sum() > 0, -LARGEST_POINTS, LARGEST_POINTS)


def exact_test(thrown: Coin) -> Test:
    """The answer of the coin; the interval holds every effect that is not rejected."""
    points = points_of(thrown)
    low, high = (
        border(lambda effect: thrown.p_value(effect) >= END_ERROR, points, far)
        for far in (-LARGEST_POINTS, LARGEST_POINTS)
    )
    return Test(points, low, high, thrown.p_value(0.0))
