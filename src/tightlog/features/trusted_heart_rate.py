"""Seconds at each heart rate that count for the load: parts of a run in which the sensor stood
still, or counted steps instead of beats, are left out.

Both are told from the half-minutes of a run. A ride or a swim has none: of these a sensor that
stood still for most of the time is set aside as a whole (heart_rate_trust), and no part.
"""

import polars as pl

from tightlog.domain.channels import CREDIBLE_HEART_RATE_BPM
from tightlog.features.heart_rate_peak import FIRST_MINUTES_S, credible_seconds, with_lock
from tightlog.features.heart_rate_trust import FEWEST_RUNS, HIGH_BPM, SPEED_STEP_MPS

# Ours: one whole number in every half-minute of five minutes is no heart.
HELD_WINDOWS = 10
# A sum of weighted seconds meets a whole number to within this.
SAME_BPM = 0.001

_BY_HEART_RATE = ["activity_id", "heart_rate_bpm"]


def trusted_seconds(run_windows: pl.DataFrame, heart_rate_seconds: pl.DataFrame) -> pl.DataFrame:
    """The credible rows of `heart_rate_seconds` (activity_id, heart_rate_bpm in beats/min, seconds)
    without the parts set aside, and whether any part of the activity was (is_part).
    """
    known = run_windows.filter(pl.col("heart_rate_bpm").is_between(*CREDIBLE_HEART_RATE_BPM))
    aside = (
        pl.concat([_held(known), _locked(known)])
        .unique(["activity_id", "window_index"])
        .with_columns(pl.col("heart_rate_bpm").round().cast(pl.Int64))
        .group_by(_BY_HEART_RATE)
        .agg(aside_s=pl.col("seconds").sum())
    )
    is_part = pl.col("activity_id").is_in(aside["activity_id"].unique().implode())
    return (
        credible_seconds(heart_rate_seconds)
        .with_columns(pl.col("heart_rate_bpm").cast(pl.Int64))
        .join(aside, on=_BY_HEART_RATE, how="left", maintain_order="left")
        .with_columns(
            seconds=(pl.col("seconds") - pl.col("aside_s").fill_null(0.0)).clip(0.0),
            is_part=is_part,
        )
        .drop("aside_s")
    )


def _held(known: pl.DataFrame) -> pl.DataFrame:
    """The half-minutes of a value that stood still."""
    bpm = pl.col("heart_rate_bpm")
    streak = pl.struct("activity_id", "_whole_bpm").rle_id()
    return (
        known.sort("activity_id", "window_index")
        .with_columns(_whole_bpm=pl.when((bpm - bpm.round()).abs() <= SAME_BPM).then(bpm.round()))
        .with_columns(_count=pl.len().over(streak))
        .filter(pl.col("_whole_bpm").is_not_null(), pl.col("_count") >= HELD_WINDOWS)
        .select(known.columns)
    )


def _locked(known: pl.DataFrame) -> pl.DataFrame:
    """The half-minutes in which the heart rate follows the cadence, of runs in which it is then
    higher than the runner's own at that speed, and than in the rest of the run: a fast runner's
    may be alike by chance, or meet the cadence on its way up.
    """
    step = (pl.col("speed_mps") / SPEED_STEP_MPS).floor().alias("step")
    marked = with_lock(known).with_columns(step)
    locked = marked.filter("is_locked")
    usual = (
        marked.filter(~pl.col("is_locked"), pl.col("elapsed_s") >= FIRST_MINUTES_S)
        .group_by("step")
        .agg(
            usual_bpm=pl.col("heart_rate_bpm").median(), run_count=pl.col("activity_id").n_unique()
        )
        .filter(pl.col("run_count") >= FEWEST_RUNS)
    )
    rest = (
        marked.filter(~pl.col("is_locked"))
        .group_by("activity_id")
        .agg(rest_bpm=pl.col("heart_rate_bpm").median())
    )
    bpm = pl.col("heart_rate_bpm")
    high = (
        locked.join(usual, on="step")
        .join(rest, on="activity_id", how="left")
        .group_by("activity_id")
        .agg(
            higher_bpm=(bpm - pl.col("usual_bpm")).median(),
            # Of a run that has no rest its usual heart rate alone tells.
            above_rest_bpm=(bpm - pl.col("rest_bpm").fill_null(0.0)).median(),
        )
        .filter(pl.min_horizontal("higher_bpm", "above_rest_bpm") > HIGH_BPM)
    )
    return locked.join(high, on="activity_id", how="semi").select(known.columns)
