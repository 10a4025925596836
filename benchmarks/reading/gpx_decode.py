"""How much faster than gpxpy tightlog reads GPX, on the same bytes in the same run.

    python benchmarks/reading/gpx_decode.py [FOLDER]

Without a folder: runs invented here, 1 Hz with heart rate and cadence. With one: its .gpx files
that gpxpy reads. gpxpy is no dependency of tightlog; without it (pip install gpxpy) only tightlog's
own two ways are compared.
"""

import sys
from collections.abc import Callable
from pathlib import Path

from benchmarks.reading.spent import cpu_s
from tightlog.readers.xml.gpx import KEPT, ROW, read_gpx
from tightlog.readers.xml.markup import document
from tightlog.simulation.files.varied_run import portal_hour

try:
    import gpxpy
except ImportError:
    gpxpy = None

RUNS, REPEATS = 5, 5


def main() -> None:
    folder = sys.argv[1:]
    files = (
        readable(sorted(Path(folder[0]).rglob("*.gpx")))
        if folder
        else [portal_hour(index) for index in range(RUNS)]
    )
    row_count = sum(document(data, ROW, KEPT).rows.height for data in files)
    ways: dict[str, Callable[[bytes], object]] = {
        "gpxpy": with_gpxpy,
        "tightlog, row by row": lambda data: document(data, ROW, KEPT, is_by_columns=False),
        "tightlog, by columns": lambda data: document(data, ROW, KEPT),
        "tightlog, whole reading": lambda data: read_gpx(data, ""),
    }
    if gpxpy is None:
        del ways["gpxpy"]
    spent = {
        name: min(cpu_s(way, files) for _ in range(REPEATS if name != "gpxpy" else 2))
        for name, way in ways.items()
    }
    reference = next(iter(spent))
    print(
        f"{len(files)} files, {row_count:,} rows, {sum(map(len, files)) / 1e6:.1f} MB; CPU "
        f"time, best of {REPEATS}"
    )
    for name, seconds in spent.items():
        print(
            f"{name:26}{seconds / row_count * 3.6e6:9.2f} ms per hour at 1 "
            f"Hz{spent[reference] / seconds:8.1f} x {reference}"
        )


def with_gpxpy(data: bytes) -> None:
    for track in gpxpy.parse(data.decode()).tracks:
        for segment in track.segments:
            for point in segment.points:
                [child.text for extension in point.extensions for child in extension]


def readable(paths: list[Path]) -> list[bytes]:
    """The files both read, without those that hold no row."""
    files = [path.read_bytes() for path in paths]
    return [
        data
        for data in files
        if document(data, ROW, KEPT).rows.height and (gpxpy is None or is_read_by_gpxpy(data))
    ]


def is_read_by_gpxpy(data: bytes) -> bool:
    try:
        with_gpxpy(data)
    except (gpxpy.gpx.GPXException, UnicodeDecodeError, ValueError):
        return False
    return True


if __name__ == "__main__":
    main()
