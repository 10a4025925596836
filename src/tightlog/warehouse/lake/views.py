"""The one DuckDB file of a lake: a view of each relation over the files of all homes, the
catalogues, and the cohort's own relations.

It is made anew beside the old one and renamed. A view names its files one by one: a home that is
being written is seen whole or not at all, and a query may read these files and no others.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import duckdb
import polars as pl

from tightlog.errors import QueryError, WarehouseError
from tightlog.home import private
from tightlog.home.durable import sync
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
# Raise it when a relation of the cohort's own changes: pages of an older lake ask for a refresh.
LAKE_FORMAT = 1
STORAGE_VERSION = "v1.5.0"
BLOCK_BYTES = 16_384


class LakeDraft:
    """The next DuckDB file of a lake, while it is filled."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection

    def rows(self, name: str) -> pl.DataFrame:
        """Rows of one of the questions in `sql/lake`, about the views."""
        return frame(self.connection, statement(f"lake/{name}"))

    def has(self, relation: str) -> bool:
        """True when some home shares this relation."""
        asked = "select 1 from duckdb_views() where view_name = ? and not internal"
        return self.connection.execute(asked, [relation]).fetchall() != []

    def write(self, relation: str, rows: pl.DataFrame) -> None:
        """Fills one of the cohort's own relations."""
        self.connection.register(f"incoming_{relation}", rows.to_arrow())
        self.connection.execute(statement(f"lake/{relation}"))
        self.connection.unregister(f"incoming_{relation}")


@contextmanager
def lake_draft(database: Path, homes: Sequence[str], catalogue: Path | None) -> Iterator[LakeDraft]:
    """The next DuckDB file of a lake, with views of the files of these homes, put in the place of
    the old one at the end; `catalogue` is a version that tells what the columns mean.

    Raises WarehouseError; the old file stays then.
    """
    private.owner_only_folder(database.parent)
    unfinished = database.with_name(f".{database.name}.{os.getpid()}")
    # Of this process, or of one that was killed; one cohort is refreshed by one call at a time.
    for leftover in database.parent.glob(f".{database.name}.*"):
        leftover.unlink(missing_ok=True)
    try:
        _hold_catalogues(unfinished, catalogue)
        with duckdb.connect(str(unfinished)) as connection:
            connection.execute("set timezone = 'UTC'")
            _make_views(connection, files_of(database.parent, homes))
            yield LakeDraft(connection)
            connection.execute(statement("lake/relation_guide"))
            connection.execute(f"create table lake.made as select {LAKE_FORMAT} as format")
        unfinished.chmod(private.OWNER_ONLY)
        sync(unfinished)
        unfinished.replace(database)
        sync(database.parent)
    except (duckdb.Error, OSError) as problem:
        raise WarehouseError(f"the lake {database} cannot be written: {problem}") from problem
    finally:
        for leftover in (unfinished, Path(f"{unfinished}.wal")):
            with suppress(OSError):
                leftover.unlink(missing_ok=True)


def is_of_this_format(database: Path) -> bool:
    """True when this tightlog made the DuckDB file of a lake. Raises WarehouseError."""
    try:
        return bool(store.query(database, statement("lake/made")).item() == LAKE_FORMAT)
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


def _make_views(
    connection: duckdb.DuckDBPyConnection, files: Mapping[str, tuple[Path, ...]]
) -> None:
    connection.execute("create table lake.file (path varchar)")
    for name, paths in files.items():
        connection.execute(f"insert into lake.file select unnest({quoted(paths)}::varchar[])")
        connection.execute(
            f"create view {name} as select home, * exclude (home, relation) "
            f"from read_parquet({quoted(paths)}, hive_partitioning = true, "
            f"hive_types_autocast = false, union_by_name = {_differ(connection, paths)})"
        )


def _differ(connection: duckdb.DuckDBPyConnection, paths: Sequence[Path]) -> bool:
    """True where the files of a relation have other columns: homes of another tightlog, or with
    notes of their own. To match columns by name, every query has to look into every file.
    """
    lists = connection.execute(statement("lake/column_lists"), [[str(path) for path in paths]])
    return len(lists.fetchall()) > 1
