"""Every intervention compared: in one picture, by verdict, and what needs more data."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from dashboards.experiment.planning import INTERVENTION_ASKED
from dashboards.shown import cards
from dashboards.shown.intervals import (
    intervals,
    intervals_chart,
    intervals_words,
    unseen_interval_words,
)
from dashboards.shown.progress import intervention_progress, show_progress
from tightlog.answers.actions import trials
from tightlog.words.dates import date_words
from tightlog.words.numbers import typeset

MEANINGS: Mapping[str, str] = {
    "helps": ("The next day's score was lower than after similar days without it, beyond chance."),
    "hurts": ("The next day's score was higher than after similar days without it, beyond chance."),
    "hint": (
        "Seen twice, a week apart. Who looks every morning sees such things now and then where "
        "there is nothing: it may fade. A coin-flip trial would tell."
    ),
    "nothing_seen": (
        "This does not prove that it does not help. Each line says how large a "
        "difference would probably have been seen."
    ),
}


def picture(tested: Sequence[Mapping[str, Any]]) -> None:
    """All intervals in one picture."""
    st.html(
        cards.section(
            "At a glance",
            "Left of the line: goes with less tightness the next day; right: with more. "
            "Bar: 95 % interval. Shaded: under a point, too small to feel on most days.",
        )
    )
    drawn = intervals(tested, _counts)
    st.altair_chart(
        intervals_chart(drawn, "points more tightness the next day"),
        width="stretch",
        alt=intervals_words(drawn),
    )


def group(effects: Sequence[Mapping[str, Any]], title: str, meaning: str) -> None:
    """The effects of one verdict, in one card."""
    if effects:
        st.html(cards.section(title, meaning))
        st.html(
            cards.card_list(
                [cards.finding_card(row["title"], row["statement"], _facts(row)) for row in effects]
            )
        )
        _trials_of(effects)


def _trials_of(effects: Sequence[Mapping[str, Any]]) -> None:
    """A link to a planned trial for each that a coin may decide and that does not hurt."""
    tossable = {item.intervention: item.title for item in trials.choices()}
    asked = [row["intervention"] for row in effects if row["verdict"] != "hurts"]
    links = [name for name in asked if name in tossable]
    if not links:
        return
    st.html(cards.quiet("Looking back cannot prove it. A coin-flip trial can, one at a time:"))
    with st.container(horizontal=True, gap="small"):
        for name in links:
            st.page_link(
                "app_pages/experiment.py",
                label=f"Try it with {tossable[name]}",
                query_params={INTERVENTION_ASKED: name},
            )


def too_few(effects: Sequence[Mapping[str, Any]]) -> None:
    """What cannot be compared yet, and how much is missing."""
    if not effects:
        return
    st.html(
        cards.section(
            "Not enough data yet",
            "That is normal: a day counts once it and the next day have a score.",
        )
    )
    for row in effects:
        with st.container(border=True):
            st.html(cards.finding_card(row["title"], row["statement"], []))
            if need := intervention_progress(row):
                show_progress(need)


def _counts(row: Mapping[str, Any]) -> str:
    return f"{row['n_done']} days with, {row['n_not_done']} without"


def _facts(row: Mapping[str, Any]) -> list[str]:
    # The sentences of the other verdicts hold the interval.
    facts = [unseen_interval_words(row)] if row["verdict"] == "nothing_seen" else []
    if row["verdict"] in ("helps", "hurts", "hint") and row["effect_points"] is not None:
        facts = [typeset(f"As measured, not shrunk: {row['effect_points']:+.1f} points")]
        if row["robustness_pct"] is not None:
            facts.append(
                f"Something you do not log would have to explain {row['robustness_pct']:.0f} % of "
                "both to be all of it"
            )
        if row["first_seen_on"] is not None:
            facts.append(f"First seen: {date_words(row['first_seen_on'])}")
    return [fact for fact in facts if fact]
