"""Trends: scores, training and interventions over weeks and months, with a feature of choice."""

import streamlit as st

from dashboards.shell.frame import first_steps, heading, sample_banner
from dashboards.shown import cards, data
from dashboards.shown.data import View, calendar, rows, view
from dashboards.shown.periods import period
from dashboards.trends.day_by_day import day_by_day
from dashboards.trends.training import cadence, cross_training, load, mileage
from tightlog.language.catalogue import phrase
from tightlog.words.dates import date_words


def page(seen: View) -> None:
    """The whole page, from one view."""
    known = None if seen.version is None else data.span(seen)
    if known is None:
        heading(phrase("Trends"), phrase("Nothing to show yet."))
        first_steps(seen)
        return
    heading(
        phrase("Trends"),
        phrase(
            "From {known} to {known_2}", known=date_words(known[0]), known_2=date_words(known[1])
        )
        if known[0] < known[1]
        else phrase("{known} so far", known=date_words(known[0])),
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
            phrase(
                "For a range this long, the charts below show weeks: each dot, and each step "
                "of a line, is the median of one week."
            )
        )
    left, right = st.columns(2, gap="large")
    with left:
        mileage(seen, span)
        load(seen, drawn, span)
    with right:
        cadence(seen, drawn, span)
    cross_training(seen, span)
    further()


def further() -> None:
    """Links to the pages with the findings."""
    st.html(
        cards.section(
            phrase("What the data show"),
            phrase("These pages use all your scores, whatever range is shown above."),
        )
    )
    with st.container(horizontal=True):
        st.page_link("app_pages/links.py", label=phrase("What goes with it"), width="content")
        st.page_link("app_pages/helped.py", label=phrase("What helped"), width="content")


page(view())
