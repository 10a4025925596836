"""A finding in words: the sentence, the statement below the heading of its verdict, and the
numbers behind it.

`facts` is one finding: its numbers and codes as in the relation `finding`, with the exposure's
`name`, `more`, `after`, `needs` and `reaction_sign`, and `life_names` (what was held fixed).
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from tightlog.language.catalogue import phrase
from tightlog.words.finding_reasons import (
    DAYS_LATER,
    HELD_NAMES,
    HELD_WHEN,
    NIGHTS_LATER,
    REACTIONS,
    REACTIONS_OF_LIFE,
    WHY_ONLY_POSSIBLE,
)
from tightlog.words.measures import unit_of, value_of
from tightlog.words.numbers import (
    counted,
    first_lower,
    first_upper,
    measured,
    percent,
    short_number,
    spoken,
    tighter_words,
    typeset,
    upper_halves,
    upper_points,
)

Facts = Mapping[str, Any]

TRAINING, DAILY_LIFE, DECLARED = "training", "daily_life", "declared"
# The end of a title in any language.
WINDOW = re.compile(
    r" (in )?the (\d+ )?(day|days|night|nights) before$"
    r"| (am Tag|in den \d+ Tagen|in der Nacht|in den \d+ Nächten) davor$"
)
# A part of a phrase with the end in it, left out where the end is not known.
WITH_END = re.compile(r" \([^)]*\{end\}[^)]*\)")


def sentence(facts: Facts) -> str:
    """The finding in one plain sentence: what goes with what, by how much, on how many scores."""
    title = facts["title"]
    match facts["verdict"]:
        case "not_enough_data":
            said = phrase(
                "Not enough data yet on {title} ({still_needed}).",
                title=title,
                still_needed=still_needed(facts),
            )
        case "possible":
            said = phrase("Possibly: {statement}", statement=first_lower(statement(facts)))
        case "hint":
            said = phrase("A hint: {statement}", statement=first_lower(statement(facts)))
        case "nothing_seen" if facts["verdict_reason"] == "seen_once":
            said = phrase(
                "No reliable link between {title} and your tightness yet: what appears is new "
                "this week and may fade.",
                title=title,
            )
        case "nothing_seen" if facts["verdict_reason"] == "did_not_hold":
            said = phrase(
                "No reliable link between {title} and your tightness: what appeared did not hold "
                "up when checked.",
                title=title,
            )
        case "nothing_seen":
            said = phrase(
                "No link seen between {title} and your tightness; {what_would_show}.",
                title=title,
                what_would_show=_what_would_show(facts),
            )
        case _:
            said = statement(facts)
    return typeset(said)


def statement(facts: Facts) -> str:
    """The finding below the heading of its verdict, without repeating it; a whole sentence."""
    match facts["verdict"]:
        case "not_enough_data":
            said = f"{first_upper(still_needed(facts) or '')}."
        case "nothing_seen":
            is_link = facts["verdict_reason"] != "no_link"
            said = _what_appeared(facts) if is_link else f"{first_upper(_what_would_show(facts))}."
        case "reacts" if facts.get("family") == DAILY_LIFE:
            said = phrase(
                "This seems to follow your back: {reactions_of_life}, so {title} and "
                "tightness may be linked the other way round.",
                reactions_of_life=REACTIONS_OF_LIFE[facts["reaction_sign"]],
                title=facts["title"],
            )
        case "reacts":
            said = phrase(
                "Your training seems to react to your back: {reactions}, so {title} and "
                "tightness may be linked the other way round.",
                reactions=REACTIONS[facts["reaction_sign"]],
                title=facts["title"],
            )
        case "hint":
            said = phrase("{back}; seen twice, it may fade.", back=_back(facts, phrase("is")))
        case "possible":
            said = f"{_back(facts, phrase('is'))}; {WHY_ONLY_POSSIBLE[facts['verdict_reason']]}."
        case _:
            said = f"{_back(facts, phrase('is usually'))}."
    return typeset(said)


def details(facts: Facts) -> str | None:
    """The numbers behind a finding: size, interval, what was compared, how many scores, what was
    held fixed; None where nothing was compared.
    """
    match facts["verdict"]:
        case "not_enough_data":
            return None
        case "clear" | "possible" | "hint":
            said = f"{first_upper(_size(facts))}.{_behind(facts)}"
        case _:
            shown = would_have_shown(facts)
            said = phrase(
                "In {n_days} scores{held_fixed}{left_out}",
                n_days=facts["n_days"],
                held_fixed=_held_fixed(facts),
                left_out=_left_out(facts),
            )
            if shown and facts["verdict"] == "nothing_seen":
                said = phrase(
                    "More exactly: {shown}{held_fixed}",
                    shown=shown,
                    held_fixed=_held_fixed(facts),
                )
                said += _left_out(facts)
            said += "."
    return typeset(said)


def still_needed(facts: Facts) -> str | None:
    """What is short before anything can be said, such as `37 of 60 scores`; None when nothing."""
    if facts["verdict"] != "not_enough_data":
        return None
    return typeset(f"{_shortage(facts)}{_estimated(facts)}")


def would_have_shown(facts: Facts) -> str | None:
    """The smallest difference that would probably have been seen; None where a link was."""
    smallest = facts["smallest_detectable_points"]
    if facts["verdict_reason"] != "no_link" or smallest is None:
        return None
    return typeset(
        phrase(
            "{smallest} points or more {contrast}{on_any_day}, in {n_days} scores",
            smallest=upper_points(smallest),
            contrast=_contrast(facts),
            on_any_day=_on_any_day(facts),
            n_days=facts["n_days"],
        )
    )


def held_names(names: Sequence[str]) -> str:
    """What was held fixed in a few words: `sleep and stress`."""
    return phrase(" and ").join(HELD_NAMES.get(name, name) for name in names)


def held_fixed_words(names: str) -> str:
    """What was held fixed, with its days, from the names stored: `sleep, stress`."""
    return ", ".join(HELD_WHEN.get(name, name) for name in names.split(", "))


def thing(title: str) -> str:
    """What an exposure is, without the window it is taken from: `distance run`."""
    return WINDOW.sub("", title)


def lag_window(look_back_d: int, spans_d: int) -> str:
    """The days before the rating an exposure is taken from, or the night that ended before it."""
    if look_back_d == 0:
        return (
            phrase("night before")
            if spans_d == 1
            else phrase("{spans_d} nights before", spans_d=spans_d)
        )
    if look_back_d > 1:
        return phrase("last known in the {look_back_d} days before", look_back_d=look_back_d)
    return (
        phrase("day before") if spans_d == 1 else phrase("{spans_d} days before", spans_d=spans_d)
    )


def _shortage(facts: Facts) -> str:
    had, needed = facts["had"], facts["needed"]
    things = phrase("such days") if facts["is_event"] else phrase("days with it")
    match facts["verdict_reason"]:
        case "too_few_scores":
            return phrase("{had:g} of {needed:g} scores", had=had, needed=needed)
        case "diary_too_short":
            return phrase(
                "{had:g} of {needed:g} days since the first score", had=had, needed=needed
            )
        case "too_many_days_without_score":
            return phrase(
                "{had} of the days have no score, at most {needed} may be missing",
                had=percent(had),
                needed=percent(needed),
            )
        case "scores_too_alike":
            return phrase("{had} of the scores are the same number", had=percent(had))
        case "exposure_never_known":
            return phrase("not known before any score yet; it needs {needs}", needs=facts["needs"])
        case "too_few_scores_with_exposure":
            return phrase(
                "{had:g} of {needed:g} scores on days where it is known", had=had, needed=needed
            )
        case "exposure_never_seen":
            return phrase(
                "{had:g} of {needed:g} {things}; it needs {needs}",
                had=had,
                needed=needed,
                things=things,
                needs=facts["needs"],
            )
        case "too_few_exposure_days":
            return phrase("{had:g} of {needed:g} {things}", had=had, needed=needed, things=things)
        case _:
            return phrase("it cannot be told apart from the calendar")


def _what_appeared(facts: Facts) -> str:
    if facts["verdict_reason"] == "seen_once":
        return phrase("What appeared is new this week and may fade.")
    return phrase("What appeared did not hold up when checked.")


def _back(facts: Facts, is_so: str) -> str:
    """What the back is like after more of it, as people say it."""
    shown = facts.get("shrunk_points")
    told = _told(facts)
    # The direction is that of what was measured, also where little of it is left.
    points = told if shown is None else abs(shown) if told > 0 else -abs(shown)
    return phrase(
        "{opening} your back {is_so} {points}",
        opening=_opening(facts),
        is_so=is_so,
        points=tighter_words(points),
    )


def _opening(facts: Facts) -> str:
    more = facts["more"].removesuffix(phrase(" the day before"))
    more = more.removesuffix(phrase(" the night before"))
    after = facts.get("after") or more
    end = facts["exposure_high"]
    after = WITH_END.sub("", after) if end is None else after
    unit = facts["unit"]
    said = spoken(value_of(end or 0.0, unit), unit_of(unit))
    after = after.replace("{end}", phrase("about {said}", said=said))
    lag_d = facts.get("told_lag_d") or 1
    if lag_d > 1:
        later = NIGHTS_LATER if facts.get("look_back_d") == 0 else DAYS_LATER
        return phrase("{later} after {after}", later=later[lag_d], after=after)
    if (facts.get("look_back_d") or 0) > 1:
        return phrase("After {after}", after=after)
    is_morning = not (facts.get("is_rated_in_evening") or facts.get("is_time_unknown"))
    return phrase(
        "The {part} after {after}",
        part=phrase("morning") if is_morning else phrase("day"),
        after=after,
    )


def _told(facts: Facts) -> float:
    later = facts.get("told_points") if (facts.get("told_lag_d") or 1) > 1 else None
    return float(later if later is not None else facts["effect_points"] or 0.0)


def _size(facts: Facts) -> str:
    shown = facts.get("shrunk_points")
    points = phrase("{told:.1f} points", told=abs(_told(facts) if shown is None else shown))
    if shown is not None:
        points = (
            phrase("less than 0.1 points")
            if points == "0.0 points"
            else phrase("about {points}", points=points)
        )
    return phrase(
        "{points}{interval} {contrast}, in {n_days} scores{held_fixed}{left_out}",
        points=points,
        interval=_interval(facts),
        contrast=_contrast(facts),
        n_days=facts["n_days"],
        held_fixed=_held_fixed(facts),
        left_out=_left_out(facts),
    )


def _interval(facts: Facts) -> str:
    if (facts.get("told_lag_d") or 1) > 1:
        return ""
    low, high = (facts[f"effect_{name}"] or 0.0 for name in ("low", "high"))
    near, far = sorted((abs(low), abs(high)))
    return (
        phrase(" ({near:.1f} to {far:.1f})", near=near, far=far)
        if low * high > 0
        else phrase(" ({low:+.1f} to {high:+.1f})", low=low, high=high)
    )


def _behind(facts: Facts) -> str:
    """How strong a cause nobody logged would have to be, beside what is logged."""
    robustness = facts.get("robustness_pct")
    if robustness is None:
        return ""
    logged = facts.get("life_robustness_pct")
    names = held_names(facts["life_names"])
    beside = (
        phrase(
            "; your {names} {part} at most {logged:.0f} %",
            names=names,
            part=phrase("explain") if len(facts["life_names"]) > 1 else phrase("explains"),
            logged=logged,
        )
        if logged is not None and names
        else ""
    )
    return phrase(
        " Something you do not log could be behind all of it only if it explained "
        "{robustness:.0f} % of the ups and downs of both this and your scores{beside}.",
        robustness=robustness,
        beside=beside,
    )


def _held_fixed(facts: Facts) -> str:
    return (
        phrase(" at similar {life_names}", life_names=held_names(facts["life_names"]))
        if facts["life_names"]
        else ""
    )


def _left_out(facts: Facts) -> str:
    late = facts.get("left_out_scores") or 0
    said = phrase(
        ", {score} left out because given after a run or in the evening",
        score=counted(late, "more score"),
    )
    return _estimated(facts) + (said if late else "")


def _estimated(facts: Facts) -> str:
    count = facts["estimated_days"]
    said = phrase(", {score} left out after estimated load", score=counted(count, "more score"))
    return said if count else ""


def _contrast(facts: Facts) -> str:
    if facts["is_event"]:
        return phrase(
            "against days without ({exposure_days} days with it)",
            exposure_days=facts["exposure_days"],
        )
    unit = facts["unit"]
    low, high = (_end(facts[f"exposure_{which}"], unit) for which in ("low", "high"))
    if not unit:
        return phrase(
            "between a {name} of {low} and {high}", name=facts["name"], low=low, high=high
        )
    return phrase("between {low} and {high} {unit_of}", low=low, high=high, unit_of=unit_of(unit))


def _end(stored: float | None, unit: str) -> str:
    value = None if stored is None else value_of(stored, unit)
    return short_number(value) if value is None or abs(value) < 100 else measured(value)


def _what_would_show(facts: Facts) -> str:
    smallest = facts["smallest_detectable_points"]
    if smallest is None:
        return phrase("how small a link would have been seen is not known")
    return phrase(
        "a difference of {smallest} or more would probably have been seen",
        smallest=upper_halves(smallest),
    )


def _on_any_day(facts: Facts) -> str:
    days = phrase("nights") if facts.get("look_back_d") == 0 else phrase("days")
    return phrase(" on any of the three {days} before", days=days) if facts.get("is_acute") else ""
