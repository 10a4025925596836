"""Rows of a database of SQLite that nobody trusts: in memory, read-only, one table at a time.

Each row is a mapping by its columns, with its number as `row_number`. The one statement of SQL
outside the warehouse is here: the file belongs to another program, and no DuckDB reads it without
an extension. Only plain tables are read: views, virtual tables and functions are refused.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field

from tightlog.readers.content import SQLITE_MAGIC
from tightlog.readers.health.documents import Row

# Of a database that its program left open: the log it names is not there, and is not needed.
LOG_AT, WITH_LOG, WITHOUT_LOG = slice(18, 20), b"\2\2", b"\1\1"
STATEMENT = 'select rowid as row_number, * from "{table}" limit {most}'
MOST_ROWS, LONGEST_BYTES, MOST_COLUMNS = 5_000_000, 2**20, 200
SETTINGS = ("trusted_schema = off", "cell_size_check = on", "query_only = on")
ALLOWED = frozenset({sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ})


@dataclass
class Tables:
    """The tables of an open database, and what was wrong with it so far."""

    connection: sqlite3.Connection
    problems: list[str] = field(default_factory=list)

    def rows(self, table: str) -> Iterator[Row]:
        """Rows of a table as far as they can be read; none where there is no such table."""
        if table in self._plain():
            yield from self._rows(table)

    def _plain(self) -> frozenset[str]:
        return frozenset(
            str(row["name"])
            for row in self._rows("sqlite_master")
            if row["type"] == "table" and row["rootpage"]
        )

    def _rows(self, table: str) -> Iterator[Row]:
        try:
            found = self.connection.execute(STATEMENT.format(table=table, most=MOST_ROWS))
            names = [one[0] for one in found.description]
            for row in found:
                # A column called rowid, or row_number, may hold anything.
                if isinstance(row[0], int):
                    yield {**dict(zip(names, row, strict=True)), names[0]: row[0]}
        # Of a column whose name is damaged UnicodeDecodeError.
        except (sqlite3.Error, UnicodeDecodeError, OverflowError, MemoryError) as problem:
            self.problems.append(f"the database is damaged ({problem}); export it again")


def is_sqlite(data: bytes) -> bool:
    """True for a database of SQLite."""
    return data.startswith(SQLITE_MAGIC)


@contextmanager
def opened(data: bytes) -> Iterator[Tables]:
    """The tables of a database, of which nothing is written to disk."""
    if data[LOG_AT] == WITH_LOG:
        data = data[: LOG_AT.start] + WITHOUT_LOG + data[LOG_AT.stop :]
    with closing(sqlite3.connect(":memory:")) as connection:
        tables = Tables(connection)
        with suppress(sqlite3.Error):
            connection.deserialize(data)
        for setting in SETTINGS:
            connection.execute(f"pragma {setting}")
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST_BYTES)
        connection.setlimit(sqlite3.SQLITE_LIMIT_COLUMN, MOST_COLUMNS)
        connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
        connection.set_authorizer(_allowed)
        yield tables


def _allowed(
    action: int, _first: str | None, _second: str | None, _base: str | None, view: str | None
) -> int:
    return sqlite3.SQLITE_OK if action in ALLOWED and view is None else sqlite3.SQLITE_DENY
