"""From the rows of an XML track to an activity: one timeline, one distance, cadence in steps per
minute, totals.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from tightlog.domain.activity import Activity
from tightlog.domain.channels import PLAIN_MEANS
from tightlog.domain.clocks import UTC_OFFSET_STEP_S, nearest_utc_offset_s
from tightlog.domain.formats import Format
from tightlog.domain.frames import LAP_SCHEMA, RECORD_SCHEMA, UTC_INSTANT
from tightlog.domain.sports import FOOT_SPORTS, INDOOR_SUB_SPORTS, SportRule
from tightlog.readers.cadence import cadence_source, settled
from tightlog.readers.clock_jumps import LEAST_BACK_S, Repair, is_ahead, steady, usual_step_s
from tightlog.readers.kind import sport_by_movement
from tightlog.readers.recorded_distance import growing_m
from tightlog.readers.sport_words import settled_sport
from tightlog.readers.totals import Totals, mean_of_nonzero, totals
from tightlog.readers.travelled import (
    Numbers,
    haversine_m,
    is_timeless,
    moving_s,
    seconds,
    timeless_words,
    top_speed_mps,
    travelled_m,
    way_m,
)

# Two rows further apart than this, in m, are of two tracks and not of two clocks.
FAR_M = 300.0
# A watch may start, or begin a lap, long before it has a position; earlier than this, the written
# time is of something else.
START_SLACK = timedelta(minutes=10)
# Speed from positions is taken over this window; a single second of GPS is mostly noise.
SPEED_WINDOW_S = 10.0
# Records this far apart come from a phone's activity recognition, which does not show whether it
# was indoors.
SPARSE_STEP_S = 30.0
LEAST_STEPS = 10
# Exporters write 0, minutes for seconds or only the last lap; a written total may exceed the
# records far more (they are sparse or cut off).
LOWEST_STATED, HIGHEST_STATED = 0.5, 10.0


@dataclass(frozen=True)
class Track:
    """One activity of a file: dated rows in order (see `joined`), and the data around them."""

    rows: pl.DataFrame
    started_at: datetime
    declared_sports: tuple[str | None, ...]
    hints: tuple[str | None, ...]
    file_format: Format
    name: str | None = None
    device: str | None = None
    stated: Totals = field(default_factory=Totals)
    stated_cadence: float | None = None
    utc_offset_s: int | None = None
    laps: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=dict(LAP_SCHEMA)))


def joined(pieces: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """Dated rows of the pieces of one activity in the order of time; is_restart is true where a
    piece begins after another.
    """
    dated = on_one_clock(pieces)
    filled = [piece for piece in dated if not piece.is_empty()] or [dated[0].clear()]
    marked = [
        piece.with_columns(is_restart=(pl.int_range(pl.len()) == 0) & pl.lit(number > 0))
        for number, piece in enumerate(filled)
    ]
    return pl.concat(marked).sort("recorded_at", maintain_order=True)


def on_one_clock(pieces: Sequence[pl.DataFrame]) -> list[pl.DataFrame]:
    """Dated rows of the pieces of one activity in the order of the file, with shift_s, by which
    rows of another clock were moved (0 for the others). Pieces that are on one clock stay.
    """
    steady_pieces = [
        piece
        if "shift_s" in piece.columns
        else _shifted(piece.filter(pl.col("recorded_at").is_not_null()).with_columns(shift_s=0.0))
        for piece in pieces
    ]
    together = pl.concat(steady_pieces) if len(pieces) > 1 else None
    lengths = [piece.height for piece in steady_pieces]
    if together is None or not _jumps_between(together, np.cumsum(lengths)[:-1]):
        return steady_pieces
    moved, firsts = _shifted(together), np.cumsum([0, *lengths])
    return [moved.slice(int(a), n) for a, n in zip(firsts, lengths, strict=False)]


def _shifted(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows with those of another clock moved."""
    time_s = seconds(rows["recorded_at"])
    steady_s, repair = steady(time_s, lambda: _is_far(rows), bool(rows["is_naive"].any()))
    if repair is None:
        return rows
    moved = rows.with_columns(by_s=pl.Series(steady_s - time_s))
    return moved.with_columns(
        (pl.col("recorded_at") + pl.duration(microseconds=(pl.col("by_s") * 1e6).round())).cast(
            UTC_INSTANT
        ),
        shift_s=pl.col("shift_s") + pl.col("by_s"),
    ).drop("by_s")


def _jumps_between(rows: pl.DataFrame, firsts: Sequence[int] | NDArray[np.int64]) -> bool:
    """True where the clock jumps from one piece to the next, and each step back is none of the
    order of the pieces: what follows goes on where the one before ended.
    """
    step_s = np.diff(seconds(rows["recorded_at"]))
    starts = sorted({int(first) for first in firsts if 0 < first < rows.height})
    between_s = step_s[[first - 1 for first in starts]]
    backs = [
        first for first, long_s in zip(starts, between_s, strict=True) if long_s < -LEAST_BACK_S
    ]
    is_jump = bool(backs) or bool(is_ahead(between_s, usual_step_s(step_s)).any())
    return is_jump and all(_goes_on(rows, first) for first in backs)


def _goes_on(rows: pl.DataFrame, first: int) -> bool:
    """True where the rows from `first` on continue those before: in their recorded distance, else
    in their place, which by the order of time they would not. On a lap that ends where it began
    a step back by a zone, or into the time of the rows before, is none of the order.
    """
    before_m, after_m = rows["distance_m"][first - 1], rows["distance_m"][first]
    if before_m and after_m:
        return bool(0.0 <= after_m - before_m <= FAR_M)
    at = [first - 1, first, rows.height - 1, 0]
    places = rows[at].select(pl.col("latitude_deg", "longitude_deg").fill_null(float("nan")))
    along_m, _, around_m = haversine_m(*(places[name].to_numpy() for name in places.columns))
    if not along_m <= FAR_M:
        return False
    time_s = seconds(rows["recorded_at"])
    usual_s = usual_step_s(np.diff(time_s))
    back_s = float(time_s[first] - time_s[first - 1]) - usual_s
    by_zone = (
        abs(back_s - nearest_utc_offset_s(back_s)) <= 2 * usual_s
        and back_s < -UTC_OFFSET_STEP_S / 2
    )
    return bool(around_m > FAR_M or by_zone or time_s[-1] > time_s[0])


def track_problems(track: Track, activity: Activity) -> tuple[str, ...]:
    """What a runner should know about the times of a track, as reasons."""
    return _repair_words(track.rows) + timeless_words(activity.records, activity.elapsed_s)


def _repair_words(rows: pl.DataFrame) -> tuple[str, ...]:
    """What was shifted in the rows of `joined`, as a reason; nothing where none was."""
    moved = rows.filter(pl.col("shift_s") != 0.0)["shift_s"].abs()
    if moved.is_empty():
        return ()
    return (Repair(len(moved), float(moved.to_numpy().max())).words,)


def _is_far(piece: pl.DataFrame) -> NDArray[np.bool_]:
    """True between two rows further apart than a clock can explain; one shorter than the rows."""
    latitude, longitude = (
        piece[name].fill_null(float("nan")).to_numpy() for name in ("latitude_deg", "longitude_deg")
    )
    return np.asarray(haversine_m(latitude, longitude) > FAR_M, dtype=np.bool_)


def activity_of(track: Track, session_index: int) -> Activity:
    """Activity of a track; without rows it has the written totals only (a treadmill run typed in by
    hand).
    """
    rows = track.rows.with_columns(_growing(track.rows))
    restarts = rows["is_restart"].cast(pl.Float64).to_numpy()
    kind = _kind(track, rows, restarts)
    sport, top_mps = kind.sport, top_speed_mps(kind.movement_sport or kind.sport)
    records = _records(rows, track.started_at, travelled_m(rows, top_mps, restarts))
    own = totals(records, top_mps, restarts)
    lasting_s = float(records["elapsed_s"][-1]) if own.elapsed_s is not None else None
    final = settled_totals(track.stated, replace(own, elapsed_s=lasting_s))
    speed_mps = final.distance_m / final.moving_s if final.distance_m and final.moving_s else None
    raw = (
        rows["cadence_raw"].fill_null(float("nan")).to_numpy()
        if rows.height
        else np.array([track.stated_cadence or np.nan])
    )
    rule = settled(sport, raw, speed_mps, cadence_source(track.file_format, track.device))
    factor = rule.factor if rule else None
    cadence_raw = mean_of_nonzero(pl.Series(raw).fill_nan(None))
    means: dict[str, Any] = {one.name: records[one.name].mean() for one in PLAIN_MEANS}
    return Activity(
        session_index=session_index,
        sport=sport,
        sub_sport=kind.sub_sport,
        started_at=track.started_at,
        elapsed_s=final.elapsed_s,
        moving_s=final.moving_s,
        distance_m=final.distance_m,
        records=records.with_columns(cadence_spm=rows["cadence_raw"] * factor),
        laps=track.laps.with_columns(cadence_spm=pl.col("cadence_spm") * factor),
        utc_offset_s=track.utc_offset_s,
        # A wrist under water measures waves and pressure, not height.
        ascent_m=None if sport == "swimming" else final.ascent_m,
        descent_m=None if sport == "swimming" else final.descent_m,
        speed_mps=speed_mps,
        cadence_spm=cadence_raw * factor if cadence_raw and factor else None,
        cadence_raw=cadence_raw,
        cadence_rule=rule.name if rule else None,
        cadence_evidence=rule.evidence if rule else None,
        heart_rate_bpm=final.heart_rate_bpm,
        power_w=final.power_w,
        **means,
        device=track.device,
        is_indoor=_is_indoor(sport, kind.sub_sport, rows),
        name=track.name,
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


def _kind(track: Track, rows: pl.DataFrame, restarts: Numbers) -> _Kind:
    pace_mps = _pace_mps(track.stated, rows, restarts)
    (sport, sub_sport), rule = settled_sport(track.declared_sports, track.hints, pace_mps)
    if rule is not SportRule.UNKNOWN:
        return _Kind(sport, sub_sport, rule)
    travelled = travelled_m(rows, top_speed_mps(sport), restarts)
    records = _records(rows, track.started_at, travelled).with_columns(
        cadence_spm=rows["cadence_raw"]
    )
    bpm = track.stated.heart_rate_bpm or mean_of_nonzero(rows["heart_rate_bpm"])
    return _Kind(sport, sub_sport, rule, sport_by_movement(records, pace_mps, bpm))


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


def _pace_mps(stated: Totals, rows: pl.DataFrame, restarts: Numbers) -> float | None:
    """Mean speed in m/s, before the sport is known; None without any distance."""
    if stated.distance_m and stated.moving_s:
        return stated.distance_m / stated.moving_s
    travelled = travelled_m(rows, top_speed_mps("generic"), restarts) if rows.height > 1 else None
    if travelled is None:
        return None
    distance_m, lasting_s = (
        way_m(travelled),
        moving_s(seconds(rows["recorded_at"]), travelled, restarts),
    )
    return distance_m / lasting_s if distance_m and lasting_s > 0 else None


def _records(rows: pl.DataFrame, started_at: datetime, travelled: Numbers | None) -> pl.DataFrame:
    """Records of RECORD_SCHEMA; distance and speed come from the positions where the file has
    none. Cadence is still empty.
    """
    elapsed_s = seconds(rows["recorded_at"]) - started_at.timestamp()
    is_dated = not is_timeless(elapsed_s)
    computed = {
        "record_index": pl.Series(np.arange(rows.height)),
        "elapsed_s": pl.Series(elapsed_s if is_dated else np.full(rows.height, np.nan)).fill_nan(
            None
        ),
        "is_timer_running": pl.repeat(True, rows.height, dtype=pl.Boolean, eager=True),
    }
    if travelled is not None:
        computed["distance_m"] = pl.Series(travelled).fill_nan(None)
    if travelled is not None and rows["speed_mps"].null_count() == rows.height:
        computed["speed_mps"] = _speed_mps(elapsed_s, travelled)
    if (rows["altitude_m"].drop_nulls() == 0.0).all():
        # Exporters without an altitude write 0 on every row.
        computed["altitude_m"] = pl.repeat(None, rows.height, dtype=pl.Float64, eager=True)
    known = rows.with_columns(series.alias(name) for name, series in computed.items())
    return known.select(
        (pl.col(name) if name in known.columns else pl.lit(None)).cast(kind).alias(name)
        for name, kind in RECORD_SCHEMA.items()
    )


def _speed_mps(elapsed_s: Numbers, travelled: Numbers) -> pl.Series:
    """Speed in m/s at each row over the window around it; null where no distance is known."""
    known = np.isfinite(travelled)
    if known.sum() < 2:
        return pl.repeat(None, elapsed_s.size, dtype=pl.Float64, eager=True)
    first_s, last_s = elapsed_s[known][[0, -1]]
    before, after = (
        np.maximum(elapsed_s - SPEED_WINDOW_S / 2, first_s),
        np.minimum(elapsed_s + SPEED_WINDOW_S / 2, last_s),
    )
    way = np.interp(after, elapsed_s[known], travelled[known]) - np.interp(
        before, elapsed_s[known], travelled[known]
    )
    is_known = known & (after > before)
    return pl.Series(
        np.where(is_known, way / np.where(is_known, after - before, 1.0), np.nan)
    ).fill_nan(None)


def _growing(rows: pl.DataFrame) -> pl.Series:
    """Recorded distance in m that only grows; all null where it is something else."""
    values = rows["distance_m"].cast(pl.Float64).fill_null(float("nan")).to_numpy()
    grown = growing_m(values, seconds(rows["recorded_at"]))
    if grown is None or not (values > 0).any():
        grown = np.full(values.size, np.nan)
    return pl.Series("distance_m", grown).fill_nan(None)


def _is_indoor(sport: str, sub_sport: str, rows: pl.DataFrame) -> bool | None:
    if sub_sport in INDOOR_SUB_SPORTS:
        return True
    if rows["latitude_deg"].null_count() < rows.height:
        return False
    step_s = np.diff(seconds(rows["recorded_at"]))
    is_dense = step_s.size >= LEAST_STEPS and float(np.median(step_s)) < SPARSE_STEP_S
    return True if sport in FOOT_SPORTS and is_dense else None
