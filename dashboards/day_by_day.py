"""The days one below the other: tightness, a feature of one's choice, and what began, was done or noted."""

import altair as alt
import polars as pl
import streamlit as st

from dashboards import cards, charts, data
from dashboards.data import View, calendar, rows
from dashboards.feature_charts import definition_words, feature_chart, feature_in_words, feature_words, in_unit, is_word
from dashboards.lanes import DONE, MARKS_SCHEMA, NOTE, PATTERN, lanes_chart, lanes_words
from tightlog.patterns.wording import counted

FIRST_FEATURE = "run_distance_m"
BEGAN, DID, NOTED = "What began", "What was done", "Notes"


def day_by_day(seen: View, days: pl.DataFrame, span: charts.Span, known: charts.Span) -> None:
    """Scores and their median, a feature of one's choice below them, and what began, was done or noted on the same days."""
    st.html(cards.section("Tightness", "Dots: the first score of a day, given before any run. Line: median of 7 days. No dot: no score."))
    since = [score for score in data.journal_scores_since(seen) if span[0] <= score.day and (score.day <= span[1] or span[1] == known[1])]
    last_day = max([span[1], *(score.day for score in since)])
    wider = (span[0], last_day)
    given = pl.DataFrame([(score.day, score.score) for score in since], schema={"day": pl.Date, "score": pl.Float64}, orient="row")
    if given.is_empty() and days["tightness_score"].null_count() == days.height:
        st.html(cards.notice("No score in this range. Today's page takes one in two taps."))
    else:
        drawn = charts.tightness_chart(data.until_last_score(days), given, wider)
        show(drawn, charts.series_words(days, "tightness_score", "points", "Tightness scores"))
    if since:
        st.caption(f"Rings: {counted(len(since), 'score')} given since the last refresh.")
    feature(seen, days, span, wider)
    marks(seen, span, wider)


def feature(seen: View, days: pl.DataFrame, span: charts.Span, wider: charts.Span) -> None:
    """One feature of the catalogue on the same days."""
    known = {row["feature"]: row for row in rows(seen, "features_drawn").iter_rows(named=True)}
    names = list(known)
    first = names.index(FIRST_FEATURE) if FIRST_FEATURE in names else 0
    chosen = st.selectbox("On the same days", names, index=first, format_func=lambda name: feature_words(known[name]), key="feature")
    if chosen is None:
        return
    stored = calendar(rows(seen, "feature_days", *span, chosen), *span).with_columns(days["tightness_score"])
    drawn = in_unit(stored, known[chosen])
    if drawn["word" if is_word(known[chosen]) else "amount"].null_count() == drawn.height:
        st.html(cards.notice("It is not known on any day of this range."))
    else:
        show(feature_chart(drawn, known[chosen], wider), feature_in_words(drawn, known[chosen]))
    st.html(cards.quiet(definition_words(known[chosen])))


def marks(seen: View, span: charts.Span, wider: charts.Span) -> None:
    """What began, what was done and what was noted, a lane each, as far as it is wanted."""
    wanted = st.pills("Marks below", (BEGAN, DID, NOTED), selection_mode="multi", default=(BEGAN,), key="marks")
    found = pl.concat([pl.DataFrame(schema=MARKS_SCHEMA), *(marked(seen, kind, span) for kind in wanted)])
    if not wanted:
        return
    if found.is_empty():
        st.html(cards.notice("Nothing of that in this range."))
        return
    show(lanes_chart(found, wider), lanes_words(found, "Marks by day"))


def marked(seen: View, kind: str, span: charts.Span) -> pl.DataFrame:
    """The marks of one kind in the range."""
    if kind == BEGAN:
        return rows(seen, "starts", *span).select("day", pl.lit(PATTERN).alias("kind"), lane="title", words="evidence").select(list(MARKS_SCHEMA))
    if kind == DID:
        minutes = pl.concat_str(pl.col("minutes").round(1), pl.lit(" min")).fill_null("done")
        return rows(seen, "done_days", *span).select("day", pl.lit(DONE).alias("kind"), lane="title", words=minutes).select(list(MARKS_SCHEMA))
    return rows(seen, "notes", *span).select("day", pl.lit(NOTE).alias("kind"), lane=pl.lit("Notes"), words="note").select(list(MARKS_SCHEMA))


def show(chart: alt.Chart | alt.LayerChart, in_words: str) -> None:
    """A chart as wide as its column, with its words for those who do not see it."""
    st.altair_chart(chart, width="stretch", alt=in_words)
