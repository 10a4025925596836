"""Seconds at each heart rate that count for the load: parts of an activity in which the sensor
stood still, or of a run in which it counted steps instead of beats, are left out.

Both are told from the half-minutes of a run. A ride or a swim has none: there a heart rate that
fills more of the time than any heart's is one that stood still.
"""

from collections.abc import Collection

import polars as pl

from tightlog.domain.channels import CREDIBLE_HEART_RATE_BPM
from tightlog.features.hearts.heart_facts import SHORTEST_JUDGED_S, at_speeds
from tightlog.features.hearts.heart_rate_peak import credible_seconds, with_lock
from tightlog.features.hearts.heart_rate_trust import FEWEST_RUNS, HIGH_BPM
from tightlog.features.row_order import in_order

# Ours: one whole number in every half-minute of five minutes is no heart.
HELD_WINDOWS = 10
# Ours: in 370 recordings of eleven makers no single heart rate filled more than 25 % of the time.
# Beside it a heart that was measured shows many others.
STILL_SHARE, LEAST_VALUES = 0.4, 10
# A sum of weighted seconds meets a whole number to within this.
SAME_BPM = 0.001

_BY_HEART_RATE = ["activity_id", "heart_rate_bpm"]


def trusted_seconds(
    run_windows: pl.DataFrame, heart_rate_seconds: pl.DataFrame, stepping: Collection[str]
) -> pl.DataFrame:
    """The credible rows of `heart_rate_seconds` (activity_id, heart_rate_bpm in beats/min, seconds)
    without the parts set aside, and whether any part of the activity was (is_part).

    `stepping` are the activities in which the sensor counted steps (counts_steps).
    """
    windows = in_order(run_windows, "window_index")
    known = windows.filter(pl.col("heart_rate_bpm").is_between(*CREDIBLE_HEART_RATE_BPM))
    locked = with_lock(known.filter(pl.col("activity_id").is_in(list(stepping))))
    aside = (
        pl.concat([_held(known), locked.filter("is_locked").select(known.columns)])
        .unique(["activity_id", "window_index"], maintain_order=True)
        .with_columns(pl.col("heart_rate_bpm").round().cast(pl.Int64))
        .group_by(_BY_HEART_RATE)
        .agg("seconds")
        .select(*_BY_HEART_RATE, aside_s=pl.col("seconds").list.sum())
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


def counts_steps(facts: pl.DataFrame) -> pl.Series:
    """Activities in which a heart rate that follows the cadence is steps counted as beats: it is
    then higher than the runner's own at that speed, and than in the rest of the run. A fast
    runner's may be alike by chance, or meet the cadence on its way up.

    `facts` are the heart_facts of the home. The own heart rate at a speed is the median over the
    runs of each run's.
    """
    usual = (
        at_speeds(facts)
        .drop_nulls("free_bpm")
        .group_by("step")
        .agg(usual_bpm=pl.col("free_bpm").median(), run_count=pl.len())
        .filter(pl.col("run_count") >= FEWEST_RUNS)
    )
    bpm = pl.col("heart_rate_bpm")
    return (
        facts.select("activity_id", "locked", "rest_bpm")
        .drop_nulls("locked")
        .explode("locked")
        .unnest("locked")
        .join(usual, on="step")
        .group_by("activity_id")
        .agg(
            higher_bpm=(bpm - pl.col("usual_bpm")).median(),
            # Of a run that has no rest its usual heart rate alone tells.
            above_rest_bpm=(bpm - pl.col("rest_bpm").fill_null(0.0)).median(),
        )
        .filter(pl.min_horizontal("higher_bpm", "above_rest_bpm") > HIGH_BPM)["activity_id"]
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
