"""The confined process that answers and prints one query of `tightlog sql`, into pipes.

python -m tightlog.cli.query_process FACTS < QUERY
"""

import io
import itertools
import json
import os
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

from tightlog.cli.printing import json_text
from tightlog.cli.tables import Screen, print_table
from tightlog.errors import QueryError
from tightlog.warehouse.sandbox.answering import (
    Connection,
    Rows,
    is_number,
    opened,
    own_names,
    rows_of,
)
from tightlog.warehouse.sandbox.confinement import confine
from tightlog.words.visible import visible

MOST_CHARACTERS = 20_000
NEEDED = {"table": ("rich.table",), "json": (), "csv": ("tightlog.warehouse.sandbox.csv_answer",)}


def main() -> int:
    """Exit code 0, or the one the facts name for a refusal, with the reason on stderr."""
    facts = json.loads(sys.argv[1])
    sql = sys.stdin.buffer.read().decode()
    sys.stdout = io.TextIOWrapper(os.fdopen(os.dup(1), "wb"), facts["encoding"], "replace", "")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what a library prints is not part of the answer
    version = Path(facts["version"])
    for name in NEEDED[facts["style"]]:  # once confined, it can read little but the warehouse
        import_module(name)
    confine(version)
    try:
        with opened(version) as connection:
            _print(connection, sql, facts)
            sys.stdout.flush()
    except QueryError as problem:
        os.write(2, problem.problem[:MOST_CHARACTERS].encode("utf-8", "replace"))
        return int(facts["refused"])
    except BrokenPipeError:
        return 0
    return 0


def _print(connection: Connection, sql: str, facts: dict[str, Any]) -> None:
    if facts["style"] == "json":
        _print_json(rows_of(connection, sql))
    elif facts["style"] == "csv":
        _print_csv(connection, sql, is_terminal=facts["is_terminal"])
    else:
        _print_table(rows_of(connection, sql), facts)


def _print_table(found: Rows, facts: dict[str, Any]) -> None:
    numbers = [is_number(kind) for kind in found.kinds]
    screen = Screen(facts["width"], facts["is_terminal"])
    print_table(found.names, numbers, list(itertools.chain(*found.parts)), screen)


def _print_json(found: Rows) -> None:
    """A list of objects, written part by part, as `json.dumps` of all rows would be."""
    names, beginning = own_names(found.names), "[\n  "
    for row in itertools.chain.from_iterable(found.parts):
        held = json_text(dict(zip(names, row, strict=True))).replace("\n", "\n  ")
        sys.stdout.write(beginning + held)
        beginning = ",\n  "
    sys.stdout.write("[]\n" if beginning.startswith("[") else "\n]\n")


def _print_csv(connection: Connection, sql: str, *, is_terminal: bool) -> None:
    from tightlog.warehouse.sandbox.csv_answer import csv_parts

    for text in csv_parts(connection, sql):
        sys.stdout.write(visible(text) if is_terminal else text)


if __name__ == "__main__":
    code = main()
    os._exit(code)  # no need to free the memory of the query
