"""The ledger: what is known of the files under data/raw, and what a refresh has to do about them.

Nothing here reads or writes: from what was published and what was found, it is decided.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property

import polars as pl

from tightlog.domain.formats import is_table_name
from tightlog.ingest.folder_tree import closed_because
from tightlog.ingest.source import CLOSED_FOLDER, FoundFile, closed_words
from tightlog.warehouse.published import FILES_SCHEMA

Progress = Callable[[str, int, int], None]
# The fingerprint kept of a file that could not be opened begins with it: each refresh tries again.
CLOSED_FILE = "closed file: "
# A fingerprint no file has.
READ_ANEW = "another mapping"


@dataclass(frozen=True)
class Ledger:
    """What is known of each file and archive member: `files` has the columns of FILES_SCHEMA."""

    files: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=dict(FILES_SCHEMA)))

    @cached_property
    def paths(self) -> frozenset[str]:
        """Paths of the files known."""
        return frozenset(self.files["path"])

    @cached_property
    def read_paths(self) -> frozenset[str]:
        """Paths of the files something was read from."""
        return frozenset(self._read["path"])

    @cached_property
    def contents(self) -> frozenset[str]:
        """SHA-256 of every content read."""
        return frozenset(self._read["sha256"])

    @cached_property
    def first_seen(self) -> Mapping[tuple[str, str | None], datetime]:
        """When each file and member was first seen, by path and name inside the archive."""
        columns = self.files.select("path", "member", "first_seen_at")
        return {(path, member): seen for path, member, seen in columns.iter_rows()}

    @property
    def fingerprints(self) -> Mapping[str, str]:
        """Fingerprint of each file when it was last looked at, by path."""
        return dict(self.files.select("path", "stat_fingerprint").iter_rows())

    @cached_property
    def tables(self) -> tuple[tuple[str, str | None], ...]:
        """Path and content of each table, and of each one in an archive."""
        columns = self.files.select("path", "member", "sha256")
        return tuple(
            (path, sha256)
            for path, member, sha256 in columns.iter_rows()
            if is_table_name(member or path)
        )

    @property
    def _read(self) -> pl.DataFrame:
        return self.files.filter(pl.col("sha256").is_not_null())


@dataclass(frozen=True)
class IngestPlan:
    """What changed under data/raw since the published version.

    `closed` are files known before that cannot be opened since; `kept` are the paths of all files
    known before that cannot be opened now, those below closed folders too: what was read stays.
    `rereads_tables` is true when what the settings say about diary files changed.
    """

    changed: tuple[FoundFile, ...]
    gone: tuple[str, ...]
    closed: tuple[FoundFile, ...] = ()
    kept: frozenset[str] = frozenset()
    rereads_tables: bool = False
    ledger: Ledger = field(default_factory=Ledger)

    @property
    def is_empty(self) -> bool:
        """True when nothing is to be done."""
        return not self.changed and not self.gone and not self.closed

    @property
    def removed_count(self) -> int:
        """How many files are no longer there; a folder that could not be listed is none."""
        before = self.ledger.fingerprints
        return sum(not before[path].startswith(CLOSED_FOLDER) for path in self.gone)

    @property
    def replaced(self) -> frozenset[str]:
        """Paths of which the ledger says something new, or nothing any more."""
        return frozenset((*self.gone, *(file.path for file in self.changed)))

    @cached_property
    def stale_contents(self) -> frozenset[str]:
        """Contents of tables to be read again: all when the settings say something else of them,
        else those that lie nowhere under their old name.
        """
        if not self.replaced and not self.rereads_tables:
            return frozenset()
        replaced = self.replaced
        columns = self.ledger.files.select("path", "sha256")
        staying = {
            sha256
            for path, sha256 in columns.iter_rows()
            if path in self.kept or (path not in replaced and not self.rereads_tables)
        }
        return frozenset(sha256 for _, sha256 in self.ledger.tables if sha256) - staying

    @property
    def seen_contents(self) -> frozenset[str]:
        """Contents that are no news when they are found."""
        stale = self.stale_contents if self.rereads_tables else frozenset()
        return self.ledger.contents - stale

    def tables_among(self, paths: frozenset[str]) -> frozenset[str]:
        """Those of the paths that are tables, or archives that hold some."""
        return frozenset(path for path, _ in self.ledger.tables) & paths


def ingest_plan(
    ledger: Ledger, found: tuple[FoundFile, ...], rereads_tables: bool = False
) -> IngestPlan:
    """Plan from the ledger and the files found; a file with an unchanged fingerprint is not opened.

    With `rereads_tables` each table is taken for changed.
    """
    tables = {path for path, _ in ledger.tables} if rereads_tables else set()
    known = {
        path: READ_ANEW if path in tables else before
        for path, before in ledger.fingerprints.items()
    }
    changed, closed, still_closed = [], [], []
    for file in found:
        before = known.get(file.path)
        if before == file.stat_fingerprint:
            continue
        now = file if before is None else _tried(file)
        if before is None or now.closed is None or file.is_closed_folder:
            changed.append(file)
        elif before == CLOSED_FILE + file.stat_fingerprint:
            still_closed.append(now)
        else:
            closed.append(now)
    missing = set(known) - {file.path for file in found}
    below = set(paths_below(missing, closed_folders(found)))
    kept = below | {file.path for file in (*closed, *still_closed)}
    gone = tuple(sorted(missing - below))
    return IngestPlan(tuple(changed), gone, tuple(closed), frozenset(kept), rereads_tables, ledger)


def closed_files(known: Iterable[str], found: Iterable[FoundFile]) -> frozenset[str]:
    """Those of the known paths that cannot be opened now; every known file found is tried."""
    files = tuple(found)
    paths = set(known)
    below = paths_below(paths, closed_folders(files))
    tried = (_tried(file) for file in files if file.path in paths and not file.is_closed_folder)
    return frozenset(below) | {file.path for file in tried if file.closed is not None}


def closed_folders(found: Iterable[FoundFile]) -> frozenset[str]:
    """Paths of the folders that could not be listed."""
    return frozenset(file.path for file in found if file.is_closed_folder)


def paths_below(paths: Iterable[str], folders: frozenset[str]) -> Iterator[str]:
    """Those of the paths that lie below one of the folders, at any depth."""
    return (
        path for path in paths if folders and any(above in folders for above in _folders_of(path))
    )


def _folders_of(path: str) -> Iterator[str]:
    while "/" in path:
        path = path.rpartition("/")[0]
        yield path


def _tried(file: FoundFile) -> FoundFile:
    """The file with why it cannot be opened now; what must not be opened is not tried."""
    if file.is_closed_folder or file.not_needed:
        return file
    problem = closed_because(file.location)
    return file if problem is None else replace(file, closed=closed_words(problem))
