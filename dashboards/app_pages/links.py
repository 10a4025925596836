"""What goes with it: every exposure that was compared with the scores, as an interval, a
sentence and the raw days behind it.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from dashboards.shell.frame import first_steps, heading, sample_banner
from dashboards.shown import cards
from dashboards.shown.data import View, rows, view
from dashboards.shown.diary_progress import Diary, diary, exposure_gate, show_gate
from dashboards.shown.intervals import Interval, interval_words, intervals_chart, intervals_words
from dashboards.shown.raw_days import Amount, bins_chart, bins_words, scatter_chart
from tightlog.words.numbers import counted

MEANINGS: Mapping[str, str] = {
    "clear": "Beyond chance, a point or more, and it held when checked.",
    "possible": "Something showed, but it is small, or one of the checks leaves a doubt.",
    "reacts": "Your training seems to follow your back, so what comes first cannot be told.",
    "nothing_seen": (
        "Not the same as none: each line, and the thin ticks in the picture, say how large a link "
        "would have had to be to show."
    ),
}
METHOD = (
    "How it is tested, how often it errs on runners without any link, and where it ends: "
    "docs/method.md, beside the program. "
    "The things compared were chosen before your data were seen; nothing is tried until "
    "something fits."
)
DIRECTION = (
    "Each is taken from the days before the score. Still, what goes with your tightness need "
    "not be its cause: "
    "a busy week can bring long runs and long drives."
)
EVENING = (
    "You mostly score after the day's training. So whether your training follows your back or "
    "your back your training "
    "cannot be tested; read all of this with that in mind."
)
RAW = (
    "The raw days: the interval above also allows for season, weekday and the scores before, "
    "these dots do not."
)


def page(seen: View) -> None:
    """The whole page, from one view."""
    heading("What goes with it", "How your training of the days before goes with the next score")
    sample_banner(seen)
    found = None if seen.version is None else rows(seen, "findings")
    if found is None or found.is_empty():
        first_steps(seen)
        return
    findings = found.to_dicts()
    record = diary(seen)
    tested = [row for row in findings if row["verdict"] in MEANINGS]
    if tested:
        picture(tested)
        st.html(cards.quiet(EVENING if record.is_rated_in_evening else DIRECTION))
    for verdict, meaning in MEANINGS.items():
        group(
            seen,
            [row for row in tested if row["verdict"] == verdict],
            cards.VERDICT_WORDS[verdict],
            meaning,
        )
    too_few([row for row in findings if row["verdict"] not in MEANINGS], record)
    st.html(cards.quiet(METHOD))


def picture(tested: Sequence[Mapping[str, Any]]) -> None:
    """All intervals in one picture."""
    st.html(
        cards.section(
            "At a glance",
            "Right of the line: goes with more tightness after much of it; left: with less. "
            "Bar: 95 % interval. Shaded: under a point, too small to matter on most days.",
        )
    )
    drawn = [
        Interval(
            row["title"],
            row["verdict"],
            counted(row["n_days"], "score"),
            row["effect_points"],
            row["effect_low"],
            row["effect_high"],
            row["smallest_detectable_points"],
        )
        for row in tested
        if row["effect_points"] is not None
    ]
    st.altair_chart(
        intervals_chart(drawn, "points more tightness, after much against little of it"),
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


def raw_days(seen: View, finding: Mapping[str, Any]) -> None:
    """The fold with the days behind a finding; asked for and drawn only once it is opened."""
    fold = st.expander(
        "The raw days behind it", key=f"raw_{finding['exposure']}", on_change="rerun"
    )
    if not fold.open:
        return
    item = Amount(finding["title"], finding["unit"])
    days = rows(
        seen, "exposure_days", finding["unit_size"], finding["exposure"], finding["look_back_d"]
    )
    with fold:
        if days.is_empty():
            st.html(cards.notice("No scored day has it."))
            return
        st.caption(RAW)
        left, right = st.columns(2, gap="medium")
        left.altair_chart(bins_chart(days, item), width="stretch", alt=bins_words(days, item))
        left.caption(
            "The next score, by how much of it there was. Bar: the middle half of the scores. "
            "Line in it: the median."
        )
        right.altair_chart(
            scatter_chart(days, item),
            width="stretch",
            alt=f"{counted(days.height, 'scored day')}, one dot each.",
        )
        right.caption("One dot a day, moved a little where several lie on each other.")


def too_few(findings: Sequence[Mapping[str, Any]], record: Diary) -> None:
    """What cannot be compared yet, and how far it is."""
    if not findings:
        return
    if not record.is_long_enough:
        st.html(
            cards.section(
                "Not enough data yet",
                "That is normal: after about two months of scores the first comparisons begin.",
            )
        )
        for gate in record.gates:
            if not gate.is_open:
                show_gate(gate)
        st.html(cards.plain_list("What will be compared then", [row["title"] for row in findings]))
        return
    st.html(
        cards.section(
            "Not enough data yet",
            "That is normal: these need more days, or something that was never recorded.",
        )
    )
    for row in findings:
        with st.container(border=True):
            st.html(cards.finding_card(row["title"], row["statement"], []))
            if short := exposure_gate(row):
                show_gate(short)


def _facts(row: Mapping[str, Any]) -> list[str]:
    # The sentences of clear and possible findings hold the interval.
    facts = (
        [interval_words(row["effect_points"], row["effect_low"], row["effect_high"])]
        if row["verdict"] in ("reacts", "nothing_seen")
        else []
    )
    window = "" if row["is_window_in_title"] else f"Taken from: {row['lag_window']}"
    held = f"Held fixed: {row['held_fixed']} of the day before" if row["held_fixed"] else ""
    return [fact for fact in (*facts, window, held) if fact]


page(view())
