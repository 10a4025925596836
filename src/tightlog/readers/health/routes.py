"""The routes of an Apple export: GPX files beside the XML, or positions in the oldest of them.

<FileReference path="/workout-routes/route_2023-05-01_7.12am.gpx"/>
"""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from tightlog.readers.health.tags import Attributes
from tightlog.readers.health.times import seconds_of

# A file in the folder of routes or beside the XML, never anywhere else.
ROUTE_PATH = re.compile(r"/?((?:workout-routes/)?[^/\\\0]{1,200}\.gpx)", re.IGNORECASE)
# The time of a point stands so near behind its beginning.
POINT_BYTES = 4_000
# Of another time is a route that begins so long before the workout, or after its end.
SLACK_S = 900
HEAD = b'<gpx version="1.1" creator="Apple Health Export"><trk>'
TAIL = b"</trk></gpx>"
POINT = '<trkpt lat="{}" lon="{}">{}<time>{}</time></trkpt>'


def route_path(path: str) -> str | None:
    """Path of a route below the folder of the XML; None for a path that leads anywhere else."""
    match = ROUTE_PATH.fullmatch(path)
    return None if match is None or match[1].startswith("..") else match[1]


def track_of(route: bytes, header: Mapping[str, Any]) -> bytes | None:
    """The track in a route's file without what differs from export to export; None where it is not
    of the workout's time.
    """
    first, last = route.find(b"<trkseg"), route.rfind(b"</trkseg>")
    started_s, workout = _first_s(route), header["workout"]
    if first < 0 or started_s is None:
        return None
    if not workout["started_s"] - SLACK_S <= started_s <= workout["ended_s"] + SLACK_S:
        return None
    whole = route[first:] if last < first else route[first : last + len(b"</trkseg>")]
    return HEAD + whole + (b"" if last < first else TAIL)


def _first_s(route: bytes) -> int | None:
    point = route.find(b"<trkpt")
    begin = route.find(b"<time>", point, point + POINT_BYTES) if point >= 0 else -1
    end = route.find(b"</time>", begin, begin + 60) if begin >= 0 else -1
    written = route[begin + len(b"<time>") : end] if end >= 0 else b""
    return seconds_of(written.decode("ascii", "replace"))


def location_route(locations: Sequence[Attributes]) -> bytes | None:
    """The positions a workout of the first years holds itself, as GPX; None without any."""
    points = []
    for one in locations:
        at = seconds_of(one.get("date"))
        numbers = [_number(one.get(name)) for name in ("latitude", "longitude")]
        if at is not None and None not in numbers:
            altitude = _number(one.get("altitude"))
            height = "" if altitude is None else f"<ele>{altitude!r}</ele>"
            points.append(POINT.format(*numbers, height, _utc(at)))
    if not points:
        return None
    return HEAD + b"<trkseg>" + "".join(points).encode() + b"</trkseg>" + TAIL


def _number(text: str | None) -> float | None:
    try:
        return float(text or "")
    except ValueError:
        return None


def _utc(at_s: int) -> str:
    return f"{datetime.fromtimestamp(at_s, UTC):%Y-%m-%dT%H:%M:%SZ}"
