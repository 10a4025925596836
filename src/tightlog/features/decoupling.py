"""Aerobic decoupling of a steady run: how much speed per heartbeat fell from its first half to
its second.
"""

import polars as pl

from tightlog.features.feature import Feature
from tightlog.features.own_norm import SLOWEST_MPS
from tightlog.units import SECONDS_PER_MINUTE

SHORTEST_RUN_S = 45 * SECONDS_PER_MINUTE
# What counts as a steady, flat run with few stops and a heart rate throughout: all ours, because
# there are no published limits.
MOST_SPEED_VARIATION = 0.08
NEARLY_ALL = 0.95
FLAT_GRADE, FLAT_SHARE = 0.03, 0.9
LONGEST_WITH_PAUSES = 1.1
# A steeper half-minute of a flat run is an error of the altitude.
STEEPEST_ADJUSTED = 0.1

FEATURES = (
    Feature(
        "decoupling_pct",
        "%",
        "form",
        "(EF1 - EF2) / EF1 x 100 with EF = mean grade-adjusted speed / mean heart rate of "
        "each half of the "
        "moving time after 10 minutes of warm-up; positive when the heart beats more for the "
        "same speed. Only steady runs of at least 45 min "
        "moving: the half-minutes' speed varies by at most 8 %, 95 % of the time is running "
        "and has a heart rate, 90 % is at grades up to 3 % "
        "(or on a treadmill), pauses are at most 10 %. Heat and thirst affect it too. Mean of "
        "the day's runs weighted by moving time",
        "tightlog's thresholds; grade adjusted by the cost of running of Minetti et al. 2002, "
        "J Appl Physiol 93:1039, "
        "doi:10.1152/japplphysiol.01177.2001",
    ),
)

# Its columns of the relation `activity`.
OF_RUN = tuple(feature.feature for feature in FEATURES)


def decoupling(runs: pl.DataFrame, timed_windows: pl.DataFrame) -> pl.DataFrame:
    """One row per steady run with heart rate: activity_id, decoupling_pct; `timed_windows` as
    with_moving_time gives them.
    """
    long_enough = runs.filter(pl.col("moving_s") >= SHORTEST_RUN_S).select(
        "activity_id", "is_indoor"
    )
    windows = timed_windows.join(long_enough, on="activity_id", how="inner").filter(
        pl.col("after_warm_up") >= 0
    )
    first, second = (
        _efficiency(pl.col("after_warm_up") < 0.5),
        _efficiency(pl.col("after_warm_up") >= 0.5),
    )
    return (
        windows.group_by("activity_id")
        .agg(decoupling_pct=100.0 * (first - second) / first, is_steady=_is_steady())
        .filter("is_steady", pl.col("decoupling_pct").is_finite())
        .drop("is_steady")
    )


def relative_cost(grade: pl.Expr) -> pl.Expr:
    """Energy per metre of running at that grade over that on the flat: Minetti et al. 2002, J
    Appl Physiol 93:1039, equation for running.
    """
    coefficients = (155.4, -30.4, -43.3, 46.3, 19.5, 3.6)
    cost = pl.lit(0.0)
    for coefficient in coefficients:
        cost = cost * grade + coefficient
    return cost / coefficients[-1]


def _efficiency(is_in_half: pl.Expr) -> pl.Expr:
    """Grade-adjusted metres per heartbeat x 60 of the windows with a heart rate."""
    weight_s = pl.when(pl.col("heart_rate_bpm").is_not_null() & is_in_half).then("seconds")
    grade = pl.col("grade").clip(-STEEPEST_ADJUSTED, STEEPEST_ADJUSTED).fill_null(0.0)
    adjusted_m = pl.col("speed_mps") * relative_cost(grade) * weight_s
    return adjusted_m.sum() / (pl.col("heart_rate_bpm") * weight_s).sum()


def _is_steady() -> pl.Expr:
    running_s = pl.when(pl.col("speed_mps") > SLOWEST_MPS).then("seconds")
    beating_s = pl.when(pl.col("heart_rate_bpm").is_not_null()).then("seconds")
    is_flat = (pl.col("grade").abs() <= FLAT_GRADE).fill_null(pl.col("is_indoor").fill_null(False))
    moved_s, span_s = pl.col("seconds").sum(), pl.col("elapsed_s").max() - pl.col("elapsed_s").min()
    return (
        (pl.col("speed_mps").std() <= MOST_SPEED_VARIATION * pl.col("speed_mps").mean())
        & (running_s.sum() >= NEARLY_ALL * moved_s)
        & (beating_s.sum() >= NEARLY_ALL * moved_s)
        & (pl.when(is_flat).then("seconds").sum() >= FLAT_SHARE * moved_s)
        & (span_s <= LONGEST_WITH_PAUSES * moved_s)
    )
