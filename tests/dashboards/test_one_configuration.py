"""Within one process DuckDB opens a file under one configuration only: whatever reads it in
another way would break a page now and then.
"""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

import dashboards
from dashboards.shown.data import opened_once
from tightlog.home.settings import Home, settings_of
from tightlog.journal.moment import moment_of
from tightlog.journal.writing import rate
from tightlog.refresh.refresh import refresh
from tightlog.warehouse import store

PATIENCE_S = 120.0
PAGES = sorted(
    path.stem for path in (Path(dashboards.__file__).parent / "app_pages").glob("[a-z]*.py")
)


def test_pages_refreshes_and_queries_open_the_warehouse_in_the_same_way(
    home: Home, opened: Callable[..., AppTest], words: Callable[[AppTest], str]
) -> None:
    before = store.published_version(home)
    with store.open_version(before):
        with pytest.raises(duckdb.ConnectionException, match="different configuration"):
            duckdb.connect(str(before), read_only=True)
        for page in PAGES:
            assert "This page cannot be shown" not in words(opened(home, page))
        rate(home.journal, 4, moment_of(None, settings_of(home).zone))
        app = opened(home)
        # Today begins the analysis by itself, in a thread of its own.
        ends_s = time.monotonic() + PATIENCE_S
        while store.published_version(home) == before and time.monotonic() < ends_s:
            time.sleep(0.1)
        after = store.published_version(home)
        assert after != before and not app.exception
        with store.open_version(after):
            assert refresh(home, settings_of(home)).warehouse == home.database
            for page in PAGES:
                assert "This page cannot be shown" not in words(opened(home, page))


def test_a_page_run_opens_the_warehouse_once_and_lets_it_go(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TIGHTLOG_HOME", str(home.folder))
    version = store.published_version(home)
    with opened_once(), pytest.raises(duckdb.ConnectionException, match="different configuration"):
        duckdb.connect(str(version), read_only=True)
    duckdb.connect(str(version), read_only=True).close()


def test_a_home_without_a_warehouse_opens_nothing_and_says_nothing(
    empty_home: Home, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TIGHTLOG_HOME", str(empty_home.folder))
    before = sorted(empty_home.folder.rglob("*"))
    with opened_once():
        assert sorted(empty_home.folder.rglob("*")) == before
    assert capsys.readouterr() == ("", "")


def test_pages_read_at_the_same_moment_without_getting_in_each_others_way(home: Home) -> None:
    version = store.published_version(home)
    with ThreadPoolExecutor(8) as readers:
        counts = list(
            readers.map(
                lambda _: store.query(version, "select count(*) as n from day").item(), range(80)
            )
        )
    assert len(set(counts)) == 1 and counts[0] > 0
