"""Marks of single days in lanes below a chart: patterns, interventions, notes."""

import altair as alt
import polars as pl

from dashboards.shown.charts import (
    GREEN,
    GREY,
    LEFT_ROOM,
    VERMILION,
    Span,
    day_axis,
    day_tip,
    lane_axis,
)

LANE_HEIGHT = 38
# What a chart of marks is called among others.
MARKS = "marks"
PATTERN, DONE, NOTE = "what began", "done", "note"
# A stroke as a path, because the one Vega has is not filled.
STROKE = "M-0.15,-0.9H0.15V0.9H-0.15Z"
KINDS = {PATTERN: ("triangle-right", VERMILION), DONE: (STROKE, GREEN), NOTE: ("circle", GREY)}
MARKS_SCHEMA = {"day": pl.Date, "lane": pl.String, "kind": pl.String, "words": pl.String}


def lanes_chart(marks: pl.DataFrame, span: Span) -> alt.LayerChart:
    """One lane per name in the order given, the name written above its marks; marks differ in
    shape as well as colour.
    """
    names = marks["lane"].unique(maintain_order=True).to_list()
    lanes = alt.Y("lane:N", sort=names, axis=lane_axis(-9, LEFT_ROOM))
    shape = alt.Shape(
        "kind:N",
        legend=None,
        scale=alt.Scale(domain=list(KINDS), range=[shape for shape, _ in KINDS.values()]),
    )
    colour = alt.Color(
        "kind:N",
        legend=None,
        scale=alt.Scale(domain=list(KINDS), range=[colour for _, colour in KINDS.values()]),
    )
    drawn = (
        alt.Chart(marks)
        .mark_point(size=90, filled=True, opacity=1, yOffset=9)
        .encode(
            day_axis(span),
            lanes,
            shape=shape,
            color=colour,
            tooltip=[
                day_tip(),
                alt.Tooltip("lane:N", title="what"),
                alt.Tooltip("words:N", title="more"),
            ],
        )
    )
    return alt.LayerChart(layer=[drawn], name=MARKS, height=LANE_HEIGHT * len(names))


def lanes_words(marks: pl.DataFrame, what: str) -> str:
    """How many marks each lane has, for screen readers."""
    counts = marks.group_by("lane", maintain_order=True).len()
    return (
        f"{what}: "
        + "; ".join(f"{row['lane']}, {row['len']}" for row in counts.iter_rows(named=True))
        + "."
    )
