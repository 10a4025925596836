"""Rest between runs and other exercise: days since, days in a row, and days without."""

import polars as pl

from tightlog.features.coverage import days_since, window_sum
from tightlog.features.feature import Feature

# Stretching is often done because the back is tight: counted as exercise, it would make a bad week
# look like one without rest.
_EXERCISE = "exercise other than yoga, Pilates and stretching, recorded or logged"

FEATURES = (
    Feature(
        "since_run_d",
        "days",
        "recovery",
        "Days since the last run, 0 on a run day; null when an unknown day or an activity of "
        "unknown kind lies between",
        dtype=pl.Int64,
    ),
    Feature(
        "run_streak_d",
        "days",
        "recovery",
        "Recorded run days in a row up to the day, 0 on a rest day; null when an activity of "
        "unknown kind lies right before them",
        dtype=pl.Int64,
    ),
    Feature(
        "rest_days_7d_count",
        "days",
        "recovery",
        f"Days of the last 7, this one included, without {_EXERCISE}; null unless all are known",
        dtype=pl.Int64,
    ),
    Feature(
        "rest_days_28d_count",
        "days",
        "recovery",
        f"Days of the last 28, this one included, without {_EXERCISE}; null unless all are known",
        dtype=pl.Int64,
    ),
    Feature(
        "exercise_streak_d",
        "days",
        "recovery",
        f"Recorded days in a row up to the day with {_EXERCISE}; 0 on a rest day",
        dtype=pl.Int64,
    ),
)


def recovery(
    calendar: pl.DataFrame, run_count: pl.Series, run_days: pl.Series, exercise_days: pl.Series
) -> pl.DataFrame:
    """One row per day of the calendar: days since a run, run and exercise days in a row, rest days
    of 7 and 28 days; null where it is unknown.

    `run_count` is null where an activity may be a run, `run_days` are the days with a known one.
    The streaks count recorded days only: after a gap in the records they restart.
    """
    days = calendar.with_columns(
        _is_run_known=run_count.is_not_null(),
        _has_run=pl.col("day").is_in(run_days.unique().implode()),
        _has_exercise=pl.col("day").is_in(exercise_days.unique().implode()),
    ).with_columns(_rest=pl.when("is_recorded").then((~pl.col("_has_exercise")).cast(pl.Int64)))
    has_run = pl.col("_has_run")
    may_have_run = pl.col("is_recorded") & ~pl.col("_is_run_known") & ~has_run
    # The days in a row may be more than are known.
    is_open = pl.when(~has_run).then(may_have_run).forward_fill().fill_null(False)
    return days.select(
        "day",
        since_run_d=days_since(has_run, pl.col("_is_run_known") | has_run),
        run_streak_d=pl.when(pl.col("_is_run_known") & ~is_open).then(_streak(has_run)),
        rest_days_7d_count=window_sum("_rest", 7),
        rest_days_28d_count=window_sum("_rest", 28),
        exercise_streak_d=_streak(pl.col("is_recorded") & pl.col("_has_exercise")),
    )


def _streak(is_on: pl.Expr) -> pl.Expr:
    number = pl.int_range(pl.len(), dtype=pl.Int64)
    last_off = pl.when(~is_on).then(number).forward_fill().fill_null(-1)
    return pl.when("is_recorded").then(number - last_off)
