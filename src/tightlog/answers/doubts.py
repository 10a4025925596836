"""What to do about an activity that can hardly be true."""

from collections.abc import Mapping
from typing import Any

from tightlog.domain.clocks import Doubt
from tightlog.language.catalogue import phrase, phrases

# What to do where it is not right, by the doubt.
MENDING: Mapping[Doubt, str] = phrases(
    {
        Doubt.OFFSET_INVERTED: "set the time zone of the watch",
        Doubt.OFFSET_TOO_LARGE: "set the time zone of the watch",
        Doubt.TOO_LONG: "export it again in parts, or leave it out: "
        "tightlog activity {id} --ignore",
        Doubt.FAR_FROM_OTHERS: "set the clock of the watch and export the file again, "
        "or leave it out: tightlog activity {id} --ignore",
        Doubt.NAMED_OTHERWISE: "set the clock of the watch and export the file again, "
        "or leave it out: tightlog activity {id} --ignore",
        Doubt.TOO_FAST: "say what it was: tightlog activity {id} --sport cycling",
        Doubt.FAST_IN_PART: "cut the drive off and export it again, or say what it was: "
        "tightlog activity {id} --sport cycling",
    }
)


def remedy_words(row: Mapping[str, Any]) -> str:
    """What to do about each doubt of an activity, with the commands."""
    mended = dict.fromkeys(MENDING[Doubt(doubt)] for doubt in row["doubts"])
    mending = "; ".join(mended).format(id=row["activity_id"])
    return phrase(
        "if it is right: tightlog activity {activity_id} --confirm; if not: {mending}",
        activity_id=row["activity_id"],
        mending=mending,
    )
