"""Locations: each place under data/raw, with its bytes when they need to be read. Archives are
opened; files that must not be opened are left alone.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import IO, TYPE_CHECKING

from tightlog.domain.file_status import FileStatus, ReasonCode
from tightlog.ingest.folder_tree import Kind, NoRegularFile, disk_problem, opened
from tightlog.ingest.ledger import CLOSED_FILE
from tightlog.ingest.source import PLACEHOLDER_SUFFIX, FoundFile, closed_words, fingerprint
from tightlog.readers.archive import members
from tightlog.readers.content import (
    MAX_FILE_BYTES,
    SPREADSHEET,
    SPREADSHEET_SUFFIXES,
    is_zip,
)
from tightlog.readers.health.apple_head import SNIFFED_BYTES, is_apple_health
from tightlog.words.numbers import counted

if TYPE_CHECKING:
    from tightlog.readers.health.parts import HealthExport

# Browsers, FTP clients, Syncthing on Windows (~syncthing~….tmp), Resilio (.!sync), Google Drive,
# OneDrive, MEGA, editors.
UNFINISHED_SUFFIXES = (
    ".part",
    ".partial",
    ".crdownload",
    ".download",
    ".opdownload",
    ".tmp",
    ".temp",
    ".filepart",
    ".!sync",
    ".aria2",
    ".tmp.drivedownload",
    ".megatmp",
    "~",
)
UNFINISHED = "still being written; it will be read at the next refresh"
UNFINISHED_NAME = "still being written (a temporary name); it will be read when it is complete"
PLACEHOLDER = (
    "a placeholder: iCloud has not fetched this file; open it once on this machine, or keep the "
    "folder downloaded"
)
LINK_TO_FOLDER = "a link to a folder is not followed; put the folder itself here"
NO_FILE = (
    "not a file but a pipe, a socket, a device or a file of the system, which are never opened"
)
TOO_LARGE = f"larger than {MAX_FILE_BYTES // 2**20} MB: not opened"


@dataclass(frozen=True)
class Location:
    """A path under data/raw, or a member of an archive there, and what became of it."""

    path: str
    member: str | None
    sha256: str | None
    size_bytes: int
    stat_fingerprint: str
    status: str | None
    reason: str | None
    is_new: bool
    # True when the file is there and could not be read this time.
    is_closed: bool = False
    reason_code: ReasonCode | None = None

    @property
    def place(self) -> str:
        """The path, an archive taken for a folder of its members."""
        return self.path if self.member is None else f"{self.path}/{self.member}"


def contents_of(file: FoundFile) -> Iterator[tuple[Location, bytes | None]]:
    """Locations of a file and, for an archive, of its members, each with its bytes where they
    are to be read.
    """
    refusal = _refusal(file)
    if refusal is not None:
        yield _whole(file, *refusal), None
        return
    try:
        with opened(file.location) as content:
            yield from _opened_contents(file, content)
    except NoRegularFile:
        yield _whole(file, FileStatus.UNREADABLE, NO_FILE), None
    except OSError as problem:
        closed = _whole(file, FileStatus.UNREADABLE, closed_words(problem))
        mark = CLOSED_FILE + file.stat_fingerprint
        yield replace(closed, stat_fingerprint=mark, is_closed=True), None


def _opened_contents(
    file: FoundFile, content: IO[bytes]
) -> Iterator[tuple[Location, bytes | None]]:
    size_bytes = os.fstat(content.fileno()).st_size
    # A file of no size is never read: some of the system's own would not end.
    head = content.read(SNIFFED_BYTES) if size_bytes else b""
    # Workbooks are ZIPs inside; opening them as such would list their inner parts.
    if is_zip(head) and not _holds_workbook(content):
        yield from _archived(file, content)
        return
    if is_apple_health(head):
        yield from _health(file, content, size_bytes)
        return
    content.seek(0)
    if size_bytes > MAX_FILE_BYTES:
        yield _whole(file, FileStatus.NO_ACTIVITY, TOO_LARGE), None
        return
    # One more than it had, so that growth is seen; room for the most it might hold costs more to
    # get from the system than a file of the usual size.
    data = content.read(size_bytes + 1) if size_bytes else b""
    if _was_written_to(file, content):
        yield _whole(file, FileStatus.UNREADABLE, UNFINISHED), None
    else:
        yield _whole(file, None, None), data


def _health(
    file: FoundFile, content: IO[bytes], size_bytes: int
) -> Iterator[tuple[Location, bytes | None]]:
    """Locations of the parts of Apple's XML, then of itself; its routes lie beside it."""

    def route_of(path: str) -> bytes | None:
        try:
            with opened(file.location.parent / path) as route:
                return route.read(MAX_FILE_BYTES)
        except OSError:
            return None

    content.seek(0)
    export = _isolated_export(content, size_bytes)
    count = 0
    for part in export.parts:
        data = part.with_routes(route_of)[0].data()
        count += 1
        yield replace(_whole(file, None, None), member=part.name, size_bytes=len(data)), data
    if problem := disk_problem(content):
        raise problem
    if _was_written_to(file, content):
        yield _whole(file, FileStatus.UNREADABLE, UNFINISHED), None
        return
    status = FileStatus.NO_ACTIVITY
    if export.problem:
        status = FileStatus.PARTIAL if count else FileStatus.UNREADABLE
    yield _whole(file, status, export.reason), None


def _archived(file: FoundFile, content: IO[bytes]) -> Iterator[tuple[Location, bytes | None]]:
    """Locations of an archive's members, then of itself. Its members have checksums: complete
    ones count even while the archive is still growing.
    """
    content.seek(0)
    found = 0
    for member in members(content, _isolated_export):
        # A disk that refuses is no damage of the archive.
        if problem := disk_problem(content):
            raise problem
        found += 1
        status = FileStatus.PARTIAL if member.is_partial else FileStatus.NO_ACTIVITY
        status = FileStatus.UNREADABLE if member.is_broken else status
        is_unfinished = member.is_broken and _was_written_to(file, content)
        reason = UNFINISHED if is_unfinished else member.reason
        if not member.name:
            yield _whole(file, status, reason), None
            return
        judged = None if member.data is not None else status
        whole = _whole(file, judged, reason, member.code)
        yield replace(whole, member=member.name, size_bytes=member.size_bytes), member.data
    if _was_written_to(file, content):
        yield _whole(file, FileStatus.UNREADABLE, UNFINISHED), None
    else:
        held = f"an archive of {counted(found, 'file')}, listed one by one"
        yield _whole(file, FileStatus.NO_ACTIVITY, held), None


# Imported where such a file lies: most homes hold recordings alone.
def _isolated_export(stream: IO[bytes], size_bytes: int) -> "HealthExport":
    from tightlog.ingest.health.asking import isolated_export

    return isolated_export(stream, size_bytes)


def _holds_workbook(content: IO[bytes]) -> bool:
    from tightlog.readers.diary.workbook import holds_workbook

    return holds_workbook(content)


def _whole(
    file: FoundFile,
    status: FileStatus | None,
    reason: str | None,
    code: ReasonCode | None = None,
) -> Location:
    size_bytes, mark = file.size_bytes, file.stat_fingerprint
    return Location(file.path, None, None, size_bytes, mark, status, reason, True, reason_code=code)


def _was_written_to(file: FoundFile, opened: IO[bytes]) -> bool:
    """True when the file changed since it was found. Its fingerprint will differ then, so the next
    refresh reads it.
    """
    return not file.stat_fingerprint.startswith(fingerprint(os.fstat(opened.fileno())))


def _refusal(file: FoundFile) -> tuple[FileStatus, str, ReasonCode | None] | None:
    """Status, reason and its code of what is not opened; None for all other files."""
    path = file.path.lower()
    if file.not_needed:
        return FileStatus.NO_ACTIVITY, file.not_needed, ReasonCode.NOT_NEEDED
    if path.endswith(PLACEHOLDER_SUFFIX):
        return FileStatus.UNREADABLE, PLACEHOLDER, None
    if file.is_link_to_folder:
        return FileStatus.NO_ACTIVITY, LINK_TO_FOLDER, None
    if file.is_closed_folder:
        return (
            FileStatus.UNREADABLE,
            f"{file.closed}. What was read from its files before is kept",
            None,
        )
    if file.kind is Kind.NO_FILE:
        return FileStatus.UNREADABLE, NO_FILE, None
    if path.endswith(SPREADSHEET_SUFFIXES):
        return FileStatus.NO_ACTIVITY, SPREADSHEET, ReasonCode.NOT_A_DIARY
    if path.endswith(UNFINISHED_SUFFIXES):
        return FileStatus.UNREADABLE, UNFINISHED_NAME, None
    return None
