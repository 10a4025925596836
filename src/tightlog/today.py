"""Today's page as facts, for whoever shows it: command line and dashboard say the same because both ask here."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from tightlog.advice.choose import red_flag_advice
from tightlog.diary import IMPORTED_FLAG_D, RedFlagSpan, imported_spans, journal_fingerprint, read_journal, standing_red_flag
from tightlog.domain import TightnessScore
from tightlog.file_relations import scores_of
from tightlog.settings import Home
from tightlog.warehouse import store

# Older data say nothing about today.
FRESH_D = 7
RED_FLAG = "R0"

ADVICE_SHOWN = """
select a.rank, a.intervention, i.title, i.category, i.dose, i.how_to, i.caution, i.evidence_note,
       a.pattern, coalesce(a.heading, p.title) as pattern_title,
       a.your_data, a.what_is_known, a.article_says
from advice as a
left join intervention as i on i.intervention = a.intervention
left join pattern as p on p.pattern = a.pattern
order by a.rank
"""
MATCHES_SHOWN = """
select m.day, m.pattern, p.title, p.grade, p.source, p.why, m.state, m.started_on, m.evidence
from pattern_match as m
inner join pattern as p on p.pattern = m.pattern
where m.day = (select max(d.day) from day as d) and m.day >= ? and m.pattern not in ('R0', 'R22')
order by m.state, m.pattern
"""
IMPORTED = """
select entry_id, rated_at, day, moment, score, is_sharp, red_flags, note, source, raw_value
from tightness
where source <> 'diary' and day between ? and ?
order by day, rated_at nulls first
"""
NOT_WATCHED = "select pattern, title, needs from pattern where not is_watched order by cast(substr(pattern, 2) as integer)"
FRESHNESS = """
select
    (select max(a.day) from activity as a) as last_activity_on,
    (select max(a.day) from activity as a where a.sport = 'running') as last_run_on,
    (select max(d.day) from day as d) as last_day,
    (select count(*) from tightness) as score_count,
    (select count(*) from activity) as activity_count,
    (select count(*) from source_file where status = 'unreadable') as unreadable_count
"""


@dataclass(frozen=True)
class Today:
    """What the runner sees in the morning; every number is in the warehouse or the journal."""

    local_day: date
    as_of: date
    refreshed_at: datetime
    is_sample: bool
    is_analysed: bool
    is_pending: bool
    last_activity_on: date | None
    last_run_on: date | None
    last_day: date | None
    score_count: int
    activity_count: int
    unreadable_count: int
    newest_score: TightnessScore | None
    red_flag: RedFlagSpan | None
    matches: tuple[dict[str, Any], ...]
    advice: tuple[dict[str, Any], ...]
    not_watched: tuple[dict[str, Any], ...]

    @property
    def is_fresh(self) -> bool:
        """False when the newest data are too old to say anything about this very day, whenever the last refresh was."""
        return self.last_day is not None and self.last_day >= self.local_day - timedelta(days=FRESH_D)


def today(home: Home, version: Path, local_day: date) -> Today:
    """Facts for a local day from one version of the warehouse, the journal's newest score and red flag laid over it."""
    publication = store.relation(version, "publication").row(0, named=True)
    red_flag = standing_flag(home, version, local_day)
    freshness = store.query(version, FRESHNESS).row(0, named=True)
    return Today(
        local_day=local_day, as_of=publication["as_of_day"], refreshed_at=publication["refreshed_at"], is_sample=publication["is_sample"],
        is_analysed=publication["is_analysed"],
        is_pending=not publication["is_analysed"] or publication["journal_fingerprint"] != journal_fingerprint(home.journal),
        newest_score=newest_score(home, version), red_flag=red_flag,
        matches=_rows(version, MATCHES_SHOWN, local_day - timedelta(days=FRESH_D)),
        advice=_stopped(version, red_flag.evidence) if red_flag else _stored_advice(version, publication["as_of_day"], local_day),
        not_watched=_rows(version, NOT_WATCHED), **freshness,
    )


def standing_flag(home: Home, version: Path, local_day: date) -> RedFlagSpan | None:
    """The red flag that stands on a day: one of the journal until it is cleared, else one of a score file while it lasts."""
    if flag := standing_red_flag(home.journal):
        return flag
    rows = store.query(version, IMPORTED, [local_day - timedelta(days=2 * IMPORTED_FLAG_D), local_day])
    return next((span for span in reversed(imported_spans(scores_of(rows))) if span.cleared_on is None or span.cleared_on > local_day), None)


def _stored_advice(version: Path, as_of: date, local_day: date) -> tuple[dict[str, Any], ...]:
    """Advice of the last refresh; none from a day long gone, and none that a red flag cleared since then had replaced."""
    if local_day - as_of > timedelta(days=FRESH_D):
        return ()
    return tuple(row for row in _rows(version, ADVICE_SHOWN) if row["pattern"] != RED_FLAG)


def newest_score(home: Home, version: Path) -> TightnessScore | None:
    """The newest score that stands, the ones given since the last refresh included."""
    journal = read_journal(home.journal).scores
    rows = store.query(version, "select entry_id, day, score, rated_at, moment, is_sharp from tightness where source <> 'diary' "
                                "order by day desc, rated_at desc nulls last limit 1")
    imported = tuple(TightnessScore(**row, source="csv") for row in rows.iter_rows(named=True))
    return max((*journal, *imported), key=_recency, default=None)


def _recency(score: TightnessScore) -> tuple[date, float]:
    return score.day, score.rated_at.timestamp() if score.rated_at else 0.0


def _stopped(version: Path, evidence: str) -> tuple[dict[str, Any], ...]:
    """The one piece of advice a red flag leaves, in the shape of the others."""
    stop = red_flag_advice(evidence)
    details = store.query(version, "select * exclude (alias) from intervention where intervention = ?", [stop.intervention]).row(0, named=True)
    return ({"rank": 1, **details, "pattern": RED_FLAG, "pattern_title": "Red flag", **vars(stop)},)


def _rows(version: Path, sql: str, *parameters: Any) -> tuple[dict[str, Any], ...]:
    return tuple(store.query(version, sql, parameters).iter_rows(named=True))
