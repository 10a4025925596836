"""TCX files: each Activity element is an activity, its laps hold the totals, its tracks are pieces
with pauses between.

The rules in short: lap totals come before our own sums unless they cannot be true (0, or under half
of what the records show). `Other` is not a sport: notes, the plan's name and the file's name are
used. A start of a Track within a lap is a resume; a new lap alone is not. Google Fit writes one
Activity per stretch: each stays its own activity. Six hours without a record end an outing: what
follows is an activity of its own.
"""

import re

from tightlog.domain.channels import CADENCE, CHANNELS
from tightlog.domain.formats import TCX
from tightlog.domain.reading import Reading, no_activity, read, unreadable
from tightlog.readers.travelled import outing_words
from tightlog.readers.xml.markup import Document, document
from tightlog.readers.xml.rows.row_problems import every_misdated, no_readable_time, problems
from tightlog.readers.xml.rows.row_shape import RowShape, TextRows, has_no_value
from tightlog.readers.xml.rows.rows import FileRows, file_rows
from tightlog.readers.xml.structure import Node
from tightlog.readers.xml.tcx_laps import (
    Lap,
    energy_kcal,
    lap_cadence,
    lap_columns,
    laps_of,
    outings_of,
    record_count,
    rows_over,
    span,
    summed,
)
from tightlog.readers.xml.track import Track, activity_of, track_problems
from tightlog.readers.xml.xml_text import content_description, root_name

# Google Fit: 2019-02-07T18_54_55-05_00_PT27M14S_Running.tcx
NAME_OFFSET = re.compile(r"\d{4}-\d\d-\d\dT\d\d_\d\d_\d\d(?:\.\d+)?([+-])(\d\d)_(\d\d)")
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
        "Calories",
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
    nodes = _activity_nodes(source.root)
    rows = file_rows(_with_cadence(source.rows)).redated(
        place for node in nodes for place in span(node)
    )
    found = [(node, laps_of(node, rows)) for node in nodes]
    apart = [(node, part) for node, laps in found for part in outings_of(laps)]
    tracks = [_track(source.root, node, laps, name) for node, laps in apart]
    if not tracks:
        return _nothing(source, rows)
    activities = tuple(activity_of(track, index) for index, track in enumerate(tracks))
    of_times = [
        words
        for track, activity in zip(tracks, activities, strict=True)
        for words in track_problems(track, activity)
    ]
    joins = len(apart) - sum(1 for _, laps in found if laps)
    left_out = record_count(lap for _, laps in found for lap in laps) - record_count(
        lap for _, laps in apart for lap in laps
    )
    return read(
        TCX.name,
        activities,
        (*problems(source.problem, rows), *of_times, *outing_words(joins + 1, left_out)),
    )


def _with_cadence(rows: TextRows) -> TextRows:
    """The rows with one cadence: the one that counts steps where there is one."""
    steps, cycles = (rows[tag] for tag in CADENCE.tcx)
    if has_no_value(steps) or has_no_value(cycles):
        one = cycles if has_no_value(steps) else steps
    else:
        pairs = zip(steps, cycles, strict=True)
        one = [step if step is not None else cycle for step, cycle in pairs]
    return TextRows({**rows.columns, CADENCE.raw_name: one}, rows.height)


def _activity_nodes(root: Node) -> list[Node]:
    """Activity nodes in the order of the file, those inside a multisport session too."""
    waiting, found = [*root.all("Activities")], []
    while waiting:
        node = waiting.pop(0)
        found += [node] if node.name == "Activity" else []
        waiting = [child for child in node.children if child.name in SPORTS] + waiting
    return found


def _track(root: Node, node: Node, laps: list[Lap], file_name: str) -> Track:
    rows = rows_over(laps)
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
        stated=summed(laps),
        energy_kcal=energy_kcal(laps),
        stated_cadence=next((found for lap in laps if (found := lap_cadence(lap.node))), None),
        utc_offset_s=rows.written_offset_s() or _offset_in_name(file_name),
        laps=lap_columns(laps),
    )


def _offset_in_name(file_name: str) -> int | None:
    """Offset from UTC in s that Google Fit writes into the file name; None without one."""
    found = NAME_OFFSET.search(file_name)
    return (
        (int(found[2]) * 3600 + int(found[3]) * 60) * (1 if found[1] == "+" else -1)
        if found
        else None
    )


def _nothing(source: Document, rows: FileRows) -> Reading:
    """Reading of a TCX file without a dated lap: broken, a course, a plan, or empty."""
    root = source.root
    if source.problem:
        return unreadable(TCX.name, f"{source.problem}; no record could be read")
    if rows.times.is_misdated.any():
        return unreadable(TCX.name, every_misdated(rows))
    if words := no_readable_time(source.rows["recorded_at"], rows):
        return unreadable(TCX.name, words)
    kinds = (("a planned course", "Courses"), ("planned workouts", "Workouts"))
    planned = [what for what, name in kinds if root is not None and root.all(name)]
    if planned:
        return no_activity(TCX.name, f"{' and '.join(planned)} only: no recorded activity")
    return no_activity(TCX.name, "no records and no lap time in it")
