"""Charts of distance, cadence, load and cross-training; a null is a gap, never a zero."""

from collections.abc import Mapping
from typing import Any

import altair as alt
import polars as pl

from dashboards.shown.charts import (
    DAY,
    HEIGHT,
    MONTH_WAY,
    Span,
    beyond,
    day_axis,
    day_tip,
    dot,
    from_zero,
    last_value,
    nearest_tip,
    way_of,
    with_ways,
)
from dashboards.shown.colours import CADENCE, DISTANCE, GREY, KINDS, LOAD, PATTERN, UNKNOWN
from tightlog.answers.days.axis_limit import axis_limit
from tightlog.domain.thresholds import MOST_ESTIMATED_PCT
from tightlog.language.catalogue import phrase
from tightlog.units import METRES_PER_KM
from tightlog.words.dates import MONTHS
from tightlog.words.measures import distance_unit, distance_value

LEGEND_HEIGHT = 60
# A week known only in part is drawn paler.
PART_OPACITY = 0.45
# More weeks than this are labelled by month.
MOST_WEEKS_BY_DAY = 18
MOST_WEEKS_LABELLED, FEW_LABELS = 106, 6


def in_unit(weeks: pl.DataFrame) -> pl.DataFrame:
    """The weeks or months with `run`, the distance in the runner's unit."""
    return weeks.with_columns(run=pl.col("run_km") * distance_value(METRES_PER_KM))


def mileage_chart(weeks: pl.DataFrame) -> alt.LayerChart:
    """Distance run per week or month; paler where only part of it is known, a question mark where
    nothing is, a triangle for a spike, and one at the edge where the axis is too short.
    """
    weeks = in_unit(weeks)
    limit = axis_limit(weeks["run"])
    tips = [
        _week_tip(),
        alt.Tooltip(
            "run:Q",
            title=phrase("run, {distance_unit}", distance_unit=distance_unit()),
            format=".1f",
        ),
        alt.Tooltip("known_day_count:Q", title=phrase("days known")),
        alt.Tooltip("spikes:N", title=phrase("spike")),
    ]
    spiked = weeks.filter(pl.col("spike_count") > 0, pl.col("run").is_not_null())
    unknown = weeks.filter(pl.col("run").is_null())
    return alt.LayerChart(
        layer=[
            _distance(weeks, tips, limit),
            *([] if spiked.is_empty() else [_spikes(spiked, tips)]),
            *([] if unknown.is_empty() else [_questions(unknown)]),
            *([] if limit is None else [_too_far(weeks, tips, limit)]),
            *_last_week(weeks),
        ],
        height=HEIGHT,
    )


def _distance(weeks: pl.DataFrame, tips: list[Any], limit: float | None) -> Any:
    scale = from_zero(weeks["run"], limit)
    return (
        alt.Chart(_weeks(weeks))
        .mark_bar(color=DISTANCE, cornerRadiusTopLeft=2, cornerRadiusTopRight=2, cursor="pointer")
        .encode(
            _week(weeks),
            alt.Y(
                "run:Q",
                title=phrase("run, {distance_unit}", distance_unit=distance_unit()),
                scale=scale,
            ),
            opacity=_whole_weeks(),
            href=alt.Href("way:N"),
            tooltip=tips,
        )
    )


def _spikes(spiked: pl.DataFrame, tips: list[Any]) -> Any:
    return (
        alt.Chart(_weeks(spiked))
        .mark_point(
            shape="triangle-down", size=55, filled=True, color=PATTERN, opacity=1, yOffset=-8
        )
        .encode(alt.X("week:O", title=None), alt.Y("run:Q"), href=alt.Href("way:N"), tooltip=tips)
    )


def _questions(unknown: pl.DataFrame) -> Any:
    return (
        alt.Chart(_weeks(unknown))
        .mark_text(text="?", color=UNKNOWN, fontSize=13)
        .encode(alt.X("week:O", title=None), y=alt.value(HEIGHT - 10), tooltip=[_week_tip()])
    )


def _too_far(weeks: pl.DataFrame, tips: list[Any], limit: float) -> Any:
    return (
        alt.Chart(_weeks(weeks.filter(pl.col("run") > limit)))
        .mark_text(text="▲", color=PATTERN, fontSize=12, baseline="top", dy=2)
        .encode(alt.X("week:O", title=None), y=alt.value(0), tooltip=tips)
    )


def _last_week(weeks: pl.DataFrame) -> list[Any]:
    """The last known amount above its bar."""
    last = weeks.filter(pl.col("run").is_not_null()).tail(1)
    if last.is_empty():
        return []
    # Above the triangle of a spike.
    above = -22 if last["spike_count"][0] else -9
    written = (
        alt.Chart(_weeks(last))
        .mark_text(color=DISTANCE, fontSize=14, fontWeight="bold", dy=above)
        .encode(alt.X("week:O", title=None), alt.Y("run:Q"), text=alt.Text("run:Q", format=".0f"))
    )
    return [written]


def cadence_chart(days: pl.DataFrame, span: Span) -> alt.LayerChart:
    """Mean cadence of each run day, steps per minute of both feet."""
    scale = alt.Scale(zero=False, nice=True)
    y = alt.Y("cadence_spm:Q", title=phrase("steps/min"), scale=scale)
    tips = [day_tip(), alt.Tooltip("cadence_spm:Q", title=phrase("steps/min"), format=".0f")]
    return alt.LayerChart(layer=_dots(days, "cadence_spm", y, tips, span), height=170)


def residual_chart(days: pl.DataFrame, low_pct: float | None, span: Span) -> alt.LayerChart:
    """Cadence above or below what the runner's own pace predicts, %; a line at 0 and a dashed one
    at `low_pct`, where a pattern looks.
    """
    column = "cadence_residual_pct"
    y = alt.Y(f"{column}:Q", title=phrase("% off own norm"))
    tips = [day_tip(), alt.Tooltip(f"{column}:Q", title=phrase("% off own norm"), format="+.1f")]
    drawn = _dots(days, column, y, tips, span, "+.1f")
    return alt.LayerChart(layer=[_levels(low_pct), *drawn], height=170)


def _dots(
    days: pl.DataFrame, column: str, y: Any, tips: list[Any], span: Span, pattern: str = ".0f"
) -> list[Any]:
    """A dot for each day that has an amount, which leads to the day; the nearest one says its own;
    the last is labelled.
    """
    known = days.select("day", column).filter(pl.col(column).is_not_null())
    dots = (
        alt.Chart(with_ways(known, way_of(span)))
        .mark_circle(**dot(CADENCE))
        .encode(DAY, y, href=alt.Href("way:N"), tooltip=tips)
    )
    nearest = nearest_tip(known, day_axis(span), y, tips, f"nearest_{column}")
    return [nearest, dots, *last_value(days, column, CADENCE, pattern)]


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
    limit = axis_limit(loads["load_7d_au"])
    scale = from_zero(loads["load_7d_au"], limit)
    y = alt.Y("load_7d_au:Q", title=phrase("load of 7 days"), scale=scale)
    tips = [
        day_tip(),
        alt.Tooltip("load_7d_au:Q", title=phrase("load of 7 days"), format=".0f"),
        alt.Tooltip("load_7d_estimated_share_pct:Q", title=phrase("estimated, %"), format=".0f"),
    ]
    line = alt.Chart(loads).mark_line(color=LOAD, strokeWidth=2.5).encode(day_axis(span), y)
    guessed = (
        alt.Chart(loads.filter(is_estimated))
        .mark_circle(size=30, color=GREY, opacity=1)
        .encode(DAY, alt.Y("load_7d_au:Q"))
    )
    known = loads.filter(pl.col("load_7d_au").is_not_null())
    nearest = nearest_tip(known, DAY, alt.Y("load_7d_au:Q"), tips, "nearest_load")
    far = beyond(loads, "load_7d_au", limit, way_of(span))
    last = last_value(loads, "load_7d_au", LOAD, ",.0f")
    # A layer without a mark would be a picture without a name to who cannot see it.
    dots = [guessed] if loads.filter(is_estimated).height else []
    return alt.LayerChart(layer=[line, *dots, nearest, *far, *last], height=HEIGHT)


def cross_training_chart(weeks: pl.DataFrame, names: Mapping[str, str]) -> alt.Chart:
    """Minutes per week or month of everything but running, stacked by kind, which `names` names to
    the runner; no bar for a kind without data.
    """
    kinds = [kind for kind in KINDS if kind in set(weeks["kind"])]
    named = weeks.with_columns(pl.col("kind").replace_strict(names, return_dtype=pl.String))
    scale = from_zero(weeks["minutes"], None)
    colours = alt.Scale(
        domain=[names[kind] for kind in kinds], range=[KINDS[kind] for kind in kinds]
    )
    chart: alt.Chart = (
        alt.Chart(_weeks(named))
        .mark_bar()
        .encode(
            _week(weeks),
            alt.Y("minutes:Q", title=phrase("minutes"), stack="zero", scale=scale),
            color=alt.Color(
                "kind:N", title=None, scale=colours, legend=alt.Legend(orient="top", columns=3)
            ),
            opacity=_whole_weeks(),
            tooltip=[
                _week_tip(),
                alt.Tooltip("kind:N", title=phrase("kind")),
                alt.Tooltip("minutes:Q", title=phrase("minutes"), format=".0f"),
                alt.Tooltip("known_day_count:Q", title=phrase("days known")),
            ],
        )
        .properties(height=HEIGHT + LEGEND_HEIGHT)
    )
    return chart


def _week(weeks: pl.DataFrame) -> Any:
    """One band a week, in order; labelled from the text 2026-05-25, because the browser's zone
    would move it to the day before.
    """
    names = ",".join(f"'{name[:3]}'" for name in MONTHS.values())
    month = f"[{names}][parseInt(slice(datum.value, 5, 7), 10) - 1]"
    known = weeks["week"].unique().sort().to_list()
    is_month = len(known) > 1 and all(week.day == 1 for week in known)
    label = (
        f"toNumber(slice(datum.value, 8)) + ' ' + {month}"
        if len(known) <= MOST_WEEKS_BY_DAY and not is_month
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
        labelOverlap="parity",
        labelSeparation=14,
        grid=False,
        values=named,
    )
    return alt.X("week:O", title=None, axis=axis)


def _week_tip() -> Any:
    return alt.Tooltip("week:O", title=phrase("from"))


def _whole_weeks() -> Any:
    return alt.OpacityValue(PART_OPACITY, condition={"test": "datum.is_whole", "value": 1.0})


def _weeks(weeks: pl.DataFrame) -> pl.DataFrame:
    """Weeks and months named by the date of their first day, as text; and the month of the
    calendar they lead to.
    """
    return weeks.with_columns(
        pl.col("week").cast(pl.String), way=pl.col("week").dt.strftime(MONTH_WAY)
    )
