"""The files under data/raw, as they lie there: found, never moved, renamed or changed."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from tightlog.readers.export_layout import not_needed

# tightlog's own journal lives here; it is read apart from the files the user drops.
JOURNAL_FOLDER = "diary"
# The one kind of hidden file that stands for a run: iCloud keeps `.run.fit.icloud` in place of a `run.fit` it has not fetched.
PLACEHOLDER_SUFFIX = ".icloud"


@dataclass(frozen=True)
class FoundFile:
    """A file seen: its path relative to data/raw, size in bytes, and a fingerprint that changes when it is written to.

    `not_needed` says why it must not be opened: a private part of an unpacked export.
    """

    path: str
    location: Path
    size_bytes: int
    stat_fingerprint: str
    is_link_to_folder: bool = False
    not_needed: str | None = None


def found_files(raw: Path) -> tuple[FoundFile, ...]:
    """Every file under data/raw but hidden ones and the journal's, sorted by path.

    Syncthing, rsync, Dropbox and others hide what is not whole yet; an iCloud placeholder is seen, because its file would be missed.
    """
    files = sorted(_walk(raw), key=lambda file: file.path)
    closed = not_needed([file.path for file in files], as_downloaded=False)
    return tuple(_closed(file, closed[file.path]) if file.path in closed else file for file in files)


def _closed(file: FoundFile, reason: str) -> FoundFile:
    # The mark makes a file judged anew when the export around it comes or goes.
    return replace(file, not_needed=reason, stat_fingerprint=f"{file.stat_fingerprint}:closed")


def _walk(raw: Path) -> Iterator[FoundFile]:
    for folder, folders, names in os.walk(raw, followlinks=False):
        here = Path(folder)
        folders[:] = [name for name in folders if not name.startswith(".") and not (here == raw and name == JOURNAL_FOLDER)]
        links = [name for name in folders if (here / name).is_symlink()]
        for name in [*names, *links]:
            if not name.startswith(".") or name.endswith(PLACEHOLDER_SUFFIX):
                yield _found(raw, here / name, name in links)


def _found(raw: Path, location: Path, is_link_to_folder: bool) -> FoundFile:
    # File names of any encoding: surrogates cannot be stored as text, so they are shown escaped.
    path = location.relative_to(raw).as_posix().encode("utf-8", "backslashreplace").decode()
    try:
        facts = location.stat()
    except OSError:
        return FoundFile(path, location, 0, "cannot be opened", is_link_to_folder)
    return FoundFile(path, location, facts.st_size, fingerprint(facts), is_link_to_folder)


def fingerprint(facts: os.stat_result) -> str:
    """Size, modification and change time of a file as one text; another one when the file was written to."""
    return f"{facts.st_size}:{facts.st_mtime_ns}:{facts.st_ctime_ns}"
