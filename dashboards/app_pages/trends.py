"""Trends: what was scored, run and done over weeks and months, any feature below it, and what
began when.
"""

import polars as pl
import streamlit as st

from dashboards.shell.frame import first_steps, heading, sample_banner
from dashboards.shown import cards, charts, data
from dashboards.shown.data import KINDS, View, calendar, rows, view
from dashboards.shown.feature_charts import plain_words
from dashboards.shown.periods import period
from dashboards.trends.day_by_day import day_by_day, show
from tightlog.words.dates import date_words
from tightlog.words.load import load_basis_words, load_words
from tightlog.words.numbers import counted, typeset

OWN_NORM = (
    "Against your own norm at that pace and grade; dashed at −3\u202f%, where a pattern looks."
)


def page(seen: View) -> None:
    """The whole page, from one view."""
    known = None if seen.version is None else data.span(seen)
    if known is None:
        heading("Trends", "Nothing to show yet.")
        first_steps(seen)
        return
    heading(
        "Trends",
        f"From {date_words(known[0])} to {date_words(known[1])}"
        if known[0] < known[1]
        else f"{date_words(known[0])} so far",
    )
    sample_banner(seen)
    span = period(known)
    days = calendar(rows(seen, "days", *span), *span)
    day_by_day(seen, days, span, known)
    drawn = days
    if data.is_by_week(*span):
        drawn = data.drawn_weeks(seen, *span)
        span = (drawn["day"][0], span[1])
        st.caption(
            "Below, so long a time is drawn by the week: each dot, and each step of a line, "
            "is the median of a week's days."
        )
    left, right = st.columns(2, gap="large")
    with left:
        mileage(seen, span)
        load(seen, drawn, span)
    with right:
        cadence(seen, drawn, span)
    cross_training(seen, span)
    further()


def mileage(seen: View, span: charts.Span) -> None:
    """Weekly kilometres."""
    weeks = rows(seen, "weeks", *span)
    unknown = " Question mark: not known." if weeks["run_km"].null_count() else ""
    st.html(
        cards.section(
            "Weekly distance",
            (
                "Paler: only part of the week is known. Triangle: one run was much longer than "
                f"lately.{unknown}"
            ),
        )
    )
    if weeks["run_km"].null_count() == weeks.height:
        st.html(cards.notice("No distance is known in this range."))
        return
    show(
        charts.mileage_chart(weeks),
        charts.series_words(weeks, "run_km", "km", "Distance a week", decimals=1),
    )


def cadence(seen: View, days: pl.DataFrame, span: charts.Span) -> None:
    """Mean cadence, and how far it is from the runner's own norm."""
    st.html(cards.section("Cadence", "Steps per minute of both feet, mean of the day's runs."))
    if days["cadence_spm"].null_count() == days.height:
        st.html(cards.notice("No run in this range recorded its cadence."))
        return
    show(
        charts.cadence_chart(days, span),
        charts.series_words(days, "cadence_spm", "steps/min", "Cadence"),
    )
    low_pct = data.low_cadence_pct(seen)
    dashed = (
        "" if low_pct is None else f"; dashed at {typeset(f'{low_pct:g} %')}, where a pattern looks"
    )
    st.html(cards.quiet(f"Against your own norm at that pace and grade{dashed}."))
    if days["cadence_residual_pct"].null_count() == days.height:
        st.html(cards.notice("Your own norm needs five earlier runs with cadence."))
        return
    show(
        charts.residual_chart(days, low_pct, span),
        charts.series_words(
            days, "cadence_residual_pct", "%", "Cadence against own norm", decimals=1
        ),
    )


def load(seen: View, days: pl.DataFrame, span: charts.Span) -> None:
    """Load of seven days, with what it rests on, and how it is reckoned folded away."""
    rules = rows(seen, "load_rules").to_dicts()
    st.html(
        cards.section(
            "Load", f"Sum of 7 days, load units. {load_words(rules[0]) if rules else ''}".rstrip()
        )
    )
    if days["load_7d_au"].null_count() == days.height:
        st.html(
            cards.notice(
                "No load is known: it needs heart rate, or an effort rating of the sessions."
            )
        )
        return
    show(
        charts.load_chart(days, span),
        charts.series_words(days, "load_7d_au", "load units", "Load of 7 days"),
    )
    if rules:
        stored = [
            f"{row['activity_count']:,} of the activities: from {load_basis_words(row)}."
            for row in rules
        ]
        st.html(
            cards.folded(
                "How the load is worked out",
                [f"{plain_words(rules[0]['definition'])} Source: {rules[0]['source']}.", *stored],
            )
        )


def cross_training(seen: View, span: charts.Span) -> None:
    """Weekly minutes of everything that is not running, and what is not watched."""
    since = data.watched_since(seen)
    unseen = [KINDS[kind].lower() for kind, first_day in since.items() if first_day is None]
    st.html(
        cards.section(
            "Cross-training",
            f"Not watched, so no bar: {', '.join(unseen)}."
            if unseen
            else "Paler: only part of the week is known.",
        )
    )
    weeks = rows(seen, "cross_training_weeks", *span).with_columns(
        pl.col("kind").replace_strict(KINDS, return_dtype=pl.String)
    )
    if weeks.is_empty():
        st.html(cards.notice("Nothing but running was recorded or logged in this range."))
        return
    show(charts.cross_training_chart(weeks), kinds_words(weeks))


def further() -> None:
    """The way to what is made of all this."""
    st.html(
        cards.section("What is made of it", "Over all your scores, whatever range is shown above.")
    )
    with st.container(horizontal=True):
        st.page_link("app_pages/links.py", label="What goes with it", width="content")
        st.page_link("app_pages/helped.py", label="What helped", width="content")


def kinds_words(weeks: pl.DataFrame) -> str:
    """Which kinds of cross-training are drawn, over how many weeks."""
    return (
        f"Cross-training minutes of {counted(weeks['week'].n_unique(), 'week')}: "
        f"{', '.join(weeks['kind'].unique().sort())}."
    )


page(view())
