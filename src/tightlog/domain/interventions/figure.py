"""The limbs of the drawn figure: where elbow and knee are when root and end are given."""

from dataclasses import dataclass
from math import cos, hypot, radians, sin

Point = tuple[float, float]


@dataclass(frozen=True)
class Limb:
    """An arm or a leg: shoulder or hip, elbow or knee, hand or ankle, and of a leg the toes; and
    how far its end is beyond its reach.
    """

    root: Point
    joint: Point
    end: Point
    tip: Point | None = None
    beyond: float = 0.0


def jointed(
    root: Point,
    end: Point,
    lengths: tuple[float, float],
    bend: float,
    foot: tuple[float, float] | None = None,
) -> Limb:
    """A limb of two bones from root to end; its joint goes to the left of that way for a bend of 1,
    to the right for -1. For 0 the limb is straight, and shorter than it is where it points out of
    the picture. `foot` is its length and direction in degrees.

    An end that is too far away is reached by a straight limb that is too long.
    """
    upper, lower = lengths
    across, up = end[0] - root[0], end[1] - root[1]
    distance = max(hypot(across, up), 1e-9)
    bent = min((distance**2 + upper**2 - lower**2) / (2 * distance), upper)
    along = bent if bend else distance * upper / (upper + lower)
    beside = bend * max(upper**2 - along**2, 0.0) ** 0.5
    joint = (
        root[0] + (along * across - beside * up) / distance,
        root[1] + (along * up + beside * across) / distance,
    )
    tip = foot and (
        end[0] + foot[0] * cos(radians(foot[1])),
        end[1] + foot[0] * sin(radians(foot[1])),
    )
    return Limb(root, joint, end, tip, max(distance - upper - lower, 0.0))
