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
        "tightlog sample ~/another --seed 2 --months 6",
        message("half a year of another one"),
    ),
    ("tightlog --home ~/tightlog-sample refresh", message("then read the files")),
)

MONTHS = 18


def arguments(parser: argparse.ArgumentParser) -> None:
    """The words of the command."""
    add_json(parser)
    parser.add_argument("folder", metavar="DIR")
    parser.add_argument(
        "--seed", type=int, metavar="N", help=phrase("another number is another runner")
    )
    parser.add_argument(
        "--months", type=_months, default=MONTHS, metavar="N", help=phrase("1 to 60")
    )


def _months(text: str) -> int:
    months = int(text)
    if not 1 <= months <= 60:
        raise ValueError
    return months


def run(given: argparse.Namespace) -> int:
    """Exit code 0 after the files were written."""
    from tightlog.simulation.home import make_sample_home  # `--help` needs no simulation

    seed = {} if given.seed is None else {"seed": given.seed}
    folder = Path(given.folder).expanduser().absolute()
    made = make_sample_home(folder, months=given.months, **seed)
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
