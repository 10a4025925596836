"""Whether the version of somebody else's home may be opened, and how much of it read.

A view is a query that whoever opens the file runs, with the rights to their own files; and a
version names the files of its segments. What could lead elsewhere is found before tightlog opens
it.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb

from tightlog.errors import QueryError, WarehouseError
from tightlog.language.catalogue import message, phrase
from tightlog.warehouse.access import READ_ONLY_CONFIG, segment_folder
from tightlog.warehouse.build import statement
from tightlog.warehouse.gate import judge_part, tree_parts
from tightlog.warehouse.read_only import SEGMENT_FILES, text_of
from tightlog.warehouse.segments.segment import KINDS

LEADS_OUT = message(
    "its warehouse was not made by tightlog alone: it leads to files outside the home"
)
CANNOT = message("its warehouse cannot be opened; `tightlog rebuild` in it makes it again")
READS_FILES = "read_parquet"
LIST = "list_value"
# One file, by its name; not a pattern, which a link in the folder would answer.
SEGMENT = re.compile(r"\w+\.parquet")
# The views of tightlog that read segments, or are read with them.
OF_RECORDS = frozenset({"lap", "record", "relation_guide", *KINDS})


def refuse_foreign(version: Path) -> bool:
    """True where all that a version names lies in its home. False where its records lie elsewhere,
    as in a copy of a home: then nothing but its tables may be read.

    Raises WarehouseError for a version that holds queries tightlog does not make, and for one that
    cannot be opened. Nothing it names is read for that.
    """
    folder = segment_folder(version)
    try:
        with duckdb.connect(":memory:", config=READ_ONLY_CONFIG) as connection:
            connection.execute(f"attach {text_of(version)} as version (read_only)")
            connection.execute("set enable_external_access = false")
            if connection.execute(statement("lake/foreign_functions")).fetchall():
                raise WarehouseError(phrase(LEADS_OUT))
            views = connection.execute(statement("lake/foreign_views")).fetchall()
            read = [path for _, made in views for path in _read_by(made, connection)]
            # No view among them, and no function, that could read anything else.
            connection.execute("use version")
            named = [path for (path,) in connection.execute(SEGMENT_FILES).fetchall()]
    except duckdb.CatalogException:
        named = []  # made before there were segments
    except QueryError as problem:
        raise WarehouseError(phrase(LEADS_OUT)) from problem
    except duckdb.Error as problem:
        raise WarehouseError(phrase(CANNOT)) from problem
    is_inside = all(_is_segment(Path(path), folder) for path in (*read, *named))
    if not is_inside and not {name for name, _ in views} <= OF_RECORDS:
        raise WarehouseError(phrase(LEADS_OUT))
    return is_inside


def _read_by(made: str, connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    """The files a view reads. Raises QueryError or WarehouseError for one that does more than read
    them and its own database.
    """
    query = made.partition(" AS ")[2].rstrip().removesuffix(";")
    rows = connection.execute("select json_serialize_sql(?::varchar)", [query]).fetchall()
    facts = json.loads(rows[0][0])
    if facts["error"] or len(facts["statements"]) != 1:
        raise WarehouseError(phrase(LEADS_OUT))
    for part in tree_parts(facts["statements"]):
        if part.get("type") == "TABLE_FUNCTION" and _name(part["function"]) == READS_FILES:
            yield from _paths(part["function"])
        else:
            judge_part(part, connection)


def _paths(call: dict[str, Any]) -> Iterator[str]:
    """The paths a call of read_parquet names. Raises WarehouseError where it works them out."""
    for part in tree_parts(call["arguments"]):
        if part.get("class") == "CONSTANT":
            yield str(part["literal"].get("text"))
        elif part.get("class") is not None and _name(part) != LIST:
            raise WarehouseError(phrase(LEADS_OUT))


def _is_segment(path: Path, folder: Path) -> bool:
    is_inside = path.parent == folder and SEGMENT.fullmatch(path.name) is not None
    return is_inside and not path.is_symlink()


def _name(call: dict[str, Any]) -> str:
    return str(call.get("function_name", "")).casefold()
