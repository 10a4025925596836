"""How often a run began with a warm-up, from the diary: a watch cannot separate it from the run."""

import polars as pl

from tightlog.features.feature import Feature

WARM_UP = "G1"
WINDOW_D = 28

FEATURES = (
    Feature(
        "warm_up_28d_pct",
        "%",
        "cross_training",
        "Share of the runs of the last 28 days, this one included, on whose day a warm-up was "
        "logged. Counted from the first warm-up ever logged, null before; null without a run "
        "or with an unknown day among them",
        "tightlog's definition; why it matters: Wu et al. 2021, PMC7920723",
    ),
)


def warm_up(
    calendar: pl.DataFrame, runs: pl.DataFrame, interventions_done: pl.DataFrame
) -> pl.DataFrame:
    """One row per day of the calendar: warm_up_28d_pct. `runs` is what mileage makes of it."""
    warmed = interventions_done.filter(pl.col("intervention") == WARM_UP)["day"].unique()
    is_counted = (pl.col("day") >= pl.lit(warmed.min(), dtype=pl.Date)).fill_null(False)
    is_unknown = is_counted & pl.col("_known_run_count").is_null()
    count = pl.when(is_counted).then("_known_run_count").otherwise(0).fill_null(0)
    known = runs.select("day", "_known_run_count", "_unknown_count", "_is_little_28d")
    days = calendar.join(known, on="day", how="left", maintain_order="left").with_columns(
        _unknown=_of_window(is_unknown.cast(pl.Int64)),
        _runs=_of_window(count),
        _warmed=_of_window(pl.when(pl.col("day").is_in(warmed.implode())).then(count).otherwise(0)),
    )
    has_unknown_kinds = _of_window(pl.col("_unknown_count").fill_null(0)) > 0
    is_kind_known = pl.col("_is_little_28d") | ~has_unknown_kinds
    is_known = is_counted & is_kind_known & (pl.col("_unknown") == 0) & (pl.col("_runs") > 0)
    return days.select(
        "day", warm_up_28d_pct=pl.when(is_known).then(100.0 * pl.col("_warmed") / pl.col("_runs"))
    )


def _of_window(count: pl.Expr) -> pl.Expr:
    return count.rolling_sum(WINDOW_D, min_samples=1)
