"""The recordings that an export's list names as those of its entries."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from tightlog.ingest.twins.candidate import Candidate

# Vendors number their files; so long a number names no other file.
VENDOR_NUMBER = re.compile(r"\d{7,}\.")


def named_pairs(
    candidates: Sequence[Candidate], places: Iterable[tuple[str, str]]
) -> Iterator[tuple[Candidate, Candidate]]:
    """Pairs that an export itself declares, whatever the clocks say: a list's entry and the
    recording in the file it names.
    """
    entries = [one for one in candidates if one.file_hint]
    if not entries:
        return
    recorded: dict[str, list[Candidate]] = {}
    for one in candidates:
        if not one.is_listed:
            recorded.setdefault(one.sha256, []).append(one)
    files = _Files.at(places)
    for entry in entries:
        named = files.named(entry.file_hint or "", entry.sha256)
        if found := [one for content in named for one in recorded.get(content, ())]:
            # Of several sessions in one file the entry is about the one that starts nearest to it.
            yield entry, min(found, key=lambda one: _apart(one, entry))


def _apart(one: Candidate, entry: Candidate) -> tuple[float, str]:
    return abs(one.started_s - entry.started_s), one.activity_id


class _Files(NamedTuple):
    """Folders each content lies in, and contents under each path and each vendor's number."""

    folders: dict[str, list[str]]
    contents: dict[str, set[str]]

    @classmethod
    def at(cls, places: Iterable[tuple[str, str]]) -> "_Files":
        """From the paths of files with the SHA-256 of what lies there."""
        files = cls({}, {})
        for place, sha256 in places:
            folder, _, name = place.rpartition("/")
            files.folders.setdefault(sha256, []).append(folder)
            known_as = {place, place.removesuffix(".gz")}
            if VENDOR_NUMBER.match(name):
                known_as.add(name.removesuffix(".gz"))
            for path in known_as:
                files.contents.setdefault(path, set()).add(sha256)
        return files

    def named(self, hint: str, list_sha256: str) -> set[str]:
        """Contents that lie where an export's list says, packed or not; else the only one under
        the vendor's number, wherever it was moved to.
        """
        exact = {
            content
            for folder in self.folders.get(list_sha256, [])
            for content in self._at(f"{folder}/{hint}".removeprefix("/"))
        }
        moved = self.contents.get(hint.rpartition("/")[2].removesuffix(".gz"), set())
        return exact or (moved if len(moved) == 1 else set())

    def _at(self, place: str) -> set[str]:
        return self.contents.get(place) or self.contents.get(place.removesuffix(".gz")) or set()
