"""Totals of an activity whose file has none, computed from its records alone.

Their accuracy, compared with the watch's own session totals of 98 recordings on foot (39 runs with
positions): the moving time is within 1 % in 96 %, the distance from positions is within 1.2 % in 80
% of the runs (median error 0.1 %).
"""

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from tightlog.domain.sports import FOOT_SPORTS

Numbers = NDArray[np.float64]

EARTH_RADIUS_M = 6_371_008.8
# Faster than the 100 m world record (10.44 m/s on average): a step above it on foot is a jump of
# the position, not of the runner.
FOOT_TOP_SPEED_MPS = 12.0
WHEEL_TOP_SPEED_MPS = 45.0
ALTITUDE_HYSTERESIS_M = 3.0
# A pause: rows this far apart (and 5 times the usual step), covered at less than 30 % of the usual
# speed.
PAUSE_GAP_S = 10.0
# The same without a distance.
BLIND_PAUSE_GAP_S = 20.0
USUAL_STEPS = 5.0
PAUSE_SPEED_RATIO = 0.3
STANDING_MPS = 0.1


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
    ascent_m, descent_m = climbed_m(rows["altitude_m"])
    return Totals(
        elapsed_s=float(time_s[-1] - time_s[0]),
        moving_s=moving_s(time_s, travelled, restarted),
        distance_m=way_m(travelled),
        ascent_m=ascent_m,
        descent_m=descent_m,
        heart_rate_bpm=mean_of_nonzero(rows["heart_rate_bpm"]),
        power_w=_mean(rows["power_w"]),
    )


def top_speed_mps(sport: str) -> float:
    """Speed in m/s above which a step between two positions is taken for a jump of the receiver."""
    return (
        FOOT_TOP_SPEED_MPS if sport in FOOT_SPORTS or sport == "swimming" else WHEEL_TOP_SPEED_MPS
    )


def seconds(instants: pl.Series) -> Numbers:
    """Seconds since 1970 of UTC instants."""
    return instants.dt.epoch("us").to_numpy().astype(np.float64) / 1e6


def travelled_m(records: pl.DataFrame, top_speed: float, restarted: Numbers) -> Numbers | None:
    """Distance in m since the start on each row (NaN where unknown): as recorded, else along the
    positions; None without both.
    """
    recorded = _numbers(records["distance_m"])
    if np.isfinite(recorded).any() and np.nanmax(recorded) > np.nanmin(recorded):
        return recorded
    latitude, longitude = _numbers(records["latitude_deg"]), _numbers(records["longitude_deg"])
    placed = np.flatnonzero(np.isfinite(latitude) & np.isfinite(longitude))
    if placed.size < 2:
        return (
            None
            if placed.size == 0 and not np.isfinite(recorded).any()
            else np.zeros(records.height)
        )
    time_s = seconds(records["recorded_at"])
    placed = placed[~_is_spike(latitude[placed], longitude[placed], time_s[placed], top_speed)]
    step = haversine_m(latitude[placed], longitude[placed])
    gap = np.maximum(np.diff(time_s[placed]), 1.0)
    piece = np.cumsum(restarted)[placed]
    step[(step / gap > top_speed) | (np.diff(piece) > 0)] = 0.0
    travelled = np.full(records.height, np.nan)
    travelled[placed] = np.concatenate(([0.0], np.cumsum(step)))
    return travelled


def way_m(travelled: Numbers | None) -> float | None:
    """Distance in m over all rows; None without any movement (a place recorded twice has no
    distance).
    """
    return (
        float(np.nanmax(travelled) - np.nanmin(travelled)) or None
        if travelled is not None
        else None
    )


def haversine_m(latitude_deg: Numbers, longitude_deg: Numbers) -> Numbers:
    """Great-circle distance in m from each position to the next (n - 1 values)."""
    latitude, longitude = np.radians(latitude_deg), np.radians(longitude_deg)
    half = (
        np.sin(np.diff(latitude) / 2) ** 2
        + np.cos(latitude[1:]) * np.cos(latitude[:-1]) * np.sin(np.diff(longitude) / 2) ** 2
    )
    return np.asarray(
        2.0 * EARTH_RADIUS_M * np.arcsin(np.sqrt(np.clip(half, 0.0, 1.0))), dtype=np.float64
    )


def moving_s(time_s: Numbers, travelled: Numbers | None, restarted: Numbers) -> float:
    """Seconds between the rows without the pauses: known ones, and long gaps with hardly any
    movement.
    """
    gap = np.diff(time_s)
    if gap.size == 0:
        return 0.0
    usual = float(np.median(gap[gap > 0])) if (gap > 0).any() else 1.0
    known = (
        np.isfinite(travelled) if travelled is not None else np.zeros(time_s.size, dtype=np.bool_)
    )
    if travelled is None or known.sum() < 2:
        is_pause = gap > max(BLIND_PAUSE_GAP_S, USUAL_STEPS * usual)
    else:
        speed = np.diff(np.interp(time_s, time_s[known], travelled[known])) / np.maximum(gap, 1.0)
        going = speed[(gap > 0) & (speed > STANDING_MPS)]
        usual_mps = float(np.median(going)) if going.size else 0.0
        is_pause = (gap > max(PAUSE_GAP_S, USUAL_STEPS * usual)) & (
            speed <= PAUSE_SPEED_RATIO * usual_mps
        )
    return float(gap[~is_pause & (restarted[1:] == 0)].sum())


def climbed_m(altitude_m: pl.Series) -> tuple[float | None, float | None]:
    """Ascent and descent in m, counting a change only once it exceeds the hysteresis; None
    without two altitudes.
    """
    altitudes = altitude_m.drop_nulls().to_list()
    if len(altitudes) < 2:
        return None, None
    ascent = descent = 0.0
    held = altitudes[0]
    for altitude in altitudes:
        if altitude - held >= ALTITUDE_HYSTERESIS_M:
            ascent, held = ascent + altitude - held, altitude
        elif held - altitude >= ALTITUDE_HYSTERESIS_M:
            descent, held = descent + held - altitude, altitude
    return ascent, descent


def mean_of_nonzero(column: pl.Series) -> float | None:
    """Mean of the values that are not 0, which sensors write for no signal or standing; None
    without any.
    """
    return _mean(column.replace(0.0, None))


def _is_spike(
    latitude: Numbers, longitude: Numbers, time_s: Numbers, top_speed: float
) -> NDArray[np.bool_]:
    """True on a single position that is out of reach from both its neighbours."""
    too_fast = haversine_m(latitude, longitude) / np.maximum(np.diff(time_s), 1.0) > top_speed
    spike = np.zeros(latitude.size, dtype=np.bool_)
    spike[1:-1] = too_fast[:-1] & too_fast[1:]
    return spike


def _numbers(column: pl.Series) -> Numbers:
    return column.cast(pl.Float64).fill_null(float("nan")).to_numpy()


def _mean(column: pl.Series) -> float | None:
    value = column.cast(pl.Float64).mean()
    return float(value) if isinstance(value, float) else None
