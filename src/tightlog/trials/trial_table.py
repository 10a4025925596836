"""The table of a trial as arrays: tosses in the order of their days, and the scores around them."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from tightlog.errors import TrialTableError
from tightlog.findings.arrays import BoolArray, FloatArray, IntArray
from tightlog.language.catalogue import phrase
from tightlog.trials.columns import TRIAL_DAY_SCHEMA


@dataclass(frozen=True)
class Tosses:
    """Tosses by day: day number since 1970, block, 1.0 where assigned, 1.0 where done, and the
    score before the toss and that of the next morning (NaN where unknown).
    """

    day: IntArray
    block: IntArray
    assigned: FloatArray
    done: FloatArray
    before: FloatArray
    after: FloatArray


@dataclass(frozen=True)
class Scores:
    """Known scores by day, and for each the toss of the day before (−1 where there was none)."""

    day: IntArray
    score: FloatArray
    toss: IntArray

    @property
    def is_outcome(self) -> BoolArray:
        """True where the day before had a toss."""
        return np.asarray(self.toss >= 0)


def tosses_of(trial_days: pl.DataFrame) -> Tosses:
    """The tosses of a table like the relation `trial_day`, in the order of their days.

    Raises TrialTableError where a column is missing, or a toss has no day, no block or no coin.
    """
    if missing := [name for name in TRIAL_DAY_SCHEMA if name not in trial_days.columns]:
        raise TrialTableError(
            phrase("the table has no column {missing}", missing=", ".join(missing))
        )
    table = trial_days.select(
        "day", "block", *(pl.col(name).cast(pl.Float64) for name in list(TRIAL_DAY_SCHEMA)[2:])
    ).sort("day")
    for name in ("day", "block", "is_assigned"):
        if table[name].null_count():
            raise TrialTableError(phrase("a toss has no {name}", name=name))
    if table["day"].is_duplicated().any():
        raise TrialTableError(
            phrase("{filter} has two", filter=table["day"].filter(table["day"].is_duplicated())[0])
        )
    done, before, after = (
        table[name].fill_null(np.nan).to_numpy() for name in list(TRIAL_DAY_SCHEMA)[3:]
    )
    return Tosses(
        table["day"].cast(pl.Date).cast(pl.Int32).to_numpy().astype(np.int64),
        table["block"].rle_id().to_numpy().astype(np.int64),
        table["is_assigned"].to_numpy(),
        done,
        before,
        after,
    )


def scores_of(tosses: Tosses) -> Scores:
    """Every known score of the table, once a day."""
    known = dict(zip(tosses.day.tolist(), tosses.before, strict=True))
    known |= {
        day + 1: score
        for day, score in zip(tosses.day.tolist(), tosses.after, strict=True)
        if not np.isnan(score)
    }
    places = {day: place for place, day in enumerate(tosses.day.tolist())}
    days = sorted(day for day, score in known.items() if not np.isnan(score))
    return Scores(
        np.array(days, dtype=np.int64),
        np.array([known[day] for day in days], dtype=np.float64),
        np.array([places.get(day - 1, -1) for day in days], dtype=np.int64),
    )
