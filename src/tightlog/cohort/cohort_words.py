"""What is said of many runners: pooled estimates, and why a home needs a look."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from tightlog.domain.red_flags import EMERGENCY, SOON
from tightlog.language.catalogue import phrase, phrases, plural
from tightlog.language.choice import numerals
from tightlog.words.dates import moment_words
from tightlog.words.numbers import first_upper, measured, short_number, tighter_words, typeset

LEAST_HOMES = 5
# Less would be said to be 0 %.
LEAST_SAID_PCT = 0.5
# From here on a number of a contrast is told whole.
WHOLE_FROM = 100
Facts = Mapping[str, Any]
# Of pooled rows, in the order they are told in.
KINDS = phrases(
    {
        "finding": "What goes with a tight back",
        "effect": "What was done about it",
        "trial": "Coin-flip trials",
    }
)


def pooled_sentence(facts: Facts) -> str | None:
    """What the homes say together; None where they are too few to say anything."""
    homes, title = facts["homes"], facts["title"]
    match facts["verdict"]:
        case "too_few_homes":
            return None
        case "reacts":
            return phrase(
                "Over {homes:,} runners: {title} follows the score in {reacting:,} of them, so "
                "which came first cannot be told.",
                homes=homes,
                title=title,
                reacting=facts["reacting"],
            )
        case "nothing_seen":
            said = phrase(
                "Over {homes:,} runners, nothing is seen of {title}.",
                homes=homes,
                title=f"{title}{_contrast(facts)}",
            )
        case _:
            said = _seen(facts)
    return typeset(f"{said} {_numbers(facts)} {_differences(facts)}")


def _seen(facts: Facts) -> str:
    is_up = facts["mean_points"] > 0
    title, size = f"{facts['title']}{_contrast(facts)}", tighter_words(facts["mean_points"])
    values = {"homes": facts["homes"], "same": facts["up"] if is_up else facts["down"]}
    if facts["kind"] == "finding":
        return phrase(
            "Over {homes:,} runners, {title} goes with a back {size}; {same:,} of them point that "
            "way.",
            title=title,
            size=size,
            **values,
        )
    return phrase(
        "Over {homes:,} runners, the back is {size} the morning after {title}; {same:,} of them "
        "point that way.",
        title=title,
        size=size,
        **values,
    )


def _contrast(facts: Facts) -> str:
    if facts["kind"] != "finding":
        return ""
    low, high = _amount(facts["contrast_low"]), _amount(facts["contrast_high"])
    # Some units are words.
    unit = f" {phrase(facts['unit'])}" if facts["unit"] else ""
    return phrase(" ({high} against {low})", high=high, low=f"{low}{unit}")


def _amount(value: float) -> str:
    return short_number(value) if abs(value) < WHOLE_FROM else measured(value)


def _numbers(facts: Facts) -> str:
    return phrase(
        "The mean is {mean} points ({interval}, 95 % at all looks). It is {predicted} for one more "
        "runner of this kind.",
        mean=points_words(facts["mean_points"]),
        interval=range_words(facts["lasting_low"], facts["lasting_high"]),
        predicted=range_words(facts["predicted_low"], facts["predicted_high"]),
    )


def _differences(facts: Facts) -> str:
    if facts["i2_pct"] < LEAST_SAID_PCT:
        return phrase("The runners differ by no more than chance.")
    return phrase(
        "Of the differences between runners, {share:.0f} % are more than chance.",
        share=facts["i2_pct"],
    )


def range_words(low: float, high: float) -> str:
    """Both ends of an interval in points."""
    return phrase("{low} to {high}", low=points_words(low), high=points_words(high))


def points_words(points: float) -> str:
    """Points with two decimals; more where that would make 0 of what is none."""
    said = f"{points:.2f}"
    return typeset(numerals(said if float(said) or not points else f"{points:.1g}"))


def too_few_words(titles: Sequence[str]) -> str:
    """What nothing is said of, because too few homes share it."""
    return phrase(
        "Fewer than {least} homes, so nothing is said: {titles}.",
        least=LEAST_HOMES,
        titles="; ".join(titles),
    )


def compared_sentence(facts: Facts) -> str:
    """A runner's own estimate beside that of the group."""
    title, is_trial = first_upper(facts["title"]), facts["kind"] == "trial"
    return phrase(
        "{title}: the runner's own data say {own} points. With what the {homes:,} runners of the "
        "group say it is {drawn} ({interval}).",
        title=phrase("{title} (coin-flip trial)", title=title) if is_trial else title,
        own=points_words(facts["own_points"]),
        homes=facts["homes"],
        drawn=points_words(facts["shrunk_points"]),
        interval=range_words(facts["shrunk_low"], facts["shrunk_high"]),
    )


REASONS = phrases(
    {
        "red_flag": "Red flag",
        "unread": "Not read",
        "new_pattern": "New pattern",
        "worsening": "Worsening",
        "no_score": "No score",
        "no_file": "No file",
    }
)
URGENCIES = phrases({EMERGENCY: "emergency", SOON: "soon"})
# Their sentences do not say what kind they are.
NAMED = frozenset({"new_pattern", "worsening"})
STATES = phrases(
    {
        "done": "refreshed",
        "unchanged": "nothing new",
        "not_shared": "not shared",
        "failed": "failed",
        "gone": "not there",
    }
)
# What a home shares, by its name in the settings.
PARTS = phrases(
    {
        "status": "status",
        "estimates": "estimates",
        "days": "days",
        "records": "records",
        "wellness": "wellness",
        "context": "context",
        "sheet": "sheet",
    }
)


def looks_words(count: int, homes: int, at: datetime) -> str:
    """How many of the homes need a look, and when that was so."""
    return plural(
        "{count:,} of {homes:,} home, as of {at}.",
        "{count:,} of {homes:,} homes, as of {at}.",
        homes,
        count=count,
        homes=homes,
        at=moment_words(at),
    )


def parts_words(parts: Iterable[str]) -> str:
    """What a home shares, in a line."""
    return ", ".join(PARTS[part] for part in parts) or phrase("nothing")


def reason_words(row: Facts) -> str:
    """Why a home needs a look, in a line: what kind of reason, how urgent, and what it is."""
    reason, sentence = row["reason"], str(row["sentence"])
    if reason == "red_flag":
        _, _, names = sentence.partition(": ")
        return phrase(
            "Red flag ({urgency}): {names}", urgency=URGENCIES[row["urgency"]], names=names
        )
    return f"{REASONS[reason]}: {sentence}" if reason in NAMED else sentence
