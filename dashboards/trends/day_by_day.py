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
    is_amount,
    is_word,
)
from dashboards.shown.lanes import (
    DONE,
    MARKS_SCHEMA,
    NOTE,
    PATTERN,
    by_kind,
    lanes_chart,
    lanes_words,
)
from dashboards.shown.linked import show_linked
from tightlog.domain.diary import TightnessScore
from tightlog.language.catalogue import message, phrase, phrases
from tightlog.words.numbers import counted

FIRST_FEATURE = "run_distance_m"
BY_DAY = message(
    "Dots: the first score of a day, given before any run. Line: median of 7 days. Tap "
    "a dot, a bar or a mark to see its day."
)
BY_WEEK = message(
    "Dots and line: medians of a week, of each day's first score and of 7 days. Tap a "
    "dot or a bar to see its month, a mark to see its day."
)
BEGAN, DID, NOTED = message("Patterns"), message("Done"), message("Notes")
LANES = phrases({PATTERN: BEGAN, DONE: DID, NOTE: NOTED})


@dataclass(frozen=True)
class Part:
    """One chart of the stack and its words."""

    chart: alt.LayerChart
    in_words: str


def day_by_day(seen: View, days: pl.DataFrame, span: charts.Span, known: charts.Span) -> None:
    """Scores and their median, a feature of choice below them, and patterns, interventions
    and notes.
    """
    # The picture first, what can be changed about it below; the room it takes is kept free.
    is_scored = days["tightness_score"].null_count() < days.height
    figure = st.container(key="figure" if is_scored else "figure_of_notices")
    figure.html(
        cards.section(
            phrase("Tightness"),
            phrase(BY_WEEK) if data.is_by_week(*span) else phrase(BY_DAY),
        )
    )
    with st.container(key="figure_choice"):
        feature, wanted = chosen_feature(seen), chosen_marks()
    with figure:
        drawn(seen, days, span, known, feature, wanted)
    st.html(cards.quiet(f"{feature_words(feature)}: {definition_words(feature)}"))


def drawn(
    seen: View,
    days: pl.DataFrame,
    span: charts.Span,
    known: charts.Span,
    feature: Mapping[str, Any],
    wanted: Sequence[str],
) -> None:
    """The figure: scores, marks and the feature over one axis of days."""
    since = [
        score
        for score in data.journal_scores_since(seen)
        if span[0] <= score.day and (score.day <= span[1] or span[1] == known[1])
    ]
    wider = (span[0], max([span[1], *(score.day for score in since)]))
    daily = in_unit(calendar(rows(seen, "feature_days", *span, feature["feature"]), *span), feature)
    days = data.until_last_score(days).with_columns(daily["amount"], daily["said"])
    scores = data.drawn_weeks(seen, *span) if data.is_by_week(*span) else days
    parts = [tightness(scores, since, wider), marks(seen, wanted, span, wider)]
    # A sentence in place of the feature stands below the picture, where the feature would.
    picture = st.container()
    parts.append(below(seen, daily, feature, span, wider))
    shown = [part for part in parts if part is not None]
    tips = [
        charts.day_tip(),
        alt.Tooltip("tightness_score:Q", title=phrase("score")),
        alt.Tooltip("tightness_7d_median:Q", title=phrase("7-day median")),
        feature_tip(feature),
    ]
    with picture:
        show_linked([part.chart for part in shown], days, tips, [part.in_words for part in shown])
    if since:
        st.caption(
            phrase(
                "Rings: {score} given since the last refresh.", score=counted(len(since), "score")
            )
        )


def chosen_feature(seen: View) -> dict[str, Any]:
    """The feature of the catalogue picked to be drawn below."""
    known = {row["feature"]: row for row in rows(seen, "features_drawn").iter_rows(named=True)}
    names = list(known)
    first = names.index(FIRST_FEATURE) if FIRST_FEATURE in names else 0
    chosen = st.selectbox(
        phrase("Below the scores"),
        names,
        index=first,
        format_func=lambda name: feature_words(known[name]),
        key="feature",
        bind="query-params",
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
        st.html(
            cards.notice(phrase("There is no score in this range. Give one on the Today page."))
        )
        return None
    return Part(
        charts.tightness_chart(days, given, span),
        charts.series_words(days, "tightness_score", "points", phrase("Tightness scores")),
    )


def below(
    seen: View,
    daily: pl.DataFrame,
    feature: Mapping[str, Any],
    span: charts.Span,
    wider: charts.Span,
) -> Part | None:
    """The feature of the same days, of a long range of weeks or months; a sentence instead when
    none of them has it.
    """
    if daily["said" if is_word(feature) else "amount"].null_count() == daily.height:
        st.html(
            cards.notice(
                phrase(
                    "{feature_words} is not known on any day of this range.",
                    feature_words=feature_words(feature),
                )
            )
        )
        return None
    if not is_word(feature) and not (daily["amount"].drop_nulls() != 0).any():
        # A picture of nothing but zeros says no more.
        st.html(
            cards.notice(
                phrase(
                    "{feature_words} is 0 on every known day of this range.",
                    feature_words=feature_words(feature),
                )
            )
        )
        return None
    every = summed_over(feature, span)
    drawn = daily if not every else summed(seen, feature, span, every)
    return Part(feature_chart(drawn, feature, wider, every), feature_in_words(drawn, feature))


def summed_over(feature: Mapping[str, Any], span: charts.Span) -> str:
    """The period a feature is summed over in a range: '' for single days."""
    is_short = (span[1] - span[0]).days <= data.MOST_BARS_D
    return "" if is_short or not is_amount(feature) else data.period_of(*span)


def summed(seen: View, feature: Mapping[str, Any], span: charts.Span, every: str) -> pl.DataFrame:
    """A row per week or month on which the feature is known: its sum, as it is drawn."""
    sums = data.summed(seen, "feature_periods", *span, feature["feature"], every)
    whole = sums.with_columns(amount="total", word=pl.lit(None, pl.String))
    return in_unit(whole, feature)


def chosen_marks() -> list[str]:
    """Which kinds of marks are wanted."""
    return st.pills(
        phrase("Marks"),
        (BEGAN, DID, NOTED),
        selection_mode="multi",
        default=(BEGAN,),
        format_func=phrase,
        key="marks",
        bind="query-params",
    )


def marks(seen: View, wanted: Sequence[str], span: charts.Span, wider: charts.Span) -> Part | None:
    """Patterns, interventions and notes, a lane each, as far as they are chosen."""
    found = pl.concat(
        [pl.DataFrame(schema=MARKS_SCHEMA), *(marked(seen, kind, span) for kind in wanted)]
    )
    if wanted and found.is_empty():
        st.html(cards.notice(phrase("Nothing to mark in this range.")))
    return (
        None
        if found.is_empty()
        else Part(
            lanes_chart(by_kind(found, LANES), wider, has_days=False),
            lanes_words(found, phrase("Marks by day")),
        )
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
        known = pl.concat_str(pl.col("minutes").round(1), pl.lit(" min"))
        minutes = known.fill_null(phrase("done"))
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
