"""What is held fixed because it may move both the exposure and the back.

Of the day before a score, which is the day of a run in question: the night *before* that day, and
the stress of that day, of a watch also of the two before it. The night after the run is on its path
to the back (or may be bad because of the back), and must not be held fixed. Beside nights and days
of the watch it is the run of the day before: it changes the night after it, and the back.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from tightlog.findings.arrays import FloatArray, IntArray
from tightlog.findings.exposures import exposure, lagged_values
from tightlog.findings.gates import LARGEST_LOSS_SHARE
from tightlog.words.findings import DAILY_LIFE, DECLARED, TRAINING


@dataclass(frozen=True)
class HeldFixed:
    """A column of the days and what it is called in words; with `is_drawn_out` also the mean of
    what is known of the two days before that one.
    """

    column: str
    name: str
    is_drawn_out: bool = False


# By family: things, each by the first of its columns that is known on enough days.
# A watch measures stress with noise, and its effects overlap: several days say more than one.
HELD_FIXED: Mapping[str, tuple[tuple[HeldFixed, ...], ...]] = {
    TRAINING: (
        (HeldFixed("context_sleep_h", "sleep"),),
        (
            HeldFixed("context_watch_stress", "watch stress", is_drawn_out=True),
            HeldFixed("context_stress", "stress"),
        ),
    ),
    DAILY_LIFE: ((HeldFixed("run_distance_m", "distance run"),),),
    # It may be any of the others itself.
    DECLARED: (),
}
HELD_COLUMNS = tuple(
    one.column for things in HELD_FIXED.values() for thing in things for one in thing
)


def held_fixed(
    calendar: pl.DataFrame, rows: IntArray, family: str
) -> tuple[tuple[str, ...], FloatArray]:
    """Names of what is held fixed for a family, and its values before each of the scored rows (rows
    × columns, NaN unknown): what is known before at least 80 % of the scores, all together.
    """
    names, columns = [], np.empty((rows.size, 0))
    for thing in HELD_FIXED[family]:
        for one in thing:
            wider = np.column_stack([columns, _before(calendar, one)[rows]])
            if _is_known_enough(wider, columns.shape[1]):
                names.append(one.name)
                columns = wider
                break
    return tuple(names), columns


def _is_known_enough(values: FloatArray, first_new: int) -> bool:
    known = values[~np.isnan(values).any(axis=1)]
    return (
        values.shape[0] > 0
        and known.shape[0] >= (1 - LARGEST_LOSS_SHARE) * values.shape[0]
        and bool(np.all(np.ptp(known[:, first_new:], axis=0) > 0))
    )


def _before(calendar: pl.DataFrame, held: HeldFixed) -> FloatArray:
    before = lagged_values(calendar, exposure(held.column))
    if not held.is_drawn_out:
        return before[:, None]
    earlier = np.column_stack([_later(before, lag_d) for lag_d in (1, 2)])
    is_known = ~np.isnan(earlier)
    total, count = np.where(is_known, earlier, 0.0).sum(axis=1), is_known.sum(axis=1)
    return np.column_stack([before, np.where(count > 0, total / np.maximum(count, 1), np.nan)])


def _later(values: FloatArray, lag_d: int) -> FloatArray:
    return np.concatenate([np.full(min(lag_d, values.size), np.nan), values[: -lag_d or None]])[
        : values.size
    ]
