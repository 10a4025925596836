"""What the pages show, read from one published version: the only place of the dashboard that
asks the warehouse.
"""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from threading import Event
from typing import Any

import polars as pl
import streamlit as st

from tightlog.answers.report.facts import ReportFacts, default_span, report_facts
from tightlog.answers.today import Today, today
from tightlog.answers.trial import known_scores
from tightlog.domain.diary import TightnessScore
from tightlog.domain.red_flags import RedFlagSpan
from tightlog.errors import NoWarehouse, TightlogError
from tightlog.home.settings import Home, Settings, home_folder, settings_of
from tightlog.journal.journal import read_journal, standing_red_flag
from tightlog.language.choice import choose as speak
from tightlog.language.choice import choose_for_threads
from tightlog.warehouse import store
from tightlog.words.measures import choose, week_first_day, week_shift_d

KEPT_RESULTS = 24
LEAST_DRAWN_D = 14
# A dot a day for longer than this is more than a screen has room for, and seconds of drawing on a
# phone.
MOST_DRAWN_D = 731
# Sums of weeks for a year at most, then of months.
MOST_BY_WEEK_D = 366
# Single days as bars for about four months.
MOST_BARS_D = 120
# Set where pages are served one after the other, and not where a test runs a single one.
_SERVED = Event()


@dataclass(frozen=True)
class View:
    """What one page run shows: the home, and the version published when the run began (None
    for none).
    """

    home: Home
    settings: Settings
    version: Path | None
    stamp: int
    local_day: date


def view() -> View:
    """The view of this page run; called once per run, so that no page mixes two versions. From here
    on the run writes measures as the runner reads them.

    Raises HomeError or SettingsError when the home cannot be used, WarehouseError for a version
    another tightlog made.
    """
    home = home_folder(None)
    settings = settings_of(home)
    _write_as(settings)
    local_day = datetime.now(settings.zone).date()
    try:
        version = store.published_version(home)
        # A warehouse deleted and built anew has the old name but not the old content.
        return View(home, settings, version, version.stat().st_mtime_ns, local_day)
    except NoWarehouse:
        return View(home, settings, None, 0, local_day)


def _write_as(settings: Settings) -> None:
    """Measures and sentences as the runner reads them, from here on."""
    choose(settings.measures)
    speak(settings.language)
    choose_for_threads(settings.language)


def write_as_set() -> None:
    """Measures and sentences as the settings of the home say, for what stands around a page; as
    they are where the home cannot be used, which the page says.
    """
    with suppress(TightlogError, OSError):
        _write_as(settings_of(home_folder(None)))


def view_of_nothing() -> View:
    """A view without a version: for a warehouse that is there and cannot be shown."""
    home = home_folder(None)
    settings = settings_of(home)
    _write_as(settings)
    return View(home, settings, None, 0, datetime.now(settings.zone).date())


def todays_facts(seen: View) -> Today | None:
    """Today's facts, never from a cache because the journal is laid over them; None without a
    warehouse.
    """
    return None if seen.version is None else today(seen.home, seen.version, seen.local_day)


def standing_flag(seen: View) -> RedFlagSpan | None:
    """The active red flags of the journal, as one; None when there is none."""
    return standing_red_flag(seen.home.journal)


def journal_scores_since(seen: View) -> tuple[TightnessScore, ...]:
    """Scores of the journal the version does not hold yet, oldest first."""
    known = (
        frozenset() if seen.version is None else frozenset(rows(seen, "known_scores")["entry_id"])
    )
    given = (
        score for score in read_journal(seen.home.journal).scores if score.entry_id not in known
    )
    return tuple(sorted(given, key=lambda score: score.day))


def morning_scores(seen: View) -> Mapping[date, float]:
    """First score of each day, those given since the last refresh included."""
    return known_scores(seen.version, read_journal(seen.home.journal), seen.local_day)


def part_of_day(seen: View) -> str:
    """What the first score of a day is of: `morning`, or `day` where most are given later."""
    record = None if seen.version is None else rows(seen, "score_record")
    is_evening = record is not None and bool(record["is_rated_in_evening"].any())
    return "day" if is_evening else "morning"


def span(seen: View) -> tuple[date, date] | None:
    """First and last day known; None while the warehouse holds no day."""
    row = rows(seen, "span").row(0, named=True)
    return None if row["first_day"] is None else (row["first_day"], row["last_day"])


def watched_since(seen: View) -> dict[str, date | None]:
    """Per kind of cross-training the first day on which it is known; None when it never was."""
    return dict(rows(seen, "watched_since").row(0, named=True))


def low_cadence_pct(seen: View) -> float | None:
    """The cadence against the own norm from which a pattern looks, %; None before an analysis."""
    known = rows(seen, "threshold", "R6", "residual_pct")
    return None if known.is_empty() else float(known.item())


def report_span(seen: View) -> tuple[date, date] | None:
    """The days a report is about unless others are chosen; None while no day is known."""
    return None if seen.version is None or span(seen) is None else default_span(seen.version)


def report(seen: View, days: tuple[date, date], name: str, with_notes: bool) -> ReportFacts:
    """Facts of the report for a physiotherapist, never from a cache because red flags are read
    from the journal.
    """
    assert seen.version is not None
    return report_facts(
        seen.home, seen.settings, seen.version, days, name=name, with_notes=with_notes
    )


def drawn_span(first_day: date, last_day: date) -> tuple[date, date]:
    """The days a chart shows: two weeks at least, so that a single day does not fill its axis
    with repeated dates.
    """
    return min(first_day, last_day - timedelta(days=LEAST_DRAWN_D - 1)), last_day


def until_last_score(days: pl.DataFrame) -> pl.DataFrame:
    """The days with no median after the last scored one: the median lives on for a week, a line
    would claim scores nobody gave.
    """
    scored = days.filter(pl.col("tightness_score").is_not_null())["day"]
    is_scored_since = pl.col("day") <= scored.max() if scored.len() else pl.lit(False)
    return days.with_columns(
        tightness_7d_median=pl.when(is_scored_since).then("tightness_7d_median")
    )


def is_by_week(first_day: date, last_day: date) -> bool:
    """True for a span too long to be drawn day by day."""
    return (last_day - first_day).days >= MOST_DRAWN_D


def period_of(first_day: date, last_day: date) -> str:
    """What amounts are summed over: a week, beyond a year a month."""
    return "month" if (last_day - first_day).days > MOST_BY_WEEK_D else "week"


def drawn_weeks(seen: View, first_day: date, last_day: date) -> pl.DataFrame:
    """Medians of what Trends draws: a row for every week of the span, named by its first day."""
    weeks = rows(seen, "days_by_week", first_day, last_day, week_shift_d())
    return calendar(weeks, week_first_day(first_day), last_day, "1w")


def summed(seen: View, question: str, first_day: date, last_day: date, *asked: str) -> pl.DataFrame:
    """Answer of a question about each week or month of a span (the last of `asked`); a week begins
    on the runner's first day of it.
    """
    return rows(seen, question, first_day, last_day, *asked, week_shift_d(asked[-1]))


def calendar(
    frame: pl.DataFrame, first_day: date, last_day: date, every: str = "1d"
) -> pl.DataFrame:
    """Frame with a row for every day of the span, all null where the warehouse has none, so that
    a gap is drawn as one.
    """
    days = pl.DataFrame({"day": pl.date_range(first_day, last_day, every, eager=True)})
    return days.join(frame, on="day", how="left", maintain_order="left")


def first_day_of(days: int | None, known: tuple[date, date]) -> date:
    """First day of a range that ends with the last known day; the first known day for None or a
    longer range.
    """
    return known[0] if days is None else max(known[0], known[1] - timedelta(days=days - 1))


@contextmanager
def opened_once() -> Iterator[None]:
    """Keeps the version published now open meanwhile: opening it takes longer than most answers. A
    server keeps it open for the pages after this one, too.
    """
    with ExitStack() as kept:
        # What is wrong with a home or its warehouse is for the page to say, when it asks.
        with suppress(TightlogError):
            version = store.published_version(home_folder(None))
            if is_served():
                store.keep_open(version)
            kept.enter_context(store.open_version(version))
        yield


def serve() -> None:
    """From now on the process is a server: it keeps the published version open between pages."""
    _SERVED.set()


def is_served() -> bool:
    return _SERVED.is_set()


def rows(seen: View, question: str, *parameters: Any) -> pl.DataFrame:
    """Answer of this view's version to a question of warehouse/sql/question."""
    return _cached_rows(str(seen.version), seen.stamp, question, parameters)


@st.cache_data(max_entries=KEPT_RESULTS, show_spinner=False)
def _cached_rows(
    version: str, stamp: int, question: str, parameters: tuple[Any, ...]
) -> pl.DataFrame:
    return store.answer(Path(version), question, parameters)
