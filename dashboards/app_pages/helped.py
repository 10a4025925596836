"""What helped: each intervention against like days without it, by the next day's score, and when
it was done.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import polars as pl
import streamlit as st

from dashboards.shell.frame import heading, sample_banner
from dashboards.shown import cards, charts, data
from dashboards.shown.data import View, calendar, rows, view
from dashboards.shown.diary_progress import intervention_gate, show_gate
from dashboards.shown.intervals import Interval, interval_words, intervals_chart, intervals_words
from dashboards.shown.lanes import DONE, lanes_chart, lanes_words
from dashboards.shown.linked import show_linked
from dashboards.shown.periods import period
from tightlog.domain.thresholds import FEWEST_DONE, FEWEST_NOT_DONE

MEANINGS: Mapping[str, str] = {
    "helps": "After it the next day's score was lower than after like days without it, beyond chance.",
    "hurts": "After it the next day's score was higher than after like days without it, beyond chance.",
    "nothing_seen": (
        "Not the same as no help. Each line says how large a difference would have had to be to "
        "show."
    ),
}
FAIR = (
    "Things are done on bad days, and bad days are followed by better ones whatever one does. "
    "So a day with it is compared only with "
    "days without it that began at the same score, like season and recent scores."
)
HOW_TO_LOG = (
    (
        "Press “Did it” under a piece of advice on Today, after a session or a minute of it; one "
        "tap is enough."
    ),
    (
        "In a terminal “tightlog did cat-cow --minutes 5” does the same. Yoga, strength, swims "
        "and rides of a watch count by themselves."
    ),
    (
        f"From {FEWEST_DONE} days with it on, and {FEWEST_NOT_DONE} without it at the same "
        "scores, it is compared here."
    ),
)
METHOD = (
    "How it is compared, and how often it errs when nothing helps: docs/method.md, beside the "
    "program."
)


def page(seen: View) -> None:
    """The whole page, from one view."""
    heading("What helped", "What you did, and the next day's score")
    sample_banner(seen)
    compared = [] if seen.version is None else rows(seen, "effects").to_dicts()
    if not compared:
        st.html(cards.notice("Nothing was logged as done yet."))
        st.html(cards.steps("How to log it", HOW_TO_LOG))
        return
    tested = [row for row in compared if row["verdict"] in MEANINGS]
    if tested:
        picture(tested)
    st.html(cards.quiet(FAIR))
    when_done(seen)
    for verdict, meaning in MEANINGS.items():
        group(
            [row for row in tested if row["verdict"] == verdict],
            cards.VERDICT_WORDS[verdict],
            meaning,
        )
    too_few([row for row in compared if row["verdict"] not in MEANINGS])
    st.html(cards.quiet(METHOD))


def picture(tested: Sequence[Mapping[str, Any]]) -> None:
    """All intervals in one picture."""
    st.html(
        cards.section(
            "At a glance",
            "Left of the line: goes with less tightness the next day; right: with more. "
            "Bar: 95 % interval. Shaded: under a point, too small to feel on most days.",
        )
    )
    drawn = [
        Interval(
            row["title"],
            row["verdict"],
            _counts(row),
            row["effect_points"],
            row["effect_low"],
            row["effect_high"],
            row["smallest_detectable_points"],
        )
        for row in tested
        if row["effect_points"] is not None
    ]
    st.altair_chart(
        intervals_chart(drawn, "points more tightness the next day"),
        width="stretch",
        alt=intervals_words(drawn),
    )


def when_done(seen: View) -> None:
    """A strip per intervention below the scores of the same days."""
    st.html(
        cards.section("When you did it", "Dots: your score. Strips: the days on which it was done.")
    )
    known = data.span(seen)
    if known is None:
        return
    span = period(known, "done")
    days, done = calendar(rows(seen, "days", *span), *span), rows(seen, "done_days", *span)
    if done.is_empty():
        st.html(cards.notice("Nothing was logged as done in this range."))
        return
    minutes = pl.concat_str(pl.col("minutes").round(1), pl.lit(" min")).fill_null("done")
    marks = done.select("day", lane="title", kind=pl.lit(DONE), words=minutes)
    drawn, in_words = [lanes_chart(marks, span)], [lanes_words(marks, "Days on which it was done")]
    if days["tightness_score"].null_count() < days.height:
        none_since = pl.DataFrame(schema={"day": pl.Date, "score": pl.Float64})
        drawn.insert(0, charts.tightness_chart(data.until_last_score(days), none_since, span))
        in_words.append(charts.series_words(days, "tightness_score", "points", "Tightness scores"))
    tips = [
        charts.day_tip(),
        alt.Tooltip("tightness_score:Q", title="score"),
        alt.Tooltip("tightness_7d_median:Q", title="7-day median"),
    ]
    show_linked(drawn, days, tips, in_words)


def group(effects: Sequence[Mapping[str, Any]], title: str, meaning: str) -> None:
    """The effects of one verdict, in one card."""
    if effects:
        st.html(cards.section(title, meaning))
        st.html(
            cards.card_list(
                [cards.finding_card(row["title"], row["statement"], _facts(row)) for row in effects]
            )
        )


def too_few(effects: Sequence[Mapping[str, Any]]) -> None:
    """What cannot be compared yet, and how far it is."""
    if not effects:
        return
    st.html(
        cards.section(
            "Not enough data yet", "That is normal: a day counts when it and the next were scored."
        )
    )
    for row in effects:
        with st.container(border=True):
            st.html(cards.finding_card(row["title"], row["statement"], []))
            if gate := intervention_gate(row):
                show_gate(gate)


def _counts(row: Mapping[str, Any]) -> str:
    return f"{row['n_done']} days with, {row['n_not_done']} without"


def _facts(row: Mapping[str, Any]) -> list[str]:
    # The sentences of the other verdicts hold the interval.
    facts = (
        [interval_words(row["effect_points"], row["effect_low"], row["effect_high"])]
        if row["verdict"] == "nothing_seen"
        else []
    )
    return [fact for fact in facts if fact]


page(view())
