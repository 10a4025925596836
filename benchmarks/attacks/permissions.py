"""Uses a home under random umasks: only its owner may read what tightlog writes."""

import os
import random
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.attacks.outcome import Outcome
from tightlog.home.settings import home_folder
from tightlog.simulation.files.steady_run import run_fit

FIRST = datetime(2026, 5, 4, 6, tzinfo=UTC)
OWN = (
    "rate 4",
    "did plank",
    "ingest {given}",
    "refresh",
    "rebuild",
    "export {out}/parquet",
    "export {out}/csv --format csv",
    "report {out}/sheet.html",
)


def attacks(count: int, seed: int, folder: Path) -> list[Outcome]:
    """Outcome of `count` homes used under random umasks, in the folder."""
    chance = random.Random(seed)
    survived = sum(
        _is_private(folder / str(number), chance.choice((0o000, 0o002, 0o022, 0o027, 0o077)))
        for number in range(count)
    )
    return [
        Outcome(
            "homes used under any umask",
            count,
            survived,
            "no file or folder that tightlog wrote is open to the group or to others",
        )
    ]


def _is_private(folder: Path, umask: int) -> bool:
    folder.mkdir(parents=True)
    home = home_folder(str(folder / "home"))
    (folder / "given.fit").write_bytes(run_fit(FIRST))
    (folder / "out").mkdir(0o700)
    codes = [
        subprocess.run(
            [
                sys.executable,
                "-P",
                "-m",
                "tightlog",
                "--home",
                str(home.folder),
                *command.format(given=folder / "given.fit", out=folder / "out").split(),
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            umask=umask,
            check=False,
        ).returncode
        for command in OWN
    ]
    is_closed = all(
        stat.S_IMODE(path.lstat().st_mode) & 0o077 == 0
        for place in (home.folder / "data", folder / "out")
        for path in _below(place)
    )
    shutil.rmtree(folder)
    return is_closed and not any(codes)


def _below(folder: Path) -> Iterator[Path]:
    for at, _, names in os.walk(folder):
        yield from (
            path
            for path in (Path(at), *(Path(at, name) for name in names))
            if not path.is_symlink()
        )
