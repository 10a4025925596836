"""A pattern's facts in words: its evidence grade, what it needs, and that it is not watched."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from tightlog.language.catalogue import phrase, phrases
from tightlog.words.dates import date_words

# Short for what the column comment of pattern.grade says; a link from one's own scores is a D.
# Since when a match is shown, by the codes of `pattern_match.state`.
MATCH_STATES: Mapping[str, str] = phrases({"new": "new", "ongoing": "ongoing"})
GRADE_WORDS: Mapping[str, str] = phrases({
    "A": "seen in runners", "B": "seen in back pain", "C": "mechanism only",
    "D": "no study behind it",
})  # fmt: skip

# A space that does not break joins what belongs together: `3. Mai`.
SENTENCE_ENDS = re.compile(r"(?<=[.!?])[ \n]+(?=[A-ZÄÖÜ“„])")


def grade_words(grade: str) -> str:
    """An evidence grade with its meaning, `Evidence A: seen in runners`."""
    return phrase("Evidence {grade}: {meaning}", grade=grade, meaning=GRADE_WORDS.get(grade, ""))


def red_flag_sentence(evidence: str) -> str:
    """The red flags that are not cleared: `A red flag is active: fever on 3 May 2026.`"""
    return phrase("A red flag is active: {evidence}.", evidence=evidence.rstrip("."))


def no_run_words(run_on: date | None) -> str:
    """That no run is known since a day, or at all."""
    since = phrase("since {run_on}", run_on=date_words(run_on)) if run_on else phrase("yet")
    return phrase("No run file {since}: nothing can be said about your running.", since=since)


def unwatched_words(pattern: Mapping[str, Any]) -> str:
    """A pattern without the data it needs, `Running only (needs other sports …)`."""
    return f"{pattern['title']} ({needs_words(pattern)})"


def needs_words(pattern: Mapping[str, Any]) -> str:
    """What a pattern needs before it can be watched, `needs a tightness score …`."""
    return phrase("needs {needs}", needs=pattern["needs"])


def unwatched_list(patterns: Iterable[Mapping[str, Any]]) -> str:
    """Patterns without their data in one line."""
    return "; ".join(map(unwatched_words, patterns))


def said_once(text: str, said: set[str]) -> str:
    """The sentences of a text that are not among `said` yet, which they then join."""
    new = []
    for sentence in SENTENCE_ENDS.split(text):
        if sentence not in said:
            new.append(sentence)
            said.add(sentence)
    return " ".join(new)
