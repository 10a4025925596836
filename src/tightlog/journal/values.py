"""What each field of a journal line may hold: a JSON value → the value as it counts.

A value counts only when its meaning is certain; a number in quotes, a day as a week, `"yes"` for
true are not guessed at. Null counts as left out. Text keeps every character that can be stored:
half of a
surrogate pair and NUL become U+FFFD.
"""

import math
import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from tightlog.domain.clocks import outside_words
from tightlog.domain.diary import (
    EASES,
    FIELDS_OF_NAMES,
    INTERVENTION_IDS,
    LONGEST_EXPRESSION,
    LONGEST_HYPOTHESIS_NAME,
    LONGEST_UNIT,
    MOMENTS,
    QUESTION_CHARACTERS,
    RADIATIONS,
    SIDES,
    TASK_CHARACTERS,
)
from tightlog.domain.red_flags import known_name
from tightlog.domain.trials import ENDINGS, FEWEST_TOSSES, MOST_TOSSES

SHOWN_CHARACTERS = 40
MOST_MINUTES, MOST_POINTS = 24 * 60.0, 10.0
LONGEST_ID, LONGEST_NAME = 100, 80
DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
INSTANT = re.compile(
    r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})", re.ASCII
)
DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)
SPORT = re.compile(r"[a-z][a-z_0-9]{0,39}", re.ASCII)
NOT_STORABLE = re.compile("[\0\ud800-\udfff]")


class NotCertain(Exception):
    """A value whose meaning is not certain; the message says which and why."""


def storable(text: str) -> str:
    """The text with U+FFFD for what no database and no terminal takes."""
    return NOT_STORABLE.sub("\ufffd", text)


def shown(value: Any) -> str:
    """A value in few characters, whatever it is."""
    if isinstance(value, (list, dict)):
        return "a list" if isinstance(value, list) else "an object"
    written = f'"{storable(value[:SHOWN_CHARACTERS])}"' if isinstance(value, str) else repr(value)
    words = {"None": "null", "True": "true", "False": "false"}.get(written, written)
    return words if len(words) <= SHOWN_CHARACTERS + 2 else f"{words[:SHOWN_CHARACTERS]}…"


def number(name: str, value: Any, most: float) -> float:
    """A number from 0 to `most`. Raises NotCertain for anything else, NaN and true among it."""
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if not is_number or not 0 <= value <= most or not math.isfinite(value):
        raise NotCertain(f"{name} is {shown(value)}, not a number from 0 to {most:g}")
    return float(value) + 0.0  # -0.0 is 0.0


def day(value: Any, last: date) -> date:
    """A day written 2026-05-31, from 1990 to `last`. Raises NotCertain."""
    if not isinstance(value, str) or not DAY.fullmatch(value):
        raise NotCertain(f"day is {shown(value)}, not a day such as 2026-05-31")
    try:
        found = date.fromisoformat(value)
    except ValueError:
        raise NotCertain(f"there is no day {value}") from None
    if why := outside_words(found, last):
        raise NotCertain(f"day {value} {why}")
    return found


def instant(name: str, value: Any, last: date) -> datetime:
    """An instant with its offset, as UTC, from 1990 to the end of `last`. Raises NotCertain."""
    if not isinstance(value, str) or not INSTANT.fullmatch(value):
        raise NotCertain(f"{name} is {shown(value)}, not a time with its offset from UTC")
    try:
        found = datetime.fromisoformat(value).astimezone(UTC)
        day_after = found.date() + timedelta(days=1)
    except (ValueError, OverflowError):
        raise NotCertain(f"{name} is {shown(value)}, which is no time") from None
    # The UTC date of a local day may be the day before or after it.
    if why := (outside_words(day_after, last + timedelta(days=2))):
        raise NotCertain(f"{name} {value} {why}")
    return found


def text(name: str, value: Any, longest: int | None = None) -> str:
    """A text, at most so long. Raises NotCertain."""
    if not isinstance(value, str) or (
        longest is not None and not 0 < len(value.strip()) <= longest
    ):
        raise NotCertain(f"{name} is {shown(value)}, not a text")
    return storable(value)


def identifier(name: str, value: Any) -> str:
    """The id of an entry or activity: printable text of at most 100 characters. Raises
    NotCertain.
    """
    if not isinstance(value, str) or not value.isprintable() or not 0 < len(value) <= LONGEST_ID:
        raise NotCertain(f"{name} is {shown(value)}, not an id")
    return value


def yes_or_no(name: str, value: Any) -> bool:
    """True or false. Raises NotCertain, for a text such as "no" too."""
    if not isinstance(value, bool):
        raise NotCertain(f"{name} is {shown(value)}, not true or false")
    return value


def one_of(name: str, value: Any, known: tuple[str, ...] | frozenset[str]) -> str:
    """One of the words known. Raises NotCertain."""
    if not isinstance(value, str) or value not in known:
        raise NotCertain(f"{name} is {shown(value)}, which is not known")
    return value


def flags(value: Any) -> tuple[str, ...]:
    """Names of red flags, an unknown one kept: it still stops advice. Raises NotCertain."""
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        raise NotCertain(f"red_flags is {shown(value)}, not a list of names")
    return tuple(
        dict.fromkeys(known_name(storable(name)[:LONGEST_NAME]) for name in value if name.strip())
    )


def eased(value: Any) -> tuple[str, ...]:
    """Names of what eased the back. Raises NotCertain for another name."""
    if not isinstance(value, list):
        raise NotCertain(f"eased is {shown(value)}, not a list of names")
    return tuple(dict.fromkeys(one_of("eased", name, EASES) for name in value))


def sport(name: str, value: Any) -> str:
    """The name of a sport, such as `trail_running`. Raises NotCertain."""
    if not isinstance(value, str) or not SPORT.fullmatch(value):
        raise NotCertain(f"{name} is {shown(value)}, not the name of a sport")
    return value


def digest(name: str, value: Any) -> str:
    """A SHA-256, or a seed: 64 hexadecimal digits. Raises NotCertain."""
    if not isinstance(value, str) or not DIGEST.fullmatch(value):
        raise NotCertain(f"{name} is {shown(value)}, not 64 hexadecimal digits")
    return value


def unit(value: Any) -> str:
    """A unit, '' for none. Raises NotCertain."""
    return "" if value in (None, "") else text("unit", value, LONGEST_UNIT)


def toss_count(value: Any) -> int:
    """How many tosses are planned. Raises NotCertain."""
    is_number = isinstance(value, int) and not isinstance(value, bool)
    if not is_number or not FEWEST_TOSSES <= value <= MOST_TOSSES:
        raise NotCertain(
            f"tosses is {shown(value)}, not a number from {FEWEST_TOSSES} to {MOST_TOSSES}"
        )
    return int(value)


# Fields that are always there.
NEEDED = frozenset({"day", "score", "intervention", "function", "is_lasting"})
CHECKS: Mapping[str, Callable[[Any, date], Any]] = {
    "day": day,
    "at": lambda value, last: instant("at", value, last),
    "score": lambda value, last: number("score", value, MOST_POINTS),
    "moment": lambda value, last: one_of("moment", value, MOMENTS),
    "is_sharp": lambda value, last: yes_or_no("is_sharp", value),
    "red_flags": lambda value, last: flags(value),
    "note": lambda value, last: text("note", value),
    "eased": lambda value, last: eased(value),
    "side": lambda value, last: one_of("side", value, SIDES),
    "radiation": lambda value, last: one_of("radiation", value, RADIATIONS),
    "is_woken": lambda value, last: yes_or_no("is_woken", value),
    "function": lambda value, last: number("function", value, MOST_POINTS),
    "task": lambda value, last: text("task", value, TASK_CHARACTERS),
    "question": lambda value, last: text("question", value, QUESTION_CHARACTERS),
    "intervention": lambda value, last: one_of("intervention", value, INTERVENTION_IDS),
    "minutes": lambda value, last: number("minutes", value, MOST_MINUTES),
    "rpe": lambda value, last: number("rpe", value, MOST_POINTS),
    "sport": lambda value, last: sport("sport", value),
    "sub_sport": lambda value, last: sport("sub_sport", value),
    "shoe": lambda value, last: text("shoe", value),
    "name": lambda value, last: text("name", value),
    "is_ignored": lambda value, last: yes_or_no("is_ignored", value),
    "is_confirmed": lambda value, last: yes_or_no("is_confirmed", value),
    "is_lasting": lambda value, last: yes_or_no("is_lasting", value),
}


TRIAL_CHECKS: Mapping[str, Callable[[Any, date], Any]] = {
    "day": day,
    "intervention": CHECKS["intervention"],
    "tosses": lambda value, last: toss_count(value),
    "power_at_1_point": lambda value, last: number("power_at_1_point", value, 1.0),
    "seed_hash": lambda value, last: digest("seed_hash", value),
    "seed": lambda value, last: digest("seed", value),
    "is_assigned": lambda value, last: yes_or_no("is_assigned", value),
    "is_done": lambda value, last: yes_or_no("is_done", value),
    "ending": lambda value, last: one_of("ending", value, ENDINGS),
    "note": CHECKS["note"],
}
HYPOTHESIS_CHECKS: Mapping[str, Callable[[Any, date], Any]] = {
    "day": day,
    "name": lambda value, last: text("name", value, LONGEST_HYPOTHESIS_NAME),
    "expression": lambda value, last: text("expression", value, LONGEST_EXPRESSION),
    "unit": lambda value, last: unit(value),
}
# Not known before a trial of few scores, after a seed was lost, and where no reason was given.
MAY_BE_UNKNOWN = frozenset({"power_at_1_point", "seed", "note"})


def trial_fact(name: str, value: Any, last: date) -> Any:
    """What a step of a trial says. Raises NotCertain."""
    return None if value is None and name in MAY_BE_UNKNOWN else TRIAL_CHECKS[name](value, last)


def hypothesis_fact(name: str, value: Any, last: date) -> Any:
    """What a hypothesis says. Raises NotCertain."""
    return HYPOTHESIS_CHECKS[name](value, last)


def checked(name: str, value: Any, last: date) -> Any:
    """The value of a field as it counts; null is left out, () for names. Raises NotCertain."""
    if value is None and name not in NEEDED:
        return () if name in FIELDS_OF_NAMES else None
    return CHECKS[name](value, last)
