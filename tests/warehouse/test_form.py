"""A night that only adds begins as a copy of the version before: it ends as a rebuild does, in
types, comments and rows, and holds nothing that was put into it, or was taken away.
"""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import duckdb
import polars as pl
import pytest

from tests.builders import SETTINGS, START, home_at, rows, run_fit
from tests.refresh.test_twin_order import phone_gpx
from tightlog.home.settings import Home
from tightlog.journal.moment import Moment
from tightlog.journal.writing import rate, withdraw
from tightlog.refresh.refresh import refresh
from tightlog.warehouse import build, publish, store
from tightlog.warehouse.drafts import draft

SECRET = "the cellar behind the mill"
MOVING = {"refreshed_at", "first_seen_at", "is_new", "stat_fingerprint"}
MADE_OF_ROWS = [
    name
    for name in build.relation_names()
    if f"incoming_{name}" in build.statement(f"relation/{name}")
]
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


def everything(home: Home) -> Mapping[str, list[str]]:
    version = store.published_version(home)
    held = {name: store.relation(version, name) for name in build.relation_names()}
    # Views list their rows in no order of their own.
    return {
        name: sorted(map(str, rows.drop(MOVING, strict=False).iter_rows()))
        for name, rows in held.items()
    }


def copies(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The versions of which drafts begin as a copy, from now on."""
    found: list[Path] = []
    copy = publish._copy

    def noted(version: Path, draft: Path) -> None:
        found.append(version)
        copy(version, draft)

    monkeypatch.setattr(publish, "_copy", noted)
    return found


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


def test_a_night_that_only_adds_begins_as_a_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = home_at(tmp_path, a_fit=run_fit())
    refresh(home, SETTINGS)
    copied = copies(monkeypatch)
    (home.raw / "b.fit").write_bytes(SECOND)
    refresh(home, SETTINGS)
    assert len(copied) == 1
    refresh(home, SETTINGS, today=date(2026, 6, 2))
    assert len(copied) == 2
    before = everything(home)
    refresh(home, SETTINGS, today=date(2026, 6, 2), from_scratch=True)
    assert everything(home) == before
    assert len(copied) == 2


def test_what_is_taken_away_is_in_no_byte_of_the_next_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = home_at(tmp_path, a_fit=run_fit())
    (home.raw / f"{SECRET}.gpx").write_bytes(phone_gpx(START, minutes=30))
    refresh(home, SETTINGS)
    assert SECRET.encode() in home.database.read_bytes()
    copied = copies(monkeypatch)
    (home.raw / f"{SECRET}.gpx").unlink()
    refresh(home, SETTINGS)
    assert not copied
    assert SECRET.encode() not in home.database.read_bytes()


def test_a_note_withdrawn_is_in_no_byte_of_the_next_version(tmp_path: Path) -> None:
    home = home_at(tmp_path, a_fit=run_fit())
    entry = rate(home.journal, 3, Moment(date(2026, 5, 6), None), note=SECRET)
    refresh(home, SETTINGS)
    assert SECRET.encode() in home.database.read_bytes()
    withdraw(home.journal, entry)
    refresh(home, SETTINGS)
    assert SECRET.encode() not in home.database.read_bytes()


def test_the_room_of_what_was_replaced_is_used_again(tmp_path: Path) -> None:
    home = home_at(tmp_path, a_fit=run_fit())
    sizes = []
    for number in range(8):
        refresh(home, SETTINGS, today=date(2026, 6, 2) + timedelta(days=number))
        sizes.append(home.database.stat().st_size)
    assert max(sizes) <= 2 * sizes[0]
    # DuckDB keeps deleted rows of a table with a key for good.
    stored = (
        "select count from pragma_storage_info('ingest.made_from') "
        "where column_id = 0 and segment_type <> 'VALIDITY'"
    )
    held = rows(home, "select count(*) as count from ingest.made_from")
    assert rows(home, stored) == held


@pytest.mark.parametrize("name", MADE_OF_ROWS)
def test_a_relation_made_of_given_rows_reads_nothing_else(name: str) -> None:
    text = build.statement(f"relation/{name}")
    code = re.sub("--.*", "", text.split("comment on")[0])
    read = set(re.findall(r"(?:from|join) ([a-z_.]+)", code))
    own = set(re.findall(r"(\w+) as \(", text))
    assert read <= own | {f"incoming_{name}"}


def test_every_column_measured_of_an_activity_is_put_into_its_row() -> None:
    measured = set(re.findall(r"^    f\.(\w+),?$", build.statement("relation/activity"), re.M))
    put = build.statement("derive/measured")
    assert measured
    assert set(re.findall(r"^    (\w+) = f\.\1,?$", put, re.M)) == measured
    assert set(re.findall(r"a\.(\w+) is distinct from f\.\1$", put, re.M)) == measured
