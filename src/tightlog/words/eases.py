"""What eases a back beside the interventions, in words."""

from collections.abc import Mapping

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
