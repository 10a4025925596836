"""Who needs a look today: a list by urgency that can be narrowed, each home with its own page."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

import polars as pl
import streamlit as st

from dashboards.shown import cards
from tightlog.cohort.attention import by_home
from tightlog.cohort.cohort_words import REASONS, STATES, parts_words, reason_words
from tightlog.language.catalogue import message, phrase
from tightlog.words.dates import date_words
from tightlog.words.numbers import counted, first_upper

EVERY = ""
URGENCY, BY_HOME, NEWEST = message("Urgency"), message("Home"), message("Newest first")
OUT = ("failed", "gone", "not_shared")


def looks(attention: pl.DataFrame, members: pl.DataFrame) -> None:
    """The filters, the list, the homes that could not be read, and the way to every home."""
    reason, home, order = _narrowing(attention)
    shown = attention
    if reason != EVERY:
        shown = shown.filter(pl.col("reason") == reason)
    if home != EVERY:
        shown = shown.filter(pl.col("home") == home)
    if shown.is_empty():
        is_none = attention.is_empty()
        words = (
            phrase("Nobody needs a look.") if is_none else phrase("Nothing matches this choice.")
        )
        st.html(cards.notice(words))
    else:
        heads = (phrase("Home"), phrase("Why"), phrase("Since"))
        st.html(cards.linked_table(heads, lines(shown, order)))
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
    left, middle, right = st.columns(3)
    reason = left.selectbox(
        phrase("Reason"),
        [EVERY, *(one for one in REASONS if one in found)],
        format_func=lambda one: REASONS[one] if one else phrase("All reasons"),
        key="cohort_reason",
    )
    home = middle.selectbox(
        phrase("Home"),
        [EVERY, *attention["home"].unique().sort()],
        format_func=lambda one: one or phrase("All homes"),
        key="cohort_home",
    )
    order = right.selectbox(
        phrase("Sorted by"), [URGENCY, BY_HOME, NEWEST], format_func=phrase, key="cohort_order"
    )
    return str(reason), str(home), str(order)


def _out(members: pl.DataFrame) -> None:
    if members.is_empty():
        return
    st.html(
        cards.section(
            phrase("Not read"), phrase("These homes could not be read, or share nothing.")
        )
    )
    told = [
        (row["home"], STATES[row["state"]], row["reason"] or "")
        for row in members.iter_rows(named=True)
    ]
    st.html(cards.plain_table((phrase("Home"), phrase("State"), phrase("Why")), told))


def _every_home(members: pl.DataFrame) -> None:
    """Each home with what it shares, also one that needs no look."""
    told = [
        (address(row["home"]), (row["home"], parts_words(row["shared"]), _newest(row)))
        for row in members.iter_rows(named=True)
    ]
    with st.expander(first_upper(counted(members.height, "home"))):
        heads = (phrase("Home"), phrase("Shares"), phrase("Newest score"))
        st.html(cards.linked_table(heads, told))


def _newest(row: dict[str, Any]) -> str:
    return "" if row["last_score_on"] is None else date_words(row["last_score_on"])
