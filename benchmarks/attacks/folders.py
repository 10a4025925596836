"""Closes folders and files under data/raw, and adds things that are not files.

Each attack is a random tree that was read, then changed; the refresh must end in time with exit 0,
keep every activity, and read the same as before once everything is open again.
"""

import os
import random
import shutil
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.attacks.outcome import Outcome
from benchmarks.kills import served
from tightlog.home.settings import Home, home_folder, settings_of
from tightlog.refresh.refresh import refresh
from tightlog.simulation.files.steady_run import run_fit

FIRST = datetime(2026, 5, 4, 6, tzinfo=UTC)
FILES, DEEPEST = 4, 4
LIMIT_S = 120
CLOSED_MODES = (0o000, 0o111, 0o333, 0o444)
TARGETS = (
    "/dev/zero",
    "/dev/random",
    "/dev/tty",
    "/proc/kmsg",
    "/proc/self/mem",
    "/nowhere",
    "itself",
    "..",
    "/",
)
# Root enters any folder; without these rights it is a user like any other.
AS_A_USER = ("setpriv", "--bounding-set=-dac_override,-dac_read_search")


def attacks(count: int, seed: int, folder: Path) -> list[Outcome]:
    """Outcomes of `count` attacks by what is closed, no file, deep or oddly named."""
    chance = random.Random(seed)
    ways: tuple[Callable[[Home, random.Random], None], ...] = (
        _close_folder,
        _close_file,
        _put_no_files,
        _bury,
        _name_oddly,
    )
    tried: Counter[str] = Counter()
    survived: Counter[str] = Counter()
    for number in range(count):
        way = ways[number % len(ways)]
        kind = str(way.__doc__).rstrip(".")
        tried[kind] += 1
        survived[kind] += _is_survived(folder / str(number), way, chance)
    return [
        Outcome(
            kind,
            number,
            survived[kind],
            "the refresh ends well and in time, and keeps every activity; "
            "opened again, nothing has changed",
        )
        for kind, number in tried.items()
    ]


def _is_survived(
    folder: Path, way: Callable[[Home, random.Random], None], chance: random.Random
) -> bool:
    home = home_folder(str(folder))
    home.settings_file.write_text('time_zone = "UTC"\n')
    for number in range(FILES):
        place = home.raw.joinpath(*(chance.choice("abc") for _ in range(chance.randrange(DEEPEST))))
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{number}.fit").write_bytes(run_fit(FIRST + timedelta(days=number)))
    refresh(home, settings_of(home))
    (home.raw / "kept.fit").write_bytes(run_fit(FIRST + timedelta(days=FILES)))
    way(home, chance)
    is_ended = _refreshed(home) == 0
    is_kept = served(home) == FILES + 1
    _open_all(home)
    is_same = refresh(home, settings_of(home)).activities == FILES + 1
    shutil.rmtree(folder, ignore_errors=True)
    return is_ended and is_kept and is_same


def _refreshed(home: Home) -> int | None:
    """Exit code of a refresh as an ordinary user, None when it did not end in time."""
    command = [sys.executable, "-P", "-m", "tightlog", "--home", str(home.folder), "refresh"]
    prefix = AS_A_USER if os.geteuid() == 0 and shutil.which("setpriv") else ()
    try:
        return subprocess.run(
            [*prefix, *command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=LIMIT_S,
            check=False,
        ).returncode
    except subprocess.TimeoutExpired:
        return None


def _close_folder(home: Home, chance: random.Random) -> None:
    """folders that cannot be listed or entered."""
    folders = [path for path in home.raw.rglob("*") if path.is_dir()]
    for folder in sorted(folders, key=lambda path: -len(path.parts)):
        if chance.random() < 0.6:
            folder.chmod(chance.choice(CLOSED_MODES))


def _close_file(home: Home, chance: random.Random) -> None:
    """files that cannot be opened."""
    for file in [path for path in home.raw.rglob("?.fit") if path.is_file()]:
        if chance.random() < 0.6:
            file.chmod(0)


def _put_no_files(home: Home, chance: random.Random) -> None:
    """pipes, sockets, devices, loops and files of the system."""
    os.mkfifo(home.raw / "pipe.fit")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(os.path.relpath(home.raw / "socket.gpx"))
    for number, target in enumerate(chance.sample(TARGETS, 6)):
        (home.raw / f"link-{number}.tcx").symlink_to(
            f"link-{number}.tcx" if target == "itself" else target
        )


def _bury(home: Home, chance: random.Random) -> None:
    """folders hundreds deep, with paths longer than the system takes."""
    handle = os.open(home.raw, os.O_RDONLY)
    name = chance.choice("xyz") * chance.randrange(1, 200)
    for _ in range(chance.randrange(45, 300)):
        os.mkdir(name, dir_fd=handle)
        above, handle = handle, os.open(name, os.O_RDONLY, dir_fd=handle)
        os.close(above)
    os.close(os.open("empty.fit", os.O_CREAT, dir_fd=handle))
    os.close(handle)


def _name_oddly(home: Home, chance: random.Random) -> None:
    """names of any bytes."""
    for _ in range(20):
        letters = bytes(
            chance.choice([*range(1, 47), *range(48, 256)]) for _ in range(chance.randrange(1, 100))
        )
        (home.raw / os.fsdecode(b"_" + letters)).write_bytes(b"")


def _open_all(home: Home) -> None:
    waiting = [home.raw]
    while waiting:
        folder = waiting.pop()
        folder.chmod(0o755)
        for path in folder.iterdir():
            if path.is_dir() and not path.is_symlink() and len(str(path)) < 1000:
                waiting.append(path)
            elif path.is_file() and not path.is_symlink():
                path.chmod(0o644)
