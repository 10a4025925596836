"""Whether two versions of tightlog read the same from the same files: every field, every cell.

    python benchmarks/reading/same_readings.py FOLDER > before.txt
    python benchmarks/reading/same_readings.py FOLDER before.txt     # with the other version

Prints one line a file: a digest of its reading (the bits of each number, so 0.0 and -0.0 differ),
and the file. Each file is read as it is and damaged in three ways: cut off, one byte in 997
changed, and its first half twice. Against an earlier list, the files that read differently are
shown, and the exit code is 1 if there is any.
"""

import hashlib
import sys
from collections.abc import Iterator
from dataclasses import fields
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import polars as pl

from tightlog.domain.activity import Activity
from tightlog.domain.reading import Reading
from tightlog.readers.content import read_content

ENDINGS = (".fit", ".gpx", ".tcx", ".gz")
CHANGED_EVERY = 997


def main() -> int:
    folder, *before = sys.argv[1:]
    lines = [f"{digest} {name}" for name, digest in digests(Path(folder))]
    if not before:
        print("\n".join(lines))
        return 0
    others = set(Path(before[0]).read_text().splitlines()) ^ set(lines)
    names = sorted({line.partition(" ")[2] for line in others})
    print("\n".join((*names, f"{len(names)} of {len(lines)} readings differ")))
    return int(bool(names))


def digests(folder: Path) -> Iterator[tuple[str, str]]:
    """Each file's name, whole and damaged, with the digest of its reading."""
    paths = [path for path in folder.rglob("*") if path.suffix.lower() in ENDINGS]
    for path in sorted(paths):
        for damage, data in damaged(path.read_bytes()):
            reading = read_content(data, path.name, ZoneInfo("Europe/Berlin"))
            yield f"{path.relative_to(folder)} {damage}", digest_of(reading)


def damaged(data: bytes) -> Iterator[tuple[str, bytes]]:
    """The bytes as they are and damaged in three ways, each with its name."""
    yield "whole", data
    yield "cut", data[: len(data) * 2 // 3]
    changed = bytearray(data)
    for at in range(CHANGED_EVERY, len(changed), CHANGED_EVERY):
        changed[at] ^= 1 << at % 8
    yield "changed", bytes(changed)
    yield "doubled", data[: len(data) // 2] + data


def digest_of(reading: Reading) -> str:
    found = hashlib.sha256()
    found.update(repr((reading.status, reading.reader, reading.reason)).encode())
    for activity in reading.activities:
        found.update(facts(activity).encode())
        for frame in (activity.records, activity.laps):
            for column in frame:
                found.update(repr((column.name, column.dtype, len(column))).encode())
                found.update(bits(column))
    return found.hexdigest()[:24]


def facts(activity: Activity) -> str:
    """Every field that is no frame, with its type; instants without the class of their zone."""
    values = ((one.name, getattr(activity, one.name)) for one in fields(activity))
    return repr(
        [
            (name, type(value), value.isoformat() if isinstance(value, datetime) else value)
            for name, value in values
            if not is_frame(value)
        ]
    )


def is_frame(value: object) -> bool:
    return isinstance(value, pl.DataFrame)


def bits(column: pl.Series) -> bytes:
    """The column's values bit by bit, and which are missing."""
    missing = column.is_null().to_numpy().tobytes()
    if column.dtype == pl.String:
        return missing + repr(column.to_list()).encode()
    values = column.to_physical()
    return missing + values.fill_null(0).to_numpy().tobytes()


if __name__ == "__main__":
    sys.exit(main())
