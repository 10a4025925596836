"""`tightlog ingest`: only the first half of a refresh."""

import argparse
from pathlib import Path

from tightlog.answers.actions.files import keep_path
from tightlog.cli.command_line import add_json
from tightlog.cli.printing import print_paragraph
from tightlog.cli.refreshing import refresh_and_print
from tightlog.home.settings import home_folder

EXAMPLES = (
    ("tightlog ingest ~/Downloads/export.zip", "copy a vendor's export in and read it"),
    ("tightlog ingest /media/watch/GARMIN/Activity", "copy a watch's whole folder in"),
    ("tightlog ingest --json", "read only what is in data/raw already"),
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
        already = f"; {there} already there" if there else ""
        print_paragraph(f"{len(kept) - there} copied into {home.inbox}{already}")
    return refresh_and_print(home, as_json=given.json, analysed=False)
