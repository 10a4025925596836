"""How much faster than fitparse tightlog decodes FIT, on the same bytes in the same run.

    python benchmarks/reading/fit_decode.py [FOLDER]

Without a folder: runs written here, 1 Hz. With one: its .fit files that fitparse reads, each
counted once.
"""

import sys
from pathlib import Path

import fitparse

from benchmarks.reading.spent import cpu_s
from tightlog.readers.fit import profile, read_fit
from tightlog.readers.fit.clock import latest_s
from tightlog.readers.fit.envelope import envelopes
from tightlog.readers.fit.messages import tables
from tightlog.readers.fit.records import records
from tightlog.simulation.files.varied_run import watch_hour

RUNS, REPEATS, MAX_FILES = 3, 5, 40


def main() -> None:
    folder = sys.argv[1:]
    files = (
        readable(sorted(Path(folder[0]).rglob("*.fit"))[:MAX_FILES])
        if folder
        else [watch_hour(index) for index in range(RUNS)]
    )
    hours = (
        sum(activity.records.height for data in files for activity in read_fit(data, "").activities)
        / 3600
    )
    reference_s = min(cpu_s(with_fitparse, files) for _ in range(2))
    print(
        f"{len(files)} files, {hours:.1f} h of records at 1 Hz, "
        f"{sum(map(len, files)) / 1e6:.2f} MB; CPU time, best of {REPEATS}"
    )
    print(f"{'fitparse':34}{reference_s / hours * 1000:9.2f} ms per hour")
    for name, decode in (("tightlog, columns", columns), ("tightlog, whole reading", reading)):
        spent_s = min(cpu_s(decode, files) for _ in range(REPEATS))
        print(
            f"{name:34}{spent_s / hours * 1000:9.2f} ms per hour{reference_s / spent_s:8.0f} "
            "x fitparse"
        )


def columns(data: bytes) -> None:
    """Every wanted message, and all record columns in their units."""
    for envelope in envelopes(data):
        found, _ = tables(data, envelope, profile.WANTED)
        records(found[profile.RECORD], found[profile.EVENT], latest_s())


def reading(data: bytes) -> None:
    read_fit(data, "")


def with_fitparse(data: bytes) -> None:
    for message in fitparse.FitFile(data).get_messages():
        message.get_values()


def readable(paths: list[Path]) -> list[bytes]:
    """The files fitparse reads to the end."""
    files = []
    for path in paths:
        data = path.read_bytes()
        try:
            with_fitparse(data)
        except (fitparse.FitParseError, TypeError, ValueError):
            continue
        files.append(data)
    return files


if __name__ == "__main__":
    main()
