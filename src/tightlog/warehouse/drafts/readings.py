"""Readings: what was read from each file, as a draft stores it in the schema `ingest`.

The relations are made from it, and the next refresh starts from it: nothing known is read again.
"""

from collections.abc import Iterable
from pathlib import Path

import duckdb
import polars as pl

from tightlog.domain.frames import DONE_SCHEMA, SCORE_SCHEMA, Columns
from tightlog.warehouse.build import frame, offered, statement
from tightlog.warehouse.channel_columns import added_columns
from tightlog.warehouse.segments.shelf import Shelf

INGEST_TABLES = (
    "content",
    "location",
    "activity",
    "lap",
    "segment",
    "score",
    "context",
    "intervention",
    "gear",
    "listed_shoe",
    "twin",
    "twin_fact",
    "kind",
    "activity_feature",
    "activity_heart",
    "second_reading",
    "clock",
    "shoe",
    "made_from",
    "form",
    "written",
)
# Decided at each refresh from all that was read.
DECIDED = (
    "twin",
    "twin_fact",
    "kind",
    "second_reading",
    "clock",
    "shoe",
    "listed_shoe",
    "form",
    "written",
)
# Written by an analysis.
ANALYSED = ("activity_feature", "activity_heart", "made_from")
PER_CONTENT = ("activity", "score", "context", "intervention", "gear", "content")


class Readings:
    """The tables of the schema `ingest`, each filled and emptied by the columns of its frame."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, segments: Path) -> None:
        self._connection = connection
        self.shelf = Shelf(connection, segments)
        # Tables of which rows were deleted among others, and those that hold others now.
        self._thinned: set[str] = set()
        self.changed: set[str] = set()

    def make_tables(self) -> None:
        """Makes the tables, and the columns of channels, that are missing."""
        self._connection.execute("create schema if not exists ingest")
        for table in INGEST_TABLES:
            self._make(table)

    def _make(self, table: str) -> None:
        self._connection.execute(statement(f"ingest/{table}"))
        described = self._connection.execute(f"describe ingest.{table}").fetchall()
        for added in added_columns(table, frozenset(row[0] for row in described)):
            self._connection.execute(added)

    def append(self, table: str, rows: pl.DataFrame) -> None:
        """Appends rows to a table by column names; columns the frame lacks stay null."""
        if rows.is_empty():
            return
        with offered(self._connection, "incoming", rows):
            self._connection.execute(f"insert into ingest.{table} by name select * from incoming")
        self.changed.add(table)

    def replace(self, table: str, rows: pl.DataFrame) -> None:
        """Replaces all rows of a table."""
        self._connection.execute(f"delete from ingest.{table}")
        self.append(table, rows)

    def renew(self, table: str, rows: pl.DataFrame) -> None:
        """Replaces the rows of a table, one for each activity, by those that are others."""
        held = frame(self._connection, f"from ingest.{table}")
        new = rows.select(
            (pl.col(name) if name in rows.columns else pl.lit(None)).cast(kind).alias(name)
            for name, kind in held.schema.items()
        )
        wanted, known = new.hash_rows(), held.hash_rows()
        others = new.filter(~wanted.is_in(known.implode()))
        gone = held.filter(~known.is_in(wanted.implode()))["activity_id"]
        if gone.len():
            self._connection.execute(
                f"delete from ingest.{table} where activity_id in (select unnest(?))",
                [gone.to_list()],
            )
        self.append(table, others)

    def forget(self, contents: Iterable[str]) -> None:
        """Removes everything read from contents, given by their SHA-256; their records go when the
        shelf is settled.
        """
        gone = list(contents)
        if not gone:
            return
        self._connection.execute(
            "delete from ingest.lap where activity_id in "
            "(select activity_id from ingest.activity where list_contains(?, sha256))",
            [gone],
        )
        for table in PER_CONTENT:
            self._connection.execute(
                f"delete from ingest.{table} where list_contains(?, sha256)", [gone]
            )
        self._thinned.update(("lap", *PER_CONTENT))
        self.changed.update(self._thinned)

    def forget_places(self, paths: Iterable[str]) -> None:
        """Removes files from the ledger, with what lies in them when they are archives."""
        gone = list(paths)
        if not gone:
            return
        self._connection.execute(statement("ledger/forget_places"), [gone])
        self._thinned.add("location")

    def pack(self) -> None:
        """Leaves nothing of rows that were deleted: DuckDB writes them beside those that stay."""
        for table in sorted(self._thinned):
            self._connection.execute(
                f"create temp table staying as from ingest.{table}; drop table ingest.{table}"
            )
            self._make(table)
            self._connection.execute(
                f"insert into ingest.{table} by name from staying; drop table staying"
            )
        self._thinned.clear()

    def end_news(self) -> None:
        """From now on nothing counts as seen by this refresh, until it is appended."""
        self._connection.execute(statement("ledger/end_news"))

    def mark(self, paths: Iterable[str], fingerprint: str) -> None:
        """Gives files another fingerprint, by which the next refresh knows what to do."""
        self._connection.execute(statement("ledger/mark"), [fingerprint, list(paths)])

    def judge(self, path: str, status: str, reason: str) -> None:
        """Says what became of a file as a whole; its members keep what was said of them."""
        self._connection.execute(statement("ledger/judge"), [status, reason, path])

    def activities(self) -> pl.DataFrame:
        """Every activity read, twins among them."""
        return frame(self._connection, statement("ledger/activities"))

    def listed_shoes(self) -> pl.DataFrame:
        """The shoe of activities of a list, where a list of gear says it (`activity_id, shoe`)."""
        return frame(self._connection, statement("ledger/listed_shoes"))

    def places(self) -> pl.DataFrame:
        """Where each content lies (`place, sha256`), archives like folders."""
        return frame(self._connection, statement("ledger/places"))

    def scores(self) -> pl.DataFrame:
        """Every score read, in the columns of SCORE_SCHEMA."""
        return self._noted("score", SCORE_SCHEMA)

    def interventions(self) -> pl.DataFrame:
        """Every intervention done that a diary names, in the columns of DONE_SCHEMA."""
        return self._noted("intervention", DONE_SCHEMA)

    def _noted(self, table: str, schema: Columns) -> pl.DataFrame:
        rows = frame(self._connection, f"select * from ingest.{table}")
        return rows.select(pl.col(name).cast(kind) for name, kind in schema.items())

    def contents_nowhere(self) -> list[str]:
        """Contents, by their SHA-256, that lie nowhere any more."""
        return frame(self._connection, statement("ledger/contents_nowhere"))["sha256"].to_list()

    def cadences(self, activity_ids: Iterable[str]) -> pl.DataFrame:
        """Cadences above 0 as stored (`activity_id, cadence`) while the timer runs."""
        return frame(self._connection, statement("derive/cadence"), [list(activity_ids)])

    def effort_curves(self, activity_ids: Iterable[str]) -> pl.DataFrame:
        """Mean heart rate, cadence and speed of each 10 s (`activity_id, step, …`)."""
        return frame(self._connection, statement("derive/effort_curve"), [list(activity_ids)])
