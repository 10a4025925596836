"""The process that answers and prints one query of `tightlog sql`: confined, it writes to pipes.

python -m tightlog.commands.sql_child FACTS < QUERY
"""

import io
import itertools
import json
import os
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import duckdb
from rich.console import Console

from tightlog.cli.asking import REFUSED
from tightlog.cli.printing import json_text, print_table
from tightlog.cli.terminal import visible
from tightlog.errors import QueryError
from tightlog.warehouse.sandbox.answering import (
    Rows,
    answer_to,
    is_number,
    opened,
    own_names,
    plain,
    rows_of,
    words_of,
)
from tightlog.warehouse.sandbox.confinement import confine

MOST_WORDS = 20_000
NEEDED = {
    "table": ("rich.table",),
    "json": (),
    "csv": ("tightlog.warehouse.sandbox.arrow_rows", "tightlog.warehouse.spreadsheet"),
}


def main() -> int:
    """Exit code: 0, or REFUSED with the reason on stderr."""
    facts = json.loads(sys.argv[1])
    sql = sys.stdin.buffer.read().decode()
    sys.stdout = io.TextIOWrapper(os.fdopen(os.dup(1), "wb"), facts["encoding"], "replace", "")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what a library prints is no answer
    version = Path(facts["version"])
    for name in NEEDED[facts["style"]]:  # once confined it may read the warehouse and little else
        import_module(name)
    confine(version)
    try:
        with opened(version) as connection:
            _print(connection, sql, facts)
            sys.stdout.flush()
    except duckdb.Error as problem:
        return _refused(words_of(problem))
    except QueryError as problem:
        return _refused(problem.problem)
    except BrokenPipeError:
        return 0
    return 0


def _refused(words: str) -> int:
    os.write(2, words[:MOST_WORDS].encode("utf-8", "replace"))
    return REFUSED


def _print(connection: duckdb.DuckDBPyConnection, sql: str, facts: dict[str, Any]) -> None:
    if facts["style"] == "json":
        _print_json(rows_of(connection, sql))
    elif facts["style"] == "csv":
        rows = plain(answer_to(connection, sql), has_lists=True)
        _print_csv(rows, is_terminal=facts["is_terminal"])
    else:
        screen = Console(
            highlight=False, markup=False, width=facts["width"], force_terminal=facts["is_terminal"]
        )
        found = rows_of(connection, sql)
        numbers = [is_number(kind) for kind in found.kinds]
        print_table(found.names, numbers, list(itertools.chain(*found.parts)), screen)


def _print_json(found: Rows) -> None:
    """A list of objects, part by part, as one `json.dumps` of all would write it."""
    names, beginning = own_names(found.names), "[\n  "
    for row in itertools.chain.from_iterable(found.parts):
        held = json_text(dict(zip(names, row, strict=True))).replace("\n", "\n  ")
        sys.stdout.write(beginning + held)
        beginning = ",\n  "
    sys.stdout.write("[]\n" if beginning.startswith("[") else "\n]\n")


def _print_csv(rows: duckdb.DuckDBPyRelation, *, is_terminal: bool) -> None:
    import polars as pl

    from tightlog.warehouse.sandbox.arrow_rows import batches
    from tightlog.warehouse.spreadsheet import spreadsheet_csv

    schema, parts = batches(rows)
    heading = spreadsheet_csv(pl.DataFrame(pl.from_arrow(schema.empty_table())))
    texts = (
        spreadsheet_csv(pl.DataFrame(pl.from_arrow(part)), has_heading=False) for part in parts
    )
    for text in itertools.chain([heading], texts):
        sys.stdout.write(visible(text) if is_terminal else text)


if __name__ == "__main__":
    code = main()
    os._exit(code)  # what the query left in memory needs no tidying
