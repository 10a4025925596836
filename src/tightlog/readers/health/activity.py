"""A workout of an Apple export as an activity: records made of its samples and its route.

There is a record at each second at which the watch or the route has something. A quantity that is
counted over an interval (steps) is a rate at each of its records; one that is measured at an
instant stands at its own record alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np
import polars as pl
from numpy.typing import NDArray

from tightlog.domain.activity import Activity
from tightlog.domain.channels import CHANNEL, CHANNELS, PLAIN_MEANS
from tightlog.domain.formats import APPLE_HEALTH
from tightlog.domain.frames import LAP_SCHEMA, UTC_INSTANT
from tightlog.domain.sports import FOOT_SPORTS, GENERIC, SportRule
from tightlog.readers.health.kinds import OTHER, sport_of
from tightlog.readers.health.part_format import Sampled
from tightlog.readers.health.steps import Steps, steps_of
from tightlog.readers.health.workout_facts import Facts
from tightlog.readers.kind import sport_by_movement
from tightlog.readers.local_day import offset_in
from tightlog.readers.record_frame import record_frame
from tightlog.readers.totals import mean, mean_of_nonzero
from tightlog.readers.xml.gpx import read_gpx

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
NO_LAPS = pl.DataFrame(schema=dict(LAP_SCHEMA))
# A route's clock and the watch's agree to the second or two.
ROUTE_SLACK_S = 60.0


@dataclass(frozen=True)
class _Rows:
    """Records in order: seconds since the start, and columns by channel, NaN where missing."""

    time_s: Numbers
    columns: dict[str, Numbers]


@dataclass(frozen=True)
class _Route:
    """Records of a workout's routes, what they climb, and how many could not be read."""

    records: pl.DataFrame | None
    ascent_m: float | None
    descent_m: float | None
    unread_count: int


def activity_of(
    facts: Facts, samples: Mapping[str, Sampled], routes: tuple[bytes, ...]
) -> tuple[Activity, tuple[str, ...]]:
    """The activity, and what could not be read of it."""
    started_at = datetime.fromtimestamp(facts.started_s, UTC)
    route = _route(routes)
    rows = _rows(facts, samples, route.records)
    is_running = _is_running(facts, rows.time_s)
    sport, sub_sport = sport_of(facts.kind, facts.is_indoor, facts.swum_in)
    on_foot = sport in FOOT_SPORTS or facts.kind == OTHER
    steps = steps_of(facts, samples, rows.time_s, is_running) if on_foot else Steps()
    if steps.at_records is not None:
        rows.columns["cadence_spm"] = steps.at_records
    records = _frame(facts, rows, is_running)
    running = {name: np.where(is_running, one, np.nan) for name, one in rows.columns.items()}
    bpm = mean_of_nonzero(running["heart_rate_bpm"]) or facts.heart_rate_bpm
    distance_m = facts.distance_m or _way_m(rows)
    speed_mps = distance_m / facts.moving_s if distance_m and facts.moving_s else None
    is_unknown = facts.kind == OTHER
    climbs = sport != "swimming"
    ascent_m = facts.ascent_m if facts.ascent_m is not None else route.ascent_m
    activity = Activity(
        session_index=0,
        sport=sport,
        sub_sport=sub_sport,
        started_at=started_at,
        elapsed_s=float(facts.ended_s - facts.started_s),
        moving_s=facts.moving_s,
        distance_m=distance_m,
        records=records,
        laps=NO_LAPS,
        utc_offset_s=_offset_s(facts.zone, started_at),
        ascent_m=ascent_m if climbs else None,
        descent_m=(facts.descent_m or route.descent_m) if climbs else None,
        speed_mps=speed_mps,
        cadence_spm=steps.mean_spm,
        cadence_raw=steps.mean_spm,
        cadence_rule=None if steps.rule is None else f"{APPLE_HEALTH.name}: {steps.rule}",
        cadence_evidence=steps.evidence,
        heart_rate_bpm=bpm,
        power_w=mean(running["power_w"]),
        **{one.name: _mean_of(running[one.name], one.is_zero_missing) for one in PLAIN_MEANS},
        device=facts.device,
        is_indoor=_is_indoor(facts, rows),
        sport_rule=SportRule.UNKNOWN if is_unknown else SportRule.FILE,
        movement_sport=sport_by_movement(records, speed_mps, bpm) if is_unknown else None,
        name=facts.kind if (sport, sub_sport) == GENERIC and not is_unknown else None,
        energy_kcal=facts.energy_kcal,
    )
    return activity, _problems(facts, route)


def _problems(facts: Facts, route: _Route) -> tuple[str, ...]:
    return (
        *(() if facts.is_whole else ("its end is missing in the export",)),
        *(("its route cannot be read",) if route.unread_count else ()),
    )


def _route(routes: tuple[bytes, ...]) -> _Route:
    readings = [read_gpx(route, "") for route in routes]
    found = [activity for reading in readings for activity in reading.activities]
    unread = sum(not reading.activities for reading in readings)
    if not found:
        return _Route(None, None, None, unread)
    climbs = [
        [one for one in (getattr(activity, name) for activity in found) if one is not None]
        for name in ("ascent_m", "descent_m")
    ]
    ascent_m, descent_m = (sum(one) if one else None for one in climbs)
    # Distances of several routes begin anew: they go on from the one before.
    frames, before_m = [], 0.0
    for activity in sorted(found, key=lambda activity: activity.started_at):
        frames.append(activity.records.with_columns(pl.col("distance_m") + before_m))
        before_m += activity.distance_m or 0.0
    joined = pl.concat(frames).sort("recorded_at", maintain_order=True)
    return _Route(joined, ascent_m, descent_m, unread)


def _rows(facts: Facts, samples: Mapping[str, Sampled], route: pl.DataFrame | None) -> _Rows:
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
    rows = _Rows(time_s[order], {name: values[order] for name, values in columns.items()})
    for name, one in instants.items():
        # The speed of a route is by the second, that of the records by the interval.
        if name != "RunningSpeed" or route_s.size == 0:
            _put(rows, CHANNEL_OF[name], one["started_s"], one["value"])
    if way is not None:
        _put(rows, "distance_m", *way)
    return rows


def _route_times(facts: Facts, route: pl.DataFrame | None) -> tuple[Numbers, NDArray[np.int64]]:
    """Times of the route's records within the workout, in s since its start, and their places."""
    if route is None:
        return np.array([]), np.array([], dtype=np.int64)
    micros = route["recorded_at"].dt.epoch("us").to_numpy()
    time_s = micros / 1e6 - facts.started_s
    lasting_s = facts.ended_s - facts.started_s
    within = (time_s >= -ROUTE_SLACK_S) & (time_s <= lasting_s + ROUTE_SLACK_S)
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


def _put(rows: _Rows, name: str, at_s: NDArray[np.int32], values: Numbers) -> None:
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


def _frame(facts: Facts, rows: _Rows, is_running: NDArray[np.bool_]) -> pl.DataFrame:
    micros = np.round((rows.time_s + facts.started_s) * 1e6).astype(np.int64)
    own: dict[str, Any] = {"elapsed_s": rows.time_s, "is_timer_running": is_running}
    return record_frame(pl.Series(micros).cast(UTC_INSTANT), {**rows.columns, **own})


def _way_m(rows: _Rows) -> float | None:
    along_m = rows.columns["distance_m"]
    return float(np.nanmax(along_m)) or None if np.isfinite(along_m).any() else None


def _mean_of(values: Numbers, is_zero_missing: bool) -> float | None:
    return mean_of_nonzero(values) if is_zero_missing else mean(values)


def _is_indoor(facts: Facts, rows: _Rows) -> bool | None:
    if facts.is_indoor is not None:
        return facts.is_indoor
    return False if np.isfinite(rows.columns["latitude_deg"]).any() else None


def _offset_s(zone: str | None, at: datetime) -> int | None:
    """Offset of the zone that was stored with the workout; None without one."""
    known = zone_named(zone)
    return None if known is None else offset_in(known, at)


def zone_named(name: str | None) -> ZoneInfo | None:
    """The zone of an IANA name; None for any other text."""
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
