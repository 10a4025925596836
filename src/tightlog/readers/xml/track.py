"""From the rows of an XML track to an activity: one timeline, one distance, cadence in steps per
minute, totals.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, TypeGuard

import numpy as np
import polars as pl

from tightlog.domain.activity import Activity
from tightlog.domain.channels import CADENCE, PLAIN_MEANS
from tightlog.domain.formats import Format
from tightlog.domain.frames import LAP_SCHEMA, UTC_INSTANT
from tightlog.domain.sports import SportRule
from tightlog.readers.cadence import cadence_source, settled
from tightlog.readers.clock_jumps import START_SLACK_S
from tightlog.readers.kind import sport_by_movement
from tightlog.readers.record_frame import frame_of
from tightlog.readers.sport_words import settled_sport
from tightlog.readers.totals import Totals, mean, mean_of_nonzero, totals
from tightlog.readers.travelled import (
    Numbers,
    moving_s,
    timeless_words,
    top_speed_mps,
    travelled_m,
    way_m,
)
from tightlog.readers.xml.pieces import repair_words
from tightlog.readers.xml.rows.row_times import time_us_of
from tightlog.readers.xml.rows.rows import Rows
from tightlog.readers.xml.track_records import TrackRecords, grown_m, is_indoor, track_records

# Exporters write 0, minutes for seconds or only the last lap; a written total may exceed the
# records far more (they are sparse or cut off).
LOWEST_STATED, HIGHEST_STATED = 0.5, 10.0
NO_LAPS = pl.DataFrame(schema=dict(LAP_SCHEMA))


@dataclass(frozen=True)
class Track:
    """One activity of a file: dated rows in order (see `joined`), and the data around them."""

    rows: Rows
    started_at: datetime
    declared_sports: tuple[str | None, ...]
    hints: tuple[str | None, ...]
    file_format: Format
    name: str | None = None
    device: str | None = None
    stated: Totals = field(default_factory=Totals)
    stated_cadence: float | None = None
    energy_kcal: float | None = None
    utc_offset_s: int | None = None
    # Columns of LAP_SCHEMA; their cadence is still as recorded.
    laps: Mapping[str, Sequence[Any]] = field(default_factory=dict)


def track_problems(track: Track, activity: Activity) -> tuple[str, ...]:
    """What a runner should know about the times of a track, as reasons."""
    rows = track.rows
    return repair_words(rows) + timeless_words(rows.time_s, activity.elapsed_s)


def lap_frame(laps: Mapping[str, Sequence[Any]], factor: float | None) -> pl.DataFrame:
    """Frame of LAP_SCHEMA from its columns; `factor` makes steps/min of the recorded cadence, and
    is None where it is not known.
    """
    if not laps:
        return NO_LAPS
    spm = [one * factor if one is not None and factor else None for one in laps[CADENCE.name]]
    return frame_of(
        _lap_series(name, spm if name == CADENCE.name else laps[name], dtype)
        for name, dtype in LAP_SCHEMA.items()
    )


def _lap_series(name: str, values: Sequence[Any], dtype: Any) -> pl.Series:
    """A column of laps; times by way of an array, which costs a fifth of a list."""
    if dtype == pl.Float64:
        return pl.Series(name, np.array(values, dtype=np.float64), nan_to_null=True)
    if dtype == UTC_INSTANT:
        return pl.Series(name, np.array([time_us_of(at) for at in values])).cast(dtype)
    return pl.Series(name, values, dtype)


def is_start_of(written_at: datetime | None, first_at: datetime) -> TypeGuard[datetime]:
    """True for a written start that lies shortly before the first row."""
    return (
        written_at is not None and 0.0 <= (first_at - written_at).total_seconds() <= START_SLACK_S
    )


def activity_of(track: Track, session_index: int) -> Activity:
    """Activity of a track; without rows it has the written totals only (a treadmill run typed in by
    hand).
    """
    rows = replace(track.rows, columns={**track.rows.columns, "distance_m": grown_m(track.rows)})
    kind = _kind(track, rows)
    top_mps = top_speed_mps(kind.movement_sport or kind.sport)
    records = track_records(rows, track.started_at, _travelled_m(rows, top_mps))
    final = _final_totals(track, rows, records, top_mps)
    speed_mps = final.distance_m / final.moving_s if final.distance_m and final.moving_s else None
    factor, cadence = _cadence(track, rows, kind.sport, speed_mps)
    means: dict[str, Any] = {one.name: _mean_of(records, one.name) for one in PLAIN_MEANS}
    # A wrist under water measures waves and pressure, not height.
    has_climb = kind.sport != "swimming"
    return Activity(
        session_index=session_index,
        sport=kind.sport,
        sub_sport=kind.sub_sport,
        started_at=track.started_at,
        elapsed_s=final.elapsed_s,
        moving_s=final.moving_s,
        distance_m=final.distance_m,
        records=records.frame(rows.columns[CADENCE.raw_name] * (factor or np.nan)),
        laps=lap_frame(track.laps, factor),
        utc_offset_s=track.utc_offset_s,
        ascent_m=final.ascent_m if has_climb else None,
        descent_m=final.descent_m if has_climb else None,
        speed_mps=speed_mps,
        **cadence,
        heart_rate_bpm=final.heart_rate_bpm,
        power_w=final.power_w,
        **means,
        device=track.device,
        is_indoor=is_indoor(kind.sport, kind.sub_sport, rows),
        name=track.name,
        energy_kcal=track.energy_kcal,
        sport_rule=kind.rule,
        movement_sport=kind.movement_sport,
    )


@dataclass(frozen=True)
class _Kind:
    """Sport and what says it; where nothing does, what the movement shows."""

    sport: str
    sub_sport: str
    rule: SportRule
    movement_sport: str | None = None


def _kind(track: Track, rows: Rows) -> _Kind:
    pace_mps = _pace_mps(track.stated, rows)
    (sport, sub_sport), rule = settled_sport(track.declared_sports, track.hints, pace_mps)
    if rule is not SportRule.UNKNOWN:
        return _Kind(sport, sub_sport, rule)
    records = track_records(rows, track.started_at, _travelled_m(rows, top_speed_mps(sport)))
    frame = records.frame(rows.columns[CADENCE.raw_name])
    bpm = track.stated.heart_rate_bpm or mean_of_nonzero(rows.columns["heart_rate_bpm"])
    return _Kind(sport, sub_sport, rule, sport_by_movement(frame, pace_mps, bpm))


def _final_totals(track: Track, rows: Rows, records: TrackRecords, top_mps: float) -> Totals:
    """The totals that count; the track lasts from its start to its last record."""
    own = totals(records.time_s, records.columns, top_mps, rows.restarts)
    lasting_s = float(records.elapsed_s[-1]) if own.elapsed_s is not None else None
    return settled_totals(track.stated, replace(own, elapsed_s=lasting_s))


def _cadence(
    track: Track, rows: Rows, sport: str, speed_mps: float | None
) -> tuple[float | None, dict[str, Any]]:
    """Factor from the recorded cadence to steps/min, and the fields of the activity about it."""
    stated = np.array([track.stated_cadence or np.nan])
    raw = rows.columns[CADENCE.raw_name] if rows.height else stated
    rule = settled(sport, raw, speed_mps, cadence_source(track.file_format, track.device))
    factor, mean_raw = rule.factor if rule else None, mean_of_nonzero(raw)
    return factor, {
        "cadence_spm": mean_raw * factor if mean_raw and factor else None,
        "cadence_raw": mean_raw,
        "cadence_rule": rule.name if rule else None,
        "cadence_evidence": rule.evidence if rule else None,
    }


def _mean_of(records: TrackRecords, name: str) -> float | None:
    return mean(records.columns[name]) if name in records.columns else None


def _travelled_m(rows: Rows, top_mps: float) -> Numbers | None:
    return travelled_m(rows.time_s, rows.columns, top_mps, rows.restarts)


def settled_totals(stated: Totals, own: Totals) -> Totals:
    """Written totals where they are believable compared with our own, else our own; no activity
    moves longer than it lasts.
    """
    elapsed_s, moving = (
        _believed(stated.elapsed_s, own.elapsed_s),
        _believed(stated.moving_s, own.moving_s),
    )
    if elapsed_s is not None and moving is not None:
        elapsed_s = max(elapsed_s, moving)
    return Totals(
        elapsed_s=elapsed_s,
        moving_s=moving,
        distance_m=_believed(stated.distance_m, own.distance_m),
        ascent_m=own.ascent_m,
        descent_m=own.descent_m,
        heart_rate_bpm=own.heart_rate_bpm
        if stated.heart_rate_bpm is None
        else stated.heart_rate_bpm,
        power_w=own.power_w,
    )


def _believed(stated: float | None, own: float | None) -> float | None:
    if not stated or not own:
        return stated or own
    return stated if own * LOWEST_STATED <= stated <= own * HIGHEST_STATED else own


def _pace_mps(stated: Totals, rows: Rows) -> float | None:
    """Mean speed in m/s, before the sport is known; None without any distance."""
    if stated.distance_m and stated.moving_s:
        return stated.distance_m / stated.moving_s
    travelled = _travelled_m(rows, top_speed_mps("generic")) if rows.height > 1 else None
    if travelled is None:
        return None
    distance_m, lasting_s = way_m(travelled), moving_s(rows.time_s, travelled, rows.restarts)
    return distance_m / lasting_s if distance_m and lasting_s > 0 else None
