"""How numbers are set in the sentences a runner reads."""

import math
import re

NO_BREAK_SPACE = "\u00a0"
MINUS = "\u2212"


def typeset(text: str) -> str:
    """The text with a true minus sign before negative numbers, and a space before % that does not break; twice is the same as once."""
    # A hyphen within a word, a date or a DOI is none.
    return re.sub(r"(?<![\w.\-−–/])-(?=\d)", MINUS, text).replace(" %", f"{NO_BREAK_SPACE}%")


def upper_points(points: float) -> str:
    """Points rounded up to a tenth, for what is promised to have shown: 0.238 is `0.3`, because 0.2 might not have."""
    # The inner rounding keeps 0.3, which is 0.30000000000000004 after a subtraction, at 0.3.
    return f"{math.ceil(round(points * 10, 6)) / 10:.1f}"
