"""Trials that are over, each with its answer and how it can be checked."""

from collections.abc import Iterator, Mapping
from typing import Any

import streamlit as st

from dashboards.shown import cards
from dashboards.shown.data import View, rows
from dashboards.shown.refreshing import ABOVE, refresh_button
from tightlog.answers.trial import over_ids
from tightlog.language.catalogue import phrase
from tightlog.words.dates import date_words
from tightlog.words.numbers import counted, first_upper, percent
from tightlog.words.tried import trials as words

OVER = ("ended", "stopped")


def answered(seen: View) -> None:
    """The answers of the last refresh, newest first; a button where one is not worked out yet."""
    stored = [] if seen.version is None else rows(seen, "trials").to_dicts()
    over = [row for row in stored if row["state"] in OVER]
    known = {row["trial_id"] for row in over}
    waiting = [one for one in over_ids(seen.home) if one not in known]
    if not over and not waiting:
        return
    st.html(cards.section(phrase("Answers")))
    if waiting:
        with st.container(key="pending"):
            st.html(cards.notice(phrase("A trial is over. Refresh to see its answer.")))
            refresh_button(seen, ABOVE)
    if over:
        found = [] if seen.version is None else rows(seen, "trial_series").to_dicts()
        together = [cards.finding_card(_together(row), row["sentence"], []) for row in found]
        each = [cards.finding_card(_name(row), row["sentence"], list(_facts(row))) for row in over]
        st.html(cards.card_list([*together, *each]))


def _together(row: Mapping[str, Any]) -> str:
    return phrase(
        "{title}, {trial} together", title=row["title"], trial=counted(row["trials"], "trial")
    )


def _name(row: Mapping[str, Any]) -> str:
    first, last = row["started_on"], row["ended_on"]
    span = (
        phrase(", {first} to {last}", first=date_words(first), last=date_words(last))
        if first and last
        else ""
    )
    return f"{row['title']}{span}"


def _facts(row: Mapping[str, Any]) -> Iterator[str]:
    yield first_upper(words.ending_words(row))
    if row["power_at_1_point"] is not None:
        yield phrase(
            "chance to find 1 point, as planned: {power_at_1_point}",
            power_at_1_point=percent(row["power_at_1_point"]),
        )
    if row["as_told_points"] is not None and row["verdict"] != "stopped":
        yield words.as_told_words(row)
    if row["is_seed_right"] is not None:
        yield words.seed_words(is_right=row["is_seed_right"])
