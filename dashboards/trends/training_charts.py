"""Charts of distance, cadence, load and cross-training; a null is a gap, never a zero."""

from collections.abc import Mapping
from typing import Any

import altair as alt
import polars as pl

from dashboards.shown.charts import (
    BLUE,
    DAY,
    GREEN,
    GREY,
    HEIGHT,
    ORANGE,
    PURPLE,
    VERMILION,
    Span,
    day_axis,
    day_tip,
)
from tightlog.domain.thresholds import MOST_ESTIMATED_PCT

KIND_COLOURS: Mapping[str, str] = {
    "Swimming": BLUE,
    "Cycling": ORANGE,
    "Strength": VERMILION,
    "Core": PURPLE,
    "Mobility": GREEN,
    "Other": "#8A8F91",
}
LEGEND_HEIGHT = 60
# A week known only in part is drawn paler.
PART_OPACITY = 0.45
# More weeks than this are labelled by month.
MOST_WEEKS_BY_DAY = 18
MOST_WEEKS_LABELLED, FEW_LABELS = 106, 6


def mileage_chart(weeks: pl.DataFrame) -> alt.LayerChart:
    """Kilometres run per week; paler where only part of the week is known, a question mark where
    none is, a triangle for a spike.
    """
    tips = [
        _week_tip(),
        alt.Tooltip("run_km:Q", title="run, km", format=".1f"),
        alt.Tooltip("known_day_count:Q", title="days known"),
        alt.Tooltip("spikes:N", title="spike"),
    ]
    spiked = weeks.filter(pl.col("spike_count") > 0, pl.col("run_km").is_not_null())
    unknown = weeks.filter(pl.col("run_km").is_null())
    return alt.LayerChart(
        layer=[
            _kilometres(weeks, tips),
            *([] if spiked.is_empty() else [_spikes(spiked, tips)]),
            *([] if unknown.is_empty() else [_questions(unknown)]),
        ],
        height=HEIGHT,
    )


def _kilometres(weeks: pl.DataFrame, tips: list[Any]) -> Any:
    return (
        alt.Chart(_weeks(weeks))
        .mark_bar(color=BLUE, cornerRadiusTopLeft=2, cornerRadiusTopRight=2)
        .encode(
            _week(weeks),
            alt.Y("run_km:Q", title="run, km a week"),
            opacity=_whole_weeks(),
            tooltip=tips,
        )
    )


def _spikes(spiked: pl.DataFrame, tips: list[Any]) -> Any:
    return (
        alt.Chart(_weeks(spiked))
        .mark_point(
            shape="triangle-down", size=55, filled=True, color=VERMILION, opacity=1, yOffset=-8
        )
        .encode(alt.X("week:O", title=None), alt.Y("run_km:Q"), tooltip=tips)
    )


def _questions(unknown: pl.DataFrame) -> Any:
    return (
        alt.Chart(_weeks(unknown))
        .mark_text(text="?", color=GREY, fontSize=13)
        .encode(alt.X("week:O", title=None), y=alt.value(HEIGHT - 10), tooltip=[_week_tip()])
    )


def cadence_chart(days: pl.DataFrame, span: Span) -> alt.LayerChart:
    """Mean cadence of each run day, steps per minute of both feet."""
    runs = days.select("day", "cadence_spm").filter(pl.col("cadence_spm").is_not_null())
    dots = (
        alt.Chart(runs)
        .mark_circle(size=34, color=GREEN, opacity=0.9)
        .encode(
            day_axis(span),
            alt.Y("cadence_spm:Q", title="steps/min", scale=alt.Scale(zero=False, nice=True)),
            tooltip=[day_tip(), alt.Tooltip("cadence_spm:Q", title="steps/min", format=".0f")],
        )
    )
    return alt.LayerChart(layer=[dots], height=170)


def residual_chart(days: pl.DataFrame, low_pct: float | None, span: Span) -> alt.LayerChart:
    """Cadence above or below what the runner's own pace predicts, %; a line at 0 and a dashed one
    at `low_pct`, where a pattern looks.
    """
    runs = days.select("day", "cadence_residual_pct").filter(
        pl.col("cadence_residual_pct").is_not_null()
    )
    dots = (
        alt.Chart(runs)
        .mark_circle(size=34, color=PURPLE, opacity=0.9)
        .encode(
            day_axis(span),
            alt.Y("cadence_residual_pct:Q", title="% off own norm"),
            tooltip=[
                day_tip(),
                alt.Tooltip("cadence_residual_pct:Q", title="% off own norm", format="+.1f"),
            ],
        )
    )
    return alt.LayerChart(layer=[_levels(low_pct), dots], height=170)


def _levels(low_pct: float | None) -> Any:
    lines = pl.DataFrame({"level": [0.0, low_pct], "kind": ["norm", "low"]}).drop_nulls()
    return (
        alt.Chart(lines)
        .mark_rule(color=GREY)
        .encode(
            alt.Y("level:Q"),
            strokeDash=alt.StrokeDash(
                "kind:N",
                scale=alt.Scale(domain=["norm", "low"], range=[[1, 0], [4, 4]]),
                legend=None,
            ),
        )
    )


def load_chart(days: pl.DataFrame, span: Span) -> alt.LayerChart:
    """Load of the last seven days on each day; a break in the line where it cannot be known, a
    grey dot where much of it is estimated.
    """
    loads = days.select("day", "load_7d_au", "load_7d_estimated_share_pct")
    is_estimated = pl.col("load_7d_estimated_share_pct") > MOST_ESTIMATED_PCT
    line = (
        alt.Chart(loads)
        .mark_line(color=ORANGE, strokeWidth=2.5)
        .encode(day_axis(span), alt.Y("load_7d_au:Q", title="load of 7 days"))
    )
    hover = (
        alt.Chart(loads.filter(pl.col("load_7d_au").is_not_null()))
        .mark_circle(size=60, opacity=0)
        .encode(
            DAY,
            alt.Y("load_7d_au:Q"),
            tooltip=[
                day_tip(),
                alt.Tooltip("load_7d_au:Q", title="load of 7 days", format=".0f"),
                alt.Tooltip("load_7d_estimated_share_pct:Q", title="estimated, %", format=".0f"),
            ],
        )
    )
    guessed = (
        alt.Chart(loads.filter(is_estimated))
        .mark_circle(size=30, color=GREY, opacity=1)
        .encode(DAY, alt.Y("load_7d_au:Q"))
    )
    return alt.LayerChart(layer=[line, guessed, hover], height=HEIGHT)


def cross_training_chart(weeks: pl.DataFrame) -> alt.Chart:
    """Minutes per week of everything but running, stacked by kind; no bar for a kind without
    data.
    """
    kinds = [kind for kind in KIND_COLOURS if kind in set(weeks["kind"])]
    colours = alt.Scale(domain=kinds, range=[KIND_COLOURS[kind] for kind in kinds])
    chart: alt.Chart = (
        alt.Chart(_weeks(weeks))
        .mark_bar()
        .encode(
            _week(weeks),
            alt.Y("minutes:Q", title="minutes a week", stack="zero"),
            color=alt.Color(
                "kind:N", title=None, scale=colours, legend=alt.Legend(orient="top", columns=3)
            ),
            opacity=_whole_weeks(),
            tooltip=[
                _week_tip(),
                alt.Tooltip("kind:N", title="kind"),
                alt.Tooltip("minutes:Q", title="minutes", format=".0f"),
                alt.Tooltip("known_day_count:Q", title="days known"),
            ],
        )
        .properties(height=HEIGHT + LEGEND_HEIGHT)
    )
    return chart


def _week(weeks: pl.DataFrame) -> Any:
    """One band a week, in order; labelled from the text 2026-05-25, because the browser's zone
    would move a Monday to Sunday.
    """
    month = (
        "['Jan','Feb','Mar','Apr','May','Jun','Jul','Aug','Sep','Oct','Nov','Dec']"
        "[parseInt(slice(datum.value, 5, 7), 10) - 1]"
    )
    known = weeks["week"].unique().sort().to_list()
    label = (
        f"slice(datum.value, 8) + ' ' + {month}"
        if len(known) <= MOST_WEEKS_BY_DAY
        else f"{month} + ' ' + slice(datum.value, 0, 4)"
    )
    # Hundreds of labels are laid out before all but a few are dropped: name the few.
    named = (
        [str(week) for week in known[:: -(-len(known) // FEW_LABELS)]]
        if len(known) > MOST_WEEKS_LABELLED
        else alt.Undefined
    )
    axis = alt.Axis(
        labelExpr=label,
        labelAngle=0,
        labelOverlap="greedy",
        labelSeparation=14,
        grid=False,
        values=named,
    )
    return alt.X("week:O", title=None, axis=axis)


def _week_tip() -> Any:
    return alt.Tooltip("week:O", title="week from")


def _whole_weeks() -> Any:
    return alt.condition("datum.known_day_count == 7", alt.value(1.0), alt.value(PART_OPACITY))


def _weeks(weeks: pl.DataFrame) -> pl.DataFrame:
    """Weeks named by the date of their Monday, as text."""
    return weeks.with_columns(pl.col("week").cast(pl.String))
