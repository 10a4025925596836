"""What the recording of an activity says of its heart rate, whatever the others say: it is made
once, when the activity arrives.
"""

import polars as pl

from tightlog.domain.channels import CREDIBLE_HEART_RATE_BPM
from tightlog.domain.frames import Columns
from tightlog.features.hearts.heart_rate_peak import (
    FIRST_MINUTES_S,
    credible_seconds,
    heart_rate_peaks,
    with_lock,
)
from tightlog.features.own_norm import SLOWEST_MPS
from tightlog.features.row_order import in_order

# Ours: in 370 recordings of eleven makers no single heart rate filled more than 25 % of the time.
FROZEN_SHARE = 0.7
SHORTEST_JUDGED_S = 300.0
SPEED_STEP_MPS = 0.25
# The heart takes two minutes to follow the legs: less of a run at a speed says nothing.
SETTLED_WINDOWS = 4
# What is read of half-minutes here.
HEART_WINDOW_COLUMNS = (
    "activity_id", "window_index", "elapsed_s", "seconds", "speed_mps", "cadence_spm",
    "heart_rate_bpm",
)  # fmt: skip
AT_SPEED = pl.Struct({"step": pl.Int32, "settled_bpm": pl.Float64, "free_bpm": pl.Float64})
LOCKED = pl.Struct({"step": pl.Int32, "heart_rate_bpm": pl.Float64})
FACT_SCHEMA: Columns = {
    "activity_id": pl.String,
    "heart_rate_held_bpm": pl.Float64,
    "heart_rate_peak_bpm": pl.Float64,
    "is_frozen": pl.Boolean,
    "at_speed": pl.List(AT_SPEED),
    "locked": pl.List(LOCKED),
    "rest_bpm": pl.Float64,
}

_STEP = (pl.col("speed_mps") / SPEED_STEP_MPS).floor().cast(pl.Int32).alias("step")
_MEDIAN_BPM = pl.col("heart_rate_bpm").median()


def heart_facts(
    activities: pl.DataFrame, run_windows: pl.DataFrame, heart_rate_seconds: pl.DataFrame
) -> pl.DataFrame:
    """One row per activity in the columns of FACT_SCHEMA; all but activity_id null where the
    recording does not say.

    `at_speed` has the median heart rate at each step of speed after the first minutes: of all
    half-minutes (settled_bpm), and of those that do not follow the cadence (free_bpm). `locked` are
    the half-minutes that do, `rest_bpm` is the median of the others.
    """
    windows = in_order(run_windows.select(HEART_WINDOW_COLUMNS), "window_index")
    marked = with_lock(
        windows.filter(pl.col("heart_rate_bpm").is_between(*CREDIBLE_HEART_RATE_BPM))
    )
    free = marked.filter(~pl.col("is_locked"))
    facts = activities.select("activity_id")
    for part in (
        heart_rate_peaks(windows, heart_rate_seconds),
        _frozen(heart_rate_seconds),
        _at_speed(windows, free),
        marked.filter("is_locked")
        .group_by("activity_id", maintain_order=True)
        .agg(locked=pl.struct(_STEP, "heart_rate_bpm")),
        free.group_by("activity_id").agg(rest_bpm=_MEDIAN_BPM),
    ):
        facts = facts.join(part, on="activity_id", how="left", maintain_order="left")
    return facts.select(pl.col(name).cast(kind) for name, kind in FACT_SCHEMA.items())


def at_speeds(facts: pl.DataFrame, *beside: str) -> pl.DataFrame:
    """One row per activity and step of speed: activity_id, the columns `beside`, step, settled_bpm
    and free_bpm.
    """
    known = facts.select("activity_id", *beside, "at_speed").drop_nulls("at_speed")
    return known.explode("at_speed").unnest("at_speed")


def _frozen(heart_rate_seconds: pl.DataFrame) -> pl.DataFrame:
    """One row per activity with a heart rate: is_frozen, where one value fills most of it."""
    total_s, longest_s = pl.col("seconds").sum(), pl.col("seconds").max()
    return (
        credible_seconds(heart_rate_seconds)
        .group_by("activity_id")
        .agg(is_frozen=(total_s >= SHORTEST_JUDGED_S) & (longest_s > FROZEN_SHARE * total_s))
    )


def _at_speed(windows: pl.DataFrame, free: pl.DataFrame) -> pl.DataFrame:
    is_later = pl.col("elapsed_s") >= FIRST_MINUTES_S
    settled = (
        windows.filter(is_later, pl.col("speed_mps") >= SLOWEST_MPS)
        .group_by("activity_id", _STEP)
        .agg(settled_bpm=_MEDIAN_BPM, window_count=pl.col("heart_rate_bpm").count())
        .filter(pl.col("window_count") >= SETTLED_WINDOWS)
        .drop("window_count")
    )
    beside = (
        free.filter(is_later, pl.col("speed_mps").is_not_null())
        .group_by("activity_id", _STEP)
        .agg(free_bpm=_MEDIAN_BPM)
    )
    return (
        settled.join(beside, on=["activity_id", "step"], how="full", coalesce=True)
        .sort("activity_id", "step")
        .group_by("activity_id", maintain_order=True)
        .agg(at_speed=pl.struct("step", "settled_bpm", "free_bpm"))
    )
