"""An export read back by DuckDB is what the warehouse holds, in files and folders that stay
where they are.
"""

from datetime import timedelta
from pathlib import Path

import duckdb
import polars as pl
import pytest
from polars.testing import assert_frame_equal

from tests.builders import SETTINGS, START, home_at, run_fit
from tightlog.refresh.refresh import refresh
from tightlog.warehouse import build, store
from tightlog.warehouse.exports.export import DAYS, exported

YEAR = timedelta(days=365)


@pytest.fixture(scope="module")
def version(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = home_at(
        tmp_path_factory.mktemp("export"),
        a_fit=run_fit(START - YEAR),
        b_fit=run_fit(),
        c_fit=run_fit(START + timedelta(days=1)),
        scores_csv=b'date,score,note\n2026-05-04,3,"stiff, sore"\n',
    )
    refresh(home, SETTINGS)
    return store.published_version(home)


def in_order(rows: pl.DataFrame) -> pl.DataFrame:
    rows = rows.with_columns(pl.selectors.datetime(time_zone="*").dt.convert_time_zone("UTC"))
    return rows.sort(
        [name for name, kind in rows.schema.items() if not isinstance(kind, pl.List)],
        nulls_last=True,
    )


@pytest.mark.parametrize("name", build.relation_names())
def test_parquet_read_back_by_duckdb_is_the_relation(
    version: Path, tmp_path_factory: pytest.TempPathFactory, name: str
) -> None:
    folder = tmp_path_factory.getbasetemp() / "exported"
    if not folder.exists():
        folder.mkdir()
        exported(version, folder, "parquet")
    source = f"{folder}/{name}/*/*.parquet" if name in DAYS else f"{folder}/{name}.parquet"
    with duckdb.connect() as connection:
        back = connection.sql(
            f"select * from read_parquet('{source}', hive_partitioning = {name in DAYS})"
        ).pl()
    expected = store.relation(version, name)
    assert_frame_equal(in_order(back.select(expected.columns)), in_order(expected))


def test_large_relations_lie_in_one_folder_a_year(version: Path, tmp_path: Path) -> None:
    written = exported(version, tmp_path, "parquet")
    for name in ("record", "activity", "day"):
        assert sorted(path.name for path in (tmp_path / name).iterdir()) == [
            "year=2025",
            "year=2026",
        ]
    assert written["activity"] == 3
    with duckdb.connect() as connection:
        counted = connection.sql(
            f"select year, count(*) from read_parquet('{tmp_path}/activity/*/*.parquet') "
            "group by year order by year"
        ).fetchall()
    assert counted == [(2025, 1), (2026, 2)]


def test_a_year_that_is_gone_is_not_left_from_an_earlier_export(
    version: Path, tmp_path: Path
) -> None:
    (tmp_path / "activity" / "year=1999").mkdir(parents=True)
    old = tmp_path / "activity" / "year=1999" / "part-0.parquet"
    pl.DataFrame({"activity_id": ["old"]}).write_parquet(old)
    mine = tmp_path / "activity" / "notes.txt"
    mine.write_text("the runner's own")
    exported(version, tmp_path, "parquet")
    assert not old.exists()
    assert mine.exists()


def test_csv_is_one_file_a_relation_with_one_header(version: Path, tmp_path: Path) -> None:
    written = exported(version, tmp_path, "csv")
    rows = pl.read_csv(tmp_path / "record.csv", infer_schema=False)
    assert rows.height == written["record"] == store.relation(version, "record").height
    assert pl.read_csv(tmp_path / "tightness.csv")["note"].to_list() == ["stiff, sore"]
    assert sorted(path.stem for path in tmp_path.iterdir()) == list(build.relation_names())


def test_a_home_without_files_exports_empty_relations_that_can_be_read(tmp_path: Path) -> None:
    home = home_at(tmp_path / "home")
    refresh(home, SETTINGS, analysed=False)
    (tmp_path / "out").mkdir()
    exported(store.published_version(home), tmp_path / "out", "parquet")
    with duckdb.connect() as connection:
        assert connection.sql(
            f"select count(activity_id) from read_parquet('{tmp_path}/out/record/*/*.parquet')"
        ).fetchall() == [(0,)]
