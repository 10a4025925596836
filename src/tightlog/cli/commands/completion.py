"""`tightlog completion`: the script with which a shell completes tightlog's words."""

import argparse
import re

import shtab

from tightlog.cli.command_line import CommandParser, parser
from tightlog.domain.interventions.catalogue import CATALOGUE
from tightlog.domain.red_flags import RED_FLAG_NAMES
from tightlog.language.catalogue import message

EXAMPLES = (
    (
        "tightlog completion bash > ~/.local/share/bash-completion/completions/tightlog",
        message("for bash"),
    ),
    (
        "tightlog completion zsh > ~/.zfunc/_tightlog",
        message("for zsh, with fpath+=(~/.zfunc) before compinit in ~/.zshrc"),
    ),
    ("tightlog completion fish > ~/.config/fish/completions/tightlog.fish", message("for fish")),
)
# Arguments whose values argparse cannot list, because they are checked elsewhere.
DIRECTORIES, FILES = {"DIR"}, {"PATH", "OUT.html"}


def arguments(words: argparse.ArgumentParser) -> None:
    """The words of the command."""
    words.add_argument("shell", choices=("bash", "zsh", "fish"))


def run(given: argparse.Namespace) -> int:
    """Exit code 0 after the script was printed."""
    whole = parser()
    _add_completions(whole)
    print(shtab.complete(whole, given.shell))
    return 0


def _add_completions(words: argparse.ArgumentParser) -> None:
    """Tells the shell what is a path, a red flag or an intervention."""
    if isinstance(words, CommandParser):
        words.fill()
    for action in words._actions:
        if isinstance(action, argparse._SubParsersAction):
            for inner in action.choices.values():
                _add_completions(inner)
        elif action.dest == "home" or action.metavar in DIRECTORIES:
            action.complete = shtab.DIRECTORY  # type: ignore[attr-defined]
        elif action.metavar in FILES:
            action.complete = shtab.FILE  # type: ignore[attr-defined]
        elif action.dest == "red_flag":
            action.choices = sorted(RED_FLAG_NAMES)
        elif action.metavar == "INTERVENTION":
            action.choices = sorted(_typed(item.title) for item in CATALOGUE)


def _typed(title: str) -> str:
    """A title as one word without quotes, which `did` accepts too."""
    return re.sub(r"[^a-z0-9]+", "-", title.lower().replace("\u2019", "").replace("'", "")).strip(
        "-"
    )
