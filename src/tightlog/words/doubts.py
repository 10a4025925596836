"""What can hardly be true about an activity, in words, by the codes of
`doubtful_activity.doubts`.
"""

from collections.abc import Callable, Mapping
from typing import Any

from tightlog.units import MINUTES_PER_HOUR, SECONDS_PER_MINUTE
from tightlog.words.measures import KILOMETRES, distance_unit, speed_unit, speed_value

Facts = Mapping[str, Any]
HOUR_S = MINUTES_PER_HOUR * SECONDS_PER_MINUTE
DAY_S = 24 * HOUR_S


def doubt_words(facts: Facts) -> str:
    """What is doubtful about an activity (a row of the question `doubts`), and what follows."""
    words = ", ".join(DOUBT_WORDS[doubt](facts) for doubt in facts["doubts"])
    return f"{words}; it does not count until you confirm it" if facts["is_set_aside"] else words


def _offset_words(facts: Facts, what: str) -> str:
    used = f"{facts['utc_offset_s'] / HOUR_S:+.4g} h is used"
    return f"its clock is {_distance_words(facts['device_offset_s'])} from UTC, {what} ({used})"


def _distance_words(offset_s: float) -> str:
    """How far a clock is from UTC, in hours, or in days from two days on."""
    if abs(offset_s) < 2 * DAY_S:
        return f"{offset_s / HOUR_S:+.4g} h"
    return f"{offset_s / DAY_S:+,.0f} days"


def _fast_words(speed_mps: float) -> str:
    if distance_unit() == KILOMETRES:
        return f"{speed_mps:.1f} m/s"
    return f"{speed_value(speed_mps):.0f} {speed_unit()}"


DOUBT_WORDS: Mapping[str, Callable[[Facts], str]] = {
    "offset_inverted": lambda facts: _offset_words(facts, "the wrong way round"),
    "offset_too_large": lambda facts: _offset_words(facts, "as in no zone"),
    "too_long": lambda facts: f"it lasts {facts['elapsed_s'] / DAY_S:,.0f} days",
    "far_from_others": lambda facts: (
        f"it is dated {facts['day']}, ten years or more from all others"
    ),
    "named_otherwise": lambda facts: (
        f"it is dated {facts['day']}, and its file's name says another day"
    ),
    "too_fast": lambda facts: (
        f"{facts['sport']} at {_fast_words(facts['speed_mps'])}, as in a vehicle"
    ),
    "fast_in_part": lambda facts: (
        f"{facts['sport']}, and for five minutes or more faster than anybody runs, as in a vehicle"
    ),
}
