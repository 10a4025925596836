"""`tightlog hypothesis`: write down what you think goes with your tightness, before looking."""

import argparse
from datetime import datetime

import polars as pl

from tightlog.answers.actions import hypotheses
from tightlog.cli.command_line import add_json
from tightlog.cli.printing import print_frame, print_json, print_paragraph
from tightlog.domain.known_days import last_day
from tightlog.errors import HypothesisRefused, NoWarehouse
from tightlog.home.settings import home_folder, settings_of
from tightlog.journal.journal import read_journal
from tightlog.warehouse import store
from tightlog.words.dates import date_words

EXAMPLES = (
    ("tightlog hypothesis add 'cycling time' --expression cycle_min --unit min", "a column of day"),
    (
        "tightlog hypothesis add 'hills on tired legs' --expression 'ascent_m * run_streak_d'",
        "an SQL expression of the columns of day",
    ),
    ("tightlog hypothesis list", "what became of them so far"),
)
NOTHING_YET = (
    "No hypothesis yet. Write one down before you look: `tightlog hypothesis add NAME --expression "
    "COLUMN`. Scores from the next day on count."
)

WAITING = "`tightlog refresh` tests it."

STEPS = {
    "add": "write one down; scores from the next day on count",
    "list": "what became of them so far, as of the last refresh",
    "withdraw": "it is no longer told; the journal keeps it",
}


def arguments(parser: argparse.ArgumentParser) -> None:
    """The words of the command."""
    add_json(parser)
    parser.add_argument("step", choices=tuple(STEPS), help="; ".join(map(": ".join, STEPS.items())))
    parser.add_argument("name", metavar="NAME", nargs="?", help="for add and withdraw")
    parser.add_argument(
        "--expression",
        metavar="SQL",
        help="for add: a column of day, an SQL expression of its columns, or what your diary notes",
    )
    parser.add_argument("--unit", default="", help="for add")


def run(given: argparse.Namespace) -> int:
    """Exit code 0 after the step is on disk, or the list was printed. Raises HypothesisRefused."""
    if given.step == "list":
        return _list(given)
    if given.name is None:
        raise HypothesisRefused(f"name it: tightlog hypothesis {given.step} NAME")
    if given.step == "withdraw":
        return _withdraw(given)
    if given.expression is None:
        raise HypothesisRefused("say what it is: tightlog hypothesis add NAME --expression COLUMN")
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
        f"Written down: {made.name}, {made.expression}. Scores after "
        f"{date_words(made.declared_on)} count."
    )
    if written.reason:
        print_paragraph(f"It cannot be tested as things are: {written.reason}")
    return 0


def _withdraw(given: argparse.Namespace) -> int:
    withdrawn = hypotheses.withdraw(home_folder(given.home), given.name)
    if given.json:
        print_json(vars(withdrawn))
    else:
        print_paragraph(f"Withdrawn: {withdrawn.name}. The journal keeps it.")
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
        f"{one.name} (since {date_words(one.declared_on)}): {WAITING}"
        for one in journal.hypotheses
        if one.withdrawn_on is None and one.entry_id not in tested
    ]
    lines = [*([] if rows is None else hypothesis_lines(rows)), *waiting]
    for line in lines or [NOTHING_YET]:
        print_paragraph(line)
    return 0


def hypothesis_lines(rows: pl.DataFrame) -> list[str]:
    """A line per hypothesis that stands: since when, and what came of it."""
    lines = []
    for row in rows.filter(pl.col("withdrawn_on").is_null()).iter_rows(named=True):
        told = f"cannot be tested: {row['reason']}" if row["reason"] else row["sentence"]
        lines.append(f"{row['name']} (since {date_words(row['declared_on'])}): {told}")
    return lines
