"""Whether an activity counts, in words, by the states of `activities_named` and
`activity_elsewhere`.
"""

from collections.abc import Mapping

LEFT_OUT = "left_out"
STATE_WORDS: Mapping[str, str] = {
    "counted": "counts",
    LEFT_OUT: "left out by you",
    "waiting": "waits until you confirm it",
    "twin": "counted once",
}


def state_title(state: str) -> str:
    """A state as a heading."""
    return STATE_WORDS[state].capitalize()
