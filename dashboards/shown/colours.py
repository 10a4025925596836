"""The one table of colours: a quantity has the same colour on every page and in every chart.

Okabe & Ito's colours (Color Universal Design, 2008), told apart by colour-blind eyes and readable
on light and dark; olive is their yellow, darkened until it can be seen on white, and the last ones
are ours, for curves that never share a chart with those they are near to.
"""

from collections.abc import Mapping

BLUE, ORANGE, GREEN, VERMILION, SKY, PURPLE = (
    "#2E86C1",
    "#E69F00",
    "#009E73",
    "#D55E00",
    "#56B4E9",
    "#CC79A7",
)
OLIVE, CRIMSON, VIOLET, TEAL, GREY = "#A68A00", "#C2364F", "#8073D4", "#2FA3A0", "#8A8F91"
# What is drawn, and its colour; a single score is the colour of their median.
TIGHTNESS, SCORE = BLUE, BLUE
DISTANCE, PACE, LOAD, POWER = GREEN, GREEN, ORANGE, ORANGE
CADENCE, HEART_RATE, GROUND_CONTACT, BOUNCE = PURPLE, CRIMSON, VIOLET, TEAL
NIGHT, ALTITUDE = SKY, GREY
PATTERN, DONE, NOTE, UNKNOWN = VERMILION, OLIVE, GREY, GREY
# Of a feature by its family in the catalogue; the others are a matter of load and recovery.
FAMILIES: Mapping[str, str] = {
    "mileage": DISTANCE,
    "cadence": CADENCE,
    "form": CADENCE,
    "tightness": TIGHTNESS,
    "nights": NIGHT,
    "context": NIGHT,
}
# Kinds of cross-training, as the warehouse calls them, share one chart with a legend of its own;
# none is the blue of tightness or the red of a pattern.
KINDS: Mapping[str, str] = {
    "swim": SKY,
    "cycle": ORANGE,
    "strength": PURPLE,
    "core": OLIVE,
    "mobility": GREEN,
    "other": GREY,
}
# A score from 0 to 10 as a field with its number on it: darker with every point, so that the order
# is seen without any colour, and the number is readable on each (contrast of 4.5 at least).
SCORE_FIELDS = (
    "#FFF7DC", "#FFEDB8", "#FEE08F", "#FDCF66", "#F9B945", "#F2A02F", "#E88A24",
    "#B9520F", "#9C3D0B", "#7E2C0B", "#611F0C",
)  # fmt: skip
DARK_INK, LIGHT_INK = "#1C2B2F", "#FFFFFF"
# From this score on the field is so dark that its number is white.
LIGHT_INK_FROM = 7


def score_field(score: float) -> tuple[str, str]:
    """Background and ink of a score."""
    place = min(max(round(score), 0), len(SCORE_FIELDS) - 1)
    return SCORE_FIELDS[place], LIGHT_INK if place >= LIGHT_INK_FROM else DARK_INK


def feature_colour(family: str) -> str:
    """The colour of the features of a family."""
    return FAMILIES.get(family, LOAD)
