"""Heart rate that a strap kept for itself and handed over afterwards (`hr` messages, as of swims):
several beats a message, outside the records.

The first message says when its event took place; the others count on from it, in 12 bits of 1/1024
s each (Garmin International, FIT profile, message `hr`).
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from tightlog.domain.channels import HEART_RATE
from tightlog.readers.fit.messages import Floats, Table, matrix, numbers, timestamps
from tightlog.readers.fit.records import Records, credited

BPM, FRACTION, EVENT, EVENT_12 = 6, 0, 9, 10
FRACTION_PARTS, TICKS_PER_S, ROLLOVER = 32_768.0, 1024, 4096
BEATS_A_MESSAGE = 8
# A beat further from a record than this says nothing about it.
NEAR_S = 5.0


@dataclass(frozen=True)
class Beats:
    """Heart rate in beats/min at times in FIT seconds, in order."""

    time_s: Floats
    bpm: Floats


def beats_of(tables: Iterable[Table]) -> Beats:
    """Beats of the `hr` messages of the FIT files chained in one."""
    found = [_beats(table) for table in tables if table.height]
    if not found:
        return Beats(np.empty(0), np.empty(0))
    time_s, bpm = (np.concatenate(columns) for columns in zip(*found, strict=True))
    bpm = credited(HEART_RATE.name, bpm)
    known = np.isfinite(bpm) & np.isfinite(time_s)
    order = np.argsort(time_s[known], kind="stable")
    return Beats(time_s[known][order], bpm[known][order])


def with_beats(rows: Records, beats: Beats) -> Records:
    """The records with the rate of the nearest beat where they have none."""
    recorded = rows.columns[HEART_RATE.name]
    lacking = np.flatnonzero(np.isnan(recorded) & np.isfinite(rows.time_s))
    if beats.time_s.size == 0 or lacking.size == 0:
        return rows
    at = rows.time_s[lacking]
    after = np.clip(np.searchsorted(beats.time_s, at), 0, beats.time_s.size - 1)
    before = np.maximum(after - 1, 0)
    is_before = np.abs(at - beats.time_s[before]) <= np.abs(beats.time_s[after] - at)
    nearest = np.where(is_before, before, after)
    is_near = np.abs(beats.time_s[nearest] - at) <= NEAR_S
    filled = recorded.copy()
    filled[lacking[is_near]] = beats.bpm[nearest[is_near]]
    return replace(rows, columns={**rows.columns, HEART_RATE.name: filled})


def _beats(table: Table) -> tuple[Floats, Floats]:
    """Times and rates of one table; messages before the first with a date are left out."""
    dated_s = timestamps(table) + np.nan_to_num(numbers(table, FRACTION)) / FRACTION_PARTS
    events = matrix(table, EVENT, BEATS_A_MESSAGE)
    rates = matrix(table, BPM, BEATS_A_MESSAGE)
    packed = matrix(table, EVENT_12, 3 * BEATS_A_MESSAGE // 2)
    time_s: list[float] = []
    bpm: list[float] = []
    zero_s, ticks = np.nan, 0
    for row in range(table.height):
        whole = events[row][np.isfinite(events[row])]
        if whole.size:
            if np.isfinite(dated_s[row]):
                zero_s = dated_s[row] - whole[0] / TICKS_PER_S
            counted = whole.astype(np.int64).tolist()
        else:
            counted = _counted_on(packed[row], ticks)
        if not counted:
            continue
        ticks = counted[-1]
        time_s += [zero_s + one / TICKS_PER_S for one in counted]
        bpm += rates[row][: len(counted)].tolist()
    return np.array(time_s), np.array(bpm)


def _counted_on(packed: Floats, ticks: int) -> list[int]:
    """Events of three bytes a pair, each the next whose last 12 bits are those written."""
    counted = []
    for low, middle, high in packed.reshape(-1, 3):
        if not np.isfinite(low + middle + high):
            break
        for bits in (int(low) | (int(middle) & 0x0F) << 8, int(middle) >> 4 | int(high) << 4):
            ticks += (bits - ticks) % ROLLOVER
            counted.append(ticks)
    return counted
