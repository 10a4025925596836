"""The status of a file in words, by its code in `source_file.status`."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class StatusWords:
    """A status as a title, after a number of files, and explained."""

    title: str
    counted: str
    meaning: str


STATUS_WORDS: Mapping[str, StatusWords] = {
    "read": StatusWords("Read", "read", "everything in it was imported"),
    "partial": StatusWords("Partly read", "partly read", "what was readable was imported"),
    "duplicate": StatusWords("Duplicate", "duplicate", "already known from another file"),
    "no_activity": StatusWords(
        "No activity", "without an activity", "nothing in it that tightlog uses"
    ),
    "unreadable": StatusWords("Unreadable", "unreadable", "broken, or still being written"),
}


def status_title(status: str) -> str:
    """Title of a status; the code itself where it has no words."""
    return STATUS_WORDS[status].title if status in STATUS_WORDS else status


def status_counts(counts: Mapping[str, int]) -> str:
    """Numbers of files by status, as `3 read, 1 partly read`; '' for none."""
    return ", ".join(
        f"{counts[status]:,} {words.counted}"
        for status, words in STATUS_WORDS.items()
        if counts.get(status)
    )
