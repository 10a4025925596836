"""The drawings: every movement has one, of two or three positions, within its frame, in strokes one
can see, and with words for those who do not see it.
"""

import re
from collections.abc import Iterator
from math import dist
from xml.etree.ElementTree import Element, fromstring

import pytest

from dashboards.exercises.drawings import AROUND, BELOW, drawing, figures
from tightlog.domain.interventions.catalogue import CATALOGUE
from tightlog.domain.interventions.figure import Point, jointed
from tightlog.domain.interventions.poses import Exercise, Position, drawn_exercises

# Rules, shoes and what others do: no movement to draw.
WITHOUT_MOVEMENT = {"S9", "C5", "C6", "F5", "M1", "M3", "G3", "G4"}
DRAWN = sorted(drawn_exercises().items())
POSITIONS = [
    pytest.param(exercise, position, id=f"{name}-{number}")
    for name, exercise in DRAWN
    for number, position in enumerate(exercise.positions, 1)
]
# The narrowest a position is shown (style.css), and the thinnest stroke seen then, px.
NARROWEST_PX, LEAST_STROKE_PX = 150, 2
# As much as cloth hides.
SLACK = 1.5


def strokes(exercise: Exercise, position: Position) -> list[Element]:
    """The drawn elements of a position."""
    return [part for part in fromstring(drawing(exercise, position)).iter() if "}g" not in part.tag]


def points(part: Element) -> Iterator[Point]:
    """Points an element goes through; of a curve, several on its way."""
    if "points" in part.attrib:
        for pair in part.attrib["points"].split():
            x, y = map(float, pair.split(","))
            yield x, y
    elif re.match(r"M[^q]*Q", part.attrib.get("d", "")):
        a, b, c, d, e, f = map(float, re.findall(r"-?[\d.]+", part.attrib["d"]))
        for step in range(11):
            t = step / 10
            yield (
                (1 - t) ** 2 * a + 2 * t * (1 - t) * c + t**2 * e,
                (1 - t) ** 2 * b + 2 * t * (1 - t) * d + t**2 * f,
            )
    elif "cx" in part.attrib:
        x, y = float(part.attrib["cx"]), float(part.attrib["cy"])
        across = float(part.attrib.get("r") or part.attrib["rx"])
        up = float(part.attrib.get("r") or part.attrib["ry"])
        yield from ((x - across, y), (x + across, y), (x, y - up), (x, y + up))


def test_every_movement_has_a_picture_and_nothing_else_has_one() -> None:
    every = {item.intervention for item in CATALOGUE}
    assert set(drawn_exercises()) == every - WITHOUT_MOVEMENT
    assert all(figures(name) == "" for name in WITHOUT_MOVEMENT)


@pytest.mark.parametrize(("name", "exercise"), DRAWN)
def test_an_exercise_has_two_or_three_positions_that_differ(name: str, exercise: Exercise) -> None:
    assert 2 <= len(exercise.positions) <= 3
    for told in ("caption", "words"):
        said = [getattr(position, told) for position in exercise.positions]
        assert len(set(said)) == len(said)
    assert len({drawing(exercise, position) for position in exercise.positions}) > 1
    assert figures(name).count("<figure>") == len(exercise.positions)


@pytest.mark.parametrize(("exercise", "position"), POSITIONS)
def test_a_position_is_described_in_words(exercise: Exercise, position: Position) -> None:
    svg = fromstring(drawing(exercise, position))
    assert svg.attrib["role"] == "img" and svg.attrib["aria-label"] == position.words
    assert 20 <= len(position.words) <= 130 and position.words.endswith(".")
    assert 3 <= len(position.caption) <= 30


@pytest.mark.parametrize(("exercise", "position"), POSITIONS)
def test_nothing_is_drawn_outside_the_frame(exercise: Exercise, position: Position) -> None:
    for part in strokes(exercise, position):
        half = float(part.attrib.get("stroke-width", 0)) / 2
        for x, y in points(part):
            assert x - half >= -AROUND and x + half <= exercise.width + AROUND, part.attrib
            assert y - half >= -BELOW and y + half <= exercise.height + AROUND, part.attrib


@pytest.mark.parametrize(("exercise", "position"), POSITIONS)
def test_strokes_are_seen_where_a_position_is_smallest(
    exercise: Exercise, position: Position
) -> None:
    scale = NARROWEST_PX / (exercise.width + 2 * AROUND)
    widths = [
        float(part.attrib["stroke-width"])
        for part in strokes(exercise, position)
        if "stroke-width" in part.attrib
    ]
    assert widths and min(widths) * scale >= LEAST_STROKE_PX


@pytest.mark.parametrize(("exercise", "position"), POSITIONS)
def test_a_position_is_one_a_body_can_take(exercise: Exercise, position: Position) -> None:
    limbs = (*position.arms, *position.legs)
    assert max(limb.beyond for limb in limbs) <= SLACK
    assert 40 <= dist(position.hip, position.shoulder) <= 51
    assert 14 <= dist(position.shoulder, position.head) <= 19.5
    lowest = min(y for _, y in (position.hip, *(limb.end for limb in limbs)))
    props = {prop.name for prop in position.props}
    # A runner's rear foot has just left the floor; a swimmer and a cyclist have none.
    assert props & {"water", "bike"} or 1 <= lowest <= 15


def test_a_knee_is_where_both_bones_reach() -> None:
    leg = jointed((0, 50), (0, 0), (30, 40), 1, (12, 0))
    assert leg.joint == pytest.approx((24, 32))
    assert jointed((0, 50), (0, 0), (30, 40), -1).joint == pytest.approx((-24, 32))
    assert leg.tip == pytest.approx((12, 0)) and leg.beyond == 0


def test_a_limb_that_cannot_reach_is_found() -> None:
    assert jointed((0, 80), (0, 0), (30, 40), 1).beyond == pytest.approx(10)
    assert jointed((0, 35), (0, 0), (30, 40), 0).joint == pytest.approx((0, 20))
