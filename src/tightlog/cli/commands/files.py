"""`tightlog files`: every file, what became of it and why."""

import argparse

import polars as pl

from tightlog.cli.command_line import add_json
from tightlog.cli.printing import print_frame
from tightlog.domain.file_status import FileStatus
from tightlog.home.settings import home_folder
from tightlog.warehouse import store
from tightlog.words.visible import one_line

EXAMPLES = (
    ("tightlog files", "every file and its status"),
    ("tightlog files --status unreadable", "what could not be read, and why"),
    ("tightlog files --status duplicate --json", "files whose runs count only once"),
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """The words of the command."""
    add_json(parser)
    parser.add_argument("--status", choices=[status.value for status in FileStatus])


def run(given: argparse.Namespace) -> int:
    """Exit code 0 after the files were listed."""
    version = store.published_version(home_folder(given.home))
    rows = store.answer(version, "files_told", [given.status])
    if not given.json:
        # In a table the columns taken from a diary share a column with the problems of files.
        rows = rows.with_columns(
            reason=pl.concat_str("reason", "columns", separator="; ", ignore_nulls=True)
        ).drop("columns")
        # One line a file, whatever its name.
        rows = rows.with_columns(pl.col(pl.String).map_elements(one_line, return_dtype=pl.String))
    print_frame(rows, "json" if given.json else "table")
    return 0
