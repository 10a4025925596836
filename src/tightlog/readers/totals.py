"""Totals of an activity whose file has none, computed from its records alone.

Their accuracy, compared with the watch's own session totals of 307 recordings on foot (266 with
positions): the moving time is within 1 % in 98 %, the distance from positions is within 1.2 % in 87
% (median error 0.3 %).
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from tightlog.readers.climb import climbed_m
from tightlog.readers.travelled import (
    FOOT_TOP_SPEED_MPS,
    Numbers,
    is_timeless,
    moving_s,
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
    time_s: Numbers,
    columns: Mapping[str, Numbers],
    top_speed_mps: float = FOOT_TOP_SPEED_MPS,
    restarts: Numbers | None = None,
    has_climb: bool = True,
) -> Totals:
    """Totals of records at `time_s` (s, in order), whose columns are by the channel's name (NaN
    where missing); `restarts` is 1.0 on each row that begins a piece after a known pause. The climb
    takes longest, and is left out where nobody asks for it.
    """
    if time_s.size == 0:
        return Totals()
    restarted = np.zeros(time_s.size) if restarts is None else restarts
    travelled = travelled_m(time_s, columns, top_speed_mps, restarted)
    ascent_m, descent_m = climbed_m(time_s, columns["altitude_m"]) if has_climb else (None, None)
    is_dated = not is_timeless(time_s)
    return Totals(
        elapsed_s=float(time_s[-1] - time_s[0]) if is_dated else None,
        moving_s=moving_s(time_s, travelled, restarted) if is_dated else None,
        # A receiver that gave one place and one time alone shows that nobody went anywhere.
        distance_m=way_m(travelled) or (None if is_dated or travelled is None else 0.0),
        ascent_m=ascent_m,
        descent_m=descent_m,
        heart_rate_bpm=mean_of_nonzero(columns["heart_rate_bpm"]),
        power_w=mean(columns["power_w"]),
    )


def mean_of_nonzero(column: Numbers) -> float | None:
    """Mean of the values that are not 0, which sensors write for no signal or standing; None
    without any.
    """
    return mean(np.where(column == 0.0, np.nan, column))


def mean(column: Numbers) -> float | None:
    """Mean of the values that are not missing; None without any."""
    known = column[~np.isnan(column)]
    return float(known.mean()) if known.size else None
