"""The part of the day a text names: morning, before, during or after the run, evening.

Words that name another time (`after work`, `nach dem Büro`) are not understood, and never taken for
a morning.
"""

import re

from tightlog.domain.diary import NOT_UNDERSTOOD
from tightlog.readers.diary.cells.vocabulary import MOMENTS, WORDS
from tightlog.readers.diary.cells.words import words

AROUND = ("before", "during", "after")
OF_DAY = ("morning", "evening")
# `am` is also German for "on the", `pm` no word of any language.
MORNING_LETTERS = re.compile(r"\bAM\b|\b[Aa]\. ?[Mm]\.|(?:^|[\W_])am[\W_]*$")
NOT_GIVEN = re.compile(r"[\W_]*(?:n/?a|none|null|unknown)?[\W_]*", re.IGNORECASE)


def moment(text: str) -> str | None:
    """morning, before, during, after or evening, if the text names one of them.

    Before and after are those of the run, so of another event they name nothing, and of getting up
    and going to bed the morning and the evening.
    """
    said = set(words(text))
    of_day = [name for name in OF_DAY if said & MOMENTS[name]]
    if not of_day and MORNING_LETTERS.search(text):
        of_day = ["morning"]
    if said & WORDS["whole"] and said & WORDS["days"]:
        of_day = ["evening"]  # a day is rated at its end
    around = [name for name in AROUND if said & MOMENTS[name]]
    if around and said & WORDS["run"]:
        return around[0]
    if said & WORDS["noon"] and (around or of_day == ["morning"]):
        return "morning" if around == ["before"] or of_day == ["morning"] else "evening"
    for name in ("waking", "bed"):
        if said & WORDS[name]:
            return "morning" if name == "waking" else "evening"
    if said & WORDS["other_event"] or (around == ["during"] and of_day):
        around = []  # during the night is not during the run
    return next(iter(around + of_day), None)


def named_moment(text: str) -> str | None:
    """The moment a cell names; NOT_UNDERSTOOD for words that name none, None for a cell without
    any.
    """
    if NOT_GIVEN.fullmatch(text):
        return None
    return moment(text) or NOT_UNDERSTOOD


def header_moment(header: str) -> str | None:
    """The moment a score's header names; NOT_UNDERSTOOD when it names the time of something else,
    as in `tightness after work`.
    """
    if found := moment(header):
        return found
    return NOT_UNDERSTOOD if set(words(header)) & WORDS["other_event"] else None
