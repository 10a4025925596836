"""The recordings that an export's list names as those of its entries."""

import re
from collections.abc import Iterable, Iterator, Sequence

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
    folders: dict[str, list[str]] = {}
    contents: dict[str, set[str]] = {}
    for place, sha256 in places:
        folder, _, name = place.rpartition("/")
        folders.setdefault(sha256, []).append(folder)
        for known_as in {
            place,
            place.removesuffix(".gz"),
            *([name.removesuffix(".gz")] if VENDOR_NUMBER.match(name) else []),
        }:
            contents.setdefault(known_as, set()).add(sha256)
    for entry in entries:
        found = [
            one
            for content in _named_contents(
                entry.file_hint or "", folders.get(entry.sha256, []), contents
            )
            for one in recorded.get(content, ())
        ]
        if found:
            # Of several sessions in one file the entry is about the one that starts nearest to it.
            yield (
                entry,
                min(
                    found,
                    key=lambda one: (
                        abs(one.started_s - entry.started_s),
                        one.activity_id,
                    ),
                ),
            )


def _named_contents(hint: str, folders: list[str], contents: dict[str, set[str]]) -> set[str]:
    """Contents that lie where an export's list says, packed or not; else the only one under the
    vendor's number, wherever it was moved to.
    """
    places = [f"{folder}/{hint}".removeprefix("/") for folder in folders]
    exact = {
        content
        for place in places
        for content in contents.get(place) or contents.get(place.removesuffix(".gz")) or ()
    }
    moved = contents.get(hint.rpartition("/")[2].removesuffix(".gz"), set())
    return exact or (moved if len(moved) == 1 else set())
