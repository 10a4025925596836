"""How fast a recording moved, over 30 s at a time: what its kind is judged by.

The summary is stored with each activity, so that one recording can be compared with another of the
same runner without its records.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

WINDOW_S = 30.0
# Records further apart do not show how fast anybody was between them; where all are sparse (a
# point a minute), those twice as far apart as usual still do.
LONGEST_STEP_S = 60.0
SPARSE_STEPS, LONGEST_SPARSE_STEP_S = 2.0, 100.0
# A month: a recording that lasts longer has a broken clock.
LONGEST_S = 30 * 86_400.0
# Slower than this, nobody is on the way.
MOVING_MPS = 0.5
# Faster for half a minute than runners are.
RUN_TOP_MPS = 6.3


@dataclass(frozen=True)
class HalfMinutes:
    """Mean speed of each 30 s that moved (m/s), how many 30 s were seen at all, length (s) and
    distance (m) of the recording.
    """

    speed_mps: Numbers
    seen_count: int
    lasting_s: float
    distance_m: float

    @property
    def median_mps(self) -> float:
        return float(np.median(self.speed_mps))

    @property
    def spread(self) -> float:
        """(90th - 10th percentile) / median of the speed."""
        return spread(self.speed_mps)

    @property
    def fast_count(self) -> int:
        """How many half-minutes are faster than a runner."""
        return int((self.speed_mps > RUN_TOP_MPS).sum())


def half_minutes(records: pl.DataFrame) -> HalfMinutes | None:
    """How the records moved while the timer ran; None without two distances in time."""
    time_s, way_m = (_values(records[name]) for name in ("elapsed_s", "distance_m"))
    is_timed = np.isfinite(time_s) & np.isfinite(way_m) & _is_running(records["is_timer_running"])
    time_s, way_m = time_s[is_timed], way_m[is_timed]
    if time_s.size < 2:
        return None
    if np.any(np.diff(time_s) < 0.0):
        order = np.argsort(time_s, kind="stable")
        time_s, way_m = time_s[order], way_m[order]
    speed_mps = _window_speeds(time_s, way_m)
    return HalfMinutes(
        speed_mps=speed_mps[speed_mps > MOVING_MPS],
        seen_count=speed_mps.size,
        lasting_s=float(time_s[-1] - time_s[0]),
        distance_m=float(way_m.max() - way_m.min()),
    )


def _values(column: pl.Series) -> Numbers:
    """The column as numbers, nan where it is null."""
    return column.to_numpy().astype(np.float64, copy=False)


def _is_running(column: pl.Series) -> NDArray[np.bool_]:
    """True where the timer runs, or where nothing says so."""
    return np.asarray(np.not_equal(column.to_numpy(), False), dtype=np.bool_)


def window_columns(records: pl.DataFrame) -> Mapping[str, float | None]:
    """The half-minutes of an activity as its row stores them: counts; mean, 90th percentile (m/s)
    and spread of those that moved, None where none did.
    """
    moved = half_minutes(records) if records.height else None
    counts = (moved.seen_count, moved.speed_mps.size, moved.fast_count) if moved else (0, 0, 0)
    columns: dict[str, float | None] = dict(zip(_COUNTS, counts, strict=True))
    speeds: tuple[float | None, ...] = (None, None, None)
    if moved and moved.speed_mps.size:
        low, middle, high = _quantiles(moved.speed_mps)
        speeds = (float(moved.speed_mps.mean()), high, (high - low) / middle)
    return columns | dict(zip(_SPEEDS, speeds, strict=True))


_COUNTS = ("seen_window_count", "moving_window_count", "fast_window_count")
_SPEEDS = ("window_speed_mps", "window_speed_high_mps", "window_speed_spread")
WINDOW_TYPES = dict.fromkeys(_COUNTS, pl.Int32) | dict.fromkeys(_SPEEDS, pl.Float64)


def spread(speed_mps: Numbers) -> float:
    """(90th - 10th percentile) / median."""
    low, middle, high = _quantiles(speed_mps)
    return (high - low) / middle


def _quantiles(speed_mps: Numbers) -> tuple[float, float, float]:
    """10th, 50th and 90th percentile."""
    low, middle, high = np.percentile(speed_mps, (10, 50, 90)).tolist()
    return low, middle, high


def _window_speeds(time_s: Numbers, way_m: Numbers) -> Numbers:
    """Mean speed in m/s of each 30 s between the records; none where these are far apart
    or the clock is broken.
    """
    if time_s[-1] - time_s[0] > LONGEST_S:
        return np.empty(0)
    edges = np.arange(time_s[0], time_s[-1] + 1.0, WINDOW_S)
    if edges.size < 2:
        return np.empty(0)
    speed = np.diff(np.interp(edges, time_s, way_m)) / WINDOW_S
    before = np.searchsorted(time_s, edges[:-1], side="right") - 1
    after = np.minimum(before + 1, time_s.size - 1)
    is_seen = time_s[after] - time_s[before] <= _longest_step_s(time_s)
    return np.asarray(speed[is_seen], dtype=np.float64)


def _longest_step_s(time_s: Numbers) -> float:
    """How far apart two records may be to show the movement between them, s."""
    steps_s = np.diff(time_s)
    if steps_s.max() <= LONGEST_STEP_S:
        return LONGEST_STEP_S
    usual_s = float(np.median(steps_s))
    return min(max(LONGEST_STEP_S, SPARSE_STEPS * usual_s), LONGEST_SPARSE_STEP_S)
