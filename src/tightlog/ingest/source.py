"""The files under data/raw and in sources: found, never moved, renamed or changed."""

import errno
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from tightlog.ingest.folder_tree import Kind, LeftOut, Seen, seen_below
from tightlog.readers.exports.export_layout import not_needed

# tightlog's own journal lives here; it is read apart from the files the user drops.
JOURNAL_FOLDER = "diary"
# The one kind of hidden file that stands for a run: iCloud keeps `.run.fit.icloud` in place of a
# `run.fit` it has not fetched.
PLACEHOLDER_SUFFIX = ".icloud"
# The fingerprint of a folder that cannot be listed begins with it.
CLOSED_FOLDER = "closed folder"
WORDS = {
    errno.ELOOP: "a link that leads in a circle, or over too many links",
    errno.ENOENT: "not a file that can be opened (a dangling link or a device)",
}
PERMISSIONS = (errno.EACCES, errno.EPERM)


@dataclass(frozen=True)
class FoundFile:
    """A file seen, or a folder that could not be listed.

    `path` is relative to data/raw, `stat_fingerprint` changes when the file is written to.
    `not_needed` says why it must not be opened: a private part of an unpacked export.
    `closed` says why nothing can be known of it now, `closed_errno` is the system's number for it.
    """

    path: str
    location: Path
    size_bytes: int
    stat_fingerprint: str
    is_link_to_folder: bool = False
    not_needed: str | None = None
    kind: Kind = Kind.FILE
    closed: str | None = None
    closed_errno: int | None = None

    @property
    def is_closed_folder(self) -> bool:
        return self.kind is Kind.CLOSED_FOLDER


def found_files(raw: Path) -> tuple[FoundFile, ...]:
    """Every file under data/raw but hidden ones and the journal's, sorted by path.

    Syncthing, rsync, Dropbox and others hide what is not whole yet; an iCloud placeholder is seen,
    because its file would be missed. A folder that cannot be listed is found in place of its files.
    Raises OSError when data/raw itself cannot be listed.
    """
    return _files_below(raw, _is_left_out)


def _files_below(raw: Path, is_left_out: LeftOut) -> tuple[FoundFile, ...]:
    seen = [_found(raw, one) for one in seen_below(raw, is_left_out)]
    files = tuple(_each_named_once(sorted(seen, key=lambda file: (file.path, file.location))))
    closed = not_needed([file.path for file in files], as_downloaded=False)
    return tuple(
        _closed(file, closed[file.path]) if file.path in closed else file for file in files
    )


def files_in_source(folder: Path, name: str) -> tuple[FoundFile, ...]:
    """The same of a folder outside the home; `name` and a slash begin the path of each.

    Raises OSError when the folder itself cannot be listed.
    """
    return tuple(
        replace(file, path=f"{name}/{file.path}") for file in _files_below(folder, is_hidden)
    )


def location_of(raw: Path, path: str) -> Path:
    """Where the file of a path lies: under data/raw, or in a source, whose paths are whole."""
    return Path(path).expanduser() if path.startswith("~/") else raw / path


def is_hidden(path: str, is_folder: bool) -> bool:
    """True for a path that is hidden; the placeholder of a file is not."""
    name = path.rpartition("/")[2]
    return name.startswith(".") and (is_folder or not name.endswith(PLACEHOLDER_SUFFIX))


def _is_left_out(path: str, is_folder: bool) -> bool:
    return is_hidden(path, is_folder) or (is_folder and path == JOURNAL_FOLDER)


def has_files(raw: Path, is_left_out: LeftOut = _is_left_out) -> bool:
    """True when `found_files` would find anything, or data/raw is there and cannot be listed."""
    try:
        return next(iter(seen_below(raw, is_left_out)), None) is not None
    except FileNotFoundError:
        return False
    except OSError:
        return True


def _closed(file: FoundFile, reason: str) -> FoundFile:
    # With the mark, a file is judged again when the export around it appears or disappears.
    return replace(file, not_needed=reason, stat_fingerprint=f"{file.stat_fingerprint}:closed")


def _found(raw: Path, seen: Seen) -> FoundFile:
    # File names of any encoding: surrogates cannot be stored as text, so they are shown escaped.
    path = seen.path.encode("utf-8", "backslashreplace").decode()
    if path.startswith("~/"):
        path = f"./{path}"  # so begin the paths of sources
    if seen.problem is not None:
        is_folder = seen.kind is Kind.CLOSED_FOLDER
        mark = f"{CLOSED_FOLDER}: {seen.problem.errno}" if is_folder else "cannot be opened"
        return FoundFile(
            path,
            raw / seen.path,
            0,
            mark,
            kind=seen.kind,
            closed=closed_words(seen.problem, "this folder " if is_folder else ""),
            closed_errno=seen.problem.errno,
        )
    assert seen.facts is not None
    return FoundFile(
        path,
        raw / seen.path,
        seen.facts.st_size,
        fingerprint(seen.facts),
        seen.kind is Kind.LINK_TO_FOLDER,
        kind=seen.kind,
    )


def _each_named_once(files: Iterable[FoundFile]) -> Iterator[FoundFile]:
    """The files, those whose names differ only in what cannot be shown told apart by a number."""
    count: Counter[str] = Counter()
    for file in files:
        count[file.path] += 1
        number = count[file.path]
        yield file if number == 1 else replace(file, path=f"{file.path} ({number})")


def closed_words(problem: OSError, what: str = "") -> str:
    """Why a file or folder cannot be opened, and what to look at."""
    if problem.errno in WORDS and not what:
        return WORDS[problem.errno]
    remedy = (
        "check its permissions"
        if problem.errno in PERMISSIONS
        else "check the disk or the network share it lies on"
    )
    return f"{what}cannot be opened ({problem.strerror or problem}); {remedy}"


def fingerprint(facts: os.stat_result) -> str:
    """Size, modification and change time of a file as one text; another one when the file was
    written to.
    """
    return f"{facts.st_size}:{facts.st_mtime_ns}:{facts.st_ctime_ns}"
