"""The gates, and the one decision table that turns evidence into a verdict.

| # | the first condition that applies                                    | verdict         |
|---|---------------------------------------------------------------------|-----------------|
| 1 | a gate is not passed, or nothing could be computed                  | not_enough_data |
| 2 | no link (max-T p >= .05 and BH q >= .10), but the reaction test is  | reacts          |
|   | certain (Bonferroni p < .05)                                        |                 |
| 3 | no link                                                             | nothing_seen    |
| 4 | a link, but the reaction test fires (p < .05), and the re-run       | reacts          |
|   | (of the night before: or the night after) does not speak against it |                 |
| 5 | a link that a reaction may have produced, and the re-run fails; or  | nothing_seen    |
|   | of the night before, and the night after does not speak against it  |                 |
| 6 | a link by q alone (max-T p >= .05), and the halves disagree or the  | nothing_seen    |
|   | re-run fails                                                        |                 |
| 7 | a link by q alone; or one by max-T that is under 1 point, fails a   | possible        |
|   | check of row 6, fails the ranks, or is of scores of the evening     |                 |
| 8 | otherwise                                                           | clear           |

A row that would say `possible` or `clear` needs an e-value that may be looked at every day
(evidence.py). Without one it is a `hint` if the table said the same of the scores up to a week
earlier, and `nothing_seen` if it did not. Where only the dates of the scores are known, the link
must also hold with the run of the same day held fixed, and is `possible` at most; so is a link with
the night just before the score, which a tight back may have spoilt.

The re-run takes only scores whose previous day was scored too. It passes with the same sign and at
least half the effect. A reaction may have produced a link with something done for relief, one with
the sign a reaction leaves behind (training less when tight looks like "less running goes with more
tightness"), and any link of scores given in the evening, when it is not known what came first.
There the re-run must reach p < .05 by itself; if the reaction test fires as well, p < .05 / tests
for that sign. The ranks are checked where more than half of the scores are one number: same sign
and p < .05.
"""

from dataclasses import dataclass
from enum import StrEnum

from tightlog.domain.thresholds import RELEVANT_POINTS
from tightlog.findings.exposures import Exposure
from tightlog.findings.gates import (
    FEWEST_DIARY_DAYS,
    FEWEST_EVENTS,
    FEWEST_EXPOSURE_DAYS,
    FEWEST_SCORES,
    MOST_COMMON_SCORE_SHARE,
    MOST_MISSING_SHARE,
    Judgement,
)

CLEAR_FAMILY_P = 0.05
POSSIBLE_Q = 0.10
SENSITIVITY_P = 0.05


class Verdict(StrEnum):
    """The verdict on a link."""

    CLEAR = "clear"
    POSSIBLE = "possible"
    HINT = "hint"
    REACTS = "reacts"
    NOTHING_SEEN = "nothing_seen"
    NOT_ENOUGH_DATA = "not_enough_data"


# What may be told as a link.
TOLD = (Verdict.CLEAR, Verdict.POSSIBLE)


class Reason(StrEnum):
    """Reason of a verdict: the gate that is not passed, or what decided in the table above."""

    TOO_FEW_SCORES = "too_few_scores"
    DIARY_TOO_SHORT = "diary_too_short"
    TOO_MANY_DAYS_WITHOUT_SCORE = "too_many_days_without_score"
    SCORES_TOO_ALIKE = "scores_too_alike"
    EXPOSURE_NEVER_KNOWN = "exposure_never_known"
    TOO_FEW_SCORES_WITH_EXPOSURE = "too_few_scores_with_exposure"
    EXPOSURE_NEVER_SEEN = "exposure_never_seen"
    TOO_FEW_EXPOSURE_DAYS = "too_few_exposure_days"
    INSEPARABLE_FROM_CALENDAR = "inseparable_from_calendar"
    NO_LINK = "no_link"
    DID_NOT_HOLD = "did_not_hold"
    REACTION = "reaction"
    TOO_SMALL = "too_small"
    HALVES_DISAGREE = "halves_disagree"
    RERUN_FAILS = "rerun_fails"
    FEW_UNUSUAL_SCORES = "few_unusual_scores"
    SCORED_IN_EVENING = "scored_in_evening"
    TIME_UNKNOWN = "time_unknown"
    SEEN_ONCE = "seen_once"
    SEEN_TWICE = "seen_twice"
    SAME_NIGHT = "same_night"
    MAY_BE_CHANCE = "may_be_chance"
    HOLDS = "holds"


@dataclass(frozen=True)
class ScoreRecord:
    """Numbers of the score diary for the gates; diary days run from first to last score, without
    breaks of over 28 days.
    """

    score_count: int
    diary_days: int
    most_common_share: float
    left_out_scores: int = 0
    smallest_real_change_points: float | None = None


@dataclass(frozen=True)
class Link:
    """All evidence on one exposure: effects in points from its low to its high value, p-values,
    and the counts behind them.
    """

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
    spoilt_night_p: float | None = None
    tests: int = 1
    yesterday_rated_points: float | None = None
    yesterday_rated_p: float | None = None
    is_ranked: bool = False
    rank_p: float | None = None
    rank_sign: float = 0.0
    is_rated_in_evening: bool = False
    life_names: tuple[str, ...] = ()
    estimated_days: int = 0
    joint_p: float | None = None
    lag_points: tuple[float, ...] = ()
    cumulative_points: float | None = None
    cumulative_low: float | None = None
    cumulative_high: float | None = None
    # Days before the score of the link that is told, and its size where that is not the day before.
    told_lag_d: int = 1
    later_points: float | None = None
    told_error: float | None = None
    largest_error: float | None = None
    e_value: float | None = None
    is_lasting: bool = True
    stood_a_week_earlier: bool = False
    is_time_unknown: bool = False
    same_day_points: float | None = None
    same_day_p: float | None = None
    shrunk_points: float | None = None
    robustness_pct: float | None = None
    life_robustness_pct: float | None = None
    same_as: str | None = None

    @property
    def link_p(self) -> float | None:
        """p of the link: of the three days together where they are tested."""
        return self.p_value if self.joint_p is None else self.joint_p

    @property
    def told_points(self) -> float:
        """Effect of the link that is told, in points; 0 where there is none."""
        return (self.effect_points if self.told_lag_d == 1 else self.later_points) or 0.0


def judgement(link: Link, record: ScoreRecord) -> Judgement[Verdict, Reason]:
    """The verdict with its reason: that of the table, weakened where it may not last."""
    at_one_look = one_look(link, record)
    if at_one_look.verdict not in TOLD or link.is_lasting:
        return at_one_look
    if link.stood_a_week_earlier:
        return Judgement(Verdict.HINT, Reason.SEEN_TWICE)
    return Judgement(Verdict.NOTHING_SEEN, Reason.SEEN_ONCE)


def one_look(link: Link, record: ScoreRecord) -> Judgement[Verdict, Reason]:
    """The verdict by the decision table above, whatever may come of looking often."""
    if shortage := _shortage(link, record):
        return Judgement(Verdict.NOT_ENOUGH_DATA, *shortage)
    is_clear, is_possible = (
        is_below(link.max_t_p, CLEAR_FAMILY_P), is_below(link.q_value, POSSIBLE_Q)
    )  # fmt: skip
    if not (is_clear or is_possible):
        if is_below(link.reaction_family_p, SENSITIVITY_P):
            return Judgement(Verdict.REACTS, Reason.REACTION)
        return Judgement(Verdict.NOTHING_SEEN, Reason.NO_LINK)
    if is_below(link.reaction_p, SENSITIVITY_P) and not is_defended(link):
        return Judgement(Verdict.REACTS, Reason.REACTION)
    if is_of_same_night(link) and not is_more_than_spoilt(link):
        return Judgement(Verdict.NOTHING_SEEN, Reason.DID_NOT_HOLD)
    if may_be_reaction(link) and not is_rerun_passed(link):
        return Judgement(Verdict.NOTHING_SEEN, Reason.DID_NOT_HOLD)
    if link.is_time_unknown and not holds_beside_same_day(link):
        return Judgement(Verdict.NOTHING_SEEN, Reason.DID_NOT_HOLD)
    doubt = _doubt(link, is_clear)
    if not is_clear and not (halves_agree(link) and is_rerun_passed(link)):
        return Judgement(Verdict.NOTHING_SEEN, Reason.DID_NOT_HOLD)
    if doubt is not None:
        return Judgement(Verdict.POSSIBLE, doubt)
    return Judgement(Verdict.CLEAR, Reason.HOLDS)


def is_exposed_enough(link: Link) -> bool:
    """True when the gates of the exposure itself are passed, so that it counts in the family."""
    fewest = FEWEST_EVENTS if link.is_event else FEWEST_EXPOSURE_DAYS
    return (
        link.n_days >= FEWEST_SCORES and link.exposure_days >= fewest and link.p_value is not None
    )


def _shortage(link: Link, record: ScoreRecord) -> tuple[Reason, float | None, float | None] | None:
    """The first gate that is not passed, with the number there was and the one needed."""
    missing_share = 1.0 - record.score_count / max(record.diary_days, 1)
    fewest = FEWEST_EVENTS if link.is_event else FEWEST_EXPOSURE_DAYS
    # A gate, whether it is shut, and the two numbers; rest days alone are known as none of it: the
    # exposure may be what the device does not measure.
    gates: tuple[tuple[Reason, bool, float | None, float | None], ...] = (
        (Reason.TOO_FEW_SCORES, record.score_count < FEWEST_SCORES,
         record.score_count, FEWEST_SCORES),
        (Reason.DIARY_TOO_SHORT, record.diary_days < FEWEST_DIARY_DAYS,
         record.diary_days, FEWEST_DIARY_DAYS),
        (Reason.TOO_MANY_DAYS_WITHOUT_SCORE, missing_share > MOST_MISSING_SHARE,
         missing_share, MOST_MISSING_SHARE),
        (Reason.SCORES_TOO_ALIKE, record.most_common_share >= MOST_COMMON_SCORE_SHARE,
         record.most_common_share, MOST_COMMON_SCORE_SHARE),
        (Reason.EXPOSURE_NEVER_KNOWN, link.n_days == 0, 0, FEWEST_SCORES),
        (Reason.TOO_FEW_SCORES_WITH_EXPOSURE, link.n_days < FEWEST_SCORES,
         link.n_days, FEWEST_SCORES),
        (Reason.EXPOSURE_NEVER_SEEN, link.exposure_days == 0, 0, fewest),
        (Reason.TOO_FEW_EXPOSURE_DAYS, link.exposure_days < fewest, link.exposure_days, fewest),
        (Reason.INSEPARABLE_FROM_CALENDAR, link.p_value is None, None, None),
    )  # fmt: skip
    return next(((reason, had, needed) for reason, is_shut, had, needed in gates if is_shut), None)


def _doubt(link: Link, is_clear: bool) -> Reason | None:
    """What keeps a link from being clear; None when nothing does."""
    doubts = (
        (Reason.TOO_SMALL, not is_relevant(link)),
        (Reason.HALVES_DISAGREE, not halves_agree(link)),
        (Reason.RERUN_FAILS, not is_rerun_passed(link)),
        (Reason.FEW_UNUSUAL_SCORES, not ranks_agree(link)),
        (Reason.SCORED_IN_EVENING, link.is_rated_in_evening),
        (Reason.TIME_UNKNOWN, link.is_time_unknown),
        (Reason.SAME_NIGHT, is_of_same_night(link)),
        (Reason.MAY_BE_CHANCE, not is_clear),
    )
    return next((reason for reason, is_doubted in doubts if is_doubted), None)


def is_relevant(link: Link) -> bool:
    """True when the effect is at least one point."""
    return abs(link.told_points) >= RELEVANT_POINTS


def halves_agree(link: Link) -> bool:
    """True when the earlier and the later half of the record point the same way."""
    return (link.earlier_half_points or 0.0) * (link.later_half_points or 0.0) > 0


def is_defended(link: Link) -> bool:
    """True when the re-run speaks against a reaction, and for the night just before the score also
    the night after it: the re-run knows the back of the day before, not that of the night.
    """
    return is_rerun_passed(link) and (not is_of_same_night(link) or is_more_than_spoilt(link))


def is_more_than_spoilt(link: Link) -> bool:
    """True when a back that spoils the night cannot be all of the link."""
    return is_below(link.spoilt_night_p, SENSITIVITY_P)


def is_rerun_passed(link: Link) -> bool:
    """True when the link holds on the days whose previous day was rated too."""
    again, effect = link.yesterday_rated_points, link.told_points
    if again is None or again * effect <= 0 or abs(again) < abs(effect) / 2:
        return False
    if has_reaction_sign(link) and is_below(link.reaction_p, SENSITIVITY_P):
        return is_below(link.yesterday_rated_p, SENSITIVITY_P / link.tests)
    return is_below(link.yesterday_rated_p, SENSITIVITY_P) or not may_be_reaction(link)


def may_be_reaction(link: Link) -> bool:
    """True when a reaction to the back could have produced such a link."""
    return has_reaction_sign(link) or link.exposure.chosen_for_relief or link.is_rated_in_evening


def has_reaction_sign(link: Link) -> bool:
    """True when the link points the way a reaction would: less running with more tightness."""
    return link.told_points * link.exposure.reaction_sign > 0


def ranks_agree(link: Link) -> bool:
    """True when the ranks of the scores confirm the link, or need not be checked."""
    return not link.is_ranked or (
        link.told_points * link.rank_sign > 0 and is_below(link.rank_p, SENSITIVITY_P)
    )


def is_of_same_night(link: Link) -> bool:
    """True when the night told is the one just before the score: a back that is tight in the night
    may have spoilt it.
    """
    return link.exposure.is_night and link.exposure.spans_d == 1 and link.told_lag_d == 1


def holds_beside_same_day(link: Link) -> bool:
    """True when the link holds with the run of the same day held fixed: the same way, p < .05."""
    return (link.same_day_points or 0.0) * link.told_points > 0 and is_below(
        link.same_day_p, SENSITIVITY_P
    )


def is_below(p: float | None, level: float) -> bool:
    """True when p is known and below the level."""
    return p is not None and p < level
