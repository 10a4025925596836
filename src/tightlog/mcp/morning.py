"""Today, as far as it is shared: what `tightlog today` says."""

from datetime import date, datetime
from typing import Any

from tightlog.answers.today import Today, today
from tightlog.errors import TightlogError
from tightlog.mcp.asking import Asked, Unanswered, words_of
from tightlog.warehouse import store

IN_TIGHTLOG = "Advice is shown in tightlog itself today, not here."


def morning(asked: Asked) -> dict[str, Any]:
    """Score, patterns, advice and coin of today; no advice while a warning sign stands, whether
    that is shared or not. Raises Unanswered.
    """
    try:
        with store.open_version(asked.version):
            facts = today(asked.home, asked.version, datetime.now(asked.settings.zone).date())
    except TightlogError as problem:
        raise Unanswered(words_of(problem)) from problem
    shares = asked.sharing.switched_on
    told = {
        "local_day": facts.local_day.isoformat(),
        "is_fresh": facts.is_fresh,
        "is_pending": facts.is_pending,
        "newest_score": _newest(facts),
        "patterns": _matches(asked, facts),
        "advice": _advice(asked, facts),
        "advice_note": IN_TIGHTLOG if facts.red_flag else None,
        "coin": facts.coin,
    }
    if "wellness" in shares:
        told["night"] = facts.night
    if "red_flags" in shares:
        told["red_flags"] = facts.red_flags
    return told


def _newest(facts: Today) -> dict[str, Any] | None:
    score = facts.newest_score
    if score is None:
        return None
    return {"day": score.day.isoformat(), "score": score.score, "moment": score.moment}


def _matches(asked: Asked, facts: Today) -> list[dict[str, Any]]:
    """The patterns that stand, of those that are shared."""
    days: set[date] = {match["day"] for match in facts.matches}
    if not days:
        return []
    first, last = min(days).isoformat(), max(days).isoformat()
    rows, _ = asked.answer("mcp_patterns", first, last)
    shown = {(match["day"].isoformat(), match["pattern"]) for match in facts.matches}
    return [row for row in rows if (row["day"], row["pattern"]) in shown]


def _advice(asked: Asked, facts: Today) -> list[dict[str, Any]]:
    """The advice that stands, of what is shared; none beside a warning sign that is not."""
    if facts.red_flag:
        return list(_red_flag_advice(facts)) if "red_flags" in asked.sharing.switched_on else []
    shown = {(row["rank"], row["intervention"]) for row in facts.advice}
    if not shown:
        return []
    rows, _ = asked.answer("mcp_advice")
    return [row for row in rows if (row["rank"], row["intervention"]) in shown]


def _red_flag_advice(facts: Today) -> tuple[dict[str, Any], ...]:
    return tuple(
        {"rank": row["rank"], "heading": "Red flag", "your_data": row["your_data"]}
        for row in facts.advice
    )
