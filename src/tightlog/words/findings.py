"""A finding in words: the sentence, the statement below the heading of its verdict, and the
numbers behind it.

`facts` is one finding: its numbers and codes as in the relation `finding`, with the exposure's
`name`, `more`, `after`, `needs` and `reaction_sign`, and `life_names` (what was held fixed).
"""

import re
from collections.abc import Mapping
from typing import Any

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
# When what is held fixed was, by its name.
HELD_WHEN: Mapping[str, str] = {
    "sleep": "sleep of the night before that day",
    "stress": "stress of that day",
    "watch stress": "watch stress of that day and the two before it",
    "distance run": "distance run the day before",
}

WHY_ONLY_POSSIBLE: Mapping[str, str] = {
    "too_small": "too small to matter",
    "halves_disagree": "the two halves of your diary disagree",
    "rerun_fails": "it does not hold on the days you had scored the day before as well",
    "few_unusual_scores": "it rests on a few unusual scores, because most of your scores are the "
    "same number",
    "scored_in_evening": "you score in the evening, so it is unclear which of the two came first",
    "time_unknown": "the time of day of your scores is not known, so a run of the same day may be "
    "behind it; say on Files when you gave them",
    "same_night": "a back that is tight in the night can spoil that same night, so it is "
    "unclear which of the two came first",
    "may_be_chance": "with this many things tested it may still be chance",
}
DAYS_LATER: Mapping[int, str] = {2: "Two days", 3: "Three days"}
NIGHTS_LATER: Mapping[int, str] = {2: "Two mornings", 3: "Three mornings"}
WINDOW = re.compile(r" (in )?the (\d+ )?(day|days|night|nights) before$")
# A part of a phrase with the end in it, left out where the end is not known.
WITH_END = re.compile(r" \([^)]*\{end\}[^)]*\)")
REACTIONS_OF_LIFE: Mapping[int, str] = {
    -1: "after tighter mornings it was lower",
    1: "after tighter mornings it was higher",
    0: "how tight the morning was goes with what it was afterwards",
}
REACTIONS: Mapping[int, str] = {
    -1: "on tighter mornings you went on to do less",
    1: "on tighter mornings you went on to do more",
    0: "how tight the morning was goes with what you did later that day",
}


def sentence(facts: Facts) -> str:
    """The finding in one plain sentence: what goes with what, by how much, on how many scores."""
    title = facts["title"]
    match facts["verdict"]:
        case "not_enough_data":
            said = f"Not enough data yet on {title} ({still_needed(facts)})."
        case "possible":
            said = f"Possibly: {first_lower(statement(facts))}"
        case "hint":
            said = f"A hint: {first_lower(statement(facts))}"
        case "nothing_seen" if facts["verdict_reason"] == "seen_once":
            said = (
                f"No reliable link between {title} and your tightness yet: what appears in "
                f"{facts['n_days']} scores is new this week and may fade."
            )
        case "nothing_seen" if facts["verdict_reason"] == "did_not_hold":
            said = (
                f"No reliable link between {title} and your tightness: what appeared in "
                f"{facts['n_days']} scores did not hold up when checked."
            )
        case "nothing_seen":
            said = f"No link seen between {title} and your tightness; {_what_would_show(facts)}."
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
            said = (
                f"This seems to follow your back: {REACTIONS_OF_LIFE[facts['reaction_sign']]}, so "
                f"{facts['title']} and tightness may be linked the other way round."
            )
        case "reacts":
            said = (
                f"Your training seems to react to your back: "
                f"{REACTIONS[facts['reaction_sign']]}, so {facts['title']} and tightness may "
                "be linked the other way round."
            )
        case "hint":
            said = f"{_back(facts, 'is')}; seen twice, it may fade."
        case "possible":
            said = f"{_back(facts, 'is')}; {WHY_ONLY_POSSIBLE[facts['verdict_reason']]}."
        case _:
            said = f"{_back(facts, 'is usually')}."
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
            said = f"In {facts['n_days']} scores{_held_fixed(facts)}{_left_out(facts)}"
            if shown and facts["verdict"] == "nothing_seen":
                said = f"Would probably have been seen: {shown}{_held_fixed(facts)}"
                said += _left_out(facts)
            said += "."
    return typeset(said)


def still_needed(facts: Facts) -> str | None:
    """What is short before anything can be said, such as `37 of 60 scores`; None when nothing."""
    if facts["verdict"] != "not_enough_data":
        return None
    return typeset(f"{_shortage(facts)}{_estimated(facts)}")


def late_scores_words(count: int) -> str:
    """Why scores count for no link; '' where there are none."""
    if not count:
        return ""
    return f"{counted(count, 'score')} left out everywhere: given after a run or in the evening."


def would_have_shown(facts: Facts) -> str | None:
    """The smallest difference that would probably have been seen; None where a link was."""
    smallest = facts["smallest_detectable_points"]
    if facts["verdict_reason"] != "no_link" or smallest is None:
        return None
    return typeset(
        f"{upper_points(smallest)} points or more {_contrast(facts)}{_on_any_day(facts)}, in "
        f"{facts['n_days']} scores"
    )


def held_fixed_words(names: str) -> str:
    """What was held fixed, with its days, from the names stored: `sleep, stress`."""
    return ", ".join(HELD_WHEN.get(name, name) for name in names.split(", "))


def thing(title: str) -> str:
    """What an exposure is, without the window it is taken from: `distance run`."""
    return WINDOW.sub("", title)


def lag_window(look_back_d: int, spans_d: int) -> str:
    """The days before the rating an exposure is taken from, or the night that ended before it."""
    if look_back_d == 0:
        return "night before" if spans_d == 1 else f"{spans_d} nights before"
    if look_back_d > 1:
        return f"last known in the {look_back_d} days before"
    return "day before" if spans_d == 1 else f"{spans_d} days before"


def _shortage(facts: Facts) -> str:
    had, needed = facts["had"], facts["needed"]
    things = "such days" if facts["is_event"] else "days with it"
    match facts["verdict_reason"]:
        case "too_few_scores":
            return f"{had:g} of {needed:g} scores"
        case "diary_too_short":
            return f"{had:g} of {needed:g} days since the first score"
        case "too_many_days_without_score":
            return (
                f"{percent(had)} of the days have no score, at most {percent(needed)} may be "
                "missing"
            )
        case "scores_too_alike":
            return f"{percent(had)} of the scores are the same number"
        case "exposure_never_known":
            return f"not known before any score yet; it needs {facts['needs']}"
        case "too_few_scores_with_exposure":
            return f"{had:g} of {needed:g} scores on days where it is known"
        case "exposure_never_seen":
            return f"{had:g} of {needed:g} {things}; it needs {facts['needs']}"
        case "too_few_exposure_days":
            return f"{had:g} of {needed:g} {things}"
        case _:
            return "it cannot be told apart from the calendar"


def _what_appeared(facts: Facts) -> str:
    if facts["verdict_reason"] == "seen_once":
        return "What appeared is new this week and may fade."
    return "What appeared did not hold up when checked."


def _back(facts: Facts, is_so: str) -> str:
    """What the back is like after more of it, as people say it."""
    shown = facts.get("shrunk_points")
    told = _told(facts)
    # The direction is that of what was measured, also where little of it is left.
    points = told if shown is None else abs(shown) if told > 0 else -abs(shown)
    return f"{_opening(facts)} your back {is_so} {tighter_words(points)}"


def _opening(facts: Facts) -> str:
    more = facts["more"].removesuffix(" the day before").removesuffix(" the night before")
    after = facts.get("after") or more
    end = facts["exposure_high"]
    after = WITH_END.sub("", after) if end is None else after
    unit = facts["unit"]
    said = spoken(value_of(end or 0.0, unit), unit_of(unit))
    after = after.replace("{end}", f"about {said}")
    lag_d = facts.get("told_lag_d") or 1
    if lag_d > 1:
        later = NIGHTS_LATER if facts.get("look_back_d") == 0 else DAYS_LATER
        return f"{later[lag_d]} after {after}"
    if (facts.get("look_back_d") or 0) > 1:
        return f"After {after}"
    is_morning = not (facts.get("is_rated_in_evening") or facts.get("is_time_unknown"))
    return f"The {'morning' if is_morning else 'day'} after {after}"


def _told(facts: Facts) -> float:
    later = facts.get("told_points") if (facts.get("told_lag_d") or 1) > 1 else None
    return float(later if later is not None else facts["effect_points"] or 0.0)


def _size(facts: Facts) -> str:
    shown = facts.get("shrunk_points")
    points = f"{abs(_told(facts) if shown is None else shown):.1f} points"
    if shown is not None:
        points = "less than 0.1 points" if points == "0.0 points" else f"about {points}"
    return (
        f"{points}{_interval(facts)} {_contrast(facts)}, in {facts['n_days']} scores"
        f"{_held_fixed(facts)}{_left_out(facts)}"
    )


def _interval(facts: Facts) -> str:
    if (facts.get("told_lag_d") or 1) > 1:
        return ""
    low, high = (facts[f"effect_{name}"] or 0.0 for name in ("low", "high"))
    near, far = sorted((abs(low), abs(high)))
    return f" ({near:.1f} to {far:.1f})" if low * high > 0 else f" ({low:+.1f} to {high:+.1f})"


def _behind(facts: Facts) -> str:
    """How strong a cause nobody logged would have to be, beside what is logged."""
    robustness = facts.get("robustness_pct")
    if robustness is None:
        return ""
    logged = facts.get("life_robustness_pct")
    names = " and ".join(facts["life_names"])
    beside = (
        f"; your {names} {'explain' if ' and ' in names else 'explains'} at most {logged:.0f} %"
        if logged is not None and names
        else ""
    )
    return (
        f" Something you do not log would have to explain {robustness:.0f} % of both to be all of "
        f"it{beside}."
    )


def _held_fixed(facts: Facts) -> str:
    return f" at similar {' and '.join(facts['life_names'])}" if facts["life_names"] else ""


def _left_out(facts: Facts) -> str:
    late = facts.get("left_out_scores") or 0
    said = f", {counted(late, 'more score')} left out because given after a run or in the evening"
    return _estimated(facts) + (said if late else "")


def _estimated(facts: Facts) -> str:
    count = facts["estimated_days"]
    return f", {counted(count, 'more score')} left out after estimated load" if count else ""


def _contrast(facts: Facts) -> str:
    if facts["is_event"]:
        return f"against days without ({facts['exposure_days']} days with it)"
    unit = facts["unit"]
    low, high = (_end(facts[f"exposure_{which}"], unit) for which in ("low", "high"))
    if not unit:
        return f"between a {facts['name']} of {low} and {high}"
    return f"between {low} and {high} {unit_of(unit)}"


def _end(stored: float | None, unit: str) -> str:
    value = None if stored is None else value_of(stored, unit)
    return short_number(value) if value is None or abs(value) < 100 else measured(value)


def _what_would_show(facts: Facts) -> str:
    smallest = facts["smallest_detectable_points"]
    if smallest is None:
        return "how small a link would have been seen is not known"
    return f"a difference of {upper_halves(smallest)} or more would probably have been seen"


def _on_any_day(facts: Facts) -> str:
    days = "nights" if facts.get("look_back_d") == 0 else "days"
    return f" on any of the three {days} before" if facts.get("is_acute") else ""
