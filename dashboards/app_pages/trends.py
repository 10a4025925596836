"""Trends: what was scored, run and done over weeks and months, what began when, and the findings in sentences."""

import altair as alt
import polars as pl
import streamlit as st

from dashboards import cards, charts, data
from dashboards.data import KINDS, View, rows, view
from dashboards.frame import first_steps, heading, sample_banner
from dashboards.wording import load_words
from tightlog.patterns.wording import counted, date_words

RANGES = {"4 weeks": 28, "3 months": 91, "1 year": 365, "All": None}
DEFAULT_RANGE = "3 months"
TELLING = ("clear", "possible", "reacts", "helps", "hurts")


def page(seen: View) -> None:
    """The whole page, from one view."""
    known = None if seen.version is None else data.span(seen)
    if known is None:
        heading("Trends", "Nothing to show yet.")
        first_steps(seen)
        return
    heading("Trends", f"From {date_words(known[0])} to {date_words(known[1])}" if known[0] < known[1] else f"{date_words(known[0])} so far")
    sample_banner(seen)
    chosen = st.segmented_control("Show the last", tuple(RANGES), default=DEFAULT_RANGE, key="range") or DEFAULT_RANGE
    span = data.drawn_span(data.first_day_of(RANGES[chosen], known), known[1])
    days = data.drawn_days(seen, *span)
    if data.is_by_week(*span):
        span = (days["day"][0], span[1])
        st.caption("So long a time is drawn by the week: each dot, and each step of a line, is the median of a week's days.")
    tightness(seen, days, span)
    left, right = st.columns(2, gap="large")
    with left:
        mileage(seen, span)
        load(seen, days, span)
    with right:
        cadence(days, span)
    cross_training(seen, span)
    findings(seen)


def tightness(seen: View, days: pl.DataFrame, span: charts.Span) -> None:
    """Scores and their median, and below them what began when."""
    st.html(cards.section("Tightness", "Dots: the first score of a day, given before any run. Line: median of 7 days. No dot: no score."))
    since = [score for score in data.journal_scores_since(seen) if score.day >= span[0]]
    last_day = max([span[1], *(score.day for score in since)])
    wider = (span[0], last_day)
    given = pl.DataFrame([(score.day, score.score) for score in since], schema={"day": pl.Date, "score": pl.Float64}, orient="row")
    if given.is_empty() and days["tightness_score"].null_count() == days.height:
        st.html(cards.notice("No score in this range. Today's page takes one in two taps."))
        return
    drawn = charts.tightness_chart(data.until_last_score(days), given, wider)
    show(drawn, charts.series_words(days, "tightness_score", "points", "Tightness scores"))
    if since:
        st.caption(f"Rings: {counted(len(since), 'score')} given since the last refresh.")
    starts = rows(seen, "starts", *span)
    if not starts.is_empty():
        st.html("<p class='tl-quiet'>What began when</p>")
        show(charts.starts_chart(starts, wider), starts_words(starts))


def mileage(seen: View, span: charts.Span) -> None:
    """Weekly kilometres."""
    weeks = rows(seen, "weeks", *span)
    unknown = " Question mark: not known." if weeks["run_km"].null_count() else ""
    st.html(cards.section("Weekly distance", f"Paler: only part of the week is known. Triangle: one run was much longer than lately.{unknown}"))
    if weeks["run_km"].null_count() == weeks.height:
        st.html(cards.notice("No distance is known in this range."))
        return
    show(charts.mileage_chart(weeks), charts.series_words(weeks, "run_km", "km", "Distance a week", decimals=1))


def cadence(days: pl.DataFrame, span: charts.Span) -> None:
    """Mean cadence, and how far it is from the runner's own norm."""
    st.html(cards.section("Cadence", "Steps per minute of both feet, mean of the day's runs."))
    if days["cadence_spm"].null_count() == days.height:
        st.html(cards.notice("No run in this range recorded its cadence."))
        return
    show(charts.cadence_chart(days, span), charts.series_words(days, "cadence_spm", "steps/min", "Cadence"))
    st.html("<p class='tl-quiet'>Against your own norm at that pace and grade; dashed at −3\u202f%, where a pattern looks.</p>")
    if days["cadence_residual_pct"].null_count() == days.height:
        st.html(cards.notice("Your own norm needs five earlier runs with cadence."))
        return
    show(charts.residual_chart(days, span), charts.series_words(days, "cadence_residual_pct", "%", "Cadence against own norm", decimals=1))


def load(seen: View, days: pl.DataFrame, span: charts.Span) -> None:
    """Load of seven days, with what it rests on, and how it is reckoned folded away."""
    rules = rows(seen, "load_rules").to_dicts()
    st.html(cards.section("Load", f"Sum of 7 days, load units. {load_words(rules[0]['load_rule']) if rules else ''}".rstrip()))
    if days["load_7d_au"].null_count() == days.height:
        st.html(cards.notice("No load is known: it needs heart rate, or an effort rating of the sessions."))
        return
    show(charts.load_chart(days, span), charts.series_words(days, "load_7d_au", "load units", "Load of 7 days"))
    if rules:
        stored = [f"Stored with {row['activity_count']:,} of the activities: {row['load_rule']}." for row in rules]
        st.html(cards.folded("How the load is worked out", [f"{rules[0]['definition']}. Source: {rules[0]['source']}.", *stored]))


def cross_training(seen: View, span: charts.Span) -> None:
    """Weekly minutes of everything that is not running, and what is not watched."""
    since = data.watched_since(seen)
    unseen = [KINDS[kind].lower() for kind, first_day in since.items() if first_day is None]
    st.html(cards.section("Cross-training", f"Not watched, so no bar: {', '.join(unseen)}." if unseen else "Paler: only part of the week is known."))
    weeks = rows(seen, "cross_training_weeks", *span).with_columns(pl.col("kind").replace_strict(KINDS, return_dtype=pl.String))
    if weeks.is_empty():
        st.html(cards.notice("Nothing but running was recorded or logged in this range."))
        return
    show(charts.cross_training_chart(weeks), kinds_words(weeks))


def findings(seen: View) -> None:
    """What goes with the tightness and what helped, in sentences; what shows nothing folded away."""
    st.html(cards.section("What goes with your tightness", "Over all your scores, whatever range is shown above. “Goes with” is not “causes”."))
    sentences(rows(seen, "findings"), "No score and no run to compare yet.")
    st.html(cards.section("What you did, and the next day's score"))
    sentences(rows(seen, "effects"), "Nothing was logged as done yet: the Did it button on Today's page does it.")


def sentences(found: pl.DataFrame, nothing: str) -> None:
    """The sentences with a verdict that tells something first; the others in a fold."""
    if found.is_empty():
        st.html(cards.notice(nothing))
        return
    telling = found.filter(pl.col("verdict").is_in(TELLING)).to_dicts()
    silent = found.filter(~pl.col("verdict").is_in(TELLING)).to_dicts()
    if telling:
        st.html(cards.verdict_rows(telling))
    if silent:
        more = "more comparison" if telling else "comparison"
        with st.expander(f"{counted(len(silent), more)}: nothing seen, or not enough data yet", expanded=not telling):
            st.html(cards.verdict_rows(silent))


def show(chart: alt.Chart | alt.LayerChart, in_words: str) -> None:
    """A chart as wide as its column, with its words for those who do not see it."""
    st.altair_chart(chart, width="stretch", alt=in_words)


def starts_words(starts: pl.DataFrame) -> str:
    """How often each pattern began, in words."""
    counts = starts.group_by("title", maintain_order=True).len()
    return "What began: " + "; ".join(f"{row['title']}, {counted(row['len'], 'time')}" for row in counts.iter_rows(named=True)) + "."


def kinds_words(weeks: pl.DataFrame) -> str:
    """Which kinds of cross-training are drawn, over how many weeks."""
    return f"Cross-training minutes of {counted(weeks['week'].n_unique(), 'week')}: {', '.join(weeks['kind'].unique().sort())}."


page(view())
