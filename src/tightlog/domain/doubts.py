"""What is asked about an activity: what can hardly be true, until the runner says that it is."""

from enum import StrEnum


class Doubt(StrEnum):
    """Why an activity is asked about."""

    OFFSET_INVERTED = "offset_inverted"
    OFFSET_TOO_LARGE = "offset_too_large"
    TOO_LONG = "too_long"
    FAR_FROM_OTHERS = "far_from_others"
    TOO_FAST = "too_fast"


# An activity dated or lasting like this counts only once the runner says that it is right.
SET_ASIDE = frozenset({Doubt.TOO_LONG, Doubt.FAR_FROM_OTHERS})
