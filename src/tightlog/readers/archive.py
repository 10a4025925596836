"""ZIP archives, nested as vendors pack them: members one by one, bounded in depth, number and
size, never written to disk by name.
"""

import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, cast

from tightlog.domain.file_status import ReasonCode
from tightlog.domain.formats import WORKBOOK_ENDINGS
from tightlog.readers.content import (
    MAX_FILE_BYTES,
    SPREADSHEET,
    SPREADSHEET_SUFFIXES,
    UNPACK,
    ZIP_MAGIC,
    packing_of,
)
from tightlog.readers.exports.export_layout import is_list, is_run_name, not_needed
from tightlog.readers.health.apple_head import SNIFFED_BYTES, is_apple_health

if TYPE_CHECKING:
    from tightlog.readers.health.parts import HealthExport

MAX_DEPTH = 3
MAX_MEMBERS = 200_000
MAX_NESTED_BYTES = 8 * 2**30
# Recordings and lists compress to a tenth at best; what expands far more was made to fill a disk.
FREE_BYTES, MAX_GROWTH = 2 * 2**30, 100
IS_ENCRYPTED, IS_UTF8 = 0x1, 0x800
ENCRYPTED = (
    "in a ZIP with a password, which is not opened; unpack it and put the files here, or pack "
    "them without one"
)
TOO_MUCH = "the archive expands to far more than recordings can; the rest is not opened"
ROUTE_OF_WORKOUT = "the route of a workout in this Apple Health export, which is read with it"
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
    # True where some of it was read, and not all.
    is_partial: bool = False


# The parts of Apple's XML, from its stream and size.
HealthOf = Callable[[IO[bytes], int], "HealthExport"]


@dataclass
class _Budget:
    """Bytes an archive may still expand to, its nested ones included; how Apple's XML is read, and
    the routes that were read with it.
    """

    left: int
    health_of: HealthOf
    joined: set[str] = field(default_factory=set)


def _read_here(stream: IO[bytes], _: int) -> "HealthExport":
    from tightlog.readers.health.parts import health_export  # few archives hold Apple's XML

    return health_export(stream)


def members(archive: IO[bytes], health_of: HealthOf = _read_here) -> Iterator[Member]:
    """Members of a ZIP, those of nested ZIPs named `inner.zip/member`; a broken archive gives
    one broken member named ''. Apple's XML is followed by its parts, named `export.xml/part`.
    """
    size = archive.seek(0, 2)
    archive.seek(0)
    yield from _members(archive, "", 1, _Budget(FREE_BYTES + MAX_GROWTH * size, health_of))


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
            # Apple's XML says which routes are those of its workouts.
            infos.sort(key=lambda info: not info.filename.lower().endswith(".xml"))
            for info in infos:
                name = prefix + info.filename
                if reason := closed.get(info.filename):
                    code = ReasonCode.NOT_NEEDED
                    yield Member(name, info.file_size, None, reason, code=code)
                elif name in budget.joined:
                    code = ReasonCode.NOT_NEEDED
                    yield Member(name, info.file_size, None, ROUTE_OF_WORKOUT, code=code)
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
        yield Member(name, info.file_size, None, TOO_MUCH, True)
    elif info.filename.lower().endswith(SPREADSHEET_SUFFIXES):
        yield Member(name, info.file_size, None, SPREADSHEET, code=ReasonCode.NOT_A_DIARY)
    elif info.flag_bits & IS_ENCRYPTED:
        yield Member(name, info.file_size, None, ENCRYPTED, True)
    else:
        try:
            with opened.open(info) as entry:
                # In reading mode it can always be peeked into.
                stream = cast(zipfile.ZipExtFile, entry)
                if is_apple_health(stream.peek(SNIFFED_BYTES)[:SNIFFED_BYTES]):
                    yield from _health(opened, entry, info, name, budget)
                else:
                    yield from _opened(stream, info, name, depth, budget)
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
        yield Member(name, info.file_size, None, "not a run file or a diary")
    elif len(data := stream.read(MAX_FILE_BYTES + 1)) > MAX_FILE_BYTES:
        reason = f"larger than {MAX_FILE_BYTES // 2**20} MB: not opened"
        yield Member(name, info.file_size, None, reason)
    else:
        yield Member(name, info.file_size, data)


def _health(
    opened: zipfile.ZipFile,
    stream: IO[bytes],
    info: zipfile.ZipInfo,
    name: str,
    budget: _Budget,
) -> Iterator[Member]:
    """The parts of Apple's XML, each workout with its routes, and then the XML itself."""
    budget.left -= max(0, info.file_size - MAX_FILE_BYTES)
    if budget.left < 0:
        yield Member(name, info.file_size, None, TOO_MUCH, True)
        return
    export = budget.health_of(stream, info.file_size)
    folder = info.filename.rpartition("/")[0]
    files = {_as_written(one): one for one in opened.infolist()}
    above = name.removesuffix(info.filename)

    def route_of(path: str) -> bytes | None:
        found = files.get(f"{folder}/{path}".removeprefix("/"))
        if found is None or found.flag_bits & IS_ENCRYPTED:
            return None
        budget.left -= min(found.file_size, MAX_FILE_BYTES)
        if budget.left < 0 or found.file_size > MAX_FILE_BYTES:
            return None
        try:
            return opened.read(found)
        except (*DAMAGES, RuntimeError):
            return None

    count = 0
    for part in export.parts:
        whole, routes = part.with_routes(route_of)
        budget.joined |= {
            above + files[f"{folder}/{path}".removeprefix("/")].filename for path in routes
        }
        data = whole.data()
        count += 1
        yield Member(f"{name}/{part.name}", len(data), data)
    is_broken = bool(export.problem) and not count
    yield Member(
        name,
        info.file_size,
        None,
        export.reason,
        is_broken=is_broken,
        is_partial=bool(export.problem) and not is_broken,
    )


def _as_written(info: zipfile.ZipInfo) -> str:
    """Name of a member whose archive does not say that it is UTF-8, as Apple's does not."""
    if info.flag_bits & IS_UTF8:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return info.filename


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
    from tightlog.readers.health.makers import is_wellness_name  # only archives need every maker

    return (
        is_run_name(filename)
        or is_list(filename)
        or is_wellness_name(filename)
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
