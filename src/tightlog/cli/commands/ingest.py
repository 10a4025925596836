"""`tightlog ingest`: only the first half of a refresh."""

import argparse
from pathlib import Path

from tightlog.answers.actions.files import keep_path
from tightlog.cli.command_line import add_json
from tightlog.cli.printing import print_paragraph
from tightlog.cli.refreshing import refresh_and_print
from tightlog.home.settings import home_folder
from tightlog.language.catalogue import message, phrase

EXAMPLES = (
    ("tightlog ingest ~/Downloads/export.zip", message("copy a vendor's export in and read it")),
    ("tightlog ingest /media/watch/GARMIN/Activity", message("copy a watch's whole folder in")),
    ("tightlog ingest --json", message("read only what is in data/raw already")),
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """The words of the command."""
    add_json(parser)
    parser.add_argument("paths", nargs="*", metavar="PATH")


def run(given: argparse.Namespace) -> int:
    """Exit code 0 after the files given were copied and what is new was read."""
    home = home_folder(given.home)
    kept = [keep_path(home, Path(path)) for path in given.paths]
    if kept and not given.json:
        there = sum(not one.is_new for one in kept)
        already = phrase("; {there} already there", there=there) if there else ""
        print_paragraph(
            phrase(
                "{kept} copied into {inbox}{already}",
                kept=len(kept) - there,
                inbox=home.inbox,
                already=already,
            )
        )
    return refresh_and_print(home, as_json=given.json, analysed=False)
