"""Rest between runs: days since the last one, and days in a row with one."""

import polars as pl

from tightlog.features.coverage import days_since
from tightlog.features.feature import Feature

FEATURES = (
    Feature("since_run_d", "days", "recovery", "Days since the last run, 0 on a run day; null when an unknown day lies between", dtype=pl.Int64),
    Feature("run_streak_d", "days", "recovery", "Recorded run days in a row up to the day, 0 on a rest day", dtype=pl.Int64),
)


def recovery(calendar: pl.DataFrame, run_count: pl.Series) -> pl.DataFrame:
    """One row per day of the calendar: since_run_d (0 on a run day) and run_streak_d (0 on a rest day), null where nobody knows.

    The streak counts recorded runs only: after a gap in the records it starts anew.
    """
    days = calendar.with_columns(run_count=run_count).with_row_index("_index")
    has_run = (pl.col("run_count") > 0).fill_null(False)
    last_without = pl.when(~has_run).then(pl.col("_index").cast(pl.Int64)).forward_fill().fill_null(-1)
    return days.select(
        "day",
        since_run_d=days_since(has_run, pl.col("is_recorded")),
        run_streak_d=pl.when("is_recorded").then(pl.col("_index").cast(pl.Int64) - last_without),
    )
