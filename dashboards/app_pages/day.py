"""A day at ?day=2026-11-20: everything known of it, from the night before to the morning after."""

from datetime import date

import streamlit as st

from dashboards.day.day_parts import activities, began, coin, day_ways, log, night
from dashboards.day.day_words import tiles
from dashboards.shell.frame import first_steps, heading, sample_banner
from dashboards.shown import cards, data
from dashboards.shown.charts import Span
from dashboards.shown.data import View, view
from tightlog.answers.days.one_day import one_day
from tightlog.language.catalogue import phrase
from tightlog.words.dates import date_words, weekday_and_date

NAME = "day"


def page(seen: View) -> None:
    """The whole page, from one view."""
    known = None if seen.version is None else data.span(seen)
    if seen.version is None or known is None:
        heading(phrase("Day"), phrase("Nothing to show yet."))
        first_steps(seen)
        return
    asked = st.query_params.get(NAME, seen.local_day.isoformat())
    first, last = known[0], max(known[1], seen.local_day)
    day = day_within(asked, (first, last))
    if day is None:
        no_such_day(asked[:60], (first, last))
        return
    # Said again, the browser has a step to go back; see the page of Runs.
    st.query_params[NAME] = day.isoformat()
    facts = one_day(seen.home, seen.version, day, seen.local_day)
    day_ways(day, first, last)
    heading(weekday_and_date(day), phrase("From the night before to the day after"))
    sample_banner(seen)
    if facts.is_flagged:
        st.html(cards.urgent_words(phrase("A red flag was raised on this day.")))
    with st.container(key="day_tiles"):
        st.html(cards.tiles(tiles(facts)))
    night(facts)
    log(seen, facts)
    activities(seen, facts)
    began(facts)
    coin(facts)


def day_within(asked: str, span: Span) -> date | None:
    """The day of the address; None for one that is no date or lies outside what is known."""
    try:
        day = date.fromisoformat(asked)
    except ValueError:
        return None
    return day if span[0] <= day <= span[1] else None


def no_such_day(asked: str, span: Span) -> None:
    """Why there is no page of a day, and where the days are."""
    heading(phrase("No such day"), phrase("Nothing is known of “{asked}”.", asked=asked))
    known = phrase("from {span} to {span_2}", span=date_words(span[0]), span_2=date_words(span[1]))
    st.html(cards.notice(phrase("The calendar holds the days {known}.", known=known)))
    st.page_link("app_pages/calendar.py", label=phrase("Calendar"))


page(view())
