"""What the pages show, read from one published version: the only place of the dashboard that asks the warehouse."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import streamlit as st

from tightlog.diary import read_journal, standing_red_flag
from tightlog.domain import TightnessScore
from tightlog.errors import NoWarehouse
from tightlog.settings import Home, Settings, home_folder, settings_of
from tightlog.today import Today, today
from tightlog.warehouse import store

KEPT_RESULTS = 24
LEAST_DRAWN_D = 14
KINDS = {"swim": "Swimming", "cycle": "Cycling", "strength": "Strength", "core": "Core", "mobility": "Mobility", "other": "Other"}

DAYS = """
select
    day, coverage, tightness_score, tightness_7d_median, cadence_spm, cadence_residual_pct, load_7d_au
from day
where day between ? and ?
order by day
"""
WEEKS = """
with spike as (
    select date_trunc('week', day)::date as week, count(*) as spike_count, string_agg(evidence, ' ' order by day) as spikes
    from pattern_match
    where pattern = 'R2' and state = 'new'
    group by week
),
week as (
    select
        date_trunc('week', day)::date as week,
        count(run_distance_m) as known_day_count,
        sum(run_distance_m) / 1000.0 as run_km
    from day
    group by all
)
select w.week, w.known_day_count, w.run_km, s.spike_count, s.spikes
from week as w
left join spike as s on s.week = w.week
where w.week between date_trunc('week', ?::date)::date and ?
order by w.week
"""
CROSS_TRAINING = """
with long as (
    unpivot (select day, swim_min, cycle_min, strength_min, core_min, mobility_min, other_min from day)
    on swim_min, cycle_min, strength_min, core_min, mobility_min, other_min
    into name kind value minutes
)
select date_trunc('week', day)::date as week, replace(kind, '_min', '') as kind, sum(minutes) as minutes, count(*) as known_day_count
from long
where week between date_trunc('week', ?::date)::date and ?
group by all
order by week, kind
"""
WATCHED_SINCE = """
select
    min(day) filter (where swim_min is not null) as swim, min(day) filter (where cycle_min is not null) as cycle,
    min(day) filter (where strength_min is not null) as strength, min(day) filter (where core_min is not null) as core,
    min(day) filter (where mobility_min is not null) as mobility, min(day) filter (where other_min is not null) as other
from day
"""
STARTS = """
select m.day, m.pattern, p.title, m.evidence
from pattern_match as m
inner join pattern as p on p.pattern = m.pattern
where m.state = 'new' and m.pattern not in ('R21', 'R22') and m.day between ? and ?
order by m.day, m.pattern
"""
SPAN = "select min(day) as first_day, max(day) as last_day from day"
LOAD_RULES = """
select a.load_rule, count(*) as activity_count, any_value(f.definition) as definition, any_value(f.source) as source
from activity as a
left join feature as f on f.feature = 'load_7d_au'
where a.load_rule is not null
group by a.load_rule
order by activity_count desc, a.load_rule
"""
# The advice of the last refresh was to have a red flag checked, and nothing else.
WAS_STOPPED = "select count(*) > 0 as was_stopped from advice where pattern = 'R0'"
# The telling ones first.
FINDINGS = """
select exposure, verdict, sentence
from finding
order by list_position(['clear', 'possible', 'reacts', 'nothing_seen', 'not_enough_data'], verdict) nulls last, q_value nulls last, exposure
"""
EFFECTS = """
select e.intervention, coalesce(i.title, e.intervention) as title, e.verdict, e.sentence
from effect as e
left join intervention as i on i.intervention = e.intervention
order by list_position(['helps', 'hurts', 'nothing_seen', 'not_enough_data'], e.verdict) nulls last, e.p_value nulls last, e.intervention
"""
# A page of the list of files, of one status (null: of all) and with a text in the place.
FILES = """
select path, member, status, reason, columns, activity_count
from source_file
where (?::varchar is null or status = ?) and contains(lower(concat_ws(' › ', path, member)), lower(?))
order by path, member nulls first
limit ? offset ?
"""
FILES_FOUND = """
select count(*) as file_count
from source_file
where (?::varchar is null or status = ?) and contains(lower(concat_ws(' › ', path, member)), lower(?))
"""
UNREADABLE_FILES = """
select path, member, reason, columns, count(*) over () as file_count
from source_file
where status = 'unreadable' and reader is distinct from 'diary'
order by path, member nulls first
limit ?
"""
PARTIAL_FILES = """
select path, member, reason, columns, count(*) over () as file_count
from source_file
where status = 'partial'
order by path, member nulls first
limit ?
"""
# Tables a runner may have meant as a diary: refused ones, other CSVs, and spreadsheets, which tightlog cannot open.
DIARIES_NOT_TAKEN = """
select path, member, reason, columns, count(*) over () as file_count
from source_file
where
    (reader = 'diary' and status in ('unreadable', 'no_activity'))
    or (status = 'no_activity' and starts_with(reason, 'not a diary') and regexp_matches(lower(coalesce(member, path)), '[.][ct]sv([.]gz)?$'))
    or (
        status = 'no_activity' and not starts_with(reason, 'not needed')
        and member is null and regexp_matches(lower(path), '[.](xlsx?|ods|numbers)$')
    )
order by path, member nulls first
limit ?
"""
DIARIES = """
select path, member, reason, columns, count(*) over () as file_count
from source_file
where columns is not null and status = 'read'
order by path, member nulls first
limit ?
"""
FILE_COUNTS = "select status, count(*) as file_count from source_file group by status"
KNOWN_SCORES = "select entry_id from tightness"


@dataclass(frozen=True)
class View:
    """What one page run looks at: the home, and the version that was published when the run began (None: there is none yet)."""

    home: Home
    settings: Settings
    version: Path | None
    stamp: int
    local_day: date


def view() -> View:
    """The view of this page run; called once per run, so that no page mixes two versions.

    Raises HomeError or SettingsError when the home cannot be used.
    """
    home = home_folder(None)
    settings = settings_of(home)
    local_day = datetime.now(settings.zone).date()
    try:
        version = store.published_version(home)
        # A warehouse deleted and built anew has the old name but not the old content.
        return View(home, settings, version, version.stat().st_mtime_ns, local_day)
    except NoWarehouse:
        return View(home, settings, None, 0, local_day)


def todays_facts(seen: View) -> Today | None:
    """Today's facts, never from a cache because the journal is laid over them; None without a warehouse."""
    return None if seen.version is None else today(seen.home, seen.version, seen.local_day)


def standing_evidence(seen: View) -> str | None:
    """Evidence of the red flags of the journal that stand; None when none does."""
    flag = standing_red_flag(seen.home.journal)
    return flag.evidence if flag else None


def journal_scores_since(seen: View) -> tuple[TightnessScore, ...]:
    """Scores of the journal the version does not hold yet, oldest first."""
    known = frozenset() if seen.version is None else frozenset(rows(seen, KNOWN_SCORES)["entry_id"])
    given = (score for score in read_journal(seen.home.journal).scores if score.entry_id not in known)
    return tuple(sorted(given, key=lambda score: score.day))


def was_stopped(seen: View) -> bool:
    """True when the last refresh found a red flag standing, so that it stored no other advice."""
    return seen.version is not None and bool(rows(seen, WAS_STOPPED).item())


def span(seen: View) -> tuple[date, date] | None:
    """First and last day known; None while the warehouse holds no day."""
    row = rows(seen, SPAN).row(0, named=True)
    return None if row["first_day"] is None else (row["first_day"], row["last_day"])


def watched_since(seen: View) -> dict[str, date | None]:
    """Per kind of cross-training the first day on which it is known; None when it never was."""
    return dict(rows(seen, WATCHED_SINCE).row(0, named=True))


def drawn_span(first_day: date, last_day: date) -> tuple[date, date]:
    """The days a chart shows: two weeks at least, so that a single day does not fill its axis with repeated dates."""
    return min(first_day, last_day - timedelta(days=LEAST_DRAWN_D - 1)), last_day


def until_last_score(days: pl.DataFrame) -> pl.DataFrame:
    """The days with no median after the last scored one: the median lives on for a week, a line would claim scores nobody gave."""
    scored = days.filter(pl.col("tightness_score").is_not_null())["day"]
    is_scored_since = pl.col("day") <= scored.max() if scored.len() else pl.lit(False)
    return days.with_columns(tightness_7d_median=pl.when(is_scored_since).then("tightness_7d_median"))


def calendar(frame: pl.DataFrame, first_day: date, last_day: date) -> pl.DataFrame:
    """Frame with a row for every day of the span, all null where the warehouse has none, so that a gap is drawn as one."""
    days = pl.DataFrame({"day": pl.date_range(first_day, last_day, eager=True)})
    return days.join(frame, on="day", how="left", maintain_order="left")


def first_day_of(days: int | None, known: tuple[date, date]) -> date:
    """First day of a range that ends with the last known day; the first known day for None or a longer range."""
    return known[0] if days is None else max(known[0], known[1] - timedelta(days=days - 1))


def rows(seen: View, sql: str, *parameters: Any) -> pl.DataFrame:
    """Result of a query on this view's version."""
    return _cached_rows(str(seen.version), seen.stamp, sql, parameters)


@st.cache_data(max_entries=KEPT_RESULTS, show_spinner=False)
def _cached_rows(version: str, stamp: int, sql: str, parameters: tuple[Any, ...]) -> pl.DataFrame:
    return store.query(Path(version), sql, parameters)
