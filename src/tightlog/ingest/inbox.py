"""The inbox: files given to tightlog lie whole in data/raw/inbox, each under a name of its own;
nothing there is ever overwritten.
"""

import errno
import io
import os
import secrets
import shutil
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import takewhile
from pathlib import Path
from typing import IO

from tightlog.errors import RAISE_LIMIT, InboxError
from tightlog.home import private
from tightlog.home.durable import sync
from tightlog.home.settings import Home
from tightlog.ingest.folder_tree import Kind, Seen, opened, seen_below
from tightlog.ingest.source import FoundFile, found_files

CHUNK_BYTES = 2**20
# File systems allow 255; a number, and the hidden name while it is written, must fit as well.
NAME_BYTES = 200
SUFFIX_CHARACTERS = 12
NO_ROOM = (errno.ENOSPC, errno.EDQUOT)
NO_HARD_LINKS = (errno.EPERM, errno.EOPNOTSUPP, errno.EMLINK, errno.ENOSYS)


@dataclass(frozen=True)
class Kept:
    """Where a given file lies, and as which path below data/raw it is listed; not `is_new` when
    the same bytes lay there before.
    """

    place: Path
    path: str
    is_new: bool


def keep(home: Home, name: str, content: IO[bytes], *, is_sought: bool = True) -> Kept:
    """The place of a given file, whole and on disk when this returns; of `name` only what is safe
    as a file's name is used.

    The same bytes are sought everywhere under data/raw, or, unless `is_sought`, only under that
    name in the inbox.
    Raises InboxError when it cannot be written; then nothing is left behind.
    """
    with _problems_said(home, name):
        unfinished = _unfinished(home)
        try:
            with open(unfinished, "xb", opener=private.opener) as file:
                shutil.copyfileobj(content, file, CHUNK_BYTES)
                file.flush()
                os.fsync(file.fileno())
            there = _kept_before(home, name, unfinished, is_sought)
            return there or _new(home, _named(home, name, unfinished))
        finally:
            unfinished.unlink(missing_ok=True)


def keep_path(home: Home, source: Path) -> Kept:
    """The place of the copy of a file or a whole folder. Raises InboxError when there is no such
    file or it cannot be copied.
    """
    if source.is_dir():
        return _keep_folder(home, source)
    with _problems_said(home, source.name), open(source, "rb") as content:
        # Who names a path wants it in the inbox; the ledger says it when the same bytes lie
        # elsewhere too.
        return keep(home, source.name, content, is_sought=False)


def kept_as(home: Home, name: str, data: bytes) -> Kept:
    """Where a file of this name and these bytes would lie if it were kept now."""
    there = _same_bytes(home, name, io.BytesIO(data))
    return (
        Kept(there.location, there.path, is_new=False)
        if there
        else _new(home, _free_place(home, name))
    )


def file_name(given: str) -> str:
    """A given name as that of a visible file in one folder: `../../x.fit` → `x.fit`, `.hidden` →
    `hidden`, 300 characters → fewer.
    """
    base = given.replace("\\", "/").rpartition("/")[2]
    # Control and format characters (NUL, line ends, text direction) and lone surrogates; what is
    # left is shown as it stands.
    visible = "".join(
        letter
        for letter in unicodedata.normalize("NFC", base)
        if unicodedata.category(letter) not in ("Cc", "Cf", "Cs")
    )
    name = visible.strip().lstrip(". ").rstrip(". ")
    stem, suffix = _stem_and_suffix(name)
    room = NAME_BYTES - len(suffix.encode())
    return (stem.encode()[:room].decode(errors="ignore").strip() or "file") + suffix


@contextmanager
def _problems_said(home: Home, name: str) -> Iterator[None]:
    """Turns what the operating system refuses into a sentence."""
    try:
        yield
    except OSError as problem:
        if problem.errno in NO_ROOM:
            free_mb = shutil.disk_usage(home.raw).free // 2**20
            raise InboxError(
                name,
                (
                    f"there is no room in {home.raw} ({free_mb:,} MB free); make room and give it "
                    "again"
                ),
            ) from problem
        limit = f"; {RAISE_LIMIT} and give it again" if problem.errno == errno.EFBIG else ""
        raise InboxError(name, f"{problem.strerror or problem}{limit}") from problem


def _unfinished(home: Home) -> Path:
    """A hidden name: a refresh running meanwhile must not see half a file."""
    private.folder(home.inbox)
    if home.inbox.is_symlink():
        raise InboxError(
            home.inbox.name,
            f"{home.inbox} is a link to a folder, which is not followed; make it a folder",
        )
    return home.inbox / f".{secrets.token_hex(8)}.part"


def _kept_before(home: Home, name: str, unfinished: Path, is_sought: bool) -> Kept | None:
    with opened(unfinished) as given:
        if not is_sought:
            there_before = takewhile(os.path.lexists, _places(home, name))
            place = next((place for place in there_before if _is_same(given, place)), None)
            return None if place is None else replace(_new(home, place), is_new=False)
        there = _same_bytes(home, name, given)
    return None if there is None else Kept(there.location, there.path, is_new=False)


def _is_same(given: IO[bytes], place: Path) -> bool:
    """True when a file there holds the same bytes; what cannot be opened is another one."""
    given.seek(0)
    try:
        with opened(place) as other:
            while block := given.read(CHUNK_BYTES):
                if other.read(len(block)) != block:
                    return False
            return not other.read(1)
    except OSError:
        return False


def _new(home: Home, place: Path) -> Kept:
    return Kept(place, place.relative_to(home.raw).as_posix(), is_new=True)


def _same_bytes(home: Home, name: str, given: IO[bytes]) -> FoundFile | None:
    # Under another suffix, or in a closed part of an export, the same bytes may be read otherwise
    # or not at all.
    suffix = Path(file_name(name)).suffix.lower()
    size_bytes = given.seek(0, os.SEEK_END)
    return next(
        (
            file
            for file in found_files(home.raw)
            if file.size_bytes == size_bytes
            and not file.not_needed
            and file.location.suffix.lower() == suffix
            and _is_same(given, file.location)
        ),
        None,
    )


def _named(home: Home, name: str, unfinished: Path) -> Path:
    """The place the finished file has got; a name taken meanwhile is passed over, never written
    to.
    """
    for place in _places(home, name):
        try:
            os.link(unfinished, place)
        except FileExistsError:
            continue
        except OSError as problem:
            if problem.errno not in NO_HARD_LINKS:
                raise
            if os.path.lexists(place):
                continue
            unfinished.rename(place)
        sync(place.parent)
        return place
    raise AssertionError("numbers do not end")


def _free_place(home: Home, name: str) -> Path:
    """Its own name, numbered where another file has it."""
    return next(place for place in _places(home, name) if not os.path.lexists(place))


def _places(home: Home, name: str) -> Iterator[Path]:
    safe = file_name(name)
    yield home.inbox / safe
    stem, suffix = _stem_and_suffix(safe)
    number = 2
    while True:
        yield home.inbox / f"{stem}-{number}{suffix}"
        number += 1


def _stem_and_suffix(name: str) -> tuple[str, str]:
    """`run.fit.gz` → `run`, `.fit.gz`; a long or odd ending belongs to the stem."""
    suffix = ""
    while (
        len(suffix) < SUFFIX_CHARACTERS
        and (ending := Path(name).suffix)
        and len(ending) + len(suffix) <= SUFFIX_CHARACTERS
    ):
        name, suffix = name.removesuffix(ending), ending + suffix
        if ending.lower() not in (".gz", ".zip"):
            break
    return name, suffix


def _keep_folder(home: Home, source: Path) -> Kept:
    with _problems_said(home, source.name):
        unfinished = _unfinished(home)
        try:
            _copy_folder(source, unfinished)
            place = _free_place(home, source.name)
            unfinished.rename(place)
            return _new(home, place)
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)


def _copy_folder(source: Path, target: Path) -> None:
    """Copies every file below a folder. Raises OSError for one that cannot be opened or is no file.

    A link to a folder stays one: the ledger says of it that it is not followed.
    """
    private.folder(target)
    for seen in seen_below(source, lambda _path, _is_folder: False):
        place = target / seen.path
        private.folder(place.parent)
        if seen.kind is Kind.LINK_TO_FOLDER:
            place.symlink_to((source / seen.path).resolve())
        else:
            _copy_file(source / seen.path, place, seen)


def _copy_file(source: Path, place: Path, seen: Seen) -> None:
    if seen.problem is not None:
        raise seen.problem
    with opened(source) as content, open(place, "xb", opener=private.opener) as file:
        shutil.copyfileobj(content, file, CHUNK_BYTES)
    if seen.facts is not None:
        os.utime(place, ns=(seen.facts.st_atime_ns, seen.facts.st_mtime_ns))
