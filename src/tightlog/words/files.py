"""The status of a file in words, by its code in `source_file.status`, and the reason for it, by
`source_file.reason_code`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tightlog.language.catalogue import message, phrase, phrased, phrases
from tightlog.language.choice import numerals
from tightlog.words.doubts import doubt_words


@phrased("title", "counted", "meaning")
@dataclass(frozen=True)
class StatusWords:
    """A status as a title, after a number of files, and explained."""

    title: str
    counted: str
    meaning: str


STATUS_WORDS: Mapping[str, StatusWords] = {
    "read": StatusWords(message("Read"), message("read"), message("everything in it was imported")),
    "partial": StatusWords(
        message("Partly read"), message("partly read"), message("what was readable was imported")
    ),
    "duplicate": StatusWords(
        message("Duplicate"), message("duplicate"), message("already known from another file")
    ),
    "no_activity": StatusWords(
        message("No activity"),
        message("without an activity"),
        message("nothing in it that tightlog uses"),
    ),
    "unreadable": StatusWords(
        message("Unreadable"), message("unreadable"), message("broken, or still being written")
    ),
}


# Of a file or part that holds nothing else.
WELLNESS_UNREAD = message(
    "nights and days, left unread by `[read] wellness = false` in tightlog.toml"
)
# What stands before the reason of a file, by its code.
REASON_HEADS: Mapping[str, str] = phrases(
    {"not_a_diary": "not a diary", "not_needed": "not needed"}
)


def reason_words(code: str | None, why: str | None) -> str | None:
    """The whole reason, such as `not a diary: a text file`; None without one."""
    return why if why is None or code is None else f"{REASON_HEADS[code]}: {why}"


def file_reason(facts: Mapping[str, Any]) -> str | None:
    """Why a file was not read completely, from a row of `derive/source_file`; None for one that
    was.
    """
    if facts["reason_code"] == "same_bytes":
        return phrase("the same bytes as {first_place}", first_place=facts["first_place"])
    if facts["reason_code"] == "twin":
        return _twin_reason(facts)
    content = phrase(facts["content_reason"] or "")
    parts = (content, left_out_words(facts["left_out_count"]), _waiting(facts))
    return "; ".join(part for part in parts if part) or phrase(facts["place_reason"] or "") or None


def table_words(place: str, columns: str, reason: str | None) -> str:
    """What was taken from a table, and why not the rest."""
    return f"{place}: {columns}" if reason is None else f"{place}: {columns}; {reason}"


def left_out_words(count: int) -> str:
    """How many activities of a file the runner left out; '' for none."""
    return (
        phrase("you left {count} of its activities out, see ignored_activity", count=count)
        if count
        else ""
    )


def _twin_reason(facts: Mapping[str, Any]) -> str:
    """Where the activities of a file are counted: an export's list with several names no file."""
    count, twin = facts["activity_count"], facts["twin"]
    if count == 1 or not facts["is_list"]:
        return f"{phrase(twin['reason'])}, {twin['place']}"
    if facts["is_all_named"]:
        return phrase(
            "its {count} activities are in the export's own files, which say more", count=count
        )
    return phrase("its {count} activities are recorded in other files, which say more", count=count)


def _waiting(facts: Mapping[str, Any]) -> str:
    """What is doubtful about the activities that wait to be confirmed; '' for none."""
    count = facts["waiting_count"]
    if not count:
        return ""
    words = doubt_words(facts["doubtful"])
    more = (
        ""
        if count == 1
        else phrase(", and {count} more of its activities wait like it", count=count - 1)
    )
    return phrase("{words}{more}, see doubtful_activity", words=words, more=more)


def status_title(status: str) -> str:
    """Title of a status; the code itself where it has no words."""
    return STATUS_WORDS[status].title if status in STATUS_WORDS else status


def status_counts(counts: Mapping[str, int]) -> str:
    """Numbers of files by status, as `3 read, 1 partly read`; '' for none."""
    return ", ".join(
        f"{numerals(f'{counts[status]:,}')} {words.counted}"
        for status, words in STATUS_WORDS.items()
        if counts.get(status)
    )
