"""`tightlog decline`: advice that is not wanted, today or until that is taken back."""

import argparse

from tightlog.answers.actions import declining, entries
from tightlog.answers.logged import NOT_FOR_ME, NOT_TODAY, TITLES
from tightlog.cli.command_line import add_json
from tightlog.cli.printing import print_json, print_paragraph
from tightlog.domain.interventions.catalogue import find
from tightlog.home.settings import home_folder
from tightlog.language.catalogue import message, phrase

EXAMPLES = (
    ("tightlog decline plank", message("not today")),
    ("tightlog decline swimming --always", message("not for me, until it is taken back")),
    ("tightlog decline swimming --take-back", message("offer it again")),
)
FROM_NOW = message("It is not offered from now on; `tightlog decline --take-back` offers it again.")


def arguments(parser: argparse.ArgumentParser) -> None:
    """The words of the command."""
    add_json(parser)
    parser.add_argument("intervention", metavar="INTERVENTION", nargs="+")
    how = parser.add_mutually_exclusive_group()
    how.add_argument(
        "--always", action="store_true", help=phrase("not for me, until it is taken back")
    )
    how.add_argument("--take-back", action="store_true", help=phrase("offer it again"))


def run(given: argparse.Namespace) -> int:
    """Exit code 0 after it is on disk."""
    home, item = home_folder(given.home), find(" ".join(given.intervention))
    when = entries.moment(home, None)
    entry_id: str | None = None
    if given.take_back:
        declining.offer_again(home, item.intervention, when)
        said = phrase("{title} is offered again.", title=TITLES[item.intervention])
    else:
        entry_id = declining.decline(home, item.intervention, when, is_lasting=given.always)
        how = phrase(NOT_FOR_ME if given.always else NOT_TODAY)
        said = f"{how}: {TITLES[item.intervention]}. {phrase(FROM_NOW)}"
    if given.json:
        print_json({"intervention": item.intervention, "entry": entry_id})
    else:
        print_paragraph(said)
    return 0
