"""Laps of a TCX activity: their rows, when they began, and their totals."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

import numpy as np

from tightlog.domain.channels import CADENCE, HEART_RATE
from tightlog.readers.totals import Totals, mean_of_nonzero, totals
from tightlog.readers.travelled import OUTINGS_APART_S, SHORTEST_OUTING_S, outing_ranges
from tightlog.readers.xml.pieces import joined, on_one_clock
from tightlog.readers.xml.rows.row_times import moment
from tightlog.readers.xml.rows.rows import FileRows, Rows, concatenated
from tightlog.readers.xml.structure import Node
from tightlog.readers.xml.track import is_start_of, settled_totals
from tightlog.readers.xml.track_records import grown_m
from tightlog.readers.xml.track_text import instant, number

# Laps follow one another within seconds unless the watch was paused.
LAP_PAUSE = timedelta(seconds=10)
OUTINGS_APART = timedelta(seconds=OUTINGS_APART_S)
SHORTEST = timedelta(seconds=SHORTEST_OUTING_S)
# A lap's distance is that of records that agree within this share.
SAME_LAP = 0.02
# FIT's names for what ended a lap.
TRIGGERS = {
    "Manual": "manual",
    "Distance": "distance",
    "Time": "time",
    "Location": "position_lap",
    "HeartRate": "heart_rate",
}


@dataclass(frozen=True)
class Lap:
    """One lap: its node, its dated rows, when it began, its totals and the energy it states."""

    node: Node
    rows: Rows
    started_at: datetime
    totals: Totals
    energy_kcal: float | None


def laps_of(activity: Node, rows: FileRows) -> list[Lap]:
    """Laps with a date, in the order of time; an activity without any is one, its Id the start."""
    nodes = activity.all("Lap") or [activity]
    ranges = [_ranges(node) for node in nodes]
    pieces = iter(on_one_clock([rows.piece(*place) for own in ranges for place in own]))
    own_pieces = [list(islice(pieces, len(own))) or [rows.piece(0, 0)] for own in ranges]
    found = (_lap(node, own) for node, own in zip(nodes, own_pieces, strict=True))
    return _apart(sorted((lap for lap in found if lap), key=lambda lap: lap.started_at))


def span(activity: Node) -> list[tuple[int, int]]:
    """First row of an activity and the one after its last, alone in a list; none without rows."""
    nodes = activity.all("Lap") or [activity]
    places = [place for node in nodes for place in _ranges(node)]
    return [(min(first for first, _ in places), max(stop for _, stop in places))] if places else []


def record_count(laps: Iterable[Lap]) -> int:
    """Dated rows of the laps."""
    return sum(lap.rows.height for lap in laps)


def _apart(laps: list[Lap]) -> list[Lap]:
    """The laps with distances of their own, where the file counts on from lap to lap."""
    stated_m = [lap.totals.distance_m or 0.0 for lap in laps]
    if len(laps) < 2 or not all(_is_counted_on(lap) for lap in laps[1:]):
        return laps
    return [
        replace(lap, totals=replace(lap.totals, distance_m=stated - before))
        for lap, stated, before in zip(laps, stated_m, [0.0, *stated_m], strict=False)
    ]


def _is_counted_on(lap: Lap) -> bool:
    """True where a later lap states the distance since the start that its last record has."""
    recorded = lap.rows.columns["distance_m"]
    recorded = recorded[np.isfinite(recorded)]
    if recorded.size == 0 or lap.totals.distance_m is None:
        return False
    first_m, last_m = float(recorded[0]), float(recorded[-1])
    off_m = abs(lap.totals.distance_m - last_m)
    return off_m <= SAME_LAP * last_m < first_m


def outings_of(laps: Sequence[Lap]) -> list[list[Lap]]:
    """The laps of each outing, which lie hours apart; mostly one. One under a minute is left out
    where there are longer ones.
    """
    outings: list[list[Lap]] = []
    for part in (part for lap in laps for part in _parts(lap)):
        if outings and part.started_at - _end(outings[-1][-1]) < OUTINGS_APART:
            outings[-1].append(part)
        else:
            outings.append([part])
    return [one for one in outings if _end(one[-1]) - one[0].started_at >= SHORTEST] or outings


def _parts(lap: Lap) -> list[Lap]:
    """The lap, or its parts on both sides of hours without a record, with totals of their own."""
    ranges = outing_ranges(lap.rows.time_s, lap.rows.columns["distance_m"])
    if ranges == [(0, lap.rows.height)]:
        return [lap]
    parts = [lap.rows.of(slice(*part)) for part in ranges]
    return [
        replace(
            lap,
            rows=rows,
            started_at=moment(rows.time_us[0]),
            totals=_own_totals(rows),
            energy_kcal=None,
        )
        for rows in parts
    ]


def _end(lap: Lap) -> datetime:
    last_at = moment(lap.rows.time_us[-1]) if lap.rows.height else lap.started_at
    lasting_s = lap.totals.elapsed_s or lap.totals.moving_s or 0.0
    return max(last_at, lap.started_at + timedelta(seconds=lasting_s))


def _ranges(lap: Node) -> list[tuple[int, int]]:
    return sorted(found for holder in (lap, *lap.all("Track")) for found in holder.row_ranges)


def _lap(node: Node, pieces: Sequence[Rows]) -> Lap | None:
    own_rows = joined(pieces)
    started_at = instant(node.attributes.get("StartTime") or node.value("Id"))
    stated = Totals(
        moving_s=number(node.value("TotalTimeSeconds")),
        distance_m=number(node.value("DistanceMeters")),
        heart_rate_bpm=HEART_RATE.credited(number(node.value("AverageHeartRateBpm", "Value"))),
    )
    first_at = moment(own_rows.time_us[0]) if own_rows.height else None
    if first_at is not None and not is_start_of(started_at, first_at):
        started_at = first_at
    # A length of 0 is written for what did not take place; none at all was not measured.
    is_empty = first_at is None and stated.moving_s == 0.0
    if started_at is None or is_empty:
        return None
    own = _own_totals(own_rows)
    energy = number(node.value("Calories"))
    return Lap(node, own_rows, started_at, settled_totals(stated, own), energy)


def _own_totals(rows: Rows) -> Totals:
    """Totals of the rows, whose distance may start again, without a climb: a lap has none."""
    columns = {**rows.columns, "distance_m": grown_m(rows)}
    return totals(rows.time_s, columns, restarts=rows.restarts, has_climb=False)


def rows_over(laps: list[Lap]) -> Rows:
    """Rows of all laps; the first one after a pause between two laps is a restart."""
    ends = [
        lap.started_at + timedelta(seconds=lap.totals.elapsed_s or lap.totals.moving_s or 0.0)
        for lap in laps
    ]
    paused = [
        False,
        *(lap.started_at - end > LAP_PAUSE for end, lap in zip(ends, laps[1:], strict=False)),
    ]
    return concatenated(
        [
            lap.rows.restarted() if is_paused else lap.rows
            for lap, is_paused in zip(laps, paused, strict=True)
        ]
    )


def summed(laps: list[Lap]) -> Totals:
    """Totals over the laps; elapsed to the end of the last lap, pauses included."""
    lasting_s = [lap.totals.elapsed_s or lap.totals.moving_s for lap in laps]
    ends = [
        lap.started_at.timestamp() + (long_s or 0.0)
        for lap, long_s in zip(laps, lasting_s, strict=True)
    ]
    beats = [
        (lap.totals.heart_rate_bpm, lap.totals.moving_s)
        for lap in laps
        if lap.totals.heart_rate_bpm and lap.totals.moving_s
    ]
    weight = sum(seconds for _, seconds in beats)
    return Totals(
        # Where no lap says how long it was, nothing is known.
        elapsed_s=(max(ends) - laps[0].started_at.timestamp()) or None,
        moving_s=sum(lap.totals.moving_s or 0.0 for lap in laps) or None,
        distance_m=sum(lap.totals.distance_m or 0.0 for lap in laps) or None,
        heart_rate_bpm=sum(rate * seconds for rate, seconds in beats) / weight if weight else None,
    )


def energy_kcal(laps: list[Lap]) -> float | None:
    """Energy over the laps; None where one states none, or all state 0."""
    every = [lap.energy_kcal for lap in laps if lap.energy_kcal is not None]
    return sum(every) or None if len(every) == len(laps) else None


def lap_columns(laps: list[Lap]) -> Mapping[str, Sequence[Any]]:
    """Columns of LAP_SCHEMA; cadence is still as recorded."""
    triggers = [TRIGGERS.get(lap.node.value("TriggerMethod") or "") for lap in laps]
    if set(triggers) <= {"manual", None}:
        # Garmin Connect, Google Fit and Polar write Manual on every lap, whatever ended it.
        triggers = [None] * len(laps)
    starts = [lap.started_at for lap in laps]
    ends = [lap.totals.elapsed_s or lap.totals.moving_s for lap in laps]
    elapsed_s = [
        max(ends[index] or 0.0, (starts[index + 1] - start).total_seconds())
        if index + 1 < len(laps)
        else ends[index]
        for index, start in enumerate(starts)
    ]
    return {
        "lap_index": list(range(len(laps))),
        "started_at": starts,
        "elapsed_s": elapsed_s,
        "moving_s": [lap.totals.moving_s for lap in laps],
        "distance_m": [lap.totals.distance_m for lap in laps],
        "cadence_spm": [
            lap_cadence(lap.node) or mean_of_nonzero(lap.rows.columns[CADENCE.raw_name])
            for lap in laps
        ],
        "heart_rate_bpm": [lap.totals.heart_rate_bpm for lap in laps],
        "trigger": triggers,
    }


def lap_cadence(lap: Node) -> float | None:
    """Mean cadence of the lap as recorded; None where it has none or 0."""
    stated = (lap.value("Extensions", "LX", "AvgRunCadence"), lap.value("Cadence"))
    return next((found for text in stated if (found := CADENCE.credited(number(text)))), None)
