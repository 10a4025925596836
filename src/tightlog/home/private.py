"""Files with health data: for their owner only, or for a group where their folder says so.

    folder 0700    file 0600    published version 0400
    folder 2750    file 0640    published version 0440    in a home with `[home] group = "NAME"`

The folder a file lies in decides, so a writer needs no more than a path. The umask never counts.
What root writes belongs to the owner of the folder. A file system without modes changes nothing.
"""

import errno
import os
import stat
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from tightlog.home.durable import sync

CLOSED_FOLDER, GROUP_FOLDER = 0o700, 0o2750
OWNER_ONLY, GROUP_FILE = 0o600, 0o640
# What a file system without modes or owners answers, and one that is read-only.
NO_MODES = (errno.EPERM, errno.EACCES, errno.EROFS, errno.ENOTSUP, errno.EINVAL, errno.ENOSYS)


def folder(path: Path, *, is_secret: bool = False) -> Path:
    """The folder itself, made with those above it where missing, each on disk. Raises OSError.

    A secret one is closed to the group as well.
    """
    if path.is_dir():
        return path
    above = folder(path.parent)
    with suppress(FileExistsError):
        path.mkdir(CLOSED_FOLDER)
        settle(path, is_secret=is_secret)
        sync(above)
    if not path.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(path))
    return path


def opener(path: str, flags: int) -> int:
    """For `open(…, opener=opener)`: the file is private from its first byte on. Raises OSError."""
    return _opened(path, flags, _file_mode(_folder_facts(path)))


def secret_opener(path: str, flags: int) -> int:
    """The same for what the group must not read either, such as a password."""
    return _opened(path, flags, OWNER_ONLY)


def _opened(path: str, flags: int, mode: int) -> int:
    above = _folder_facts(path)
    # Root must not be led out of another user's folder by a link.
    is_foreign = os.geteuid() == 0 and above.st_uid != 0
    kept_inside = os.O_NOFOLLOW if is_foreign else 0
    handle = os.open(path, flags | os.O_CLOEXEC | kept_inside, OWNER_ONLY)
    _settle(handle, above, mode)
    return handle


def owner_only(path: str, flags: int) -> int:
    """The same for a file at a place the user names: 0600, whatever its folder is like."""
    handle = os.open(path, flags | os.O_CLOEXEC, OWNER_ONLY)
    _change(handle, OWNER_ONLY)
    return handle


def owner_only_folder(path: Path) -> Path:
    """The same for a folder at a place the user names; one that is there is left as it is."""
    if not path.is_dir():
        owner_only_folder(path.parent)
        with suppress(FileExistsError):
            path.mkdir(CLOSED_FOLDER)
            path.chmod(CLOSED_FOLDER)
    return path


def settle(path: Path, *, is_read_only: bool = False, is_secret: bool = False) -> None:
    """Gives a file or folder that is there the mode and owner its place asks for.

    A link is left alone. Raises OSError when it cannot be opened.
    """
    above = _folder_facts(str(path))
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            is_open = is_group_folder(above) and not is_secret
            mode = GROUP_FOLDER if is_open else CLOSED_FOLDER
        else:
            mode = _file_mode(above) & (0o440 if is_read_only else 0o640)
        _settle(handle, above, mode)
    finally:
        os.close(handle)


def is_group_folder(facts: os.stat_result) -> bool:
    """True for a folder as tightlog makes it for a practice."""
    return stat.S_IMODE(facts.st_mode) == GROUP_FOLDER


def change(handle: int, mode: int, owner: int = -1, group: int = -1) -> bool:
    """Changes owner, group and mode of an open file or folder; False where that is not possible.

    A group that cannot be given is given no rights: the mode is then the owner's part alone.
    """
    facts = os.fstat(handle)
    is_changed = True
    wanted = (owner if owner != facts.st_uid else -1, group if group != facts.st_gid else -1)
    if wanted != (-1, -1):
        # The other name of a file with two may lie outside the home.
        is_changed = not (stat.S_ISREG(facts.st_mode) and facts.st_nlink > 1)
        is_changed = is_changed and _is_done(lambda: os.fchown(handle, *wanted))
    return _change(handle, mode if is_changed or group == -1 else mode & 0o700) and is_changed


def _settle(handle: int, above: os.stat_result, mode: int) -> None:
    if os.geteuid() == 0 and above.st_uid != os.fstat(handle).st_uid:
        change(handle, mode, above.st_uid, above.st_gid)
    else:
        _change(handle, mode)


def _change(handle: int, mode: int) -> bool:
    facts = os.fstat(handle)
    # A report may be written to a terminal or a pipe.
    is_ours = stat.S_ISREG(facts.st_mode) or stat.S_ISDIR(facts.st_mode)
    if not is_ours or stat.S_IMODE(facts.st_mode) == mode:
        return is_ours
    return _is_done(lambda: os.fchmod(handle, mode))


def _is_done(change_it: Callable[[], None]) -> bool:
    try:
        change_it()
    except OSError as problem:
        if problem.errno not in NO_MODES:
            raise
        return False
    return True


def _folder_facts(path: str) -> os.stat_result:
    return Path(path).parent.stat()


def _file_mode(above: os.stat_result) -> int:
    return GROUP_FILE if is_group_folder(above) else OWNER_ONLY
