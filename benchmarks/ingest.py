"""How much faster a whole `tightlog ingest` is than fitparse merely reading the same FIT files, in
the same run.

    python benchmarks/ingest.py [FOLDER [FILES]]

Without a folder: a simulated runner's FIT files, more than 200. With one: its .fit files that
fitparse reads to the end, each counted once; with FILES they are repeated, each time a year
earlier, until there are so many (a file repeated counts for fitparse what it took once). tightlog's
time is the whole command: start, reading, twins, writing, publishing. fitparse's is a plain loop
that stores nothing. CPU time is that of all processes.
"""

import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import fitparse

from benchmarks.shifted_fit import SPAN_S, shifted
from tightlog.simulation.home import write_sample

REPEATS = 5


@dataclass(frozen=True)
class Spent:
    """Wall and CPU seconds."""

    wall_s: float
    cpu_s: float


def main() -> None:
    with tempfile.TemporaryDirectory() as scratch:
        home = Path(scratch)
        raw = home / "data" / "raw"
        raw.mkdir(parents=True)
        source = Path(sys.argv[1]) if sys.argv[1:] else simulated(home / "simulated")
        taken = reference(sorted(source.rglob("*.fit")), raw)
        if sys.argv[2:]:
            taken |= repeated(taken, raw, int(sys.argv[2]))
        loop = Spent(*(sum(kind) for kind in zip(*taken.values(), strict=True)))
        whole = least([ingested(home) for _ in range(REPEATS)])
        refresh = ("--home", str(home), "refresh")
        nothing = least([spent_by(*refresh) for _ in range(REPEATS + 1)])
        version = least([spent_by("--version") for _ in range(REPEATS)])
        megabytes = sum(file.stat().st_size for file in raw.iterdir()) / 1e6
    print(f"{len(taken)} FIT files, {megabytes:.1f} MB; best of {REPEATS} (fitparse once)")
    print(f"{'':40}{'wall':>10}{'CPU':>21}")
    for name, spent in (
        ("fitparse, a loop that stores nothing", loop),
        ("tightlog ingest, whole command", whole),
        ("tightlog refresh, nothing new", nothing),
        ("tightlog --version", version),
    ):
        ratios = (
            (f"{of_loop / own:6.0f} x" if spent is whole else "")
            for of_loop, own in ((loop.wall_s, spent.wall_s), (loop.cpu_s, spent.cpu_s))
        )
        wall, cpu = (f"{ratio:>9}" for ratio in ratios)
        print(f"{name:40}{spent.wall_s:8.2f} s{wall}{spent.cpu_s:8.2f} s{cpu}")


def least(rounds: list[Spent]) -> Spent:
    return Spent(min(one.wall_s for one in rounds), min(one.cpu_s for one in rounds))


def simulated(folder: Path) -> Path:
    """Folder with the sample's files."""
    write_sample(folder, date(2026, 6, 30))
    return folder


def reference(files: Iterable[Path], raw: Path) -> dict[Path, tuple[float, float]]:
    """Wall and CPU seconds fitparse takes for each of the files it reads to the end, one per
    content; those are copied to `raw`.
    """
    seen: set[bytes] = set()
    taken: dict[Path, tuple[float, float]] = {}
    for file in files:
        data = file.read_bytes()
        if data in seen:
            continue
        begun = time.perf_counter(), time.process_time()
        try:
            for message in fitparse.FitFile(str(file)).get_messages():
                message.get_values()
        except (fitparse.FitParseError, TypeError, ValueError, KeyError, IndexError):
            continue
        spent = time.perf_counter() - begun[0], time.process_time() - begun[1]
        seen.add(data)
        copy = raw / f"{len(seen):05d}.fit"
        copy.write_bytes(data)
        taken[copy] = spent
    return taken


def repeated(
    taken: dict[Path, tuple[float, float]], raw: Path, count: int
) -> dict[Path, tuple[float, float]]:
    """The files again, each round a span earlier, until there are so many in all; with what the
    first of each took.
    """
    found: dict[Path, tuple[float, float]] = {}
    for round_number in range(1, count):
        before = len(found)
        for file, spent in taken.items():
            if len(taken) + len(found) >= count:
                return found
            again = shifted(file.read_bytes(), -round_number * SPAN_S)
            if again is not None:
                copy = raw / f"{round_number:03d}-{file.name}"
                copy.write_bytes(again)
                found[copy] = spent
        if len(found) == before:
            break
    return found


def ingested(home: Path) -> Spent:
    """What a first ingest takes."""
    shutil.rmtree(home / "data" / "warehouse", ignore_errors=True)
    return spent_by("--home", str(home), "ingest", "--json")


def spent_by(*arguments: str) -> Spent:
    """What a command takes, from its start to its end, with all processes it starts."""
    used, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(
        [str(Path(sys.executable).with_name("tightlog")), *arguments],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    wall_s, now = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    return Spent(wall_s, now.ru_utime + now.ru_stime - used.ru_utime - used.ru_stime)


if __name__ == "__main__":
    main()
