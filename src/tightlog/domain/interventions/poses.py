"""The positions in which each exercise is drawn, as joints of a figure, from `poses.toml`."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from tightlog.domain.interventions.figure import Limb, Point, jointed
from tightlog.language.catalogue import phrased

# Units of the figure, which is about 160 tall.
UPPER_ARM, FORE_ARM = 25.0, 24.0
THIGH, SHIN = 38.0, 38.0
HEAD_RADIUS = 9.5
FOOT = 12.0


@dataclass(frozen=True)
class Prop:
    """A thing beside the figure, such as a roller, with the numbers that place it."""

    name: str
    numbers: tuple[float, ...]


@phrased("caption", "words")
@dataclass(frozen=True)
class Position:
    """One drawn position: what to do in a few words, the whole position in words, and its joints;
    of the arms and legs the first is the near one.
    """

    caption: str
    words: str
    hip: Point
    shoulder: Point
    head: Point
    bow: float
    arms: tuple[Limb, ...]
    legs: tuple[Limb, ...]
    arrows: tuple[tuple[float, ...], ...]
    props: tuple[Prop, ...]


@dataclass(frozen=True)
class Exercise:
    """The drawn positions of an intervention, and the room they are drawn in: width and height
    above the floor.
    """

    width: float
    height: float
    positions: tuple[Position, ...]


@cache
def drawn_exercises() -> Mapping[str, Exercise]:
    """Exercises that are drawn, by the id of their intervention."""
    file = files("tightlog.domain.interventions").joinpath("poses.toml")
    table = tomllib.loads(file.read_text(encoding="utf-8"))
    return MappingProxyType({name: _exercise(entry) for name, entry in table.items()})


def _exercise(entry: Mapping[str, Any]) -> Exercise:
    width, height = entry["view"]
    return Exercise(width, height, tuple(_position(one) for one in entry["position"]))


def _position(one: Mapping[str, Any]) -> Position:
    hip, shoulder = _point(one["hip"]), _point(one["shoulder"])
    return Position(
        one["caption"],
        one["words"],
        hip,
        shoulder,
        _point(one["head"]),
        one.get("bow", 0),
        tuple(jointed(shoulder, (x, y), (UPPER_ARM, FORE_ARM), bend) for x, y, bend in one["arms"]),
        tuple(
            jointed(hip, (x, y), (THIGH, SHIN), bend, (FOOT, toe))
            for x, y, bend, toe in one["legs"]
        ),
        tuple(tuple(arrow) for arrow in one.get("arrows", ())),
        tuple(Prop(name, tuple(numbers)) for name, *numbers in one.get("props", ())),
    )


def _point(given: tuple[float, float]) -> Point:
    x, y = given
    return x, y
