"""What recordings say in detail, read only for the activities asked for."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import polars as pl

# One row per 30 s of a run, and one per heart rate of an activity.
Rows = Callable[[pl.Series], pl.DataFrame]


@dataclass(frozen=True)
class Recorded:
    """`marks` has activity_id and recorded_mark: where that differs, the recording is another one
    or is read by another rule. `run_windows` and `heart_rate_seconds` give the rows of activities
    by their ids.
    """

    marks: pl.DataFrame
    run_windows: Rows
    heart_rate_seconds: Rows

    def held(self) -> "Recorded":
        """The same recordings, all read now."""
        ids = self.marks["activity_id"]
        return Recorded(
            self.marks,
            partial(_of, self.run_windows(ids)),
            partial(_of, self.heart_rate_seconds(ids)),
        )


@dataclass(frozen=True)
class KnownBefore:
    """What was measured of recordings before, each row with a mark of what it was made from; `seed`
    changes every mark, and with it measures all again.
    """

    rows: pl.DataFrame
    seed: int = 0


def recorded_in(run_windows: pl.DataFrame, heart_rate_seconds: pl.DataFrame) -> Recorded:
    """The recordings whose rows are these."""
    marks = pl.concat([_hashed(run_windows), _hashed(heart_rate_seconds)], how="vertical").group_by(
        "activity_id"
    )
    return Recorded(
        marks.agg(recorded_mark=pl.col("mark").sum().cast(pl.String)),
        partial(_of, run_windows),
        partial(_of, heart_rate_seconds),
    )


def _hashed(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.select("activity_id", mark=rows.hash_rows())


def _of(rows: pl.DataFrame, ids: pl.Series) -> pl.DataFrame:
    return rows.filter(pl.col("activity_id").is_in(ids.implode()))
