"""The part of the day a text names: morning, before, during or after the run, evening.

Words that name another time (`after work`, `nach dem Büro`) are not understood, and never taken for
a morning.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from tightlog.domain.diary import NOT_UNDERSTOOD
from tightlog.readers.diary.cells.vocabulary import MOMENTS, WORDS
from tightlog.readers.diary.cells.words import body_words, words

AROUND = ("before", "during", "after")
OF_DAY = ("morning", "evening")
# `am` is also German for "on the", `pm` no word of any language.
LETTERS = {
    "morning": re.compile(r"\bAM\b|\b[Aa]\. ?[Mm]\b|(?:^|[\W_])am[\W_]*$"),
    "evening": re.compile(r"\b[Pp]\. ?[Mm]\b"),
}
AM_PM = {"morning": {"am", "a", "m"}, "evening": {"pm", "p", "m"}}
# What stands beside before and after without naming an event.
BESIDE_RUN = (
    frozenset().union(
        *(WORDS[name] for name in ("side", "back", "low", "tight", "pain", "back_trouble")),
        *(WORDS[name] for name in ("question", "strength", "generic_score", "scale_none")),
        WORDS["scale_worst"],
    )
    - WORDS["other_event"]
)
NIGHTS = WORDS["night_nouns"]
MORNINGS = WORDS["morning_nouns"]
NOT_GIVEN = re.compile(r"[\W_]*(?:n/?a|none|null|unknown)?[\W_]*", re.IGNORECASE)


def moment(text: str) -> str | None:
    """morning, before, during, after or evening, if the text names one of them.

    Before and after are those of the run, so of another event they name nothing, and of getting up
    and going to bed the morning and the evening. Words about another day name nothing.
    """
    said = set(words(text))
    if said & (WORDS["other_day"] | WORDS["denied"]) or _is_next_day(words(text)):
        return None
    of_day = _of_day(text, said)
    if len(of_day) > 1:
        return None  # morning or evening
    around = [name for name in AROUND if said & MOMENTS[name]]
    if around and said & WORDS["run"]:
        return None if said & WORDS["days"] else around[0]
    if said & WORDS["noon"] and (around or of_day == ["morning"]):
        return "morning" if around == ["before"] or of_day == ["morning"] else "evening"
    for name in ("waking", "bed"):
        if said & WORDS[name]:
            return "morning" if name == "waking" else "evening"
    if any(_names_an_event(said, name) for name in around) or (around == ["during"] and of_day):
        around = []  # during the night is not during the run
    return next(iter(around + of_day), None)


def _of_day(text: str, said: set[str]) -> list[str]:
    if said & WORDS["whole"] and said & WORDS["days"]:
        return ["evening"]  # a day is rated at its end
    # The middle of the morning is one.
    named = said - {"mid"} if said & MOMENTS["morning"] else said
    return [
        name
        for name in OF_DAY
        if named & MOMENTS[name] or (LETTERS[name].search(text) and _stands_alone(said))
    ]


def names_only_when(text: str) -> bool:
    """True for a name that is a part of the day and nothing else: `morgens`, `after the run`,
    `AM`.
    """
    said = set(words(text))
    letters = {letter for name in OF_DAY if LETTERS[name].search(text) for letter in AM_PM[name]}
    parts = frozenset().union(*MOMENTS.values()) | (said & letters)
    return bool(said & parts) and said <= parts | WORDS["side"] | WORDS["run"] | {"mittags"}


def _stands_alone(said: set[str]) -> bool:
    """False where `am` may be German for on the: `am Abend`."""
    return not said & (MOMENTS["evening"] - {"pm"})


def _is_next_day(said: Sequence[str]) -> bool:
    """True for `the night before` and `the morning after`, which are of another day."""
    plain = [word for word in said if word not in WORDS["side"]]
    return any(
        (one in NIGHTS and two in MOMENTS["before"])
        or (one in MORNINGS and two in MOMENTS["after"] and not set(said) & WORDS["run"])
        for one, two in pairwise(plain)
    )


def _names_an_event(said: set[str], around: str) -> bool:
    """True when words beside before, during or after may name something else than the run."""
    return bool(said - MOMENTS[around] - BESIDE_RUN - MOMENTS["morning"] - MOMENTS["evening"])


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
    if len(_of_day(header, set(words(header)))) > 1:
        return NOT_UNDERSTOOD
    of_time = (WORDS["other_event"], WORDS["other_day"], *(MOMENTS[name] for name in AROUND))
    return NOT_UNDERSTOOD if body_words(header) & frozenset().union(*of_time) else None
