"""The figure of an exercise as SVG: rounded strokes in the colour of the text, so that light and
dark both hold, arrows for the movement, and words for those who do not see it.
"""

from collections.abc import Iterator
from math import cos, hypot, radians, sin

from markupsafe import Markup, escape

from tightlog.domain.interventions.figure import Limb, Point
from tightlog.domain.interventions.poses import (
    HEAD_RADIUS,
    Exercise,
    Position,
    Prop,
    drawn_exercises,
)

# Room below the floor, and around the figure.
BELOW, AROUND = 8.0, 4.0
TRUNK, LIMB, THIN = 11.0, 7.0, 3.0
# Seen on white and on near-black with a contrast of four.
ACCENT, AVOID = "#1F8A9A", "#D9541E"
FAR = 0.42
ARROW_HEAD = 8.0
# A wave of the water, and the part of a turn that is drawn.
WAVE, TURN_DEG = 20.0, 290


def drawing(exercise: Exercise, position: Position) -> Markup:
    """One position as inline SVG with its words."""
    drawn = "".join(_parts(exercise, position))
    width, height = exercise.width + 2 * AROUND, exercise.height + BELOW + AROUND
    # The axis of the poses points up, that of SVG down.
    return Markup(
        f"<svg xmlns='http://www.w3.org/2000/svg' role='img' aria-label='{escape(position.words)}' "
        f"viewBox='0 0 {width:g} {height:g}' fill='none' stroke='currentColor' "
        "stroke-linecap='round' stroke-linejoin='round'>"
        f"<g transform='matrix(1 0 0 -1 {AROUND:g} {exercise.height + AROUND:g})'>{drawn}</g></svg>"
    )


def figures(intervention: str) -> Markup:
    """All positions of an intervention with what to do below each; empty for one without any."""
    exercise = drawn_exercises().get(intervention)
    if exercise is None:
        return Markup("")
    return Markup("").join(
        Markup("<figure>{}<figcaption>{}</figcaption></figure>").format(
            drawing(exercise, position), f"{number}. {position.caption}"
        )
        for number, position in enumerate(exercise.positions, 1)
    )


def _parts(exercise: Exercise, position: Position) -> Iterator[str]:
    """The strokes from back to front."""
    # A swimmer has no floor.
    if not any(prop.name == "water" for prop in position.props):
        yield _way([(0, -3), (exercise.width, -3)], THIN, ACCENT, 0.5)
    for prop in position.props:
        yield from _prop(prop, exercise)
    for limb in (*position.legs[1:], *position.arms[1:]):
        yield _limb(limb, FAR)
    yield _trunk(position)
    x, y = position.head
    yield f"<circle cx='{x:g}' cy='{y:g}' r='{HEAD_RADIUS:g}' fill='currentColor' stroke='none'/>"
    for limb in (*position.legs[:1], *position.arms[:1]):
        yield _limb(limb, 1)
    for arrow in position.arrows:
        yield _arrow((arrow[0], arrow[1]), (arrow[2], arrow[3]), arrow[4])


def _limb(limb: Limb, strength: float) -> str:
    points = [limb.root, limb.joint, limb.end]
    return _way([*points, limb.tip] if limb.tip else points, LIMB, "", strength)


def _trunk(position: Position) -> str:
    """The back from hip to shoulder, bowed to its side, and the neck."""
    middle = bowed(position.hip, position.shoulder, position.bow)
    neck = _way([position.shoulder, position.head], LIMB)
    back = _curve(position.hip, middle, position.shoulder)
    return f"<path d='{back}' stroke-width='{TRUNK:g}'/>{neck}"


def bowed(start: Point, end: Point, bow: float) -> Point:
    """The point that pulls a curve to its left by `bow` at its middle."""
    across, up = end[0] - start[0], end[1] - start[1]
    length = max(hypot(across, up), 1e-9)
    return (
        (start[0] + end[0]) / 2 - 2 * bow * up / length,
        (start[1] + end[1]) / 2 + 2 * bow * across / length,
    )


def _curve(start: Point, pull: Point, end: Point) -> str:
    (a, b), (c, d), (e, f) = start, pull, end
    return f"M{a:.1f} {b:.1f}Q{c:.1f} {d:.1f} {e:.1f} {f:.1f}"


def _way(points: list[Point], width: float, colour: str = "", strength: float = 1) -> str:
    written = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    stroke = f" stroke='{colour}'" if colour else ""
    faint = f" opacity='{strength:g}'" if strength < 1 else ""
    return f"<polyline points='{written}' stroke-width='{width:g}'{stroke}{faint}/>"


def _arrow(start: Point, end: Point, bow: float) -> str:
    """A curved line in the accent colour with a head at its end."""
    pull = bowed(start, end, bow)
    return (
        f"<path d='{_curve(start, pull, end)}' stroke-width='{THIN + 1:g}' stroke='{ACCENT}'/>"
        f"{_arrow_head(pull, end)}"
    )


def _arrow_head(before: Point, end: Point) -> str:
    length = max(hypot(end[0] - before[0], end[1] - before[1]), 1e-9)
    across, up = (end[0] - before[0]) / length, (end[1] - before[1]) / length
    sides: list[Point] = [
        (
            end[0] - ARROW_HEAD * (across * cos(turn) - up * sin(turn)),
            end[1] - ARROW_HEAD * (up * cos(turn) + across * sin(turn)),
        )
        for turn in (radians(35), radians(-35))
    ]
    return _way([sides[0], end, sides[1]], THIN + 1, ACCENT)


def _prop(prop: Prop, exercise: Exercise) -> Iterator[str]:
    """What the figure uses, or a mark."""
    numbers = prop.numbers
    if prop.name in ("roller", "ball", "plate"):
        x, y, radius = numbers
        yield _circle(x, y, radius, ACCENT)
        if prop.name != "ball":
            yield _circle(x, y, radius / 4, ACCENT)
    elif prop.name in ("wall", "pole", "plumb"):
        dash = " stroke-dasharray='2 8'" if prop.name == "plumb" else ""
        width = {"wall": 8, "pole": 5}.get(prop.name, THIN)
        yield (
            f"<path d='M{numbers[0]:g} 0V{exercise.height:g}' stroke='{ACCENT}' opacity='.5' "
            f"stroke-width='{width:g}'{dash}/>"
        )
    elif prop.name == "turn":
        yield from _turn(*numbers)
    elif prop.name == "belly":
        x, y, width, height, turned = numbers
        yield (
            f"<ellipse cx='{x:g}' cy='{y:g}' rx='{width:g}' ry='{height:g}' fill='{ACCENT}' "
            f"stroke='none' transform='rotate({turned:g} {x:g} {y:g})'/>"
        )
    elif prop.name == "water":
        yield _waves(numbers[0], exercise.width)
    elif prop.name == "bike":
        yield from _bicycle(*numbers)
    else:
        yield from _mark(prop.name, *numbers)


def _circle(x: float, y: float, radius: float, colour: str) -> str:
    return (
        f"<circle cx='{x:g}' cy='{y:g}' r='{radius:g}' stroke='{colour}' stroke-width='{THIN:g}'/>"
    )


def _turn(x: float, y: float, radius: float) -> Iterator[str]:
    """Most of a circle, with an arrow's head."""
    points: list[Point] = [
        (x + radius * cos(radians(angle)), y + radius * sin(radians(angle)))
        for angle in range(40, 40 + TURN_DEG + 1, 10)
    ]
    yield _way(points, THIN + 1, ACCENT)
    yield _arrow_head(points[-2], points[-1])


def _waves(y: float, width: float) -> str:
    waves = f"q{WAVE / 4:g} 5 {WAVE / 2:g} 0t{WAVE / 2:g} 0" * int(width // WAVE)
    return f"<path d='M0 {y:g}{waves}' stroke='{ACCENT}' stroke-width='{THIN:g}' opacity='.7'/>"


def _bicycle(x: float, y: float, radius: float) -> Iterator[str]:
    """Wheels of a radius around the pedals' axle at (x, y)."""
    rear, front = (x - 48, radius - 2), (x + 58, radius - 2)
    for wheel in (rear, front):
        yield _circle(*wheel, radius - THIN / 2, ACCENT)
    seat, stem = (x - 22, y + 48), (x + 40, y + 46)
    yield _way([rear, (x, y), stem, (seat[0] + 4, seat[1] - 6), rear], THIN, ACCENT)
    yield _way([(x, y), seat], THIN, ACCENT)
    yield _way([front, stem, (x + 42, y + 52)], THIN, ACCENT)
    yield _way([(seat[0] - 8, seat[1]), (seat[0] + 8, seat[1])], THIN + 1, ACCENT)
    yield _circle(x, y, 6, ACCENT)


def _mark(name: str, x: float, y: float) -> Iterator[str]:
    """A tick, or a cross for what to avoid."""
    if name == "tick":
        yield _way([(x - 9, y), (x - 2, y - 8), (x + 10, y + 9)], THIN + 1, ACCENT)
    else:
        yield _way([(x - 8, y - 8), (x + 8, y + 8)], THIN + 1, AVOID)
        yield _way([(x - 8, y + 8), (x + 8, y - 8)], THIN + 1, AVOID)
