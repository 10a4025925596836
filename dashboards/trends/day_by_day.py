"""The days one below the other: tightness, a feature of choice, and marks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import polars as pl
import streamlit as st

from dashboards.shown import cards, charts, data
from dashboards.shown.data import View, calendar, rows
from dashboards.shown.feature_charts import (
    definition_words,
    feature_chart,
    feature_in_words,
    feature_tip,
    feature_words,
    in_unit,
    is_word,
)
from dashboards.shown.lanes import DONE, MARKS_SCHEMA, NOTE, PATTERN, lanes_chart, lanes_words
from dashboards.shown.linked import show_linked
from tightlog.domain.diary import TightnessScore
from tightlog.words.numbers import counted

FIRST_FEATURE = "run_distance_m"
BEGAN, DID, NOTED = "Patterns", "Done", "Notes"


@dataclass(frozen=True)
class Part:
    """One chart of the stack and its words."""

    chart: alt.LayerChart
    in_words: str


def day_by_day(seen: View, days: pl.DataFrame, span: charts.Span, known: charts.Span) -> None:
    """Scores and their median, a feature of choice below them, and patterns, interventions
    and notes.
    """
    st.html(
        cards.section(
            "Tightness",
            (
                "Dots: the first score of a day, given before any run. Line: median of 7 days. No "
                "dot: no score."
            ),
        )
    )
    since = [
        score
        for score in data.journal_scores_since(seen)
        if span[0] <= score.day and (score.day <= span[1] or span[1] == known[1])
    ]
    wider = (span[0], max([span[1], *(score.day for score in since)]))
    feature = chosen_feature(seen)
    drawn = in_unit(calendar(rows(seen, "feature_days", *span, feature["feature"]), *span), feature)
    days = data.until_last_score(days).with_columns(drawn["amount"], drawn["said"])
    parts = [tightness(days, since, wider), below(drawn, feature, wider), marks(seen, span, wider)]
    shown = [part for part in parts if part is not None]
    tips = [
        charts.day_tip(),
        alt.Tooltip("tightness_score:Q", title="score"),
        alt.Tooltip("tightness_7d_median:Q", title="7-day median"),
        feature_tip(feature),
    ]
    show_linked([part.chart for part in shown], days, tips, [part.in_words for part in shown])
    if since:
        st.caption(f"Rings: {counted(len(since), 'score')} given since the last refresh.")
    st.html(cards.quiet(f"{feature_words(feature)}: {definition_words(feature)}"))


def chosen_feature(seen: View) -> dict[str, Any]:
    """The feature of the catalogue picked to be drawn below."""
    known = {row["feature"]: row for row in rows(seen, "features_drawn").iter_rows(named=True)}
    names = list(known)
    first = names.index(FIRST_FEATURE) if FIRST_FEATURE in names else 0
    chosen = st.selectbox(
        "Second chart",
        names,
        index=first,
        format_func=lambda name: feature_words(known[name]),
        key="feature",
    )
    return known[chosen or names[first]]


def tightness(
    days: pl.DataFrame, since: Sequence[TightnessScore], span: charts.Span
) -> Part | None:
    """The scores; a sentence instead when the range has none."""
    given = pl.DataFrame(
        [(score.day, score.score) for score in since],
        schema={"day": pl.Date, "score": pl.Float64},
        orient="row",
    )
    if given.is_empty() and days["tightness_score"].null_count() == days.height:
        st.html(cards.notice("There is no score in this range. Give one on the Today page."))
        return None
    return Part(
        charts.tightness_chart(days, given, span),
        charts.series_words(days, "tightness_score", "points", "Tightness scores"),
    )


def below(drawn: pl.DataFrame, feature: Mapping[str, Any], span: charts.Span) -> Part | None:
    """The feature on the same days; a sentence instead when none of them has it."""
    if drawn["said" if is_word(feature) else "amount"].null_count() == drawn.height:
        st.html(cards.notice(f"{feature_words(feature)} is not known on any day of this range."))
        return None
    return Part(feature_chart(drawn, feature, span), feature_in_words(drawn, feature))


def marks(seen: View, span: charts.Span, wider: charts.Span) -> Part | None:
    """Patterns, interventions and notes, a lane each, as far as they are chosen."""
    wanted = st.pills(
        "Marks", (BEGAN, DID, NOTED), selection_mode="multi", default=(BEGAN,), key="marks"
    )
    found = pl.concat(
        [pl.DataFrame(schema=MARKS_SCHEMA), *(marked(seen, kind, span) for kind in wanted)]
    )
    if wanted and found.is_empty():
        st.html(cards.notice("Nothing to mark in this range."))
    return (
        None
        if found.is_empty()
        else Part(lanes_chart(found, wider), lanes_words(found, "Marks by day"))
    )


def marked(seen: View, kind: str, span: charts.Span) -> pl.DataFrame:
    """The marks of one kind in the range."""
    if kind == BEGAN:
        return (
            rows(seen, "starts", *span)
            .select("day", pl.lit(PATTERN).alias("kind"), lane="title", words="evidence")
            .select(list(MARKS_SCHEMA))
        )
    if kind == DID:
        minutes = pl.concat_str(pl.col("minutes").round(1), pl.lit(" min")).fill_null("done")
        return (
            rows(seen, "done_days", *span)
            .select("day", pl.lit(DONE).alias("kind"), lane="title", words=minutes)
            .select(list(MARKS_SCHEMA))
        )
    return (
        rows(seen, "notes", *span)
        .select("day", pl.lit(NOTE).alias("kind"), lane=pl.lit("Notes"), words="note")
        .select(list(MARKS_SCHEMA))
    )
