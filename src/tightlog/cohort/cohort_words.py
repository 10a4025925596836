"""What is said of many runners: pooled estimates, and why a home needs a look."""

from collections.abc import Mapping
from typing import Any

from tightlog.words.numbers import counted, first_upper, tighter_words, typeset

LEAST_HOMES = 5
# Less would be said to be 0 %.
LEAST_SAID_PCT = 0.5
Facts = Mapping[str, Any]
# Of pooled rows, in the order they are told in.
KINDS: Mapping[str, str] = {
    "finding": "What goes with a tight back",
    "effect": "What was done about it",
    "trial": "Coin-flip trials",
}


def pooled_sentence(facts: Facts) -> str | None:
    """What the homes say together; None where they are too few to say anything."""
    if facts["verdict"] == "too_few_homes":
        return None
    over = f"Over {counted(facts['homes'], 'runner')}"
    if facts["verdict"] == "reacts":
        return typeset(
            f"{over}: {facts['title']} follows the score in {facts['reacting']} of them, so which "
            "came first cannot be told."
        )
    return typeset(f"{over}, {_what(facts)}. {_numbers(facts)} {_differences(facts)}")


def _what(facts: Facts) -> str:
    if facts["verdict"] == "nothing_seen":
        return f"nothing is seen of {facts['title']}{_contrast(facts)}"
    size = tighter_words(facts["mean_points"])
    direction = facts["up"] if facts["mean_points"] > 0 else facts["down"]
    goes = (
        f"{facts['title']}{_contrast(facts)} goes with a back {size}"
        if facts["kind"] == "finding"
        else f"the morning after {facts['title']} is {size}"
    )
    return f"{goes}; {direction} of {facts['homes']} point that way"


def _contrast(facts: Facts) -> str:
    if facts["kind"] != "finding":
        return ""
    unit = f" {facts['unit']}" if facts["unit"] else ""
    return f" ({facts['contrast_low']:.3g} against {facts['contrast_high']:.3g}{unit})"


def _numbers(facts: Facts) -> str:
    return (
        f"The mean is {points_words(facts['mean_points'])} points "
        f"({range_words(facts['lasting_low'], facts['lasting_high'])}, 95 % at all looks). "
        f"It is {range_words(facts['predicted_low'], facts['predicted_high'])} for one more runner "
        "of this kind."
    )


def _differences(facts: Facts) -> str:
    if facts["i2_pct"] < LEAST_SAID_PCT:
        return "The runners differ by no more than chance."
    return f"Of the differences between runners, {facts['i2_pct']:.0f} % are more than chance."


def range_words(low: float, high: float) -> str:
    """Both ends of an interval in points."""
    return f"{points_words(low)} to {points_words(high)}"


def points_words(points: float) -> str:
    """Points with two decimals; more where that would make 0 of what is none."""
    said = f"{points:.2f}"
    return typeset(said if float(said) or not points else f"{points:.1g}")


def compared_sentence(facts: Facts) -> str:
    """A runner's own estimate beside that of the group."""
    return typeset(
        f"{first_upper(facts['title'])}: the runner's own data say "
        f"{points_words(facts['own_points'])} points. Drawn towards "
        f"{counted(facts['homes'], 'runner')} of the group it is "
        f"{points_words(facts['shrunk_points'])} "
        f"({range_words(facts['shrunk_low'], facts['shrunk_high'])})."
    )


REASONS: Mapping[str, str] = {
    "red_flag": "Red flag",
    "unread": "Not read",
    "new_pattern": "New pattern",
    "worsening": "Worsening",
    "no_score": "No score",
    "no_file": "No file",
}
STATES: Mapping[str, str] = {
    "done": "refreshed",
    "unchanged": "nothing new",
    "not_shared": "not shared",
    "failed": "failed",
    "gone": "not there",
}


def reason_words(row: Facts) -> str:
    """Why a home needs a look, in a line: what kind of reason, how urgent, and what it is."""
    kind, sentence = REASONS[row["reason"]], str(row["sentence"])
    if row["reason"] == "red_flag":
        kind, sentence = f"{kind} ({row['urgency']})", sentence.partition(": ")[2]
    # Some sentences say themselves what they are.
    return sentence if sentence.startswith(kind) else f"{kind}: {sentence}"
