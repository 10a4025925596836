"""A workout of an Apple export as an activity: what it says of itself, and its records."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np
import polars as pl

from tightlog.domain.activity import Activity
from tightlog.domain.channels import HEART_RATE, PLAIN_MEANS
from tightlog.domain.formats import APPLE_HEALTH
from tightlog.domain.frames import LAP_SCHEMA
from tightlog.domain.sports import FOOT_SPORTS, GENERIC, SportRule
from tightlog.readers.health.kinds import OTHER, sport_of
from tightlog.readers.health.part_format import Sampled
from tightlog.readers.health.steps import Steps, steps_of
from tightlog.readers.health.workout_facts import Facts
from tightlog.readers.health.workout_records import Rows, workout_rows
from tightlog.readers.kind import sport_by_movement
from tightlog.readers.local_day import offset_in
from tightlog.readers.totals import mean, mean_of_nonzero
from tightlog.readers.xml.gpx import read_gpx

NO_LAPS = pl.DataFrame(schema=dict(LAP_SCHEMA))


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
    rows = workout_rows(facts, samples, route.records)
    sport, sub_sport = sport_of(facts.kind, facts.is_indoor, facts.swum_in)
    is_unknown = facts.kind == OTHER
    on_foot = sport in FOOT_SPORTS or is_unknown
    steps = steps_of(facts, samples, rows.time_s, rows.is_running) if on_foot else Steps()
    if steps.at_records is not None:
        rows.columns["cadence_spm"] = steps.at_records
    records = rows.frame(facts.started_s)
    bpm = mean_of_nonzero(rows.running("heart_rate_bpm")) or HEART_RATE.credited(
        facts.heart_rate_bpm
    )
    distance_m = facts.distance_m or rows.way_m()
    speed_mps = distance_m / facts.moving_s if distance_m and facts.moving_s else None
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
        **_climb(facts, route, sport),
        speed_mps=speed_mps,
        **_cadence(steps),
        heart_rate_bpm=bpm,
        **_means(rows),
        device=facts.device,
        is_indoor=_is_indoor(facts, rows),
        sport_rule=SportRule.UNKNOWN if is_unknown else SportRule.FILE,
        movement_sport=sport_by_movement(records, speed_mps, bpm) if is_unknown else None,
        name=facts.kind if (sport, sub_sport) == GENERIC and not is_unknown else None,
        energy_kcal=facts.energy_kcal,
    )
    return activity, _problems(facts, route)


def _climb(facts: Facts, route: _Route, sport: str) -> dict[str, Any]:
    """Ascent and descent by the watch's barometer, else by the route; none of a swim."""
    if sport == "swimming":
        return {}
    if facts.ascent_m is not None or facts.descent_m is not None:
        return {"ascent_m": facts.ascent_m, "descent_m": facts.descent_m}
    return {"ascent_m": route.ascent_m, "descent_m": route.descent_m}


def _cadence(steps: Steps) -> dict[str, Any]:
    return {
        "cadence_spm": steps.mean_spm,
        "cadence_raw": steps.mean_spm,
        "cadence_rule": None if steps.rule is None else f"{APPLE_HEALTH.name}: {steps.rule}",
        "cadence_evidence": steps.evidence,
    }


def _means(rows: Rows) -> dict[str, Any]:
    """Means of what is measured on the body, while the timer runs."""
    plain = {
        one.name: (mean_of_nonzero if one.is_zero_missing else mean)(rows.running(one.name))
        for one in PLAIN_MEANS
    }
    return {"power_w": mean(rows.running("power_w")), **plain}


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


def _is_indoor(facts: Facts, rows: Rows) -> bool | None:
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
