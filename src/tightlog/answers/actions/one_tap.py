"""Logging from elsewhere with a token: a score, a warning sign or something done, and no word of
what is stored.

{"score": 3, "at": "2026-05-04T07:10", "moment": "morning", "red_flags": [], "note": "…"}
{"did": "hip flexor stretch", "minutes": 5}
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tightlog.answers.actions import entries
from tightlog.domain.diary import EASES, MOMENTS
from tightlog.domain.red_flags import who_to_see
from tightlog.errors import DiaryError, DiaryUnreadable, DiaryUnwritten, TightlogError
from tightlog.home.settings import Home
from tightlog.journal.signs import signs_of
from tightlog.language.catalogue import phrase

OF_SCORE = frozenset({"score", "at", "moment", "sharp", "red_flags", "note", "eased"})
OF_DONE = frozenset({"did", "at", "minutes", "rpe"})
LONGEST_TEXT = 1_000


class TapRefused(Exception):
    """What was sent cannot be logged; the words are for the one who sent it."""


class TapUnsaved(Exception):
    """The diary cannot be written now; the words say what counts all the same."""


@dataclass(frozen=True)
class Tap:
    """What was logged, in words, and who to see where a warning sign was in it."""

    entry_id: str
    words: str
    who_to_see: str | None = None


def log_tap(home: Home, fields: Mapping[str, Any]) -> Tap:
    """Logs it, on disk when this returns. Raises TapRefused or TapUnsaved."""
    # A program that fills in a form sends null for what it does not have.
    fields = {name: value for name, value in fields.items() if value is not None}
    kind = OF_DONE if "did" in fields else OF_SCORE
    if unknown := sorted(set(fields) - kind):
        raise TapRefused(
            phrase(
                "{unknown!r} is none of {sorted}",
                unknown=unknown[0][:40],
                sorted=", ".join(sorted(kind)),
            )
        )
    try:
        return _done(home, fields) if "did" in fields else _scored(home, fields)
    except DiaryUnwritten as problem:
        # Its own words name folders of the computer.
        flags = f" {who_to_see(problem.red_flags)}" if problem.red_flags else ""
        raise TapUnsaved(
            phrase("not saved: the diary cannot be written now.{flags}", flags=flags)
        ) from None
    except DiaryUnreadable:
        raise TapUnsaved(phrase("perhaps not saved: the diary cannot be read now")) from None
    except DiaryError as problem:
        raise TapRefused(str(problem)) from None
    except (TightlogError, OSError):
        raise TapUnsaved(phrase("perhaps not saved: look at the diary on the computer")) from None


def _scored(home: Home, fields: Mapping[str, Any]) -> Tap:
    names = _names(fields, "red_flags")
    is_sharp = _yes_or_no(fields, "sharp")
    when = entries.moment(home, _text(fields, "at"))
    score = _number(fields, "score")
    if score is None:
        if not (names or is_sharp):
            raise TapRefused(phrase("send a score from 0 to 10, a warning sign, or something done"))
        logged = entries.raise_red_flag(home, when, is_sharp=is_sharp, red_flags=names)
        words = phrase("a warning sign")
    else:
        logged = entries.give_score(
            home,
            score,
            when,
            part_of_day=_one_of(fields, "moment", MOMENTS),
            is_sharp=is_sharp,
            red_flags=names,
            note=_text(fields, "note"),
            eased=[one for one in _names(fields, "eased") if _known(one, EASES, "eased")],
        )
        words = phrase("tightness {score:g}", score=score)
    signs = [sign.name for sign in signs_of(tuple(names), date.min, score, is_sharp)]
    see = who_to_see(tuple(signs)) if signs else None
    return Tap(logged.entry_id, phrase("{words} on {day}", words=words, day=when.day), see)


def _done(home: Home, fields: Mapping[str, Any]) -> Tap:
    name, when = _text(fields, "did") or "", entries.moment(home, _text(fields, "at"))
    logged = entries.did(
        home, name, when, minutes=_number(fields, "minutes"), rpe=_number(fields, "rpe")
    )
    return Tap(logged.entry_id, phrase("{name} on {day}", name=name, day=when.day))


def _text(fields: Mapping[str, Any], name: str) -> str | None:
    value = fields.get(name)
    if value is None or value == "":
        return None
    if not isinstance(value, str) or len(value) > LONGEST_TEXT:
        raise TapRefused(
            phrase(
                "{name} is a text of at most {longest_text} letters",
                name=name,
                longest_text=LONGEST_TEXT,
            )
        )
    return value


def _number(fields: Mapping[str, Any], name: str) -> float | None:
    """A number, also one written as text, as forms and phones send it."""
    value = fields.get(name)
    if value is None or value == "":
        return None
    try:
        if isinstance(value, bool) or not isinstance(value, int | float | str):
            raise ValueError
        return float(value.strip().replace(",", ".") if isinstance(value, str) else value)
    except (ValueError, OverflowError):
        raise TapRefused(phrase("{name} is a number", name=name)) from None


def _yes_or_no(fields: Mapping[str, Any], name: str) -> bool | None:
    value = fields.get(name)
    if value in (None, ""):
        return None
    if value in (True, "true", "yes", "1"):
        return True
    if value in (False, "false", "no", "0"):
        return False
    raise TapRefused(phrase("{name} is true or false", name=name))


def _names(fields: Mapping[str, Any], name: str) -> list[str]:
    """A list of names, or names in one text with commas between."""
    value = fields.get(name) or []
    names = value.split(",") if isinstance(value, str) else value
    if not isinstance(names, list) or not all(isinstance(one, str) for one in names):
        raise TapRefused(phrase("{name} is a list of names", name=name))
    return [one.strip() for one in names if one.strip()]


def _one_of(fields: Mapping[str, Any], name: str, known: tuple[str, ...]) -> str | None:
    value = _text(fields, name)
    return value if value is None or _known(value, known, name) else None


def _known(value: str, known: tuple[str, ...], name: str) -> bool:
    if value not in known:
        raise TapRefused(phrase("{name} is one of {known}", name=name, known=", ".join(known)))
    return True
