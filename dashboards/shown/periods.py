"""The days a page shows: a few ranges to tap, or two dates of one's own; the address keeps them."""

from collections.abc import Mapping
from datetime import date

import streamlit as st

from dashboards.shown.charts import Span
from dashboards.shown.data import drawn_span, first_day_of
from tightlog.language.catalogue import message, phrase

ALL = message("All")
RANGES: Mapping[str, int | None] = {
    message("4 weeks"): 28,
    message("3 months"): 91,
    message("1 year"): 365,
    ALL: None,
}
OWN_DATES = message("Dates")
DEFAULT_RANGE = "3 months"


def period(known: Span, key: str = "range") -> Span:
    """The days chosen among those known; at least two weeks, so that one day does not fill an
    axis.
    """
    chosen = st.segmented_control(
        phrase("Show the last"),
        (*RANGES, OWN_DATES),
        default=DEFAULT_RANGE,
        format_func=phrase,
        required=True,
        key=key,
        bind="query-params",
    )
    if chosen == OWN_DATES:
        return own_dates(known, key)
    return drawn_span(first_day_of(RANGES[chosen or DEFAULT_RANGE], known), known[1])


def own_dates(known: Span, key: str) -> Span:
    """First and last day from a calendar; while only the first is chosen, up to the last known
    day.
    """
    proposed = (first_day_of(RANGES[DEFAULT_RANGE], known), known[1])
    chosen = st.date_input(
        phrase("From and to"),
        proposed,
        *known,
        key=f"{key}_dates",
        format=phrase("DD/MM/YYYY"),
        bind="query-params",
    )
    days = (
        tuple(day for day in chosen if isinstance(day, date)) if isinstance(chosen, tuple) else ()
    )
    first = days[0] if days else known[0]
    return drawn_span(first, days[1] if len(days) > 1 else known[1])
