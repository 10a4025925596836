"""The case files beside the rules (form: tests/patterns/cases.py; a checkout has them, a wheel does
not), and what a steady runner usually has of the columns that only one rule looks at.
"""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np

from tightlog.patterns import rules
from tightlog.patterns.catalogue import PATTERNS
from tightlog.patterns.pattern import Pattern

FOLDER = Path(rules.__path__[0])
Told = Mapping[str, Any]


def case_file(item: Pattern) -> Path:
    """The case file of a rule, whether it is there or not."""
    module = item.match.__module__.rpartition(".")[2]
    return FOLDER / f"{module}.cases.toml"


def told(item: Pattern) -> Told:
    """What the case file of a rule says; FileNotFoundError without one."""
    return _read(case_file(item))


@cache
def _read(path: Path) -> Told:
    if not path.exists():
        raise FileNotFoundError(f"{path.name}: every rule needs its case file beside it")
    return tomllib.loads(path.read_text(encoding="utf-8"))


def usual(
    part: str, places: Sequence[int], seed: int | None = None, files: Iterable[Told] | None = None
) -> dict[str, dict[int, Any]]:
    """Values by column and day number of what the case files call usual in `days` or `runs`
    (`part`); the mean of what varies, or with a seed drawn from it.

    Raises ValueError for a column in two files: one home for each.
    """
    found: dict[str, dict[int, Any]] = {}
    for file in files if files is not None else map(told, PATTERNS):
        for name, value in file.get("usual", {}).get(part, {}).items():
            if name in found:
                raise ValueError(f"two case files say what is usual in {part}.{name}")
            found[name] = _varied(name, value, places, seed)
    return found


def _varied(name: str, value: Any, places: Sequence[int], seed: int | None) -> dict[int, Any]:
    if not (isinstance(value, dict) and set(value) == {"mean", "spread"}):
        return placed(value, places)
    if seed is None:
        return dict.fromkeys(places, value["mean"])
    # Each column draws by itself: a new one leaves the others as they were.
    draw = np.random.default_rng([seed, crc32(name.encode())])
    numbers = draw.normal(value["mean"], value["spread"], len(places)).tolist()
    return dict(zip(places, numbers, strict=True))


def placed(value: Any, places: Sequence[int]) -> dict[int, Any]:
    """Values by the number of their day, from the form of the case files."""
    if isinstance(value, list):
        value = {str(number - len(value)): one for number, one in enumerate(value)}
    if not isinstance(value, dict):
        value = {"..": value}
    return {
        number: None if one == "null" else one
        for place, one in value.items()
        for number in numbers_of(place, places)
    }


def numbers_of(place: str, places: Sequence[int]) -> list[int]:
    """Day numbers of a place such as `-1`, `3..9` or `3../7`."""
    span, _, step = place.partition("/")
    if ".." not in span:
        return [places[int(span)]]
    first, last = (int(end) if end else None for end in span.split(".."))
    start = 0 if first is None else first % len(places)
    end = len(places) - 1 if last is None else last % len(places)
    return list(places[start : end + 1 : int(step or 1)])
