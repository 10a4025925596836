"""Filling a draft: frames in, relations out; every statement lives in `sql/`."""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, TypeAlias

import duckdb
import polars as pl

from tightlog.domain.channels import CHANNELS, Channel
from tightlog.warehouse.channel_columns import added_columns, channel_comments

# Raise it whenever a relation, a reader or a rule of reading changes: older warehouses are then
# read anew from data/raw.
SCHEMA_VERSION = 11

INGEST_TABLES = (
    "content",
    "location",
    "activity",
    "lap",
    "record",
    "run_window",
    "heart_rate_seconds",
    "score",
    "context",
    "intervention",
    "twin",
    "twin_fact",
    "activity_feature",
)
PER_ACTIVITY = ("lap", "record", "run_window", "heart_rate_seconds")
FOLLOWED = ("activity_id", "elapsed_s", "distance_m", "latitude_deg", "longitude_deg")
# In the order they are made: views last, each after what it reads.
RELATIONS_OF_FILES = (
    "source_file",
    "activity",
    "duplicate_activity",
    "ignored_activity",
    "lap",
    "record",
    "context",
)
# A connection to the draft, for those who hand it on and never speak SQL.
Draft: TypeAlias = duckdb.DuckDBPyConnection
ONE_ROW_PER = re.compile(r"-- (One row.*?)\n")


def make_ingest_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """Makes the tables readings are stored in, where they are missing."""
    connection.execute("create schema if not exists ingest")
    for table in INGEST_TABLES:
        connection.execute(statement(f"ingest/{table}"))
        known = (row[0] for row in connection.execute(f"describe ingest.{table}").fetchall())
        for added in added_columns(table, frozenset(known)):
            connection.execute(added)


def append(connection: duckdb.DuckDBPyConnection, table: str, frame: pl.DataFrame) -> None:
    """Appends a frame to an ingest table by column names; columns the frame lacks stay null."""
    if frame.is_empty():
        return
    connection.register("incoming", frame)
    connection.execute(f"insert into ingest.{table} by name select * from incoming")
    connection.unregister("incoming")


def replace(connection: duckdb.DuckDBPyConnection, table: str, frame: pl.DataFrame) -> None:
    """Replaces all rows of an ingest table."""
    connection.execute(f"delete from ingest.{table}")
    append(connection, table, frame)


def derive_per_activity(
    connection: duckdb.DuckDBPyConnection, activities: pl.DataFrame, records: pl.DataFrame
) -> None:
    """Adds the 30-s windows and the heart-rate seconds of newly read records, which come
    activity by activity in their order.
    """
    connection.register("incoming_activity", activities)
    connection.register("incoming_step", _steps(records))
    for table in ("run_window", "heart_rate_seconds"):
        connection.execute(statement(f"derive/{table}"))
    connection.unregister("incoming_activity")
    connection.unregister("incoming_step")


def _steps(records: pl.DataFrame) -> pl.DataFrame:
    """Each record while the timer runs with what the next one of its activity says.

    Made here and not by a window in SQL: the order is known, and DuckDB 2.0 would sort for it (or,
    over an empty window, lose a row now and then at the end of a chunk).
    """
    running = records.filter(pl.col("is_timer_running") & pl.col("elapsed_s").is_not_null())
    following = (pl.col(name).shift(-1).alias(f"next_{name}") for name in FOLLOWED)
    steps = running.select("activity_id", "elapsed_s", *map(_believed, CHANNELS), *following)
    return steps.filter(pl.col("activity_id") == pl.col("next_activity_id"))


def _believed(channel: Channel) -> pl.Expr:
    """The channel where it lies in the range of a run, else null."""
    value = pl.col(channel.name)
    limits = channel.range_in_run
    return pl.when(value.is_between(*limits)).then(value) if limits else value


def forget(connection: duckdb.DuckDBPyConnection, hashes: Iterable[str]) -> None:
    """Removes everything read from contents that are no longer there."""
    gone = list(hashes)
    if not gone:
        return
    of_those = "select activity_id from ingest.activity where list_contains(?, sha256)"
    for table in PER_ACTIVITY:
        connection.execute(f"delete from ingest.{table} where activity_id in ({of_those})", [gone])
    for table in ("activity", "score", "context", "intervention", "content"):
        connection.execute(f"delete from ingest.{table} where list_contains(?, sha256)", [gone])


def write_relation(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    incoming: Mapping[str, pl.DataFrame] | None = None,
) -> None:
    """Makes a relation from its SQL file; `incoming` holds the frames the file reads, by name."""
    for view, frame in (incoming or {}).items():
        connection.register(view, frame)
    text = statement(name)
    connection.execute(text)
    for view in incoming or {}:
        connection.unregister(view)
    kind = "view" if "create or replace view" in text else "table"
    heading = ONE_ROW_PER.match(text)
    if heading:
        comment(connection, kind, f'"{name}"', heading.group(1))
    for column, meaning in channel_comments(name).items():
        comment(connection, "column", f'"{name}"."{column}"', meaning)


def comment(connection: duckdb.DuckDBPyConnection, kind: str, target: str, text: str) -> None:
    """Sets the comment of a table, view or column (`target` as SQL names it)."""
    quoted = text.replace("'", "''")
    connection.execute(f"comment on {kind} {target} is '{quoted}'")


def frame(
    connection: duckdb.DuckDBPyConnection, sql: str, parameters: Iterable[Any] = ()
) -> pl.DataFrame:
    """Result of a query on the draft as a frame."""
    bound = list(parameters)
    rows: pl.DataFrame = (connection.sql(sql, params=bound) if bound else connection.sql(sql)).pl()
    return rows


def relation(draft: Draft, name: str) -> pl.DataFrame:
    """All rows of a relation of the draft."""
    return frame(draft, f'select * from "{name}"')


def input_rows(draft: Draft, name: str) -> pl.DataFrame:
    """Rows of one of the files in `sql/input/`: what the features are made of."""
    return frame(draft, statement(f"input/{name}"))


def has_relation(draft: Draft, name: str) -> bool:
    """True when the draft holds the relation already."""
    return bool(draft.execute(statement("input/has_relation"), [name]).fetchall())


@cache
def statement(name: str) -> str:
    """Text of the SQL file of a relation."""
    return files("tightlog.warehouse").joinpath("sql", f"{name}.sql").read_text(encoding="utf-8")


def relation_names() -> tuple[str, ...]:
    """Names of all public relations: the files in `sql/`."""
    folder = files("tightlog.warehouse").joinpath("sql")
    return tuple(
        sorted(
            entry.name.removesuffix(".sql")
            for entry in folder.iterdir()
            if entry.name.endswith(".sql")
        )
    )


def column_names(relation: str) -> tuple[str, ...]:
    """Names of the columns of a relation, as its SQL file comments them."""
    return tuple(
        re.findall(rf"^comment on column {relation}\.(\w+) is", statement(relation), re.MULTILINE)
    )
