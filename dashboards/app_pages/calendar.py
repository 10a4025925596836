"""Calendar: a month with scores, kilometres, what was done and what began; each day leads to its
page. The panels are in `dashboards/months`: a folder called calendar would hide Python's own.
"""

import streamlit as st

from dashboards.months.month_choice import NAME, month_of_address, month_ways
from dashboards.months.month_grid import month_grid, month_title
from dashboards.shell.frame import first_steps, heading, sample_banner
from dashboards.shown import cards, data
from dashboards.shown.data import View, view
from tightlog.answers.days.calendar_month import CalendarMonth, calendar_month
from tightlog.language.catalogue import phrase
from tightlog.units import METRES_PER_KM
from tightlog.words.measures import distance
from tightlog.words.numbers import counted, first_upper, short_number


def page(seen: View) -> None:
    """The whole page, from one view."""
    known = None if seen.version is None else data.span(seen)
    if seen.version is None or known is None:
        heading(phrase("Calendar"), phrase("Nothing to show yet."))
        first_steps(seen)
        return
    month = month_of_address(known, seen.local_day)
    # Said again, the browser has a step to go back; see the page of Runs.
    if NAME in st.query_params:
        st.query_params[NAME] = f"{month:%Y-%m}"
    shown = calendar_month(seen.home, seen.version, month, seen.local_day)
    heading(phrase("Calendar"), month_words(shown))
    sample_banner(seen)
    month_ways(month, known, seen.local_day)
    st.html(cards.section(month_title(month)))
    st.html(month_grid(shown, seen.local_day))


def month_words(month: CalendarMonth) -> str:
    """The month in one line: distance, median score, how many mornings were scored, and how
    many days its distance is not of.
    """
    run = "" if month.run_km is None else f"{distance(month.run_km * METRES_PER_KM, 0)}, "
    middle = (
        "" if month.score is None else phrase(", median {score}", score=short_number(month.score))
    )
    scores = counted(month.score_count, "morning") if month.score_count else phrase("no morning")
    unknown = (
        phrase(", {day} not known", day=counted(month.unknown_count, "day"))
        if month.unknown_count
        else ""
    )
    said = phrase(
        "{run}{scores} scored{middle}{unknown}",
        run=run,
        scores=scores,
        middle=middle,
        unknown=unknown,
    )
    return first_upper(said)


page(view())
