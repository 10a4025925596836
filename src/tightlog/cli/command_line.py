"""The words of the command line: the parser of `tightlog`, and the options commands share."""

import argparse
from collections.abc import Sequence
from typing import Any

from tightlog import __version__
from tightlog.cli.commands import SUMMARIES, command
from tightlog.language.catalogue import phrase


def parser() -> argparse.ArgumentParser:
    """The parser of `tightlog`. A command's own part is filled when its words are parsed."""
    whole = argparse.ArgumentParser(
        prog="tightlog",
        description=phrase(
            "Find what goes with your lower-back tightness, from the files of your watch."
        ),
    )
    whole.add_argument("--version", action="version", version=f"tightlog {__version__}")
    whole.add_argument(
        "--home",
        help=(
            phrase(
                "folder of the runner (default: TIGHTLOG_HOME, else the current folder if it "
                "is a home, else ~/tightlog)"
            )
        ),
    )
    commands = whole.add_subparsers(dest="command", metavar="COMMAND", parser_class=CommandParser)
    for name, summary in SUMMARIES.items():
        commands.add_parser(name, help=summary, description=summary, command=name)
    return whole


class CommandParser(argparse.ArgumentParser):
    """The parser of one command, made when its words are parsed: a call needs one of them."""

    def __init__(self, *, command: str, **options: Any) -> None:
        self.command = command
        self.options = options
        self.is_filled = False

    def fill(self) -> None:
        """Adds the arguments and examples of the command's module."""
        if self.is_filled:
            return
        self.is_filled = True
        super().__init__(**self.options, formatter_class=argparse.RawDescriptionHelpFormatter)
        self.add_argument("--home", default=argparse.SUPPRESS, help=argparse.SUPPRESS)
        module = command(self.command)
        module.arguments(self)
        lines = [f"  {example}\n      {phrase(meaning)}" for example, meaning in module.EXAMPLES]
        self.epilog = "\n".join([phrase("examples:"), *lines])

    def parse_known_args(  # type: ignore[override]
        self, args: Sequence[str] | None = None, namespace: Any = None
    ) -> tuple[argparse.Namespace, list[str]]:
        self.fill()
        return super().parse_known_args(args, namespace)


def add_json(parser: argparse.ArgumentParser) -> None:
    """The option of every command whose result a machine may read."""
    parser.add_argument("--json", action="store_true", help=phrase("print the result as JSON"))


def number(text: str) -> float:
    """A number, with a decimal point or comma."""
    try:
        return float(text.replace(",", "."))
    except ValueError:
        raise argparse.ArgumentTypeError(phrase("{text!r} is not a number", text=text)) from None
