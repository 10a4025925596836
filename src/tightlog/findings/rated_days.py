"""The scored days of a diary, with what is held fixed, the noise model and the counts of the
gates.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from tightlog.findings.arrays import BoolArray, FloatArray, IntArray
from tightlog.findings.daily_life.held_fixed import held_fixed
from tightlog.findings.exposures import Exposure, column_values, lagged_values
from tightlog.findings.gates import LONGEST_DIARY_GAP_D
from tightlog.findings.read_days import LEFT_OUT, MOMENT
from tightlog.findings.verdict import ScoreRecord
from tightlog.findings.whitening import (
    NoiseModel,
    confounders,
    noise_model,
    orthonormal_again,
    whitened,
)
from tightlog.words.findings import TRAINING

# In hours after noon the day before: a sleep that ends after 15:00 ends after a morning's score.
BED_TIME, SLEEP, LATEST_END_H = "context_bed_time_h", "context_sleep_h", 27.0
# Beyond this share of scores at one level, points are averages of rare changes, and their ranks are
# asked as well.
LEVEL_SHARE_FOR_RANKS = 0.5
# Beyond this share, scores of the evening decide what can be said; beyond the smaller share, scores
# of an unknown time of the day do.
MOST_SHARE = 0.5
FEWEST_FREEDOM = 10
# Of scores rounded to whole points, in points².
ROUNDING_VARIANCE = 1.0 / 12.0
TIME_SHARE = 0.2


@dataclass(frozen=True)
class RatedDays:
    """The scored days: rows of the calendar, days since 1970, scores, confounders (orthonormal) and
    the noise model of the scores.

    `life` holds the other things held fixed (rows × columns named in `life_names`); `ranked` is
    the same days with the ranks of the scores, where most scores are one and the same.
    """

    rows: IntArray
    day_numbers: IntArray
    scores: FloatArray
    confounders: FloatArray
    noise: NoiseModel
    is_yesterday_rated: BoolArray
    is_rated_in_evening: bool
    is_time_unknown: bool
    is_after_night: BoolArray
    life: FloatArray
    life_names: tuple[str, ...] = ()
    ranked: "RatedDays | None" = None
    left_out_scores: int = 0


def rated_days(calendar: pl.DataFrame, outcome: str) -> RatedDays:
    """The days of the calendar that have a score, with what the tests need to know about them."""
    scores = column_values(calendar, outcome)
    rows = np.flatnonzero(~np.isnan(scores))
    day_numbers = calendar["day"].cast(pl.Int32).to_numpy().astype(np.int64)[rows]
    basis = confounders(day_numbers)
    life_names, life = held_fixed(calendar, rows, TRAINING)
    rated = RatedDays(
        rows=rows,
        day_numbers=day_numbers,
        scores=scores[rows],
        confounders=basis,
        noise=noise_model(scores[rows], basis, day_numbers),
        is_yesterday_rated=np.isin(day_numbers - 1, day_numbers),
        is_rated_in_evening=_share_at(calendar, rows, ("evening", "after")) > MOST_SHARE,
        is_time_unknown=_share_at(calendar, rows, ("unknown", "assumed_morning")) > TIME_SHARE,
        is_after_night=_is_after_night(calendar, rows),
        life=life,
        life_names=life_names,
        left_out_scores=int(np.nansum(column_values(calendar, LEFT_OUT))),
    )
    if (
        rows.size == 0
        or np.unique(rated.scores, return_counts=True)[1].max() <= LEVEL_SHARE_FOR_RANKS * rows.size
    ):
        return rated
    ranks = middle_ranks(rated.scores)
    return replace(
        rated, ranked=replace(rated, scores=ranks, noise=noise_model(ranks, basis, day_numbers))
    )


def held_for(rated: RatedDays, calendar: pl.DataFrame, family: Sequence[Exposure]) -> RatedDays:
    """The scored days with what is held fixed for the exposures of one family."""
    names, life = held_fixed(calendar, rated.rows, family[0].family if family else TRAINING)
    ranked = None if rated.ranked is None else replace(rated.ranked, life=life, life_names=names)
    return replace(rated, life=life, life_names=names, ranked=ranked)


def values_before(calendar: pl.DataFrame, item: Exposure, rated: RatedDays) -> FloatArray:
    """The exposure before each score; NaN where it is unknown, and for a night before a score that
    is not known to be of the morning.
    """
    values = lagged_values(calendar, item)[rated.rows]
    return np.where(rated.is_after_night, values, np.nan) if item.is_night else values


def middle_ranks(scores: FloatArray) -> FloatArray:
    """Rank of each score from 1 up, equal scores sharing the middle of their ranks."""
    _, level, counts = np.unique(scores, return_inverse=True, return_counts=True)
    return np.asarray((np.cumsum(counts) - (counts - 1) / 2.0)[level])


def score_record(rated: RatedDays) -> ScoreRecord:
    """Counts of the score diary for the gates."""
    if rated.rows.size == 0:
        return ScoreRecord(0, 0, 0.0)
    gaps = np.diff(rated.day_numbers)
    diary_days = (
        1 + int(gaps[gaps <= LONGEST_DIARY_GAP_D].sum()) + int((gaps > LONGEST_DIARY_GAP_D).sum())
    )
    most_common = np.unique(np.round(rated.scores), return_counts=True)[1].max()
    return ScoreRecord(
        rated.rows.size,
        diary_days,
        float(most_common) / rated.rows.size,
        rated.left_out_scores,
        smallest_real_change(rated),
    )


def smallest_real_change(rated: RatedDays) -> float | None:
    """Change between two scores that rating noise alone exceeds once in 20 times, points; None
    where it cannot be estimated.

    1.96 · √2 · standard error of measurement (Weir 2005, J Strength Cond Res 19:231); rounding to
    whole points is noise too.
    """
    outcome, _, fixed = whitened_columns(
        rated, np.ones(rated.rows.size, dtype=bool), np.empty((rated.rows.size, 0))
    )
    is_known = ~np.isnan(fixed).any(axis=1)
    basis = orthonormal_again(fixed[is_known]) if is_known.any() else fixed
    freedom = int(is_known.sum()) - basis.shape[1]
    if freedom < FEWEST_FREEDOM:
        return None
    left = outcome[is_known] - basis @ (basis.T @ outcome[is_known])
    noise = rated.noise.noise_share * float(left @ left) / freedom
    return float(1.96 * np.sqrt(2.0 * max(noise, ROUNDING_VARIANCE)))


def whitened_columns(
    rated: RatedDays, is_known: BoolArray, exposed: FloatArray
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Scores, exposures (rows × exposures) and what is held fixed, of the known rows, whitened."""
    count = exposed.shape[1]
    columns = np.column_stack(
        [rated.scores[is_known], exposed, rated.confounders[is_known], rated.life[is_known]]
    )
    white = whitened(columns, rated.day_numbers[is_known], rated.noise)
    return white[:, 0], white[:, 1 : 1 + count], white[:, 1 + count :]


def _is_after_night(calendar: pl.DataFrame, rows: IntArray) -> BoolArray:
    # Given at a known time before any run of the day: a score with a date only, or of the evening,
    # is not compared with the night of that date.
    is_over = ~(_ended_h(calendar)[rows] > LATEST_END_H)
    if MOMENT not in calendar.columns:
        return is_over
    given = calendar[MOMENT]
    is_after = given.is_null() | given.is_in(["morning", "before"])
    return np.asarray(is_after.to_numpy()[rows] & is_over, dtype=np.bool_)


def _ended_h(calendar: pl.DataFrame) -> FloatArray:
    # Who sleeps by day wakes in the evening, after the score; NaN where it is not known.
    if not {BED_TIME, SLEEP} <= set(calendar.columns):
        return np.full(calendar.height, np.nan)
    return column_values(calendar, BED_TIME) + column_values(calendar, SLEEP)


def _share_at(calendar: pl.DataFrame, rows: IntArray, moments: tuple[str, ...]) -> float:
    if MOMENT not in calendar.columns or rows.size == 0:
        return 0.0
    given = calendar[MOMENT].to_list()
    return sum(given[row] in moments for row in rows) / rows.size
