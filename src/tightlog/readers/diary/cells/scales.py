"""Scores on the 0–10 scale from whatever scale a diary uses, recognised from the header or set in
tightlog.toml, and from words.

    Tightness (0-100)   Wie steif? (1 = locker, 5 = sehr steif)   Back /10
    7/10   3,5   40%   3-4   moderate
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from tightlog.readers.diary.cells.vocabulary import SCORE_WORDS, WORDS
from tightlog.readers.diary.cells.words import western, words

RANGE = re.compile(
    r"(?<![\d.,])(\d{1,3})\s*(?:-|–|—|\.\.+|to|bis|à|a|al?)\s*(\d{1,3})(?!\d|[.,]\d)", re.IGNORECASE
)
OUT_OF = re.compile(r"(?:/|out of|max\.?|von|sur|su|sobre|de)\s*(100|10|5)(?!\d)", re.IGNORECASE)
ANCHOR = re.compile(r"(?<![^\W_])(\d{1,3})\s*(?:=|:|–|-)\s*([^\d,;)\]]+)")
BRACKETS = re.compile(r"[(\[](.*?)[)\]]")
CELL = re.compile(
    r"([+-]?\d+(?:[.,]\d+)?)\s*(?:(?:/|of|out of|von|sur|sobre|su|de|van)\s*(\d{1,3})|(%))?"
    r"(?:\s*[-–=:(]\s*[^\d\s]\D*|\s+[^\W\d]\D*)?"
)
CELL_RANGE = re.compile(
    r"(\d+(?:[.,]\d+)?)\s*(?:-|–|—|to|bis|à|a)\s*(\d+(?:[.,]\d+)?)\s*(/\s*\d{1,3})?"
)
# `Mild (2)`, `moderate: 5/10`; `mild to moderate`, `leicht bis mittel`.
WORD_AND_NUMBER = re.compile(r"([^\W\d][^\d(:=]*?)\s*[(:=]\s*(\d[^()]*?)\s*\)?")
WORDS_BETWEEN = re.compile(r"\s+(?:to|bis|à|a|até|tot)\s+|\s*[-–—/]\s*")
# A number with what it means.
Anchor = tuple[int, set[str]]
# A visual analogue scale is a line of 100 mm.
LENGTHS = {"mm": 100, "cm": 10}
# `higher is better`, `low = bad`: which end is which, without the numbers.
ENDS_IN_WORDS = re.compile(
    r"\b(?:(?:high\w*|more|bigger|larger|hoch|hoh\w*|hoeh\w*|mehr|haut|eleve|alto|alta|mas|piu"
    r"|hoger?)"
    r"\W+(?:\w+\W+){0,2}"
    r"(?:good|better|best|fine|great|gut|besser|bien|mieux|mejor|meglio|beter|melhor)"
    r"|(?:low\w*|less|smaller|niedrig\w*|tief\w*|weniger|bas|moins|bajo|menos|basso|meno|lager?)"
    r"\W+(?:\w+\W+){0,2}(?:bad|worse|worst|schlecht\w*|schlimm\w*|pire|peor|peggio"
    r"|slechter?|pior)"
    r"|schulnoten?)\b"
)
# The middle of a wider one would be a number nobody meant.
WIDEST_RANGE = 2
NUMBER_CHARACTERS = 120
HIGHEST = (3, 4, 5, 6, 7, 10, 20, 100)


@dataclass(frozen=True)
class Scale:
    """The two ends of a scale: the number for no tightness at all, and the number for the worst;
    `is_assumed` without any sign of it.
    """

    none: float
    worst: float
    is_assumed: bool = False
    # The words for scores, as `vocabulary.toml` places them.
    is_of_words: bool = False

    def holds(self, number: float) -> bool:
        """True when a number lies on the scale."""
        return min(self.none, self.worst) <= number <= max(self.none, self.worst)

    def score(self, number: float) -> float:
        """The number as a score of 0–10, linearly between the two ends."""
        return abs(number - self.none) / abs(self.worst - self.none) * 10

    def __str__(self) -> str:
        if self.is_of_words:
            return WORD_SCALE_WORDS
        ends = (
            f"{self.none:g}–{self.worst:g}"
            if self.none < self.worst
            else f"{self.none:g} (none) down to {self.worst:g} (worst)"
        )
        return f"taken as {ends}" if self.is_assumed else ends


ZERO_TO_TEN = Scale(0, 10, is_assumed=True)
OF_WORDS = Scale(0, 10, is_of_words=True)
WORD_SCALE_WORDS = "words: " + ", ".join(
    f"{known[0].replace('_', ' ')} {points:g}" for points, known in SCORE_WORDS.items()
)
POINTS = {tuple(word.split("_")): points for points, known in SCORE_WORDS.items() for word in known}


@dataclass(frozen=True)
class ScoreCell:
    """A score cell: its number, the scale written in it, whether it is a word, and whether the
    number is the middle of a range.
    """

    number: float
    scale: Scale | None = None
    is_word: bool = False
    is_range: bool = False


@lru_cache(maxsize=1024)
def score_cell(cell: str) -> ScoreCell | None:
    """The score in a cell: a number, a narrow range or a word; None for anything else."""
    if found := number_and_scale(cell):
        return ScoreCell(*found)
    if len(cell) > NUMBER_CHARACTERS:
        return None
    if ends := CELL_RANGE.fullmatch(western(cell).strip().casefold()):
        low, high = (float(ends.group(place).replace(",", ".")) for place in (1, 2))
        scale = number_and_scale(f"{high:g}{ends.group(3) or ''}")
        if scale is None or not low < high <= low + WIDEST_RANGE:
            return None
        return ScoreCell((low + high) / 2, scale[1], is_range=True)
    named = WORD_AND_NUMBER.fullmatch(western(cell).strip())
    if named and _points(named[1]) is not None:
        numbered = number_and_scale(named[2])
        return ScoreCell(*numbered) if numbered else None
    points = _points(cell)
    if points is not None:
        return ScoreCell(points, OF_WORDS, is_word=True)
    both = [_points(part) for part in WORDS_BETWEEN.split(cell)]
    if len(both) != 2 or both[0] is None or both[1] is None:
        return None
    return ScoreCell((both[0] + both[1]) / 2, OF_WORDS, is_word=True, is_range=True)


def without_score(cell: str) -> str:
    """What a score cell says besides its number: `3 after the run` → `after the run`."""
    return re.sub(r"^\s*[+-]?\d+(?:[.,]\d+)?(?:\s*/\s*\d+|\s*%)?", " ", western(cell)).strip()


def _points(cell: str) -> float | None:
    """Points of a word such as `moderate` or `leicht verspannt`; None for other words."""
    said = words(cell)
    if said in POINTS:
        return POINTS[said]
    beside = WORDS["tight"] | WORDS["pain"] | WORDS["back"] | WORDS["low"] | WORDS["side"]
    strength = tuple(word for word in said if word not in beside)
    # `quite severe` is about severe, `ziemlich stark` about stark.
    if strength not in POINTS and strength[:1] and strength[0] in WORDS["degree"]:
        strength = strength[1:]
    return POINTS.get(strength) if strength else None


def scale_in_header(header: str) -> Scale | None:
    """Scale written in a header; None without one."""
    anchors = [(int(number), set(words(meaning))) for number, meaning in ANCHOR.findall(header)]
    if ends := _ends_of_range(header) or _ends_of_anchors(anchors):
        return _turned(*ends, anchors)
    if len(anchors) == 1 and (found := _by_one_end(*anchors[0])):
        return found
    return _by_two_numbers(header) or _by_length(header)


def _ends_of_range(header: str) -> tuple[int, int] | None:
    """Ends of a range such as `0-10`."""
    ranges = ((int(low), int(high)) for low, high in RANGE.findall(header))
    return next(((low, high) for low, high in ranges if _are_ends(low, high)), None)


def _ends_of_anchors(anchors: Sequence[Anchor]) -> tuple[int, int] | None:
    """Ends of `0 = none, 10 = worst`."""
    numbers = sorted(number for number, _ in anchors)
    is_scale = len(numbers) >= 2 and _are_ends(numbers[0], numbers[-1])
    return (numbers[0], numbers[-1]) if is_scale else None


def _are_ends(low: int, high: int) -> bool:
    return low in (0, 1) and high in HIGHEST


def _turned(low: int, high: int, anchors: Sequence[Anchor]) -> Scale:
    """The scale between two numbers, from the one that means nothing to the worst."""
    worst, none = WORDS["scale_worst"], WORDS["scale_none"]
    is_reversed = any(
        (number == low and meaning & worst and not meaning & none)
        or (number == high and meaning & none)
        for number, meaning in anchors
    )
    return Scale(high, low) if is_reversed else Scale(low, high)


def _by_length(header: str) -> Scale | None:
    """Scale of a name such as NRS, of `/10`, or of a percentage."""
    if length := next((LENGTHS[one] for one in words(header) if one in LENGTHS), None):
        return Scale(0, length)
    if out_of := OUT_OF.search(header):
        return Scale(0, int(out_of.group(1)))
    return Scale(0, 100) if "%" in header else None


def without_scale(header: str) -> str:
    """Header without the scale written in it: `Stress 0-10` → `Stress `."""
    return OUT_OF.sub(" ", RANGE.sub(" ", header)) if scale_in_header(header) else header


def _by_two_numbers(header: str) -> Scale | None:
    """The scale of `[1 low - 5 high]`: brackets with two numbers and words beside them."""
    worst, none = WORDS["scale_worst"], WORDS["scale_none"]
    for part in BRACKETS.findall(header):
        ends = [(int(one), set(words(said))) for one, said in re.findall(r"(\d{1,3})(\D*)", part)]
        if len(ends) == 2 and ends[0][0] in (0, 1) and ends[1][0] in HIGHEST:
            (low, first), (high, last) = ends
            is_reversed = (first & worst and not first & none) or last & none
            return Scale(high, low) if is_reversed else Scale(low, high)
    return None


def _by_one_end(number: int, meaning: set[str]) -> Scale | None:
    """The scale of `(10 = worst)` or `(10 = no pain)`, whose other end is 0."""
    worst, none = meaning & WORDS["scale_worst"], meaning & WORDS["scale_none"]
    if number not in HIGHEST or not (worst or none):
        return None
    return Scale(number, 0) if none else Scale(0, number)


def says_unclear_scale(header: str) -> bool:
    """True when a header says which end of its scale is good without the numbers, or numbers of a
    scale that are not understood.
    """
    if ENDS_IN_WORDS.search(" ".join(words(header))):
        return True
    if scale_in_header(header):
        return False
    within = {
        int(word) for part in BRACKETS.findall(header) for word in words(part) if word.isdigit()
    }
    if within & set(HIGHEST):
        return True
    anchors = ANCHOR.findall(header)
    if len(anchors) != 1:
        return False
    number, meaning = int(anchors[0][0]), set(words(anchors[0][1]))
    return number in (0, 1) and bool(meaning & WORDS["scale_worst"] - WORDS["scale_none"])


def number_and_scale(cell: str) -> tuple[float, Scale | None] | None:
    """Number of a cell, with the scale written in it (`7/10`, `40%`); None when it is not one
    number.
    """
    match = CELL.fullmatch(western(cell).strip()) if len(cell) <= NUMBER_CHARACTERS else None
    if match is None:
        return None
    number, out_of, percent = match.groups()
    if out_of and int(out_of) not in HIGHEST:
        return None
    return float(number.replace(",", ".")), Scale(0, 100) if percent else Scale(
        0, int(out_of)
    ) if out_of else None
