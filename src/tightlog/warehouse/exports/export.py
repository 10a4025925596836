"""Export: every relation of a version as files other programs read, in a layout that stays.

DIR/record/year=2026/part-0.parquet     record, lap, activity and day by the local year, as Hive
lays tables out DIR/tightness.parquet                   every other relation
DIR/record.csv                          as CSV each relation is one file
DIR/tightlog.duckdb                     all relations in one DuckDB file
"""

from collections.abc import Iterator
from pathlib import Path

import polars as pl

from tightlog.home import private
from tightlog.warehouse import build, store
from tightlog.warehouse.exports.spreadsheet import spreadsheet_csv
from tightlog.warehouse.segments.inside import single_file

# The local date the rows of a relation that grows for years belong to; all in one piece, records
# would not fit into memory some day.
DAYS = {
    "record": "(select a.day from activity as a where a.activity_id = t.activity_id)",
    "lap": "(select a.day from activity as a where a.activity_id = t.activity_id)",
    "activity": "t.day",
    "day": "t.day",
}


def exported(version: Path, folder: Path, form: str) -> dict[str, int]:
    """Rows written by relation, as `parquet`, `csv` or one file of `duckdb`; what an earlier export
    left in the folder is replaced.
    """
    if form == "duckdb":
        single_file(version, folder / "tightlog.duckdb")
        return {name: _row_count(version, name) for name in build.relation_names()}
    return {
        name: (_as_parquet if form == "parquet" else _as_csv)(version, folder, name)
        for name in build.relation_names()
    }


def _row_count(version: Path, name: str) -> int:
    return int(store.query(version, f'select count(*) from "{name}"').item())


def _as_parquet(version: Path, folder: Path, name: str) -> int:
    if name not in DAYS:
        return _written(store.relation(version, name), folder / f"{name}.parquet")
    # A year that has no rows any more must not be read along.
    for old in (folder / name).glob("year=*/part-0.parquet"):
        old.unlink()
    return sum(
        _written(rows, folder / name / f"year={year}" / "part-0.parquet")
        for year, rows in _by_year(version, name)
    )


def _written(rows: pl.DataFrame, target: Path) -> int:
    private.owner_only_folder(target.parent)
    with open(target, "wb", opener=private.owner_only) as file:
        rows.write_parquet(file)
    return rows.height


def _as_csv(version: Path, folder: Path, name: str) -> int:
    count = 0
    with open(folder / f"{name}.csv", "wb", opener=private.owner_only) as file:
        pieces = _by_year(version, name) if name in DAYS else [(0, store.relation(version, name))]
        for _, rows in pieces:
            file.write(spreadsheet_csv(rows, has_heading=file.tell() == 0).encode())
            count += rows.height
    return count


def _by_year(version: Path, name: str) -> Iterator[tuple[int, pl.DataFrame]]:
    """Rows of a relation year by year; of an empty one its columns, under the year 0, so that it
    can be read all the same.
    """
    years = store.query(
        version, f'select distinct year({DAYS[name]}) as y from "{name}" as t order by y'
    )["y"].to_list()
    for year in years or [0]:
        yield (
            year,
            store.query(
                version, f'select t.* from "{name}" as t where year({DAYS[name]}) = ?', [year]
            ),
        )
