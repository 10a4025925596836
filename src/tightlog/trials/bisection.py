"""Where a statement about an effect ends to hold: how intervals are found by test inversion."""

from collections.abc import Callable

LARGEST_POINTS = 10.0  # scores are 0–10
BISECTIONS = 14  # to a thousandth of a point


def border(holds: Callable[[float], bool], near: float, far: float) -> float:
    """The effect in points at which a statement that holds near, and not far, ends to hold."""
    for _ in range(BISECTIONS):
        middle = (near + far) / 2.0
        near, far = (middle, far) if holds(middle) else (near, middle)
    return (near + far) / 2.0
