"""Who needs a look today: a list by urgency that can be narrowed, each home with its own page."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

import polars as pl
import streamlit as st

from dashboards.shown import cards
from tightlog.cohort.attention import by_home
from tightlog.cohort.cohort_words import REASONS, STATES, reason_words
from tightlog.words.dates import date_words
from tightlog.words.numbers import counted, first_upper

EVERY_REASON, EVERY_HOME = "All reasons", "All homes"
URGENCY, BY_HOME, NEWEST = "Urgency", "Home", "Newest first"
HEADS = ("Home", "Why", "Since")
OUT = ("failed", "gone", "not_shared")


def looks(attention: pl.DataFrame, members: pl.DataFrame) -> None:
    """The filters, the list, the homes that could not be read, and the way to every home."""
    reasons, homes, order = _narrowing(attention)
    shown = attention
    if reasons != EVERY_REASON:
        shown = shown.filter(pl.col("reason").replace(REASONS) == reasons)
    if homes != EVERY_HOME:
        shown = shown.filter(pl.col("home") == homes)
    if shown.is_empty():
        st.html(cards.notice("Nobody needs a look for this."))
    else:
        st.html(cards.linked_table(HEADS, lines(shown, order)))
    _out(members.filter(pl.col("state").is_in(OUT)))
    _every_home(members)


def lines(rows: pl.DataFrame, order: str) -> list[tuple[str, Sequence[str]]]:
    """The reasons as lines of the table; a home that has several is named in its first."""
    if order == NEWEST:
        found = rows.sort("since", descending=True, nulls_last=True, maintain_order=True)
    else:
        found = by_home(rows) if order == URGENCY else rows.sort("home", "place")
    told: list[tuple[str, Sequence[str]]] = []
    last = ""
    for row in found.iter_rows(named=True):
        since = "" if row["since"] is None else date_words(row["since"])
        is_first = row["home"] != last
        place, name = (address(row["home"]), row["home"]) if is_first else ("", "")
        told.append((place, (name, reason_words(row), since)))
        last = row["home"]
    return told


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
    order = right.selectbox("Sorted by", [URGENCY, BY_HOME, NEWEST], key="cohort_order")
    return str(reasons), str(homes), str(order)


def _out(members: pl.DataFrame) -> None:
    if members.is_empty():
        return
    st.html(cards.section("Not read", "These homes are not in the list above."))
    told = [
        (row["home"], STATES[row["state"]], row["reason"] or "")
        for row in members.iter_rows(named=True)
    ]
    st.html(cards.plain_table(("Home", "State", "Why"), told))


def _every_home(members: pl.DataFrame) -> None:
    """Each home with what it shares, also one that needs no look."""
    told = [
        (address(row["home"]), (row["home"], ", ".join(row["shared"]) or "nothing", _newest(row)))
        for row in members.iter_rows(named=True)
    ]
    with st.expander(first_upper(counted(members.height, "home"))):
        st.html(cards.linked_table(("Home", "Shares", "Newest score"), told))


def _newest(row: dict[str, Any]) -> str:
    return "" if row["last_score_on"] is None else date_words(row["last_score_on"])
