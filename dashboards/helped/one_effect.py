"""One intervention opened: what it says, the next day's scores with and without it, the three days
after, and how sure it is.
"""

from collections.abc import Mapping
from typing import Any

import altair as alt
import polars as pl
import streamlit as st

from dashboards.shown import cards
from dashboards.shown.charts import HEIGHT, show_chart
from dashboards.shown.colours import GREEN, GREY
from dashboards.shown.data import View, rows
from dashboards.shown.intervals import unseen_interval_words
from tightlog.language.catalogue import message, phrase, phrases
from tightlog.words.dates import date_words
from tightlog.words.numbers import short_number, typeset

MEANINGS: Mapping[str, str] = phrases(
    {
        "helps": "The next day's score was lower than after similar days without it, beyond "
        "chance.",
        "hurts": "The next day's score was higher than after similar days without it, beyond "
        "chance.",
        "hint": (
            "A hint: seen twice, a week apart. Who looks every morning sees such things now and "
            "then where there is nothing."
        ),
        "nothing_seen": "Nothing seen: that does not prove that it does not help.",
    }
)
RAW = message(
    "These are the raw days, compared only at the same score of the day itself. The "
    "interval also allows for season and earlier scores; these means do not."
)
WITH, WITHOUT = message("with it"), message("without")


def one_effect(seen: View, row: Mapping[str, Any]) -> None:
    """Everything behind one effect, beneath its row."""
    st.markdown(row["statement"])
    scores = rows(seen, "next_scores", row["intervention"])
    later = rows(seen, "days_after", row["intervention"])
    if scores.is_empty():
        st.html(
            cards.notice(
                phrase("No two days to compare: with it and without it at the same score.")
            )
        )
    else:
        left, right = st.columns(2, gap="medium")
        show_chart(next_chart(scores), next_words(scores), left, key="chart_next_day")
        left.caption(phrase("Mean of the next day's score, by the score of the day itself."))
        show_chart(after_chart(later), after_words(later), right, key="chart_days_after")
        right.caption(
            phrase("The three days after: change against the day itself, at the same scores.")
        )
        st.caption(phrase(RAW))
    st.html(cards.plain_list(phrase("How sure it is"), sure_words(row)))


def _sides() -> alt.Color:
    return alt.Color(
        "side:N",
        title=None,
        scale=alt.Scale(domain=[phrase(WITH), phrase(WITHOUT)], range=[GREEN, GREY]),
        legend=alt.Legend(orient="top"),
    )


def next_chart(scores: pl.DataFrame) -> alt.LayerChart:
    """The mean next score with and without, at each score both have."""
    long = pl.concat(
        [
            scores.select("score", side=pl.lit(side), next=pl.col(f"next_score_{name}"),
                          days=pl.col(f"{name}_count"))
            for side, name in ((phrase(WITH), "with"), (phrase(WITHOUT), "without"))
        ]
    )  # fmt: skip
    tips = [
        alt.Tooltip("score:Q", title=phrase("score of the day")),
        alt.Tooltip("side:N", title=phrase("done")),
        alt.Tooltip("next:Q", title=phrase("next day, mean"), format=".1f"),
        alt.Tooltip("days:Q", title=phrase("days")),
    ]
    x = alt.X("score:O", title=phrase("score of the day"), axis=alt.Axis(labelAngle=0))
    rule = (
        alt.Chart(scores)
        .mark_rule(color=GREY, strokeWidth=2, opacity=0.5)
        .encode(
            x,
            alt.Y("next_score_with:Q", title=phrase("next day")),
            alt.Y2("next_score_without:Q"),
            tooltip=alt.value(None),
        )
    )
    dots = (
        alt.Chart(long)
        .mark_circle(size=110, opacity=1)
        .encode(x, alt.Y("next:Q", scale=alt.Scale(zero=False)), color=_sides(), tooltip=tips)
    )
    return alt.LayerChart(layer=[rule, dots], height=HEIGHT)


def next_words(scores: pl.DataFrame) -> str:
    """The chart in words, for screen readers."""
    said = (
        phrase(
            "after a {score:g}: {next_score_with} with it, {next_score_without} without",
            score=row["score"],
            next_score_with=short_number(row["next_score_with"]),
            next_score_without=short_number(row["next_score_without"]),
        )
        for row in scores.iter_rows(named=True)
    )
    return phrase("Next day's score; {said}.", said="; ".join(said))


def after_chart(later: pl.DataFrame) -> alt.LayerChart:
    """The change of the score one, two and three days after, with it and without."""
    long = pl.concat(
        [
            later.select("after_d", side=pl.lit(side), change=pl.col(f"change_{name}"))
            for side, name in ((phrase(WITH), "with"), (phrase(WITHOUT), "without"))
        ]
    )
    tips = [
        alt.Tooltip("after_d:O", title=phrase("days after")),
        alt.Tooltip("side:N", title=phrase("done")),
        alt.Tooltip("change:Q", title=phrase("points against the day"), format="+.1f"),
    ]
    line = (
        alt.Chart(long)
        .mark_line(strokeWidth=2.5, point=alt.OverlayMarkDef(size=80))
        .encode(
            alt.X("after_d:O", title=phrase("days after"), axis=alt.Axis(labelAngle=0)),
            alt.Y("change:Q", title=phrase("points"), axis=alt.Axis(tickCount=5)),
            color=_sides(),
            tooltip=tips,
        )
    )
    return alt.LayerChart(layer=[line], height=HEIGHT)


def after_words(later: pl.DataFrame) -> str:
    """The curves in words, for screen readers."""
    said = (
        phrase(
            "{after_d} days after {change_with:+.1f} with it and {change_without:+.1f} without",
            after_d=row["after_d"],
            change_with=row["change_with"],
            change_without=row["change_without"],
        )
        for row in later.iter_rows(named=True)
    )
    return typeset(phrase("Change of the score; {said}.", said="; ".join(said)))


def sure_words(row: Mapping[str, Any]) -> list[str]:
    """The verdict's meaning, the numbers behind it and how strong a hidden cause would have to
    be, line by line.
    """
    is_told = row["verdict"] != "nothing_seen"
    lines = [MEANINGS[row["verdict"]], row["details"] or ""]
    if not is_told:
        return [line for line in (*lines, unseen_interval_words(row)) if line]
    lines.append(
        typeset(
            phrase(
                "As measured, before allowing for luck: {effect_points:+.1f} points",
                effect_points=row["effect_points"],
            )
        )
    )
    if row["robustness_pct"] is not None:
        lines.append(
            typeset(
                phrase(
                    "Something you do not log could be behind all of it only if it explained "
                    "{robustness_pct:.0f} % of the ups and downs of both this and your scores",
                    robustness_pct=row["robustness_pct"],
                )
            )
        )
    if row["first_seen_on"] is not None:
        lines.append(
            phrase("First seen: {first_seen_on}", first_seen_on=date_words(row["first_seen_on"]))
        )
    return [line for line in lines if line]
