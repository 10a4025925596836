"""What is said of many runners: pooled estimates, and why a home needs a look."""

from collections.abc import Mapping
from typing import Any

from tightlog.words.numbers import counted, first_upper, tighter_words, typeset

LEAST_HOMES = 5
Facts = Mapping[str, Any]


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
    return typeset(f"{over}, {_what(facts)}. {_numbers(facts)}")


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
    return f"{goes}, and {direction} of {facts['homes']} point the same way"


def _contrast(facts: Facts) -> str:
    if facts["kind"] != "finding":
        return ""
    unit = f" {facts['unit']}" if facts["unit"] else ""
    return f" ({facts['contrast_low']:.3g} against {facts['contrast_high']:.3g}{unit})"


def _numbers(facts: Facts) -> str:
    return (
        f"The mean is {facts['mean_points']:.2f} points (95 % at all looks: "
        f"{facts['lasting_low']:.2f} to {facts['lasting_high']:.2f}); "
        f"for one more runner of this kind it lies between {facts['predicted_low']:.2f} and "
        f"{facts['predicted_high']:.2f}. "
        f"Of the differences between runners, {facts['i2_pct']:.0f} % are more than chance."
    )


def compared_sentence(facts: Facts) -> str:
    """A runner's own estimate beside that of the group."""
    return typeset(
        f"{first_upper(facts['title'])}: the runner's own data say {facts['own_points']:.2f} "
        f"points. Drawn towards {counted(facts['homes'], 'runner')} of the group it is "
        f"{facts['shrunk_points']:.2f} ({facts['shrunk_low']:.2f} to {facts['shrunk_high']:.2f})."
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
