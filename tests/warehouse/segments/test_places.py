"""Records are found from everywhere, after a move, by a reader without rights, and in a copy."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import duckdb
import pytest

from tests.builders import SETTINGS, START, home_at, rows, run_fit
from tightlog.answers.doctor.warehouse_checks import recordings
from tightlog.errors import QueryError
from tightlog.home.settings import Home
from tightlog.refresh.plan import FromScratch
from tightlog.refresh.refresh import refresh
from tightlog.warehouse import build, store
from tightlog.warehouse.exports.export import exported
from tightlog.warehouse.sandbox.bounded import bounded_answer

COUNT = "select count(*) as n from record"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = home_at(tmp_path / "first", a_fit=run_fit(), b_fit=run_fit(START.replace(day=9)))
    refresh(home, SETTINGS)
    return home


def test_another_program_reads_records_from_another_working_folder(
    home: Home, tmp_path: Path
) -> None:
    code = (
        "import duckdb, sys\n"
        "with duckdb.connect(sys.argv[1], read_only=True) as connection:\n"
        f"    print(connection.execute('{COUNT}').fetchall()[0][0])"
    )
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    done = subprocess.run(
        [sys.executable, "-c", code, os.path.relpath(home.database, elsewhere)],
        cwd=elsewhere, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert int(done.stdout) == rows(home, COUNT)[0]["n"] > 0


def test_a_moved_home_is_noticed_and_the_next_refresh_mends_it(home: Home, tmp_path: Path) -> None:
    before = rows(home, COUNT)
    assert recordings(home).is_ok
    moved = Home(home.folder.rename(tmp_path / "second"))
    check = recordings(moved)
    assert (check.is_ok, check.remedy) == (False, "run: tightlog refresh")
    with pytest.raises(QueryError):
        rows(moved, COUNT)
    assert rows(moved, "select count(*) as n from activity") == [{"n": 2}]
    assert refresh(moved, SETTINGS).from_scratch is None
    assert rows(moved, COUNT) == before
    assert recordings(moved).is_ok


def test_a_home_without_its_records_reads_the_files_again(home: Home) -> None:
    before = rows(home, COUNT)
    store.segment_files(store.published_version(home))[0].unlink()
    assert "missing" in recordings(home).found
    assert refresh(home, SETTINGS).from_scratch is FromScratch.RECORDS_LOST
    assert rows(home, COUNT) == before and recordings(home).is_ok


def test_a_version_alone_answers_everything_but_records(home: Home, tmp_path: Path) -> None:
    alone = tmp_path / "alone" / "versions" / "copy.duckdb"
    alone.parent.mkdir(parents=True)
    shutil.copy(store.published_version(home), alone)
    shutil.rmtree(home.folder)
    for name in set(build.relation_names()) - {"record"}:
        store.relation(alone, name)
    with pytest.raises(QueryError):
        store.relation(alone, "record")


def test_only_the_segments_of_the_version_are_readable(home: Home, tmp_path: Path) -> None:
    version = store.published_version(home)
    named = store.segment_files(version)
    for path in (home.settings_file, home.raw / "a.fit", named[0].with_name("other.parquet")):
        path.parent.mkdir(exist_ok=True)
        shutil.copy(named[0], path)
    with store.open_version(version) as connection:
        assert connection.execute(f"select count(*) from '{named[0]}'").fetchall()
        for path in (home.settings_file, home.raw / "a.fit", named[0].with_name("other.parquet")):
            with pytest.raises(duckdb.Error):
                connection.execute(f"select count(*) from read_parquet('{path}')").fetchall()
        for target in (named[0], named[0].with_name("new.parquet")):
            with pytest.raises(duckdb.Error):
                connection.execute(f"copy (select 1) to '{target}'")
        with pytest.raises(duckdb.Error):
            connection.execute("set allowed_paths = ['/etc/passwd']")


def test_a_query_from_outside_reads_records_and_names_no_file(home: Home) -> None:
    version = store.published_version(home)
    assert bounded_answer(version, COUNT).rows.item() > 0
    named = store.segment_files(version)[0]
    for read in ("'{}'", "read_parquet('{}')", "parquet_scan('{}')"):
        sql = f"from {read.format(named)}"
        with pytest.raises(QueryError):
            bounded_answer(version, sql)


def test_a_single_file_holds_everything_without_the_home(home: Home, tmp_path: Path) -> None:
    version = store.published_version(home)
    expected = {name: store.relation(version, name).height for name in build.relation_names()}
    asked = "select round(sum(heart_rate_bpm)) as beats, max(recorded_at) as last from record"
    before = store.query(version, asked)
    folder = tmp_path / "taken"
    folder.mkdir()
    assert exported(version, folder, "duckdb") == expected
    shutil.rmtree(home.folder)
    assert [path.name for path in folder.iterdir()] == ["tightlog.duckdb"]
    alone = folder / "tightlog.duckdb"
    assert {name: store.relation(alone, name).height for name in build.relation_names()} == expected
    assert store.query(alone, asked).equals(before)
    assert alone.stat().st_mode & 0o777 == 0o600


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
def test_a_reader_without_write_permission_reads_records(home: Home) -> None:
    for path in (home.warehouse, *home.warehouse.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o555 if path.is_dir() else 0o444)
    for folder in (*home.warehouse.parents,)[:6]:
        if folder.is_relative_to(tempfile.gettempdir()):
            folder.chmod(folder.stat().st_mode | 0o055)
    code = (
        "import os, sys\nfrom pathlib import Path\nfrom tightlog.warehouse import store\n"
        "os.setresuid(65534, 65534, 65534)\n"
        f"print(store.query(Path(sys.argv[1]), '{COUNT}').item())"
    )
    version = str(store.published_version(home))
    done = subprocess.run(
        [sys.executable, "-c", code, version], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) == rows(home, COUNT)[0]["n"]
