"""How much memory a first refresh of many files takes at its peak, over all its processes.

    python benchmarks/memory.py [FILES]
    python benchmarks/memory.py --giant [MB]

Writes this many short runs (3,000 by default), or one dense file of so many MB (200), refreshes,
and adds up the memory of the command and its children ten times a second:
PSS counts what processes share once, RSS counts it for each of them.
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tightlog.simulation.files.dense_run import ROW_BYTES, dense_fit
from tightlog.simulation.files.varied_run import SHORT_S, short_run

FILES, GIANT_MB = 3000, 200
EVERY_S = 0.1


def main() -> None:
    if "--giant" in sys.argv:
        giant_file(int(sys.argv[2]) if sys.argv[2:] else GIANT_MB)
    else:
        many_files()


def giant_file(size_mb: int) -> None:
    """Prints the peak of a refresh that reads one file, against the size of that."""
    with tempfile.TemporaryDirectory() as scratch:
        raw = Path(scratch) / "data" / "raw"
        raw.mkdir(parents=True)
        data = dense_fit(size_mb * 1_000_000 // ROW_BYTES)
        (raw / "giant.fit").write_bytes(data)
        file_mb = len(data) / 2**20
        pss_mb, rss_mb = peak_mb(started(scratch, "refresh"))
        print(
            f"one file of {file_mb:.0f} MB: peak {pss_mb:.0f} MB PSS ({pss_mb / file_mb:.1f} x), "
            f"{rss_mb:.0f} MB RSS ({rss_mb / file_mb:.1f} x)"
        )


def started(home: str, what: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [str(Path(sys.executable).with_name("tightlog")), "--home", home, what],
        stdout=subprocess.DEVNULL,
    )


def many_files() -> None:
    """Prints the peaks of refreshes and a rebuild of many short runs."""
    count = int(sys.argv[1]) if sys.argv[1:] else FILES
    with tempfile.TemporaryDirectory() as scratch:
        raw = Path(scratch) / "data" / "raw"
        raw.mkdir(parents=True)
        for number in range(count):
            (raw / f"{number:05d}.fit").write_bytes(short_run(number))
        print(f"{count} files of {SHORT_S / 60:.0f} min")
        for what in ("refresh", "refresh", "rebuild"):
            began = time.perf_counter()
            pss_mb, rss_mb = peak_mb(started(scratch, what))
            print(
                f"{what:8} {time.perf_counter() - began:6.2f} s, peak {pss_mb:5.0f} MB PSS, "
                f"{rss_mb:5.0f} MB RSS"
            )


def peak_mb(running: "subprocess.Popen[bytes]") -> tuple[float, float]:
    """Largest sums of PSS and of RSS of a process and everything below it, in MB, until it ends."""
    pss_kb = rss_kb = 0
    while running.poll() is None:
        rollups = [rollup(process) for process in (running.pid, *children(running.pid))]
        pss_kb, rss_kb = (
            max(pss_kb, sum(pss for pss, _ in rollups)),
            max(rss_kb, sum(rss for _, rss in rollups)),
        )
        time.sleep(EVERY_S)
    return pss_kb / 1024, rss_kb / 1024


def children(process: int) -> list[int]:
    """Everything a process started, at any depth."""
    try:
        own = [
            int(one)
            for file in Path(f"/proc/{process}/task").glob("*/children")
            for one in file.read_text().split()
        ]
    except OSError:
        return []
    return [*own, *(below for one in own for below in children(one))]


def rollup(process: int) -> tuple[int, int]:
    """PSS and RSS of one process in kB; 0 for one that has just ended."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0, 0
    sizes = {line.split(":")[0]: int(line.split()[1]) for line in lines[1:]}
    return sizes.get("Pss", 0), sizes.get("Rss", 0)


if __name__ == "__main__":
    main()
