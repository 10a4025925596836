"""The charts of Trends, drawn in the browser from frames as they are: a null is a gap, never a
zero.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, cast

import altair as alt
import polars as pl
import streamlit as st
from altair.utils.schemapi import disable_debug_mode

from dashboards.shown.colours import SCORE, TIGHTNESS, VERMILION
from dashboards.shown.data import is_by_week
from tightlog.language.catalogue import phrase
from tightlog.words.chart_locale import chart_locale
from tightlog.words.measures import week_first_day

HEIGHT = 220
# The same room left of both charts of tightness, so that their days lie below each other.
LEFT_ROOM = 42
Span = tuple[date, date]
AnyChart = alt.Chart | alt.LayerChart | alt.VConcatChart
# The span stands in the first layer of a chart; the others share it.
DAY = alt.X("day:T", title=None)
# Where a mark leads, by its day.
DAY_WAY, MONTH_WAY = "day?day=%Y-%m-%d", "calendar?month=%Y-%m"
# Around a dot, so that a thumb finds it; nobody sees it.
REACH_PX = 12
MOST_BY_WEEK_D, MOST_BY_MONTH_D, MOST_BY_SEASON_D = 120, 800, 1_600
# Of a longer span a phone has room for every second week, with the names of the months.
MOST_EVERY_WEEK_D = 45


# Each part of a chart would be held against Altair's schema where it is made, and all of them again
# where it is drawn: half of the time a page of charts takes. The tests do that.
disable_debug_mode()


@dataclass(frozen=True)
class Unchecked:
    """A chart in the form Streamlit asks it for, without looking for mistakes in it."""

    chart: AnyChart

    def to_dict(self) -> dict[str, Any]:
        """The chart as Vega-Lite has it."""
        return self.chart.to_dict(validate=False)


def show_chart(
    chart: AnyChart, in_words: str, place: Any = st, *, is_wide: bool = True, key: str | None = None
) -> None:
    """Draws a chart in its place, as wide as that, with its words for those who do not see it; the
    style sheet keeps room for one with a key.
    """
    width = "stretch" if is_wide else "content"
    held = place.container(key=key) if key else place
    held.altair_chart(Unchecked(chart), width=width, alt=in_words)


def shown_at(selection: str) -> alt.OpacityValue:
    """Visible only where a selection is; as an object, for Altair walks its whole schema to make
    one of a dict.
    """
    condition = {"param": selection, "empty": False, "value": 0.9}
    return alt.OpacityValue(0, condition=condition)


@alt.theme.register("tightlog", enable=True)
def own_theme() -> alt.theme.ThemeConfig:
    """No tooltip but those a chart writes itself: Streamlit's would show the names of columns.
    Numbers and dates are those of the runner's language.
    """
    return alt.theme.ThemeConfig(config=cast(Any, {"mark": {"tooltip": None}, **chart_locale()}))


def tightness_chart(days: pl.DataFrame, given_since: pl.DataFrame, span: Span) -> alt.LayerChart:
    """Scores as dots, their 7-day median as a line with its last value; scores given since the
    last refresh as rings.
    """
    line = (
        alt.Chart(days.select("day", "tightness_7d_median"))
        .mark_line(color=TIGHTNESS, strokeWidth=2.5)
        .encode(day_axis(span), alt.Y("tightness_7d_median:Q"))
    )
    # A layer without data upsets the scale.
    rings = [] if given_since.is_empty() else [_rings(given_since)]
    label = last_value(days, "tightness_7d_median", TIGHTNESS)
    return alt.LayerChart(
        layer=[line, _score_dots(days, way_of(span)), *rings, *label],
        height=HEIGHT,
        title=chart_title(phrase("Tightness, 0–10")),
    )


def _score_dots(days: pl.DataFrame, way: str) -> Any:
    axis = alt.Axis(title=None, tickCount=6, minExtent=LEFT_ROOM, maxExtent=LEFT_ROOM)
    scored = with_ways(
        days.select("day", "tightness_score", "tightness_7d_median").filter(
            pl.col("tightness_score").is_not_null()
        ),
        way,
    )
    return (
        alt.Chart(scored)
        .mark_circle(**dot(SCORE, 40))
        .encode(
            DAY,
            alt.Y("tightness_score:Q", scale=alt.Scale(domain=[0, 10]), axis=axis),
            href=alt.Href("way:N"),
            tooltip=[
                day_tip(),
                alt.Tooltip("tightness_score:Q", title=phrase("score")),
                alt.Tooltip("tightness_7d_median:Q", title=phrase("7-day median")),
            ],
        )
    )


def _rings(given_since: pl.DataFrame) -> Any:
    return (
        alt.Chart(with_ways(given_since))
        .mark_point(size=70, color=VERMILION, strokeWidth=2, cursor="pointer")
        .encode(
            DAY,
            alt.Y("score:Q"),
            href=alt.Href("way:N"),
            tooltip=[
                day_tip(),
                alt.Tooltip("score:Q", title=phrase("given since the last refresh")),
            ],
        )
    )


def with_ways(frame: pl.DataFrame, way: str = DAY_WAY) -> pl.DataFrame:
    """The frame with `way`, the address that a mark of its day leads to."""
    return frame.with_columns(way=pl.col("day").dt.strftime(way))


def way_of(span: Span) -> str:
    """Where a mark of a range leads: to its day; where a mark is a week, to its month."""
    return MONTH_WAY if is_by_week(*span) else DAY_WAY


def dot(colour: str, size: int = 34) -> dict[str, Any]:
    """How a dot that leads somewhere looks."""
    return {
        "color": colour,
        "fill": colour,
        "size": size,
        "opacity": 0.9,
        "stroke": "transparent",
        "strokeWidth": REACH_PX,
        "cursor": "pointer",
    }


def nearest_tip(frame: pl.DataFrame, x: Any, y: Any, tips: Sequence[Any], name: str) -> Any:
    """A layer nobody sees that shows the tips of the dot the pointer is nearest to."""
    nearest = alt.selection_point(
        name=name, fields=["day"], nearest=True, on="pointerover", clear="pointerout"
    )
    return (
        alt.Chart(frame).mark_circle(opacity=0).encode(x, y, tooltip=list(tips)).add_params(nearest)
    )


def last_value(
    frame: pl.DataFrame, column: str, colour: str, pattern: str = ",.1~f"
) -> list[alt.Chart]:
    """The last known value, written beside its point; nothing where none is known."""
    last = frame.select("day", column).drop_nulls().tail(1)
    if last.is_empty():
        return []
    written: alt.Chart = (
        alt.Chart(last)
        .mark_text(align="left", dx=9, fontSize=14, fontWeight="bold", color=colour)
        .encode(DAY, alt.Y(f"{column}:Q"), text=alt.Text(f"{column}:Q", format=pattern))
    )
    return [written]


def from_zero(amounts: pl.Series, limit: float | None) -> Any:
    """A scale of amounts from zero, up to the limit of their axis; with room above where all are
    zero: Vega would draw one line for it, labelled 0.000000.
    """
    if limit is not None:
        return alt.Scale(domain=[0, limit], clamp=True)
    is_something = (amounts.drop_nulls() > 0).any()
    return alt.Scale(zero=True, domain=alt.Undefined if is_something else [0, 1])


def beyond(
    frame: pl.DataFrame, column: str, limit: float | None, way: str = DAY_WAY
) -> list[alt.Chart]:
    """A triangle at the edge for each amount beyond the limit, the largest with its number."""
    if limit is None:
        return []
    far = frame.filter(pl.col(column) > limit).with_columns(edge=pl.lit(limit))
    words = pl.format("▲ {}", pl.col(column).round(0).cast(pl.Int64))
    is_largest = pl.col(column) == far[column].max()
    far = far.with_columns(said=pl.when(is_largest).then(words).otherwise(pl.lit("▲")))
    drawn: alt.Chart = (
        alt.Chart(with_ways(far, way))
        .mark_text(color=VERMILION, fontSize=12, fontWeight="bold", baseline="top", dy=2)
        .encode(
            DAY,
            alt.Y("edge:Q"),
            text="said:N",
            href=alt.Href("way:N"),
            tooltip=[
                day_tip(),
                alt.Tooltip(f"{column}:Q", title=phrase("beyond the axis"), format=",.0f"),
            ],
        )
    )
    return [drawn]


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
        what = phrase("{what}, medians of a week", what=what)
    if known.is_empty():
        return phrase("{what}: no value in this range.", what=what)
    row = known.row(-1, named=True)
    lowest, highest = _extremes(known[column].to_list())
    return phrase(
        "{what}: {height} values between {lowest:.{decimals}f} and {highest:.{decimals}f} "
        "{unit}; the latest is {row:.{decimals}f} {unit}.",
        what=what,
        height=known.height,
        lowest=lowest,
        decimals=decimals,
        highest=highest,
        unit=unit,
        row=row[column],
    )


def _extremes(values: Sequence[float]) -> tuple[float, float]:
    return min(values), max(values)


def day_axis(span: Span, *, has_days: bool = True) -> Any:
    """The axis of days, the same for all charts of a range; without its days where it stands
    above another chart.
    """
    axis = _time_axis(span, has_days=has_days)
    return alt.X("day:T", title=None, scale=alt.Scale(domain=_domain(span)), axis=axis)


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


def _time_axis(span: Span, *, has_days: bool) -> Any:
    """A tick a week with the day, or two a month, for a longer span one a month, for many years one
    a year; a faint line in the first week of a month, or where a year begins.
    """
    length_d = (span[1] - span[0]).days
    is_by_week = length_d <= MOST_BY_WEEK_D
    is_major = "date(datum.value) <= 7" if is_by_week else "month(datum.value) == 0"
    return alt.Axis(
        values=[_instant(day) for day in _ticks(span)],
        labelExpr=_tick_label(length_d),
        labels=has_days,
        ticks=has_days,
        domain=has_days,
        labelOverlap="greedy",
        labelSeparation=6,
        grid=True,
        gridOpacity={"condition": {"test": is_major, "value": 1}, "value": 0},
        tickOpacity={"condition": {"test": is_major, "value": 1}, "value": 0.6},
    )


def _tick_label(length_d: int) -> str:
    """Of a week `4 May`, below the first of a month its name; of a month its name, with the year
    below January.
    """
    month = "timeFormat(datum.value, '%b')"
    year = "timeFormat(datum.value, '%Y')"
    if length_d <= MOST_BY_WEEK_D:
        return (
            f"date(datum.value) <= 7 ? [date(datum.value) + '', {month}] : date(datum.value) + ''"
        )
    if length_d <= MOST_BY_SEASON_D:
        return f"month(datum.value) == 0 ? [{month}, {year}] : {month}"
    return f"month(datum.value) == 0 ? {year} : ''"


def _ticks(span: Span) -> list[date]:
    """First days of weeks of a short span, each with a label: an empty one would hide those beside
    it. Else the first days of months, of quarters, or of years.
    """
    length_d = (span[1] - span[0]).days
    days = [span[0] + timedelta(days=number) for number in range(length_d + 1)]
    if length_d <= MOST_BY_WEEK_D:
        is_dense = length_d <= MOST_EVERY_WEEK_D
        weeks = [day for day in days if day == week_first_day(day)]
        return [day for day in weeks if is_dense or day.day <= 7 or 15 <= day.day <= 21]
    step = 1 if length_d <= MOST_BY_MONTH_D else 3 if length_d <= MOST_BY_SEASON_D else 12
    return [day for day in days if day.day == 1 and (day.month - 1) % step == 0]


def _domain(span: Span) -> list[dict[str, int]]:
    return [_instant(day) for day in (span[0], span[1] + timedelta(days=1))]


def _instant(day: date) -> dict[str, int]:
    return {"year": day.year, "month": day.month, "date": day.day}


def day_tip() -> Any:
    """The day, for a tooltip."""
    return alt.Tooltip("day:T", title=phrase("day"), format="%-d %b %Y")
