"""Lists of activities, as a vendor's page exports them: no diary, and called what they are."""

from collections.abc import Sequence

from tightlog.readers.diary.cells.vocabulary import ACTIVITY_LIST
from tightlog.readers.diary.header.headers import day_places, plain

REASON = (
    "a list of activities without a score; their runs are read from the recordings (FIT, GPX, TCX) "
    "or from the whole export of Strava or Garmin"
)
STARTS = frozenset(
    {"start", "start time", "start date", "start date local", "started at", "end date time"}
)


def is_activity_list(header: Sequence[str]) -> bool:
    """True for columns that hold what kind of activity, when, and how far or long."""
    names = {plain(cell) for cell in header}
    return all(names & known for known in ACTIVITY_LIST.values()) and (
        bool(day_places(header)) or bool(names & STARTS)
    )
