"""The highest heart rate of each activity: as recorded, and without what sensors are known to get
wrong.

A dry chest strap writes 210 and more in the first minutes; an optical sensor may count steps
instead of beats. Both leave marks in the half-minutes of a run.
"""

import polars as pl

from tightlog.domain.channels import CREDIBLE_HEART_RATE_BPM
from tightlog.features.row_order import downwards, in_order

# One spike of an optical sensor is not a maximum: it must last.
HELD_S = 30.0
# Ours: static of an electrode is over once it is wet, and no run is at its hardest before.
FIRST_MINUTES_S = 300.0
# Ours: heart rate and cadence within these beats for two minutes on end are one signal. Where both
# really are alike, no more than these beats of a peak are lost.
LOCKED_BPM = 2.5
LOCKED_WINDOWS = 4
# Less of a run says nothing about how high the heart rate went.
FEWEST_WINDOWS = 10
SHORTEST_WINDOW_S = 20.0


def heart_rate_peaks(run_windows: pl.DataFrame, heart_rate_seconds: pl.DataFrame) -> pl.DataFrame:
    """One row per activity with a heart rate held for 30 s: activity_id, heart_rate_held_bpm (as
    recorded) and heart_rate_peak_bpm (highest half-minute without artefacts, beats/min).

    An activity without half-minutes keeps what was recorded; the peak of one with too few usable
    half-minutes is null.
    """
    recorded = _held(heart_rate_seconds)
    known = run_windows.filter(
        pl.col("heart_rate_bpm").is_between(*CREDIBLE_HEART_RATE_BPM),
        pl.col("seconds") >= SHORTEST_WINDOW_S,
    )
    clean = with_lock(known).filter(~pl.col("is_locked"), pl.col("elapsed_s") >= FIRST_MINUTES_S)
    peaks = (
        clean.group_by("activity_id")
        .agg(pl.col("heart_rate_bpm").max(), window_count=pl.len())
        .filter(pl.col("window_count") >= FEWEST_WINDOWS)
        .select("activity_id", cleaned_bpm="heart_rate_bpm")
    )
    windowed = known.select("activity_id", has_windows=pl.lit(True)).unique()
    is_clean = pl.col("has_windows").is_null() | pl.col("cleaned_bpm").is_not_null()
    return (
        recorded.join(peaks, on="activity_id", how="left")
        .join(windowed, on="activity_id", how="left")
        .select(
            "activity_id",
            "heart_rate_held_bpm",
            # The mean of 20 s may be above what was held for 30 s.
            heart_rate_peak_bpm=pl.when(is_clean).then(
                pl.min_horizontal("cleaned_bpm", "heart_rate_held_bpm")
            ),
        )
        .sort("activity_id")
    )


def credible_seconds(heart_rate_seconds: pl.DataFrame) -> pl.DataFrame:
    """The rows with a heart rate a heart can have, and some time at it."""
    is_credible = pl.col("heart_rate_bpm").is_between(*CREDIBLE_HEART_RATE_BPM)
    return heart_rate_seconds.filter(is_credible & (pl.col("seconds") > 0))


def _held(heart_rate_seconds: pl.DataFrame) -> pl.DataFrame:
    return (
        downwards(credible_seconds(heart_rate_seconds), "heart_rate_bpm")
        .with_columns(held_s=pl.col("seconds").cum_sum().over("activity_id"))
        .filter(pl.col("held_s") >= HELD_S)
        .group_by("activity_id")
        .agg(heart_rate_held_bpm=pl.col("heart_rate_bpm").max().cast(pl.Float64))
    )


def with_lock(windows: pl.DataFrame) -> pl.DataFrame:
    """Adds is_locked: the half-minute is one of four or more on end that follow the cadence."""
    follows = ((pl.col("heart_rate_bpm") - pl.col("cadence_spm")).abs() <= LOCKED_BPM).fill_null(
        False
    )
    return (
        in_order(windows, "window_index")
        .with_columns(_follows=follows)
        .with_columns(_streak=pl.struct("activity_id", "_follows").rle_id())
        .with_columns(is_locked=pl.col("_follows") & (pl.len().over("_streak") >= LOCKED_WINDOWS))
        .drop("_follows", "_streak")
    )
