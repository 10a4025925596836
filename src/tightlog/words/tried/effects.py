"""The effect of an intervention in words: the sentence, the statement below its heading, and the
numbers behind it.

`facts` is one effect: its numbers and codes as in the relation `effect`.
"""

from collections.abc import Mapping
from typing import Any

from tightlog.language.catalogue import phrase, phrases
from tightlog.words.numbers import (
    first_lower,
    first_upper,
    tighter_words,
    typeset,
    upper_halves,
    upper_points,
)

Facts = Mapping[str, Any]

WHY_NOT: Mapping[str, str] = phrases(
    {
        "seen_once": "what appears is new this week and may fade; a coin-flip trial would tell",
    }
)


def sentence(facts: Facts) -> str:
    """The verdict in one plain sentence with the numbers behind it."""
    match facts["verdict"]:
        case "not_enough_data":
            return phrase("Not enough data yet ({shortage}).", shortage=_shortage(facts))
        case "nothing_seen" if facts["verdict_reason"] in WHY_NOT:
            return phrase(
                "No difference you could rely on; {why_not}.",
                why_not=WHY_NOT[facts["verdict_reason"]],
            )
        case "hint":
            return phrase("A hint: {statement}", statement=first_lower(statement(facts)))
        case "nothing_seen":
            return phrase("No difference seen the next day; {unseen}.", unseen=_unseen(facts))
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
            return f"{first_upper(_unseen(facts))}."
    raw, shown = facts["effect_points"] or 0.0, facts.get("shrunk_points")
    points = raw if shown is None else abs(shown) if raw > 0 else -abs(shown)
    is_so = phrase("is") if facts["verdict"] == "hint" else phrase("is usually")
    fades = phrase("; seen twice, it may fade") if facts["verdict"] == "hint" else ""
    size = (
        phrase(", too small to feel on most days") if facts["verdict_reason"] == "too_small" else ""
    )
    return phrase(
        "The next day your back {is_so} {points} than after similar days without it{size}{fades}.",
        is_so=is_so,
        points=tighter_words(points),
        size=size,
        fades=fades,
    )


def details(facts: Facts) -> str | None:
    """The numbers behind an effect: size, interval, days with and without; None where nothing was
    compared.
    """
    if facts["verdict"] == "not_enough_data":
        return None
    if facts["verdict"] == "nothing_seen":
        smallest = facts["smallest_detectable_points"]
        least = ""
        if facts["verdict_reason"] not in WHY_NOT and smallest is not None:
            least = phrase(
                "{smallest} points or more would probably have been seen, in ",
                smallest=upper_points(smallest),
            )
        return f"{first_upper(f'{least}{_counts(facts)}')}."
    raw, low, high = (facts[f"effect_{name}"] or 0.0 for name in ("points", "low", "high"))
    shown = facts.get("shrunk_points")
    near, far = sorted((abs(low), abs(high)))
    interval = (
        phrase("{near:.1f} to {far:.1f}", near=near, far=far)
        if low * high > 0
        else phrase("{low:+.1f} to {high:+.1f}", low=low, high=high)
    )
    about, size = ("", raw) if shown is None else (phrase("about "), shown)
    return typeset(
        first_upper(
            phrase(
                "{about}{size:.1f} points {part} ({interval}); {counts}{context}.",
                about=about,
                size=abs(size),
                part=phrase("less") if raw < 0 else phrase("more"),
                interval=interval,
                counts=_counts(facts),
                context=_context(facts),
            )
        )
    )


def still_needed(facts: Facts) -> str | None:
    """What is short before anything can be said, such as `3 of 8 days …`; None when nothing."""
    return _shortage(facts) if facts["verdict"] == "not_enough_data" else None


def _context(facts: Facts) -> str:
    held = facts.get("context_held_fixed")
    return phrase(", at equal {held}", held=held) if held else ""


def _counts(facts: Facts) -> str:
    return phrase(
        "{n_done} days with it, {n_not_done} days without at the same scores",
        n_done=facts["n_done"],
        n_not_done=facts["n_not_done"],
    )


def _unseen(facts: Facts) -> str:
    smallest = facts["smallest_detectable_points"]
    if smallest is None:
        return phrase("how small a difference would have been seen is not known")
    return phrase(
        "a difference of {smallest} or more would probably have been seen",
        smallest=upper_halves(smallest),
    )


def _shortage(facts: Facts) -> str:
    had, needed = facts["had"], facts["needed"]
    match facts["verdict_reason"]:
        case "too_few_days_done":
            return phrase(
                "{had:g} of {needed:g} days with it; a day counts when it and the next are "
                "scored, and you had its score on a day without it too",
                had=had,
                needed=needed,
            )
        case "too_few_days_without":
            return phrase(
                "{had:g} of {needed:g} days without it at the same scores", had=had, needed=needed
            )
        case "inseparable":
            return phrase(
                "nearly always done together with something else you log, so the two "
                "cannot be told apart: {had:g} of the {needed:g} days needed with only one "
                "of them; a coin-flip trial of one of them can",
                had=had,
                needed=needed,
            )
        case _:
            return phrase("the scores of the next day do not differ enough to compare")
