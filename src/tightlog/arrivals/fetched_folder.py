"""The folder data/raw/fetched/NAME of one fetch: files are added, and none is ever changed."""

import hashlib
import os
import re
from collections.abc import Iterator
from pathlib import Path

from tightlog.home import private
from tightlog.home.durable import sync
from tightlog.home.settings import Home
from tightlog.readers.content import GZIP_MAGIC

SAFE = re.compile(r"[^A-Za-z0-9._-]+", re.ASCII)
LONGEST_NAME = 80
STAMP_CHARACTERS = 8


def fetched_folder(home: Home, name: str) -> Path:
    """The folder, made when missing. Raises OSError."""
    return private.folder(home.fetched / name)


def stems(folder: Path) -> frozenset[str]:
    """What names of files begin with, up to the first `_`: whatever has a file here is not asked
    for again.
    """
    return frozenset(file.name.partition("_")[0] for file in _files(folder))


def keep_file(folder: Path, name: str, data: bytes) -> bool:
    """Puts a file there, whole or not at all; False when these bytes are there already.

    Other bytes under the same name get a name of their own.
    """
    name = plain_name(name)
    stem, dot, suffix = name.partition(".")
    stamp = hashlib.sha256(data).hexdigest()[:STAMP_CHARACTERS]
    for given in (name, f"{stem}_{stamp}{dot}{suffix}"):
        place = folder / given
        if os.path.lexists(place):
            if place.is_file() and place.read_bytes() == data:
                return False
            continue
        _write(place, data)
        return True
    return False


def plain_name(text: str) -> str:
    """A name of letters, digits, dots and dashes, not hidden, made of what a server sent."""
    return SAFE.sub("-", text).strip(".-")[:LONGEST_NAME] or "file"


def suffix_of(data: bytes) -> str:
    """The suffix of a recording by its first bytes; a server names none."""
    if data.startswith(GZIP_MAGIC):
        return ".gz"
    if data[8:12] == b".FIT":
        return ".fit"
    head = data[:2_048].lower()
    if b"<gpx" in head:
        return ".gpx"
    if b"<trainingcenterdatabase" in head:
        return ".tcx"
    return ".zip" if data.startswith(b"PK\x03\x04") else ".bin"


def fingerprints(folder: Path) -> dict[str, tuple[int, int]]:
    """Size and time of change of each file, by its path."""
    facts = {str(file): file.stat() for file in _files(folder)}
    return {path: (fact.st_size, fact.st_mtime_ns) for path, fact in facts.items()}


def _files(folder: Path) -> Iterator[Path]:
    return (file for file in folder.rglob("*") if file.is_file() and not file.name.startswith("."))


def _write(place: Path, data: bytes) -> None:
    beside = place.with_name(f".{place.name}.part")
    beside.unlink(missing_ok=True)
    with open(beside, "xb", opener=private.opener) as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(place)
    sync(place.parent)
