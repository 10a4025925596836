"""A draft: the version being filled. Frames in, relations out; no SQL leaves this folder."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from tightlog.domain.channels import CHANNELS
from tightlog.domain.frames import Columns
from tightlog.warehouse.access import segment_folder
from tightlog.warehouse.build import (
    column_names,
    frame,
    offered,
    question,
    relation_names,
    statement,
)
from tightlog.warehouse.channel_columns import channel_comments
from tightlog.warehouse.counts import Counts, counted
from tightlog.warehouse.drafts.before import Before, comment
from tightlog.warehouse.drafts.marks import fingerprint
from tightlog.warehouse.drafts.readings import ANALYSED, DECIDED, INGEST_TABLES, Readings
from tightlog.warehouse.inputs import Inputs, inputs
from tightlog.warehouse.publish import draft_connection
from tightlog.warehouse.read_only import segment_files
from tightlog.warehouse.segments.recorded import lent
from tightlog.words.files import file_reason

ONE_ROW_PER = re.compile(r"-- (One row.*?)\n")
# In the order they are made: each after what it reads.
RELATIONS_OF_FILES = (
    "duplicate_activity",
    "source_file",
    "activity",
    "ignored_activity",
    "doubtful_activity",
    "lap",
    "record",
)

MARK_SCHEMA: Columns = {"relation": pl.String, "mark": pl.String}
# Where all of these are null, or 0, a file was read completely.
TELLING, COUNTED = (
    ("reason_code", "content_reason", "place_reason"),
    ("left_out_count", "waiting_count"),
)
OF_FEATURE = ("feature", "definition", "unit")


MADE = re.compile(r"create or replace table \w+ as\n(.*?);\s*(?=comment on|\Z)", re.DOTALL)


@dataclass(frozen=True)
class Kept:
    """The activities kept of all files, and the scores and interventions read from tables."""

    activities: pl.DataFrame
    scores: pl.DataFrame
    interventions: pl.DataFrame


@contextmanager
def open_draft(
    path: Path, version: Path | None = None, *, only_adds: bool = False
) -> Iterator["Draft"]:
    """The draft at a path, for writing, beside the version before it, of which a new one begins as
    a copy where it `only_adds` to what was read: so nothing that was taken away is left in the
    file. Raises WarehouseError when it cannot be written.
    """
    copied = []

    def is_copied(connection: duckdb.DuckDBPyConnection) -> bool:
        before = Before(connection, version)
        copied.append(only_adds and before.can_be_continued(form_mark(), tables()))
        return copied[-1]

    with draft_connection(path, version, is_copied) as connection, lent(connection):
        segments = segment_folder(path).resolve()
        draft = Draft(connection, segments, version, is_copy=any(copied))
        yield draft
        draft.keep_marks()
        draft.readings.pack()


class Draft:
    """What a version being filled holds, as frames, and the ways to fill it."""

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        segments: Path,
        version: Path | None = None,
        *,
        is_copy: bool = False,
    ) -> None:
        self._connection = connection
        self.before = Before(connection, version)
        self.readings = Readings(connection, segments)
        self._is_copy = is_copy
        if is_copy:
            # Made anew, by what this tightlog reads.
            self._drop_views()
        # The relations that are tables, with their comments: of those only the rows are written,
        # and none where they were made of the same rows before.
        self._made = self._tables()
        self._kept = self._kept_marks()
        self._marks = dict(self._kept)
        # The relations that were left as they are, and hold what they held before.
        self._left: set[str] = set()

    def carry_readings(self) -> None:
        """Makes the tables of what was read, with what the version before read."""
        if self._is_copy:
            return
        self.readings.make_tables()
        self.before.carry_tables(
            table for table in INGEST_TABLES if table not in (*DECIDED, *ANALYSED)
        )

    def carry_analysis(self) -> None:
        """Makes what the version before has of an analysis, as it is there."""
        if not self._is_copy:
            self.before.carry_tables(ANALYSED)

    def carry_others(self) -> bool:
        """Makes the relations of the version before that were not made yet, as they are there.
        False when there is no version before.
        """
        names = self.before.relations()
        for name in names:
            self._carry(name)
        return bool(names)

    def _carry(self, name: str) -> None:
        """Makes a relation as it is in the version before."""
        if name not in self._made:
            self.before.carry(name)
            self._made.add(name)

    def relation(self, name: str) -> pl.DataFrame:
        """All rows of a relation."""
        return frame(self._connection, f'select * from "{name}"')

    def counts(self) -> Counts:
        """What a refresh reports of the version this becomes."""
        return counted(self._answer, has_news=True)

    def _answer(self, name: str, parameters: Sequence[Any]) -> pl.DataFrame:
        return frame(self._connection, question(name), parameters)

    def imported_scores(self, first_day: date, last_day: date) -> pl.DataFrame:
        """The scores of files in these days."""
        return self._answer("imported_scores", [first_day, last_day])

    def segment_files(self) -> frozenset[str]:
        """Names of the files of the segments this names."""
        return frozenset(path.name for path in segment_files(self._connection))

    def inputs(self) -> Inputs:
        """What the features are made of."""
        return inputs(self._connection)

    def write(self, name: str, rows: pl.DataFrame | None = None) -> None:
        """Makes a relation from its SQL file, which reads the rows as `incoming_<name>`."""
        text = statement(f"relation/{name}")
        # The SQL of such a relation reads nothing else.
        mark = None if rows is None else fingerprint(rows)
        if name in self._made and mark is not None and self._marks.get(name) == mark:
            self._left.add(name)
            return
        view = f"incoming_{name}"
        given = nullcontext() if rows is None else offered(self._connection, view, rows)
        with given:
            if name in self._made:
                self._connection.execute(f'delete from "{name}"')
                self._connection.execute(filling(name, text))
            else:
                self._connection.execute(text)
                self._comment(name, text)
        if mark is not None:
            self._marks[name] = mark

    def write_context(self) -> None:
        """Makes `context` of what was read and of the scores, which were made before."""
        is_same = self._is_copy and "context" not in self.readings.changed
        if not is_same or "tightness" not in self._left:
            self.write("context")

    def _comment(self, name: str, text: str) -> None:
        """Comments a relation that was made now, as far as its SQL file does not."""
        kind = "view" if "create or replace view" in text else "table"
        if kind == "table":
            self._made.add(name)
        heading = ONE_ROW_PER.match(text)
        if heading:
            self._connection.execute(comment(kind, f'"{name}"', heading.group(1)))
        for column, meaning in channel_comments(name).items():
            self._connection.execute(comment("column", f'"{name}"."{column}"', meaning))

    def write_all(self, relations: Mapping[str, pl.DataFrame]) -> None:
        """Makes several relations, in their order."""
        for name, rows in relations.items():
            self.write(name, rows)

    def write_files(self) -> Kept:
        """What is kept of all files, once the relations that show what was read are made."""
        for name in RELATIONS_OF_FILES:
            self.write(name, self._file_rows() if name == "source_file" else None)
        return Kept(
            self.relation("activity"), self.readings.scores(), self.readings.interventions()
        )

    def _file_rows(self) -> pl.DataFrame:
        """What is known of each file, with the reason in words."""
        facts = frame(self._connection, statement("derive/source_file")).with_row_index("_place")
        # Most files are read completely, and nothing is to be said of them.
        told = facts.filter(
            pl.any_horizontal(pl.col(*TELLING).is_not_null())
            | pl.any_horizontal(pl.col(*COUNTED) > 0)
        )
        reasons = told.select(
            "_place",
            reason=pl.Series(
                [file_reason(row) for row in told.iter_rows(named=True)], dtype=pl.String
            ),
        )
        return facts.join(reasons, on="_place", how="left", maintain_order="left").drop("_place")

    def write_analysis(
        self,
        measured: Mapping[str, pl.DataFrame],
        days: pl.DataFrame,
        features: pl.DataFrame,
        relations: Mapping[str, pl.DataFrame],
        carried: Iterable[str],
        made_from: Mapping[str, str],
    ) -> None:
        """Puts what was measured of each activity, by the table that keeps it, into `activity`, and
        makes the days and the relations: those given, and those carried from the version before.
        """
        for table, rows in measured.items():
            self.readings.renew(table, rows)
        self._connection.execute(statement("derive/measured"))
        self.write_days(days, features)
        self.write_all(relations)
        for name in carried:
            self._carry(name)
        # What they were made from is marked once they are written, never before.
        marks = pl.DataFrame(list(made_from.items()), schema=MARK_SCHEMA, orient="row")
        self.readings.replace("made_from", marks)
        self._mark_form()

    def write_days(self, days: pl.DataFrame, features: pl.DataFrame) -> None:
        """Makes `feature` and `day`, every column of which is commented as its feature is
        defined.
        """
        is_commented = "day" in self._made and self.before.has_features(features)
        self.write("feature", features)
        # Sorted here: it costs DuckDB a third of the writing.
        days = days.sort("day")
        if is_commented:
            self.write("day", days)
            return
        self._made.discard("day")
        self.write("day", days)
        self._connection.execute(
            ";".join(
                comment("column", f'day."{feature}"', f"{definition} [{unit}]")
                for feature, definition, unit in features.select(*OF_FEATURE).iter_rows()
            )
        )

    def write_blank(self, relations: Mapping[str, Columns]) -> None:
        """Makes relations without a row; a column whose type is not given holds text."""
        for name, kinds in relations.items():
            schema = {column: kinds.get(column, pl.String) for column in column_names(name)}
            self.write(name, pl.DataFrame(schema=schema))

    def _mark_form(self) -> None:
        """Says that all tables have the form of this tightlog."""
        if not self._is_copy:
            self.readings.replace("form", pl.DataFrame({"mark": [form_mark()]}))

    def keep_marks(self) -> None:
        """Keeps of which rows the relations were made, once they are."""
        if self._marks != self._kept:
            rows = pl.DataFrame(list(self._marks.items()), schema=MARK_SCHEMA, orient="row")
            self.readings.replace("written", rows)

    def _kept_marks(self) -> dict[str, str]:
        try:
            return dict(self._connection.execute("from ingest.written").fetchall())
        except duckdb.CatalogException:  # nothing was made yet
            return {}

    def _tables(self) -> set[str]:
        rows = self._connection.execute(statement("input/made")).fetchall()
        return {name for (name,) in rows}

    def _drop_views(self) -> None:
        rows = self._connection.execute(statement("input/views")).fetchall()
        self._connection.execute(";".join(f'drop view {schema}."{name}"' for schema, name in rows))


def filling(name: str, text: str) -> str:
    """The statement that fills a table which is made already, of the text that makes it."""
    made = MADE.search(text)
    if made is None:
        raise ValueError(f"relation/{name}.sql makes no table")
    return f'insert into "{name}" by name\n{made[1]}'


@cache
def tables() -> frozenset[tuple[str, str]]:
    """Schema and name of every table a version has once it is analysed."""
    relations = ((name, statement(f"relation/{name}")) for name in relation_names())
    return frozenset(
        [("ingest", table) for table in INGEST_TABLES]
        + [("main", name) for name, text in relations if MADE.search(text)]
    )


@cache
def form_mark() -> str:
    """Mark of what says which columns tables have, and in which words they are commented."""
    ingested = (f"ingest/{table}" for table in INGEST_TABLES)
    relations = (f"relation/{name}" for name in relation_names())
    texts = [statement(name) for name in (*ingested, *relations)]
    channels = [(channel.name, channel.comment, channel.mean_comment) for channel in CHANNELS]
    return hashlib.sha256(repr((texts, channels)).encode()).hexdigest()
