"""`tightlog rebuild`: the warehouse from nothing but data/raw."""

import argparse

from tightlog.cli.command_line import add_json
from tightlog.cli.refreshing import refresh_and_print
from tightlog.home.settings import home_folder
from tightlog.language.catalogue import message

EXAMPLES = (
    ("tightlog rebuild", message("build the warehouse again from scratch")),
    ("tightlog rebuild --json", message("the same for a script")),
    ("tightlog --home ~/restored rebuild", message("after restoring a backup of data/raw")),
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """The words of the command."""
    add_json(parser)


def run(given: argparse.Namespace) -> int:
    """Exit code 0 after everything was read and analysed again."""
    return refresh_and_print(home_folder(given.home), as_json=given.json, from_scratch=True)
