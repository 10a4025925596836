"""Answering a query from a user: the side that runs it, in a process of its own."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeAlias

import duckdb

from tightlog.errors import QueryError
from tightlog.warehouse.gate import NO_FILES, passed
from tightlog.warehouse.read_only import connected
from tightlog.warehouse.sandbox.limits import TOO_MUCH, Sharing

NUMBERS = frozenset(
    {
        "TINYINT",
        "SMALLINT",
        "INTEGER",
        "BIGINT",
        "UTINYINT",
        "USMALLINT",
        "UINTEGER",
        "UBIGINT",
        "HUGEINT",
        "UHUGEINT",
        "FLOAT",
        "DOUBLE",
    }
)
# Types that pages and files show as they are; Polars stops the process over some of the others,
# so those become text.
PLAIN = NUMBERS - {"UHUGEINT"} | {
    "BOOLEAN",
    "VARCHAR",
    "DATE",
    "TIMESTAMP",
    "TIMESTAMP WITH TIME ZONE",
}
ROWS_AT_ONCE = 10_000
UNREADABLE = "the warehouse cannot be read; `tightlog doctor` says why"
# Handed on by those who ask, and never spoken to.
Connection: TypeAlias = duckdb.DuckDBPyConnection
# Without a zone, as DuckDB gives them.
INFINITIES = {
    date.max: "infinity",
    datetime.max: "infinity",  # noqa: DTZ901
    date.min: "-infinity",
    datetime.min: "-infinity",  # noqa: DTZ901
}


@contextmanager
def opened(version: Path, memory_bytes: int | None = None) -> Iterator[Connection]:
    """Connection for one query; nothing spills to disk. With None, DuckDB limits its own memory.

    Raises QueryError for what DuckDB refuses, also while the rows are read.
    """
    config = {"temp_directory": ""}
    if memory_bytes is not None:
        config["memory_limit"] = f"{memory_bytes}B"
    try:
        with connected(version, config) as connection:
            yield connection
    except duckdb.Error as problem:
        raise QueryError(_words_of(problem)) from problem


@contextmanager
def opened_shared(
    version: Path, sharing: Sharing, sql: str, memory_bytes: int
) -> Iterator[Connection]:
    """Connection for one query to the shared part of a version.

    Raises QueryError for what DuckDB refuses. Where the version itself cannot be read, it does not
    say where that lies.
    """
    # Imported here: `tightlog sql` needs none of it.
    from tightlog.warehouse.shared.held import held, names_in

    with ExitStack() as stack:
        try:
            connection = stack.enter_context(held(version, sharing, names_in(sql), memory_bytes))
        except duckdb.OutOfMemoryException as problem:
            raise QueryError(TOO_MUCH) from problem
        except duckdb.Error as problem:
            raise QueryError(UNREADABLE) from problem
        try:
            yield connection
        except duckdb.Error as problem:
            raise QueryError(_words_of(problem)) from problem


def answer_to(
    connection: Connection,
    sql: str,
    parameters: Sequence[str] = (),
    only: Collection[str] | None = None,
) -> duckdb.DuckDBPyRelation:
    """Rows of a query that passed the gate. Raises QueryError."""
    text = passed(sql, connection, only)
    relation = connection.sql(text, params=list(parameters)) if parameters else connection.sql(text)
    if relation is None:
        raise QueryError("this statement returns no rows")
    return relation


@dataclass(frozen=True)
class Rows:
    """Names and types of the columns, and the rows, some thousand at a time."""

    names: list[str]
    kinds: list[str]
    parts: Iterator[list[tuple[Any, ...]]]


def rows_of(connection: Connection, sql: str) -> Rows:
    """Rows of a query that passed the gate, as Python's own values; an infinite time is text.

    Raises QueryError; what DuckDB refuses while the rows are read, `opened` turns into one.
    """
    result = connection.execute(passed(sql, connection))
    columns = [(str(column[0]), str(column[1])) for column in result.description or []]
    return Rows([name for name, _ in columns], [kind for _, kind in columns], _parts(result))


def _parts(result: Connection) -> Iterator[list[tuple[Any, ...]]]:
    while part := result.fetchmany(ROWS_AT_ONCE):
        yield [tuple(_value(value) for value in row) for row in part]


def _value(value: Any) -> Any:
    """DuckDB gives the first and the last day there is for -infinity and infinity."""
    return INFINITIES.get(value, value) if isinstance(value, date) else value


def _words_of(problem: duckdb.Error) -> str:
    """DuckDB's refusal, replaced by a clearer sentence where its own would not help."""
    if isinstance(problem, duckdb.OutOfMemoryException):
        return TOO_MUCH
    if isinstance(problem, duckdb.PermissionException):
        return NO_FILES
    return str(problem)


def own_names(names: Sequence[str]) -> list[str]:
    """The names, each made its own where several columns have the same."""
    taken: set[str] = set()
    told_apart = []
    for name in names:
        own = name
        while own.casefold() in taken:
            own += "_"
        taken.add(own.casefold())
        told_apart.append(own)
    return told_apart


def is_number(kind: str) -> bool:
    """Whether DuckDB's type is one of numbers."""
    return kind in NUMBERS or kind.startswith("DECIMAL")


def plain(relation: duckdb.DuckDBPyRelation, *, has_lists: bool = False) -> duckdb.DuckDBPyRelation:
    """The columns by their place, each under a name of its own; what is not plain as text.

    `has_lists` leaves lists of texts as they are.
    """
    kinds = [str(kind) for kind in relation.types]
    columns = []
    for place, (name, kind) in enumerate(zip(own_names(relation.columns), kinds, strict=True), 1):
        is_plain = kind in PLAIN or kind.startswith("DECIMAL")
        is_list = has_lists and kind == "VARCHAR[]"
        value = f"#{place}" if is_plain or is_list else f"cast(#{place} as varchar)"
        quoted = name.replace('"', '""')
        columns.append(f'{value} as "{quoted}"')
    return relation.project(", ".join(columns))
