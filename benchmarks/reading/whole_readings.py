"""How fast a whole reading is, from a file's bytes to everything a night needs, against others on
the same files: GPX against gpxpy, TCX against an lxml loop that only collects the same fields as
text, FIT against pyroparse (native; a table and its summary).

    python benchmarks/reading/whole_readings.py FOLDER

None of them is a dependency of tightlog: what is not installed is left out (pip install gpxpy lxml
pyroparse). Both readers take each file in turns, so what else the machine does slows both alike.
"""

import io
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tightlog.domain.reading import Reading
from tightlog.readers.fit import read_fit
from tightlog.readers.xml.gpx import read_gpx
from tightlog.readers.xml.tcx import ROW, read_tcx

try:
    import gpxpy
except ImportError:
    gpxpy = None
try:
    from lxml import etree
except ImportError:
    etree = None
try:
    import pyroparse
except ImportError:
    pyroparse = None

ROUNDS = 5
FIELDS = frozenset(name for names in ROW.fields.values() for name in names)

Way = Callable[[bytes], object]
Read = Callable[[bytes, str], Reading]


def main() -> None:
    pairs: tuple[tuple[str, object, Read, Way], ...] = (
        ("gpx", gpxpy, read_gpx, with_gpxpy),
        ("tcx", etree, read_tcx, with_lxml),
        ("fit", pyroparse, read_fit, with_pyroparse),
    )
    for ending, package, read, reference in pairs:
        if package is None:
            continue
        paths = sorted(Path(sys.argv[1]).rglob(f"*.{ending}"))
        files = [
            data for path in paths if is_read_by_both(data := path.read_bytes(), read, reference)
        ]
        if not files:
            continue
        ratios = sorted(ratio(files, read, reference) for _ in range(ROUNDS))
        print(
            f"{ending}: {len(files):4} files, {reference.__name__.removeprefix('with_')} takes "
            f"{statistics.median(ratios):.2f} x the CPU time ({ratios[0]:.2f} to {ratios[-1]:.2f} "
            f"in {ROUNDS} rounds)"
        )


def ratio(files: list[bytes], read: Read, reference: Way) -> float:
    """CPU time of the reference over that of a whole reading, file by file in turns."""
    own_s = reference_s = 0.0
    for data in files:
        began = time.process_time()
        read(data, "")
        between = time.process_time()
        reference(data)
        own_s += between - began
        reference_s += time.process_time() - between
    return reference_s / own_s


def is_read_by_both(data: bytes, read: Read, reference: Way) -> bool:
    """True for a file with an activity that the reference reads to the end."""
    if not read(data, "").activities:
        return False
    try:
        reference(data)
    except Exception:  # noqa: BLE001 each package has errors of its own
        return False
    return True


def with_gpxpy(data: bytes) -> None:
    for track in gpxpy.parse(data.decode()).tracks:
        for segment in track.segments:
            for point in segment.points:
                [child.text for extension in point.extensions for child in extension]


def with_lxml(data: bytes) -> list[dict[str, str]]:
    """Each row's fields as text."""
    rows = []
    for _, row in etree.iterparse(io.BytesIO(data), tag="{*}Trackpoint"):
        names = ((field.tag.rpartition("}")[2], field.text) for field in row.iter())
        rows.append({name: text for name, text in names if name in FIELDS and text})
        row.clear()
    return rows


def with_pyroparse(data: bytes) -> tuple[object, object]:
    activity = pyroparse.Activity.load_fit(data)
    return activity.data, activity.metadata


if __name__ == "__main__":
    main()
