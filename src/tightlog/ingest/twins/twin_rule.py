"""Why two recordings are one activity, as a code."""

from enum import StrEnum


class TwinRule(StrEnum):
    """What makes an activity set aside the same as the one that is kept."""

    # The export's list names the file of the one kept.
    NAMED = "named"
    # An entry of an export's list with its start and duration.
    LISTED = "listed"
    SAME_START = "same_start"
    SAME_TIME = "same_time"
    # It covers a part of the time of a longer recording.
    PART = "part"
    # A longer track, with less in it, of the time in which richer ones were recorded.
    AROUND = "around"
    # Equal, but its clock is off by quarters of an hour.
    SHIFTED = "shifted"
