"""The course of the back on Today: the newest score large, the usual, and four weeks as a line."""

from collections.abc import Iterator

import streamlit as st

from dashboards.shown import cards
from dashboards.shown.data import View
from tightlog.answers.morning.course import Course
from tightlog.language.catalogue import phrase
from tightlog.words.dates import day_and_month, weekday_and_month

# Of the drawing, which is as wide as its card.
WIDTH, HEIGHT, EDGE = 320.0, 72.0, 6.0
HIGHEST_SCORE = 10.0
# A band of one score is as high as a score.
HALF_POINT = 0.5
Point = tuple[float, float]


def course_card(seen: View, course: Course) -> None:
    """The card; nothing without a score in four weeks."""
    if course.newest is None:
        return
    day, score = course.newest
    when = phrase("today") if day == seen.local_day else weekday_and_month(day)
    first = course.days[0][0]
    st.html(
        cards.course_card(
            f"{score:g}",
            phrase("of 10, {when}", when=when),
            course.sentence,
            {
                "size": (WIDTH, HEIGHT),
                "band": _band(course),
                "lines": [_written(line) for line in _lines(course)],
                "dots": [point for line in _lines(course) for point in line],
                "words": phrase(
                    "Scores from {first} to {local_day}",
                    first=day_and_month(first),
                    local_day=day_and_month(seen.local_day),
                ),
                "ends": (day_and_month(first), phrase("today")),
            },
        )
    )


def _lines(course: Course) -> Iterator[list[Point]]:
    """Mornings in a row that were scored, each as points; a morning without a score is a gap."""
    line: list[Point] = []
    for number, (_, score) in enumerate(course.days):
        if score is None:
            if line:
                yield line
            line = []
        else:
            line.append((_across(number, len(course.days)), _up(score)))
    if line:
        yield line


def _band(course: Course) -> tuple[float, float] | None:
    """Top and height of the usual; None before it is known."""
    if course.usual_low is None or course.usual_high is None:
        return None
    top, bottom = (
        _up(min(course.usual_high + HALF_POINT, HIGHEST_SCORE)),
        _up(max(course.usual_low - HALF_POINT, 0.0)),
    )
    return top, bottom - top


def _across(number: int, count: int) -> float:
    return EDGE + number / (count - 1) * (WIDTH - 2 * EDGE)


def _up(score: float) -> float:
    return HEIGHT - EDGE - score / HIGHEST_SCORE * (HEIGHT - 2 * EDGE)


def _written(line: list[Point]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in line)
