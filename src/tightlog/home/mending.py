"""Makes what tightlog wrote in a home private where an older version, root or a umask left it open.

The runner's own files under data/raw are left as they are; tightlog.toml changes with the
group only.
"""

import errno
import grp
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tightlog.errors import SettingsError
from tightlog.home.private import CLOSED_FOLDER, GROUP_FILE, GROUP_FOLDER, NO_MODES, change
from tightlog.home.settings import SETTINGS_FILE, Home
from tightlog.language.catalogue import phrase

# Enough to pass through and to list; the group of what is made below is then the same.
PASSAGE = stat.S_ISGID | stat.S_IRGRP | stat.S_IXGRP
FOLDER_FLAGS = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
FILE_FLAGS = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
# A folder copied into the inbox may be deeper; it lies in closed ones all the same.
MAX_DEPTH = 60
PASSED_OVER = (
    *NO_MODES,
    errno.ENOENT,
    errno.ENOTDIR,
    errno.ELOOP,
    errno.ENXIO,
    errno.EIO,
    errno.ESTALE,
)


def mended(home: Home, group: str | None) -> None:
    """Gives what tightlog wrote in a home its modes and, when root does it, its owner.

    Raises SettingsError when this user cannot give files to the group. What the file system refuses
    is left as it is.
    """
    group_id = -1 if group is None else _group_id(group)
    owner = home.folder.stat().st_uid if os.geteuid() == 0 else -1
    if group_id != -1:
        for folder in (home.folder, home.folder / "data", home.raw):
            _open_passage(folder, group_id)
    for file in (home.settings_file, home.sample_marker):
        _mend_loose(file, owner, group_id)
    for root in (home.warehouse, home.journal.parent, home.inbox, home.fetched):
        _mend_below(home, root, owner, group_id)
    # Sealed seeds are their owner's alone, and so are the nightly run's history and password,
    # also those set aside.
    for folder in (home.sealed_seeds, *home.warehouse.glob(f"{home.prefect.name}*")):
        _mend_below(home, folder, owner, -1)


def _group_id(name: str) -> int:
    """Number of the group. Raises SettingsError when this user is not in it."""
    number = grp.getgrnam(name).gr_gid
    if os.geteuid() != 0 and number not in (os.getegid(), *os.getgroups()):
        raise SettingsError(
            SETTINGS_FILE,
            phrase(
                "home.group {name!r}: the user who refreshes is not in this group, so files "
                "cannot be given to it; add the user to it (`sudo usermod -aG {name} USER`) "
                "and log in again",
                name=name,
            ),
        )
    return number


def _mend_loose(file: Path, owner: int, group_id: int) -> None:
    """Gives a file beside `data` the group's mode, and takes it back with the group; any other mode
    is the runner's own.
    """
    with _refusals_passed_over():
        handle = os.open(file, FILE_FLAGS)
        try:
            facts = os.fstat(handle)
            is_ours = group_id != -1 or stat.S_IMODE(facts.st_mode) == GROUP_FILE
            if stat.S_ISREG(facts.st_mode) and is_ours:
                _mend(handle, facts, owner, group_id)
        finally:
            os.close(handle)


def _mend_below(home: Home, root: Path, owner: int, group_id: int) -> None:
    for handle, names in _folders(home, root):
        _mend(handle, os.fstat(handle), owner, group_id)
        for name in names:
            with _refusals_passed_over():
                facts = os.stat(name, dir_fd=handle, follow_symlinks=False)
                if not stat.S_ISREG(facts.st_mode) or _is_right(facts, owner, group_id):
                    continue
                file = os.open(name, FILE_FLAGS, dir_fd=handle)
                try:
                    _mend(file, os.fstat(file), owner, group_id)
                finally:
                    os.close(file)


def _is_right(facts: os.stat_result, owner: int, group_id: int) -> bool:
    return (
        stat.S_IMODE(facts.st_mode) == _mode(facts, group_id)
        and owner in (-1, facts.st_uid)
        and group_id in (-1, facts.st_gid)
    )


def _mode(facts: os.stat_result, group_id: int) -> int:
    if stat.S_ISDIR(facts.st_mode):
        return CLOSED_FOLDER if group_id == -1 else GROUP_FOLDER
    # A published version stays read-only.
    writable = facts.st_mode & stat.S_IWUSR
    return stat.S_IRUSR | writable | (0 if group_id == -1 else stat.S_IRGRP)


def _mend(handle: int, facts: os.stat_result, owner: int, group_id: int) -> None:
    if not _is_right(facts, owner, group_id):
        change(handle, _mode(facts, group_id), owner, group_id)


def _open_passage(folder: Path, group_id: int) -> None:
    with _refusals_passed_over():
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            facts = os.fstat(handle)
            mode = stat.S_IMODE(facts.st_mode) | PASSAGE
            if (mode, group_id) != (stat.S_IMODE(facts.st_mode), facts.st_gid):
                change(handle, mode, group=group_id)
        finally:
            os.close(handle)


def _folders(home: Home, root: Path) -> Iterator[tuple[int, list[str]]]:
    """Each folder from the root down as an open handle, with the names of the files in it."""
    waiting: list[tuple[str, ...]] = [()]
    while waiting:
        below = waiting.pop()
        with _refusals_passed_over():
            handle = _folder_handle(home, root, below)
            try:
                names = []
                with os.scandir(handle) as entries:
                    for entry in entries:
                        if not entry.is_dir(follow_symlinks=False):
                            names.append(entry.name)
                        elif len(below) < MAX_DEPTH and not _is_owners_alone(
                            home, root.joinpath(*below, entry.name)
                        ):
                            waiting.append((*below, entry.name))
                yield handle, names
            finally:
                os.close(handle)


def _is_owners_alone(home: Home, folder: Path) -> bool:
    """True for sealed seeds, for the history of the nightly runs, and for those set aside: they
    hold a password.
    """
    if folder == home.sealed_seeds:
        return True
    return folder.parent == home.warehouse and folder.name.startswith(home.prefect.name)


def _folder_handle(home: Home, root: Path, below: tuple[str, ...]) -> int:
    """Handle of a folder, reached without following a link, so that root is not led elsewhere."""
    # The runner may have put data/raw elsewhere by a link; root follows none.
    is_root = os.geteuid() == 0 and home.folder.stat().st_uid != 0
    start, parts = (home.folder, root.relative_to(home.folder).parts) if is_root else (root, ())
    handle = os.open(start, FOLDER_FLAGS & ~os.O_NOFOLLOW if is_root else FOLDER_FLAGS)
    for part in (*parts, *below):
        above = handle
        try:
            handle = os.open(part, FOLDER_FLAGS, dir_fd=above)
        finally:
            os.close(above)
    return handle


@contextmanager
def _refusals_passed_over() -> Iterator[None]:
    """Skips what the file system refuses, what another user owns and what is gone."""
    try:
        yield
    except OSError as problem:
        if problem.errno not in PASSED_OVER:
            raise
