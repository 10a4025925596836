"""The charts of one activity: its curves one below the other on one axis, and its route without
a map. A null is a gap, never a zero.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import polars as pl

from dashboards.runs.run_wording import (
    PACED,
    cadence_unit,
    paced_over_m,
    speed_number,
    speed_unit,
)
from dashboards.shown.charts import shown_at
from dashboards.shown.colours import (
    ALTITUDE,
    BLUE,
    BOUNCE,
    CADENCE,
    GREY,
    GROUND_CONTACT,
    HEART_RATE,
    ORANGE,
    PACE,
    POWER,
    PURPLE,
    SKY,
    VERMILION,
)
from tightlog.language.catalogue import phrase
from tightlog.words.measures import (
    KILOMETRES,
    distance_unit,
    distance_value,
    height_unit,
    height_value,
    metres_of,
    speed_value,
)
from tightlog.words.numbers import first_lower

CURVE_HEIGHT = 104
LEFT_ROOM = 44
# Ours: slower than this many times the usual pace is drawn at the edge, so that a walk does not
# flatten the run.
SLOWEST_DRAWN = 2.0
ROUTE_PX = 240
# A way around one spot is not drawn larger than this.
LEAST_HALF_M = 50.0
# Steps of a pace axis, s; as many labels as fit.
PACE_STEPS_S = (5, 10, 15, 30, 60, 120, 300, 600)
MOST_PACE_LABELS = 5
# What the pointer is nearest to, shared by all curves.
MOMENT = "moment"
# A pace in seconds as m:ss.
AS_PACE = "floor(datum.value / 60) + ':' + format(datum.value % 60, '02.0f')"


@dataclass(frozen=True)
class Curve:
    """One curve: the column it draws, its name, unit and colour."""

    column: str
    name: str
    unit: str
    colour: str
    decimals: int = 0


def curves_of(curve: pl.DataFrame, sport: str) -> list[Curve]:
    """The curves an activity has values for."""
    speed = phrase("Pace") if sport in PACED else phrase("Speed")
    every = (
        Curve("pace", speed, speed_unit(sport), PACE, 1),
        Curve("heart_rate_bpm", phrase("Heart rate"), "beats/min", HEART_RATE),
        Curve("cadence_spm", phrase("Cadence"), cadence_unit(sport), CADENCE),
        Curve("ground_contact_ms", phrase("Ground contact"), "ms", GROUND_CONTACT),
        Curve("vertical_oscillation_mm", phrase("Vertical oscillation"), "mm", BOUNCE),
        Curve("vertical_ratio_pct", phrase("Vertical ratio"), "%", BOUNCE, 1),
        Curve("power_w", phrase("Power"), "W", POWER),
        Curve("altitude", phrase("Altitude"), height_unit(), ALTITUDE),
    )
    return [one for one in every if curve[one.column].drop_nulls().len()]


def drawn(curve: pl.DataFrame, sport: str, *, is_by_distance: bool) -> pl.DataFrame:
    """The stretches with their place on the axis (`at`: min, km or miles), their speed in
    the unit of the sport (`pace`: s, or per hour) and `altitude` in the runner's unit.
    """
    metres = paced_over_m(sport)
    speed = pl.col("speed_mps")
    moving = pl.when(speed > 0).then(speed)
    return curve.with_columns(
        at=pl.col("middle") / (metres_of(1.0) if is_by_distance else 60.0),
        altitude=pl.col("altitude_m") * height_value(1.0),
        pace=moving * speed_value(1.0) if metres is None else metres / moving,
        pace_words=_spoken(curve["speed_mps"], sport),
    )


def _spoken(speed_mps: pl.Series, sport: str) -> pl.Series:
    return pl.Series(
        [speed_number(value, sport) if value else None for value in speed_mps], dtype=pl.String
    )


def curves_chart(curve: pl.DataFrame, sport: str, *, is_by_distance: bool) -> alt.VConcatChart:
    """All curves below each other over the same minutes or the same way; a rule through all of
    them shows the numbers of one moment.
    """
    curves = curves_of(curve, sport)
    tips = [
        alt.Tooltip(
            "at:Q",
            title=distance_unit() if is_by_distance else "min",
            format=".2f" if is_by_distance else ".1f",
        ),
        *(_tip(one, sport) for one in curves),
    ]
    title = (
        phrase("distance, {distance_unit}", distance_unit=distance_unit())
        if is_by_distance
        else phrase("time since the start, min")
    )
    rows = [_row(one, curve, sport, tips, title if one is curves[-1] else None) for one in curves]
    chart: alt.VConcatChart = alt.vconcat(*rows, spacing=14).resolve_scale(x="shared")
    # One selection for all of them; Altair has numbered the names of the layers by now.
    views = [row.layer[-1].name for row in chart.vconcat]
    nearest = alt.PointSelectionConfig(
        type="point", fields=["at"], nearest=True, on="pointerover", clear="pointerout"
    )
    chart.params = [alt.TopLevelSelectionParameter(name=MOMENT, select=nearest, views=views)]
    return chart


def curve_words(curve: pl.DataFrame, one: Curve, sport: str) -> str:
    """A curve in words, for screen readers: how many values, lowest and highest."""
    known = curve.filter(pl.col(one.column).is_not_null()).sort(one.column)
    if one.column == "pace" and sport in PACED:
        lowest, highest = known["pace_words"][-1], known["pace_words"][0]
    else:
        lowest, highest = (f"{known[one.column][place]:.{one.decimals}f}" for place in (0, -1))
    return phrase(
        "{name}: {height} values between {lowest} and {highest} {unit}.",
        name=one.name,
        height=known.height,
        lowest=lowest,
        highest=highest,
        unit=one.unit,
    )


def _row(
    one: Curve, curve: pl.DataFrame, sport: str, tips: Sequence[Any], title: str | None
) -> alt.LayerChart:
    first, middle = extent(curve["at"])
    last = first + middle
    axis = alt.Axis(
        grid=False, labels=title is not None, ticks=title is not None, tickCount=6, titlePadding=4
    )
    x = alt.X("at:Q", title=title, scale=alt.Scale(domain=[0, last], nice=False), axis=axis)
    y = _y(one, curve, sport)
    line = alt.Chart(curve).mark_line(color=one.colour, strokeWidth=1.8).encode(x, y)
    # A value between two gaps has no line; its dot keeps it in sight.
    value = pl.col(one.column)
    lone = curve.filter(value.is_not_null(), value.shift(1).is_null(), value.shift(-1).is_null())
    dots = (
        [alt.Chart(lone).mark_circle(color=one.colour, size=14).encode(x, y)] if lone.height else []
    )
    at_moment = shown_at(MOMENT)
    rule = (
        alt.Chart(curve, name=f"rule_{one.column}")
        .mark_rule(color=GREY, strokeWidth=1)
        .encode(x, opacity=at_moment, tooltip=list(tips))
    )
    name = alt.TitleParams(
        f"{one.name}, {one.unit}", anchor="start", fontSize=13, fontWeight="normal", offset=4
    )
    return alt.LayerChart(layer=[line, *dots, rule], height=CURVE_HEIGHT, title=name)


def _y(one: Curve, curve: pl.DataFrame, sport: str) -> Any:
    if one.column != "pace" or sport not in PACED:
        axis = alt.Axis(title=None, tickCount=4, minExtent=LEFT_ROOM, maxExtent=LEFT_ROOM)
        return alt.Y(f"{one.column}:Q", scale=alt.Scale(zero=False, nice=True), axis=axis)
    fastest, slowest = extent(curve["pace"])[0], slowest_drawn(curve)
    axis = alt.Axis(
        title=None,
        labelExpr=AS_PACE,
        values=pace_labels(fastest, slowest),
        minExtent=LEFT_ROOM,
        maxExtent=LEFT_ROOM,
    )
    return alt.Y(
        "pace:Q", scale=alt.Scale(domain=[slowest, fastest], nice=False, clamp=True), axis=axis
    )


def pace_labels(fastest: float, slowest: float) -> list[int]:
    """Round paces between two, s: five at most."""
    step = next(
        (step for step in PACE_STEPS_S if slowest // step - fastest // step <= MOST_PACE_LABELS),
        PACE_STEPS_S[-1],
    )
    return list(range(-int(-fastest // step) * step, int(slowest) + 1, step))


def slowest_drawn(curve: pl.DataFrame) -> float:
    """Slowest pace on the axis, s: that of the slowest stretch, or twice the middle one where
    that is faster.
    """
    known = sorted(curve["pace"].drop_nulls().to_list())
    return float(min(known[-1], SLOWEST_DRAWN * known[len(known) // 2]))


def _tip(one: Curve, sport: str) -> Any:
    name = f"{first_lower(one.name)}, {one.unit}"
    if one.column == "pace" and sport in PACED:
        return alt.Tooltip("pace_words:N", title=name)
    return alt.Tooltip(f"{one.column}:Q", title=name, format=f".{one.decimals}f")


def route_chart(route: pl.DataFrame, sport: str) -> alt.LayerChart:
    """The route in metres or miles from its start, north up, both axes to one scale, coloured by
    speed if known.
    """
    far = 1.0 if way_unit() == "m" else distance_value(1.0)
    route = route.with_columns(
        east=pl.col("east_m") * far,
        north=pl.col("north_m") * far,
        next_east=pl.col("next_east_m") * far,
        next_north=pl.col("next_north_m") * far,
    )
    # Sized without its axes: fitted into a box, the way would be squeezed in one direction.
    return alt.LayerChart(
        layer=[_way(route, sport), _ends(route)],
        width=ROUTE_PX,
        height=ROUTE_PX,
        autosize=alt.AutoSizeParams(type="pad", contains="content"),
    )


def _way(route: pl.DataFrame, sport: str) -> Any:
    pieces = route.with_columns(
        speed=pl.col("speed_mps") * speed_value(1.0), pace_words=_spoken(route["speed_mps"], sport)
    ).drop_nulls("next_east")
    has_speed = pieces["speed_mps"].drop_nulls().len() > 0
    colours = alt.Color(
        "speed:Q",
        title=speed_unit(sport),
        scale=alt.Scale(range=[SKY, BLUE, PURPLE, VERMILION]),
        legend=_speed_legend(sport),
    )
    x, y = _square(route)
    return (
        alt.Chart(pieces)
        .mark_rule(strokeWidth=3, strokeCap="round")
        .encode(
            x,
            y,
            alt.X2("next_east"),
            alt.Y2("next_north"),
            color=colours if has_speed else alt.value(BLUE),
            tooltip=[alt.Tooltip("pace_words:N", title=speed_unit(sport))] if has_speed else [],
        )
    )


def _ends(route: pl.DataFrame) -> Any:
    ends = (
        route[[0, -1]]
        .select("east", "north")
        .with_columns(end=pl.Series([phrase("Start"), phrase("End")]))
    )
    shape = alt.Scale(domain=[phrase("Start"), phrase("End")], range=["triangle-up", "square"])
    return (
        alt.Chart(ends)
        .mark_point(size=110, filled=True, opacity=1, color=ORANGE)
        .encode(
            alt.X("east:Q"),
            alt.Y("north:Q"),
            shape=alt.Shape("end:N", title=None, scale=shape, legend=alt.Legend(orient="top")),
        )
    )


def _speed_legend(sport: str) -> Any:
    """Legend of a speed in km/h or mph, labelled in the unit of the sport."""
    metres = paced_over_m(sport)
    if metres is None:
        return alt.Legend(orient="bottom")
    seconds = f"({metres * speed_value(1.0):g} / datum.value)"
    as_pace = f"floor({seconds} / 60) + ':' + format(floor({seconds} % 60), '02d')"
    return alt.Legend(orient="bottom", labelExpr=as_pace, gradientLength=ROUTE_PX - 40)


def way_unit() -> str:
    """Unit of the route's axes: `m`, or `mi` where distances are in miles."""
    return "m" if distance_unit() == KILOMETRES else distance_unit()


def _square(route: pl.DataFrame) -> tuple[Any, Any]:
    """Axes of the same length around the middle: a metre or mile is as long north as east."""
    spans = [extent(route[name]) for name in ("east", "north")]
    least = LEAST_HALF_M if way_unit() == "m" else distance_value(LEAST_HALF_M)
    half = max(least, *((last - first) / 2 for first, last in spans)) * 1.06
    scales = [
        alt.Scale(
            domain=[(first + last) / 2 - half, (first + last) / 2 + half], nice=False, zero=False
        )
        for first, last in spans
    ]
    axis = alt.Axis(tickCount=4, grid=False)
    return (
        alt.X(
            "east:Q",
            title=phrase("{way_unit} east of the start", way_unit=way_unit()),
            scale=scales[0],
            axis=axis,
        ),
        alt.Y(
            "north:Q",
            title=phrase("{way_unit} north of the start", way_unit=way_unit()),
            scale=scales[1],
            axis=axis,
        ),
    )


def extent(values: pl.Series) -> tuple[float, float]:
    """Smallest and largest of values that are not all null."""
    known = values.drop_nulls().to_list()
    return float(min(known)), float(max(known))
