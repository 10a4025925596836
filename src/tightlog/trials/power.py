"""What a trial would show, before it starts: from the runner's own scores and habits.

The runner's past scores are taken for a trial without effect. Schedules are laid over the mornings
that would have had a toss, and how much they would say about an effect is read from the same noise
model and the same clipped comparison that give the answer.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import polars as pl

from tightlog.domain.trials import LOWEST_SCORE, Toss
from tightlog.findings.arrays import FloatArray, IntArray
from tightlog.findings.one_thread import on_one_thread
from tightlog.trials.randomisation import END_ERROR
from tightlog.trials.schedule import schedule
from tightlog.trials.statistic import CLIPPED_AT, Comparison, comparison, spread
from tightlog.trials.trial_table import Scores

# Ours, until a trial of this runner says better: shares of tosses with it that are done, and of
# tosses without it on which it is done all the same.
ADHERENCE, CONTAMINATION = 0.85, 0.10
# How many tosses of the runner's own weigh as much as these two shares do.
WEIGHT_TOSSES = 20.0
# Shorter records of tosses and next scores do not tell how noisy a back is.
FEWEST_PAIRS = 20
# By how much the variance of a trial's estimate exceeds what its noise model promises, because the
# model is fitted to some hundred scores: measured, see docs/trials.md.
MODEL_LOSS = 1.2
SCHEDULES = 20
NORMAL_DRAWS = 20_000


@dataclass(frozen=True)
class Prospect:
    """Chance to find a difference of 1 and of 2 points, and how many weeks the tosses take; None
    where the runner's scores are too few to say.
    """

    tosses: int
    power_at_1_point: float | None = None
    power_at_2_points: float | None = None
    weeks: float | None = None


def habits(tosses: Iterable[Toss]) -> tuple[float, float]:
    """Adherence and contamination to expect: ours, and the runner's own as tosses gather."""
    known = [toss for toss in tosses if toss.is_done is not None]
    expected = []
    for side, usual in ((True, ADHERENCE), (False, CONTAMINATION)):
        done = [toss.is_done for toss in known if toss.is_assigned is side]
        expected.append(
            (WEIGHT_TOSSES * usual + sum(map(bool, done))) / (WEIGHT_TOSSES + len(done))
        )
    return expected[0], expected[1]


@on_one_thread
def prospect(
    scores: pl.DataFrame,
    tosses: int,
    adherence: float = ADHERENCE,
    contamination: float = CONTAMINATION,
) -> Prospect:
    """Power and length of a trial from past scores (`day`, `score`; one a day, null is unknown)."""
    known = scores.drop_nulls(["day", "score"]).sort("day")
    days = known["day"].cast(pl.Int32).to_numpy().astype(np.int64)
    past = _past_tosses(days, known["score"].to_numpy().astype(np.float64))
    eligible = int((known["score"] >= LOWEST_SCORE).sum())
    pairs = int(past.is_outcome.sum())
    if pairs < FEWEST_PAIRS:
        return Prospect(tosses)
    compared = comparison(past, eligible)
    if not compared.is_testable:
        return Prospect(tosses)
    weeks = tosses / eligible * (int(np.ptp(days)) + 1) / 7.0
    size, likeness = _information(compared, eligible)
    powers = [
        _power(
            points * (adherence - contamination)
            * np.sqrt(size * tosses / _variance(compared, points, adherence, contamination)),
            likeness,
            tosses * pairs / eligible,
        )
        for points in (1.0, 2.0)
    ]  # fmt: skip
    return Prospect(tosses, powers[0], powers[1], weeks)


def _past_tosses(days: IntArray, score: FloatArray) -> Scores:
    """The past as if each eligible morning had had a toss."""
    is_eligible = score >= LOWEST_SCORE
    number = np.where(is_eligible, np.cumsum(is_eligible) - 1, -1)
    toss = np.full(days.size, -1, dtype=np.int64)
    follows = np.diff(days) == 1
    toss[1:] = np.where(follows, number[:-1], -1)
    return Scores(days, score, toss)


def _information(compared: Comparison, eligible: int) -> tuple[float, float]:
    """Squares of the expected differences per toss, and how alike the two shapes of effect look
    (correlation), over schedules drawn from fixed seeds.
    """
    gone, lasting = compared.shapes
    sizes, likenesses = [], []
    for number in range(SCHEDULES):
        sides = schedule(f"{number:064x}", eligible)["is_assigned"].to_numpy() - 0.5
        first, second = sides @ gone, sides @ lasting
        sizes.append(first @ first)
        likenesses.append(first @ second / np.sqrt((first @ first) * (second @ second)))
    return float(np.mean(sizes) / eligible), float(np.mean(likenesses))


def _variance(compared: Comparison, points: float, adherence: float, contamination: float) -> float:
    """Variance of a clipped residual per unit of slope (Huber 1964, Ann Math Stat 35:73), with what
    days not done as told add to it.
    """
    limit = CLIPPED_AT * spread(compared.rest)
    is_inside = np.abs(compared.rest) <= limit
    rows = compared.rest.size / compared.degrees_of_freedom
    usual = np.mean(np.clip(compared.rest, -limit, limit) ** 2) / is_inside.mean() ** 2 * rows
    sizes = np.sum(compared.shapes[0] ** 2, axis=1)
    unsure = (adherence * (1 - adherence) + contamination * (1 - contamination)) / 2.0
    return float(MODEL_LOSS * (usual + points**2 * unsure * np.sum(sizes**2) / np.sum(sizes)))


def _power(shift: float, likeness: float, next_scores: float) -> float:
    """Chance that the larger of two normal numbers, so alike, passes the level of the end."""
    first, other = np.random.default_rng(0).normal(size=(2, NORMAL_DRAWS))
    second = likeness * first + np.sqrt(max(1.0 - likeness**2, 0.0)) * other
    level = np.quantile(np.maximum(np.abs(first), np.abs(second)), 1.0 - END_ERROR)
    # Student's t spreads a little more than a normal number.
    level *= 1.0 + 1.0 / max(next_scores - 3.0, 4.0)
    found = np.maximum(np.abs(first + shift), np.abs(second + likeness * shift)) > level
    return float(found.mean())
