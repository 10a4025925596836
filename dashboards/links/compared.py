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
from tightlog.words.dates import date_words
from tightlog.words.findings import DAILY_LIFE, held_fixed_words
from tightlog.words.numbers import counted, first_lower, typeset, upper_points

MEANINGS: Mapping[str, str] = {
    "clear": (
        "Beyond chance however often you look, a point or more, and confirmed by the checks."
    ),
    "possible": (
        "Beyond chance however often you look, but it is small or one of the checks leaves a doubt."
    ),
    "hint": (
        "Seen twice, a week apart. Who looks every morning sees such things now and then where "
        "there is nothing: it may fade."
    ),
    "reacts": ("Your training seems to follow your back, so it is unclear which comes first."),
    "nothing_seen": (
        "This does not prove that there is none: each line, and the thin ticks in the "
        "picture, show how large a link would probably have been seen."
    ),
}


GLANCE = (
    "Right of the line: more of it goes with more tightness; left: with less. Bar: "
    "95 % interval. Shaded: under a point, too small to matter on most days."
)
LIFE = "Nights and days"
LIFE_BENEATH = (
    "What your watch or diary says of the night before the score, or of the day before. A night is "
    "compared only with a score of that morning. They are judged among themselves: more things to "
    "look at make no link with your training more or less likely."
)
LIFE_REACTS = "These seem to follow your back, so it is unclear which comes first."


def verdict_heading(family: str, verdict: str) -> tuple[str, str]:
    """Heading of the findings of one verdict, and what it means."""
    title, meaning = cards.VERDICT_WORDS[verdict], MEANINGS[verdict]
    if family != DAILY_LIFE:
        return title, meaning
    if verdict == "reacts":
        return f"{LIFE}: they react", LIFE_REACTS
    return f"{LIFE}: {first_lower(title)}", meaning


def picture(
    tested: Sequence[Mapping[str, Any]], title: str = "At a glance", beneath: str = GLANCE
) -> None:
    """All intervals of a family in one picture."""
    st.html(cards.section(title, beneath))
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
            same = [other["title"] for other in findings if other["same_as"] == row["exposure"]]
            told = [f"The same thing by another measure: {', '.join(same)}"] if same else []
            if row["same_as"] is not None:
                told = ["One thing with another link here, by another measure"]
            st.html(cards.finding_card(row["title"], row["statement"], [*told, *_facts(row)]))
            raw_days(seen, row)


def too_few(
    findings: Sequence[Mapping[str, Any]], record: Diary, title: str = "Not enough data yet"
) -> None:
    """What cannot be compared yet, and how much is missing."""
    if not findings:
        return
    if not record.is_long_enough:
        st.html(
            cards.section(
                title,
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
            title,
            "That is normal: these need more days, or data that was never recorded.",
        )
    )
    for row in findings:
        with st.container(border=True):
            st.html(cards.finding_card(row["title"], row["statement"], []))
            if short := exposure_progress(row):
                show_progress(short)


def _measured(row: Mapping[str, Any]) -> list[str]:
    # What is behind the size shown: as measured, by day, and since when it is told.
    told, days = row["told_points"], [row[f"lag_{lag_d}_points"] for lag_d in (1, 2, 3)]
    facts = [] if told is None else [typeset(f"As measured, not shrunk: {told:+.1f} points")]
    if None not in days:
        by_day = " · ".join(f"{points:+.1f}" for points in days)
        facts.append(
            typeset(
                f"One, two and three days before, each with the others held fixed: {by_day}; "
                f"together {row['cumulative_points']:+.1f} ({row['cumulative_low']:+.1f} to "
                f"{row['cumulative_high']:+.1f}) points"
            )
        )
    if row["first_seen_on"] is not None:
        facts.append(f"First seen: {date_words(row['first_seen_on'])}")
    if row["smallest_real_change_points"] is not None:
        facts.append(
            "Between two of your scores, "
            f"{upper_points(row['smallest_real_change_points'])} points or less may be no change"
        )
    return facts


def _facts(row: Mapping[str, Any]) -> list[str]:
    # The sentences of clear and possible findings hold the interval.
    unseen = row["verdict"] in ("reacts", "nothing_seen")
    facts = [unseen_interval_words(row)] if unseen else _measured(row)
    window = "" if row["is_window_in_title"] else f"Taken from: {row['lag_window']}"
    held = f"Held fixed: {held_fixed_words(row['held_fixed'])}" if row["held_fixed"] else ""
    return [fact for fact in (*facts, window, held) if fact]
