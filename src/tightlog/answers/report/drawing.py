"""The report's charts as SVG: black on white, drawn for paper, and read without colour. A day or
week not known is a gap, never a zero.
"""

from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import polars as pl
from markupsafe import Markup, escape

from tightlog.answers.report.markup import piece
from tightlog.words.dates import MONTHS

WIDTH, LEFT, RIGHT, TOP, BOTTOM = 560, 34, 8, 12, 22
FONT = "font-family='Helvetica,Arial,sans-serif' font-size='13' fill='#222'"
# A label so near the right end is set to its left, or it would be cut.
EDGE = 30
INK, GREY, PALE = "#111", "#777", "#ddd"
HIGHEST_SCORE = 10.0
MOST_LABELS = 7
# More bars than this have no number above them: it would not fit.
MOST_NUMBERED = 20


def as_image(drawing: str, words: str) -> Markup:
    """The drawing as an image in the page itself, with words for those who do not see it."""
    return piece("image", words, b64encode(drawing.encode()).decode())


def scores_drawing(days: pl.DataFrame, first_day: date, last_day: date) -> str:
    """SVG of the scores as dots and their 7-day median as a line, which breaks where no median
    is known.
    """
    height, known = 152, list(days.iter_rows(named=True))
    length_d = max((last_day - first_day).days, 1)
    # The median lives on for a week after the last score; a line there would claim scores nobody
    # gave.
    last_scored = max(
        (row["day"] for row in known if row["tightness_score"] is not None), default=first_day
    )

    def at(day: date, score: float) -> tuple[float, float]:
        return (
            LEFT + (day - first_day).days / length_d * (WIDTH - LEFT - RIGHT),
            TOP + (1 - score / HIGHEST_SCORE) * (height - TOP - BOTTOM),
        )

    levels = [_level(at(first_day, score)[1], f"{score}") for score in (0, 2, 4, 6, 8, 10)]
    labels = [_label(at(day, 0)[0], height, text) for day, text in _day_labels(first_day, last_day)]
    lines = [
        (
            f"<polyline points='{' '.join(f'{x:.1f},{y:.1f}' for x, y in points)}' fill='none' "
            f"stroke='{INK}' stroke-width='2'/>"
        )
        for points in _unbroken(
            [
                (row["day"], row["tightness_7d_median"])
                for row in known
                if row["day"] <= last_scored
            ],
            at,
        )
    ]
    dots = [
        f"<circle cx='{x:.1f}' cy='{y:.1f}' r='2.6' fill='{GREY}'/>"
        for x, y in (
            at(row["day"], row["tightness_score"])
            for row in known
            if row["tightness_score"] is not None
        )
    ]
    return _svg(height, [*levels, *labels, *dots, *lines])


def bars_drawing(
    parts: Sequence[Mapping[str, Any]],
    column: str,
    known_column: str,
    part: str,
    divisor: float = 1.0,
) -> str:
    """SVG of one bar per week or month: pale where only part of it is known or in range, a
    question mark where nothing is.
    """
    height, band = 112, (WIDTH - LEFT - RIGHT) / max(len(parts), 1)
    highest = max((row[column] / divisor for row in parts if row[column] is not None), default=0.0)
    top = _round_top(highest)
    scale = (height - TOP - BOTTOM - 10) / top
    drawn = [_level(height - BOTTOM - value * scale, f"{value:g}") for value in (0.0, top / 2, top)]
    every = -(-len(parts) // MOST_LABELS)
    for number, row in enumerate(parts):
        x = LEFT + number * band
        if number % every == 0:
            drawn.append(
                _label(x + band / 2, height, part_words(row["first_day"], part, short=True))
            )
        drawn += _bar(
            row,
            column,
            row[known_column] == whole_days(row["first_day"], part),
            x,
            band,
            height - BOTTOM,
            scale / divisor,
            f"{row[column] / divisor:.0f}"
            if row[column] is not None and len(parts) <= MOST_NUMBERED
            else "",
        )
    return _svg(height, drawn)


def part_words(first_day: date, part: str, *, short: bool = False) -> str:
    """A week by its Monday, as `5 Jan`, or a month, as `Jan 2026`."""
    month = MONTHS[first_day.month - 1][:3]
    if part == "month":
        return f"{month} {first_day.year}" if not short else f"{month} {first_day:%y}"
    return f"{first_day.day} {month}" if short else f"{first_day.day} {month} {first_day.year}"


def whole_days(first_day: date, part: str) -> int:
    """Days of the whole week or month that begins on a day."""
    if part == "week":
        return 7
    return ((first_day.replace(day=1) + timedelta(days=32)).replace(day=1) - first_day).days


def _bar(
    row: Mapping[str, Any],
    column: str,
    is_whole: bool,
    x: float,
    band: float,
    ground: float,
    scale: float,
    number: str,
) -> list[str]:
    middle = x + band / 2
    if row[column] is None:
        return [f"<text x='{middle:.1f}' y='{ground - 4:.1f}' text-anchor='middle' {FONT}>?</text>"]
    length = row[column] * scale
    bar = (
        f"<rect x='{x + band * 0.15:.1f}' y='{ground - length:.1f}' width='{band * 0.7:.1f}' "
        f"height='{length:.1f}' "
        f"fill='{GREY if is_whole else PALE}' stroke='{GREY}' stroke-width='1'/>"
    )
    above = (
        (
            f"<text x='{middle:.1f}' y='{ground - length - 4:.1f}' text-anchor='middle' "
            f"{FONT}>{number}</text>"
        )
        if number
        else ""
    )
    return [bar, above]


def _unbroken(
    values: Sequence[tuple[date, float | None]], at: Any
) -> Iterator[list[tuple[float, float]]]:
    """Points of each stretch of consecutive days with a value."""
    stretch: list[tuple[float, float]] = []
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


def _day_labels(first_day: date, last_day: date) -> Iterator[tuple[date, str]]:
    """A few days of the range, evenly apart, as `5 Jan`; by month and year where the range is
    long.
    """
    length_d = (last_day - first_day).days
    step_d = max(-(-length_d // 5), 1)
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


def _level(y: float, text: str) -> str:
    return (
        f"<line x1='{LEFT}' x2='{WIDTH - RIGHT}' y1='{y:.1f}' y2='{y:.1f}' stroke='{PALE}' "
        "stroke-width='1'/>"
        f"<text x='{LEFT - 5}' y='{y + 4:.1f}' text-anchor='end' {FONT}>{text}</text>"
    )


def _label(x: float, height: int, text: str) -> str:
    anchor = "end" if x > WIDTH - EDGE else "middle"
    return f"<text x='{x:.1f}' y='{height - 6}' text-anchor='{anchor}' {FONT}>{escape(text)}</text>"


def _svg(height: int, elements: Sequence[str]) -> str:
    return (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {WIDTH} {height}' width='{WIDTH}' "
        f"height='{height}'>{''.join(elements)}</svg>"
    )
