"""How much of each intervention to begin with: the article's dose where it states one, else ours
with its source and grade (`doses.toml`).
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from tightlog.language.catalogue import phrase, phrased, phrases
from tightlog.language.choice import numerals

ARTICLE, OURS = "article", "ours"
# From here on a time is told in minutes.
IN_MINUTES_S = 120
A_WEEK = phrases({1: "once a week", 2: "twice a week", 3: "three times a week"})


@phrased("source")
@dataclass(frozen=True)
class Dose:
    """A dose to begin with; `low_s` to `high_s` is one repetition or hold. Where the origin is the
    article, only that time (or the words) is its own; sets, rest and week are always ours.
    """

    origin: str
    source: str
    grade: str
    words: str | None = None
    low_s: int | None = None
    high_s: int | None = None
    repetitions: int | None = None
    sets: int | None = None
    is_each_side: bool = False
    rest_s: int | None = None
    per_week: int | None = None
    is_guided: bool = False

    @property
    def work_s(self) -> int:
        """Seconds of one set at the lower end; 0 for a dose without a time."""
        return (self.low_s or 0) * (self.repetitions or 1)


@cache
def starting_doses() -> Mapping[str, Dose]:
    """Doses by the id of their intervention."""
    file = files("tightlog.domain.interventions").joinpath("doses.toml")
    table = tomllib.loads(file.read_text(encoding="utf-8"))
    return MappingProxyType({name: _dose(entry) for name, entry in table.items()})


def guided() -> tuple[str, ...]:
    """Ids of the interventions the routine can count down."""
    return tuple(name for name, dose in starting_doses().items() if dose.is_guided)


def starting_words(dose: Dose) -> str:
    """The whole dose, `2 × 10 repetitions of 4 s, 45 s rest between, twice a week`."""
    return ", ".join([_once(dose), *_beside(dose)])


def own_part(dose: Dose) -> str:
    """What of the dose is ours; empty where all of it is the article's."""
    if dose.origin == OURS:
        return starting_words(dose)
    times = [phrase("{sets} times", sets=dose.sets)] if (dose.sets or 1) > 1 else []
    return ", ".join([*times, *_beside(dose)])


def _once(dose: Dose) -> str:
    if dose.low_s is None or dose.high_s is None:
        return phrase(dose.words or "")
    time = time_words(dose.low_s, dose.high_s)
    often = (
        phrase("{repetitions} repetitions of {time}", repetitions=dose.repetitions, time=time)
        if dose.repetitions
        else time
    )
    sets = f"{dose.sets} × {often}" if (dose.sets or 1) > 1 else often
    return phrase("{sets} on each side", sets=sets) if dose.is_each_side else sets


def _beside(dose: Dose) -> Iterator[str]:
    if dose.rest_s:
        yield phrase("{time_words} rest between", time_words=time_words(dose.rest_s, dose.rest_s))
    if dose.per_week:
        yield A_WEEK[dose.per_week]


def time_words(low_s: int, high_s: int) -> str:
    """A time from and to, `20–30 s` or `5–10 min`."""
    unit, per = ("min", 60) if low_s >= IN_MINUTES_S else ("s", 1)
    low, high = low_s / per, high_s / per
    shown = f"{low:g} {unit}" if low == high else f"{low:g}–{high:g} {unit}"
    return numerals(shown)


def _dose(entry: Mapping[str, Any]) -> Dose:
    facts = {name: value for name, value in entry.items() if name != "seconds"}
    seconds = entry.get("seconds", [None])
    return Dose(low_s=seconds[0], high_s=seconds[-1], **facts)
