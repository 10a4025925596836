"""What the report's charts promise: a dot per score, gaps where nothing is known, and words for
who does not see them.
"""

import re
from base64 import b64decode
from datetime import date, timedelta
from itertools import pairwise
from xml.etree import ElementTree

import polars as pl

from tightlog.answers.report.drawing import (
    NARROW,
    WIDTH,
    as_image,
    bars_drawing,
    part_words,
    scores_drawing,
    whole_days,
)

MONDAY = date(2026, 5, 4)


def days(*values: tuple[float | None, float | None]) -> pl.DataFrame:
    rows = [
        (MONDAY + timedelta(days=number), score, median)
        for number, (score, median) in enumerate(values)
    ]
    return pl.DataFrame(
        rows,
        schema={"day": pl.Date, "tightness_score": pl.Float64, "tightness_7d_median": pl.Float64},
        orient="row",
    )


def week(number: int, km: float | None, known: int = 7) -> dict[str, object]:
    return {
        "first_day": MONDAY + timedelta(days=7 * number),
        "day_count": 7,
        "run_distance_m": km and km * 1000,
        "known_run_day_count": known,
    }


def elements(svg: str, name: str) -> list[ElementTree.Element]:
    return list(ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}" + name))


def test_each_score_is_a_dot_at_its_height() -> None:
    svg = scores_drawing(
        days((0.0, None), (None, None), (10.0, None)), MONDAY, MONDAY + timedelta(days=2)
    )
    dots = [(float(dot.get("cx", 0)), float(dot.get("cy", 0))) for dot in elements(svg, "circle")]
    assert len(dots) == 2
    assert dots[0][0] < dots[1][0]
    assert dots[1][1] == 12.0  # the top of the chart
    assert dots[0][1] > 100


def test_median_line_breaks_where_none_is_known_and_ends_with_the_last_score() -> None:
    svg = scores_drawing(
        days((2.0, 2.0), (2.0, 3.0), (None, None), (4.0, 3.0), (4.0, 3.0), (None, 3.0)),
        MONDAY,
        MONDAY + timedelta(days=5),
    )
    assert [len((line.get("points") or "").split()) for line in elements(svg, "polyline")] == [2, 2]


def test_no_score_at_all_draws_no_dot_and_no_line() -> None:
    svg = scores_drawing(days((None, None), (None, None)), MONDAY, MONDAY + timedelta(days=1))
    assert not elements(svg, "circle")
    assert not elements(svg, "polyline")


def test_bars_are_in_proportion_and_a_week_not_known_is_a_question_mark() -> None:
    svg = bars_drawing(
        [week(0, 20.0), week(1, None, 0), week(2, 40.0), week(3, 0.0)],
        "run_distance_m",
        "known_run_day_count",
        "week",
        1000.0,
    )
    heights = [float(bar.get("height", 0)) for bar in elements(svg, "rect")]
    assert len(heights) == 3
    assert abs(heights[1] - 2 * heights[0]) < 0.2
    assert heights[2] == 0
    texts = [text.text for text in elements(svg, "text")]
    assert texts.count("?") == 1
    assert {"20", "40", "0"} <= set(texts)


def test_week_known_in_part_is_paler() -> None:
    svg = bars_drawing(
        [week(0, 20.0), week(1, 20.0, known=3)],
        "run_distance_m",
        "known_run_day_count",
        "week",
        1000.0,
    )
    fills = [bar.get("fill") for bar in elements(svg, "rect")]
    assert fills[0] != fills[1]


def test_a_hundred_weeks_are_drawn_with_few_labels_and_no_numbers() -> None:
    svg = bars_drawing(
        [week(number, 30.0) for number in range(100)],
        "run_distance_m",
        "known_run_day_count",
        "week",
        1000.0,
    )
    assert len(elements(svg, "rect")) == 100
    assert len(elements(svg, "text")) <= 3 + 7


def test_a_phone_has_a_drawing_of_its_own_width_without_numbers_that_overlap() -> None:
    """The wide one would be cut at the newest days, or its letters too small to read."""
    quarter = [week(number, 30.0) for number in range(14)]
    wide, narrow = (
        bars_drawing(quarter, "run_distance_m", "known_run_day_count", "week", 1000.0, width)
        for width in (WIDTH, NARROW)
    )
    assert [svg.count(">30</text>") for svg in (wide, narrow)] == [14, 0]
    assert len(elements(narrow, "rect")) == 14
    for svg in (
        narrow,
        scores_drawing(
            days((1.0, 1.0), (2.0, 2.0)), MONDAY, MONDAY + timedelta(days=90), width=NARROW
        ),
    ):
        edges = [float(text.get("x", 0)) for text in elements(svg, "text")]
        assert svg.count("font-size='13'") == len(edges) and max(edges) <= NARROW
        labels = sorted(
            float(text.get("x", 0)) for text in elements(svg, "text") if " " in (text.text or "")
        )
        assert min(right - left for left, right in pairwise(labels)) > 60
    shown = as_image(lambda width: f"<svg width='{width}'/>", "words")
    drawings = [b64decode(one) for one in re.findall("base64,([^']*)'", shown)]
    assert drawings == [f"<svg width='{width}'/>".encode() for width in (WIDTH, NARROW)]


def test_months_have_their_own_length() -> None:
    assert [whole_days(date(2026, month, 1), "month") for month in (1, 2, 4, 12)] == [
        31,
        28,
        30,
        31,
    ]
    assert whole_days(MONDAY, "week") == 7
    assert part_words(date(2026, 2, 1), "month") == "Feb 2026"
    assert part_words(MONDAY, "week", short=True) == "4 May"


def test_image_has_words_and_no_markup_of_its_own() -> None:
    image = as_image(lambda width: f"<svg width='{width}'/>", "median 3 <b>")
    assert "alt='median 3 &lt;b&gt;'" in image
    assert re.search(r"src='data:image/svg\+xml;base64,[A-Za-z0-9+/=]+'", image)
