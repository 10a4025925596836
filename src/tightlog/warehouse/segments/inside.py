"""One DuckDB file with everything inside: a version and the rows of its segments."""

import shutil
from pathlib import Path

import duckdb

from tightlog.errors import WarehouseError
from tightlog.home import private
from tightlog.warehouse.segments.segment import KINDS


def single_file(version: Path, target: Path) -> None:
    """Writes a version as a file that needs no other, for its owner only; one that is there is
    replaced. Raises WarehouseError when its records cannot be read, OSError.
    """
    unfinished = target.with_name(f"{target.name}.tmp")
    unfinished.unlink(missing_ok=True)
    try:
        open(unfinished, "xb", opener=private.owner_only).close()
        shutil.copyfile(version, unfinished)
        with duckdb.connect(str(unfinished)) as connection:
            for kind in KINDS:
                connection.execute(f"create table ingest.inside as from ingest.{kind}")
                connection.execute(f"drop view ingest.{kind}")
                connection.execute(f"alter table ingest.inside rename to {kind}")
            connection.execute("delete from ingest.segment")
            connection.execute("checkpoint")
        unfinished.replace(target)
    except duckdb.Error as problem:
        raise WarehouseError(f"{target} could not be written: {problem}") from problem
    finally:
        for leftover in (unfinished, Path(f"{unfinished}.wal")):
            leftover.unlink(missing_ok=True)
