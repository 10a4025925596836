"""Publishing: readers never see half a version, and one writer at a time."""

import pytest

from tests.builders import home_at
from tightlog.errors import NoWarehouse, QueryError, WarehouseError, WriterBusy
from tightlog.warehouse import store
from tightlog.warehouse.publish import KEPT_VERSIONS, open_draft, publish_draft, start_draft, writer_lock


def publish_number(home, number):
    draft = start_draft(home)
    with open_draft(draft) as connection:
        connection.execute(f"create or replace table answer as select {number} as number")
    return publish_draft(home, draft)


def answer(home):
    return store.query(store.published_version(home), "select number from answer").item()


def test_new_version_is_served_and_an_open_reader_keeps_the_old_one(tmp_path):
    home = home_at(tmp_path)
    publish_number(home, 1)
    with store.open_version(store.published_version(home)) as reader:
        publish_number(home, 2)
        assert answer(home) == 2
        assert reader.sql("select number from answer").fetchall() == [(1,)]


def test_draft_that_is_never_published_leaves_the_old_version(tmp_path):
    home = home_at(tmp_path)
    publish_number(home, 1)
    with pytest.raises(WarehouseError), open_draft(start_draft(home)) as connection:  # noqa: PT012 - the draft is what fails, halfway
        connection.execute("create or replace table answer as select 2 as number")
        connection.execute("select * from nothing_of_that_name")
    assert answer(home) == 1
    publish_number(home, 3)
    assert answer(home) == 3


def test_only_the_last_versions_are_kept(tmp_path):
    home = home_at(tmp_path)
    for number in range(KEPT_VERSIONS + 3):
        publish_number(home, number)
    assert len(list((home.warehouse / "versions").glob("*.duckdb"))) == KEPT_VERSIONS


def test_second_writer_is_told_who_holds_the_lock(tmp_path):
    home = home_at(tmp_path)
    with writer_lock(home), pytest.raises(WriterBusy, match=r"process \d+"), writer_lock(home):
        pass


def test_published_file_can_be_read_by_the_older_duckdb_format(tmp_path):
    home = home_at(tmp_path)
    version = publish_number(home, 1)
    tags = store.query(version, "select tags from duckdb_databases() where not internal").item()
    assert "v1.5" in str(tags)


@pytest.mark.parametrize("statement", [
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
])
def test_console_refuses_what_is_not_one_read_only_statement(tmp_path, statement):
    home = home_at(tmp_path)
    version = publish_number(home, 1)
    with pytest.raises(QueryError):
        store.query(version, statement)
    assert answer(home) == 1


def test_a_python_variable_is_not_a_table(tmp_path):
    home = home_at(tmp_path)
    secret = publish_number(home, 1)
    with pytest.raises(QueryError):
        store.query(secret, "select * from secret")


def test_missing_warehouse_says_what_to_do(tmp_path):
    with pytest.raises(NoWarehouse, match="tightlog refresh"):
        store.published_version(home_at(tmp_path))
