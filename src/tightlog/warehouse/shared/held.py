"""The shared part of a version, in memory: what a query of another program runs on.

A query gets a database of its own that holds the relations it names, in the columns and rows that
are shared, and nothing else: the version is closed before the query begins. So no fault of the gate
or of DuckDB can show what is not shared. `sql/shared/` lists the columns, one file a relation; what
is not listed there is not shared.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

import duckdb

from tightlog.domain.wellness import NOTED_AS, QUANTITIES
from tightlog.home.sections.mcp_section import SHAREABLE
from tightlog.warehouse.access import READ_ONLY_CONFIG
from tightlog.warehouse.build import statement
from tightlog.warehouse.read_only import text_of
from tightlog.warehouse.sandbox.limits import Sharing
from tightlog.warehouse.shared.scope import SCHEMA

GUIDE = "relation_guide"
# Not a relation: which features of a day are shared.
FEATURES = "shared_feature"
# What a watch measures of nights and days, and what a diary calls it.
LISTS = {
    "wellness_names": tuple(one.name for one in QUANTITIES),
    "noted_names": tuple(NOTED_AS),
}


def _statements() -> dict[str, str]:
    folder = files("tightlog.warehouse").joinpath("sql", "shared")
    names = sorted(entry.name.removesuffix(".sql") for entry in folder.iterdir())
    return {name: statement(f"shared/{name}") for name in names}


# Read now: once confined, a process may read no more of this package.
STATEMENTS = _statements()
RELATIONS = frozenset(STATEMENTS) - {FEATURES}


def names_in(sql: str) -> frozenset[str]:
    """The shared relations a query may speak of; the words of the query, so more than it does."""
    words = {word.casefold() for word in re.findall(r"\w+", sql)}
    return RELATIONS & words


@contextmanager
def held(
    version: Path, sharing: Sharing, names: Collection[str], memory_bytes: int
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Connection to a database in memory that holds these relations as they are shared. Raises
    duckdb.Error.
    """
    with attached(version, sharing, memory_bytes) as connection:
        connection.execute(f"create schema memory.{SCHEMA}")
        _hold(connection, names)
        connection.execute(f"use memory.{SCHEMA}")
        connection.execute("detach version")
        _forget_switches(connection)
        connection.execute("set enable_external_access = false")
        connection.execute("set lock_configuration = true")
        yield connection


@contextmanager
def attached(
    version: Path, sharing: Sharing, memory_bytes: int
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Connection to a database in memory beside a version, on which STATEMENTS give what is shared
    of it. Raises duckdb.Error.
    """
    config = READ_ONLY_CONFIG | {"temp_directory": "", "memory_limit": f"{memory_bytes}B"}
    with duckdb.connect(":memory:", config=config) as connection:
        connection.execute(f"attach {text_of(version)} as version (read_only)")
        connection.execute("use version")
        _set_switches(connection, sharing)
        yield connection


def _set_switches(connection: duckdb.DuckDBPyConnection, sharing: Sharing) -> None:
    for name in SHAREABLE:
        connection.execute(f"set variable {name} = {name in sharing.switched_on}")
    for name, names in LISTS.items():
        _set_list(connection, name, names)
    shared = connection.execute(STATEMENTS[FEATURES]).fetchall()
    _set_list(connection, "shared_columns", [row[0] for row in shared])


def _set_list(connection: duckdb.DuckDBPyConnection, name: str, texts: Sequence[str]) -> None:
    held = ", ".join(map(text_of, texts))
    connection.execute(f"set variable {name} = [{held}]::varchar[]")


def _forget_switches(connection: duckdb.DuckDBPyConnection) -> None:
    for name in (*SHAREABLE, *LISTS, "shared_columns"):
        connection.execute(f"reset variable {name}")


def _hold(connection: duckdb.DuckDBPyConnection, names: Collection[str]) -> None:
    # The guide tells of every relation, by tables of which those not asked for have no row.
    asked = RELATIONS & set(names)
    for name in sorted(RELATIONS if GUIDE in asked else asked):
        rows = "" if name in asked - {GUIDE} else " limit 0"
        table = f"memory.{SCHEMA}.{name}"
        connection.execute(f"create table {table} as from ({STATEMENTS[name]}){rows}")
    if GUIDE in asked:
        connection.execute(f"insert into memory.{SCHEMA}.{GUIDE} {STATEMENTS[GUIDE]}")
