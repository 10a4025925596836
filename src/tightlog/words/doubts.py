"""What can hardly be true about an activity, in words, by the codes of
`doubtful_activity.doubts`.
"""

from collections.abc import Callable, Mapping
from typing import Any

from tightlog.language.catalogue import phrase
from tightlog.language.choice import numerals
from tightlog.units import MINUTES_PER_HOUR, SECONDS_PER_MINUTE
from tightlog.words.dates import date_words
from tightlog.words.measures import speed_unit, speed_value

Facts = Mapping[str, Any]
HOUR_S = MINUTES_PER_HOUR * SECONDS_PER_MINUTE
DAY_S = 24 * HOUR_S


def doubt_words(facts: Facts) -> str:
    """What is doubtful about an activity (a row of the question `doubts`), and what follows."""
    words = ", ".join(DOUBT_WORDS[doubt](facts) for doubt in facts["doubts"])
    return (
        phrase("{words}; it does not count until you confirm it", words=words)
        if facts["is_set_aside"]
        else words
    )


def _offset_words(facts: Facts, what: str) -> str:
    used = phrase("{utc_offset_s:+.4g} h is used", utc_offset_s=facts["utc_offset_s"] / HOUR_S)
    return phrase(
        "its clock is {distance_words} from UTC, {what} ({used})",
        distance_words=_distance_words(facts["device_offset_s"]),
        what=what,
        used=used,
    )


def _distance_words(offset_s: float) -> str:
    """How far a clock is from UTC, in hours, or in days from two days on."""
    if abs(offset_s) < 2 * DAY_S:
        return numerals(f"{offset_s / HOUR_S:+.4g} h")
    return phrase("{offset_s:+,.0f} days", offset_s=offset_s / DAY_S)


def _fast_words(speed_mps: float) -> str:
    return f"{speed_value(speed_mps):.0f} {speed_unit()}"


DOUBT_WORDS: Mapping[str, Callable[[Facts], str]] = {
    "offset_inverted": lambda facts: _offset_words(facts, phrase("the wrong way round")),
    "offset_too_large": lambda facts: _offset_words(facts, phrase("as in no zone")),
    "too_long": lambda facts: phrase(
        "it lasts {elapsed_s:,.0f} days", elapsed_s=facts["elapsed_s"] / DAY_S
    ),
    "far_from_others": lambda facts: phrase(
        "it is dated {day}, ten years or more from all others", day=date_words(facts["day"])
    ),
    "named_otherwise": lambda facts: phrase(
        "it is dated {day}, and its file's name says another day", day=date_words(facts["day"])
    ),
    "too_fast": lambda facts: phrase(
        "{sport} at {fast_words}, as in a vehicle",
        sport=facts["sport"],
        fast_words=_fast_words(facts["speed_mps"]),
    ),
    "fast_in_part": lambda facts: phrase(
        "{sport}, and for five minutes or more faster than anybody runs, as in a vehicle",
        sport=facts["sport"],
    ),
}
