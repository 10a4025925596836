"""Reasons and names within the words of a finding, by their codes."""

from collections.abc import Mapping

from tightlog.language.catalogue import phrase, phrases
from tightlog.words.numbers import counted

# When what is held fixed was, by its name.
HELD_WHEN: Mapping[str, str] = phrases(
    {
        "sleep": "sleep of the night before that day",
        "stress": "stress of that day",
        "watch stress": "watch stress of that day and the two before it",
        "distance run": "distance run the day before",
    }
)

WHY_ONLY_POSSIBLE: Mapping[str, str] = phrases(
    {
        "too_small": "too small to matter",
        "halves_disagree": "the two halves of your diary disagree",
        "rerun_fails": "it does not hold on the days you had scored the day before as well",
        "few_unusual_scores": "it rests on a few unusual scores, because most of your scores are "
        "the same number",
        "scored_in_evening": "you score in the evening, so it is unclear which of the two came "
        "first",
        "time_unknown": "the time of day of your scores is not known, so a run of the same day may "
        "be behind it; say on Files when you gave them",
        "same_night": "a back that is tight in the night can spoil that same night, so it is "
        "unclear which of the two came first",
        "may_be_chance": "with this many things tested it may still be chance",
    }
)
# What is held fixed, within a sentence.
HELD_NAMES: Mapping[str, str] = phrases(
    {
        "sleep": "sleep",
        "stress": "stress",
        "watch stress": "watch stress",
        "distance run": "distance run",
    }
)
DAYS_LATER: Mapping[int, str] = phrases({2: "Two days", 3: "Three days"})
NIGHTS_LATER: Mapping[int, str] = phrases({2: "Two mornings", 3: "Three mornings"})
REACTIONS_OF_LIFE: Mapping[int, str] = phrases(
    {
        -1: "after tighter mornings it was lower",
        1: "after tighter mornings it was higher",
        0: "how tight the morning was goes with what it was afterwards",
    }
)
REACTIONS: Mapping[int, str] = phrases(
    {
        -1: "on tighter mornings you went on to do less",
        1: "on tighter mornings you went on to do more",
        0: "how tight the morning was goes with what you did later that day",
    }
)


def late_scores_words(count: int) -> str:
    """Why scores count for no link; '' where there are none."""
    if not count:
        return ""
    return phrase(
        "{scores} left out everywhere: given after a run or in the evening.",
        scores=counted(count, "score"),
    )
