"""Activities of unknown kind, which may be runs: their minutes, and what they leave of a window.

A day's runs are known, and a window that sums days is kept, while they are a small share of its
minutes; how large it is stands beside it.
"""

import polars as pl

from tightlog.domain.sports import SportRule
from tightlog.features.cross_training import session_min
from tightlog.features.feature import Feature

# Of the minutes of runs and unknown kinds in a day or window; above, what it sums is unknown.
MOST_UNKNOWN_SHARE = 0.05

_MAY_BE_RUNS = "activities of unknown kind, which may be runs"
FEATURES = (
    Feature(
        "unknown_kind_min",
        "min",
        "mileage",
        f"Minutes of {_MAY_BE_RUNS}: above 5 % of its minutes of runs and unknown kinds no feature "
        "of the day's runs is known, else they hold without them; 0 on a recorded day without one, "
        "null when the length of one is unknown",
    ),
    *(
        Feature(
            f"unknown_kind_{days}d_pct",
            "%",
            "mileage",
            f"Of the minutes of runs and unknown kinds of the last {days} days, this one included, "
            "the share of unknown kinds, which may be runs: above 5 % the sums over these days are "
            "null, else they hold without them; null when a day or a length is unknown",
        )
        for days in (7, 28)
    ),
)


def of_unknown_kind() -> pl.Expr:
    """True for an activity that may be a run, because nothing says its kind."""
    return pl.col("sport_rule") == SportRule.UNKNOWN.value


def unknown_days(activities: pl.DataFrame) -> pl.DataFrame:
    """One row per day with activities of unknown kind: day, _unknown_count, unknown_kind_min (null
    when the length of one is unknown).
    """
    minutes = session_min()
    return (
        activities.filter(of_unknown_kind())
        .with_columns(_min=minutes)
        .group_by("day")
        .agg(
            _unknown_count=pl.len().cast(pl.Int64),
            unknown_kind_min=pl.when(pl.col("_min").null_count() == 0).then(pl.col("_min").sum()),
        )
    )


def unknown_share(unknown_min: pl.Expr, run_min: pl.Expr, unknown_count: pl.Expr) -> pl.Expr:
    """Share of the minutes (0 to 1) that are of unknown kind; 0 without such an activity, null
    when a length is unknown.
    """
    all_min = unknown_min + run_min
    return pl.when(unknown_count == 0).then(0.0).when(all_min > 0).then(unknown_min / all_min)


def is_little(share: pl.Expr) -> pl.Expr:
    """True when a window holds without its unknown kinds."""
    return (share <= MOST_UNKNOWN_SHARE).fill_null(False)
