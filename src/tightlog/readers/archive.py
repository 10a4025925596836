"""ZIP archives, nested as vendors pack them: members one by one, bounded in depth, number and
size, never written to disk by name.
"""

import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, cast

from tightlog.domain.file_status import ReasonCode
from tightlog.domain.formats import WORKBOOK_ENDINGS
from tightlog.readers.content import (
    APPLE_HEALTH,
    MAX_FILE_BYTES,
    SNIFFED_BYTES,
    SPREADSHEET,
    SPREADSHEET_SUFFIXES,
    UNPACK,
    ZIP_MAGIC,
    is_apple_health,
    packing_of,
)
from tightlog.readers.exports.export_layout import is_list, is_run_name, not_needed

MAX_DEPTH = 3
MAX_MEMBERS = 200_000
MAX_NESTED_BYTES = 8 * 2**30
# Recordings and lists compress to a tenth at best; what expands far more was made to fill a disk.
FREE_BYTES, MAX_GROWTH = 2 * 2**30, 100
IS_ENCRYPTED = 0x1
ENCRYPTED = (
    "in a ZIP with a password, which is not opened; unpack it and put the files here, or pack "
    "them without one"
)
DAMAGES = (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError, zlib.error)


@dataclass(frozen=True)
class Member:
    """One file in an archive: its bytes, or the reason it was not opened."""

    name: str
    size_bytes: int
    data: bytes | None
    reason: str | None = None
    is_broken: bool = False
    code: ReasonCode | None = None


@dataclass
class _Budget:
    """Bytes an archive may still expand to, its nested ones included."""

    left: int


def members(archive: IO[bytes]) -> Iterator[Member]:
    """Members of a ZIP, those of nested ZIPs named `inner.zip/member`; a broken archive gives
    one broken member named ''.
    """
    size = archive.seek(0, 2)
    archive.seek(0)
    yield from _members(archive, "", 1, _Budget(FREE_BYTES + MAX_GROWTH * size))


def _members(archive: IO[bytes], prefix: str, depth: int, budget: _Budget) -> Iterator[Member]:
    try:
        with zipfile.ZipFile(archive) as opened:
            infos = [info for info in opened.infolist() if not info.is_dir()]
            if len(infos) > MAX_MEMBERS:
                yield Member(
                    prefix,
                    0,
                    None,
                    f"holds {len(infos):,} files, more than the {MAX_MEMBERS:,} allowed",
                    True,
                )
                return
            closed = not_needed([info.filename for info in infos], as_downloaded=True)
            for info in infos:
                name = prefix + info.filename
                if reason := closed.get(info.filename):
                    code = ReasonCode.NOT_NEEDED
                    yield Member(name, info.file_size, None, reason, code=code)
                elif reason := _hidden(info.filename):
                    yield Member(name, info.file_size, None, reason)
                else:
                    yield from _member(opened, info, name, depth, budget)
    except DAMAGES as problem:
        yield Member(
            prefix, 0, None, f"the ZIP archive is damaged ({problem}); download it again", True
        )


def _member(
    opened: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, depth: int, budget: _Budget
) -> Iterator[Member]:
    budget.left -= min(info.file_size, MAX_FILE_BYTES)
    if budget.left < 0:
        reason = "the archive expands to far more than recordings can; the rest is not opened"
        yield Member(name, info.file_size, None, reason, True)
    elif info.filename.lower().endswith(SPREADSHEET_SUFFIXES):
        yield Member(name, info.file_size, None, SPREADSHEET, code=ReasonCode.NOT_A_DIARY)
    elif info.flag_bits & IS_ENCRYPTED:
        yield Member(name, info.file_size, None, ENCRYPTED, True)
    else:
        try:
            with opened.open(info) as entry:
                # In reading mode it can always be peeked into.
                yield from _opened(cast(zipfile.ZipExtFile, entry), info, name, depth, budget)
        except (*DAMAGES, RuntimeError) as problem:
            # RuntimeError is how zipfile says that a password is needed.
            yield Member(name, info.file_size, None, f"cannot be unpacked ({problem})", True)


def _opened(
    stream: zipfile.ZipExtFile, info: zipfile.ZipInfo, name: str, depth: int, budget: _Budget
) -> Iterator[Member]:
    """A member that is wanted by its name or first bytes, or the members of the ZIP it is."""
    if info.filename.lower().endswith((".zip", ".fit")) and stream.peek(4)[:4] == ZIP_MAGIC:
        yield from _nested(stream, info, name, depth, budget)
        return
    head = stream.peek(SNIFFED_BYTES)[:SNIFFED_BYTES]
    if packing := packing_of(head):
        reason = f"packed as {packing}, which is not opened; {UNPACK}"
        yield Member(name, info.file_size, None, reason, True)
    elif not _is_wanted(info.filename) and not _is_run(head):
        reason = APPLE_HEALTH if is_apple_health(head) else "not a run file or a diary"
        yield Member(name, info.file_size, None, reason)
    elif len(data := stream.read(MAX_FILE_BYTES + 1)) > MAX_FILE_BYTES:
        reason = f"larger than {MAX_FILE_BYTES // 2**20} MB: not opened"
        yield Member(name, info.file_size, None, reason)
    else:
        yield Member(name, info.file_size, data)


def _nested(
    stream: zipfile.ZipExtFile, info: zipfile.ZipInfo, name: str, depth: int, budget: _Budget
) -> Iterator[Member]:
    if depth >= MAX_DEPTH:
        yield Member(
            name,
            info.file_size,
            None,
            f"a ZIP in a ZIP, more than {MAX_DEPTH} deep, is not opened; unpack the outer ones",
            True,
        )
        return
    if info.file_size > MAX_NESTED_BYTES:
        yield Member(name, info.file_size, None, "too large to unpack", True)
        return
    yield Member(name, info.file_size, None, "an archive; its files are listed one by one")
    with tempfile.TemporaryFile() as unpacked:
        shutil.copyfileobj(stream, unpacked, 2**20)
        yield from _members(unpacked, name + "/", depth + 1, budget)


def _hidden(filename: str) -> str | None:
    base = filename.rpartition("/")[2]
    return (
        "a hidden file"
        if base.startswith(".") or filename.lower().startswith("__macosx/")
        else None
    )


def _is_wanted(filename: str) -> bool:
    return (
        is_run_name(filename)
        or is_list(filename)
        or filename.lower().endswith((".csv", ".csv.gz", *WORKBOOK_ENDINGS))
    )


def _is_run(head: bytes) -> bool:
    """True for the beginning of a recording, whatever its name."""
    return head[8:12] == b".FIT" or b"<gpx" in head or b"<TrainingCenterDatabase" in head


def member_bytes(archive: IO[bytes], member: str) -> bytes | None:
    """Bytes of a member by its name in `members`; None when there is none, or it is too large.

    Raises what `DAMAGES` lists for a broken archive.
    """
    return _member_bytes(archive, member, 1)


def _member_bytes(archive: IO[bytes], member: str, depth: int) -> bytes | None:
    with zipfile.ZipFile(archive) as opened:
        for info in opened.infolist():
            if info.filename == member and info.file_size <= MAX_FILE_BYTES:
                with opened.open(info) as entry:
                    return entry.read(MAX_FILE_BYTES)
            is_above = member.startswith(info.filename + "/") and not info.is_dir()
            if is_above and depth < MAX_DEPTH and info.file_size <= MAX_NESTED_BYTES:
                with opened.open(info) as entry, tempfile.TemporaryFile() as unpacked:
                    shutil.copyfileobj(entry, unpacked, 2**20)
                    rest = member.removeprefix(info.filename + "/")
                    found = _member_bytes(unpacked, rest, depth + 1)
                if found is not None:
                    return found
    return None
