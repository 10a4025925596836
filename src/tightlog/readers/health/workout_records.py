"""Records of a workout: one at each second at which the watch or the route has something.

A quantity that is measured at an instant stands at its own record alone; distance without a route
stands at the end of each of its intervals.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from tightlog.domain.channels import CHANNEL, CHANNELS
from tightlog.domain.frames import UTC_INSTANT
from tightlog.readers.health.part_format import Sampled
from tightlog.readers.health.workout_facts import Facts
from tightlog.readers.record_frame import record_frame

Numbers = NDArray[np.float64]

# The channel of each quantity that is measured at an instant.
CHANNEL_OF = {
    "HeartRate": "heart_rate_bpm",
    "RunningSpeed": "speed_mps",
    "RunningPower": "power_w",
    "RunningStrideLength": "step_length_mm",
    "RunningVerticalOscillation": "vertical_oscillation_mm",
    "RunningGroundContactTime": "ground_contact_ms",
}
FROM_ROUTE = ("latitude_deg", "longitude_deg", "altitude_m", "distance_m", "speed_mps")
# The mean over a longer time is no speed at a record.
LONGEST_SPEED_S = 60


@dataclass(frozen=True)
class Rows:
    """Records in order: seconds since the start, whether the timer runs, and columns by channel,
    NaN where missing.
    """

    time_s: Numbers
    is_running: NDArray[np.bool_]
    columns: dict[str, Numbers]

    def running(self, name: str) -> Numbers:
        """A column while the timer runs, NaN else."""
        return np.where(self.is_running, self.columns[name], np.nan)

    def way_m(self) -> float | None:
        """How far the records lead; None where they do not say."""
        along_m = self.columns["distance_m"]
        return float(np.nanmax(along_m)) or None if np.isfinite(along_m).any() else None

    def frame(self, started_s: int) -> pl.DataFrame:
        """Frame of RECORD_SCHEMA of a workout that started at these seconds since 1970."""
        micros = np.round((self.time_s + started_s) * 1e6).astype(np.int64)
        own: dict[str, Any] = {"elapsed_s": self.time_s, "is_timer_running": self.is_running}
        return record_frame(pl.Series(micros).cast(UTC_INSTANT), {**self.columns, **own})


def workout_rows(facts: Facts, samples: Mapping[str, Sampled], route: pl.DataFrame | None) -> Rows:
    """Records at the times of the route and of the samples within the workout."""
    lasting_s = facts.ended_s - facts.started_s
    route_s, place = _route_times(facts, route)
    instants = {
        name: samples[name][_is_within(samples[name]["started_s"], lasting_s)]
        for name in CHANNEL_OF
        if name in samples
    }
    way = _way(samples, lasting_s) if route_s.size == 0 else None
    sampled = [one["started_s"] for one in instants.values()]
    sampled += [] if way is None else [way[0]]
    at_s = np.unique(np.concatenate(sampled)) if sampled else np.array([])
    own_s = at_s[~np.isin(at_s, route_s)].astype(np.float64)
    time_s = np.concatenate((route_s, own_s))
    order = np.argsort(time_s, kind="stable")
    columns = {channel.name: np.full(time_s.size, np.nan) for channel in CHANNELS}
    if route is not None:
        for name in FROM_ROUTE:
            columns[name][: route_s.size] = route[name].to_numpy()[place]
    rows = Rows(
        time_s[order],
        _is_running(facts, time_s[order]),
        {name: values[order] for name, values in columns.items()},
    )
    for name, one in instants.items():
        # The speed of a route is by the second, that of the records by the interval.
        if name != "RunningSpeed" or route_s.size == 0:
            _put(rows, CHANNEL_OF[name], one["started_s"], one["value"])
    if way is not None:
        _put(rows, "distance_m", *way)
        if np.isnan(rows.columns["speed_mps"]).all():
            _put(rows, "speed_mps", *_speeds(samples["DistanceWalkingRunning"], lasting_s))
    return rows


def _route_times(facts: Facts, route: pl.DataFrame | None) -> tuple[Numbers, NDArray[np.int64]]:
    """Times of the route's records within the workout, in s since its start, and their places."""
    if route is None:
        return np.array([]), np.array([], dtype=np.int64)
    micros = route["recorded_at"].dt.epoch("us").to_numpy()
    time_s = micros / 1e6 - facts.started_s
    lasting_s = facts.ended_s - facts.started_s
    within = (time_s >= 0.0) & (time_s <= lasting_s)
    return time_s[within], np.flatnonzero(within)


def _is_within(at_s: NDArray[np.int32], lasting_s: int) -> NDArray[np.bool_]:
    return np.asarray((at_s >= 0) & (at_s <= lasting_s), dtype=np.bool_)


def _way(
    samples: Mapping[str, Sampled], lasting_s: int
) -> tuple[NDArray[np.int32], Numbers] | None:
    """Distance since the start at the end of each interval of distance, of a workout without a
    route; None without any.
    """
    found = samples.get("DistanceWalkingRunning")
    if found is None:
        return None
    found = found[(found["started_s"] >= 0) & (found["ended_s"] <= lasting_s)]
    found = np.sort(found, order=("ended_s", "started_s"))
    if not found.size:
        return None
    along_m = np.cumsum(np.maximum(found["value"], 0.0))
    ended_s, last = np.unique(found["ended_s"][::-1], return_index=True)
    values = along_m[::-1][last]
    begin_s = int(found["started_s"].min())
    if begin_s < ended_s[0]:
        return np.insert(ended_s, 0, begin_s), np.insert(values, 0, 0.0)
    return ended_s, values


def _speeds(found: Sampled, lasting_s: int) -> tuple[NDArray[np.int32], Numbers]:
    """Mean speed of each short interval of distance, at its end."""
    own_s = found["ended_s"] - found["started_s"]
    is_short = (own_s > 0) & (own_s <= LONGEST_SPEED_S) & _is_within(found["ended_s"], lasting_s)
    return found["ended_s"][is_short], found["value"][is_short] / own_s[is_short]


def _put(rows: Rows, name: str, at_s: NDArray[np.int32], values: Numbers) -> None:
    """Puts credible values at the first record of each of their times."""
    channel = CHANNEL[name]
    low, high = channel.credible or (-np.inf, np.inf)
    is_known = np.isfinite(values) & (values >= low) & (values <= high)
    if channel.is_zero_missing:
        is_known &= values != 0.0
    place = np.searchsorted(rows.time_s, at_s[is_known])
    rows.columns[name][place] = values[is_known]


def _is_running(facts: Facts, time_s: Numbers) -> NDArray[np.bool_]:
    runs = np.ones(time_s.size, dtype=np.bool_)
    for from_s, until_s in facts.pauses:
        runs &= (time_s <= from_s) | (time_s >= until_s)
    return runs


def _frame(facts: Facts, rows: Rows, is_running: NDArray[np.bool_]) -> pl.DataFrame:
    micros = np.round((rows.time_s + facts.started_s) * 1e6).astype(np.int64)
    own: dict[str, Any] = {"elapsed_s": rows.time_s, "is_timer_running": is_running}
    return record_frame(pl.Series(micros).cast(UTC_INSTANT), {**rows.columns, **own})
