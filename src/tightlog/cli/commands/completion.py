"""The command that prints what a shell needs to complete tightlog's words."""

import argparse
import re

import shtab

from tightlog.domain.intervention_catalogue import CATALOGUE
from tightlog.domain.red_flags import RED_FLAG_NAMES

# Words a parser cannot list because they are checked where they are used.
DIRECTORIES, FILES = {"DIR"}, {"PATH", "OUT.html"}


def completion_command(given: argparse.Namespace) -> int:
    """`completion bash|zsh|fish`: the shell's script on standard output."""
    parser: argparse.ArgumentParser = given.parser
    _say_what_is_a_path(parser)
    print(shtab.complete(parser, given.shell))
    return 0


def _say_what_is_a_path(parser: argparse.ArgumentParser) -> None:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for inner in action.choices.values():
                _say_what_is_a_path(inner)
        elif action.dest == "home" or action.metavar in DIRECTORIES:
            action.complete = shtab.DIRECTORY  # type: ignore[attr-defined]
        elif action.metavar in FILES:
            action.complete = shtab.FILE  # type: ignore[attr-defined]
        elif action.dest == "red_flag":
            action.choices = sorted(RED_FLAG_NAMES)
        elif action.metavar == "INTERVENTION":
            action.choices = sorted(_typed(item.title) for item in CATALOGUE)


def _typed(title: str) -> str:
    """A title as one word without quotes, which `did` understands as well."""
    return re.sub(r"[^a-z0-9]+", "-", title.lower().replace("\u2019", "").replace("'", "")).strip(
        "-"
    )
