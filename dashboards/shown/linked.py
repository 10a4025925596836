"""Charts of the same days one below the other on one axis, with one rule through all of them at
the day the pointer is nearest to.
"""

from collections.abc import Sequence
from typing import Any

import altair as alt
import polars as pl
import streamlit as st

from dashboards.shown.charts import DAY, show_chart, shown_at
from dashboards.shown.colours import GREY
from dashboards.shown.data import is_by_week
from dashboards.shown.lanes import MARKS
from dashboards.shown.markup import card

NEAREST = "nearest_day"
# Measured: what titles, axes and the room between take besides the charts' own heights.
ROOM_PX, ROOM_OF_ONE_PX = 36, 58


def linked_chart(
    charts: Sequence[alt.LayerChart], days: pl.DataFrame, tips: Sequence[Any]
) -> alt.VConcatChart:
    """The charts over one axis of days; a rule shows the numbers of its day on every chart
    without marks.
    """
    at_day = shown_at(NEAREST)
    rows, places = [], []
    for number, chart in enumerate(charts):
        rule = (
            alt.Chart(days, name=f"rule_{number}")
            .mark_rule(color=GREY)
            .encode(DAY, opacity=at_day, tooltip=list(tips))
        )
        # Altair moves data that all layers of a chart share to the chart itself. Marks, bars and
        # dots lie over the rule, so that they keep tooltips of their own and can be tapped.
        below = 0 if is_marks(chart) or len(chart.layer) < 2 else 1
        layers = [*chart.layer[:below], rule, *chart.layer[below:]]
        places.append(below)
        rows.append(
            alt.LayerChart(data=chart.data, layer=layers, height=chart.height, title=chart.title)
        )
    stack = alt.VConcatChart(
        vconcat=rows,
        spacing=18,
        resolve=alt.Resolve(
            scale=alt.ScaleResolveMap(x="shared", color="independent", shape="independent")
        ),
    )
    # One selection for all; Altair has numbered the names of the layers by now.
    views = [
        row.layer[place].name
        for row, chart, place in zip(stack.vconcat, charts, places, strict=True)
        if not is_marks(chart)
    ]
    nearest = alt.PointSelectionConfig(
        type="point", fields=["day"], nearest=True, on="pointerover", clear="pointerout"
    )
    stack.params = [alt.TopLevelSelectionParameter(name=NEAREST, select=nearest, views=views)]
    return stack


def is_marks(chart: alt.LayerChart) -> bool:
    """True for a chart of single marks in lanes: there the pointer is to find the mark, not the
    day.
    """
    return bool(chart.name == MARKS)


def show_linked(
    charts: Sequence[alt.LayerChart],
    days: pl.DataFrame,
    tips: Sequence[Any],
    in_words: Sequence[str],
) -> None:
    """The charts on the page, with their words for screen readers; nothing when there is none."""
    if not charts:
        return
    # Held free until the browser has drawn them, so that nothing below jumps.
    height = ROOM_PX + sum(chart.height + ROOM_OF_ONE_PX for chart in charts)
    st.html(card("room", "linked_days", f"{height:.0f}"))
    with st.container(key="linked_days"):
        # Without a chart to point into there is nothing to link; over many years a rule a day is
        # seconds of drawing on a phone.
        is_plain = all(is_marks(chart) for chart in charts) or is_by_week(
            days["day"][0], days["day"][-1]
        )
        drawn = alt.vconcat(*charts) if is_plain else linked_chart(charts, days, tips)
        show_chart(drawn, " ".join(in_words))
