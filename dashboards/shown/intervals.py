"""Effects as points with their 95 % interval, one lane each: findings and interventions are
drawn alike.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import polars as pl

from dashboards.shown.cards import VERDICT_WORDS
from dashboards.shown.charts import lane_axis
from dashboards.shown.colours import BLUE, GREEN, GREY, ORANGE, PURPLE, VERMILION
from tightlog.domain.thresholds import RELEVANT_POINTS
from tightlog.words.numbers import typeset, upper_points

LANE_HEIGHT = 68
AXIS_HEIGHT = 40
BAND_HEIGHT = 24
# A lane holds two lines of text above its interval.
NAMES_DY, INTERVAL_DY = -23, 15
# No wider than this on either side of zero, or one uncertain interval would flatten all others; an
# arrow marks what was cut.
WIDEST_POINTS = 5.0
# Told apart by shape and by the word in the lane as well, for eyes and paper without colour.
MARKS: Mapping[str, tuple[str, str]] = {
    "clear": ("circle", BLUE),
    "possible": ("diamond", ORANGE),
    "hint": ("triangle-right", ORANGE),
    "reacts": ("square", PURPLE),
    "helps": ("triangle-down", GREEN),
    "hurts": ("triangle-up", VERMILION),
    "nothing_seen": ("cross", GREY),
}


# Reasons of a verdict that say no more than that nothing was beyond chance.
BY_CHANCE = ("no_link", "no_difference")


@dataclass(frozen=True)
class Interval:
    """One effect to draw: its name, its verdict, the counts behind it in words, and its numbers
    in points.
    """

    title: str
    verdict: str
    counts: str
    points: float
    low: float
    high: float
    smallest: float | None


def intervals(
    tested: Iterable[Mapping[str, Any]], counts: Callable[[Mapping[str, Any]], str]
) -> list[Interval]:
    """What was compared (rows of findings or effects) and has a number, in the order given."""
    return [
        Interval(
            row["title"],
            row["verdict"],
            counts(row),
            row["effect_points"],
            row["effect_low"],
            row["effect_high"],
            row["smallest_detectable_points"],
        )
        for row in tested
        if row["effect_points"] is not None
    ]


def intervals_chart(intervals: Sequence[Interval], axis: str) -> alt.LayerChart:
    """One lane per interval in the order given, a line at 0, a band where a difference is too
    small to matter.
    """
    reach = _reach(intervals)
    drawn = pl.DataFrame([_row(interval, reach) for interval in intervals])
    lanes = alt.Y("lane:N", sort=drawn["lane"].to_list(), axis=lane_axis(NAMES_DY))
    layers = [
        *_ground(drawn, lanes, reach, axis),
        *_whiskers(drawn, lanes),
        *_points(drawn, lanes, reach),
    ]
    return alt.LayerChart(layer=layers, height=LANE_HEIGHT * len(intervals) + AXIS_HEIGHT)


def interval_words(points: float | None, low: float | None, high: float | None) -> str:
    """An effect and its interval as `+1.0 points (95 % interval +0.7 to +1.4)`."""
    if points is None or low is None or high is None:
        return ""
    return typeset(f"{_signed(points)} points (95 % interval {_signed(low)} to {_signed(high)})")


def unseen_interval_words(row: Mapping[str, Any]) -> str:
    """The interval of a comparison; where nothing was seen though it leaves out 0, with why that
    is not enough.
    """
    low, high = row["effect_low"], row["effect_high"]
    words = interval_words(row["effect_points"], low, high)
    is_by_chance = words and (low > 0 or high < 0) and row["verdict_reason"] in BY_CHANCE
    return f"{words}: it leaves out 0, as some of so many do by chance" if is_by_chance else words


def detectable_words(smallest: float | None) -> str:
    """The smallest difference that would probably have been seen, as a short fact."""
    return (
        ""
        if smallest is None
        else f"{upper_points(smallest)} points or more would probably have been seen"
    )


def intervals_words(intervals: Sequence[Interval]) -> str:
    """The chart in words, for screen readers."""
    said = (
        (
            f"{interval.title}, {VERDICT_WORDS[interval.verdict].lower()}, "
            f"{interval_words(interval.points, interval.low, interval.high)}"
        )
        for interval in intervals
    )
    return f"Differences in tightness with their intervals: {'; '.join(said)}."


def _signed(points: float) -> str:
    # Adding 0.0 makes a rounded −0.0 a plain 0, which has no sign.
    rounded = round(points, 1) + 0.0
    return f"{rounded:+.1f}" if rounded else "0.0"


def _reach(intervals: Sequence[Interval]) -> float:
    ends = [
        abs(end)
        for interval in intervals
        for end in (interval.low, interval.high, interval.smallest or 0.0)
    ]
    return min(max(*ends, 1.5 * RELEVANT_POINTS) * 1.05, WIDEST_POINTS)


def _row(interval: Interval, reach: float) -> dict[str, Any]:
    # A bar would break the line where it is not meant to.
    name = (interval.title[:1].upper() + interval.title[1:]).replace("|", "/")
    beneath = f"{VERDICT_WORDS[interval.verdict]} · {interval.counts}"
    return {
        "lane": f"{name}|{beneath}",
        "name": name,
        "beneath": beneath,
        "verdict": interval.verdict,
        "points": interval.points,
        "low": max(interval.low, -reach),
        "high": min(interval.high, reach),
        "band_from": max(-RELEVANT_POINTS, -reach),
        "band_to": min(RELEVANT_POINTS, reach),
        "zero": 0.0,
        "is_low_cut": interval.low < -reach,
        "is_high_cut": interval.high > reach,
        "smallest": interval.smallest if interval.verdict == "nothing_seen" else None,
        "said": interval_words(interval.points, interval.low, interval.high),
        "detectable": detectable_words(interval.smallest),
    }


def _ground(drawn: pl.DataFrame, lanes: Any, reach: float, axis: str) -> list[alt.Chart]:
    # Only where the interval lies: the text above it stays on plain ground.
    x = alt.X(
        "band_from:Q",
        title=axis,
        scale=alt.Scale(domain=[-reach, reach], nice=False),
        axis=alt.Axis(grid=False, tickCount=6),
    )
    band = (
        alt.Chart(drawn)
        .mark_bar(color=GREY, opacity=0.18, size=BAND_HEIGHT, yOffset=INTERVAL_DY)
        .encode(x, lanes, x2="band_to:Q")
    )
    zero = (
        alt.Chart(drawn)
        .mark_tick(color=GREY, thickness=1.5, size=BAND_HEIGHT, yOffset=INTERVAL_DY)
        .encode(alt.X("zero:Q"), lanes)
    )
    return [band, zero]


def _whiskers(drawn: pl.DataFrame, lanes: Any) -> list[alt.Chart]:
    whisker = (
        alt.Chart(drawn)
        .mark_rule(strokeWidth=3, yOffset=INTERVAL_DY)
        .encode(alt.X("low:Q"), lanes, x2="high:Q", color=_colour())
    )
    layers = [whisker]
    for column, side, angle in (("is_low_cut", "low", 270), ("is_high_cut", "high", 90)):
        if drawn[column].any():
            cut = alt.Chart(drawn.filter(pl.col(column)))
            arrow = cut.mark_point(
                shape="triangle", angle=angle, size=70, filled=True, opacity=1, yOffset=INTERVAL_DY
            )
            layers.append(arrow.encode(alt.X(f"{side}:Q"), lanes, color=_colour()))
    return layers


def _points(drawn: pl.DataFrame, lanes: Any, reach: float) -> list[alt.Chart]:
    shapes = alt.Shape(
        "verdict:N",
        legend=None,
        scale=alt.Scale(domain=list(MARKS), range=[shape for shape, _ in MARKS.values()]),
    )
    tips = [
        alt.Tooltip("name:N", title="what"),
        alt.Tooltip("said:N", title="effect"),
        alt.Tooltip("beneath:N", title="verdict"),
        alt.Tooltip("detectable:N", title="what would have been seen"),
    ]
    point = (
        alt.Chart(drawn)
        .mark_point(size=150, filled=True, opacity=1, yOffset=INTERVAL_DY)
        .encode(alt.X("points:Q"), lanes, shape=shapes, color=_colour(), tooltip=tips)
    )
    unseen = drawn.filter(pl.col("smallest").is_not_null(), pl.col("smallest") <= reach)
    if unseen.is_empty():
        return [point]
    ends = pl.concat([unseen.with_columns(end=pl.col("smallest") * sign) for sign in (-1, 1)])
    ticks = (
        alt.Chart(ends)
        .mark_tick(color=GREY, thickness=1.5, size=18, yOffset=INTERVAL_DY)
        .encode(alt.X("end:Q"), lanes, tooltip=tips)
    )
    return [ticks, point]


def _colour() -> Any:
    return alt.Color(
        "verdict:N",
        legend=None,
        scale=alt.Scale(domain=list(MARKS), range=[colour for _, colour in MARKS.values()]),
    )
