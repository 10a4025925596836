"""The gates, and the one decision table that turns evidence into a verdict.

| # | condition, first that holds                                                          | verdict         |
|---|--------------------------------------------------------------------------------------|-----------------|
| 1 | a gate is not passed, or nothing could be computed                                   | not_enough_data |
| 2 | no link (max-T p >= .05 and BH q >= .10), reaction test certain (Bonferroni p < .05) | reacts          |
| 3 | no link (max-T p >= .05 and BH q >= .10)                                             | nothing_seen    |
| 4 | a link, but the reaction test fires (p < .05) and the re-run does not stand          | reacts          |
| 5 | a link that a reaction may have left, and the re-run does not stand                  | nothing_seen    |
| 6 | a link by q alone (max-T p >= .05); the halves disagree or the re-run does not stand | nothing_seen    |
| 7 | a link by q alone; or one by max-T that is under 1 point, fails a check of row 6, is | possible        |
|   | not borne out by the ranks, or whose scores were given in the evening                |                 |
| 8 | else                                                                                 | clear           |

The re-run takes only scores whose previous day was scored too. It stands when it has the same sign and at least half the effect.
A reaction may have left a link in behaviour taken up for relief, one with the sign a reaction leaves behind (training less when tight
looks like "less running goes with more tightness"), and any link of scores given in the evening, when nothing tells what came first.
There the re-run must reach p < .05 by itself; if the reaction test fires as well, p < .05 / tests for that sign.
The ranks are asked where more than half of the scores are one number: same sign and p < .05.
"""

from dataclasses import dataclass

from tightlog.domain.thresholds import RELEVANT_POINTS
from tightlog.findings.exposures import Exposure

FEWEST_SCORES = 60
FEWEST_DIARY_DAYS = 90
MOST_MISSING_SHARE = 0.60
MOST_COMMON_SCORE_SHARE = 0.90
FEWEST_EXPOSURE_DAYS = 20
FEWEST_EVENTS = 8

CLEAR_FAMILY_P = 0.05
POSSIBLE_Q = 0.10
SENSITIVITY_P = 0.05


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
    is_ranked: bool = False
    rank_p: float | None = None
    rank_sign: float = 0.0
    is_rated_in_evening: bool = False
    life_names: tuple[str, ...] = ()


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
        return f"not known before any score yet; it needs {link.exposure.needs}"
    if link.n_days < FEWEST_SCORES:
        return f"{link.n_days} of {FEWEST_SCORES} scores on days where it is known"
    if link.exposure_days == 0:  # rest days alone are known as none: the cause may be what the device does not measure
        return f"0 of {fewest} {things}; it needs {link.exposure.needs}"
    if link.exposure_days < fewest:
        return f"{link.exposure_days} of {fewest} {things}"
    if link.p_value is None:
        return "it cannot be told apart from the calendar"
    return None


def verdict(link: Link, record: ScoreRecord) -> str:
    """clear, possible, reacts, nothing_seen or not_enough_data, by the decision table above."""
    if missing_data(link, record) is not None:
        return "not_enough_data"
    is_clear, is_possible = is_below(link.max_t_p, CLEAR_FAMILY_P), is_below(link.q_value, POSSIBLE_Q)
    if not (is_clear or is_possible):
        return "reacts" if is_below(link.reaction_family_p, SENSITIVITY_P) else "nothing_seen"
    if is_below(link.reaction_p, SENSITIVITY_P) and not rerun_stands(link):
        return "reacts"
    if may_be_reaction(link) and not rerun_stands(link):
        return "nothing_seen"
    holds = halves_agree(link) and rerun_stands(link)
    if not is_clear:
        return "possible" if holds else "nothing_seen"
    return "clear" if holds and is_relevant(link) and ranks_agree(link) and not link.is_rated_in_evening else "possible"


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
    if has_reaction_sign(link) and is_below(link.reaction_p, SENSITIVITY_P):
        return is_below(link.yesterday_rated_p, SENSITIVITY_P / link.tests)
    return is_below(link.yesterday_rated_p, SENSITIVITY_P) or not may_be_reaction(link)


def may_be_reaction(link: Link) -> bool:
    """True when the runner's answer to the back could have left such a link."""
    return has_reaction_sign(link) or link.exposure.chosen_for_relief or link.is_rated_in_evening


def has_reaction_sign(link: Link) -> bool:
    """True when the link points the way a reaction would: less running with more tightness."""
    return (link.effect_points or 0.0) * link.exposure.reaction_sign > 0


def ranks_agree(link: Link) -> bool:
    """True when the ranks of the scores bear the link out, or need not be asked."""
    return not link.is_ranked or ((link.effect_points or 0.0) * link.rank_sign > 0 and is_below(link.rank_p, SENSITIVITY_P))


def is_below(p: float | None, level: float) -> bool:
    """True when p is known and below the level."""
    return p is not None and p < level


def _percent(share: float) -> str:
    return f"{share * 100:.0f} %"
