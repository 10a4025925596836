"""Nights and days in the FIT files a watch writes beside activities: all-day monitoring, sleep and
nightly heart rate variability.

The numbers of the files and of most of their messages are in no public profile; what they mean was
checked against the vendor's own daily totals.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone, tzinfo

import numpy as np
from numpy.typing import NDArray

from tightlog.domain.diary import ContextValue
from tightlog.domain.formats import FIT
from tightlog.domain.wellness import Origin
from tightlog.readers.fit import profile
from tightlog.readers.fit.clock import TIME_CREATED, instant, is_believable, latest_s
from tightlog.readers.fit.messages import Floats, Table, numbers, texts, timestamps
from tightlog.readers.health.nights import Measured, Night, night_values

# The types of such files, and what one without a value holds.
FILES: Mapping[int, str] = {
    32: "all-day monitoring, with no steps, stress or resting heart rate",
    49: "a watch's sleep file, with no night measured in stages",
    68: "nightly heart rate variability, with no night",
}
EVENT, MONITORING, MONITORING_INFO, CORRELATION = 21, 55, 103, 162
RESTING_HEART_RATE, STRESS, SLEEP_LEVEL, HRV_STATUS = 211, 227, 275, 370
WANTED = (
    profile.FILE_ID, EVENT, MONITORING, MONITORING_INFO, CORRELATION, RESTING_HEART_RATE, STRESS,
    SLEEP_LEVEL, HRV_STATUS,
)  # fmt: skip
Tables = Mapping[int, Table]

# Of `monitoring`: the low 16 bits of a time, the count since midnight, and what it is a count of.
TIME_16, COUNT, ACTIVITY_TYPE, TYPE_AND_INTENSITY = 26, 3, 5, 24
TYPE_BITS = 0x1F
ON_FOOT = {1: "running", 6: "walking"}
# Field 0 is the mean of seven days.
OF_THE_DAY = 1
STRESS_VALUE, STRESS_TIME = 0, 1
LAST_NIGHT, MS_SCALE = 1, 128.0
AWAKE, LIGHT, DEEP, REM = 1, 2, 3, 4
SLEEP_EVENT, SLEEP_START, SLEEP_STOP = 74, 0, 1
QUARTER_HOUR_S, FURTHEST_OFFSET_S = 900, 16 * 3_600


def monitoring_values(tables: Tables, home_zone: tzinfo) -> Iterator[ContextValue]:
    """Everything of nights and days in the tables of one FIT file, on the device's own local days;
    those of the home where it does not say its offset.
    """
    watch = Measured(FIT.name, _device(tables[profile.FILE_ID]), Origin.RECORDING)
    created_s = _first(numbers(tables[profile.FILE_ID], TIME_CREATED))
    created = instant(created_s) if is_believable(created_s, latest_s()) else None
    zone = _zone(tables) or home_zone
    yield from _steps(tables, zone, watch, created)
    yield from _stress(tables[STRESS], zone, watch, created)
    yield from _resting(tables[RESTING_HEART_RATE], zone, watch)
    yield from _variability(tables[HRV_STATUS], zone, watch, created)
    night = _night(tables, zone)
    if night is not None:
        yield from night_values(replace(night, written_at=created), watch)


def _device(file_id: Table) -> str | None:
    said = [_first(numbers(file_id, number)) for number in (1, 2)]
    maker, product = (None if np.isnan(number) else number for number in said)
    return profile.device(maker, product, next(iter(texts(file_id, 8)), None))


def _zone(tables: Tables) -> tzinfo | None:
    """The device's offset: of its monitoring, of a correlation, or of the event of a night."""
    pairs = [
        *_pairs(tables[MONITORING_INFO], 0),
        *_pairs(tables[CORRELATION], 3),
        *((local, at) for kind, at, local in _sleep_events(tables[EVENT]) if local > 0),
    ]
    for local_s, at_s in pairs:
        offset_s = round((local_s - at_s) / QUARTER_HOUR_S) * QUARTER_HOUR_S
        if abs(offset_s) <= FURTHEST_OFFSET_S:
            return timezone(timedelta(seconds=offset_s))
    return None


def _pairs(table: Table, local: int) -> list[tuple[float, float]]:
    both = zip(numbers(table, local).tolist(), timestamps(table).tolist(), strict=True)
    return [(local_s, at_s) for local_s, at_s in both if local_s > 0 and at_s > 0]


def _sleep_events(events: Table) -> list[tuple[int, float, float]]:
    """Start and stop of a night: kind, time, and the same moment by the device's clock (NaN where
    it does not say); an event without a kind or a time is none.
    """
    columns = (numbers(events, 0), numbers(events, 1), timestamps(events), numbers(events, 3))
    rows = zip(*(column.tolist() for column in columns), strict=True)
    return [
        (int(kind), at, local)
        for event, kind, at, local in rows
        if event == SLEEP_EVENT and kind >= 0 and at >= 0
    ]


def full_times(monitoring: Table, first_s: float) -> Floats:
    """Seconds of each row of `monitoring`: most say only the low 16 bits, and count on from the row
    before; NaN before the first whole one.
    """
    whole, low = timestamps(monitoring), numbers(monitoring, TIME_16)
    found = np.full(whole.size, np.nan)
    last = first_s
    for row, (at, bits) in enumerate(zip(whole.tolist(), low.tolist(), strict=True)):
        if at == at:
            last = at
        elif bits == bits and last == last:
            last += (int(bits) - int(last)) & 0xFFFF
        else:
            continue
        found[row] = last
    return found


def _steps(
    tables: Tables, zone: tzinfo, watch: Measured, created: datetime | None
) -> Iterator[ContextValue]:
    """The highest count of each day and way of moving. Counts start at midnight, and the last of a
    day stands at 0:00 of the next.
    """
    table = tables[MONITORING]
    at = full_times(table, _first(timestamps(tables[MONITORING_INFO])))
    packed = numbers(table, TYPE_AND_INTENSITY)
    known = ~np.isnan(packed)
    packed[known] = packed[known].astype(np.int64) & TYPE_BITS
    kinds = numbers(table, ACTIVITY_TYPE)
    kinds = np.where(np.isnan(kinds), packed, kinds)
    counts = numbers(table, COUNT)
    for kind, name in ON_FOOT.items():
        is_kind = (kinds == kind) & ~np.isnan(counts) & _is_believable(at)
        for day, rows in _by_day(at, is_kind, zone, behind_s=1).items():
            for value in watch.value(day, "steps", float(counts[rows].max()), created):
                yield replace(value, part=name)


def _stress(
    table: Table, zone: tzinfo, watch: Measured, created: datetime | None
) -> Iterator[ContextValue]:
    """Sum and number of each day's values; negative ones say that there is none."""
    at, values = numbers(table, STRESS_TIME), numbers(table, STRESS_VALUE)
    at = np.where(np.isnan(at), timestamps(table), at)
    is_value = (values >= 0) & _is_believable(at)
    for day, rows in _by_day(at, is_value, zone).items():
        for value in watch.value(day, "watch_stress", float(values[rows].sum()), created):
            yield replace(value, weight=float(rows.size))


def _resting(table: Table, zone: tzinfo, watch: Measured) -> Iterator[ContextValue]:
    """The day's own value, of which the last counts; older watches know the week's mean alone."""
    at, values = timestamps(table), numbers(table, OF_THE_DAY)
    is_value = (values > 0) & _is_believable(at)
    for day, rows in _by_day(at, is_value, zone, behind_s=1).items():
        last = rows[np.argmax(at[rows])]
        written = instant(float(at[last]))
        yield from watch.value(day, "resting_heart_rate_bpm", float(values[last]), written)


def _variability(
    table: Table, zone: tzinfo, watch: Measured, created: datetime | None
) -> Iterator[ContextValue]:
    """Mean of the last night, on the day of waking."""
    at, values = timestamps(table), numbers(table, LAST_NIGHT) / MS_SCALE
    for day, rows in _by_day(at, (values > 0) & _is_believable(at), zone).items():
        yield from watch.value(day, "hrv_rmssd_ms", float(values[rows[-1]]), created)


def _night(tables: Tables, zone: tzinfo) -> Night | None:
    """The night of a sleep file, of several the last; None where it has no stages, as those of old
    watches: that is no night without sleep.
    """
    events = _sleep_events(tables[EVENT])
    levels, ended_s = _stages(tables[SLEEP_LEVEL], events)
    if not np.isin(levels, (LIGHT, DEEP, REM)).any():
        return None
    starts = [when for kind, when, _ in events if kind == SLEEP_START and when <= ended_s[0]]
    stops = [when for kind, when, _ in events if kind == SLEEP_STOP and when >= ended_s[-1]]
    # Each stage is written at its end; the first begins with the night.
    began_s = max(starts, default=float(ended_s[0]))
    lasting_s = np.diff(ended_s, prepend=began_s)
    stop_s = max(stops, default=float(ended_s[-1]))
    began, ended = (instant(seconds).astimezone(zone) for seconds in (began_s, stop_s))
    deep_s, light_s, rem_s, awake_s = (
        float(lasting_s[levels == level].sum()) for level in (DEEP, LIGHT, REM, AWAKE)
    )
    return Night(
        began, ended, ended.date(), in_bed_s=stop_s - began_s,
        deep_s=deep_s, light_s=light_s, rem_s=rem_s, awake_s=awake_s,
    )  # fmt: skip


def _stages(table: Table, events: Sequence[tuple[int, float, float]]) -> tuple[Floats, Floats]:
    """Stages and their ends in the order of time, since the last start of a night before them."""
    levels, at = numbers(table, 0), timestamps(table)
    is_level = _is_believable(at) & ~np.isnan(levels)
    levels, at = levels[is_level], at[is_level]
    order = np.argsort(at, kind="stable")
    levels, ended_s = levels[order], at[order]
    starts = [
        when for kind, when, _ in events if kind == SLEEP_START and (when <= ended_s[-1:]).all()
    ]
    is_last = ended_s >= max(starts, default=0.0)
    return levels[is_last], ended_s[is_last]


def _by_day(
    at: Floats, wanted: NDArray[np.bool_], zone: tzinfo, behind_s: int = 0
) -> dict[date, NDArray[np.int64]]:
    """Places of the wanted rows by their local day, a moment of midnight counted to the day before
    where `behind_s` is 1.
    """
    places: dict[date, list[int]] = {}
    for place in np.flatnonzero(wanted).tolist():
        local = instant(float(at[place]) - behind_s).astimezone(zone)
        places.setdefault(local.date(), []).append(place)
    return {day: np.array(rows, dtype=np.int64) for day, rows in places.items()}


def _is_believable(at: Floats) -> NDArray[np.bool_]:
    latest = latest_s()
    return np.array([is_believable(seconds, latest) for seconds in at.tolist()], dtype=np.bool_)


def _first(column: Floats) -> float:
    known = column[~np.isnan(column)]
    return float(known[0]) if known.size else float("nan")
