"""`tightlog sample`: a home with a simulated runner's history as real files."""

import argparse
from pathlib import Path

from tightlog.cli.command_line import add_json
from tightlog.cli.printing import print_json, print_paragraph
from tightlog.language.catalogue import message, phrase
from tightlog.words.dates import date_words

EXAMPLES = (
    (
        "tightlog sample ~/tightlog-sample",
        message("18 months of a simulated runner, as real files"),
    ),
    (
        "tightlog sample ~/tightlog-sample --json",
        message("with the number of activities and scores"),
    ),
    ("tightlog --home ~/tightlog-sample refresh", message("then read the files")),
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """The words of the command."""
    add_json(parser)
    parser.add_argument("folder", metavar="DIR")


def run(given: argparse.Namespace) -> int:
    """Exit code 0 after the files were written."""
    from tightlog.simulation.home import make_sample_home  # `--help` needs no simulation

    made = make_sample_home(Path(given.folder).expanduser().absolute())
    if given.json:
        print_json(
            {
                "home": str(made.home),
                "activities": made.activities,
                "scores": made.scores,
                "last_day": made.last_day,
            }
        )
    else:
        print_paragraph(
            phrase(
                "The sample home is {home}: {activities} activities and {scores} scores of a "
                "simulated runner, up to {last_day}.",
                home=made.home,
                activities=made.activities,
                scores=made.scores,
                last_day=date_words(made.last_day),
            )
        )
    return 0
