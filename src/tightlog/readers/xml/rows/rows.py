"""Rows of an XML recording as numbers: when each was recorded, and its values by channel."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial

import numpy as np
import polars as pl
from numpy.typing import NDArray

from tightlog.domain.channels import CHANNELS, POSITION
from tightlog.readers.clock_jumps import believed, is_of_two_tracks
from tightlog.readers.record_frame import is_never_recorded, never_recorded
from tightlog.readers.travelled import Numbers
from tightlog.readers.xml.odd_times import latin_digits
from tightlog.readers.xml.rows.row_shape import TextRows, Texts, has_no_value
from tightlog.readers.xml.rows.row_times import (
    US_PER_S,
    Bools,
    RowTimes,
    is_possible,
    row_times,
)
from tightlog.readers.xml.track_text import texts_of

# Exporters leak the invalid marks of FIT (255, 65535) and a heart rate of 0 for no signal.
LIMITS = {
    channel.raw_name: channel.credible
    for channel in CHANNELS
    if channel.credible and (channel.gpx or channel.gpx_attribute or channel.tcx)
}


@dataclass(frozen=True)
class Rows:
    """Dated rows of one piece of a track: instants in microseconds since 1970 (UTC), offsets as
    written (s, NaN where none), columns by raw name (NaN where missing).
    """

    time_us: NDArray[np.int64]
    offset_s: Numbers
    is_naive: Bools
    columns: Mapping[str, Numbers]
    # By how much a row of another clock was moved, in s, and where a piece begins after another.
    shift_s: Numbers
    is_restart: Bools

    @property
    def height(self) -> int:
        return int(self.time_us.size)

    @cached_property
    def time_s(self) -> Numbers:
        """Seconds since 1970."""
        return self.time_us.astype(np.float64) / US_PER_S

    @cached_property
    def restarts(self) -> Numbers:
        """1.0 on each row that begins a piece after a known pause."""
        return self.is_restart.astype(np.float64)

    def of(self, rows: slice | NDArray[np.int64]) -> "Rows":
        """Some of the rows."""
        return Rows(
            self.time_us[rows],
            self.offset_s[rows],
            self.is_naive[rows],
            {name: column[rows] for name, column in self.columns.items()},
            self.shift_s[rows],
            self.is_restart[rows],
        )

    def restarted(self) -> "Rows":
        """The rows, the first of which begins a piece after another."""
        is_restart = self.is_restart.copy()
        is_restart[:1] = True
        return replace(self, is_restart=is_restart)

    def written_offset_s(self) -> int | None:
        """First offset from UTC in s other than zero that the times are written in; None without
        one.
        """
        known = self.offset_s[np.isfinite(self.offset_s)]
        return int(known[0]) if known.size else None


@dataclass(frozen=True)
class FileRows:
    """All rows of a file, dated or not."""

    times: RowTimes
    columns: Mapping[str, Numbers]

    @property
    def height(self) -> int:
        return int(self.times.time_us.size)

    def redated(self, spans: Iterable[tuple[int, int]]) -> "FileRows":
        """The rows with those dated as well whose impossible time a jump of the clock explains,
        by the spans of the file's tracks; they keep their written time, and are moved later.
        """
        times = self.times
        if not times.is_misdated.any() or not times.is_dated.any():
            return self
        is_dated = times.is_dated.copy()
        for first, stop in spans:
            own = slice(first, stop)
            is_known = (times.is_dated | times.is_misdated)[own]
            written_s = np.where(is_known, times.time_us[own] / US_PER_S, np.nan)
            at = (self.columns[name][own] for name in POSITION)
            is_apart = partial(is_of_two_tracks, written_s, *at)
            is_dated[own] = np.isfinite(believed(written_s, is_possible, is_apart))
        year = np.where(is_dated, np.nan, times.year_misdated)
        return replace(self, times=replace(times, is_dated=is_dated, year_misdated=year))

    def piece(self, first: int, stop: int) -> Rows:
        """Dated rows of a part of the file."""
        is_dated = self.times.is_dated[first:stop]
        # A slice of an array is no copy.
        if is_dated.all():
            dated: slice | NDArray[np.int64] = slice(first, stop)
        else:
            dated = first + np.flatnonzero(is_dated)
        time_us = self.times.time_us[dated]
        return Rows(
            time_us,
            self.times.offset_s[dated],
            self.times.is_naive[dated],
            {name: column[dated] for name, column in self.columns.items()},
            np.zeros(time_us.size),
            np.zeros(time_us.size, dtype=np.bool_),
        )


def file_rows(texts: TextRows) -> FileRows:
    """Rows of text as instants and numbers; a value outside its credible range is missing."""
    values = {name: _numbers(texts[name]) for name in LIMITS if name in texts.columns}
    is_placed = np.ones(texts.height, dtype=np.bool_)
    for name in POSITION:
        is_placed &= _is_within(values[name], LIMITS[name])
    # A receiver writes (0, 0) before it has a position.
    is_placed &= (values[POSITION[0]] != 0.0) | (values[POSITION[1]] != 0.0)
    believed = {
        name: _where(is_placed if name in POSITION else _is_within(column, LIMITS[name]), column)
        for name, column in values.items()
    }
    return FileRows(row_times(texts["recorded_at"]), believed)


def concatenated(pieces: Sequence[Rows]) -> Rows:
    """The rows of all pieces, one behind the other."""
    if len(pieces) == 1:
        return pieces[0]
    names = pieces[0].columns
    return Rows(
        np.concatenate([piece.time_us for piece in pieces]),
        np.concatenate([piece.offset_s for piece in pieces]),
        np.concatenate([piece.is_naive for piece in pieces]),
        {name: np.concatenate([piece.columns[name] for piece in pieces]) for name in names},
        np.concatenate([piece.shift_s for piece in pieces]),
        np.concatenate([piece.is_restart for piece in pieces]),
    )


def _where(rows: Bools, column: Numbers) -> Numbers:
    """The column with NaN on the rows that are not true."""
    if is_never_recorded(column) or rows.all():
        return column
    return np.where(rows, column, np.nan)


def _is_within(values: Numbers, limits: tuple[float, float]) -> Bools:
    return np.asarray((values >= limits[0]) & (values <= limits[1]), dtype=np.bool_)


def _numbers(texts: Texts) -> Numbers:
    """Texts as numbers in any digits, NaN where they are none; a decimal comma is accepted."""
    if has_no_value(texts):
        return never_recorded(len(texts))
    written = texts_of(texts)
    values = written.cast(pl.Float64, strict=False)
    if values.null_count() > written.null_count():
        plain = latin_digits(written).str.strip_chars().str.replace(",", ".", literal=True)
        values = plain.cast(pl.Float64, strict=False)
    return values.to_numpy()
