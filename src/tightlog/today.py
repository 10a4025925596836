"""Today's page as facts, for whoever shows it: command line and dashboard say the same because both ask here."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from tightlog.advice.choose import red_flag_advice
from tightlog.diary import RedFlagSpan, read_journal, standing_red_flag
from tightlog.domain import TightnessScore
from tightlog.settings import Home
from tightlog.warehouse import store

# Older data say nothing about today.
FRESH_D = 7

ADVICE_SHOWN = """
select a.rank, a.intervention, i.title, i.category, i.dose, i.how_to, i.caution, i.evidence_note, a.pattern, p.title as pattern_title,
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
where m.day = (select max(d.day) from day as d) and m.day >= ? and m.pattern <> 'R22'
order by m.state, m.pattern
"""
NOT_WATCHED = "select pattern, title, needs from pattern where not is_watched order by cast(substr(pattern, 2) as integer)"
FRESHNESS = """
select
    (select max(a.day) from activity as a) as last_activity_on,
    (select max(d.day) from day as d) as last_day,
    (select count(*) from tightness) as score_count,
    (select count(*) from activity) as activity_count,
    (select count(*) from source_file where status = 'unreadable') as unreadable_count
"""


@dataclass(frozen=True)
class Today:
    """What the runner sees in the morning; every number is in the warehouse or the journal."""

    as_of: date
    refreshed_at: datetime
    is_sample: bool
    last_activity_on: date | None
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
        """False when the newest data are too old to say anything about today."""
        return self.last_day is not None and self.last_day >= self.as_of - timedelta(days=FRESH_D)


def today(home: Home, version: Path) -> Today:
    """Today's facts from one version of the warehouse, the journal's newest score and red flag laid over it."""
    publication = store.relation(version, "publication").row(0, named=True)
    as_of = publication["as_of_day"]
    red_flag = standing_red_flag(home.journal)
    freshness = store.query(version, FRESHNESS).row(0, named=True)
    return Today(
        as_of=as_of, refreshed_at=publication["refreshed_at"], is_sample=publication["is_sample"],
        newest_score=newest_score(home, version), red_flag=red_flag,
        matches=_rows(version, MATCHES_SHOWN, as_of - timedelta(days=FRESH_D)),
        advice=_rows(version, ADVICE_SHOWN) if red_flag is None else _stopped(version, red_flag.evidence),
        not_watched=_rows(version, NOT_WATCHED), **freshness,
    )


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
    return ({"rank": 1, **details, "pattern": "R0", "pattern_title": "Red flag", **vars(stop)},)


def _rows(version: Path, sql: str, *parameters: Any) -> tuple[dict[str, Any], ...]:
    return tuple(store.query(version, sql, parameters).iter_rows(named=True))
