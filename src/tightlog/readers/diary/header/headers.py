"""What the header of a diary's column says: a date, a part of one, or a score of the back."""

import re
from collections.abc import Sequence
from enum import IntEnum

from tightlog.readers.diary.cells.moments import names_only_when
from tightlog.readers.diary.cells.scales import scale_in_header
from tightlog.readers.diary.cells.vocabulary import GOES_WITH, HEADERS, MOMENTS, WORDS
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
    # `Morning`, in a table that is named after the back.
    WHEN = 7


# When the question is asked.
WHEN_WORDS = frozenset().union(*MOMENTS.values(), WORDS["waking"], WORDS["bed"])
YES_OR_NO = re.compile(r"\b(?:y/n|j/n|yes\W+no|ja\W+nein|oui\W+non|s[ií]\W+no|ja\W+nee)\b", re.I)
NUMBER_OF_QUESTION = re.compile(r"^\s*\d+\s*[.):]")
CLOCK_WORDS = frozenset(name for name in HEADERS["clock"] if " " not in name)
# Of the words for trouble of the back those for tightness, all others are for pain.
BACK_TENSION = frozenset(
    word for word in WORDS["back_trouble"] if word.startswith(("tens", "spann", "gespann"))
)


def plain(header: str) -> str:
    """Header without brackets, case and punctuation: `Tightness [0-10]` → `tightness`."""
    return " ".join(words(without_brackets(header)))


def rank(header: str) -> Rank | None:
    """How surely a header is the tightness of the lower back; None when it is not, or another
    region's.
    """
    said = _words_of(header)
    in_brackets = {region(part) for part in re.findall(r"[(\[](.*?)[)\]]", header)}
    if _is_no_score(header, said) or Region.OTHER in in_brackets:
        return None
    back, tight, pain = WORDS["back"], WORDS["tight"], WORDS["pain"]
    is_back = bool(said & back) or Region.LOWER_BACK in in_brackets
    if is_back and said & WORDS["back_trouble"]:
        tight, pain = tight | BACK_TENSION, pain | (WORDS["back_trouble"] - BACK_TENSION)
    asked_when = WHEN_WORDS if is_back or said & tight else frozenset()
    unknown = len(_beside_the_score(said) - back - tight - pain - asked_when)
    if said & tight and unknown <= (2 if is_back and not said & WORDS["asking"] else 0):
        return Rank.TIGHT_BACK if is_back else _rank_of_tightness(said)
    if is_back and unknown == 0:
        return Rank.BACK_PAIN if said & pain else Rank.BACK
    if unknown or said & back:
        return Rank.WHEN if names_only_when(without_brackets(header)) else None
    if said & WORDS["generic_score"] and not said & pain:
        return Rank.SCORE
    if said & (pain | WORDS["strength"]):
        return Rank.PAIN
    return Rank.WHEN if names_only_when(without_brackets(header)) else None


def _words_of(header: str) -> set[str]:
    """The words of a header outside its brackets, numbers left out."""
    without_brackets = re.sub(r"\(.*?\)|\[.*?\]", "", header)
    return {word for word in body_words(without_brackets) if not word.isdigit()}


def _is_no_score(header: str, said: set[str]) -> bool:
    """True for a header that asks for something else, of another region or of another day."""
    return bool(
        not said
        or said & (WORDS["no_score"] | WORDS["other_region"] | WORDS["other_day"])
        or (said & WORDS["back"] and said & WORDS["not_low"])
        or _counts_something_else(header)
        or YES_OR_NO.search(header)
        or _numbers(header)
        or said & WORDS["without"]
        or words(header)[:1] == ("no",)
    )


def _beside_the_score(said: set[str]) -> set[str]:
    """The words without those that ask, name the side or the strength, or mean any score."""
    return (
        said
        - WORDS["low"]
        - WORDS["side"]
        - (WORDS["question"] | WORDS["asking"])
        - WORDS["strength"]
        - WORDS["generic_score"]
        - ({"up"} if said & WORDS["waking"] else frozenset())
    )


def _rank_of_tightness(said: set[str]) -> Rank:
    is_tight = any(word.startswith(("tight", "verspann")) for word in said)
    return Rank.TIGHT if is_tight else Rank.STIFF


def is_of_another_day(header: str) -> bool:
    """True for a score of the back that is about the day before or after the one of its row."""
    said = body_words(header)
    return bool(said & WORDS["other_day"] and said & (WORDS["back"] | WORDS["tight"]))


def is_doubtful(place: int, header: Sequence[str]) -> bool:
    """True for a name that is a word for the back in one language and something else in another, or
    beside columns among which `back` is no part of the body.
    """
    said = body_words(plain(header[place])) - WORDS["side"] - WHEN_WORDS
    if len(said) != 1:
        return False
    beside = {word for other, cell in enumerate(header) if other != place for word in words(cell)}
    (word,) = said
    is_foreign = word in GOES_WITH and not beside & GOES_WITH[word]
    return is_foreign or header[place].strip() == "DOS" or bool(beside & WORDS["not_body"])


def without_brackets(header: str) -> str:
    """Header without what it says in brackets: `Tightness [0-10]` → `Tightness`."""
    return re.sub(r"\(.*?\)|\[.*?\]|[(\[].*", "", header) or header


def _counts_something_else(header: str) -> bool:
    """True for a unit in brackets: `Morning stiffness (minutes)`."""
    units = WORDS["units"] | WORDS["hours"] | WORDS["minutes"]
    return any(set(words(part)) & units for part in re.findall(r"[(\[](.*?)[)\]]", header))


def _numbers(header: str) -> int:
    """How many numbers of a header are not the ends of a scale, as in `Back 9`."""
    question = re.sub(r"\(.*?\)|\[.*?\]", "", NUMBER_OF_QUESTION.sub("", header))
    numbers = sum(word.isdigit() for word in words(question))
    return 0 if scale_in_header(header) else numbers


def day_places(header: Sequence[str]) -> list[int]:
    """Places of the date columns, the surest first; when the form was sent comes after the day
    it is about, and a column of times, which may hold the day too, last.
    """
    names = [plain(cell) for cell in header]
    sure, stamps = (
        [names.index(name) for name in HEADERS[role] if name in names] for role in ("day", "stamp")
    )
    fuzzy = [
        place
        for place, name in enumerate(names)
        if place not in (*sure, *stamps)
        and (set(name.split()) & WORDS["day"] or name.endswith("datum"))
        and len(name.split()) <= 5
        and not any(word.startswith(tuple(WORDS["no_day"])) for word in name.split())
    ]
    clocks = [place for place in clock_places(header) if place not in (*sure, *fuzzy, *stamps)]
    return sure + fuzzy + stamps + clocks


def clock_places(header: Sequence[str]) -> list[int]:
    """Places of the columns named after the time of day, the plainest names first."""
    names = [plain(cell) for cell in header]
    plainest = [place for place, name in enumerate(names) if name in HEADERS["clock"]]
    return plainest + [
        place
        for place, name in enumerate(names)
        if place not in plainest
        and (said := set(name.split())) & CLOCK_WORDS
        and said <= CLOCK_WORDS | WORDS["clock_beside"]
    ]


def split_places(header: Sequence[str]) -> tuple[int, int, int] | None:
    """Places of separate year, month and day columns."""
    names = ["".join(words(cell)) for cell in header]
    year, month, day = (
        next((place for place, name in enumerate(names) if name in WORDS[part]), None)
        for part in ("year", "month", "day_of_month")
    )
    return None if year is None or month is None or day is None else (year, month, day)
