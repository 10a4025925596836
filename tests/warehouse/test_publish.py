"""Publishing: readers never see half a version, and one writer at a time."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.builders import home_at
from tightlog.errors import NoWarehouse, QueryError, WarehouseError, WriterBusy
from tightlog.home.settings import Home
from tightlog.warehouse import publish, store
from tightlog.warehouse.publish import (
    KEPT_VERSIONS,
    draft_connection,
    foreign_files,
    publish_draft,
    start_draft,
    writer_lock,
)


def publish_number(home: Home, number: int) -> Path:
    draft = start_draft(home)
    with draft_connection(draft) as connection:
        connection.execute(f"create or replace table answer as select {number} as number")
    return publish_draft(home, draft)


def answer(home: Home) -> int:
    found: int = store.query(store.published_version(home), "select number from answer").item()
    return found


def test_new_version_is_served_and_an_open_reader_keeps_the_old_one(tmp_path: Path) -> None:
    home = home_at(tmp_path)
    publish_number(home, 1)
    with store.open_version(store.published_version(home)) as reader:
        publish_number(home, 2)
        assert answer(home) == 2
        assert reader.sql("select number from answer").fetchall() == [(1,)]


def test_draft_that_is_never_published_leaves_the_old_version(tmp_path: Path) -> None:
    home = home_at(tmp_path)
    publish_number(home, 1)
    # The draft is what fails, halfway.
    draft = start_draft(home)
    with pytest.raises(WarehouseError), draft_connection(draft) as connection:  # noqa: PT012
        connection.execute("create or replace table answer as select 2 as number")
        connection.execute("select * from nothing_of_that_name")
    assert answer(home) == 1
    publish_number(home, 3)
    assert answer(home) == 3


def test_only_the_last_versions_are_kept(tmp_path: Path) -> None:
    home = home_at(tmp_path)
    for number in range(KEPT_VERSIONS + 3):
        publish_number(home, number)
    assert len(list((home.warehouse / "versions").glob("*.duckdb"))) == KEPT_VERSIONS


def test_second_writer_is_told_who_holds_the_lock(tmp_path: Path) -> None:
    home = home_at(tmp_path)
    with writer_lock(home), pytest.raises(WriterBusy, match=r"process \d+"), writer_lock(home):
        pass


def test_published_file_can_be_read_by_the_older_duckdb_format(tmp_path: Path) -> None:
    home = home_at(tmp_path)
    version = publish_number(home, 1)
    tags = store.query(version, "select tags from duckdb_databases() where not internal").item()
    assert "v1.5" in str(tags)


@pytest.mark.parametrize(
    "statement",
    [
        "select 1; select 2",
        "create table x as select 1",
        "insert into answer values (2)",
        "copy answer to 'stolen.csv'",
        "select * from read_csv('/etc/passwd')",
        "select * from read_text('/etc/hostname')",
        "attach 'other.duckdb'",
        "install httpfs",
        "set enable_external_access = true",
        "select from where",
    ],
)
def test_console_refuses_what_is_not_one_read_only_statement(
    tmp_path: Path, statement: str
) -> None:
    home = home_at(tmp_path)
    version = publish_number(home, 1)
    with pytest.raises(QueryError):
        store.query(version, statement)
    assert answer(home) == 1


def test_a_python_variable_is_not_a_table(tmp_path: Path) -> None:
    home = home_at(tmp_path)
    secret = publish_number(home, 1)
    with pytest.raises(QueryError):
        store.query(secret, "select * from secret")


def test_missing_warehouse_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NoWarehouse, match="tightlog refresh"):
        store.published_version(home_at(tmp_path))


def test_a_home_that_shows_the_sample_names_the_sample(tmp_path: Path) -> None:
    home = home_at(tmp_path)
    publish_number(home.sample, 1)
    with pytest.raises(NoWarehouse, match=f"tightlog --home {home.sample.folder}"):
        store.published_version(home)


FOREIGN = (
    "wh-000001 (copy).duckdb",
    "wh-000001.sync-conflict-20260504-071500-ABCDEFG.duckdb",
    "wh-abc.duckdb",
    "wh-.duckdb",
    "wh-1.duckdb",
    "wh-000002.duckdb~",
    ".wh-000002.duckdb.swp",
    "wh-\u0660\u0660\u0660\u0660\u0660\u0661.duckdb",
    "wh-000003.duckdb.part",
    "Thumbs.db",
    "wh-000001.duckdb\n",
    "wh-" + "9" * 200 + ".duckdb",
)


def test_foreign_files_among_the_versions_are_ignored_named_and_left_alone(tmp_path: Path) -> None:
    home = home_at(tmp_path)
    publish_number(home, 1)
    versions = home.warehouse / "versions"
    for name in FOREIGN:
        (versions / name).write_bytes(b"not ours")
    (versions / "wh-000007.duckdb").mkdir()
    (versions / "wh-000008.duckdb").symlink_to(tmp_path / "nowhere")
    for number in range(2, 7):
        publish_number(home, number)
    assert answer(home) == 6
    named = {path.name for path in foreign_files(home)}
    assert named == {*FOREIGN, "wh-000007.duckdb", "wh-000008.duckdb"}
    assert all((versions / name).read_bytes() == b"not ours" for name in FOREIGN)
    assert (versions / "wh-000007.duckdb").is_dir() and (versions / "wh-000008.duckdb").is_symlink()
    ours = [path for path in versions.iterdir() if path not in foreign_files(home)]
    assert len(ours) == KEPT_VERSIONS


def test_what_duckdb_leaves_beside_a_version_is_not_foreign(tmp_path: Path) -> None:
    home = home_at(tmp_path)
    version = publish_number(home, 1)
    Path(f"{version}.wal").touch()
    assert foreign_files(home) == ()


def test_a_version_is_on_the_disk_before_its_name_and_that_before_the_link(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = home_at(tmp_path)
    publish_number(home, 1)
    draft = start_draft(home)
    with draft_connection(draft) as connection:
        connection.execute("create or replace table answer as select 2 as number")
    steps = []

    def noted(name: str, place_of: Callable[..., str | Path]) -> None:
        step = getattr(os, name)

        def note(*given: Any, **named: Any) -> Any:
            steps.append(f"{name} {Path(place_of(*given)).name}")
            return step(*given, **named)

        monkeypatch.setattr(os, name, note)

    noted("fsync", lambda handle: Path(f"/proc/self/fd/{handle}").readlink())
    noted("fchmod", lambda handle, _mode: Path(f"/proc/self/fd/{handle}").readlink())
    noted("replace", lambda _source, target, *_: target)
    noted("symlink", lambda _source, target, *_: target)
    publish_draft(home, draft)
    assert steps == [
        "fchmod draft.duckdb.tmp",
        "fsync draft.duckdb.tmp",
        "replace wh-000002.duckdb",
        "fsync versions",
        "symlink tightlog.duckdb.new",
        "replace tightlog.duckdb",
        "fsync warehouse",
    ]


@pytest.mark.parametrize("place", [".writer.lock", "tightlog.duckdb"])
def test_a_folder_in_the_place_of_a_file_of_ours_is_a_sentence(tmp_path: Path, place: str) -> None:
    home = home_at(tmp_path)
    (home.warehouse / place).mkdir()
    sentence = rf"{place} is a folder where .* take it away"
    with pytest.raises(WarehouseError, match=sentence), writer_lock(home):
        publish_number(home, 1)
    (home.warehouse / place).rmdir()
    with writer_lock(home):
        publish_number(home, 1)
    assert answer(home) == 1


def test_a_draft_with_large_blocks_is_opened_again_by_each_step(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publish, "LARGE_VERSION_BYTES", 0)
    version = tmp_path / "wh-000001.duckdb"
    with duckdb.connect(str(version)) as connection:
        connection.execute("create table large as select 1 as n")
    draft = tmp_path / "draft.duckdb.tmp"
    for number, before in enumerate((version, version, None)):
        with draft_connection(draft, before) as connection:
            connection.execute(f"create table step_{number} as select 1 as n")
    with duckdb.connect(str(draft), read_only=True) as connection:
        assert connection.execute("select count(*) from duckdb_tables()").fetchall() == [(3,)]
        ((bytes_,),) = connection.execute(
            "select block_size from pragma_database_size()"
        ).fetchall()
    assert bytes_ == publish.LARGE_BLOCK_BYTES
