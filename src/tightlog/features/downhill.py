"""Time on steep descents, where the lumbar spine extends most (Levine 2007, PMC1896074)."""

import polars as pl

from tightlog.features.feature import Feature
from tightlog.features.own_norm import STEEPEST_GRADE
from tightlog.units import SECONDS_PER_MINUTE

STEEP_GRADE = -0.05

FEATURES = (
    Feature(
        "steep_descent_min",
        "min",
        "form",
        "Minutes of the day's runs in half-minutes at a grade of -5 % or steeper; 0 on a "
        "recorded day "
        "without. Null when a run of the day has no barometer or no altitude",
        "tightlog's definition; why it matters: Levine 2007, PMC1896074",
        is_summed=True,
    ),
)
# Its columns of the relation `activity`.
OF_RUN = tuple(feature.feature for feature in FEATURES)


def steep_descent(runs: pl.DataFrame, windows: pl.DataFrame) -> pl.DataFrame:
    """One row per run with a barometer and any grade: activity_id, steep_descent_min. Satellite
    altitude is too noisy for it.
    """
    measured = (
        runs.filter("has_barometer")
        .select("activity_id")
        .join(windows, on="activity_id", how="inner")
    )
    believable = measured.filter(pl.col("grade").abs() <= STEEPEST_GRADE)
    steep_s = pl.when(pl.col("grade") <= STEEP_GRADE).then("seconds").sum()
    return believable.group_by("activity_id").agg(steep_descent_min=steep_s / SECONDS_PER_MINUTE)
