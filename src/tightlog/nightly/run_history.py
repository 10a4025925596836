"""The history of nightly runs, as Prefect keeps it: whether it can be used, and setting it aside.

    data/warehouse/.prefect/prefect.db                  the history, a SQLite database
    data/warehouse/.prefect.broken-20260531-033000/     one that could not be used, set aside

It holds what ran and why it failed, and nothing the warehouse is made from: it can be lost without
loss. What matters is that the next night runs.
"""

import os
import shutil
import sqlite3
import stat
from datetime import datetime
from pathlib import Path

from tightlog.errors import HomeError
from tightlog.home.settings import Home
from tightlog.language.catalogue import phrase

DATABASE = "prefect.db"
BESIDE = (f"{DATABASE}-wal", f"{DATABASE}-shm", "server.log", "password")
SET_ASIDE = ".prefect.broken-"
KEPT_SET_ASIDE = 2
# SQLite's words for a database another process is just writing.
OCCUPIED = ("SQLITE_BUSY", "SQLITE_LOCKED")


def history_problem(home: Home) -> str | None:
    """Why the history cannot be used, None when it can or when there is none yet."""
    folder = home.prefect
    if not os.path.lexists(folder):
        return None
    if not folder.is_dir():
        return phrase("{folder} is not a folder", folder=folder)
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        return phrase("{folder} is not yours to read and write", folder=folder)
    return next(
        filter(None, (_file_problem(folder / name) for name in (DATABASE, *BESIDE))), None
    ) or _content_problem(folder / DATABASE)


def has_history(home: Home) -> bool:
    """True when there is something that could be set aside."""
    return os.path.lexists(home.prefect / DATABASE)


def set_aside(home: Home, now: datetime) -> Path | None:
    """Path the history was moved to, None when there was none; only a few earlier ones are kept.

    Raises HomeError when the folder it lies in cannot be written.
    """
    if not os.path.lexists(home.prefect):
        return None
    aside = _unused(home.warehouse / f"{SET_ASIDE}{now:%Y%m%d-%H%M%S}")
    try:
        home.prefect.rename(aside)
    except OSError as problem:
        raise HomeError(
            home.folder,
            phrase(
                "the broken history {prefect} cannot be set aside ({strerror})",
                prefect=home.prefect,
                strerror=problem.strerror,
            ),
        ) from problem
    for old in all_set_aside(home)[:-KEPT_SET_ASIDE]:
        if old.is_dir() and not old.is_symlink():
            shutil.rmtree(old, ignore_errors=True)
        else:
            old.unlink(missing_ok=True)
    return aside


def all_set_aside(home: Home) -> list[Path]:
    """What was set aside, oldest first."""
    return sorted(home.warehouse.glob(f"{SET_ASIDE}*"))


def _unused(path: Path) -> Path:
    """The path, with a number added where something lies there already."""
    number, free = 1, path
    while os.path.lexists(free):
        number += 1
        free = path.with_name(f"{path.name}-{number}")
    return free


def _file_problem(path: Path) -> str | None:
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return phrase("{path} is a link to nothing", path=path) if path.is_symlink() else None
    except OSError as problem:
        return phrase("{path} cannot be opened ({strerror})", path=path, strerror=problem.strerror)
    if not stat.S_ISREG(mode):
        return phrase("{path} is not a file", path=path)
    return (
        None
        if os.access(path, os.R_OK | os.W_OK)
        else phrase("{path} is not yours to read and write", path=path)
    )


def _content_problem(database: Path) -> str | None:
    if not database.exists():
        return None
    try:
        connection = sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True, timeout=5)
        try:
            found = str(connection.execute("pragma quick_check(1)").fetchone()[0])
        finally:
            connection.close()
    except sqlite3.Error as problem:
        if problem.sqlite_errorname.startswith(OCCUPIED):
            return None
        return phrase("{database} cannot be read ({problem})", database=database, problem=problem)
    return (
        None
        if found == "ok"
        else phrase(
            "{database} is damaged ({split})", database=database, split=" ".join(found.split())
        )
    )
