"""`tightlog hypothesis`: write down what you think goes with your tightness, before looking."""

import argparse
from datetime import datetime

import polars as pl

from tightlog.answers.actions import hypotheses
from tightlog.cli.command_line import add_json
from tightlog.cli.printing import print_frame, print_json, print_paragraph
from tightlog.domain.clocks import last_day
from tightlog.errors import HypothesisRefused, NoWarehouse
from tightlog.home.settings import home_folder, settings_of
from tightlog.journal.journal import read_journal
from tightlog.language.catalogue import message, phrase, phrases
from tightlog.warehouse import store
from tightlog.words.dates import date_words

EXAMPLES = (
    (
        "tightlog hypothesis add 'cycling time' --expression cycle_min --unit min",
        message("a column of day"),
    ),
    (
        "tightlog hypothesis add 'hills on tired legs' --expression 'ascent_m * run_streak_d'",
        message("an SQL expression of the columns of day"),
    ),
    ("tightlog hypothesis list", message("what became of them so far")),
)
NOTHING_YET = message(
    "No hypothesis yet. Write one down before you look: `tightlog hypothesis add NAME "
    "--expression COLUMN`. Scores from the next day on count."
)

WAITING = message("`tightlog refresh` tests it.")

STEPS = phrases(
    {
        "add": "write one down; scores from the next day on count",
        "list": "what became of them so far, as of the last refresh",
        "withdraw": "it is no longer told; the journal keeps it",
    }
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """The words of the command."""
    add_json(parser)
    parser.add_argument("step", choices=tuple(STEPS), help="; ".join(map(": ".join, STEPS.items())))
    parser.add_argument("name", metavar="NAME", nargs="?", help=phrase("for add and withdraw"))
    parser.add_argument(
        "--expression",
        metavar="SQL",
        help=phrase(
            "for add: a column of day, an SQL expression of its columns, or what your diary notes"
        ),
    )
    parser.add_argument("--unit", default="", help=phrase("for add"))


def run(given: argparse.Namespace) -> int:
    """Exit code 0 after the step is on disk, or the list was printed. Raises HypothesisRefused."""
    if given.step == "list":
        return _list(given)
    if given.name is None:
        raise HypothesisRefused(phrase("name it: tightlog hypothesis {step} NAME", step=given.step))
    if given.step == "withdraw":
        return _withdraw(given)
    if given.expression is None:
        raise HypothesisRefused(
            phrase("say what it is: tightlog hypothesis add NAME --expression COLUMN")
        )
    return _add(given)


def _add(given: argparse.Namespace) -> int:
    home = home_folder(given.home)
    day = datetime.now(settings_of(home).zone).date()
    written = hypotheses.add(home, day, given.name, given.expression, given.unit)
    made = written.hypothesis
    if given.json:
        print_json({**vars(made), "reason": written.reason})
        return 0
    print_paragraph(
        phrase(
            "Written down: {name}, {expression}. Scores after {declared_on} count.",
            name=made.name,
            expression=made.expression,
            declared_on=date_words(made.declared_on),
        )
    )
    if written.reason:
        print_paragraph(
            phrase("It cannot be tested as things are: {reason}", reason=written.reason)
        )
    return 0


def _withdraw(given: argparse.Namespace) -> int:
    withdrawn = hypotheses.withdraw(home_folder(given.home), given.name)
    if given.json:
        print_json(vars(withdrawn))
    else:
        print_paragraph(phrase("Withdrawn: {name}. The journal keeps it.", name=withdrawn.name))
    return 0


def _list(given: argparse.Namespace) -> int:
    home = home_folder(given.home)
    try:
        rows = store.relation(store.published_version(home), "hypothesis")
    except NoWarehouse:
        if given.json:
            raise
        rows = None
    if given.json and rows is not None:
        print_frame(rows, "json")
        return 0
    tested = set() if rows is None else set(rows["entry_id"])
    journal = read_journal(home.journal, last_day(settings_of(home).zone))
    waiting = [
        phrase(
            "{name} (since {declared_on}): {waiting}",
            name=one.name,
            declared_on=date_words(one.declared_on),
            waiting=phrase(WAITING),
        )
        for one in journal.hypotheses
        if one.withdrawn_on is None and one.entry_id not in tested
    ]
    lines = [*([] if rows is None else hypothesis_lines(rows)), *waiting]
    for line in lines or [phrase(NOTHING_YET)]:
        print_paragraph(line)
    return 0


def hypothesis_lines(rows: pl.DataFrame) -> list[str]:
    """A line per hypothesis that stands: since when, and what came of it."""
    lines = []
    for row in rows.filter(pl.col("withdrawn_on").is_null()).iter_rows(named=True):
        told = (
            phrase("cannot be tested: {reason}", reason=row["reason"])
            if row["reason"]
            else row["sentence"]
        )
        lines.append(
            phrase(
                "{name} (since {declared_on}): {told}",
                name=row["name"],
                declared_on=date_words(row["declared_on"]),
                told=told,
            )
        )
    return lines
