"""Pieces of one track (segments, laps) → rows in the order of time, on one clock."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from tightlog.domain.channels import POSITION
from tightlog.domain.clocks import UTC_OFFSET_STEP_S, nearest_utc_offset_s
from tightlog.readers.clock_jumps import (
    FAR_M,
    LEAST_BACK_S,
    Repair,
    is_ahead,
    is_of_two_tracks,
    steady,
    usual_step_s,
)
from tightlog.readers.travelled import haversine_m
from tightlog.readers.xml.rows.row_times import US_PER_S
from tightlog.readers.xml.rows.rows import Rows, concatenated


def joined(pieces: Sequence[Rows]) -> Rows:
    """Rows of the pieces of one activity in the order of time, each piece on a steady clock
    already; is_restart is true where a piece begins after another.
    """
    filled = [piece for piece in _on_one_clock(pieces) if piece.height] or [pieces[0]]
    marked = [piece.restarted() if number else piece for number, piece in enumerate(filled)]
    rows = concatenated(marked)
    if (np.diff(rows.time_us) >= 0).all():
        return rows
    return rows.of(np.argsort(rows.time_us, kind="stable"))


def on_one_clock(pieces: Sequence[Rows]) -> list[Rows]:
    """Pieces of one activity in the order of the file; rows of another clock are moved by their
    shift_s. Pieces that are on one clock stay.
    """
    return _on_one_clock([_shifted(piece) for piece in pieces])


def repair_words(rows: Rows) -> tuple[str, ...]:
    """What was shifted in the rows, as a reason; nothing where none was."""
    moved = np.abs(rows.shift_s[rows.shift_s != 0.0])
    return (Repair(moved.size, float(moved.max())).words,) if moved.size else ()


def _on_one_clock(pieces: Sequence[Rows]) -> list[Rows]:
    """The pieces, each on a steady clock, with those moved that are on another one."""
    if len(pieces) < 2:
        return list(pieces)
    together, bounds = concatenated(pieces), np.cumsum([0, *(piece.height for piece in pieces)])
    if not _jumps_between(together, bounds[1:-1]):
        return list(pieces)
    moved = _shifted(together)
    return [moved.of(slice(int(start), int(stop))) for start, stop in pairwise(bounds)]


def _shifted(rows: Rows) -> Rows:
    """The rows with those of another clock moved."""
    time_s = rows.time_s
    at = (rows.columns[name] for name in POSITION)
    is_apart = partial(is_of_two_tracks, time_s, *at)
    steady_s, repair = steady(time_s, is_apart, bool(rows.is_naive.any()))
    if repair is None:
        return rows
    by_s = steady_s - time_s
    moved_us = rows.time_us + np.rint(by_s * US_PER_S).astype(np.int64)
    return replace(rows, time_us=moved_us, shift_s=rows.shift_s + by_s)


def _jumps_between(rows: Rows, firsts: NDArray[np.int64]) -> bool:
    """True where the clock jumps from one piece to the next, and each step back is none of the
    order of the pieces: what follows goes on where the one before ended.
    """
    step_s = np.diff(rows.time_s)
    starts = sorted({int(first) for first in firsts if 0 < first < rows.height})
    between_s = step_s[[first - 1 for first in starts]]
    backs = [
        first for first, long_s in zip(starts, between_s, strict=True) if long_s < -LEAST_BACK_S
    ]
    is_jump = bool(backs) or bool(is_ahead(between_s, usual_step_s(step_s)).any())
    return is_jump and all(_goes_on(rows, first) for first in backs)


def _goes_on(rows: Rows, first: int) -> bool:
    """True where the rows from `first` on continue those before: in their recorded distance, else
    in their place, which by the order of time they would not. On a lap that ends where it began
    a step back by a zone, or into the time of the rows before, is none of the order.
    """
    before_m, after_m = rows.columns["distance_m"][[first - 1, first]]
    if before_m > 0 and after_m > 0:
        return bool(0.0 <= after_m - before_m <= FAR_M)
    at = [first - 1, first, rows.height - 1, 0]
    along_m, _, around_m = haversine_m(
        rows.columns["latitude_deg"][at], rows.columns["longitude_deg"][at]
    )
    if not along_m <= FAR_M:
        return False
    time_s = rows.time_s
    usual_s = usual_step_s(np.diff(time_s))
    back_s = float(time_s[first] - time_s[first - 1]) - usual_s
    by_zone = (
        abs(back_s - nearest_utc_offset_s(back_s)) <= 2 * usual_s
        and back_s < -UTC_OFFSET_STEP_S / 2
    )
    return bool(around_m > FAR_M or by_zone or time_s[-1] > time_s[0])
