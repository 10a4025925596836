"""The ledger's question: which files are new, changed, gone or closed since the last version."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from tightlog.ingest.folder_tree import closed_because
from tightlog.ingest.source import CLOSED_FOLDER, FoundFile, closed_words

Progress = Callable[[str, int, int], None]
# The fingerprint kept of a file that could not be opened begins with it: each refresh tries again.
CLOSED_FILE = "closed file: "


@dataclass(frozen=True)
class IngestPlan:
    """What changed under data/raw since the published version.

    `closed` are files known before that cannot be opened since; `kept` are the paths of all files
    known before that cannot be opened now, those below closed folders too: what was read stays.
    `rereads_tables` is true when what was said about diary files changed.
    """

    changed: tuple[FoundFile, ...]
    gone: tuple[str, ...]
    closed: tuple[FoundFile, ...] = ()
    kept: frozenset[str] = frozenset()
    rereads_tables: bool = False

    @property
    def is_empty(self) -> bool:
        return not self.changed and not self.gone and not self.closed


def ingest_plan(known: Mapping[str, str], found: tuple[FoundFile, ...]) -> IngestPlan:
    """Plan from the ledger's fingerprints by path and the files found.

    A file with an unchanged fingerprint is not opened.
    """
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
    return IngestPlan(
        tuple(changed), tuple(sorted(missing - below)), tuple(closed), frozenset(kept)
    )


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


def is_folder(fingerprint: str) -> bool:
    """True for the fingerprint of a folder that could not be listed."""
    return fingerprint.startswith(CLOSED_FOLDER)


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
