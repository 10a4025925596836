"""The status of a file in words, by its code in `source_file.status`, and the reason for it, by
`source_file.reason_code`.
"""

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


# What stands before the reason of a file, by its code.
REASON_HEADS: Mapping[str, str] = {"not_a_diary": "not a diary", "not_needed": "not needed"}


def reason_words(code: str | None, why: str | None) -> str | None:
    """The whole reason, such as `not a diary: a text file`; None without one."""
    return why if why is None or code is None else f"{REASON_HEADS[code]}: {why}"


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
