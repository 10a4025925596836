"""ZIP archives, nested as vendors pack them: members one by one, bounded in depth, number and size, never written to disk by name."""

import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from tightlog.readers.content import MAX_FILE_BYTES, ZIP_MAGIC

MAX_DEPTH = 3
MAX_MEMBERS = 200_000
MAX_NESTED_BYTES = 8 * 2**30
RUN_SUFFIXES = (".fit", ".gpx", ".tcx", ".fit.gz", ".gpx.gz", ".tcx.gz")
# Side files of these exports are private (logins, messages) and never needed: not opened.
EXPORT_MARKS = ("activities.csv", "DI_CONNECT/")


@dataclass(frozen=True)
class Member:
    """One file in an archive: its bytes, or the reason it was not opened."""

    name: str
    size_bytes: int
    data: bytes | None
    reason: str | None = None
    is_broken: bool = False


def members(archive: IO[bytes]) -> Iterator[Member]:
    """Members of a ZIP, those of nested ZIPs named `inner.zip/member`; a broken archive gives one broken member named ''."""
    yield from _members(archive, "", 1)


def _members(archive: IO[bytes], prefix: str, depth: int) -> Iterator[Member]:
    try:
        with zipfile.ZipFile(archive) as opened:
            infos = [info for info in opened.infolist() if not info.is_dir()]
            is_export = any(info.filename == EXPORT_MARKS[0] or EXPORT_MARKS[1] in info.filename for info in infos)
            if len(infos) > MAX_MEMBERS:
                yield Member(prefix, 0, None, f"holds {len(infos):,} files, more than the {MAX_MEMBERS:,} allowed", True)
                return
            for info in infos:
                yield from _member(opened, info, prefix, depth, is_export)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError, zlib.error) as problem:
        yield Member(prefix, 0, None, f"the ZIP archive is damaged ({problem}); download it again", True)


def _member(opened: zipfile.ZipFile, info: zipfile.ZipInfo, prefix: str, depth: int, is_export: bool) -> Iterator[Member]:
    name = prefix + info.filename
    if reason := _not_opened(info.filename, is_export):
        yield Member(name, info.file_size, None, reason)
        return
    try:
        with opened.open(info) as stream:
            if _is_nested(info.filename, stream, opened, info):
                yield from _nested(opened, info, name, depth)
                return
            data = stream.read(MAX_FILE_BYTES + 1)
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError, zlib.error) as problem:
        # RuntimeError is how zipfile says that a password is needed.
        yield Member(name, info.file_size, None, f"cannot be unpacked ({problem})", True)
        return
    if len(data) > MAX_FILE_BYTES:
        yield Member(name, info.file_size, None, f"larger than {MAX_FILE_BYTES // 2**20} MB: not opened")
    else:
        yield Member(name, info.file_size, data)


def _is_nested(filename: str, stream: IO[bytes], opened: zipfile.ZipFile, info: zipfile.ZipInfo) -> bool:
    if not filename.lower().endswith((".zip", ".fit")):
        return False
    with opened.open(info) as probe:
        return probe.read(4) == ZIP_MAGIC


def _nested(opened: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, depth: int) -> Iterator[Member]:
    if depth >= MAX_DEPTH:
        yield Member(name, info.file_size, None, f"archives more than {MAX_DEPTH} deep are not opened", True)
        return
    if info.file_size > MAX_NESTED_BYTES:
        yield Member(name, info.file_size, None, "too large to unpack", True)
        return
    yield Member(name, info.file_size, None, "an archive; its files are listed one by one")
    with tempfile.TemporaryFile() as unpacked, opened.open(info) as stream:
        shutil.copyfileobj(stream, unpacked, 2**20)
        yield from _members(unpacked, name + "/", depth + 1)


def _not_opened(filename: str, is_export: bool) -> str | None:
    lowered = filename.lower()
    base = lowered.rpartition("/")[2]
    if base.startswith(".") or lowered.startswith("__macosx/"):
        return "a hidden file"
    if lowered.endswith((*RUN_SUFFIXES, ".zip")):
        return None
    if is_export:
        return "not needed: this part of the export holds no run"
    return None if lowered.endswith((".csv", ".csv.gz")) else "not a run file or a diary"
