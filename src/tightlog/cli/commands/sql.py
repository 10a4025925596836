"""`tightlog sql`: each query is answered and printed by a confined process of its own.

This process only passes on what the other prints, so the other's limits never apply to the file or
pipe that the output goes to.
"""

import argparse
import json
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import IO

from tightlog.cli.command_line import add_json
from tightlog.cli.printing import print_json, print_paragraph
from tightlog.cli.tables import Screen
from tightlog.cli.terminal import own_stream
from tightlog.errors import QueryError
from tightlog.home.limited_process import command
from tightlog.home.settings import home_folder
from tightlog.language.catalogue import message, phrase
from tightlog.warehouse.access import linked_version
from tightlog.warehouse.sandbox.limits import TOO_MUCH

EXAMPLES = (
    ("tightlog sql", message("open a prompt")),
    (
        'tightlog sql "from relation_guide"',
        message("every table and column with its meaning and unit"),
    ),
    (
        "tightlog sql --format csv 'select day, tightness_score from day' > scores.csv",
        message("write the answer to a file"),
    ),
)
CHILD = "tightlog.cli.query_process"
REFUSED = 3
CHUNK_BYTES = 2**16


def arguments(parser: argparse.ArgumentParser) -> None:
    """The words of the command."""
    add_json(parser)
    parser.add_argument("query", nargs="?", metavar="QUERY")
    parser.add_argument("--format", choices=("table", "csv", "json"), default="table")
    parser.add_argument(
        "--guide",
        choices=("json",),
        help=phrase(
            "print every relation and column with its meaning, and the keys between relations"
        ),
    )


def run(given: argparse.Namespace) -> int:
    """Exit code 0 after one query or a prompt, on the version that is there, whichever tightlog
    made it.
    """
    version = linked_version(home_folder(given.home))
    if given.guide:
        # Imported here: a query needs neither Polars nor the guide.
        from tightlog.answers.guide import guide_of

        print_json(guide_of(version))
        return 0
    style = "json" if given.json else given.format
    if given.query is not None:
        print_answer(version, given.query, style)
        return 0
    print_paragraph(
        phrase(
            "Read-only SQL. End a query with ; and leave with Ctrl-D. `select * from "
            "relation_guide;` lists every table and column."
        )
    )
    _prompt(version, style)
    return 0


def _prompt(version: Path, style: str) -> None:
    typed = ""
    while True:
        try:
            typed += input("sql> " if not typed else "...> ") + "\n"
        except EOFError:
            return
        if typed.rstrip().endswith(";"):
            try:
                print_answer(version, typed, style)
            except QueryError as problem:
                print_paragraph(str(problem))
            typed = ""


def print_answer(version: Path, sql: str, style: str) -> None:
    """Prints the rows as a table, CSV or JSON. Raises QueryError for what is refused."""
    screen, encoding = Screen.of_stdout(), own_stream(sys.stdout).encoding or "utf-8"
    facts = {
        "version": str(version),
        "style": style,
        "width": screen.width,
        "is_terminal": screen.is_terminal,
        "encoding": encoding,
        "refused": REFUSED,
    }
    with subprocess.Popen(
        command(CHILD, json.dumps(facts)),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as child:
        assert child.stdin is not None and child.stdout is not None and child.stderr is not None
        try:
            with suppress(BrokenPipeError), child.stdin:
                child.stdin.write(sql.encode("utf-8", "replace"))
            _pass_on(child.stdout, encoding)
            words = child.stderr.read().decode("utf-8", "replace")
        except BaseException:
            child.kill()
            raise
    if child.returncode == REFUSED:
        raise QueryError(words)
    if child.returncode:
        raise QueryError(TOO_MUCH)


def _pass_on(printed: IO[bytes], encoding: str) -> None:
    """Writes what the other process prints, as it comes."""
    out = own_stream(sys.stdout)
    out.flush()
    beneath = getattr(out, "buffer", None)
    if beneath is None:
        out.write(printed.read().decode(encoding, "replace"))
        return
    while chunk := printed.read1(CHUNK_BYTES):  # type: ignore[attr-defined]
        beneath.write(chunk)
        beneath.flush()
