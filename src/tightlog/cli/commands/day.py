"""`tightlog day`: one day, from the night before to the morning after."""

import argparse
from collections.abc import Iterator
from datetime import datetime

from tightlog.answers.days.one_day import OneDay, one_day
from tightlog.answers.logged import DONE
from tightlog.cli.command_line import add_json
from tightlog.cli.printing import print_json, print_paragraph
from tightlog.home.settings import home_folder, settings_of
from tightlog.journal.moment import moment_of
from tightlog.language.catalogue import message, phrase
from tightlog.warehouse import store
from tightlog.words.dates import SPANS, weekday_and_date
from tightlog.words.scores import MOMENT_WORDS, change_words
from tightlog.words.tried.trials import side_words

EXAMPLES = (
    ("tightlog day 2026-11-20", message("everything known of that day, and the morning after")),
    ("tightlog day", message("the same of today")),
    ("tightlog day 2026-11-20 --json", message("for a script")),
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """The words of the command."""
    parser.add_argument(
        "day",
        nargs="?",
        metavar="DAY",
        help=phrase("a date as 2026-11-20, or yesterday (default: today)"),
    )
    add_json(parser)


def run(given: argparse.Namespace) -> int:
    """Exit code 0 after the day was printed, also where nothing is known of it."""
    home = home_folder(given.home)
    zone = settings_of(home).zone
    day, today = moment_of(given.day, zone).day, datetime.now(zone).date()
    with store.published(home) as version:
        facts = one_day(home, version, day, today)
    if given.json:
        print_json(facts.as_json())
        return 0
    print_paragraph(weekday_and_date(facts.day), style="bold")
    for sentence in day_sentences(facts):
        print_paragraph(sentence)
    return 0


def day_sentences(facts: OneDay) -> Iterator[str]:
    """The day in its order, a sentence a thing."""
    if facts.is_flagged:
        yield phrase("A red flag was raised on this day.")
    if facts.night:
        yield facts.night
    yield from (f"{one.title}: {one.amount}." for one in facts.noted if one.is_of_night)
    own, after = facts.mornings.own, facts.mornings.after
    part = SPANS[facts.mornings.part]
    yield (
        phrase("That {part}: no score.", part=part)
        if own is None
        else phrase("That {part}: {own:g} of 10.", part=part, own=own)
    )
    amount, words = facts.run_words
    yield phrase("Run: {amount}, {words}.", amount=amount, words=words)
    for line in facts.lines:
        if line.kind != DONE and line.score is not None and (line.note or line.score != own):
            note = f", “{line.note}”" if line.note else ""
            yield phrase(
                "Scored {score:g} ({get}){note}.",
                score=line.score,
                get=MOMENT_WORDS.get(line.moment or "", "given"),
                note=note,
            )
    if facts.done:
        yield phrase("Done: {done}.", done=", ".join(facts.done))
    yield from (
        phrase("Began: {title}. {evidence}", title=match["title"], evidence=match["evidence"])
        for match in facts.began
    )
    if facts.coin is not None:
        told = side_words(facts.coin.toss.is_assigned)
        yield phrase("Trial of {title}: the coin said {told}.", title=facts.coin.title, told=told)
    yield from (f"{one.title}: {one.amount}." for one in facts.noted if not one.is_of_night)
    change = facts.mornings.change
    more = "" if change is None else f", {change_words(change, phrase('that {part}', part=part))}"
    yield (
        phrase("The {part} after: no score.", part=part)
        if after is None
        else phrase("The {part} after: {after:g} of 10{more}.", part=part, after=after, more=more)
    )
