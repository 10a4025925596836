"""Who needs a look today: a list by urgency that can be narrowed, each home with its own page."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

import polars as pl
import streamlit as st

from dashboards.shown import cards
from tightlog.cohort.cohort_words import REASONS, STATES
from tightlog.words.dates import date_words

EVERY_REASON, EVERY_HOME = "All reasons", "All homes"
SORTS = {"Urgency": "place", "Home": "home", "Newest first": "since"}
HEADS = ("Home", "Reason", "Urgency", "Since", "What")
OUT = ("failed", "gone", "not_shared")


def looks(attention: pl.DataFrame, members: pl.DataFrame) -> None:
    """The filters, the list, and the homes that could not be read."""
    reasons, homes, order = _narrowing(attention)
    shown = attention
    if reasons != EVERY_REASON:
        shown = shown.filter(pl.col("reason").replace(REASONS) == reasons)
    if homes != EVERY_HOME:
        shown = shown.filter(pl.col("home") == homes)
    shown = shown.sort(SORTS[order], descending=order == "Newest first", nulls_last=True)
    if shown.is_empty():
        st.html(cards.notice("Nobody needs a look for this."))
    else:
        st.html(cards.linked_table(HEADS, [line(row) for row in shown.iter_rows(named=True)]))
    _out(members.filter(pl.col("state").is_in(OUT)))


def line(row: dict[str, Any]) -> tuple[str, Sequence[str]]:
    """A reason as a line of the table, with the address of its home."""
    since = "" if row["since"] is None else date_words(row["since"])
    words = (row["home"], REASONS[row["reason"]], row["urgency"], since, row["sentence"])
    return address(row["home"]), words


def address(home: str) -> str:
    """Where the page of one home is."""
    return f"?home={quote(home)}"


def _narrowing(attention: pl.DataFrame) -> tuple[str, str, str]:
    found = attention["reason"].unique().to_list()
    named = [words for reason, words in REASONS.items() if reason in found]
    left, middle, right = st.columns(3)
    reasons = left.selectbox("Reason", [EVERY_REASON, *named], key="cohort_reason")
    known = attention["home"].unique().sort().to_list()
    homes = middle.selectbox("Home", [EVERY_HOME, *known], key="cohort_home")
    order = right.selectbox("Sorted by", list(SORTS), key="cohort_order")
    return str(reasons), str(homes), str(order)


def _out(members: pl.DataFrame) -> None:
    if members.is_empty():
        return
    st.html(cards.section("Not read", "These homes are not in the list above."))
    lines = [
        (row["home"], STATES[row["state"]], row["reason"] or "")
        for row in members.iter_rows(named=True)
    ]
    st.html(cards.plain_table(("Home", "State", "Why"), lines))
