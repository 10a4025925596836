"""The curves of one activity over time or distance, its route in a fold, and why there are none
where there are none.
"""

from collections.abc import Mapping
from typing import Any

import polars as pl
import streamlit as st

from dashboards.runs import run_charts
from dashboards.runs.run_wording import PACED, duration_words, speed_unit
from dashboards.shown import cards
from dashboards.shown.charts import show_chart
from dashboards.shown.data import View, rows
from tightlog.domain.formats import LISTS
from tightlog.language.catalogue import message, phrase
from tightlog.units import METRES_PER_KM
from tightlog.words.measures import (
    KILOMETRES,
    distance,
    distance_unit,
    distance_value,
    metres_of,
)

# Ours: as fine as a phone can show; an hour is drawn in means of 10 s, ten hours in means of 2 min.
MOST_STRETCHES = 400
WIDTHS_S = (10, 30, 60, 120, 300, 600, 1800, 3600)
# In km or miles.
OVER_TIME, OVER_DISTANCE = message("Time"), message("Distance")
WIDTHS_FAR = (0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0)
# A stretch holds at least this many of the usual steps between two records, so that a watch that
# writes rarely makes no gaps.
LEAST_STEPS = 3
# As the half-minutes the norm is made of: a longer step between two records is a gap.
LONGEST_STEP_S = 10.0


def curves(seen: View, facts: Mapping[str, Any], files: list[dict[str, Any]]) -> None:
    """Pace, heart rate, cadence and form over time or distance, and the route in a fold; why
    there are none when there are none.
    """
    st.html(
        cards.section(
            phrase("Through the run")
            if facts["sport"] == "running"
            else phrase("Through the activity")
        )
    )
    recording = rows(seen, "activity_recording", facts["activity_id"]).row(0, named=True)
    if not recording["record_count"] or not recording["span_s"] or not recording["step_s"]:
        st.html(cards.notice(no_curves_words(files)))
        return
    is_by_distance = (
        bool(recording["span_m"])
        and st.segmented_control(
            phrase("Over"),
            (OVER_TIME, OVER_DISTANCE),
            default=OVER_TIME,
            format_func=phrase,
            required=True,
            key="curve_over",
            persist_state="session",
        )
        == OVER_DISTANCE
    )
    stacked(seen, facts, recording, is_by_distance=is_by_distance)
    if recording["position_count"] > 1:
        route(seen, facts, recording)


def stacked(
    seen: View, facts: Mapping[str, Any], recording: Mapping[str, Any], *, is_by_distance: bool
) -> None:
    """The curves one below the other, with the width of their averages; a sentence when there
    is none.
    """
    width, sport = width_of(recording, is_by_distance=is_by_distance), facts["sport"]
    curve = rows(
        seen,
        "activity_curve",
        facts["activity_id"],
        "distance" if is_by_distance else "time",
        float(width),
        longest_step_s(recording),
    )
    drawn = run_charts.drawn(curve, sport, is_by_distance=is_by_distance)
    shown = run_charts.curves_of(drawn, sport)
    if not shown:
        st.html(cards.notice(phrase("The recording has no pace, heart rate, cadence or form.")))
        return
    st.caption(smoothing_words(width, drawn, sport, is_by_distance=is_by_distance))
    with st.container(key="curves"):
        show_chart(
            run_charts.curves_chart(drawn, sport, is_by_distance=is_by_distance),
            " ".join(run_charts.curve_words(drawn, one, sport) for one in shown),
        )


def width_of(recording: Mapping[str, Any], *, is_by_distance: bool) -> float:
    """Width of a stretch of the curves, s or m: the smallest that keeps them few, with some
    records each.
    """
    span = recording["span_m"] if is_by_distance else recording["span_s"]
    widths = tuple(far * metres_of(1.0) for far in WIDTHS_FAR) if is_by_distance else WIDTHS_S
    step = (
        LEAST_STEPS
        * recording["step_s"]
        * (recording["span_m"] / recording["span_s"] if is_by_distance else 1.0)
    )
    fitting = (width for width in widths if span / width <= MOST_STRETCHES and width >= step)
    return next(fitting, -(-int(max(span / MOST_STRETCHES, step)) // widths[-1]) * widths[-1])


def longest_step_s(recording: Mapping[str, Any]) -> float:
    """The longest step between two records that is no gap: 10 s, more for a watch that writes
    rarely.
    """
    return max(LONGEST_STEP_S, LEAST_STEPS * float(recording["step_s"]))


def smoothing_words(width: float, drawn: pl.DataFrame, sport: str, *, is_by_distance: bool) -> str:
    """What a value of the curves stands for, and what is not drawn."""
    is_short = distance_unit() == KILOMETRES and width < METRES_PER_KM
    unit = f"{width:.0f} m" if is_short else f"{distance_value(width):g} {distance_unit()}"
    means = (
        phrase("Averages over {unit}", unit=unit)
        if is_by_distance
        else phrase("Averages over {width:.0f} min", width=width // 60)
        if width >= 60
        else phrase("Averages over {width:.0f} s", width=width)
    )
    gaps = (
        phrase(" Pauses and gaps in the recording are shown as gaps.")
        if not is_by_distance
        else phrase(" Gaps in the recording are shown as gaps; a pause has no length.")
    )
    zeros = (
        phrase(" Zeros are left out of cadence.") if drawn["cadence_spm"].drop_nulls().len() else ""
    )
    if sport not in PACED or not drawn["pace"].drop_nulls().len():
        return f"{means}.{gaps}{zeros}"
    edge = run_charts.slowest_drawn(drawn)
    is_clipped = run_charts.extent(drawn["pace"])[1] > edge
    clipped = (
        phrase(
            " Slower than {duration_words} {speed_unit} is drawn at the edge.",
            duration_words=duration_words(edge),
            speed_unit=speed_unit(sport),
        )
        if is_clipped
        else ""
    )
    return f"{means}.{gaps}{zeros}{clipped}"


def no_curves_words(files: list[dict[str, Any]]) -> str:
    """Why an activity has no curves."""
    if any(file["reader"] in LISTS for file in files):
        return phrase(
            "There are no curves: this activity is known only from the list of an export, "
            "which holds totals. Add its own file to see them."
        )
    return phrase(
        "There are no curves: its file holds totals only, without a recording of the activity."
    )


def route(seen: View, facts: Mapping[str, Any], recording: Mapping[str, Any]) -> None:
    """The route, drawn only while the expander is open."""
    fold = st.expander(
        phrase("Route"), on_change="rerun", key=f"route_{facts['activity_id']}", type="compact"
    )
    if not fold.open:
        return
    way = rows(
        seen,
        "activity_route",
        facts["activity_id"],
        float(width_of(recording, is_by_distance=False)),
    )
    with fold:
        if way["next_east_m"].drop_nulls().is_empty():
            st.html(cards.notice(phrase("There are too few positions to draw a route.")))
            return
        st.caption(
            phrase(
                "There is no map, because that would tell a server where you run. North is up; "
                "both axes have the same scale."
            )
        )
        show_chart(run_charts.route_chart(way, facts["sport"]), route_words(way), is_wide=False)


def route_words(way: pl.DataFrame) -> str:
    """The extent of the route in words."""
    width, height = (
        last - first
        for first, last in (run_charts.extent(way[name]) for name in ("east_m", "north_m"))
    )
    return phrase(
        "The route is {span_words} from west to east and {span_words_2} from south to north.",
        span_words=_span_words(width),
        span_words_2=_span_words(height),
    )


def _span_words(span_m: float) -> str:
    return f"{span_m:,.0f} m" if distance_unit() == KILOMETRES else distance(span_m)
