"""Every exposure compared with the scores: in one picture, by verdict, and what needs more data."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from dashboards.links.raw_days import raw_days
from dashboards.shown import cards
from dashboards.shown.data import View
from dashboards.shown.intervals import (
    intervals,
    intervals_chart,
    intervals_words,
    unseen_interval_words,
)
from dashboards.shown.progress import Diary, exposure_progress, show_progress
from tightlog.words.numbers import counted

MEANINGS: Mapping[str, str] = {
    "clear": "Beyond chance, a point or more, and confirmed by the checks.",
    "possible": "There is something, but it is small or one of the checks leaves a doubt.",
    "reacts": ("Your training seems to follow your back, so it is unclear which comes first."),
    "nothing_seen": (
        "This does not prove that there is none: each line, and the thin ticks in the "
        "picture, show how large a link would probably have been seen."
    ),
}


def picture(tested: Sequence[Mapping[str, Any]]) -> None:
    """All intervals in one picture."""
    st.html(
        cards.section(
            "At a glance",
            "Right of the line: more of it goes with more tightness; left: with less. Bar: "
            "95 % interval. Shaded: under a point, too small to matter on most days.",
        )
    )
    drawn = intervals(tested, lambda row: counted(row["n_days"], "score"))
    st.altair_chart(
        intervals_chart(drawn, "points more tightness after a lot of it than after little"),
        width="stretch",
        alt=intervals_words(drawn),
    )


def group(seen: View, findings: Sequence[Mapping[str, Any]], title: str, meaning: str) -> None:
    """The findings of one verdict, each with its raw days in a fold."""
    if not findings:
        return
    st.html(cards.section(title, meaning))
    for row in findings:
        with st.container(border=True):
            st.html(cards.finding_card(row["title"], row["statement"], _facts(row)))
            raw_days(seen, row)


def too_few(findings: Sequence[Mapping[str, Any]], record: Diary) -> None:
    """What cannot be compared yet, and how much is missing."""
    if not findings:
        return
    if not record.is_long_enough:
        st.html(
            cards.section(
                "Not enough data yet",
                "That is normal: the first comparisons start after about two months of scores.",
            )
        )
        for need in record.needs:
            if not need.is_enough:
                show_progress(need)
        st.html(cards.plain_list("What will be compared then", [row["title"] for row in findings]))
        return
    st.html(
        cards.section(
            "Not enough data yet",
            "That is normal: these need more days, or data that was never recorded.",
        )
    )
    for row in findings:
        with st.container(border=True):
            st.html(cards.finding_card(row["title"], row["statement"], []))
            if short := exposure_progress(row):
                show_progress(short)


def _facts(row: Mapping[str, Any]) -> list[str]:
    # The sentences of clear and possible findings hold the interval.
    facts = [unseen_interval_words(row)] if row["verdict"] in ("reacts", "nothing_seen") else []
    window = "" if row["is_window_in_title"] else f"Taken from: {row['lag_window']}"
    held = f"Held fixed: {row['held_fixed']} of the day before" if row["held_fixed"] else ""
    return [fact for fact in (*facts, window, held) if fact]
