"""Texts of diaries as plain words, and their meaning: body region, yes or no."""

import re
import unicodedata
from enum import Enum
from functools import lru_cache

from tightlog.readers.diary.cells.vocabulary import GOES_WITH, WORDS

# SNOMED CT concept ids, as PMSys writes them: lower back structure, its left and right half, the
# lumbar part of the spine, low back pain. Names and ids from two published value sets expanded on
# SNOMED CT International: HL7 Switzerland, CH IG, period-pain-body-sites; IHE PCC, Back and Spine
# TargetSite.
SNOMED_LOWER_BACK = frozenset({"37822005", "1017210004", "1017211000", "1141985005", "279039007"})
SNOMED_ID = re.compile(r"\d{6,18}")


TROUBLES = WORDS["tight"] | WORDS["pain"] | WORDS["back_trouble"]


class Region(Enum):
    """A region of the body named by a text."""

    LOWER_BACK = "lower back"
    OTHER = "other"
    MIXED = "lower back beside others"
    NONE = "none"


# As they are written elsewhere: Arabic decimal and list signs, full-width signs.
SIGNS = str.maketrans("٫،．，／：－％", ".,.,/:-%")


def western(text: str) -> str:
    """The text with the digits of any script as 0–9: `٣٫٥` → `3.5`."""
    if text.isascii():
        return text
    signs = text.translate(SIGNS)
    return "".join(
        str(unicodedata.decimal(sign)) if unicodedata.decimal(sign, None) is not None else sign
        for sign in signs
    )


def words(text: str) -> tuple[str, ...]:
    """Words of a text without case, accents, punctuation and camel case: `backTightness (0-10)`
    → back, tightness, 0, 10.
    """
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text)
    stripped = "".join(
        letter
        for letter in unicodedata.normalize("NFKD", spaced)
        if not unicodedata.combining(letter)
    )
    return tuple(re.sub(r"[\W_]+", " ", stripped.casefold()).split())


def body_words(text: str) -> set[str]:
    """Words of a text, those that name the back and its trouble in one taken apart:
    `Rückenverspannung` → rucken, verspannung.
    """
    return {part for word in words(text) for part in _parts(word)}


def _parts(word: str) -> tuple[str, ...]:
    if word in WORDS["back"]:
        return (word,)
    for stem in WORDS["back_stems"]:
        trouble = word.removeprefix(stem)
        if trouble != word and trouble in TROUBLES | WORDS["title"]:
            return (stem, trouble)
    return (word,)


@lru_cache(maxsize=1024)
def region(text: str) -> Region:
    """Region a cell names; a list of several is MIXED when the lower back is among them."""
    parts = {
        _one_region(part) for part in re.split(r"[,;|/&+\n]| and | und | et | y | e ", text)
    } - {Region.NONE}
    if not parts:
        return Region.NONE
    return parts.pop() if len(parts) == 1 else Region.MIXED


def _one_region(text: str) -> Region:
    said = body_words(text) - WORDS["side"]
    if codes := {word for word in said if SNOMED_ID.fullmatch(word)}:
        return Region.LOWER_BACK if codes <= SNOMED_LOWER_BACK else Region.OTHER
    if (
        said & WORDS["other_region"]
        or (said & WORDS["back"] and said & WORDS["not_low"])
        or said & {"thoracic", "thorax"}
    ):
        return Region.OTHER
    if said & WORDS["back"] and said <= WORDS["back"] | WORDS["low"] | TROUBLES | {"spine"}:
        return Region.LOWER_BACK
    return Region.NONE


def names_lower_back(text: str) -> bool:
    """True for a title or file name that is about the back and nothing else:
    `back_pain_2026.csv`, not `back up` or `call back`.
    """
    said = {word for word in body_words(text) if not word.isdigit()}
    if not said & WORDS["back"] or said & (
        WORDS["other_region"] | WORDS["not_low"] | WORDS["no_score"]
    ):
        return False
    is_plain = said & (WORDS["low"] | TROUBLES) or said & WORDS["back"] - {
        "back",
        "kreuz",
        *GOES_WITH,
    }
    return bool(is_plain) or said <= WORDS["back"] | WORDS["title"] | WORDS["side"]


def yes_or_no(text: str) -> bool | None:
    """Yes or no of a cell; None for a blank and for anything else."""
    said = set(words(text)) or ({text.strip()} - {""})
    return (
        True if said and said <= WORDS["yes"] else False if said and said <= WORDS["no"] else None
    )
