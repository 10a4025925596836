"""The one DuckDB file of a lake: the rows of each relation over the files of all homes, the
catalogues, and the cohort's own relations.

It is made anew beside the old one and renamed. It holds the rows themselves, so a query opens one
file and not one of each home; records, which are most of the bytes, are a view of the files of the
homes, named one by one: a query may read these and no others.
"""

import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import duckdb
import polars as pl

from tightlog.errors import QueryError, WarehouseError
from tightlog.home import private
from tightlog.home.durable import sync
from tightlog.language.catalogue import phrase
from tightlog.warehouse import store
from tightlog.warehouse.build import frame, statement
from tightlog.warehouse.lake.partitions import (
    CATALOGUES,
    FILE,
    HOME_PREFIX,
    MEMORY_BYTES,
    RELATION_PREFIX,
    RELATIONS_OF,
)
from tightlog.warehouse.read_only import quoted, text_of
from tightlog.warehouse.sandbox.limits import Sharing
from tightlog.warehouse.shared.held import STATEMENTS, attached

# The cohort's own relations, one file each in sql/lake.
OWN_RELATIONS = ("attention", "compared", "member", "pooled")
# Read where they lie.
VIEWED = frozenset({"record"})
# Raise it when a relation of the cohort's own changes: pages of an older lake ask for a refresh.
LAKE_FORMAT = 2
STORAGE_VERSION = "v1.5.0"
BLOCK_BYTES = 16_384


class LakeDraft:
    """The next DuckDB file of a lake, while it is filled."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection

    def rows(self, name: str) -> pl.DataFrame:
        """Rows of one of the questions in `sql/lake`, about the relations of the homes."""
        return frame(self.connection, statement(f"lake/{name}"))

    def has(self, relation: str) -> bool:
        """True when some home shares this relation."""
        asked = "select 1 from duckdb_tables() where schema_name = 'main' and table_name = $1"
        return self.connection.execute(asked, [relation]).fetchall() != []

    def write(self, relation: str, rows: pl.DataFrame) -> None:
        """Fills one of the cohort's own relations."""
        self.connection.register(f"incoming_{relation}", rows.to_arrow())
        self.connection.execute(statement(f"lake/{relation}"))
        self.connection.unregister(f"incoming_{relation}")


@contextmanager
def lake_draft(
    database: Path, homes: Sequence[str], catalogue: Path | None, made_from: str = ""
) -> Iterator[LakeDraft]:
    """The next DuckDB file of a lake, with the rows of these homes, put in the place of the old one
    at the end; `catalogue` is a version that tells what the columns mean.

    `made_from` is a mark of all that the homes have in the lake: where the old file is of the same,
    its rows stand. Raises WarehouseError; the old file stays then.
    """
    private.owner_only_folder(database.parent)
    unfinished = database.with_name(f".{database.name}.{os.getpid()}")
    # Of this process, or of one that was killed; one cohort is refreshed by one call at a time.
    for leftover in database.parent.glob(f".{database.name}.*"):
        if leftover.is_dir():  # where DuckDB put what did not fit into memory
            shutil.rmtree(leftover, ignore_errors=True)
        else:
            leftover.unlink(missing_ok=True)
    try:
        stands = made_from != "" and _made_from(database) == made_from
        if stands:
            shutil.copyfile(database, unfinished)
        else:
            _hold_catalogues(unfinished, catalogue)
        with duckdb.connect(str(unfinished)) as connection:
            connection.execute("set timezone = 'UTC'")
            if not stands:
                _hold_relations(connection, files_of(database.parent, homes))
            yield LakeDraft(connection)
            if not stands:
                connection.execute(statement("lake/relation_guide"))
                made = f"select {LAKE_FORMAT} as format, $1 as made_from"
                connection.execute(f"create table lake.made as {made}", [made_from])
        unfinished.chmod(private.OWNER_ONLY)
        sync(unfinished)
        unfinished.replace(database)
        sync(database.parent)
    except (duckdb.Error, OSError) as problem:
        raise WarehouseError(
            phrase(
                "the lake {database} cannot be written: {problem}",
                database=database,
                problem=problem,
            )
        ) from problem
    finally:
        for leftover in (unfinished, Path(f"{unfinished}.wal")):
            with suppress(OSError):
                leftover.unlink(missing_ok=True)


def _made_from(database: Path) -> str | None:
    """What the rows of a lake's DuckDB file are made from; None where there is none of now."""
    if not database.is_file():
        return None
    with suppress(WarehouseError):
        if is_of_this_format(database):
            return str(store.query(database, statement("lake/made"))["made_from"].item())
    return None


def is_of_this_format(database: Path) -> bool:
    """True when this tightlog made the DuckDB file of a lake. Raises WarehouseError."""
    try:
        return bool(store.query(database, statement("lake/made"))["format"].item() == LAKE_FORMAT)
    except QueryError:
        return False


def files_of(lake: Path, homes: Sequence[str]) -> Mapping[str, tuple[Path, ...]]:
    """The files of these homes by relation; of a relation nobody shares there is none."""
    known = sorted({name for names in RELATIONS_OF.values() for name in names})
    found: dict[str, tuple[Path, ...]] = {}
    for name in known:
        top = lake / f"{RELATION_PREFIX}{name}"
        there = {entry.name for entry in os.scandir(top)} if top.is_dir() else set()
        named = [home for home in homes if f"{HOME_PREFIX}{home}" in there]
        files = tuple(top / f"{HOME_PREFIX}{home}" / FILE for home in named)
        if files:
            found[name] = files
    return found


def _hold_catalogues(unfinished: Path, version: Path | None) -> None:
    """Makes the file, with what a version knows of features, patterns, interventions and of the
    meaning of columns.
    """
    options = f"(storage_version '{STORAGE_VERSION}', block_size {BLOCK_BYTES})"
    held = attached(version, Sharing(), MEMORY_BYTES) if version else duckdb.connect(":memory:")
    with held as connection:
        connection.execute(f"attach {text_of(unfinished)} as lake_file {options}")
        for name in CATALOGUES if version else ():
            connection.execute(f"create table lake_file.main.{name} as from ({STATEMENTS[name]})")
        connection.execute("create schema lake_file.lake")
        source = statement("lake/meanings" if version else "lake/no_meanings")
        connection.execute(f"create table lake_file.lake.meaning as from ({source})")
        if version:
            connection.execute("use memory")
        connection.execute("detach lake_file")


def _hold_relations(
    connection: duckdb.DuckDBPyConnection, files: Mapping[str, tuple[Path, ...]]
) -> None:
    """Makes each relation of the files of the homes, which come in the order of their pseudonyms:
    what asks for some homes passes over the rows of the others.
    """
    # Of many small files two threads read no faster: they cost half as much again, and the memory
    # of both.
    connection.execute("set threads = 1")
    connection.execute(f"set memory_limit = '{MEMORY_BYTES}B'")
    connection.execute("create table lake.file (path varchar)")
    for name, paths in files.items():
        kind = "view" if name in VIEWED else "table"
        if name in VIEWED:
            connection.execute(f"insert into lake.file select unnest({quoted(paths)}::varchar[])")
        connection.execute(
            f"create {kind} {name} as select home, * exclude (home, relation) "
            f"from read_parquet({quoted(paths)}, hive_partitioning = true, "
            f"hive_types_autocast = false, union_by_name = {_differ(connection, paths)})"
        )


def _differ(connection: duckdb.DuckDBPyConnection, paths: Sequence[Path]) -> bool:
    """True where the files of a relation have other columns: homes of another tightlog, or with
    notes of their own. Then columns are matched by name, which takes a look into each file first.
    """
    lists = connection.execute(statement("lake/column_lists"), [[str(path) for path in paths]])
    return len(lists.fetchall()) > 1
