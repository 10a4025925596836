"""The version before a draft: what it holds and how that is carried on, nothing of it made again.

A draft begins as a copy of it, in which only what changes is written, or without a row.
"""

from collections.abc import Iterable
from pathlib import Path

import duckdb
import polars as pl

from tightlog.warehouse.build import frame, statement
from tightlog.warehouse.publish import BEFORE, block_bytes
from tightlog.warehouse.read_only import text_of


class Before:
    """A version as the connection of a draft reads it. Without a version the draft itself is read,
    in which an analysis may have begun.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, version: Path | None) -> None:
        self._connection = connection
        self._place = "" if version is None else f"{BEFORE}."

    def can_be_continued(self, form: str, tables: frozenset[tuple[str, str]]) -> bool:
        """True where a draft may begin as a copy of the version: it has this form, holds these
        tables (schema, name), views and nothing else, and hardly more than its rows. A function of
        somebody else would run in the draft, where files may be read.
        """
        if not self._place or self._form() != form:
            return False
        held = self._connection.execute(statement("before/held")).fetchall()
        others = {(schema, name) for kind, schema, name in held if kind != "view"}
        if {kind for kind, _, _ in held} - {"table", "view"} or others != tables:
            return False
        ((block, used, free),) = self._connection.execute(statement("before/blocks")).fetchall()
        # What was replaced leaves room in a copy, which the next one fills.
        return bool(block == block_bytes(used * block) and free <= used)

    def _form(self) -> str | None:
        try:
            marked = self._connection.execute("select mark from before.ingest.form").fetchone()
        except duckdb.CatalogException:  # made before there was one
            return None
        return marked[0] if marked else None

    def analysed(
        self,
    ) -> tuple[dict[str, pl.DataFrame], dict[str, str], pl.DataFrame, pl.DataFrame]:
        """What an analysis made: the relations it marked, by name, what each was made from, what
        was measured of each activity, and of its heart rate.
        """
        marked = f"select relation, mark from {self._place}ingest.made_from"
        marks = dict(self._connection.execute(marked).fetchall())
        relations = {
            name: frame(self._connection, f'select * from {self._place}main."{name}"')
            for name in marks
        }
        measured, hearts = (
            frame(self._connection, f"select * from {self._place}ingest.{table}")
            for table in ("activity_feature", "activity_heart")
        )
        return relations, marks, measured, hearts

    def carry_tables(self, tables: Iterable[str]) -> None:
        """Puts the rows of tables of the schema `ingest` into those of the draft."""
        for table in tables if self._place else ():
            self._connection.execute(
                f"insert into ingest.{table} by name select * from before.ingest.{table}"
            )

    def relations(self) -> list[str]:
        """Names of the relations that are tables."""
        if not self._place:
            return []
        return frame(self._connection, statement("before/relations"))["table_name"].to_list()

    def has_features(self, features: pl.DataFrame) -> bool:
        """True when the version defines the same features in the same words."""
        if not self._place:
            return False
        held = frame(self._connection, "select * from before.main.feature")
        return held.equals(features.select(held.columns))

    def carry(self, name: str) -> None:
        """Makes a relation that is a table as it was, with its comments."""
        if not self._place:
            return
        self._connection.execute(
            f'create or replace table "{name}" as select * from before.main."{name}"'
        )
        comments = frame(self._connection, statement("before/comments"), [name])
        for column, text in comments.iter_rows():
            kind, target = ("table", "") if column is None else ("column", f'."{column}"')
            self._connection.execute(comment(kind, f'"{name}"{target}', text))


def comment(kind: str, target: str, text: str) -> str:
    """The statement that comments a table, view or column (`target` as SQL names it)."""
    return f"comment on {kind} {target} is {text_of(text)}"
