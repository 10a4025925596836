"""A score in words: its moment, what eased the back before it, and how it lies against others."""

from collections.abc import Mapping, Sequence

from tightlog.language.catalogue import message, phrase, phrases
from tightlog.words.numbers import short_number

MOMENT_WORDS: Mapping[str, str] = phrases(
    {
        "morning": "morning",
        "before": "before the run",
        "during": "during the run",
        "after": "after the run",
        "evening": "evening",
        "unknown": "time not given",
        "not_understood": "time not understood",
    }
)
# The answers to when the scores of a file without times were given.
ANSWERS: Mapping[str, str] = phrases(
    {
        "morning": "In the morning",
        "before": "Before the run",
        "during": "During the run",
        "after": "After the run",
        "evening": "In the evening",
        "unknown": "At different times, or I don't know",
    }
)

# By the names of domain.diary.EASES.
EASE_WORDS: Mapping[str, str] = phrases(
    {
        "painkiller": "Painkiller",
        "physio": "Physiotherapy",
        "heat": "Heat",
    }
)
EASED_QUESTION = message("Since the day before, what did you have for it?")
WHY_EASED = message(
    "It can lower the next score whatever else you do, so What helped compares days "
    "that are alike in it."
)

# By the names of domain.diary.SIDES and RADIATIONS.
SIDE_WORDS: Mapping[str, str] = phrases(
    {
        "left": "Left",
        "right": "Right",
        "both": "Both sides",
        "middle": "Middle",
    }
)
RADIATION_WORDS: Mapping[str, str] = phrases(
    {
        "none": "Stays in the back",
        "buttock": "Buttock",
        "thigh": "Thigh",
        "below_knee": "Below the knee",
    }
)
# The same within a sentence.
SIDES_SAID: Mapping[str, str] = phrases(
    {"left": "left", "right": "right", "both": "both sides", "middle": "middle"}
)
RADIATIONS_SAID: Mapping[str, str] = phrases(
    {
        "none": "stays in the back",
        "buttock": "down to the buttock",
        "thigh": "down to the thigh",
        "below_knee": "below the knee",
    }
)
SIDE_QUESTION = message("Which side?")
RADIATION_QUESTION = message("How far down does it run?")
WOKEN_QUESTION = message("Did it wake you last night?")
# What is meant where the runner named nothing.
ANY_TASK = message("running as you want to")
FUNCTION_MEANING = message("0 not at all · 10 as before the back trouble")


def function_question(task: str | None) -> str:
    """Asks how well the runner can do the thing named."""
    return phrase("This week, how well could you do this: {task}?", task=task or phrase(ANY_TASK))


def where_words(side: str | None, radiation: str | None, is_woken: bool | None) -> list[str]:
    """Where a score is, as `left`, `down to the thigh`, `woke you at night`; nothing for what was
    not said.
    """
    said = [SIDES_SAID[side]] if side is not None else []
    if radiation is not None:
        said.append(RADIATIONS_SAID[radiation])
    return [*said, phrase("woke you at night")] if is_woken else said


BARS = "▁▂▃▄▅▆▇█"
NOT_SCORED = "·"
# Half a point is no difference to a runner.
SMALLEST_DIFFERENCE = 1.0


def usual_words(score: float, usual: float | None, low: float | None, high: float | None) -> str:
    """A score against the runner's own usual, as `2 above your usual 3 (mostly 2 to 4)`."""
    if usual is None or low is None or high is None:
        return phrase("Your usual is known after two weeks of scores")
    band = (
        short_number(low, 2) if low == high else phrase("{low:g} to {high:g}", low=low, high=high)
    )
    if low <= score <= high or abs(score - usual) < SMALLEST_DIFFERENCE:
        return phrase("As usual for you ({band})", band=band)
    direction = phrase("above") if score > usual else phrase("below")
    # The distance is from the middle of the band, which is said where it is more than one number.
    where = (
        f"({band})" if low == high else phrase("{usual:g} (mostly {band})", usual=usual, band=band)
    )
    return phrase(
        "{difference:g} {direction} your usual {where}",
        difference=abs(score - usual),
        direction=direction,
        where=where,
    )


def direction_words(rising_d: int) -> str:
    """How many days in a row the score rose or fell; empty for 0."""
    if not rising_d:
        return ""
    return phrase(
        "{part} for {rising_d} days",
        part=phrase("rising") if rising_d > 0 else phrase("falling"),
        rising_d=abs(rising_d),
    )


def change_words(change: float, than: str) -> str:
    """A change of the score, as `2 more than that morning`."""
    if change == 0:
        return phrase("as {than}", than=than)
    return phrase(
        "{change} {more} than {than}",
        change=short_number(abs(change)),
        more=phrase("more") if change > 0 else phrase("less"),
        than=than,
    )


def sparkline(scores: Sequence[float | None]) -> str:
    """Scores from 0 to 10 as a line of bars, with a dot where none was given."""
    return "".join(
        NOT_SCORED if score is None else BARS[min(round(score / 10 * (len(BARS) - 1)), 7)]
        for score in scores
    )
