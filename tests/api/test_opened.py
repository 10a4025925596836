"""Python reads what SQL reads, and changes nothing."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import polars as pl
import pytest

import tightlog
from tests.builders import home_at
from tests.conftest import SAMPLE_LAST_DAY
from tightlog.errors import FrameError, NoWarehouse, QueryError
from tightlog.home.settings import Home
from tightlog.simulation.hostile.asked import contents
from tightlog.warehouse import store

LIGHT = "import sys, tightlog; print(*sorted({'polars', 'duckdb', 'numpy'} & set(sys.modules)))"


def test_each_method_gives_its_relation_as_it_is_published(
    four_months: Home, four_months_version: Path
) -> None:
    home = tightlog.open(four_months.folder)
    for frame, name in (
        (home.days(), "day"),
        (home.activities(), "activity"),
        (home.findings(), "finding"),
        (home.effects(), "effect"),
        (home.trials(), "trial"),
    ):
        assert frame.equals(store.relation(four_months_version, name))
    assert home.days()["day"][-1] == SAMPLE_LAST_DAY
    patterns = home.patterns()
    assert patterns.height == home.relation("pattern_match").height
    assert set(patterns["grade"]) <= {"A", "B", "C", "D"}


def test_a_query_is_answered_and_what_does_more_than_read_is_refused(four_months: Home) -> None:
    before = contents(four_months.folder)
    home = tightlog.open(four_months.folder)
    assert home.sql("select count(*) as n from record")["n"].item() > 100_000
    for query in ("drop table day", "from read_text('/etc/hostname')", "copy day to 'x.csv'"):
        with pytest.raises(QueryError):
            home.sql(query)
    assert contents(four_months.folder) == before


def test_own_columns_are_joined_by_their_day(four_months: Home) -> None:
    home = tightlog.open(str(four_months.folder))
    own = pl.DataFrame({"day": [SAMPLE_LAST_DAY, date(1999, 1, 1)], "tea": [2.0, 3.0]})
    days = home.days(own)
    assert days.height == home.days().height
    assert days["tea"].to_list() == [None] * (days.height - 1) + [2.0]


@pytest.mark.parametrize(
    ("own", "words"),
    [
        (pl.DataFrame({"day": ["2026-05-01"]}), "a column day of dates"),
        (pl.DataFrame({"tea": [1.0]}), "a column day of dates"),
        (pl.DataFrame({"day": [date(2026, 5, 1)] * 2, "tea": [1, 2]}), "a day twice"),
        (pl.DataFrame({"day": [date(2026, 5, 1)], "coverage": ["x"]}), "a column coverage already"),
    ],
)
def test_a_frame_that_does_not_fit_is_refused(
    four_months: Home, own: pl.DataFrame, words: str
) -> None:
    with pytest.raises(FrameError, match=words):
        tightlog.open(four_months.folder).days(own)


def test_a_home_without_a_warehouse_is_refused_and_none_is_made(tmp_path: Path) -> None:
    for home in (tmp_path / "missing", home_at(tmp_path / "empty").folder):
        with pytest.raises(NoWarehouse):
            tightlog.open(home)
    assert not (tmp_path / "missing").exists()


def test_importing_tightlog_loads_nothing_heavy() -> None:
    done = subprocess.run([sys.executable, "-c", LIGHT], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
