"""What a first refresh and a night with one new run cost: computing, bytes written, room on disk.

    python -m benchmarks.nights_written FOLDER [FILES]

FOLDER holds real FIT files; they are repeated, each time a year earlier, until there are FILES
(1,300 by default). All figures are ratios to the raw files or to the records, but for the memory.
"""

import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.memory import peak_mb
from benchmarks.shifted_fit import SPAN_S, long_history, shifted
from tightlog.home.settings import Home, home_folder
from tightlog.warehouse import store

FILES, NIGHTS = 1300, 4
BLOCK = 512
# Runs a command in this very process, then says what it and its children used.
RUN = """
import resource, sys
from tightlog.cli.main import main
code = main(sys.argv[1:])
for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN):
    used = resource.getrusage(who)
    print(used.ru_utime + used.ru_stime, used.ru_oublock, file=sys.stderr)
sys.exit(code)
"""


@dataclass(frozen=True)
class Cost:
    """Computing of the main process and of its children, bytes written, peak memory."""

    main_s: float
    children_s: float
    written_bytes: int
    peak_pss_mb: float


def main() -> None:
    source, count = Path(sys.argv[1]), int(sys.argv[2]) if sys.argv[2:] else FILES
    with tempfile.TemporaryDirectory() as scratch:
        home = home_folder(scratch)
        raw_bytes = long_history(source, home.raw, count)
        first = cost(home, "ingest")
        version = store.published_version(home)
        asked = "select sum(record_count)::bigint from ingest.activity"
        records = int(store.query(version, asked).item())
        print(f"{count} files, {raw_bytes / 1e6:.0f} MB, {records / 1e6:.2f} M records")
        shown("first reading", first, raw_bytes)
        both_s = first.main_s + first.children_s
        print(f"  CPU s per million records {both_s / records * 1e6:.2f}")
        print(f"  main process' share of CPU {first.main_s / both_s:.0%}")
        shown("refresh", cost(home, "refresh"), raw_bytes)
        for number, data in enumerate(new_runs(home)):
            (home.raw / f"night-{number}.fit").write_bytes(data)
            shown("night with one new file", cost(home, "refresh"), raw_bytes)
        print(f"warehouse on disk / raw {folder_bytes(home.warehouse) / raw_bytes:.3f}")


def new_runs(home: Home) -> Iterator[bytes]:
    """The first files as they were recorded: after all others."""
    for path in sorted(home.raw.glob("*.fit"))[:NIGHTS]:
        again = shifted(path.read_bytes(), SPAN_S)
        if again is not None:
            yield again


def cost(home: Home, command: str) -> Cost:
    """What one command on the home used."""
    process = subprocess.Popen(
        [sys.executable, "-P", "-c", RUN, "--home", str(home.folder), command],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    told: list[bytes] = []
    assert process.stderr is not None
    listening = threading.Thread(target=lambda: told.extend(process.stderr or ()))
    listening.start()
    pss_mb, _ = peak_mb(process)
    listening.join()
    (main_s, main_blocks), (children_s, children_blocks) = (
        map(float, line.split()) for line in told[-2:]
    )
    return Cost(main_s, children_s, int(main_blocks + children_blocks) * BLOCK, pss_mb)


def shown(what: str, used: Cost, raw_bytes: int) -> None:
    print(
        f"{what:24} main {used.main_s:6.2f} s, children {used.children_s:6.2f} s, "
        f"written / raw {used.written_bytes / raw_bytes:.3f}, peak PSS {used.peak_pss_mb:.0f} MB"
    )


def folder_bytes(folder: Path) -> int:
    return sum(path.lstat().st_size for path in folder.rglob("*") if path.is_file())


if __name__ == "__main__":
    main()
