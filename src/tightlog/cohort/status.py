"""The status of one home, as its runner's own Today knows it: red flags, patterns, how the scores
and files come in. Numbers, names and days; no note, no position.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from tightlog.answers.today import newest_score, standing_flag
from tightlog.domain.thresholds import FRESH_D
from tightlog.home.settings import Home
from tightlog.warehouse import store

# Fewer scores say nothing of a week, or of the four before it.
LEAST_RECENT, LEAST_BEFORE = 3, 10


def status_of(home: Home, version: Path, local_day: date) -> Mapping[str, Any]:
    """Facts of a home on a local day, as JSON has them. Raises TightlogError where the journal or
    the version cannot be read.
    """
    flag = standing_flag(home, version, local_day)
    known = store.answer(version, "freshness").row(0, named=True)
    newest = newest_score(home, version)
    course = store.answer(version, "course_of_weeks", [local_day]).row(0, named=True)
    refreshed_at: datetime = store.relation(version, "publication")["refreshed_at"].item()
    since = local_day - timedelta(days=FRESH_D)
    patterns = store.answer(version, "matches_shown", [since, local_day])
    return {
        "refreshed_at": refreshed_at.isoformat(),
        "red_flags": [] if flag is None else [*flag.names],
        "red_flag_urgency": None if flag is None else flag.urgency,
        "red_flag_since": None if flag is None else flag.started_on.isoformat(),
        "patterns": [
            {
                "pattern": row["pattern"],
                "title": row["title"],
                "state": row["state"],
                "started_on": row["started_on"].isoformat(),
            }
            for row in patterns.iter_rows(named=True)
        ],
        "score_count": known["score_count"],
        "last_score_on": None if newest is None else newest.day.isoformat(),
        "last_score": None if newest is None else newest.score,
        "last_activity_on": _text(known["last_activity_on"]),
        "usual_gap_d": course["usual_gap_d"],
        "worsening_points": _worsening(course),
    }


def _worsening(course: Mapping[str, Any]) -> float | None:
    is_known = course["recent_count"] >= LEAST_RECENT and course["before_count"] >= LEAST_BEFORE
    return float(course["recent_score"] - course["before_score"]) if is_known else None


def _text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
