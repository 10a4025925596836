"""Which month is shown: the one of the address, and the ways to others."""

from datetime import date

import streamlit as st

from dashboards.months.month_grid import month_title
from dashboards.shown.charts import Span
from tightlog.answers.days.calendar_month import month_start
from tightlog.language.catalogue import phrase

PAGE = "app_pages/calendar.py"
NAME = "month"


def month_of_address(known: Span, local_day: date) -> date:
    """First day of the month at ?month=2026-11; without one, or with one nothing is known of, the
    newest of which something is known.
    """
    first, last = month_start(known[0]), month_start(max(known[1], local_day))
    try:
        asked = date.fromisoformat(f"{st.query_params.get(NAME, '')}-01")
    except ValueError:
        return month_start(known[1])
    return max(asked, first) if asked <= last else month_start(known[1])


def month_ways(month: date, known: Span, local_day: date) -> None:
    """Links to the months beside it, and a list of all."""
    first, last = month_start(known[0]), month_start(max(known[1], local_day))
    with st.container(horizontal=True, vertical_alignment="center", key="month_ways"):
        if month > first:
            _link(month_start(month, -1), "← ")
        if month < last:
            _link(month_start(month, 1), "", " →")
        _jump(month, first, last)


def _link(month: date, before: str, after: str = "") -> None:
    st.page_link(
        PAGE,
        label=f"{before}{month_title(month)}{after}",
        query_params={NAME: f"{month:%Y-%m}"},
        width="content",
    )


def _jump(month: date, first: date, last: date) -> None:
    """All months, newest first."""
    months, one = [], last
    while one >= first:
        months.append(one)
        one = month_start(one, -1)
    # The address says which month it is, also after a step back.
    st.session_state["month_chosen"] = month
    st.selectbox(
        phrase("Month"),
        months,
        format_func=month_title,
        key="month_chosen",
        on_change=_go,
        label_visibility="collapsed",
        width=200,
    )


def _go() -> None:
    st.query_params[NAME] = f"{st.session_state['month_chosen']:%Y-%m}"
