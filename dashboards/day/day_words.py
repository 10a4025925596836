"""A day in words: its tiles, and what was noted of the day and its night."""

from dashboards.months.month_grid import score_chip
from tightlog.answers.days.known import Mornings
from tightlog.answers.days.one_day import OneDay
from tightlog.language.catalogue import phrase
from tightlog.words.dates import SPANS
from tightlog.words.scores import change_words

Tile = tuple[str, str, str]
NOTHING = "–"


def tiles(day: OneDay) -> list[Tile]:
    """The morning, the run and the morning after, as number, name and meaning."""
    is_to_come = day.day >= day.local_day
    return [morning_tile(day.mornings), _run(day), after_tile(day.mornings, is_to_come)]


def morning_tile(mornings: Mornings) -> Tile:
    """The first score of the day."""
    own, before, name = (
        mornings.own,
        mornings.before,
        phrase("That {part}", part=SPANS[mornings.part]),
    )
    if own is None:
        return NOTHING, name, phrase("no score")
    than = phrase("the {part} before", part=SPANS[mornings.part])
    steps = "" if before is None else f", {change_words(own - before, than)}"
    return score_chip(own), name, phrase("of 10{change}", change=steps)


def after_tile(mornings: Mornings, is_to_come: bool) -> Tile:
    """The first score of the next day, and how far it is from that of the day."""
    after, change, name = (
        mornings.after,
        mornings.change,
        phrase("The {part} after", part=SPANS[mornings.part]),
    )
    if after is None:
        return NOTHING, name, phrase("still to come") if is_to_come else phrase("no score")
    said = (
        ""
        if change is None
        else f", {change_words(change, phrase('that {part}', part=SPANS[mornings.part]))}"
    )
    return score_chip(after), name, phrase("of 10{change}", change=said)


def _run(day: OneDay) -> Tile:
    amount, words = day.run_words
    return amount, phrase("Run"), words
