"""Seconds at each heart rate that count for the load: parts of an activity in which the sensor
stood still, or of a run in which it counted steps instead of beats, are left out.

Both are told from the half-minutes of a run. A ride or a swim has none: there a heart rate that
fills more of the time than any heart's is one that stood still.
"""

import polars as pl

from tightlog.domain.channels import CREDIBLE_HEART_RATE_BPM
from tightlog.features.heart_rate_peak import FIRST_MINUTES_S, credible_seconds, with_lock
from tightlog.features.heart_rate_trust import (
    FEWEST_RUNS,
    HIGH_BPM,
    SHORTEST_JUDGED_S,
    SPEED_STEP_MPS,
)
from tightlog.features.row_order import in_order

# Ours: one whole number in every half-minute of five minutes is no heart.
HELD_WINDOWS = 10
# Ours: in 370 recordings of eleven makers no single heart rate filled more than 25 % of the time.
# Beside it a heart that was measured shows many others.
STILL_SHARE, LEAST_VALUES = 0.4, 10
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
        .unique(["activity_id", "window_index"], maintain_order=True)
        .with_columns(pl.col("heart_rate_bpm").round().cast(pl.Int64))
        .group_by(_BY_HEART_RATE)
        .agg(aside_s=pl.col("seconds").sum())
    )
    credible = credible_seconds(heart_rate_seconds).with_columns(
        pl.col("heart_rate_bpm").cast(pl.Int64)
    )
    aside = pl.concat([aside, _still(credible.join(known, on="activity_id", how="anti"))])
    is_part = pl.col("activity_id").is_in(aside["activity_id"].unique().implode())
    return (
        credible.join(aside, on=_BY_HEART_RATE, how="left", maintain_order="left")
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
        in_order(known, "window_index")
        .with_columns(_whole_bpm=pl.when((bpm - bpm.round()).abs() <= SAME_BPM).then(bpm.round()))
        .with_columns(_count=pl.len().over(streak))
        .filter(pl.col("_whole_bpm").is_not_null(), pl.col("_count") >= HELD_WINDOWS)
        .select(known.columns)
    )


def _still(credible: pl.DataFrame) -> pl.DataFrame:
    """The heart rates of activities without half-minutes at which the sensor stood still, with
    their seconds.
    """
    total_s = pl.col("seconds").sum().over("activity_id")
    return credible.filter(
        total_s >= SHORTEST_JUDGED_S,
        pl.len().over("activity_id") > LEAST_VALUES,
        pl.col("seconds") > STILL_SHARE * total_s,
    ).select(*_BY_HEART_RATE, aside_s="seconds")


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
