"""Any feature drawn below the tightness of the same days, and the names of features."""

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import altair as alt
import polars as pl

from dashboards.shown.charts import (
    DAY,
    LEFT_ROOM,
    MONTH_WAY,
    Span,
    beyond,
    chart_title,
    day_axis,
    dot,
    from_zero,
    lane_axis,
    last_value,
    series_words,
    way_of,
    with_ways,
)
from dashboards.shown.colours import feature_colour
from tightlog.answers.days.axis_limit import axis_limit
from tightlog.language.catalogue import phrase
from tightlog.words.dates import SPANS
from tightlog.words.measures import distance_unit, distance_value, value_of, worded
from tightlog.words.measures import unit_of as read_unit
from tightlog.words.numbers import counted

# Ends of names that repeat the unit.
UNIT_ENDS = (
    "spm",
    "km",
    "m",
    "min",
    "pct",
    "pp",
    "au",
    "bpm",
    "w",
    "ms",
    "mm",
    "h",
    "d",
    "mps",
    "deg",
    "ratio",
    "sd",
)
# A name's words as a runner says them.
SAID = {
    "trimp": "TRIMP",
    "srpe": "session-RPE",
    "acwr": "acute to chronic",
    "ewma": "weighted mean",
    "z": "against own norm",
    "residual": "against own norm",
    "deviation": "against own norm",
    "hrv": "heart-rate variability",
    "rmssd": "(RMSSD)",
    "sdnn": "(SDNN)",
}
# A column or a state inside a sentence: longest_run_30d_m, over_10_pct.
CODE = re.compile(r"\b[a-z]+(?:_[a-z0-9]+)+\b")
# Heights are said in metres or feet; distances in kilometres or miles.
HEIGHTS = ("ascent", "descent")
# Amounts of one day are bars from zero; what sums over days or goes on is a line; all else, dots.
AMOUNTS = ("m", "ft", "min", "au", "runs", "km", "mi", "steps")
GOES_ON = re.compile(r"_\d+d_|^since_|_streak_|^shoe_")
WORDS = ("word", "yes/no")
FEATURE_HEIGHT = 150


def feature_words(feature: Mapping[str, Any]) -> str:
    """A feature for the list: family, name, unit; `Mileage · run distance, 7 days (km)`."""
    unit = "" if feature["unit"] == "word" else f" ({unit_of(feature)})"
    return f"{feature['family'].replace('_', ' ').capitalize()} · {feature_name(feature)}{unit}"


def feature_name(feature: Mapping[str, Any]) -> str:
    """Its name without family and unit; `run distance 7 days`."""
    return _name_words(feature["feature"]).removeprefix(f"{feature['family'].replace('_', ' ')} ")


def unit_of(feature: Mapping[str, Any]) -> str:
    """Its unit as it is drawn."""
    if _is_distance(feature):
        return distance_unit()
    return phrase("load units") if feature["unit"] == "au" else read_unit(str(feature["unit"]))


def definition_words(feature: Mapping[str, Any]) -> str:
    """What a feature is, and what a gap in its chart means."""
    return phrase(
        "{plain_words} A gap means not known.", plain_words=plain_words(feature["definition"])
    )


def plain_words(definition: str) -> str:
    """A stored definition in a runner's words: no column is named as a programmer does, and null
    is unknown.
    """
    plain = re.sub(
        r"\b([Nn])ull\b",
        lambda null: "Unknown" if null[1] == "N" else "unknown",
        worded(definition),
    )
    return CODE.sub(lambda code: f"“{_name_words(code[0])}”", plain).rstrip(".") + "."


def state_words(state: pl.Expr) -> pl.Expr:
    """Stored words as they are shown: `over 10 %`, `return after break`, `yes`."""
    return (
        state.replace({"true": "yes", "false": "no"})
        .str.replace(r"_pct$", "\u202f%")
        .str.replace_all("_", " ")
    )


def in_unit(days: pl.DataFrame, feature: Mapping[str, Any]) -> pl.DataFrame:
    """The stored amounts in the unit they are drawn in, and words as they are shown."""
    one = distance_value(1.0) if _is_distance(feature) else value_of(1.0, str(feature["unit"]))
    return days.with_columns(
        amount=pl.col("amount") * one,
        said=state_words(pl.col("word")),
    )


def is_word(feature: Mapping[str, Any]) -> bool:
    """True when its values are words, not numbers."""
    return feature["unit"] in WORDS


def is_amount(feature: Mapping[str, Any]) -> bool:
    """True for what a day has an amount of, which weeks and months have the sum of."""
    is_running_on = bool(GOES_ON.search(feature["feature"]))
    return not is_word(feature) and unit_of(feature) in AMOUNTS and not is_running_on


def feature_chart(
    days: pl.DataFrame, feature: Mapping[str, Any], span: Span, every: str = ""
) -> alt.LayerChart:
    """The feature on each day it is known, or summed over each week or month (`every`); where it is
    not known is a gap.
    """
    title = f"{feature_words(feature)}{f', a {SPANS[every]}' if every else ''}"
    layers = [_word_marks(days, span)] if is_word(feature) else _layers(days, feature, span, every)
    return alt.LayerChart(layer=layers, height=FEATURE_HEIGHT, title=chart_title(title))


def feature_tip(feature: Mapping[str, Any]) -> Any:
    """The feature, for a tooltip."""
    if is_word(feature):
        return alt.Tooltip("said:N", title=feature_name(feature))
    return alt.Tooltip(
        "amount:Q", title=f"{feature_name(feature)}, {unit_of(feature)}", format=",.2~f"
    )


def _layers(
    days: pl.DataFrame, feature: Mapping[str, Any], span: Span, every: str
) -> list[alt.Chart]:
    colour, is_line = feature_colour(feature["family"]), bool(GOES_ON.search(feature["feature"]))
    way = MONTH_WAY if every else way_of(span)
    known = with_ways(days.filter(pl.col("amount").is_not_null()), way)
    limit = axis_limit(known["amount"])
    amounts = known["amount"]
    is_from_zero = limit is not None or is_amount(feature) or not (amounts != 0).any()
    scale = from_zero(amounts, limit) if is_from_zero else alt.Scale(zero=False)
    axis = alt.Axis(title=None, tickCount=4, minExtent=LEFT_ROOM, maxExtent=LEFT_ROOM)
    y = alt.Y("amount:Q", axis=axis, scale=scale)
    # The sum of a period is written beside its end.
    ends_at = days.with_columns(day=pl.col("until") - timedelta(days=1)) if every else days
    last = last_value(ends_at, "amount", colour)
    edge = [*beyond(known, "amount", limit, way), *last]
    tips = [
        alt.Tooltip("day:T", title=phrase("from") if every else phrase("day"), format="%-d %b %Y")
    ]
    tips.append(feature_tip(feature))
    if is_line:
        line = alt.Chart(days).mark_line(color=colour, strokeWidth=2.5).encode(day_axis(span), y)
        # A known day between two gaps would be a line of no length.
        drawn = alt.Chart(known).mark_circle(**dot(colour, 14))
        dots = drawn.encode(DAY, alt.Y("amount:Q"), href=alt.Href("way:N"), tooltip=tips)
        return [line, dots, *edge]
    if not is_amount(feature):
        dots = alt.Chart(known).mark_circle(**dot(colour))
        return [dots.encode(day_axis(span), y, href=alt.Href("way:N"), tooltip=tips), *edge]
    if every:
        # A bar as wide as its period: of two ends in time and one amount Vega would make a beam.
        fields = alt.Chart(known).mark_rect(
            color=colour, cursor="pointer", clip=True, stroke="transparent", strokeWidth=1
        )
        ends = {"x2": alt.X2("until:T"), "y2": alt.Y2Datum(0)}
        return [
            fields.encode(day_axis(span), y, href=alt.Href("way:N"), tooltip=tips, **ends),
            *edge,
        ]
    bars = alt.Chart(known).mark_bar(color=colour, cursor="pointer", width=_stick_px(span))
    return [bars.encode(day_axis(span), y, href=alt.Href("way:N"), tooltip=tips), *edge]


def feature_in_words(days: pl.DataFrame, feature: Mapping[str, Any]) -> str:
    """The chart in words, for screen readers."""
    if is_word(feature):
        counts = (
            days.select(word=state_words(pl.col("word")))
            .drop_nulls()
            .group_by("word")
            .len()
            .sort("word")
        )
        said = "; ".join(
            f"{row['word']}, {counted(row['len'], 'day')}" for row in counts.iter_rows(named=True)
        )
        return f"{feature_words(feature)}: {said}."
    return series_words(days, "amount", unit_of(feature), feature_words(feature), decimals=1)


def _word_marks(days: pl.DataFrame, span: Span) -> alt.Chart:
    # Named above their ticks, as marks in lanes are: words have no room at the side.
    ticks: alt.Chart = (
        alt.Chart(days.filter(pl.col("said").is_not_null()))
        .mark_tick(color=feature_colour(""), thickness=3, size=14, yOffset=9)
        .encode(day_axis(span), alt.Y("said:N", axis=lane_axis(-9, LEFT_ROOM)))
    )
    return ticks


def _name_words(name: str) -> str:
    if name.startswith("over_") and name.endswith("_pct"):
        return name.removesuffix("_pct").replace("_", " ") + "\u202f%"
    parts = (
        name.removesuffix("_count").split("_")
        if re.search(r"\d+d_count$", name)
        else name.replace("_m_per_km", f"_per_{distance_unit()}_m").split("_")
    )
    kept = parts[:-1] if len(parts) > 1 and parts[-1] in UNIT_ENDS else parts
    return re.sub(r"\b(\d+)d\b", r"\1 days", " ".join(SAID.get(part, part) for part in kept))


def _is_distance(feature: Mapping[str, Any]) -> bool:
    return feature["unit"] == "m" and feature["feature"].split("_")[0] not in HEIGHTS


def _stick_px(span: Span) -> float:
    # About what a day measures on a phone, and never so thin that it vanishes.
    return max(1.5, min(6.0, 280 / max((span[1] - span[0]).days, 1)))
