"""Apple's XML: how much faster it is read than by an iterparse loop that collects the same rows,
and how much memory that takes.

    python -m benchmarks.reading.apple_health [MEGABYTES] [COMPARED_MEGABYTES]

Writes an export of our own making of about that size (2,000 MB) and reads it; a smaller one
(300 MB) is read by both, each in a process of its own. The loop is compared twice: collecting
texts, and collecting what tightlog gives, which is instants and numbers in one unit.
"""

import resource
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from tightlog.readers.health.export_scan import scanned
from tightlog.readers.health.parts import health_export
from tightlog.readers.health.quantities import PREFIX, UNITS
from tightlog.simulation.apple_health.apple_planted import planted_runs, planted_symptoms
from tightlog.simulation.apple_health.export import AppleExport

MEGABYTES, COMPARED_MEGABYTES = 2_000, 300
YEARS = 5.0
# Of the megabytes the all-day records are so many; so many of them a day.
AMBIENT_PER_DAY, AMBIENT_BYTES = 2_000, 425
REPEATS = 3


def main() -> None:
    asked = [int(one) for one in sys.argv[1:]]
    megabytes = asked[0] if asked else MEGABYTES
    compared = asked[1] if len(asked) > 1 else COMPARED_MEGABYTES
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "export.xml"
        size = written(path, compared)
        spent = {
            name: min((run(name, path) for _ in range(REPEATS)), key=lambda one: one[0])
            for name in WAYS
            if name != "tightlog, parts"
        }
        own_s = spent["tightlog"][0]
        for name, (cpu_s, peak_mb, count) in spent.items():
            print(
                f"{name:18} {size / 1e6:6.0f} MB {count:>10,} rows {cpu_s:7.2f} s CPU "
                f"{peak_mb:6.0f} MB {cpu_s / own_s:6.1f} x"
            )
        size = written(path, megabytes)
        cpu_s, peak_mb, count = run("tightlog, parts", path)
        print(
            f"{'tightlog, parts':18} {size / 1e6:6.0f} MB {count:>10,} parts {cpu_s:6.2f} s CPU "
            f"{peak_mb:6.0f} MB"
        )


def written(path: Path, megabytes: int) -> int:
    """Writes an export of about so many megabytes, a fifth of them runs; its size in bytes."""
    years = YEARS * megabytes / 10 / MEGABYTES
    runs, symptoms = planted_runs(years, 1), planted_symptoms(YEARS, 2)
    days = round(megabytes * 1e6 * 0.8 / (AMBIENT_PER_DAY * AMBIENT_BYTES))
    export = AppleExport(runs, symptoms, ambient_days=days, ambient_per_day=AMBIENT_PER_DAY)
    return export.write_xml(path)


def run(name: str, path: Path) -> tuple[float, float, int]:
    """CPU seconds, peak memory in MB, and rows, of one way in a process of its own."""
    answer = subprocess.run(
        [sys.executable, "-m", "benchmarks.reading.apple_health", "--one", name, str(path)],
        capture_output=True,
        text=True,
        check=True,
    )
    cpu_s, peak_mb, count = answer.stdout.split()
    return float(cpu_s), float(peak_mb), int(count)


def one(name: str, path: Path) -> None:
    """Reads the file in one way and prints what that took, after the start of Python."""
    before = resource.getrusage(resource.RUSAGE_SELF)
    count = WAYS[name](path)
    used = resource.getrusage(resource.RUSAGE_SELF)
    cpu_s = used.ru_utime + used.ru_stime - before.ru_utime - before.ru_stime
    print(cpu_s, used.ru_maxrss / 1024, count)


def with_tightlog(path: Path) -> int:
    with path.open("rb") as stream:
        return scanned(stream).samples.count


def in_parts(path: Path) -> int:
    """Everything that one refresh does with the XML, in the process that does it."""
    with path.open("rb") as stream:
        return sum(len(part.data()) > 0 for part in health_export(stream).parts)


def with_iterparse_as_text(path: Path) -> int:
    rows = []
    for name, said in records(path):
        rows.append((name, *(said.get(key) for key in ("sourceName", "startDate", "endDate"))))
        rows[-1] = (*rows[-1], said.get("unit"), said.get("value"))
    return len(rows)


def with_iterparse(path: Path) -> int:
    rows = []
    for name, said in records(path):
        times = (
            int(datetime.strptime(said[key], "%Y-%m-%d %H:%M:%S %z").timestamp())
            for key in ("startDate", "endDate")
        )
        value = float(said["value"]) * UNITS[name][said.get("unit", "")]
        rows.append((name, said.get("sourceName"), *times, value))
    return len(rows)


def records(path: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """Name of the quantity and attributes of each record that tightlog takes."""
    parsed = ElementTree.iterparse(path, ("start", "end"))
    _, root = next(parsed)
    for event, element in parsed:
        if event == "end" and element.tag == "Record":
            name = element.attrib["type"].removeprefix(PREFIX)
            if name in UNITS:
                yield name, element.attrib
            root.clear()


WAYS: dict[str, Callable[[Path], int]] = {
    "tightlog": with_tightlog,
    "tightlog, parts": in_parts,
    "iterparse, texts": with_iterparse_as_text,
    "iterparse, values": with_iterparse,
}

if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        one(sys.argv[2], Path(sys.argv[3]))
    else:
        main()
