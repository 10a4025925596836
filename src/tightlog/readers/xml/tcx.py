"""TCX files: each Activity element is an activity, its laps hold the totals, its tracks are pieces
with pauses between.

The rules in short: lap totals come before our own sums unless they cannot be true (0, or under half
of what the records show). `Other` is not a sport: notes, the plan's name and the file's name are
used. A start of a Track within a lap is a resume; a new lap alone is not. Google Fit writes one
Activity per stretch: each stays its own activity.
"""

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import islice

import polars as pl

from tightlog.domain.channels import CADENCE, CHANNELS, HEART_RATE
from tightlog.domain.formats import TCX
from tightlog.domain.frames import LAP_SCHEMA
from tightlog.domain.reading import Reading, no_activity, read, unreadable
from tightlog.readers.totals import Totals, mean_of_nonzero, totals
from tightlog.readers.xml.markup import Document, document
from tightlog.readers.xml.structure import Node, RowShape
from tightlog.readers.xml.track import (
    START_SLACK,
    Track,
    activity_of,
    joined,
    on_one_clock,
    settled_totals,
    track_problems,
)
from tightlog.readers.xml.track_text import (
    every_misdated,
    instant,
    no_readable_time,
    number,
    problems,
    typed,
    written_offset_s,
)
from tightlog.readers.xml.xml_text import content_description, root_name

# Laps follow one another within seconds unless the watch was paused.
LAP_PAUSE = timedelta(seconds=10)
# A lap's distance is that of records that agree within this share.
SAME_LAP = 0.02
# Google Fit: 2019-02-07T18_54_55-05_00_PT27M14S_Running.tcx
NAME_OFFSET = re.compile(r"\d{4}-\d\d-\d\dT\d\d_\d\d_\d\d(?:\.\d+)?([+-])(\d\d)_(\d\d)")
# FIT's names for what ended a lap.
TRIGGERS = {
    "Manual": "manual",
    "Distance": "distance",
    "Time": "time",
    "Location": "position_lap",
    "HeartRate": "heart_rate",
}

ROW = RowShape(
    root="TrainingCenterDatabase",
    element="Trackpoint",
    path=("Activities", "Activity", "Lap", "Track"),
    activity="Activity",
    attributes={},
    fields={
        "recorded_at": ("Time",),
        **{
            channel.raw_name: channel.tcx
            for channel in CHANNELS
            if channel.tcx and channel is not CADENCE
        },
        # Separate, because the one that counts steps comes first wherever it is in the row.
        **{tag: (tag,) for tag in CADENCE.tcx},
    },
)
SPORTS = frozenset({"MultiSportSession", "FirstSport", "NextSport", "Activity"})
KEPT = SPORTS | frozenset(
    {
        "TrainingCenterDatabase",
        "Activities",
        "Id",
        "Notes",
        "Lap",
        "Track",
        "TotalTimeSeconds",
        "DistanceMeters",
        "AverageHeartRateBpm",
    }
    | {
        "Value",
        "Cadence",
        "TriggerMethod",
        "Extensions",
        "LX",
        "AvgRunCadence",
        "Creator",
        "Author",
        "Name",
        "Training",
        "Plan",
    }
    | {"Courses", "Course", "Workouts", "Workout"}
)


@dataclass(frozen=True)
class _Lap:
    """One lap: its node, its dated rows, when it began and its totals."""

    node: Node
    rows: pl.DataFrame
    started_at: datetime
    totals: Totals


def is_tcx(data: bytes) -> bool:
    """Whether the bytes are a TCX document, judged by the root element alone."""
    return root_name(data) == "TrainingCenterDatabase"


def read_tcx(data: bytes, name: str, is_by_columns: bool = True) -> Reading:
    """Reading of the bytes of a TCX file; `name` is the file's, a last hint at sport and time
    zone. Any bytes give a Reading.
    """
    if not is_tcx(data):
        return unreadable(TCX.name, f"not a TCX file: {content_description(data)}")
    source = document(data, ROW, KEPT, is_by_columns)
    if source.root is None or source.root.name != "TrainingCenterDatabase":
        return unreadable(TCX.name, source.problem or "the file holds no TCX document")
    cadence = pl.coalesce(CADENCE.tcx).alias(CADENCE.raw_name)
    rows = typed(source.rows.with_columns(cadence))
    found = [(node, _laps(node, rows)) for node in _activity_nodes(source.root)]
    tracks = [_track(source.root, node, laps, name) for node, laps in found if laps]
    if not tracks:
        return _nothing(source, rows)
    activities = tuple(activity_of(track, index) for index, track in enumerate(tracks))
    of_times = [
        words
        for track, activity in zip(tracks, activities, strict=True)
        for words in track_problems(track, activity)
    ]
    return read(TCX.name, activities, (*problems(source.problem, rows), *of_times))


def _activity_nodes(root: Node) -> list[Node]:
    """Activity nodes in the order of the file, those inside a multisport session too."""
    waiting, found = [*root.all("Activities")], []
    while waiting:
        node = waiting.pop(0)
        found += [node] if node.name == "Activity" else []
        waiting = [child for child in node.children if child.name in SPORTS] + waiting
    return found


def _laps(activity: Node, rows: pl.DataFrame) -> list[_Lap]:
    """Laps with a date, in the order of time; an activity without any is one, its Id the start."""
    nodes = activity.all("Lap") or [activity]
    ranges = [_ranges(node) for node in nodes]
    pieces = iter(on_one_clock([rows.slice(a, b - a) for own in ranges for a, b in own]))
    own_pieces = [list(islice(pieces, len(own))) or [rows.clear()] for own in ranges]
    found = (_lap(node, own) for node, own in zip(nodes, own_pieces, strict=True))
    return _apart(sorted((lap for lap in found if lap), key=lambda lap: lap.started_at))


def _apart(laps: list[_Lap]) -> list[_Lap]:
    """The laps with distances of their own, where the file counts on from lap to lap."""
    stated_m = [lap.totals.distance_m or 0.0 for lap in laps]
    if len(laps) < 2 or not all(_is_counted_on(lap) for lap in laps[1:]):
        return laps
    return [
        replace(lap, totals=replace(lap.totals, distance_m=stated - before))
        for lap, stated, before in zip(laps, stated_m, [0.0, *stated_m], strict=False)
    ]


def _is_counted_on(lap: _Lap) -> bool:
    """True where a later lap states the distance since the start that its last record has."""
    recorded = lap.rows["distance_m"].drop_nulls()
    if recorded.is_empty() or lap.totals.distance_m is None:
        return False
    first_m, last_m = float(recorded[0]), float(recorded[-1])
    off_m = abs(lap.totals.distance_m - last_m)
    return off_m <= SAME_LAP * last_m < first_m


def _ranges(lap: Node) -> list[tuple[int, int]]:
    return sorted(found for holder in (lap, *lap.all("Track")) for found in holder.row_ranges)


def _lap(node: Node, pieces: list[pl.DataFrame]) -> _Lap | None:
    own_rows = joined(pieces)
    started_at = instant(node.attributes.get("StartTime") or node.value("Id"))
    stated = Totals(
        moving_s=number(node.value("TotalTimeSeconds")),
        distance_m=number(node.value("DistanceMeters")),
        heart_rate_bpm=HEART_RATE.credited(number(node.value("AverageHeartRateBpm", "Value"))),
    )
    first_at = None if own_rows.is_empty() else own_rows["recorded_at"][0]
    if first_at is not None and (
        started_at is None or not timedelta(0) <= first_at - started_at <= START_SLACK
    ):
        started_at = first_at
    # A length of 0 is written for what did not take place; none at all was not measured.
    is_empty = first_at is None and stated.moving_s == 0.0
    if started_at is None or is_empty:
        return None
    own = totals(own_rows, restarts=own_rows["is_restart"].cast(pl.Float64).to_numpy())
    return _Lap(node, own_rows, started_at, settled_totals(stated, own))


def _track(root: Node, node: Node, laps: list[_Lap], file_name: str) -> Track:
    rows = _rows_over(laps)
    device = node.value("Creator", "Name") or root.value("Author", "Name")
    title = node.value("Training", "Plan", "Name")
    return Track(
        rows=rows,
        started_at=laps[0].started_at,
        declared_sports=(node.attributes.get("Sport"),),
        hints=(node.value("Notes"), title, file_name),
        file_format=TCX,
        name=node.value("Notes") or title,
        device=device,
        stated=_summed(laps),
        stated_cadence=next((found for lap in laps if (found := _lap_cadence(lap.node))), None),
        utc_offset_s=written_offset_s(rows) or _offset_in_name(file_name),
        laps=_lap_frame(laps),
    )


def _rows_over(laps: list[_Lap]) -> pl.DataFrame:
    """Rows of all laps; the first one after a pause between two laps is a restart."""
    ends = [
        lap.started_at + timedelta(seconds=lap.totals.elapsed_s or lap.totals.moving_s or 0.0)
        for lap in laps
    ]
    paused = [
        False,
        *(lap.started_at - end > LAP_PAUSE for end, lap in zip(ends, laps[1:], strict=False)),
    ]
    is_first = pl.int_range(pl.len()) == 0
    restarts = [pl.col("is_restart") | (is_first & pl.lit(is_paused)) for is_paused in paused]
    return pl.concat(
        [
            lap.rows.with_columns(is_restart=restart)
            for lap, restart in zip(laps, restarts, strict=True)
        ]
    )


def _summed(laps: list[_Lap]) -> Totals:
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


def _lap_frame(laps: list[_Lap]) -> pl.DataFrame:
    """Laps of LAP_SCHEMA; cadence is still as recorded."""
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
    columns = {
        "lap_index": list(range(len(laps))),
        "started_at": starts,
        "elapsed_s": elapsed_s,
        "moving_s": [lap.totals.moving_s for lap in laps],
        "distance_m": [lap.totals.distance_m for lap in laps],
        "cadence_spm": [
            _lap_cadence(lap.node) or mean_of_nonzero(lap.rows["cadence_raw"]) for lap in laps
        ],
        "heart_rate_bpm": [lap.totals.heart_rate_bpm for lap in laps],
        "trigger": triggers,
    }
    return pl.DataFrame(columns, schema=dict(LAP_SCHEMA))


def _lap_cadence(lap: Node) -> float | None:
    """Mean cadence of the lap as recorded; None where it has none or 0."""
    stated = (lap.value("Extensions", "LX", "AvgRunCadence"), lap.value("Cadence"))
    return next((found for text in stated if (found := CADENCE.credited(number(text)))), None)


def _offset_in_name(file_name: str) -> int | None:
    """Offset from UTC in s that Google Fit writes into the file name; None without one."""
    found = NAME_OFFSET.search(file_name)
    return (
        (int(found[2]) * 3600 + int(found[3]) * 60) * (1 if found[1] == "+" else -1)
        if found
        else None
    )


def _nothing(source: Document, rows: pl.DataFrame) -> Reading:
    """Reading of a TCX file without a dated lap: broken, a course, a plan, or empty."""
    root = source.root
    if source.problem:
        return unreadable(TCX.name, f"{source.problem}; no record could be read")
    if rows["is_misdated"].any():
        return unreadable(TCX.name, every_misdated(rows))
    if words := no_readable_time(source.rows["recorded_at"], rows["recorded_at"]):
        return unreadable(TCX.name, words)
    kinds = (("a planned course", "Courses"), ("planned workouts", "Workouts"))
    planned = [what for what, name in kinds if root is not None and root.all(name)]
    if planned:
        return no_activity(TCX.name, f"{' and '.join(planned)} only: no recorded activity")
    return no_activity(TCX.name, "no records and no lap time in it")
