"""Lap messages → the frame of one session's laps."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from tightlog.domain.frames import LAP_SCHEMA
from tightlog.readers.cadence import CadenceRule
from tightlog.readers.fit import profile
from tightlog.readers.fit.clock import believable_column, instants
from tightlog.readers.fit.messages import Floats, Table
from tightlog.readers.fit.records import credited, quantity

Columns = Mapping[str, Floats]


def lap_columns(table: Table, latest: float) -> Columns:
    """All laps of one FIT file by name of the quantity; the start is the end less the length
    where it is not written.
    """
    columns = {
        name: credited(name, quantity(table, fields)) for name, fields in profile.LAP_FIELDS.items()
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
    mine = {name: column[rows] for name, column in columns.items()}
    cadence = mine["cadence"] + np.nan_to_num(mine["fractional_cadence"])
    frame: dict[str, Any] = {
        "lap_index": np.arange(cadence.size, dtype=np.int32),
        "started_at": instants(mine["started_s"]),
        "elapsed_s": mine["elapsed_s"],
        "moving_s": mine["moving_s"],
        "distance_m": mine["distance_m"],
        "cadence_spm": np.where(cadence > 0, cadence, np.nan) * (rule.factor if rule else np.nan),
        "heart_rate_bpm": mine["heart_rate_bpm"],
        "trigger": [_trigger(value) for value in mine["trigger"].tolist()],
    }
    return pl.DataFrame(
        [
            pl.Series(name, frame[name], dtype, nan_to_null=True)
            for name, dtype in LAP_SCHEMA.items()
        ]
    )


def _trigger(number: float) -> str | None:
    return None if np.isnan(number) else profile.name_of(profile.LAP_TRIGGERS, number, "")
