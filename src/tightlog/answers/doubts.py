"""What can hardly be true about an activity, and what to do about it, in words."""

from collections.abc import Mapping
from typing import Any

from tightlog.domain.clocks import Doubt
from tightlog.units import SECONDS_PER_MINUTE

HOUR_S, DAY_S = 60 * SECONDS_PER_MINUTE, 24 * 60 * SECONDS_PER_MINUTE
# What to do where it is not right, by the doubt.
MENDING: Mapping[Doubt, str] = {
    Doubt.OFFSET_INVERTED: "set the time zone of the watch",
    Doubt.OFFSET_TOO_LARGE: "set the time zone of the watch",
    Doubt.TOO_LONG: "export it again in parts, or leave it out: tightlog activity {id} --ignore",
    Doubt.FAR_FROM_OTHERS: "set the clock of the watch and export the file again, or leave it out: "
    "tightlog activity {id} --ignore",
    Doubt.NAMED_OTHERWISE: "set the clock of the watch and export the file again, or leave it out: "
    "tightlog activity {id} --ignore",
    Doubt.TOO_FAST: "say what it was: tightlog activity {id} --sport cycling",
}


def doubt_words(row: Mapping[str, Any]) -> str:
    """What is doubtful about an activity (a row of the question `doubts`), and what follows."""
    words = ", ".join(_words(Doubt(doubt), row) for doubt in row["doubts"])
    return f"{words}; it does not count until you confirm it" if row["is_set_aside"] else words


def remedy_words(row: Mapping[str, Any]) -> str:
    """What to do about each doubt of an activity, with the commands."""
    mended = dict.fromkeys(MENDING[Doubt(doubt)] for doubt in row["doubts"])
    mending = "; ".join(mended).format(id=row["activity_id"])
    return f"if it is right: tightlog activity {row['activity_id']} --confirm; if not: {mending}"


def _words(doubt: Doubt, row: Mapping[str, Any]) -> str:
    if doubt is Doubt.TOO_LONG:
        return f"it lasts {row['elapsed_s'] / DAY_S:,.0f} days"
    if doubt is Doubt.FAR_FROM_OTHERS:
        return f"it is dated {row['day']}, ten years or more from all others"
    if doubt is Doubt.NAMED_OTHERWISE:
        return f"it is dated {row['day']}, and its file's name says another day"
    if doubt is Doubt.TOO_FAST:
        return f"{row['sport']} at {row['speed_mps']:.1f} m/s, as in a vehicle"
    written = _distance_words(row["device_offset_s"])
    used = f"{row['utc_offset_s'] / HOUR_S:+.4g} h is used"
    if doubt is Doubt.OFFSET_INVERTED:
        return f"its clock is {written} from UTC, the wrong way round ({used})"
    return f"its clock is {written} from UTC, as in no zone ({used})"


def _distance_words(offset_s: float) -> str:
    """How far a clock is from UTC, in hours, or in days from two days on."""
    if abs(offset_s) < 2 * DAY_S:
        return f"{offset_s / HOUR_S:+.4g} h"
    return f"{offset_s / DAY_S:+,.0f} days"
