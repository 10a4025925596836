"""A month as HTML: a week is a row, a day a cell that links to its page and says in words all it
shows.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from markupsafe import Markup

from dashboards.shown.colours import score_field
from tightlog.answers.days.calendar_month import CalendarDay, CalendarMonth, CalendarWeek
from tightlog.answers.report.markup import environment, macro
from tightlog.language.catalogue import message, phrase
from tightlog.language.choice import numerals
from tightlog.units import METRES_PER_KM
from tightlog.words.dates import MONTHS, short_weekday, weekday_and_date
from tightlog.words.measures import distance, distance_unit, distance_value
from tightlog.words.numbers import counted, short_number
from tightlog.words.tried.trials import side_words

TEMPLATES = environment(Path(__file__).parent)
BEGAN, FLAGGED, DONE, TOLD, LEFT = "▲", "⚑", "✓", "●", "○"
LEGEND = (
    (BEGAN, message("a pattern began"), "began"),
    (FLAGGED, message("a red flag"), "flag"),
    (DONE, message("things done"), "done"),
    (TOLD, message("the coin said do it"), "coin"),
    (LEFT, message("leave it"), "coin"),
    ("?", message("not known (striped: the whole day)"), "unknown"),
)
SHOWN_FIELDS = (0, 2, 4, 6, 8, 10)


def month_title(month: date) -> str:
    """A month as `November 2026`."""
    return f"{MONTHS[month.month]} {month.year}"


def month_grid(month: CalendarMonth, local_day: date) -> Markup:
    """The month's weeks with their totals, and what the marks mean."""
    weeks = [
        ([_cell(day, month, local_day) for day in week.days], list(week_words(week)))
        for week in month.weeks
    ]
    legend = {
        "fields": [(score_field(score), f"{score}") for score in SHOWN_FIELDS],
        "scale": phrase("first score of the day, 0 to 10"),
        "marks": [(symbol, phrase(words), kind) for symbol, words, kind in LEGEND],
    }
    return macro(
        TEMPLATES,
        "calendar.html.jinja",
        "month_grid",
        month_title(month.first_day),
        [short_weekday(day.day) for day in month.weeks[0].days],
        weeks,
        legend,
    )


def score_chip(score: float) -> Markup:
    """A score as a field of its colour with its number."""
    field = score_field(score)
    return macro(TEMPLATES, "calendar.html.jinja", "score_field", field, f"{score:g}")


def week_words(week: CalendarWeek) -> Iterator[str]:
    """Totals of a week: distance, median score, how many things were done."""
    if week.run_km is not None:
        known = "" if not week.unknown_count else " known"
        yield f"{distance(week.run_km * METRES_PER_KM)}{known}"
    if week.score is not None:
        yield phrase("median {score}", score=short_number(week.score))
    if week.done_count:
        yield phrase("{done_count} done", done_count=week.done_count)


def _cell(day: CalendarDay, month: CalendarMonth, local_day: date) -> dict[str, Any]:
    is_open = month.known_from <= day.day <= max(local_day, month.known_to)
    return {
        "number": day.day.day,
        "address": f"day?day={day.day}" if is_open else "",
        "words": day_words(day),
        "kinds": "".join(f" tl-{kind}" for kind in _kinds(day, month, local_day)),
        "field": None if day.score is None else score_field(day.score),
        "score": "" if day.score is None else f"{day.score:g}",
        "km": _km(day) if is_open else "",
        "unit": distance_unit() if day.run_km else "",
        "marks": list(_marks(day)),
    }


def _kinds(day: CalendarDay, month: CalendarMonth, local_day: date) -> Iterator[str]:
    if not month.holds(day.day):
        yield "beside"
    if day.is_unknown:
        yield "not-known"
    if day.day == local_day:
        yield "this-day"


def _km(day: CalendarDay) -> str:
    if day.is_unknown or day.is_part_unknown:
        return "?"
    return numerals(f"{distance_value(day.run_km * METRES_PER_KM):.1f}") if day.run_km else ""


def _marks(day: CalendarDay) -> Iterator[tuple[str, str, str]]:
    """Symbol, words for a wide screen, and kind of each mark."""
    if day.is_flagged:
        yield FLAGGED, phrase("red flag"), "flag"
    if day.began:
        yield BEGAN, f"{len(day.began)}" if len(day.began) > 1 else "", "began"
    if day.coin is not None:
        is_told = day.coin.toss.is_assigned
        yield TOLD if is_told else LEFT, side_words(is_told), "coin"
    if day.done:
        yield f"{DONE}{len(day.done)}", phrase("done"), "done"


def day_words(day: CalendarDay) -> str:
    """All that a cell shows, for a tooltip and for those who do not see it."""
    return f"{weekday_and_date(day.day)}: {'; '.join(_said(day))}"


def _said(day: CalendarDay) -> Iterator[str]:
    if day.is_flagged:
        yield phrase("a red flag was raised")
    yield (
        phrase("no score")
        if day.score is None
        else phrase("tightness {score:g} of 10", score=day.score)
    )
    if day.coverage is None:
        yield phrase("not read yet")
    elif day.is_unknown:
        yield phrase("nothing known of training")
    elif day.is_part_unknown:
        yield phrase("distance not known")
    else:
        yield phrase("no run") if day.is_rest else distance((day.run_km or 0.0) * METRES_PER_KM)
    if day.done:
        yield phrase(
            "{thing} done: {done}", thing=counted(len(day.done), "thing"), done=", ".join(day.done)
        )
    if day.coin is not None:
        yield phrase(
            "the coin said {side_words}: {title}",
            side_words=side_words(day.coin.toss.is_assigned),
            title=day.coin.title,
        )
    for title in day.began:
        yield phrase("began: {title}", title=title)
