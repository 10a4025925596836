"""The charts of Trends, drawn in the browser from frames as they are: a null is a gap, never a
zero.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import altair as alt
import polars as pl

# Okabe & Ito's colours (Color Universal Design, 2008), told apart by colour-blind eyes and readable
# on light and dark.
BLUE, ORANGE, GREEN, VERMILION, SKY, PURPLE = (
    "#2E86C1",
    "#E69F00",
    "#009E73",
    "#D55E00",
    "#56B4E9",
    "#CC79A7",
)
KIND_COLOURS: Mapping[str, str] = {
    "Swimming": BLUE,
    "Cycling": ORANGE,
    "Strength": VERMILION,
    "Core": PURPLE,
    "Mobility": GREEN,
    "Other": "#8A8F91",
}
GREY = "#8A8F91"
HEIGHT = 220
LEGEND_HEIGHT = 60
# The same room left of both charts of tightness, so that their days lie below each other.
LEFT_ROOM = 42
# A week known only in part is drawn paler.
PART_OPACITY = 0.45
# More weeks than this are labelled by month.
MOST_WEEKS_BY_DAY = 18
MOST_WEEKS_LABELLED, FEW_LABELS = 106, 6
Span = tuple[date, date]
# The span stands in the first layer of a chart; the others share it.
DAY = alt.X("day:T", title=None)


def tightness_chart(days: pl.DataFrame, given_since: pl.DataFrame, span: Span) -> alt.LayerChart:
    """Scores as dots, their 7-day median as a line; scores given since the last refresh as
    rings.
    """
    axis = alt.Axis(title=None, tickCount=6, minExtent=LEFT_ROOM, maxExtent=LEFT_ROOM)
    y = alt.Y("tightness_score:Q", scale=alt.Scale(domain=[0, 10]), axis=axis)
    scored = days.select("day", "tightness_score", "tightness_7d_median").filter(
        pl.col("tightness_score").is_not_null()
    )
    dots = (
        alt.Chart(scored)
        .mark_circle(size=34, color=SKY, opacity=0.8)
        .encode(
            DAY,
            y,
            tooltip=[
                day_tip(),
                alt.Tooltip("tightness_score:Q", title="score"),
                alt.Tooltip("tightness_7d_median:Q", title="7-day median"),
            ],
        )
    )
    line = (
        alt.Chart(days.select("day", "tightness_7d_median"))
        .mark_line(color=BLUE, strokeWidth=2.5)
        .encode(day_axis(span), alt.Y("tightness_7d_median:Q"))
    )
    rings = (
        alt.Chart(given_since)
        .mark_point(size=70, color=VERMILION, strokeWidth=2)
        .encode(
            DAY,
            alt.Y("score:Q"),
            tooltip=[day_tip(), alt.Tooltip("score:Q", title="given since the last refresh")],
        )
    )
    # A layer without data upsets the scale.
    return alt.LayerChart(
        layer=[line, dots, *([] if given_since.is_empty() else [rings])],
        height=HEIGHT,
        title=chart_title("Tightness, 0–10"),
    )


def chart_title(words: str) -> alt.TitleParams:
    """What a chart shows and its unit, above it: a phone has no room beside it."""
    return alt.TitleParams(words, anchor="start", fontSize=13, fontWeight="normal", offset=6)


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
    bars = (
        alt.Chart(_weeks(weeks))
        .mark_bar(color=BLUE, cornerRadiusTopLeft=2, cornerRadiusTopRight=2)
        .encode(
            _week(weeks),
            alt.Y("run_km:Q", title="run, km a week"),
            opacity=_whole_weeks(),
            tooltip=tips,
        )
    )
    marked = _weeks(weeks.filter(pl.col("spike_count") > 0, pl.col("run_km").is_not_null()))
    spikes = (
        alt.Chart(marked)
        .mark_point(
            shape="triangle-down", size=55, filled=True, color=VERMILION, opacity=1, yOffset=-8
        )
        .encode(alt.X("week:O", title=None), alt.Y("run_km:Q"), tooltip=tips)
    )
    unknown = _weeks(weeks.filter(pl.col("run_km").is_null()))
    questions = (
        alt.Chart(unknown)
        .mark_text(text="?", color=GREY, fontSize=13)
        .encode(alt.X("week:O", title=None), y=alt.value(HEIGHT - 10), tooltip=[_week_tip()])
    )
    return alt.LayerChart(
        layer=[
            bars,
            *([] if marked.is_empty() else [spikes]),
            *([] if unknown.is_empty() else [questions]),
        ],
        height=HEIGHT,
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
    lines = pl.DataFrame({"level": [0.0, low_pct], "kind": ["norm", "low"]}).drop_nulls()
    levels = (
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
    return alt.LayerChart(layer=[levels, dots], height=170)


def load_chart(days: pl.DataFrame, span: Span) -> alt.LayerChart:
    """Load of the last seven days on each day; a break in the line where it cannot be known."""
    loads = days.select("day", "load_7d_au")
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
            tooltip=[day_tip(), alt.Tooltip("load_7d_au:Q", title="load of 7 days", format=".0f")],
        )
    )
    return alt.LayerChart(layer=[line, hover], height=HEIGHT)


def cross_training_chart(weeks: pl.DataFrame) -> alt.Chart:
    """Minutes per week of what is not running, stacked by kind; a kind not yet watched has no
    bar.
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


def series_words(
    frame: pl.DataFrame, column: str, unit: str, what: str, *, decimals: int = 0
) -> str:
    """A chart in words, for ears: how many values, from where to where, and the newest."""
    known = frame.filter(pl.col(column).is_not_null())
    if (
        "day" in frame.columns
        and frame.height > 1
        and frame["day"][1] - frame["day"][0] == timedelta(days=7)
    ):
        what = f"{what}, medians of a week"
    if known.is_empty():
        return f"{what}: no value in this range."
    row = known.row(-1, named=True)
    lowest, highest = _extremes(known[column].to_list())
    return (
        f"{what}: {known.height} values between {lowest:.{decimals}f} and "
        f"{highest:.{decimals}f} {unit}; "
        f"the newest is {row[column]:.{decimals}f} {unit}."
    )


def _extremes(values: Sequence[float]) -> tuple[float, float]:
    return min(values), max(values)


def day_axis(span: Span) -> Any:
    """The axis of days, the same for all charts of a range."""
    return alt.X("day:T", title=None, scale=alt.Scale(domain=_domain(span)), axis=_time_axis(span))


def lane_axis(offset: float, room: int = 0) -> Any:
    """Lane names written into the plot, above their marks, `|` breaking a line; axis labels,
    because only those take the theme's colour.
    """
    return alt.Axis(
        title=None,
        ticks=False,
        domain=False,
        grid=False,
        labelAlign="left",
        labelPadding=0,
        labelOffset=offset,
        labelLimit=0,
        labelFontSize=12,
        labelExpr="split(datum.label, '|')",
        minExtent=room,
        maxExtent=room,
    )


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


def _time_axis(span: Span) -> Any:
    """Days for a short span, months for a long one; few labels, so that a phone has room."""
    length_d = (span[1] - span[0]).days
    return alt.Axis(
        format="%d %b" if length_d <= 120 else "%b %Y", tickCount=5, labelOverlap=True, grid=False
    )


def _domain(span: Span) -> list[dict[str, int]]:
    last = span[1] + timedelta(days=1)
    return [{"year": day.year, "month": day.month, "date": day.day} for day in (span[0], last)]


def day_tip() -> Any:
    """The day, as a tooltip says it."""
    return alt.Tooltip("day:T", title="day", format="%d %b %Y")


def _week_tip() -> Any:
    return alt.Tooltip("week:O", title="week from")


def _whole_weeks() -> Any:
    return alt.condition("datum.known_day_count == 7", alt.value(1.0), alt.value(PART_OPACITY))


def _weeks(weeks: pl.DataFrame) -> pl.DataFrame:
    """Weeks named by the date of their Monday, as text."""
    return weeks.with_columns(pl.col("week").cast(pl.String))
