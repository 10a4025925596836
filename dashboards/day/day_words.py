"""A day in words: its tiles, and what was noted of the day and its night."""

from dashboards.months.month_grid import score_chip
from tightlog.answers.days.known import Mornings
from tightlog.answers.days.one_day import OneDay
from tightlog.words.scores import change_words

Tile = tuple[str, str, str]
NOTHING = "–"


def tiles(day: OneDay) -> list[Tile]:
    """The morning, the run and the morning after, as number, name and meaning."""
    is_to_come = day.day >= day.local_day
    return [morning_tile(day.mornings), _run(day), after_tile(day.mornings, is_to_come)]


def morning_tile(mornings: Mornings) -> Tile:
    """The first score of the day."""
    own, before = mornings.own, mornings.before
    if own is None:
        return NOTHING, "That morning", "no score"
    steps = "" if before is None else f", {change_words(own - before, 'the morning before')}"
    return score_chip(own), "That morning", f"of 10{steps}"


def after_tile(mornings: Mornings, is_to_come: bool) -> Tile:
    """The first score of the next day, and how far it is from that of the day."""
    after, change = mornings.after, mornings.change
    if after is None:
        return NOTHING, "The morning after", "still to come" if is_to_come else "no score"
    said = "" if change is None else f", {change_words(change, 'that morning')}"
    return score_chip(after), "The morning after", f"of 10{said}"


def _run(day: OneDay) -> Tile:
    amount, words = day.run_words
    return amount, "Run", words
