"""`tightlog doctor`: checks with a remedy each."""

import argparse
import os

from tightlog.answers.doctor import checks
from tightlog.cli.command_line import add_json
from tightlog.cli.printing import print_json, print_line
from tightlog.errors import HomeError
from tightlog.home.settings import Home, home_folder, named_home
from tightlog.language.catalogue import message
from tightlog.words.visible import one_line

EXAMPLES = (
    ("tightlog doctor", message("check that all is well and last night's refresh ran")),
    ("tightlog doctor --json", message("for a script; exit code 1 when a check fails")),
    ("tightlog --home ~/runs doctor", message("for another home")),
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """The words of the command."""
    add_json(parser)


def run(given: argparse.Namespace) -> int:
    """Exit code 1 when a check fails, after one line a check and the remedies."""
    results = checks(_home_to_check(given.home))
    if given.json:
        print_json([vars(result) for result in results])
    else:
        for result in results:
            # Not wrapped: paths and commands are copied from here.
            sign = "ok  " if result.is_ok else "FAIL"
            print_line(f"{sign} {result.name}: {one_line(result.found)}")
            if not result.is_ok:
                print_line(f"     {one_line(result.remedy)}")
    return 0 if all(result.is_ok for result in results) else 1


def _home_to_check(given: str | None) -> Home:
    """The home, created when there is none; a broken one is left as it is, for the checks."""
    home = named_home(given)
    if os.path.lexists(home.raw.parent):
        return home
    try:
        return home_folder(given)
    except HomeError:
        return home
