"""The facts of a link, from which its words are made and which are stored as a finding."""

from typing import Any

from tightlog.findings.columns import FINDING_SCHEMA
from tightlog.findings.gates import FEWEST_DIARY_DAYS, FEWEST_SCORES
from tightlog.findings.verdict import Link, ScoreRecord, judgement
from tightlog.words.measures import worded


def finding_facts(link: Link, record: ScoreRecord) -> dict[str, Any]:
    """Everything that is known about a link, as numbers and codes."""
    item, judged = link.exposure, judgement(link, record)
    measured = {name: getattr(link, name) for name in FINDING_SCHEMA if hasattr(link, name)}
    return measured | {
        **_lag_facts(link), "first_seen_on": None,
        "most_common_share": record.most_common_share,
        "left_out_scores": record.left_out_scores,
        "smallest_real_change_points": record.smallest_real_change_points,
        "prior_weight": item.prior_weight, "is_chosen_for_relief": item.chosen_for_relief,
        "is_acute": bool(link.lag_points),
        "exposure": item.column, "title": worded(item.title),
        "name": worded(item.name or item.title),
        "more": worded(item.more), "after": worded(item.after),
        "unit": item.unit, "unit_size": item.unit_size,
        "needs": item.needs,
        "reaction_sign": item.reaction_sign, "look_back_d": item.look_back_d,
        "spans_d": item.spans_d, "is_window_in_title": item.is_window_in_title,
        "family": item.family, "lag_window": item.lag_window,
        "life_names": link.life_names,
        "score_count": record.score_count, "scores_needed": FEWEST_SCORES,
        "diary_days": record.diary_days, "diary_days_needed": FEWEST_DIARY_DAYS,
        "verdict": judged.verdict.value, "verdict_reason": judged.reason.value,
        "had": judged.had, "needed": judged.needed,
    }  # fmt: skip


def _lag_facts(link: Link) -> dict[str, float | None]:
    by_day = link.lag_points or (None, None, None)
    return {f"lag_{lag_d}_points": points for lag_d, points in enumerate(by_day, start=1)}
