"""Warning signs in a line that is not certain: found whatever else the line says, or fails to say.

    {"kind": "rate", "score": "abc", "red_flags": ["leg_weakness"]}     leg_weakness stands
    {"kind": "rate", "score": 3, "red_flags": ["fever"], "no            torn, and fever stands

A sign that was cleared by mistake costs a tap; one that is lost may cost more. A note is never
searched.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from tightlog.domain.red_flags import HIGH_SCORE, SHARP_PAIN, UNREADABLE_SIGN, Sign, known_name
from tightlog.journal import values
from tightlog.journal.values import NotCertain

# A score this high stops training advice until someone looked at it (pattern R0).
RED_FLAG_SCORE = 8.0
YES = frozenset({"true", "yes", "y", "1", "sharp"})
# The keys as they stand in JSON: quotes inside a text are escaped there.
FLAGS_WRITTEN = re.compile(r'(?<!\\)"red_flags"\s*:\s*\[?([^\]{}]*)')
SHARP_WRITTEN = re.compile(r'(?<!\\)"is_sharp"\s*:\s*true')
SCORE_WRITTEN = re.compile(r'(?<!\\)"score"\s*:\s*"?(\d{1,2}(?:\.\d{1,9})?)(?![\d.eE])')
NAME_WRITTEN = re.compile(r'"([^"\\]{1,80})"')
WHEN_WRITTEN = re.compile(r'(?<!\\)"(day|logged_at|entry_id)"\s*:\s*"([^"\\]{1,100})"')
# Where the list was torn off, what follows may be the next key.
NEXT_KEY = re.compile(r'"[^"\\]*"\s*:.*', re.DOTALL)


@dataclass(frozen=True)
class Salvage:
    """What a line that is not certain says of warning signs, and of when and by which id, if it
    does.
    """

    names: tuple[str, ...] = ()
    score: float | None = None
    day: date | None = None
    logged_at: datetime | None = None
    entry_id: str | None = None

    def signs(self, fallback: date) -> tuple[Sign, ...]:
        """The signs, on the day the line says, else on another."""
        on = self.day or (self.logged_at.date() if self.logged_at else fallback)
        return signs_of(self.names, on, self.score)


def signs_of(
    names: tuple[str, ...], day: date, score: float | None, is_sharp: bool | None = None
) -> tuple[Sign, ...]:
    """Every sign of one rating: the flags ticked, sharp pain, a score of 8 or more."""
    signs = [Sign(name, day) for name in names]
    signs += [Sign(SHARP_PAIN, day)] if is_sharp else []
    is_high = score is not None and score >= RED_FLAG_SCORE
    return (*signs, *([Sign(HIGH_SCORE, day, score)] if is_high else []))


def salvaged(said: Mapping[str, Any], last: date) -> Salvage:
    """What an object of JSON says of warning signs, those in its `changes` included."""
    changes = said.get("changes")
    parts = [said, changes] if isinstance(changes, dict) else [said]
    names = tuple(dict.fromkeys(name for part in parts for name in _names(part)))
    scores = [found for part in parts if (found := _high_score(part.get("score"))) is not None]
    return Salvage(
        names,
        max(scores, default=None),
        _certain("day", said, last),
        _certain("logged_at", said, last),
        _certain("entry_id", said, last),
    )


def salvaged_from_text(line: str, last: date) -> Salvage:
    """What a line that is no JSON says of warning signs, by the keys it would have as JSON."""
    names: list[str] = []
    for written in FLAGS_WRITTEN.finditer(line):
        listed = NEXT_KEY.sub("", written.group(1))
        names += [known_name(name) for name in NAME_WRITTEN.findall(listed) if name.strip()]
    names += [SHARP_PAIN] if SHARP_WRITTEN.search(line) else []
    scores = [
        found for text in SCORE_WRITTEN.findall(line) if (found := _high_score(text)) is not None
    ]
    when = dict(reversed(WHEN_WRITTEN.findall(line)))
    return Salvage(
        tuple(dict.fromkeys(names)),
        max(scores, default=None),
        *(_certain(name, when, last) for name in ("day", "logged_at", "entry_id")),
    )


def _names(part: Mapping[str, Any]) -> Iterator[str]:
    yield from _flag_names(part.get("red_flags"))
    answer = part.get("is_sharp")
    if answer is True or answer == 1 or (isinstance(answer, str) and answer.strip().lower() in YES):
        yield SHARP_PAIN


def _flag_names(value: Any) -> Iterator[str]:
    """Names in whatever stands in the place of the red flags; what is none is a sign all the
    same.
    """
    if not value:
        return
    if isinstance(value, str):
        value = re.split(r"[,;|]", value)
    elif isinstance(value, dict):
        value = [name for name, is_ticked in value.items() if is_ticked]
    if not isinstance(value, list):
        yield UNREADABLE_SIGN
        return
    for name in value:
        if isinstance(name, str) and name.strip():
            yield known_name(values.storable(name)[: values.LONGEST_NAME])
        elif name:
            yield UNREADABLE_SIGN


def _high_score(value: Any) -> float | None:
    if isinstance(value, str) and re.fullmatch(r"\d{1,2}([.,]\d{1,9})?", value, re.ASCII):
        value = float(value.replace(",", "."))
    try:
        score = values.number("score", value, values.MOST_POINTS)
    except NotCertain:
        return None
    return score if score >= RED_FLAG_SCORE else None


def _certain(name: str, said: Mapping[str, Any], last: date) -> Any:
    try:
        if name == "day":
            return values.day(said.get(name), last)
        if name == "logged_at":
            return values.instant(name, said.get(name), last)
        return values.identifier(name, said.get(name))
    except NotCertain:
        return None
