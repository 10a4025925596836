"""Marks of single days in lanes below a chart: patterns, interventions, notes."""

from collections.abc import Mapping
from datetime import date

import altair as alt
import polars as pl

from dashboards.shown import colours
from dashboards.shown.charts import (
    LEFT_ROOM,
    REACH_PX,
    Span,
    day_axis,
    day_tip,
    lane_axis,
    with_ways,
)
from tightlog.language.catalogue import phrase

LANE_HEIGHT = 38
# What a chart of marks is called among others.
MARKS = "marks"
PATTERN, DONE, NOTE = "what began", "done", "note"
# A stroke as a path, because the one Vega has is not filled.
STROKE = "M-0.15,-0.9H0.15V0.9H-0.15Z"
KINDS = {
    PATTERN: ("triangle-right", colours.PATTERN),
    DONE: (STROKE, colours.DONE),
    NOTE: ("circle", colours.NOTE),
}
MARKS_SCHEMA = {"day": pl.Date, "lane": pl.String, "kind": pl.String, "words": pl.String}


def lanes_chart(marks: pl.DataFrame, span: Span, *, has_days: bool = True) -> alt.LayerChart:
    """One lane per name in the order given, the name written above its marks; marks differ in
    shape as well as colour. Without days where another chart below has them.
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
        alt.Chart(with_ways(marks))
        .mark_point(
            size=90,
            filled=True,
            opacity=1,
            yOffset=9,
            stroke="transparent",
            strokeWidth=REACH_PX,
            cursor="pointer",
        )
        .encode(
            day_axis(span, has_days=has_days),
            lanes,
            shape=shape,
            color=colour,
            href=alt.Href("way:N"),
            tooltip=[
                day_tip(),
                alt.Tooltip("lane:N", title=phrase("what")),
                alt.Tooltip("words:N", title=phrase("more")),
            ],
        )
    )
    return alt.LayerChart(layer=[drawn], name=MARKS, height=LANE_HEIGHT * len(names))


def by_kind(marks: pl.DataFrame, names: Mapping[str, str]) -> pl.DataFrame:
    """The marks in one lane a kind (`names` has their names): all of a day and kind are one mark,
    with what they are in its words.
    """
    said: dict[tuple[date, str], dict[str, None]] = {}
    for day, kind, lane in marks.select("day", "kind", "lane").iter_rows():
        said.setdefault((day, kind), {})[lane] = None
    rows = [(day, names[kind], kind, "; ".join(of)) for (day, kind), of in said.items()]
    return pl.DataFrame(rows, schema=MARKS_SCHEMA, orient="row")


def lanes_words(marks: pl.DataFrame, what: str) -> str:
    """How many marks each lane has, for screen readers."""
    counts = marks.group_by("lane", maintain_order=True).len()
    return (
        f"{what}: "
        + "; ".join(f"{row['lane']}, {row['len']}" for row in counts.iter_rows(named=True))
        + "."
    )
