"""`tightlog files`: every file, what became of it and why; or every message of one FIT file."""

import argparse

import polars as pl

from tightlog.cli.command_line import add_json
from tightlog.cli.printing import json_text, print_frame
from tightlog.domain.file_status import FileStatus
from tightlog.home.settings import Home, home_folder
from tightlog.language.catalogue import message, phrase
from tightlog.warehouse import store
from tightlog.words.visible import one_line

EXAMPLES = (
    ("tightlog files", message("every file and its status")),
    ("tightlog files --status unreadable --json", message("what could not be read, and why")),
    (
        "tightlog files --explain run.fit",
        message("every message of one FIT file; add `| less -S` to page"),
    ),
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """The words of the command."""
    add_json(parser)
    one_of = parser.add_mutually_exclusive_group()
    one_of.add_argument("--status", choices=[status.value for status in FileStatus])
    one_of.add_argument(
        "--explain",
        metavar="FILE",
        help=(
            phrase(
                "show every message of a FIT file, one per line; FILE is a path, or a place "
                "below data/raw as `tightlog files` lists it (export.zip/activities/1.fit.gz "
                "for a member)"
            )
        ),
    )


def run(given: argparse.Namespace) -> int:
    """Exit code 0 after the files, or the messages of one, were listed."""
    home = home_folder(given.home)
    if given.explain is not None:
        return explain(home, given.explain, given.json)
    with store.published(home) as version:
        rows = store.answer(version, "files", [given.status, "", None, 0])
    if not given.json:
        # In a table the columns taken from a diary share a column with the problems of files.
        rows = rows.with_columns(
            reason=pl.concat_str("reason", "columns", separator="; ", ignore_nulls=True)
        ).drop("columns")
        # One line a file, whatever its name.
        rows = rows.with_columns(pl.col(pl.String).map_elements(one_line, return_dtype=pl.String))
    print_frame(rows, "json" if given.json else "table")
    return 0


def explain(home: Home, name: str, as_json: bool) -> int:
    """Exit code 0 after the messages were printed, each as soon as it is decoded."""
    from tightlog.answers.file_messages import file_messages, message_line

    rows = file_messages(home, name)
    if not as_json:
        for row in rows:
            print(message_line(row))
        return 0
    separator = "["
    for row in rows:
        print(f"{separator}\n{json_text(row, indent=None)}", end="")
        separator = ","
    print("\n]" if separator == "," else "[]")
    return 0
