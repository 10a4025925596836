"""One link opened: what it says, the raw days, the three days after it, and how sure it is."""

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import polars as pl
import streamlit as st

from dashboards.links.raw_days import raw_days
from dashboards.shown import cards
from dashboards.shown.charts import show_chart
from dashboards.shown.colours import BLUE, GREY
from dashboards.shown.data import View, part_of_day
from dashboards.shown.intervals import unseen_interval_words
from tightlog.language.catalogue import phrase, phrases
from tightlog.words.dates import SPANS, date_words
from tightlog.words.findings import held_fixed_words
from tightlog.words.numbers import typeset, upper_points

MEANINGS: Mapping[str, str] = phrases(
    {
        "clear": (
            "Clear: beyond chance however often you look, a point or more, and confirmed by "
            "the checks."
        ),
        "possible": (
            "Possible: beyond chance however often you look, but it is small or one of the checks "
            "leaves a doubt."
        ),
        "hint": (
            "A hint: seen twice, a week apart. Who looks every morning sees such things now and "
            "then where there is nothing."
        ),
        "reacts": "It seems to follow your back, so it is unclear which comes first.",
        "nothing_seen": "Nothing seen: that does not prove that there is no link.",
    }
)
CURVE_HEIGHT = 150
LAGS = (1, 2, 3)


def one_link(seen: View, row: Mapping[str, Any]) -> None:
    """Everything behind one finding, beneath its row."""
    st.markdown(row["statement"])
    raw_days(seen, row)
    three_days(row, part_of_day(seen))
    st.html(cards.plain_list(phrase("How sure it is"), sure_words(row)))


def three_days(row: Mapping[str, Any], part: str) -> None:
    """How much tighter the back was on each of the three days after more of it; `part` is what of a
    day its first score is of.
    """
    points = [row[f"lag_{lag_d}_points"] for lag_d in LAGS]
    if None in points:
        st.caption(
            phrase(
                "Looked at the next {part} only: what acts for days was fixed beforehand.",
                part=SPANS[part],
            )
        )
        return
    after = (
        phrase("next {part}", part=SPANS[part]),
        phrase("two days after"),
        phrase("three days after"),
    )
    st.markdown(phrase("**The three days after**"))
    show_chart(curve_chart(points, after), curve_words(points, after), key="chart_three_days")
    st.caption(phrase("Points tighter after a lot of it than after little, each day by itself."))


def curve_chart(points: Sequence[float], after: Sequence[str]) -> alt.LayerChart:
    """The points of the three days after as a line, with a line at 0."""
    days = pl.DataFrame({"when": list(after), "points": points}).with_columns(
        said=pl.Series([typeset(phrase("{value:+.1f} points", value=value)) for value in points]),
        none=0.0,
    )
    x = alt.X("when:N", sort=list(after), title=None, axis=alt.Axis(labelAngle=0))
    tips = [
        alt.Tooltip("when:N", title=phrase("when")),
        alt.Tooltip("said:N", title=phrase("tighter by")),
    ]
    zero = alt.Chart(days).mark_rule(color=GREY).encode(alt.Y("none:Q"), tooltip=alt.value(None))
    line = (
        alt.Chart(days)
        .mark_line(color=BLUE, point=alt.OverlayMarkDef(size=90, color=BLUE), strokeWidth=2.5)
        .encode(
            x, alt.Y("points:Q", title=phrase("points"), axis=alt.Axis(tickCount=4)), tooltip=tips
        )
    )
    return alt.LayerChart(layer=[zero, line], height=CURVE_HEIGHT)


def curve_words(points: Sequence[float], after: Sequence[str]) -> str:
    """The curve in words, for screen readers."""
    said = (f"{when} {value:+.1f}" for when, value in zip(after, points, strict=True))
    return typeset(phrase("Points tighter after a lot of it: {said}.", said="; ".join(said)))


def sure_words(row: Mapping[str, Any]) -> list[str]:
    """The verdict's meaning, the numbers behind it, and what was held fixed, line by line."""
    unseen = row["verdict"] in ("reacts", "nothing_seen")
    change, details = row["smallest_real_change_points"], row["details"] or ""
    lines = [
        MEANINGS[row["verdict"]],
        # What was not seen stands far above, and the numbers go on from it.
        f"{row['statement']} {details}" if row["verdict"] == "nothing_seen" else details,
        unseen_interval_words(row) if unseen else _measured(row),
        _together(row),
        phrase("Taken from: {lag_window}", lag_window=row["lag_window"])
        if not row["is_window_in_title"]
        else "",
        phrase(
            "Held fixed: {held_fixed_words}", held_fixed_words=held_fixed_words(row["held_fixed"])
        )
        if row["held_fixed"]
        else "",
        phrase("First seen: {first_seen_on}", first_seen_on=date_words(row["first_seen_on"]))
        if row["first_seen_on"]
        else "",
    ]
    if change is not None and not unseen:
        lines.append(
            phrase(
                "Between two of your scores, {change} points or less may be no change",
                change=upper_points(change),
            )
        )
    return [line for line in lines if line]


def _measured(row: Mapping[str, Any]) -> str:
    told = row["told_points"]
    return (
        ""
        if told is None
        else typeset(phrase("As measured, before allowing for luck: {told:+.1f} points", told=told))
    )


def _together(row: Mapping[str, Any]) -> str:
    if row["cumulative_points"] is None:
        return ""
    return typeset(
        phrase(
            "The three days together: {cumulative_points:+.1f} points ({cumulative_low:+.1f} "
            "to {cumulative_high:+.1f})",
            cumulative_points=row["cumulative_points"],
            cumulative_low=row["cumulative_low"],
            cumulative_high=row["cumulative_high"],
        )
    )
