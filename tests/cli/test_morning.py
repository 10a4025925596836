"""`tightlog today` fits on one screen; what stands first is the back."""

import re
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.made_once import made_once
from tightlog.cli.main import main
from tightlog.cli.morning import COLUMNS, HOW_TO, MORE_NUMBERS, MOST_LINES, QUIET, Part, fitted
from tightlog.cli.wrapping import wrapped
from tightlog.home.settings import Home, home_folder, settings_of
from tightlog.journal.moment import Moment
from tightlog.journal.writing import rate
from tightlog.refresh.refresh import refresh
from tightlog.simulation.home import write_sample

Captured = pytest.CaptureFixture[str]


@pytest.fixture(scope="session")
def six_months(tmp_path_factory: pytest.TempPathFactory) -> Home:
    def made(folder: Path) -> Home:
        write_sample(folder / "home", datetime.now(UTC).date(), months=6)
        home = home_folder(str(folder / "home"))
        refresh(home, settings_of(home))
        return home

    return made_once(tmp_path_factory, "six_months_today", made)


@pytest.fixture
def sample(six_months: Home, tmp_path: Path) -> Home:
    shutil.copytree(six_months.folder, tmp_path / "copy", symlinks=True)
    return Home(tmp_path / "copy")


def said(capsys: Captured, home: Home, *options: str) -> str:
    capsys.readouterr()
    assert main(["--home", str(home.folder), "today", *options]) == 0
    return capsys.readouterr().out


def test_the_page_fits_a_screen_and_the_rest_is_one_option_away(
    sample: Home, capsys: Captured
) -> None:
    short, full = said(capsys, sample), said(capsys, sample, "--full")
    assert wrapped(short.rstrip("\n"), COLUMNS).count("\n") + 1 <= MOST_LINES
    assert short.index("Your back") < short.index("What to do")
    assert re.search("Four weeks: [▁▂▃▄▅▆▇█·]{28}", short)
    assert "--full" in short and "Known: " not in short
    assert "Known: " in full and "not a medical device" in full


def test_a_red_flag_is_said_in_full_and_nothing_else_is_advised(
    sample: Home, capsys: Captured
) -> None:
    day = datetime.now(settings_of(sample).zone).date()
    rate(sample.journal, 5, Moment(day, None), red_flags=["saddle_numbness"])
    short = said(capsys, sample)
    assert "emergency department now" in short and "--clear-red-flag" in short
    assert "What to do" not in short and "Stands out" not in short


@pytest.mark.parametrize("option", [(), ("--full",)])
def test_old_data_are_said_with_one_next_step_and_no_advice(
    home: Home, capsys: Captured, option: tuple[str, ...]
) -> None:
    day = datetime.now(settings_of(home).zone).date() - timedelta(days=20)
    rate(home.journal, 4, Moment(day, None))
    refresh(home, settings_of(home))
    short = said(capsys, home, *option)
    assert short.count("nothing can be said about today") == 1
    assert short.count("Add my newest files: `tightlog ingest FILE`") == 1
    assert "What to do" not in short and "habit set" not in short


def test_what_is_left_out_first_is_what_matters_least() -> None:
    kept, how = Part("x"), Part("how", place=HOW_TO)
    long = [kept] * 22
    more, quiet = Part("more", place=MORE_NUMBERS), Part("quiet", place=QUIET)
    assert fitted([*long, how, quiet]) == [*long, how, quiet]
    assert fitted([*long, how, more, quiet]) == [*long, how, quiet]
    assert fitted([*long, how, how, more, quiet]) == [*long, quiet]
    assert fitted([kept] * 24 + [quiet]) == [kept] * 24
