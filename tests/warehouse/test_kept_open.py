"""A version a server keeps open between its pages is never taken for a later one."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from tests.builders import home_at, run_fit
from tightlog.home.settings import Home, settings_of
from tightlog.refresh.refresh import refresh
from tightlog.warehouse import read_only, store

COUNT = "select count(*) as n from activity"


@pytest.fixture(autouse=True)
def _nothing_kept_afterwards() -> Iterator[None]:
    yield
    read_only._let_go()


def made(folder: Path, *runs: bytes) -> Home:
    home = home_at(folder, **{f"r{number}_fit": run for number, run in enumerate(runs)})
    home.settings_file.write_text('time_zone = "UTC"\n', encoding="utf-8")
    refresh(home, settings_of(home))
    return home


def is_open(version: Path) -> bool:
    """True while a connection of this process holds the file."""
    try:
        duckdb.connect(str(version), read_only=True).close()
    except duckdb.ConnectionException:
        return True
    return False


def test_a_version_stays_open_until_another_is_kept(tmp_path: Path) -> None:
    home = made(tmp_path / "home", run_fit())
    first = store.published_version(home)
    store.keep_open(first)
    assert store.query(first, COUNT).item() == 1 and is_open(first)
    refresh(home, settings_of(home), from_scratch=True)
    second = store.published_version(home)
    assert second != first
    store.keep_open(second)
    assert is_open(second) and not is_open(first)


def test_a_version_made_anew_under_the_same_name_is_read_anew(tmp_path: Path) -> None:
    one, two = made(tmp_path / "one", run_fit()), made(tmp_path / "two")
    version = store.published_version(one)
    store.keep_open(version)
    assert store.query(version, COUNT).item() == 1
    version.unlink()
    shutil.copy(store.published_version(two), version)
    assert store.query(version, COUNT).item() == 0
    store.keep_open(version)
    assert store.query(version, COUNT).item() == 0
