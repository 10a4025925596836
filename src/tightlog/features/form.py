"""Running form: the values of each run, and the mean of the day's runs."""

import polars as pl

from tightlog.features import cadence, decoupling, downhill, dynamics, late_run
from tightlog.features.coverage import known_sum
from tightlog.features.mileage import runs_of
from tightlog.features.moving_time import with_moving_time
from tightlog.features.own_norm import judged_windows

FEATURES = (
    *cadence.FEATURES,
    *dynamics.FEATURES,
    *late_run.FEATURES,
    *decoupling.FEATURES,
    *downhill.FEATURES,
)
DAILY_SUMS = tuple(feature.feature for feature in FEATURES if feature.is_summed)
DAILY_MEANS = tuple(feature.feature for feature in FEATURES if not feature.is_summed)
# The columns of form in the relation `activity`; readers fill the others.
OF_RUN = (
    *cadence.OF_RUN, *dynamics.OF_RUN, *late_run.OF_RUN, *decoupling.OF_RUN, *downhill.OF_RUN,
)  # fmt: skip
# The form of a run is made of the runs of so many days before it; the other parts of it need none.
REACH_D = max(cadence.REACH_D, dynamics.REACH_D)


def form_of_runs(
    activities: pl.DataFrame, run_windows: pl.DataFrame, asked: pl.Series | None = None
) -> pl.DataFrame:
    """One row per activity: activity_id and the columns OF_RUN; null where the run, or the
    history before it, is not enough. With `asked`, only the rows of these activities are whole.
    """
    runs = runs_of(activities)
    windows = run_windows.join(runs, on="activity_id", how="semi")
    timed = with_moving_time(windows)
    by_sensor = dynamics.with_sensor(runs, windows)
    judged = dynamics.judged_dynamics(by_sensor, windows, asked) | {
        "cadence_spm": judged_windows(runs, windows, cadence.CADENCE, asked)
    }
    result = activities.select("activity_id")
    for part in (
        cadence.cadence_of_runs(judged["cadence_spm"]),
        dynamics.dynamics_of_runs(by_sensor, windows),
        late_run.late_run_drift(runs, timed, judged),
        decoupling.decoupling(runs, timed),
        downhill.steep_descent(runs, windows),
    ):
        result = result.join(part, on="activity_id", how="left", maintain_order="left")
    return result.select("activity_id", *OF_RUN)


def daily_form(calendar: pl.DataFrame, activities: pl.DataFrame) -> pl.DataFrame:
    """One row per day of the calendar: every feature of form; means of the runs that have a
    value, minutes of steep descent summed.
    """
    by_day = (
        runs_of(activities)
        .group_by("day")
        .agg(*map(_moving_mean, DAILY_MEANS), *map(known_sum, DAILY_SUMS), has_run=pl.lit(True))
    )
    days = calendar.join(by_day, on="day", how="left", maintain_order="left")
    is_rest = pl.col("is_recorded") & pl.col("has_run").is_null()
    return days.select(
        "day",
        *DAILY_MEANS,
        *(pl.when(is_rest).then(0.0).otherwise(name).alias(name) for name in DAILY_SUMS),
    )


def _moving_mean(column: str) -> pl.Expr:
    """Mean over the runs that have a value, weighted by moving time; null when none has both."""
    weight_s = pl.when(pl.col(column).is_not_null()).then("moving_s")
    return (
        pl.when(weight_s.sum() > 0)
        .then((pl.col(column) * weight_s).sum() / weight_s.sum())
        .alias(column)
    )
