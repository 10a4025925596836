"""The run files: whether every folder of data/raw can be read, and it is not suddenly empty."""

import errno
import os
import shlex
from pathlib import Path

from tightlog.answers.doctor.check import Check, access_remedy
from tightlog.errors import WarehouseError
from tightlog.home.settings import Home
from tightlog.warehouse import store

SHOWN_CLOSED = 3
NOT_ENTERED = "it can be listed but not opened"


def run_files(home: Home) -> Check:
    """How many files lie under data/raw, and which folders of it cannot be opened."""
    if not home.raw.is_dir():
        is_other = os.path.lexists(home.raw) and not home.raw.is_symlink()
        return Check(
            "run files",
            False,
            f"{home.raw} is {'not a folder' if is_other else 'not there'}",
            (
                "connect the disk it lies on, or put the folder back; for a new one: mkdir "
                f"{shlex.quote(str(home.raw))}"
            ),
        )
    count, closed = _walked(home.raw)
    if closed:
        names = ", ".join(f"{path} ({reason})" for path, reason in closed[:SHOWN_CLOSED])
        more = f" and {len(closed) - SHOWN_CLOSED} more" if len(closed) > SHOWN_CLOSED else ""
        return Check("run files", False, f"cannot be opened: {names}{more}", _remedy(*closed[0]))
    known = _known_count(home)
    if count == 0 and known:
        return Check(
            "run files",
            False,
            f"{home.raw} is empty, but {known:,} files were known before",
            "connect the disk or wait for the sync; if you removed them yourself: tightlog rebuild",
        )
    return Check("run files", True, f"{count:,} files under {home.raw}")


def _walked(raw: Path) -> tuple[int, list[tuple[Path, str]]]:
    """The number of files below a folder, and the folders that cannot be opened, with the
    reason.
    """
    count, closed, waiting = 0, [], [raw]
    while waiting:
        folder = waiting.pop()
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    if entry.name.startswith(".") or (folder == raw and entry.name == "diary"):
                        continue
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(Path(entry.path))
                    else:
                        count += 1
            if not os.access(folder, os.X_OK):
                closed.append((folder, NOT_ENTERED))
        except OSError as problem:
            closed.append((folder, problem.strerror or str(problem)))
    return count, sorted(closed)


def _remedy(folder: Path, reason: str) -> str:
    if reason in (NOT_ENTERED, os.strerror(errno.EACCES), os.strerror(errno.EPERM)):
        return access_remedy(folder)
    return f"look at the disk it lies on, or move it out of data/raw: {shlex.quote(str(folder))}"


def _known_count(home: Home) -> int:
    try:
        return int(store.answer(store.linked_version(home), "known_file_count").item())
    except (WarehouseError, OSError):
        return 0
