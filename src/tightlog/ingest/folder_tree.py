"""A folder tree as it is: deep, closed, oddly named, or with things that are not files.

Nothing here recurses, and no path is given to the system whole: it takes 4,095 bytes at once.
Only regular files are ever opened, so a pipe, a device or a socket cannot block or flood a reader.
"""

import errno
import io
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from functools import cache
from pathlib import Path
from typing import IO

# At most four bytes each: below the 4,096 bytes that Linux takes at once.
PIECE_CHARACTERS = 1000
OPEN_FLAGS = os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC
FOLDER_FLAGS = os.O_RDONLY | os.O_NONBLOCK | os.O_DIRECTORY | os.O_CLOEXEC
# Their files have no size, grow while they are read or wait for an event.
SYSTEM_FOLDERS = (Path("/proc"), Path("/sys"))


LeftOut = Callable[[str, bool], bool]


class Kind(Enum):
    """What a name in a folder stands for; a link counts as what it leads to."""

    FILE = "a file"
    CLOSED_FOLDER = "a folder that cannot be listed"
    LINK_TO_FOLDER = "a link to a folder"
    NO_FILE = "a pipe, a socket or a device"


@dataclass(frozen=True)
class Seen:
    """A name in the tree: its path below the root, and its facts or the problem with it."""

    path: str
    kind: Kind
    facts: os.stat_result | None = None
    problem: OSError | None = None


class NoRegularFile(OSError):
    """A pipe, a socket, a device or a file of the system, which are never opened."""


class RecordedFile(io.FileIO):
    """A file that remembers the disk's last refusal, also where a library takes it for damage."""

    problem: OSError | None = None

    def readinto(self, buffer: "memoryview | bytearray") -> int | None:  # type: ignore[override]
        """Like that of `io.FileIO`."""
        try:
            return super().readinto(buffer)
        except OSError as problem:
            self.problem = problem
            raise


def seen_below(root: Path, is_left_out: LeftOut) -> Iterator[Seen]:
    """Everything below the root but open folders, in no order.

    `is_left_out` is asked of each path, with whether it is a folder; then nothing
    below it is seen.
    A folder that cannot be listed to its end comes as one name with its problem, beside what was
    listed. Raises OSError when the root cannot be listed.
    """
    waiting = [""]
    while waiting:
        folder = waiting.pop()
        try:
            yield from _seen_in(root, folder, is_left_out, waiting)
        except OSError as problem:
            if not folder:
                raise
            yield Seen(folder, Kind.CLOSED_FOLDER, problem=problem)


def opened(location: Path) -> "io.BufferedReader[RecordedFile]":
    """A regular file, open for reading. Raises OSError, NoRegularFile for anything else."""
    with _parent(location) as (parent, name):
        # Asked before, because opening a device can do something; and after, because it may change.
        refuse_no_file(os.stat(name, dir_fd=parent), location)
        handle = os.open(name, OPEN_FLAGS, dir_fd=parent)
    try:
        refuse_no_file(os.fstat(handle), location)
        return io.BufferedReader(RecordedFile(handle, "rb"))
    except OSError:
        os.close(handle)
        raise


def disk_problem(file: IO[bytes]) -> OSError | None:
    """What the disk refused while a file of `opened` was read, None when it refused nothing."""
    return file.raw.problem if isinstance(file, io.BufferedReader) else None


def closed_because(location: Path) -> OSError | None:
    """Why a file cannot be opened and read now, None when it can, or is no file at all."""
    try:
        with opened(location) as file:
            if os.fstat(file.fileno()).st_size:
                file.read(1)
    except NoRegularFile:
        return None
    except OSError as problem:
        return problem
    return None


def refuse_no_file(facts: os.stat_result, location: Path) -> None:
    """Raises NoRegularFile unless the facts are those of a regular file on a disk."""
    if not stat.S_ISREG(facts.st_mode) or facts.st_dev in _system_devices():
        raise NoRegularFile(errno.EINVAL, "not a regular file", str(location))


@cache
def _system_devices() -> frozenset[int]:
    found = {folder.stat().st_dev for folder in SYSTEM_FOLDERS if folder.is_dir()}
    return frozenset(found - {Path("/").stat().st_dev})


def _seen_in(root: Path, folder: str, is_left_out: LeftOut, waiting: list[str]) -> Iterator[Seen]:
    handle = _folder_handle(root, folder)
    try:
        with os.scandir(handle) as entries:
            for entry in entries:
                path = f"{folder}/{entry.name}" if folder else entry.name
                seen = _seen(path, entry)
                if is_left_out(path, seen is None or seen.kind is Kind.LINK_TO_FOLDER):
                    continue
                if seen is None:
                    waiting.append(path)
                else:
                    yield seen
    finally:
        os.close(handle)


def _seen(path: str, entry: "os.DirEntry[str]") -> Seen | None:
    """What a name stands for, None for a folder."""
    try:
        if entry.is_dir(follow_symlinks=False):
            return None
        facts = entry.stat()
    except OSError as problem:
        return Seen(path, Kind.FILE, problem=problem)
    if stat.S_ISDIR(facts.st_mode):
        return Seen(path, Kind.LINK_TO_FOLDER, facts)
    is_file = stat.S_ISREG(facts.st_mode) and facts.st_dev not in _system_devices()
    return Seen(path, Kind.FILE if is_file else Kind.NO_FILE, facts)


def _folder_handle(root: Path, folder: str) -> int:
    """Handle of a folder below the root, links refused but for the root itself."""
    handle = _descended(None, os.fspath(root), FOLDER_FLAGS)
    if not folder:
        return handle
    try:
        return _descended(handle, folder, FOLDER_FLAGS | os.O_NOFOLLOW)
    finally:
        os.close(handle)


@contextmanager
def _parent(location: Path) -> Iterator[tuple[int | None, str]]:
    """What a location's name is relative to: nothing, or a handle where the path is long."""
    path = os.fspath(location)
    if len(path) <= PIECE_CHARACTERS:
        yield None, path
        return
    handle = _descended(None, os.fspath(location.parent), FOLDER_FLAGS)
    try:
        yield handle, location.name
    finally:
        os.close(handle)


def _descended(start: int | None, path: str, flags: int) -> int:
    """Handle of the folder at a path of any length."""
    pieces = _pieces(path)
    handle = os.open(pieces[0], flags, dir_fd=start)
    for piece in pieces[1:]:
        above = handle
        try:
            handle = os.open(piece, flags, dir_fd=above)
        finally:
            os.close(above)
    return handle


def _pieces(path: str) -> list[str]:
    """The path cut at slashes, each piece but the first relative to the one before."""
    pieces = []
    while len(path) > PIECE_CHARACTERS and (cut := path.rfind("/", 1, PIECE_CHARACTERS)) > 0:
        pieces.append(path[:cut])
        path = path[cut:].lstrip("/")
    return [*pieces, path]
