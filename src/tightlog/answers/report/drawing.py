"""The report's charts as SVG: black on white, drawn for paper, and read without colour. A day or
week not known is a gap, never a zero.
"""

from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import polars as pl
from markupsafe import Markup, escape

from tightlog.answers.report.markup import piece
from tightlog.words.dates import MONTHS, short_date

WIDTH, LEFT, RIGHT, TOP, BOTTOM = 560, 34, 8, 12, 22
# Of the drawing for a phone: as wide as its page, so that the letters keep their size.
NARROW = 300
FONT = "font-family='Helvetica,Arial,sans-serif' font-size='13' fill='#222'"
# A label so near the right end is set to its left, or it would be cut.
EDGE = 30
INK, GREY, PALE = "#111", "#777", "#ddd"
HIGHEST_SCORE = 10.0
# So much room a label below the axis takes.
LABEL_WIDTH = 75
# A drawing this low has room for three levels.
LOW = 120
# Narrower bars have no number above them: it would not fit.
LEAST_NUMBERED = 25
Point = tuple[float, float]


def as_image(draw: Callable[[int], str], words: str) -> Markup:
    """The drawing as an image in the page itself, drawn once for paper and once for the width of a
    phone, with words for those who do not see it.
    """
    wide, narrow = (b64encode(draw(width).encode()).decode() for width in (WIDTH, NARROW))
    return piece("image", words, wide, narrow)


def scores_drawing(
    days: pl.DataFrame, first_day: date, last_day: date, height: int = 152, width: int = WIDTH
) -> str:
    """SVG of the scores as dots and their 7-day median as a line, which breaks where no median
    is known.
    """
    length_d = max((last_day - first_day).days, 1)

    def at(day: date, score: float) -> Point:
        return (
            LEFT + (day - first_day).days / length_d * (width - LEFT - RIGHT),
            TOP + (1 - score / HIGHEST_SCORE) * (height - TOP - BOTTOM),
        )

    levels = [
        _level(at(first_day, score)[1], f"{score}", width)
        for score in (0, 2, 4, 6, 8, 10)
        if height > LOW or not score % 5
    ]
    named = _day_labels(first_day, last_day, 5 if width == WIDTH else 3)
    labels = [_label(at(day, 0)[0], height, text, width) for day, text in named]
    scored = days.drop_nulls("tightness_score")
    dots = [_dot(*at(*row)) for row in scored.select("day", "tightness_score").iter_rows()]
    # The median lives on for a week after the last score; a line there would claim scores nobody
    # gave.
    last_scored = max(scored["day"].to_list(), default=first_day)
    medians = days.filter(pl.col("day") <= last_scored).select("day", "tightness_7d_median")
    lines = [_line(points) for points in _unbroken(medians.rows(), at)]
    return _svg(height, [*levels, *labels, *dots, *lines], width)


def _dot(x: float, y: float) -> str:
    return f"<circle cx='{x:.1f}' cy='{y:.1f}' r='2.6' fill='{GREY}'/>"


def _line(points: Sequence[Point]) -> str:
    way = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return f"<polyline points='{way}' fill='none' stroke='{INK}' stroke-width='2'/>"


def bars_drawing(
    parts: Sequence[Mapping[str, Any]],
    column: str,
    known_column: str,
    part: str,
    divisor: float = 1.0,
    width: int = WIDTH,
) -> str:
    """SVG of one bar per week or month: pale where only part of it is known or in range, a
    question mark where nothing is.
    """
    height, band = 112, (width - LEFT - RIGHT) / max(len(parts), 1)
    highest = max((row[column] / divisor for row in parts if row[column] is not None), default=0.0)
    top = _round_top(highest)
    scale = (height - TOP - BOTTOM - 10) / top
    drawn = [
        _level(height - BOTTOM - value * scale, f"{value:g}", width)
        for value in (0.0, top / 2, top)
    ]
    every = -(-len(parts) // (width // LABEL_WIDTH))
    for number, row in enumerate(parts):
        x, value = LEFT + number * band, row[column]
        if number % every == 0:
            label = part_words(row["first_day"], part, short=True)
            drawn.append(_label(x + band / 2, height, label, width))
        if value is None:
            drawn.append(_text(x + band / 2, height - BOTTOM - 4, "?"))
            continue
        is_whole = row[known_column] == whole_days(row["first_day"], part)
        length = value / divisor * scale
        drawn.append(_bar(x, band, height - BOTTOM, length, GREY if is_whole else PALE))
        if band >= LEAST_NUMBERED:
            above = height - BOTTOM - length - 4
            drawn.append(_text(x + band / 2, above, f"{value / divisor:.0f}"))
    return _svg(height, drawn, width)


def part_words(first_day: date, part: str, *, short: bool = False) -> str:
    """A week by its first day, as `5 Jan`, or a month, as `Jan 2026`."""
    month = MONTHS[first_day.month][:3]
    if part == "month":
        return f"{month} {first_day.year}" if not short else f"{month} {first_day:%y}"
    return short_date(first_day) if short else f"{short_date(first_day)} {first_day.year}"


def whole_days(first_day: date, part: str) -> int:
    """Days of the whole week or month that begins on a day."""
    if part == "week":
        return 7
    return ((first_day.replace(day=1) + timedelta(days=32)).replace(day=1) - first_day).days


def _bar(x: float, band: float, ground: float, length: float, colour: str) -> str:
    return (
        f"<rect x='{x + band * 0.15:.1f}' y='{ground - length:.1f}' width='{band * 0.7:.1f}' "
        f"height='{length:.1f}' fill='{colour}' stroke='{GREY}' stroke-width='1'/>"
    )


def _text(middle: float, y: float, text: str) -> str:
    return f"<text x='{middle:.1f}' y='{y:.1f}' text-anchor='middle' {FONT}>{text}</text>"


def _unbroken(
    values: Sequence[tuple[date, float | None]], at: Callable[[date, float], Point]
) -> Iterator[list[Point]]:
    """Points of each stretch of consecutive days with a value."""
    stretch: list[Point] = []
    before: date | None = None
    for day, value in values:
        if value is None or (before is not None and (day - before).days > 1):
            if stretch:
                yield stretch
            stretch = []
        if value is not None:
            stretch.append(at(day, value))
        before = day
    if stretch:
        yield stretch


def _day_labels(first_day: date, last_day: date, count: int) -> Iterator[tuple[date, str]]:
    """A few days of the range, evenly apart, as `5 Jan`; by month and year where the range is
    long.
    """
    length_d = (last_day - first_day).days
    step_d = max(-(-length_d // count), 1)
    for number in range(length_d // step_d + 1):
        day = first_day + timedelta(days=number * step_d)
        yield day, part_words(day, "week" if length_d < 200 else "month", short=True)


def _round_top(highest: float) -> float:
    """The lowest of 1, 2, 4, 5, 10, 20 … that is not below."""
    step = 1.0
    while True:
        for factor in (1, 2, 4, 5):
            if highest <= factor * step:
                return factor * step
        step *= 10


def _level(y: float, text: str, width: int) -> str:
    return (
        f"<line x1='{LEFT}' x2='{width - RIGHT}' y1='{y:.1f}' y2='{y:.1f}' stroke='{PALE}' "
        "stroke-width='1'/>"
        f"<text x='{LEFT - 5}' y='{y + 4:.1f}' text-anchor='end' {FONT}>{text}</text>"
    )


def _label(x: float, height: int, text: str, width: int) -> str:
    anchor = "end" if x > width - EDGE else "middle"
    return f"<text x='{x:.1f}' y='{height - 6}' text-anchor='{anchor}' {FONT}>{escape(text)}</text>"


def _svg(height: int, elements: Sequence[str], width: int) -> str:
    return (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {width} {height}' width='{width}' "
        f"height='{height}'>{''.join(elements)}</svg>"
    )
