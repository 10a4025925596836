"""Totals of an activity whose file has none, computed from its records alone.

Their accuracy, compared with the watch's own session totals of 307 recordings on foot (266 with
positions): the moving time is within 1 % in 98 %, the distance from positions is within 1.2 % in 87
% (median error 0.3 %).
"""

from dataclasses import dataclass

import numpy as np
import polars as pl

from tightlog.readers.climb import climbed_m
from tightlog.readers.travelled import (
    FOOT_TOP_SPEED_MPS,
    Numbers,
    is_timeless,
    moving_s,
    seconds,
    travelled_m,
    way_m,
)


@dataclass(frozen=True)
class Totals:
    """Totals of one activity; None where the records do not allow it."""

    elapsed_s: float | None = None
    moving_s: float | None = None
    distance_m: float | None = None
    ascent_m: float | None = None
    descent_m: float | None = None
    heart_rate_bpm: float | None = None
    power_w: float | None = None


def totals(
    records: pl.DataFrame,
    top_speed_mps: float = FOOT_TOP_SPEED_MPS,
    restarts: Numbers | None = None,
) -> Totals:
    """Totals of `records` (RECORD_SCHEMA, ordered in time); `restarts` is 1.0 on each row that
    begins a piece after a known pause.
    """
    timed = records["recorded_at"].is_not_null()
    rows = records.filter(timed)
    if rows.is_empty():
        return Totals()
    restarted = np.zeros(rows.height) if restarts is None else restarts[timed.to_numpy()]
    time_s = seconds(rows["recorded_at"])
    travelled = travelled_m(rows, top_speed_mps, restarted)
    ascent_m, descent_m = climbed_m(time_s, rows["altitude_m"])
    is_dated = not is_timeless(time_s)
    return Totals(
        elapsed_s=float(time_s[-1] - time_s[0]) if is_dated else None,
        moving_s=moving_s(time_s, travelled, restarted) if is_dated else None,
        # A receiver that gave one place and one time alone shows that nobody went anywhere.
        distance_m=way_m(travelled) or (None if is_dated or travelled is None else 0.0),
        ascent_m=ascent_m,
        descent_m=descent_m,
        heart_rate_bpm=mean_of_nonzero(rows["heart_rate_bpm"]),
        power_w=_mean(rows["power_w"]),
    )


def mean_of_nonzero(column: pl.Series) -> float | None:
    """Mean of the values that are not 0, which sensors write for no signal or standing; None
    without any.
    """
    return _mean(column.replace(0.0, None))


def _mean(column: pl.Series) -> float | None:
    value = column.cast(pl.Float64).mean()
    return float(value) if isinstance(value, float) else None
