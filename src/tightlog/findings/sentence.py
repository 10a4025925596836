"""A finding in words a runner reads: one sentence, and the few words that stand in a list."""

from tightlog.findings.verdict import (
    CLEAR_FAMILY_P,
    POSSIBLE_Q,
    Link,
    ScoreRecord,
    halves_agree,
    is_below,
    is_relevant,
    missing_data,
    ranks_agree,
    rerun_stands,
    verdict,
)
from tightlog.findings.wording import typeset, upper_points


def sentence(link: Link, record: ScoreRecord) -> str:
    """The finding in one plain sentence: what goes with what, by how much, on how many scores."""
    return typeset(_sentence(link, record))


def still_needed(link: Link, record: ScoreRecord) -> str | None:
    """What is short before anything can be said, with the numbers, such as `37 of 60 scores`; None when nothing is."""
    missing = missing_data(link, record)
    return None if missing is None else typeset(missing)


def would_have_shown(link: Link, record: ScoreRecord) -> str | None:
    """The smallest difference that would probably have shown, where no link was seen; else None."""
    if verdict(link, record) != "nothing_seen" or _is_link(link) or link.smallest_detectable_points is None:
        return None
    return typeset(f"{upper_points(link.smallest_detectable_points)} points or more {_contrast(link)}, in {link.n_days} scores")


def _sentence(link: Link, record: ScoreRecord) -> str:
    title = link.exposure.title
    missing = missing_data(link, record)
    if missing is not None:
        return f"Not enough data yet on {title} ({missing})."
    reached = verdict(link, record)
    if reached == "nothing_seen" and _is_link(link):
        return f"No link to count on between {title} and your tightness: what showed in {link.n_days} scores did not hold when checked."
    if reached == "nothing_seen":
        return f"No link seen between {title} and your tightness in {link.n_days} scores{_held_fixed(link)}; {_what_would_have_shown(link)}."
    if reached == "reacts":
        return f"Your training seems to react to your back: {_reaction(link)}, so {title} and tightness may go together the other way round."
    opening = _first_upper(f"{link.exposure.more} goes with {'more' if (link.effect_points or 0.0) > 0 else 'less'} tightness")
    if reached == "clear":
        return f"{opening}: {_size(link)}."
    return f"Possibly: {_first_lower(opening)}: {_size(link)}; {_why_only_possible(link)}."


def _is_link(link: Link) -> bool:
    return is_below(link.q_value, POSSIBLE_Q) or is_below(link.max_t_p, CLEAR_FAMILY_P)


def _size(link: Link) -> str:
    points, ends = abs(link.effect_points or 0.0), sorted((abs(link.effect_low or 0.0), abs(link.effect_high or 0.0)))
    is_one_sided = (link.effect_low or 0.0) * (link.effect_high or 0.0) > 0
    interval = f"{ends[0]:.1f} to {ends[1]:.1f}" if is_one_sided else f"{_signed(link.effect_low)} to {_signed(link.effect_high)}"
    return f"{points:.1f} points ({interval}) {_contrast(link)}, in {link.n_days} scores{_held_fixed(link)}"


def _held_fixed(link: Link) -> str:
    return f" at like {' and '.join(link.life_names)}" if link.life_names else ""


def _contrast(link: Link) -> str:
    if link.is_event:
        return f"against days without ({link.exposure_days} days with it)"
    low, high = _number(link.exposure_low), _number(link.exposure_high)
    if not link.exposure.unit:
        return f"between a {link.exposure.title.removesuffix(' the day before')} of {low} and {high}"
    return f"between {low} and {high} {link.exposure.unit}"


def _why_only_possible(link: Link) -> str:
    if not is_relevant(link):
        return "too small to matter"
    if not halves_agree(link):
        return "the two halves of your diary disagree"
    if not rerun_stands(link):
        return "it does not hold on the days you had scored the day before as well"
    if not ranks_agree(link):
        return "it rests on a few unusual scores, as most of yours are one and the same number"
    if link.is_rated_in_evening:
        return "you score in the evening, so it cannot be told which of the two came first"
    return "with this many things tested it may still be chance"


def _reaction(link: Link) -> str:
    amount = {-1: "on tighter mornings you went on to do less", 1: "on tighter mornings you went on to do more"}
    return amount.get(link.exposure.reaction_sign, "how tight the morning was goes with what you did later that day")


def _what_would_have_shown(link: Link) -> str:
    if link.smallest_detectable_points is None:
        return "how small a link would have shown is not known"
    return f"a difference of {upper_points(link.smallest_detectable_points)} points or more {_contrast(link)} would probably have shown"


def _number(value: float | None) -> str:
    # Adding 0.0 makes a rounded −0.0 a plain 0.
    return "?" if value is None else f"{round(value, 1) + 0.0:.1f}".removesuffix(".0")


def _signed(value: float | None) -> str:
    return f"{value or 0.0:+.1f}"


def _first_upper(text: str) -> str:
    return text[0].upper() + text[1:]


def _first_lower(text: str) -> str:
    return text[0].lower() + text[1:]
