"""What the header of a diary's column says: a date, a part of one, or a score of the back."""

import re
from collections.abc import Sequence
from enum import IntEnum

from tightlog.readers.diary.cells.vocabulary import HEADERS, MOMENTS, WORDS
from tightlog.readers.diary.cells.words import Region, body_words, region, words


class Rank(IntEnum):
    """How surely a header is the tightness of the lower back; the lowest wins."""

    TIGHT_BACK = 0
    TIGHT = 1
    STIFF = 2
    BACK_PAIN = 3
    BACK = 4
    SCORE = 5
    PAIN = 6


# When the question is asked.
WHEN_WORDS = frozenset().union(*MOMENTS.values(), WORDS["waking"], WORDS["bed"])
# Of the words for trouble of the back those for tightness, all others are for pain.
BACK_TENSION = frozenset(
    word for word in WORDS["back_trouble"] if word.startswith(("tens", "spann", "gespann"))
)


def plain(header: str) -> str:
    """Header without brackets, case and punctuation: `Tightness [0-10]` → `tightness`."""
    return " ".join(words(re.sub(r"\(.*?\)|\[.*?\]|[(\[].*", "", header) or header))


def rank(header: str) -> Rank | None:
    """How surely a header is the tightness of the lower back; None when it is not, or another
    region's.
    """
    without_brackets = re.sub(r"\(.*?\)|\[.*?\]", "", header)
    said = {word for word in body_words(without_brackets) if not word.isdigit()}
    back, tight, pain = WORDS["back"], WORDS["tight"], WORDS["pain"]
    in_brackets = {region(part) for part in re.findall(r"[(\[](.*?)[)\]]", header)}
    if (
        not said
        or said & (WORDS["no_score"] | WORDS["other_region"])
        or (said & back and said & WORDS["not_low"])
        or Region.OTHER in in_brackets
    ):
        return None
    is_back = bool(said & back) or Region.LOWER_BACK in in_brackets
    if is_back and said & WORDS["back_trouble"]:
        tight, pain = tight | BACK_TENSION, pain | (WORDS["back_trouble"] - BACK_TENSION)
    unknown = len(
        said
        - back
        - tight
        - pain
        - WORDS["low"]
        - WORDS["side"]
        - WORDS["question"]
        - (WHEN_WORDS if is_back or said & tight else frozenset())
        - WORDS["strength"]
        - WORDS["generic_score"]
    )
    if said & tight and unknown <= (2 if is_back else 0):
        return (
            Rank.TIGHT_BACK
            if is_back
            else Rank.TIGHT
            if any(word.startswith(("tight", "verspann")) for word in said)
            else Rank.STIFF
        )
    if is_back and unknown == 0:
        return Rank.BACK_PAIN if said & pain else Rank.BACK
    if unknown or said & back:
        return None
    if said & WORDS["generic_score"] and not said & pain:
        return Rank.SCORE
    return Rank.PAIN if said & (pain | WORDS["strength"]) else None


def day_places(header: Sequence[str]) -> list[int]:
    """Places of the date columns, the surest first; when the form was sent comes after the day
    it is about, and a column of times, which may hold the day too, last.
    """
    names = [plain(cell) for cell in header]
    sure = [names.index(name) for name in (*HEADERS["day"], *HEADERS["stamp"]) if name in names]
    fuzzy = [
        place
        for place, name in enumerate(names)
        if place not in sure
        and set(name.split()) & WORDS["day"]
        and len(name.split()) <= 5
        and not set(name.split()) & WORDS["no_day"]
    ]
    clocks = [place for place in clock_places(header) if place not in (*sure, *fuzzy)]
    return sure + fuzzy + clocks


def clock_places(header: Sequence[str]) -> list[int]:
    """Places of the columns named after the time of day."""
    return [place for place, cell in enumerate(header) if plain(cell) in HEADERS["clock"]]


def split_places(header: Sequence[str]) -> tuple[int, int, int] | None:
    """Places of separate year, month and day columns."""
    names = ["".join(words(cell)) for cell in header]
    year, month, day = (
        next((place for place, name in enumerate(names) if name in WORDS[part]), None)
        for part in ("year", "month", "day_of_month")
    )
    return None if year is None or month is None or day is None else (year, month, day)
