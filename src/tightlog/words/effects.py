"""The effect of an intervention in words: the sentence, and the statement below its heading.

`facts` is one effect: its numbers and codes as in the relation `effect`.
"""

from collections.abc import Mapping
from typing import Any

from tightlog.words.numbers import first_lower, first_upper, upper_points

Facts = Mapping[str, Any]

WHY_NOT: Mapping[str, str] = {
    "seen_once": "what appears is new this week and may fade; a coin-flip trial would tell",
}


def sentence(facts: Facts) -> str:
    """The verdict in one plain sentence with the numbers behind it."""
    match facts["verdict"]:
        case "not_enough_data":
            return f"Not enough data yet ({_shortage(facts)})."
        case "nothing_seen" if facts["verdict_reason"] in WHY_NOT:
            return f"No difference you could rely on; {WHY_NOT[facts['verdict_reason']]}."
        case "hint":
            return f"A hint: {first_lower(statement(facts))}"
        case "nothing_seen":
            return f"No difference seen the next day; {_unseen(facts)} ({_counts(facts)})."
        case _:
            return statement(facts)


def statement(facts: Facts) -> str:
    """The effect below the heading of its verdict, without repeating it; a whole sentence."""
    match facts["verdict"]:
        case "not_enough_data":
            return f"{first_upper(_shortage(facts))}."
        case "nothing_seen" if facts["verdict_reason"] in WHY_NOT:
            return f"{first_upper(WHY_NOT[facts['verdict_reason']])}."
        case "nothing_seen":
            return f"{first_upper(_unseen(facts))} ({_counts(facts)})."
    raw, low, high = (facts[f"effect_{name}"] or 0.0 for name in ("points", "low", "high"))
    shown = facts.get("shrunk_points")
    points = abs(raw if shown is None else shown)
    near, far = sorted((low, high), key=abs)
    interval = f"{low:+.1f} to {high:+.1f}"
    if low * high > 0:
        interval = f"{abs(near):.1f} to {abs(far):.1f}"
    fades = "; seen twice, it may fade" if facts["verdict"] == "hint" else ""
    about = "" if shown is None else "about "
    direction = "less" if raw < 0 else "more"
    size = ", too small to feel on most days" if facts["verdict_reason"] == "too_small" else ""
    return (
        f"Goes with {about}{points:.1f} points {direction} tightness the next day "
        f"({interval}; {_counts(facts)}{_context(facts)}){size}{fades}."
    )


def still_needed(facts: Facts) -> str | None:
    """What is short before anything can be said, such as `3 of 8 days …`; None when nothing."""
    return _shortage(facts) if facts["verdict"] == "not_enough_data" else None


def _context(facts: Facts) -> str:
    held = facts.get("context_held_fixed")
    return f", at equal {held}" if held else ""


def _counts(facts: Facts) -> str:
    return f"{facts['n_done']} days with it, {facts['n_not_done']} days without at the same scores"


def _unseen(facts: Facts) -> str:
    smallest = facts["smallest_detectable_points"]
    if smallest is None:
        return "how small a difference would have been seen is not known"
    return f"a difference of {upper_points(smallest)} points or more would probably have been seen"


def _shortage(facts: Facts) -> str:
    had, needed = facts["had"], facts["needed"]
    match facts["verdict_reason"]:
        case "too_few_days_done":
            return (
                f"{had:g} of {needed:g} days with it that count: scored that day and the next, "
                "at a score you also had without it"
            )
        case "too_few_days_without":
            return f"{had:g} of {needed:g} days without it at the same scores"
        case "inseparable":
            return (
                "nearly always done together with something else you log, so the two cannot be "
                f"told apart: {had:g} of the {needed:g} days needed with only one of them; a "
                "coin-flip trial of one of them can"
            )
        case _:
            return "the scores of the next day do not differ enough to compare"
