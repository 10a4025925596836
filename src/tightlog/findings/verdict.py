"""The gates, the one decision table that turns evidence into a verdict, and the sentence that says it in words.

| # | condition, first that holds                                                          | verdict         |
|---|--------------------------------------------------------------------------------------|-----------------|
| 1 | a gate is not passed, or nothing could be computed                                   | not_enough_data |
| 2 | no link (max-T p >= .05 and BH q >= .10), reaction test certain (Bonferroni p < .05) | reacts          |
| 3 | no link (max-T p >= .05 and BH q >= .10)                                             | nothing_seen    |
| 4 | a link, but the reaction test fires (p < .05) and the re-run does not stand          | reacts          |
| 5 | a link in behaviour taken up for relief, and the re-run does not stand               | nothing_seen    |
| 6 | a link by q alone (max-T p >= .05); the halves disagree or the re-run does not stand | nothing_seen    |
| 7 | a link by q alone; or one by max-T that is under 1 point or fails a check of row 6   | possible        |
| 8 | else                                                                                 | clear           |

The re-run takes only scores whose previous day was scored too. It stands when it has the same sign and at least half the effect.
It must reach p < .05 by itself for behaviour taken up for relief, and where the link has the sign that a reaction leaves behind
(training less when tight looks like "less running goes with more tightness"); if the reaction test fires as well, p < .05 / tests.
"""

from dataclasses import dataclass

from tightlog.findings.exposures import Exposure
from tightlog.findings.wording import typeset, upper_points

FEWEST_SCORES = 60
FEWEST_DIARY_DAYS = 90
MOST_MISSING_SHARE = 0.60
MOST_COMMON_SCORE_SHARE = 0.90
FEWEST_EXPOSURE_DAYS = 20
FEWEST_EVENTS = 8

CLEAR_FAMILY_P = 0.05
POSSIBLE_Q = 0.10
SENSITIVITY_P = 0.05
# Half of the 2 points that patients call an important change of pain (Ostelo et al. 2008, Spine 33:90). Borrowed: nobody has
# established it for tightness.
RELEVANT_POINTS = 1.0


@dataclass(frozen=True)
class ScoreRecord:
    """What the score diary holds, for the gates; diary days run from first to last score, breaks of over 28 days left out."""

    score_count: int
    diary_days: int
    most_common_share: float


@dataclass(frozen=True)
class Link:
    """All evidence on one exposure: effects in points from its low to its high value, p-values, and the counts behind them."""

    exposure: Exposure
    n_days: int = 0
    exposure_days: int = 0
    is_event: bool = False
    exposure_low: float | None = None
    exposure_high: float | None = None
    effect_points: float | None = None
    effect_low: float | None = None
    effect_high: float | None = None
    error_points: float | None = None
    degrees_of_freedom: int = 0
    p_value: float | None = None
    max_t_p: float | None = None
    q_value: float | None = None
    smallest_detectable_points: float | None = None
    earlier_half_points: float | None = None
    later_half_points: float | None = None
    reaction_p: float | None = None
    reaction_family_p: float | None = None
    tests: int = 1
    yesterday_rated_points: float | None = None
    yesterday_rated_p: float | None = None
    is_rated_in_evening: bool = False


def missing_data(link: Link, record: ScoreRecord) -> str | None:
    """The first gate that is not passed, in words with the numbers; None when all are."""
    missing_share = 1.0 - record.score_count / max(record.diary_days, 1)
    fewest, things = (FEWEST_EVENTS, "such days") if link.is_event else (FEWEST_EXPOSURE_DAYS, "days with it")
    if record.score_count < FEWEST_SCORES:
        return f"{record.score_count} of {FEWEST_SCORES} scores"
    if record.diary_days < FEWEST_DIARY_DAYS:
        return f"{record.diary_days} of {FEWEST_DIARY_DAYS} days since the first score"
    if missing_share > MOST_MISSING_SHARE:
        return f"{_percent(missing_share)} of the days have no score, at most {_percent(MOST_MISSING_SHARE)} may be missing"
    if record.most_common_share >= MOST_COMMON_SCORE_SHARE:
        return f"{_percent(record.most_common_share)} of the scores are the same number"
    if link.n_days == 0:
        return f"none recorded yet: this needs {link.exposure.needs}"
    if link.n_days < FEWEST_SCORES:
        return f"{link.n_days} of {FEWEST_SCORES} scores on days where it is known"
    if link.exposure_days < fewest:
        return f"{link.exposure_days} of {fewest} {things}"
    if link.p_value is None:
        return "it cannot be told apart from the calendar"
    return None


def verdict(link: Link, record: ScoreRecord) -> str:
    """clear, possible, reacts, nothing_seen or not_enough_data, by the decision table above."""
    if missing_data(link, record) is not None:
        return "not_enough_data"
    is_clear, is_possible = _below(link.max_t_p, CLEAR_FAMILY_P), _below(link.q_value, POSSIBLE_Q)
    if not (is_clear or is_possible):
        return "reacts" if _below(link.reaction_family_p, SENSITIVITY_P) else "nothing_seen"
    if _below(link.reaction_p, SENSITIVITY_P) and not rerun_stands(link):
        return "reacts"
    if link.exposure.chosen_for_relief and not rerun_stands(link):
        return "nothing_seen"
    holds = halves_agree(link) and rerun_stands(link)
    if not is_clear:
        return "possible" if holds else "nothing_seen"
    return "clear" if holds and is_relevant(link) else "possible"


def is_relevant(link: Link) -> bool:
    """True when the effect is at least one point."""
    return abs(link.effect_points or 0.0) >= RELEVANT_POINTS


def halves_agree(link: Link) -> bool:
    """True when the earlier and the later half of the record point the same way."""
    return (link.earlier_half_points or 0.0) * (link.later_half_points or 0.0) > 0


def rerun_stands(link: Link) -> bool:
    """True when the link holds on the days whose previous day was rated too."""
    again, effect = link.yesterday_rated_points, link.effect_points
    if again is None or effect is None or again * effect <= 0 or abs(again) < abs(effect) / 2:
        return False
    looks_like_reaction = effect * link.exposure.reaction_sign > 0
    if looks_like_reaction and _below(link.reaction_p, SENSITIVITY_P):
        return _below(link.yesterday_rated_p, SENSITIVITY_P / link.tests)
    return _below(link.yesterday_rated_p, SENSITIVITY_P) or not (looks_like_reaction or link.exposure.chosen_for_relief)


def sentence(link: Link, record: ScoreRecord) -> str:
    """The finding in one plain sentence: what goes with what, by how much, on how many scores."""
    return typeset(_sentence(link, record))


def _sentence(link: Link, record: ScoreRecord) -> str:
    title = link.exposure.title
    missing = missing_data(link, record)
    if missing is not None:
        return f"Not enough data yet on {title} ({missing})."
    reached = verdict(link, record)
    if reached == "nothing_seen" and (_below(link.q_value, POSSIBLE_Q) or _below(link.max_t_p, CLEAR_FAMILY_P)):
        return f"No link to count on between {title} and your tightness: what showed in {link.n_days} scores did not hold when checked."
    if reached == "nothing_seen":
        return f"No link seen between {title} and your tightness in {link.n_days} scores; {_what_would_have_shown(link)}."
    if reached == "reacts":
        return f"Your training seems to react to your back: {_reaction(link)}, so whether {title} goes before tightness cannot be told."
    opening = _first_upper(f"{link.exposure.more} goes with {'more' if (link.effect_points or 0.0) > 0 else 'less'} tightness")
    if reached == "clear":
        return f"{opening}: {_size(link)}."
    return f"Possibly: {_first_lower(opening)}: {_size(link)}; {_why_only_possible(link)}."


def _size(link: Link) -> str:
    points, ends = abs(link.effect_points or 0.0), sorted((abs(link.effect_low or 0.0), abs(link.effect_high or 0.0)))
    is_one_sided = (link.effect_low or 0.0) * (link.effect_high or 0.0) > 0
    interval = f"{ends[0]:.1f} to {ends[1]:.1f}" if is_one_sided else f"{_signed(link.effect_low)} to {_signed(link.effect_high)}"
    return f"{points:.1f} points ({interval}) {_contrast(link)}, in {link.n_days} scores"


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
    return "with this many things tested it may still be chance"


def _reaction(link: Link) -> str:
    amount = {-1: "on tighter mornings you went on to do less", 1: "on tighter mornings you went on to do more"}
    return amount.get(link.exposure.reaction_sign, "how tight the morning was goes with what you did later that day")


def _what_would_have_shown(link: Link) -> str:
    if link.smallest_detectable_points is None:
        return "how small a link would have shown is not known"
    return f"a difference of {upper_points(link.smallest_detectable_points)} points or more {_contrast(link)} would probably have shown"


def _below(p: float | None, level: float) -> bool:
    return p is not None and p < level


def _number(value: float | None) -> str:
    # Adding 0.0 makes a rounded −0.0 a plain 0.
    return "?" if value is None else f"{round(value, 1) + 0.0:.1f}".removesuffix(".0")


def _percent(share: float) -> str:
    return f"{share * 100:.0f} %"


def _signed(value: float | None) -> str:
    return f"{value or 0.0:+.1f}"


def _first_upper(text: str) -> str:
    return text[0].upper() + text[1:]


def _first_lower(text: str) -> str:
    return text[0].lower() + text[1:]
