"""What is asked about activities: dates, lengths, zones and speeds that can hardly be true."""

from collections.abc import Mapping
from typing import Any

from tightlog.answers.doctor.check import Check
from tightlog.domain.clocks import Doubt
from tightlog.errors import TightlogError
from tightlog.home.settings import Home
from tightlog.units import SECONDS_PER_MINUTE
from tightlog.warehouse import store

NAME = "doubts"
SHOWN = 3
HOUR_S, DAY_S = 60 * SECONDS_PER_MINUTE, 24 * 60 * SECONDS_PER_MINUTE


def doubts(home: Home) -> Check:
    """Which activities can hardly be as their files say, and how to settle each."""
    try:
        rows = store.answer(store.published_version(home), "doubts").rows(named=True)
    except TightlogError:
        return Check(NAME, True, "nothing read yet")
    if not rows:
        return Check(NAME, True, "none")
    named = "; ".join(f"{row['place']}: {doubt_words(row)}" for row in rows[:SHOWN])
    more = f"; and {len(rows) - SHOWN:,} more (tightlog sql 'from doubtful_activity')"
    first = rows[0]["activity_id"]
    return Check(
        NAME,
        False,
        f"{named}{more if len(rows) > SHOWN else ''}",
        f"if it is right: tightlog activity {first} --confirm; if not: set the clock of the watch "
        f"and export the file again, or: tightlog activity {first} --ignore; then: "
        "tightlog refresh",
    )


def doubt_words(row: Mapping[str, Any]) -> str:
    """What is doubtful about an activity, and what follows from it."""
    words = ", ".join(_words(Doubt(doubt), row) for doubt in row["doubts"])
    return f"{words}; it does not count until you confirm it" if row["is_set_aside"] else words


def _words(doubt: Doubt, row: Mapping[str, Any]) -> str:
    if doubt is Doubt.TOO_LONG:
        return f"it lasts {row['elapsed_s'] / DAY_S:,.0f} days"
    if doubt is Doubt.FAR_FROM_OTHERS:
        return f"it is dated {row['day']}, ten years or more from all others"
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
