"""The charts of Trends, drawn in the browser from frames as they are: a null is a gap, never a
zero.
"""

from collections.abc import Sequence
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
GREY = "#8A8F91"
HEIGHT = 220
# The same room left of both charts of tightness, so that their days lie below each other.
LEFT_ROOM = 42
Span = tuple[date, date]
# The span stands in the first layer of a chart; the others share it.
DAY = alt.X("day:T", title=None)


@alt.theme.register("tightlog", enable=True)
def own_theme() -> alt.theme.ThemeConfig:
    """No tooltip but those a chart writes itself: Streamlit's would show the names of columns."""
    return alt.theme.ThemeConfig(config={"mark": {"tooltip": None}})


def tightness_chart(days: pl.DataFrame, given_since: pl.DataFrame, span: Span) -> alt.LayerChart:
    """Scores as dots, their 7-day median as a line; scores given since the last refresh as
    rings.
    """
    line = (
        alt.Chart(days.select("day", "tightness_7d_median"))
        .mark_line(color=BLUE, strokeWidth=2.5)
        .encode(day_axis(span), alt.Y("tightness_7d_median:Q"))
    )
    # A layer without data upsets the scale.
    rings = [] if given_since.is_empty() else [_rings(given_since)]
    return alt.LayerChart(
        layer=[line, _score_dots(days), *rings],
        height=HEIGHT,
        title=chart_title("Tightness, 0–10"),
    )


def _score_dots(days: pl.DataFrame) -> Any:
    axis = alt.Axis(title=None, tickCount=6, minExtent=LEFT_ROOM, maxExtent=LEFT_ROOM)
    scored = days.select("day", "tightness_score", "tightness_7d_median").filter(
        pl.col("tightness_score").is_not_null()
    )
    return (
        alt.Chart(scored)
        .mark_circle(size=34, color=SKY, opacity=0.8)
        .encode(
            DAY,
            alt.Y("tightness_score:Q", scale=alt.Scale(domain=[0, 10]), axis=axis),
            tooltip=[
                day_tip(),
                alt.Tooltip("tightness_score:Q", title="score"),
                alt.Tooltip("tightness_7d_median:Q", title="7-day median"),
            ],
        )
    )


def _rings(given_since: pl.DataFrame) -> Any:
    return (
        alt.Chart(given_since)
        .mark_point(size=70, color=VERMILION, strokeWidth=2)
        .encode(
            DAY,
            alt.Y("score:Q"),
            tooltip=[day_tip(), alt.Tooltip("score:Q", title="given since the last refresh")],
        )
    )


def chart_title(words: str) -> alt.TitleParams:
    """Title and unit above the chart: a phone has no room beside it."""
    return alt.TitleParams(words, anchor="start", fontSize=13, fontWeight="normal", offset=6)


def series_words(
    frame: pl.DataFrame, column: str, unit: str, what: str, *, decimals: int = 0
) -> str:
    """A chart in words, for screen readers: how many values, lowest, highest and latest."""
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
        f"the latest is {row[column]:.{decimals}f} {unit}."
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
    """The day, for a tooltip."""
    return alt.Tooltip("day:T", title="day", format="%d %b %Y")
