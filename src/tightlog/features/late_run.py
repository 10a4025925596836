"""Late-run form: how the last third of a run differs from its first third, at the same speed, on
the flat.
"""

from collections.abc import Mapping

import polars as pl

from tightlog.features.feature import Feature
from tightlog.features.own_norm import FLAT_GRADE
from tightlog.units import SECONDS_PER_MINUTE

SHORTEST_RUN_S = 40 * SECONDS_PER_MINUTE
# Five minutes of each third, half of what the shortest run has.
FEWEST_WINDOWS_OF_THIRD = 10
THIRD = 1 / 3
# The fitted line removes the effect of a change of speed; beyond this its error would be larger
# than the change of form. Ours.
MOST_SPEED_CHANGE = 0.15

DRIFT = (
    "median over the last third of the moving time minus that over the first, after 10 "
    "minutes of warm-up; flat half-minutes only (grade below "
    "2 %; a treadmill counts as flat), at least 10 in each; runs of at least 40 min moving "
    "whose speed changed by at most 15 % between the two; "
    "mean of the day's runs weighted by moving time"
)
WHY = (
    "tightlog's definition; why it matters: tired back muscles changed the posture of joggers "
    "(Hart et al. 2009, PMC2742456), which no watch measures"
)

FEATURES = (
    Feature(
        "cadence_drift_pct",
        "%",
        "cadence",
        f"Cadence against the one expected at that speed and grade, %: {DRIFT}",
        WHY,
    ),
    Feature(
        "ground_contact_drift_pct",
        "%",
        "form",
        f"Ground contact time against the one expected at that speed and grade, %: {DRIFT}",
        WHY,
    ),
    Feature(
        "vertical_ratio_drift_pp",
        "percentage points",
        "form",
        f"Vertical ratio minus the one expected at that speed and grade: {DRIFT}",
        WHY,
    ),
)

# Its columns of the relation `activity`.
OF_RUN = tuple(feature.feature for feature in FEATURES)


def late_run_drift(
    runs: pl.DataFrame, timed_windows: pl.DataFrame, judged: Mapping[str, pl.DataFrame]
) -> pl.DataFrame:
    """One row per run of `runs`: activity_id, cadence_drift_pct, ground_contact_drift_pct,
    vertical_ratio_drift_pp.

    `timed_windows` as with_moving_time gives them, `judged` by column the windows with what was
    expected of them.
    """
    residual_pct = 100.0 * (pl.col("value") / pl.col("expected") - 1.0)
    drifts = {
        "cadence_drift_pct": ("cadence_spm", residual_pct),
        "ground_contact_drift_pct": ("ground_contact_ms", residual_pct),
        "vertical_ratio_drift_pp": ("vertical_ratio_pct", pl.col("value") - pl.col("expected")),
    }
    long_enough = runs.filter(pl.col("moving_s") >= SHORTEST_RUN_S).select(
        "activity_id", "is_indoor"
    )
    thirds = timed_windows.join(long_enough, on="activity_id", how="inner").filter(
        pl.col("after_warm_up") >= 0, _is_flat()
    )
    result = runs.select("activity_id")
    for name, (column, residual) in drifts.items():
        windows = thirds.select("activity_id", "window_index", "after_warm_up").join(
            judged[column], on=["activity_id", "window_index"], how="inner"
        )
        result = result.join(_drift(windows, residual, name), on="activity_id", how="left")
    return result


def _is_flat() -> pl.Expr:
    """True on the flat and indoors; outdoors an unknown grade may be a hill."""
    return (pl.col("grade").abs() < FLAT_GRADE).fill_null(pl.col("is_indoor").fill_null(False))


def _drift(windows: pl.DataFrame, residual: pl.Expr, name: str) -> pl.DataFrame:
    is_first, is_last = pl.col("after_warm_up") < THIRD, pl.col("after_warm_up") >= 2 * THIRD
    is_enough = pl.min_horizontal(is_first.sum(), is_last.sum()) >= FEWEST_WINDOWS_OF_THIRD
    speed = pl.col("speed_mps")
    is_alike = (
        speed.filter(is_last).median() / speed.filter(is_first).median() - 1.0
    ).abs() <= MOST_SPEED_CHANGE
    drift = residual.filter(is_last).median() - residual.filter(is_first).median()
    return windows.group_by("activity_id").agg(
        pl.when(is_enough & is_alike).then(drift).alias(name)
    )
