"""The ledger's question: which files under data/raw are new, changed or gone since the published version."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tightlog.readers.source import FoundFile

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class IngestPlan:
    """What changed under data/raw since the published version, and whether what was said about diary files did."""

    changed: tuple[FoundFile, ...]
    gone: tuple[str, ...]
    rereads_tables: bool = False

    @property
    def is_empty(self) -> bool:
        return not self.changed and not self.gone


def ingest_plan(known: Mapping[str, str], found: tuple[FoundFile, ...]) -> IngestPlan:
    """Plan from the ledger's fingerprints by path and the files found; an unchanged fingerprint means the file is not opened."""
    changed = tuple(file for file in found if known.get(file.path) != file.stat_fingerprint)
    return IngestPlan(changed, tuple(sorted(set(known) - {file.path for file in found})))
