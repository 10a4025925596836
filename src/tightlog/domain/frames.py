"""The frames that travel between the stages: columns and their types."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

import polars as pl

from tightlog.domain.channels import CHANNELS

Columns = Mapping[str, pl.DataType | type[pl.DataType]]
UTC_INSTANT = pl.Datetime("us", "UTC")


class Coverage(StrEnum):
    """What is known about a day: `watched`, so that no run is none, or nothing."""

    WATCHED = "watched"
    UNKNOWN = "unknown"


# True for a watched day, of a frame with the column `coverage`.
IS_WATCHED = pl.col("coverage") == Coverage.WATCHED

# One row per timestamped row of an activity; timestamps may repeat, record_index may not.
RECORD_SCHEMA: Columns = MappingProxyType(
    {
        "record_index": pl.Int32,
        "recorded_at": UTC_INSTANT,
        "elapsed_s": pl.Float64,
        "is_timer_running": pl.Boolean,
        **{channel.name: pl.Float64 for channel in CHANNELS},
    }
)

LAP_SCHEMA: Columns = MappingProxyType(
    {
        "lap_index": pl.Int32,
        "started_at": UTC_INSTANT,
        "elapsed_s": pl.Float64,
        "moving_s": pl.Float64,
        "distance_m": pl.Float64,
        "cadence_spm": pl.Float64,
        "heart_rate_bpm": pl.Float64,
        "trigger": pl.String,
    }
)

# One row per tightness score: the fields of TightnessScore.
SCORE_SCHEMA: Columns = MappingProxyType(
    {
        "entry_id": pl.String,
        "rated_at": UTC_INSTANT,
        "day": pl.Date,
        "moment": pl.String,
        "score": pl.Float64,
        "is_sharp": pl.Boolean,
        "red_flags": pl.List(pl.String),
        "eased": pl.List(pl.String),
        "side": pl.String,
        "radiation": pl.String,
        "is_woken": pl.Boolean,
        "note": pl.String,
        "source": pl.String,
        "raw_value": pl.String,
        "raw_moment": pl.String,
        "file_line": pl.Int32,
    }
)

# One row per intervention done: the fields of InterventionDone.
DONE_SCHEMA: Columns = MappingProxyType(
    {
        "entry_id": pl.String,
        "done_at": UTC_INSTANT,
        "day": pl.Date,
        "intervention": pl.String,
        "minutes": pl.Float64,
        "rpe": pl.Float64,
        "source": pl.String,
    }
)

# One row per answer about function: the fields of FunctionScore.
FUNCTION_SCHEMA: Columns = MappingProxyType(
    {
        "entry_id": pl.String,
        "rated_at": UTC_INSTANT,
        "day": pl.Date,
        "function": pl.Float64,
        "task": pl.String,
    }
)
