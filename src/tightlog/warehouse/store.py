"""Reading the published warehouse: one configuration for every connection, read-only, without
network access, and of files the version and its segments alone.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from tightlog.errors import QueryError, WarehouseAhead, WarehouseError, WarehouseOutdated
from tightlog.home.settings import Home
from tightlog.warehouse import read_only
from tightlog.warehouse.access import linked_version
from tightlog.warehouse.build import SCHEMA_VERSION, question
from tightlog.warehouse.read_only import connected

__all__ = [
    "answer",
    "keep_open",
    "linked_version",
    "open_version",
    "published",
    "published_version",
    "query",
    "relation",
    "schema_version",
    "segment_files",
]


def published_version(home: Home) -> Path:
    """Path of the version the link points to now; resolve it once per page run and pass it on.

    Raises NoWarehouse when nothing was published, WarehouseOutdated or WarehouseAhead when another
    tightlog made it.
    """
    version = linked_version(home)
    made_by = schema_version(version)
    if made_by is not None and made_by < SCHEMA_VERSION:
        raise WarehouseOutdated(made_by, SCHEMA_VERSION)
    if made_by is not None and made_by > SCHEMA_VERSION:
        raise WarehouseAhead(made_by, SCHEMA_VERSION)
    return version


@contextmanager
def published(home: Home) -> Iterator[Path]:
    """The published version, its file open until the end: all questions within share one opening.

    Raises what published_version and open_version raise.
    """
    with open_version(linked_version(home)):
        yield published_version(home)


def schema_version(version: Path) -> int | None:
    """The format a version was made in, None when it does not say."""
    return _schema_version(version, version.stat().st_mtime_ns)


@lru_cache(maxsize=16)
def _schema_version(version: Path, _stamp: int) -> int | None:
    with open_version(version) as connection:
        try:
            return int(
                connection.execute("select schema_version from publication").fetchall()[0][0]
            )
        except (duckdb.Error, IndexError):
            return None


@contextmanager
def open_version(version: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Read-only connection to one published version. Raises WarehouseError when the file cannot
    be opened.
    """
    try:
        connection = connected(version)
    except duckdb.Error as problem:
        raise _unopened(version, problem) from problem
    try:
        yield connection
    finally:
        connection.close()


def keep_open(version: Path) -> None:
    """Keeps a published version open for a server, until another is kept. Raises WarehouseError."""
    try:
        read_only.keep_open(version)
    except duckdb.Error as problem:
        raise _unopened(version, problem) from problem


def _unopened(version: Path, problem: Exception) -> WarehouseError:
    return WarehouseError(
        f"the warehouse {version} cannot be opened ({problem}); `tightlog rebuild` makes it again "
        "from data/raw"
    )


def segment_files(version: Path) -> tuple[Path, ...]:
    """The files that hold a version's records. Raises WarehouseError."""
    with open_version(version) as connection:
        return read_only.segment_files(connection)


def query(version: Path, sql: str, parameters: Sequence[Any] = ()) -> pl.DataFrame:
    """Result of one read-only statement of our own as a frame; anybody else's passes `gate` and
    runs in `bounded`.

    Raises QueryError for anything else than one SELECT-like statement, and for what DuckDB refuses.
    """
    with open_version(version) as connection:
        try:
            statements = connection.extract_statements(sql)
            if len(statements) != 1:
                raise QueryError(f"one statement at a time, this has {len(statements)}")
            relation = (
                connection.sql(sql, params=list(parameters)) if parameters else connection.sql(sql)
            )
            if relation is None:
                raise QueryError("this statement returns no rows; the warehouse is read-only")
            # Not `relation.pl()`: it loads pyarrow and numpy, which take as long as Polars itself.
            return pl.DataFrame(relation)
        except (duckdb.Error, pl.exceptions.ComputeError) as problem:
            raise QueryError(str(problem)) from problem


def answer(version: Path, name: str, parameters: Sequence[Any] = ()) -> pl.DataFrame:
    """Rows of one of the named questions in `sql/question/`, which pages and commands share."""
    return query(version, question(name), parameters)


def relation(version: Path, name: str) -> pl.DataFrame:
    """All rows of one relation of the warehouse as a frame."""
    quoted = name.replace('"', '""')
    return query(version, f'select * from "{quoted}"')
