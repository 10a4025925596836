"""Tables are made in the form of the version before, with its types and comments, as a rebuild
makes them.
"""

from datetime import UTC, datetime
from pathlib import Path

import duckdb
import polars as pl
import pytest

from tests.builders import SETTINGS, home_at, rows, run_fit
from tightlog.home.settings import Home
from tightlog.refresh.refresh import refresh
from tightlog.warehouse import build, draft, store

SECOND = run_fit(datetime(2026, 5, 12, 6, tzinfo=UTC))
OLD, NEW = "null when the file was never opened", "null for a file never opened"
COLUMNS = (
    "select schema_name, table_name, column_index, column_name, data_type, comment "
    "from duckdb_columns() where not internal order by all"
)
RELATIONS = (
    "select schema_name, table_name, comment from duckdb_tables() union all "
    "select schema_name, view_name, comment from duckdb_views() where not internal order by all"
)


def form(home: Home) -> tuple[pl.DataFrame, pl.DataFrame]:
    version = store.published_version(home)
    return store.query(version, COLUMNS), store.query(version, RELATIONS)


def is_as_rebuilt(home: Home) -> bool:
    columns, relations = form(home)
    refresh(home, SETTINGS, from_scratch=True)
    rebuilt_columns, rebuilt_relations = form(home)
    return columns.equals(rebuilt_columns) and relations.equals(rebuilt_relations)


def test_a_night_makes_what_a_rebuild_makes_with_its_comments(tmp_path: Path) -> None:
    home = home_at(tmp_path, a_fit=run_fit())
    refresh(home, SETTINGS)
    (home.raw / "b.fit").write_bytes(SECOND)
    refresh(home, SETTINGS)
    assert rows(home, "select count(*) as n from activity") == [{"n": 2}]
    assert form(home)[0]["comment"].count() > 500
    assert is_as_rebuilt(home)


def test_tables_read_only_at_first_have_their_types_once_they_are_analysed(tmp_path: Path) -> None:
    home = home_at(tmp_path, a_fit=run_fit())
    refresh(home, SETTINGS, analysed=False)
    (home.raw / "b.fit").write_bytes(SECOND)
    refresh(home, SETTINGS)
    assert is_as_rebuilt(home)


def test_what_was_analysed_keeps_its_types_when_files_alone_are_read(tmp_path: Path) -> None:
    home = home_at(tmp_path, a_fit=run_fit())
    refresh(home, SETTINGS)
    (home.raw / "b.fit").write_bytes(SECOND)
    refresh(home, SETTINGS, analysed=False)
    assert rows(home, "select count(*) as n from activity") == [{"n": 2}]
    assert is_as_rebuilt(home)


def test_other_words_are_in_the_next_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = home_at(tmp_path, a_fit=run_fit())
    refresh(home, SETTINGS)
    said = build.statement

    def reworded(name: str) -> str:
        return said(name).replace(OLD, NEW)

    words = "select comment from duckdb_columns() where table_name = 'source_file'"
    before = store.query(store.published_version(home), words)["comment"].str.join("\n").item()
    assert NEW not in before
    monkeypatch.setattr(draft, "statement", reworded)
    draft.form_mark.cache_clear()
    (home.raw / "b.fit").write_bytes(SECOND)
    refresh(home, SETTINGS)
    draft.form_mark.cache_clear()
    after = store.query(store.published_version(home), words)["comment"].str.join("\n").item()
    assert after == before.replace(OLD, NEW) != before


@pytest.mark.parametrize(
    "planted",
    [
        "create macro lower(x) as (select content from read_text('{secret}'))",
        "create view lent as from read_text('{secret}')",
        "create or replace view ingest.record as select * from read_text('{secret}')",
        "create table extra as select 1 as n",
        "create type mood as enum ('a')",
    ],
)
def test_what_somebody_put_into_a_version_runs_and_stays_nowhere(
    planted: str, tmp_path: Path
) -> None:
    home = home_at(tmp_path / "home", a_fit=run_fit())
    refresh(home, SETTINGS)
    expected = form(home)
    secret = tmp_path / "secret.txt"
    secret.write_text("nobody's business")
    version = home.database.resolve()
    version.chmod(0o600)
    with duckdb.connect(str(version)) as connection:
        connection.execute(planted.format(secret=secret))
    (home.raw / "b.fit").write_bytes(SECOND)
    refresh(home, SETTINGS)
    assert rows(home, "select count(*) as n from activity") == [{"n": 2}]
    made = form(home)
    assert made[0].equals(expected[0])
    assert made[1].equals(expected[1])
    for kind in ("functions", "types"):
        own = f"from duckdb_{kind}() where not internal"
        assert store.query(store.published_version(home), own).is_empty()
    assert b"nobody's business" not in home.database.read_bytes()
