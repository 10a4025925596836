"""Readings: what was read from each file, as a draft stores it in the schema `ingest`.

The relations are made from it, and the next refresh starts from it: nothing known is read again.
"""

from collections.abc import Iterable

import duckdb
import polars as pl

from tightlog.domain.channels import CHANNELS, Channel
from tightlog.domain.frames import DONE_SCHEMA, SCORE_SCHEMA, Columns
from tightlog.warehouse.build import frame, statement
from tightlog.warehouse.channel_columns import added_columns

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
    "kind",
    "activity_feature",
    "second_reading",
    "clock",
    "made_from",
)
PER_ACTIVITY = ("lap", "record", "run_window", "heart_rate_seconds")
PER_CONTENT = ("activity", "score", "context", "intervention", "content")
FOLLOWED = ("activity_id", "elapsed_s", "distance_m", "latitude_deg", "longitude_deg")


class Readings:
    """The tables of the schema `ingest`, each filled and emptied by the columns of its frame."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def make_tables(self) -> None:
        """Makes the tables, and the columns of channels, that are missing."""
        self._connection.execute("create schema if not exists ingest")
        for table in INGEST_TABLES:
            self._connection.execute(statement(f"ingest/{table}"))
            described = self._connection.execute(f"describe ingest.{table}").fetchall()
            for added in added_columns(table, frozenset(row[0] for row in described)):
                self._connection.execute(added)

    def append(self, table: str, rows: pl.DataFrame) -> None:
        """Appends rows to a table by column names; columns the frame lacks stay null."""
        if rows.is_empty():
            return
        self._connection.register("incoming", rows)
        self._connection.execute(f"insert into ingest.{table} by name select * from incoming")
        self._connection.unregister("incoming")

    def replace(self, table: str, rows: pl.DataFrame) -> None:
        """Replaces all rows of a table."""
        self._connection.execute(f"delete from ingest.{table}")
        self.append(table, rows)

    def append_recordings(
        self, activities: pl.DataFrame, records: pl.DataFrame, laps: pl.DataFrame
    ) -> None:
        """Appends activities newly read, and what is derived of their records."""
        self.append("activity", activities)
        self.append("record", records)
        self.append("lap", laps)
        self.derive(activities, records)

    def derive(self, activities: pl.DataFrame, records: pl.DataFrame) -> None:
        """Appends the 30-s windows and the heart-rate seconds of records newly read, which come
        activity by activity in their order.
        """
        self._connection.register("incoming_activity", activities)
        self._connection.register("incoming_step", _steps(records))
        for table in ("run_window", "heart_rate_seconds"):
            self._connection.execute(statement(f"derive/{table}"))
        self._connection.unregister("incoming_activity")
        self._connection.unregister("incoming_step")

    def forget(self, contents: Iterable[str]) -> None:
        """Removes everything read from contents, given by their SHA-256."""
        gone = list(contents)
        if not gone:
            return
        for table in PER_ACTIVITY:
            self._connection.execute(
                f"delete from ingest.{table} where activity_id in "
                "(select activity_id from ingest.activity where list_contains(?, sha256))",
                [gone],
            )
        for table in PER_CONTENT:
            self._connection.execute(
                f"delete from ingest.{table} where list_contains(?, sha256)", [gone]
            )

    def forget_places(self, paths: Iterable[str]) -> None:
        """Removes files from the ledger, with what lies in them when they are archives."""
        self._connection.execute(statement("ledger/forget_places"), [list(paths)])

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
