"""Lap messages → the frame of one session's laps."""

from collections.abc import Mapping

import numpy as np
import polars as pl
from numpy.typing import NDArray

from tightlog.domain.frames import LAP_SCHEMA
from tightlog.readers.cadence import CadenceRule
from tightlog.readers.fit import profile
from tightlog.readers.fit.clock import believable_column, instants
from tightlog.readers.fit.messages import Floats, Table, rows_of
from tightlog.readers.record_frame import frame_of, kept_rows

Columns = Mapping[str, Floats]

# What the frame is made of.
KEPT = (
    "elapsed_s", "moving_s", "distance_m", "cadence", "fractional_cadence", "heart_rate_bpm",
    "trigger",
)  # fmt: skip


def lap_columns(table: Table, latest: float) -> Columns:
    """All laps of one FIT file by name of the quantity; the start is the end less the length
    where it is not written.
    """
    laps = rows_of(table, profile.LAP_FIELDS)
    columns = {
        name: np.array([lap.get(name, np.nan) for lap in laps], dtype=np.float64)
        for name in (*KEPT, "started_s", "ended_s")
    }
    started, ended = columns["started_s"], columns["ended_s"]
    columns["started_s"] = believable_column(
        np.where(np.isnan(started), ended - columns["elapsed_s"], started), latest
    )
    return columns


def lap_frame(columns: Columns, rows: NDArray[np.bool_], rule: CadenceRule | None) -> pl.DataFrame:
    """Frame of the laps that are true in `rows` (LAP_SCHEMA), their cadence by the rule of the
    activity.
    """
    mine = {name: kept_rows(columns[name], rows) for name in (*KEPT, "started_s")}
    triggers = [_trigger(value) for value in mine["trigger"].tolist()]
    cadence = mine["cadence"] + np.nan_to_num(mine["fractional_cadence"])
    numbers = {
        "elapsed_s": mine["elapsed_s"],
        "moving_s": mine["moving_s"],
        "distance_m": mine["distance_m"],
        "cadence_spm": np.where(cadence > 0, cadence, np.nan) * (rule.factor if rule else np.nan),
        "heart_rate_bpm": mine["heart_rate_bpm"],
    }
    series = {
        "lap_index": pl.Series("lap_index", np.arange(cadence.size, dtype=np.int32)),
        "started_at": instants(mine["started_s"]).alias("started_at"),
        **{name: pl.Series(name, one, nan_to_null=True) for name, one in numbers.items()},
        "trigger": pl.Series("trigger", triggers, pl.String),
    }
    return frame_of(series[name] for name in LAP_SCHEMA)


def _trigger(number: float) -> str | None:
    return None if np.isnan(number) else profile.name_of(profile.LAP_TRIGGERS, number, "")
