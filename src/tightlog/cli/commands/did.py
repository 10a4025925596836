"""`tightlog did`: one intervention done."""

import argparse

from tightlog.answers.actions import entries
from tightlog.cli.command_line import add_json, number
from tightlog.cli.logged import print_logged
from tightlog.domain.interventions.catalogue import find
from tightlog.home.settings import home_folder
from tightlog.language.catalogue import message, phrase
from tightlog.words.dates import date_words

EXAMPLES = (
    ("tightlog did plank --minutes 3", message("just now")),
    ("tightlog did cat-cow --at 2026-05-31", message("on another day")),
    ("tightlog did swimming --minutes 40 --rpe 4", message("with how hard it was")),
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """The words of the command."""
    add_json(parser)
    parser.add_argument("intervention", metavar="INTERVENTION", nargs="+")
    parser.add_argument("--at", metavar="WHEN")
    parser.add_argument("--minutes", type=number)
    parser.add_argument("--rpe", type=number, help=phrase("how hard it was, 0–10"))


def run(given: argparse.Namespace) -> int:
    """Exit code 0 after the entry is on disk."""
    home = home_folder(given.home)
    intervention = find(" ".join(given.intervention))
    when = entries.moment(home, given.at)
    logged = entries.did(
        home, intervention.intervention, when, minutes=given.minutes, rpe=given.rpe
    )
    facts = {"entries": [logged.entry_id], "intervention": intervention.intervention}
    what = phrase("{title} on {day}", title=intervention.title, day=date_words(when.day))
    return print_logged(home, logged, what, facts if given.json else None)
