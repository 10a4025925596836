"""Record messages → columns in tightlog's units, and the frame of one session's records."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import polars as pl
from numpy.typing import NDArray

from tightlog.domain.channels import CHANNEL, CHANNELS, POSITION, FitField
from tightlog.readers.clock_jumps import Repair, believed, is_of_two_tracks, steady
from tightlog.readers.fit import profile
from tightlog.readers.fit.clock import RELATIVE_BELOW_S, believable_column, instants
from tightlog.readers.fit.messages import Floats, Table, matrix, numbers, timestamps
from tightlog.readers.record_frame import (
    is_never_recorded,
    kept_rows,
    never_recorded,
    record_frame,
)
from tightlog.units import SEMICIRCLE_DEG

Bools = NDArray[np.bool_]
# Times (FIT seconds, in order) at which the timer was started or stopped, and which are starts.
Switches = tuple[Floats, Bools]

ZERO_IS_MISSING = frozenset(channel.name for channel in CHANNELS if channel.is_zero_missing)
ROLLOVER = 4096  # compressed_speed_distance counts metres in 12 bits of 1/16 m


@dataclass(frozen=True)
class Records:
    """All records of one FIT file: times in FIT seconds, columns by their name in the frame, raw
    cadence; NaN where missing.
    """

    time_s: Floats
    columns: Mapping[str, Floats]
    cadence_raw: Floats
    is_timer_running: Bools
    # What was done to times of another clock, and whether they counted from switching on.
    repair: Repair | None = None
    is_relative: bool = False
    # Times as written, where they were moved.
    moved_from_s: Floats | None = None
    # Timer switches of the file on the clock of the records.
    switches: Switches = (np.empty(0), np.empty(0, dtype=np.bool_))

    @property
    def height(self) -> int:
        return int(self.time_s.size)

    def on_clock(self, written_s: Floats) -> Floats:
        """Times of other messages (FIT seconds) on the clock of the records: moved like the record
        whose written time is nearest.
        """
        if self.moved_from_s is None:
            return written_s
        dated = np.flatnonzero(np.isfinite(self.moved_from_s))
        order = dated[np.argsort(self.moved_from_s[dated], kind="stable")]
        known_s = self.moved_from_s[order]
        after = np.clip(np.searchsorted(known_s, written_s), 1, known_s.size - 1)
        is_before_nearer = written_s - known_s[after - 1] <= known_s[after] - written_s
        nearest = order[np.where(is_before_nearer, after - 1, after)]
        return np.asarray(written_s + (self.time_s - self.moved_from_s)[nearest])

    def part(self, rows: Bools) -> "Records":
        """The records of the rows that are true."""
        if rows.all():
            return self
        columns = {name: kept_rows(column, rows) for name, column in self.columns.items()}
        return Records(
            self.time_s[rows], columns, self.cadence_raw[rows], self.is_timer_running[rows]
        )


def records(
    table: Table,
    events: Table,
    latest: float,
    switched_on_s: float | None = None,
    written_s: Floats | None = None,
) -> Records:
    """All records of one FIT file, in file order, on one clock; `written_s` are their timestamps,
    if known. Times that count from when the device was switched on are dated by that moment, where
    it is known.
    """
    written_s = timestamps(table) if written_s is None else written_s
    is_relative = written_s < RELATIVE_BELOW_S
    if switched_on_s is not None and is_relative.any():
        written_s = np.where(is_relative, written_s + switched_on_s, written_s)
    latitude, longitude = _position(table)
    is_apart = partial(is_of_two_tracks, written_s, latitude, longitude)
    # Times first: what they are compared with is gone again before the other columns are there.
    time_s = believed(written_s, lambda one: np.isfinite(believable_column(one, latest)), is_apart)
    steady_s, repair = steady(time_s, is_apart)
    is_dated = switched_on_s is not None and bool(is_relative.any())
    columns = _columns(table) | {"latitude_deg": latitude, "longitude_deg": longitude}
    every = np.ones(time_s.size, dtype=np.bool_)
    moved_from_s = time_s if repair else None
    found = Records(steady_s, columns, _cadence_raw(table), every, repair, is_dated, moved_from_s)
    switches = _on_clock(timer_switches(events), found)
    is_running = _is_timer_running(steady_s, switches)
    return replace(found, is_timer_running=is_running, switches=switches)


def _columns(table: Table) -> dict[str, Floats]:
    """Each channel of the records in its unit, in file order, but for the position."""
    columns = {name: quantity(table, fields) for name, fields in profile.RECORD_FIELDS.items()}
    for name in ZERO_IS_MISSING:
        if any(field.number in table.defined for field in profile.RECORD_FIELDS[name]):
            columns[name][columns[name] == 0] = np.nan
    _fill_in_compressed(table, columns)
    return {name: credited(name, column) for name, column in columns.items()}


def _on_clock(switches: Switches, rows: Records) -> Switches:
    at, is_start = switches
    moved = rows.on_clock(at)
    order = np.argsort(moved, kind="stable")
    return moved[order], is_start[order]


def quantity(table: Table, fields: tuple[FitField, ...]) -> Floats:
    """Column of a quantity in its unit: per row the first of the fields that holds a value."""
    defined = [field for field in fields if field.number in table.defined]
    if not defined:
        return never_recorded(table.height)
    column = _scaled(table, defined[0])
    for field in defined[1:]:
        missing = np.isnan(column)
        if missing.any():
            column = np.where(missing, _scaled(table, field), column)
    return column


def credited(name: str, column: Floats) -> Floats:
    """The column of a channel with NaN where a value lies outside its credible range."""
    channel = CHANNEL.get(name)
    if channel is None or channel.credible is None or is_never_recorded(column):
        return column
    low, high = channel.credible
    is_odd = (column < low) | (column > high)
    if not np.count_nonzero(is_odd):
        return column
    return np.asarray(np.where(is_odd, np.nan, column), dtype=np.float64)


def session_frame(part: Records, started_s: float, cadence_factor: float) -> pl.DataFrame:
    """Frame of one session's records (RECORD_SCHEMA); elapsed_s counts from the session's start.

    The recorded cadence is theirs alone and goes: it becomes steps in its own room, for a copy of
    it beside everything else is where a giant file takes most.
    """
    cadence = part.cadence_raw
    cadence = np.multiply(cadence, cadence_factor, out=cadence if cadence.flags.writeable else None)
    recorded_at = instants(part.time_s)
    own = {
        "elapsed_s": part.time_s - started_s,
        "cadence_spm": cadence,
        "is_timer_running": part.is_timer_running,
    }
    return record_frame(recorded_at, {**part.columns, **own})


def _scaled(table: Table, field: FitField) -> Floats:
    raw = numbers(table, field.number)
    if field.scale == 1.0 and field.offset == 0.0:
        return raw
    raw /= field.scale
    raw -= field.offset
    return raw


def _position(table: Table) -> tuple[Floats, Floats]:
    """Latitude and longitude in degrees; both NaN where one is missing, impossible, or both are
    the (0, 0) of a lost signal.
    """
    if not {profile.LATITUDE.number, profile.LONGITUDE.number} <= table.defined:
        return np.full(table.height, np.nan), np.full(table.height, np.nan)
    latitude, longitude = (
        credited(name, numbers(table, field.number) * SEMICIRCLE_DEG)
        for name, field in zip(POSITION, (profile.LATITUDE, profile.LONGITUDE), strict=True)
    )
    is_whole = np.isfinite(latitude) & np.isfinite(longitude)
    is_place = is_whole & ((latitude != 0) | (longitude != 0))
    return np.where(is_place, latitude, np.nan), np.where(is_place, longitude, np.nan)


def _cadence_raw(table: Table) -> Floats:
    """Recorded cadence with its fraction, in the unit of the file; a fraction alone is not a
    cadence.
    """
    cadence = _scaled(table, profile.CADENCE)
    if profile.FRACTIONAL_CADENCE.number in table.defined:
        cadence = cadence + np.nan_to_num(_scaled(table, profile.FRACTIONAL_CADENCE))
    if profile.CADENCE_256.number not in table.defined:
        return cadence
    return np.where(np.isnan(cadence), _scaled(table, profile.CADENCE_256), cadence)


def _fill_in_compressed(table: Table, columns: dict[str, Floats]) -> None:
    """Speed and distance of old watches that pack both into three bytes; the distance counts on
    over its 12 bits.
    """
    if profile.COMPRESSED_SPEED_DISTANCE.number not in table.defined:
        return
    packed = matrix(table, profile.COMPRESSED_SPEED_DISTANCE.number, 3)
    is_valid = np.isfinite(packed).all(axis=1)
    if not is_valid.any():
        return
    low, middle, high = packed[is_valid].astype(np.int64).T
    speed, distance = np.full(table.height, np.nan), np.full(table.height, np.nan)
    speed[is_valid] = (low | (middle & 0x0F) << 8) / 100.0
    counted = middle >> 4 | high << 4
    distance[is_valid] = np.cumsum(np.diff(counted, prepend=0) % ROLLOVER) / 16.0
    columns["speed_mps"] = np.where(np.isnan(columns["speed_mps"]), speed, columns["speed_mps"])
    columns["distance_m"] = np.where(
        np.isnan(columns["distance_m"]), distance, columns["distance_m"]
    )


def _is_timer_running(time_s: Floats, switches: Switches) -> Bools:
    """True for records from a timer start to a stop, both included; everywhere in a file without
    timer events.
    """
    at, is_start = switches
    if at.size == 0:
        return np.ones(time_s.size, dtype=np.bool_)
    before = np.searchsorted(at, time_s, side="left") - 1
    running = np.where(before < 0, True, is_start[np.maximum(before, 0)])
    # A start in the very second of a record: the record belongs to what begins.
    starts = at[is_start]
    return np.asarray(running | np.isin(time_s, starts) | np.isnan(time_s), dtype=np.bool_)


def timer_switches(events: Table) -> Switches:
    """Times in FIT seconds at which the timer was started or stopped, in order, and whether each
    is a start.
    """
    kind, what = numbers(events, 0), numbers(events, 1)
    at = timestamps(events)
    is_start = what == profile.TIMER_START
    is_either = is_start.copy()
    for stop in profile.TIMER_STOPS:  # a few comparisons, where np.isin sorts
        is_either |= what == stop
    is_switch = (kind == profile.TIMER_EVENT) & is_either & np.isfinite(at)
    order = np.argsort(at[is_switch], kind="stable")
    return at[is_switch][order], is_start[is_switch][order]


def running_s(switches: Switches, started_s: float, elapsed_s: float | None) -> float | None:
    """Seconds of a session during which the timer ran; None in a file without timer events."""
    at, is_start = switches
    if at.size == 0 or elapsed_s is None:
        return None
    edges = np.clip([started_s, *at, started_s + elapsed_s], started_s, started_s + elapsed_s)
    was_running = np.concatenate([[not is_start[0]], is_start])
    return float(np.diff(edges)[was_running].sum())
