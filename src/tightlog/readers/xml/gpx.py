"""GPX files: each track with times is an activity; consecutive tracks of one outing are one.

The rules in short: tracks of the same sport less than half an hour apart are one activity with a
pause; tracks that overlap in time stay separate (two copies of a run are found by the
de-duplication). Segments are pieces of one activity with a pause between. Times without a zone are
read as UTC, and the reading says so. Six hours without a point end an outing. Totals the exporter
wrote beside the track (running_page keeps those of the watch there) come before our own where both
roughly agree, and alone make a treadmill run that has no positions. A track without a single point
that says when it began and what it was is an activity of unknown length and distance: it took
place.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from tightlog.domain.channels import CADENCE, CHANNELS, HEART_RATE
from tightlog.domain.formats import GPX
from tightlog.domain.reading import Reading, no_activity, read, unreadable
from tightlog.domain.sports import INDOOR_SUB_SPORTS
from tightlog.readers.sport_words import app_of_runs, settled_sport
from tightlog.readers.totals import Totals
from tightlog.readers.travelled import outing_ranges, outing_words
from tightlog.readers.xml.markup import Document, document
from tightlog.readers.xml.pieces import joined, on_one_clock
from tightlog.readers.xml.rows.row_layout import text_rows
from tightlog.readers.xml.rows.row_problems import every_misdated, no_readable_time, problems
from tightlog.readers.xml.rows.row_shape import RowShape
from tightlog.readers.xml.rows.row_times import moment
from tightlog.readers.xml.rows.rows import FileRows, Rows, concatenated, file_rows
from tightlog.readers.xml.structure import Node
from tightlog.readers.xml.track import Track, activity_of, is_start_of, track_problems
from tightlog.readers.xml.track_text import instant, number
from tightlog.readers.xml.xml_text import content_description, root_name

ONE_OUTING_GAP = timedelta(minutes=30)

ROW = RowShape(
    root="gpx",
    element="trkpt",
    path=("trk", "trkseg"),
    activity="trk",
    attributes={
        channel.raw_name: channel.gpx_attribute for channel in CHANNELS if channel.gpx_attribute
    },
    fields={
        "recorded_at": ("time",),
        **{channel.raw_name: channel.gpx for channel in CHANNELS if channel.gpx},
    },
)
STATED = ("distance", "elapsed_time", "average_hr", "average_cadence", "start_time", "end_time")
KEPT = frozenset(
    {
        "gpx",
        "metadata",
        "trk",
        "trkseg",
        "rte",
        "wpt",
        "name",
        "type",
        "time",
        "extensions",
        *STATED,
    }
)


@dataclass(frozen=True)
class _Outing:
    """Tracks that are one activity, or a part of one track: their nodes, and their dated rows."""

    nodes: tuple[Node, ...]
    rows: Rows
    is_part: bool = False
    # Rows of its track that are of no outing.
    left_out_count: int = 0


def is_gpx(data: bytes) -> bool:
    """Whether the bytes are a GPX document, judged by the root element alone."""
    return root_name(data) == "gpx"


def read_gpx(data: bytes, name: str, is_by_columns: bool = True) -> Reading:
    """Reading of the bytes of a GPX file; `name` is the file's, a last hint at the sport. Any
    bytes give a Reading.
    """
    if not is_gpx(data):
        return unreadable(GPX.name, f"not a GPX file: {content_description(data)}")
    source = document(data, ROW, KEPT, is_by_columns)
    if source.root is None or source.root.name != "gpx":
        return unreadable(GPX.name, source.problem or "the file holds no GPX document")
    nodes = [_ranges(node) for node in source.root.all("trk")]
    rows = file_rows(source.rows).redated((own[0][0], own[-1][1]) for own in nodes if own)
    outings = _outings(source.root, rows, name)
    tracks = [_outing_track(source.root, outing, name) for outing in outings]
    if not tracks and not rows.height and not source.problem:
        unplaced = _stated_track(source.root, name) or _unmeasured_track(source.root, name)
        tracks = [unplaced] if unplaced else []
    if not tracks and rows.height == 1 and not source.problem:
        tracks = [*_start_alone(source.root, rows, name)]
    if not tracks:
        return _nothing(source, rows)
    activities = tuple(activity_of(track, index) for index, track in enumerate(tracks))
    of_times = [
        words
        for track, activity in zip(tracks, activities, strict=True)
        for words in track_problems(track, activity)
    ]
    apart = outing_words(
        sum(outing.is_part for outing in outings),
        sum(outing.left_out_count for outing in outings),
    )
    return read(GPX.name, activities, (*problems(source.problem, rows), *of_times, *apart))


def _outings(root: Node, rows: FileRows, name: str) -> list[_Outing]:
    """Dated tracks in the order of time, those of one outing together."""
    tracks = [part for node in root.all("trk") if _ranges(node) for part in _parts(node, rows)]
    outings: list[_Outing] = []
    measurable = [track for track in tracks if track.rows.height > 1]
    for track in sorted(measurable, key=lambda track: track.rows.time_us[0]):
        if outings and _is_continued(outings[-1], track, name):
            before = outings.pop()
            outings.append(
                _Outing(
                    before.nodes + track.nodes,
                    concatenated([before.rows, track.rows.restarted()]),
                    before.is_part or track.is_part,
                    before.left_out_count + track.left_out_count,
                )
            )
        else:
            outings.append(track)
    return outings


def _parts(track: Node, rows: FileRows) -> list[_Outing]:
    """The outings of one track, which lie hours apart; mostly one."""
    whole = joined(on_one_clock(_pieces(track, rows)))
    ranges = outing_ranges(whole.time_s, whole.columns["distance_m"])
    is_part = ranges != [(0, whole.height)]
    left_out = whole.height - sum(stop - first for first, stop in ranges)
    return [
        _Outing((track,), whole.of(slice(*part)), is_part, 0 if number else left_out)
        for number, part in enumerate(ranges)
    ]


def _is_continued(before: _Outing, after: _Outing, name: str) -> bool:
    gap = moment(after.rows.time_us[0]) - moment(before.rows.time_us[-1])
    sports = {
        settled_sport((node.value("type"),), (node.value("name"),), None)[0]
        for node in (before.nodes[-1], after.nodes[0])
    }
    return bool(timedelta(0) <= gap < ONE_OUTING_GAP) and len(sports) == 1


def _ranges(track: Node) -> list[tuple[int, int]]:
    return sorted(found for node in (track, *track.all("trkseg")) for found in node.row_ranges)


def _pieces(track: Node, rows: FileRows) -> list[Rows]:
    return [rows.piece(first, stop) for first, stop in _ranges(track)]


def _outing_track(root: Node, outing: _Outing, file_name: str) -> Track:
    node, rows = outing.nodes[0], outing.rows
    first_at = moment(rows.time_us[0])
    is_only = sum(1 for track in root.all("trk") if _ranges(track)) == len(outing.nodes)
    is_alone = is_only and not outing.is_part
    return Track(
        rows=rows,
        started_at=_started_at(root, first_at) if is_alone else first_at,
        declared_sports=tuple(track.value("type") for track in outing.nodes),
        hints=(
            node.value("name"),
            root.value("metadata", "name"),
            file_name,
            app_of_runs(root.attributes.get("creator")),
        ),
        file_format=GPX,
        name=node.value("name"),
        device=(root.attributes.get("creator") or "").strip() or None,
        stated=_stated_totals(root.first("extensions")) if is_alone else Totals(),
        utc_offset_s=rows.written_offset_s(),
    )


def _started_at(root: Node, first_at: datetime) -> datetime:
    """Start of the only outing: the written one if it is shortly before the first position, else
    that.
    """
    for stated in (root.value("extensions", "start_time"), root.value("metadata", "time")):
        started_at = instant(stated)
        if is_start_of(started_at, first_at):
            return started_at
    return first_at


def _stated_track(root: Node, file_name: str) -> Track | None:
    """Track without rows from the totals an exporter kept of a run that has no positions; None
    when it kept none.
    """
    block, node = root.first("extensions"), root.first("trk") or root
    stated = _stated_totals(block)
    started_at = instant(block.value("start_time")) if block else None
    if (
        started_at is None
        or not stated.elapsed_s
        or not (stated.distance_m or stated.heart_rate_bpm)
    ):
        return None
    cadence = CADENCE.credited(number(block.value("average_cadence"))) if block else None
    return replace(
        _unplaced(root, node, started_at, file_name), stated=stated, stated_cadence=cadence
    )


def _unmeasured_track(root: Node, file_name: str) -> Track | None:
    """Track of an activity of which a file without points says when and what only: `<metadata>
    <time>…</time></metadata><trk><type>treadmill_running</type><trkseg/></trk>`; else None.
    """
    block, node = root.first("extensions"), root.first("trk")
    if node is None or not (node.value("type") or node.value("name")):
        return None
    told = (
        block.value("start_time") if block else None,
        node.value("time"),
        root.value("metadata", "time"),
        root.value("time"),
    )
    started_at = next((found for text in told if (found := instant(text))), None)
    return None if started_at is None else _unplaced(root, node, started_at, file_name)


def _start_alone(root: Node, rows: FileRows, file_name: str) -> Iterator[Track]:
    """Track without rows of what goes nowhere, on a treadmill or in a pool, where the place and
    time of its start are all that was recorded; elsewhere a start alone is no activity.
    """
    node = root.first("trk")
    if node is None or not rows.times.is_dated.all():
        return
    sport, sub_sport = settled_sport((node.value("type"),), (node.value("name"), file_name), None)[
        0
    ]
    if sub_sport in INDOOR_SUB_SPORTS or sport == "swimming":
        started_at = moment(int(rows.times.time_us[0]))
        yield _unplaced(root, node, started_at, file_name)


def _unplaced(root: Node, node: Node, started_at: datetime, file_name: str) -> Track:
    """Track without rows."""
    return Track(
        rows=file_rows(text_rows((), ROW)).piece(0, 0),
        started_at=started_at,
        declared_sports=(node.value("type"),),
        hints=(node.value("name"), file_name),
        file_format=GPX,
        name=node.value("name"),
        device=(root.attributes.get("creator") or "").strip() or None,
    )


def _stated_totals(block: Node | None) -> Totals:
    """Totals in the block running_page writes: its start to its end is the timer time, elapsed_time
    includes the pauses.

    `<elapsed_time>2635.9</elapsed_time> <start_time>…T10:14:04+00:00</start_time>
    <end_time>…T10:52:08.928000+00:00</end_time>`
    """
    if block is None:
        return Totals()
    elapsed_s = number(block.value("elapsed_time")) or None
    started_at, ended_at = instant(block.value("start_time")), instant(block.value("end_time"))
    # Longer than elapsed_time if the runner corrected duration and distance by hand: the
    # correction counts.
    timer_s = (ended_at - started_at).total_seconds() if started_at and ended_at else None
    return Totals(
        elapsed_s=max(elapsed_s or 0.0, timer_s or 0.0) or None,
        moving_s=timer_s,
        distance_m=number(block.value("distance")) or None,
        heart_rate_bpm=HEART_RATE.credited(number(block.value("average_hr"))),
    )


def _nothing(source: Document, rows: FileRows) -> Reading:
    """Reading of a GPX file without a single dated row: broken, a route, or an activity recorded
    without positions.
    """
    root = source.root
    if source.problem:
        return unreadable(GPX.name, f"{source.problem}; no record could be read")
    if rows.times.is_misdated.any():
        return unreadable(GPX.name, every_misdated(rows))
    if words := no_readable_time(source.rows["recorded_at"], rows):
        return unreadable(GPX.name, words)
    if rows.times.is_dated.any():
        return no_activity(GPX.name, "a single record in its track: nothing measurable")
    if rows.height:
        return no_activity(GPX.name, "a planned route: no times")
    if root is not None and (tracks := root.all("trk")):
        title = tracks[0].value("name") or tracks[0].value("type") or "unnamed"
        missing = f"no positions in its track ({title}) and no totals"
        return no_activity(GPX.name, f"{missing}: nothing measurable")
    planned = [
        what
        for what, name in (("a planned route", "rte"), ("waypoints", "wpt"))
        if root is not None and root.all(name)
    ]
    if planned:
        return no_activity(GPX.name, f"{' and '.join(planned)} only: no recorded track")
    return no_activity(GPX.name, "an empty GPX: no track in it")
