"""The moment of a score, and what eased the back before it, in words."""

from collections.abc import Mapping

MOMENT_WORDS: Mapping[str, str] = {
    "morning": "morning",
    "before": "before the run",
    "during": "during the run",
    "after": "after the run",
    "evening": "evening",
    "unknown": "time not given",
    "not_understood": "time not understood",
}
# The answers to when the scores of a file without times were given.
ANSWERS: Mapping[str, str] = {
    "morning": "In the morning",
    "before": "Before the run",
    "during": "During the run",
    "after": "After the run",
    "evening": "In the evening",
    "unknown": "At different times, or I don't know",
}

# By the names of domain.diary.EASES.
EASE_WORDS: Mapping[str, str] = {
    "painkiller": "Painkiller",
    "physio": "Physiotherapy",
    "heat": "Heat",
}
EASED_QUESTION = "Since the day before, what did you have for it?"
WHY_EASED = (
    "It can lower the next score whatever else you do, so What helped compares days that are "
    "alike in it."
)
