"""`tightlog mcp`: a server of the Model Context Protocol on standard input and output."""

import argparse
import sys

from tightlog.cli.printing import print_paragraph
from tightlog.errors import ExtraMissing
from tightlog.home.settings import named_home
from tightlog.language.catalogue import message, phrase

EXAMPLES = (
    (
        "tightlog mcp",
        message("what a client starts; docs/mcp.md shows the configuration of several"),
    ),
    ("tightlog --home data/sample mcp", message("the same for the simulated runner")),
    ("tightlog mcp --home ~/tightlog", message("of a home of that name")),
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """The command takes no words of its own."""


def run(given: argparse.Namespace) -> int:
    """Exit code 0 once the client has closed the connection. Raises ExtraMissing."""
    try:
        # Imported here: it takes most of a second, and only this command needs it.
        from tightlog.mcp.server import server
    except ModuleNotFoundError as problem:
        if (problem.name or "").partition(".")[0] != "mcp":
            raise
        raise ExtraMissing("mcp", "mcp") from problem
    if sys.stdin.isatty():
        print_paragraph(
            phrase(
                "This waits for a client of the Model Context Protocol; docs/mcp.md shows how "
                "to set one up. Ctrl-D ends it."
            )
        )
    server(named_home(given.home)).run("stdio")
    return 0
