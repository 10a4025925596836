"""How much faster a whole `tightlog ingest` is than fitparse merely reading the same FIT files, in
the same run.

    python benchmarks/ingest.py [FOLDER]

Without a folder: a simulated runner's FIT files, more than 200. With one: its .fit files that
fitparse reads to the end, each counted once. tightlog's time is the whole command: start, reading,
twins, writing, publishing. fitparse's is a plain loop that stores nothing.
"""

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import fitparse

from tightlog.simulation.home import write_sample

REPEATS = 5


def main() -> None:
    with tempfile.TemporaryDirectory() as scratch:
        home = Path(scratch)
        raw = home / "data" / "raw"
        raw.mkdir(parents=True)
        source = Path(sys.argv[1]) if sys.argv[1:] else simulated(home / "simulated")
        reference_s, count = reference(sorted(source.rglob("*.fit")), raw)
        whole_s = min(ingest_s(home) for _ in range(REPEATS))
        nothing_s = min(command_s("--home", str(home), "refresh") for _ in range(REPEATS + 1))
        version_s = min(command_s("--version") for _ in range(REPEATS))
        megabytes = sum(file.stat().st_size for file in raw.iterdir()) / 1e6
    print(f"{count} FIT files, {megabytes:.1f} MB; wall time, best of {REPEATS} (fitparse once)")
    print(f"{'fitparse, a loop that stores nothing':40}{reference_s:8.2f} s")
    print(f"{'tightlog ingest, whole command':40}{whole_s:8.2f} s{reference_s / whole_s:8.0f} x")
    print(
        f"{'tightlog refresh, nothing new':40}{nothing_s:8.2f} s   tightlog --version "
        f"{version_s:.2f} s"
    )


def simulated(folder: Path) -> Path:
    """Folder with the sample's files."""
    write_sample(folder, date(2026, 6, 30))
    return folder


def reference(files: Iterable[Path], raw: Path) -> tuple[float, int]:
    """Seconds fitparse takes for the files it reads to the end, one per content, and their
    number; those are copied to `raw`.
    """
    seen: set[bytes] = set()
    spent_s = 0.0
    for file in files:
        data = file.read_bytes()
        if data in seen:
            continue
        begun = time.perf_counter()
        try:
            for message in fitparse.FitFile(str(file)).get_messages():
                message.get_values()
        except (fitparse.FitParseError, TypeError, ValueError, KeyError, IndexError):
            continue
        spent_s += time.perf_counter() - begun
        (raw / f"{len(seen):05d}.fit").write_bytes(data)
        seen.add(data)
    return spent_s, len(seen)


def ingest_s(home: Path) -> float:
    """Seconds of a first ingest."""
    shutil.rmtree(home / "data" / "warehouse", ignore_errors=True)
    return command_s("--home", str(home), "ingest", "--json")


def command_s(*arguments: str) -> float:
    """Seconds a command takes, from its start to its end."""
    begun = time.perf_counter()
    subprocess.run(
        [str(Path(sys.executable).with_name("tightlog")), *arguments],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
