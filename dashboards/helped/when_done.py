"""When something was done: a strip per intervention below the scores of the same days."""

import altair as alt
import polars as pl
import streamlit as st

from dashboards.shown import cards, charts, data
from dashboards.shown.data import View, calendar, rows
from dashboards.shown.lanes import DONE, lanes_chart, lanes_words
from dashboards.shown.linked import show_linked
from dashboards.shown.periods import period
from tightlog.language.catalogue import phrase


def when_done(seen: View) -> None:
    """A strip per intervention below the scores of the same days."""
    st.html(
        cards.section(
            phrase("When you did it"),
            phrase("Dots: your score. Strips: the days on which it was done."),
        )
    )
    known = data.span(seen)
    if known is None:
        return
    span = period(known, "done")
    days, done = calendar(rows(seen, "days", *span), *span), rows(seen, "done_days", *span)
    if done.is_empty():
        st.html(cards.notice(phrase("Nothing was logged as done in this range.")))
        return
    minutes = pl.concat_str(pl.col("minutes").round(1), pl.lit(" min")).fill_null(phrase("done"))
    marks = done.select("day", lane="title", kind=pl.lit(DONE), words=minutes)
    drawn, in_words = (
        [lanes_chart(marks, span)],
        [lanes_words(marks, phrase("Days on which it was done"))],
    )
    if days["tightness_score"].null_count() < days.height:
        none_since = pl.DataFrame(schema={"day": pl.Date, "score": pl.Float64})
        drawn.insert(0, charts.tightness_chart(data.until_last_score(days), none_since, span))
        in_words.append(
            charts.series_words(days, "tightness_score", "points", phrase("Tightness scores"))
        )
    tips = [
        charts.day_tip(),
        alt.Tooltip("tightness_score:Q", title=phrase("score")),
        alt.Tooltip("tightness_7d_median:Q", title=phrase("7-day median")),
    ]
    show_linked(drawn, days, tips, in_words)
