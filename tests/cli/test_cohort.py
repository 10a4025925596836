"""`tightlog cohort`: the steps that need no worker, and what is said where one cannot be taken."""

import json
import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from tests.cohort.conftest import agree
from tests.conftest import SAMPLE_LAST_DAY
from tightlog.cli.main import main
from tightlog.cohort.cohort_file import read_cohort
from tightlog.cohort.lake import finish_lake
from tightlog.cohort.members import members
from tightlog.cohort.one_home import home_outcome
from tightlog.home.settings import Home


def test_a_cohort_from_its_first_line_to_a_query(
    tmp_path: Path, four_months: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    home = Home(tmp_path / "homes" / "one")
    shutil.copytree(four_months.folder, home.folder, symlinks=True)
    agree(home, ("status", "estimates", "days"))
    here = ["cohort", "--in", str(tmp_path / "team")]
    assert main([*here, "init", "--name", "anna"]) == 0
    assert 'with = ["anna"]' in capsys.readouterr().out
    assert main([*here, "today"]) == 1
    assert "refresh" in capsys.readouterr().err
    assert main([*here, "add", str(home.folder)]) == 0
    assert main([*here, "add", str(tmp_path / "nobody")]) == 1
    capsys.readouterr()
    assert main([*here, "add", str(home.folder)]) == 0
    assert "In the cohort already: 1 home" in " ".join(capsys.readouterr().out.split())

    cohort = read_cohort(tmp_path / "team")
    for member in members(cohort):
        home_outcome(cohort, member, "call", SAMPLE_LAST_DAY + timedelta(days=5))
    finish_lake(cohort, members(cohort), "call")
    capsys.readouterr()

    assert main([*here, "today", "--json"]) == 0
    assert {row["home"] for row in json.loads(capsys.readouterr().out)} == {"runner-01"}
    assert main([*here, "today"]) == 0
    assert "Who needs a look: 1 of 1 home" in capsys.readouterr().out
    assert main([*here, "today", "--of", "runner-01"]) == 0
    assert "Who needs a look" in capsys.readouterr().out
    # A name mistyped is no good news.
    for as_json in ([], ["--json"]):
        assert main([*here, "today", "--of", "runner-1", *as_json]) == 1
        told = capsys.readouterr()
        assert told.out == "" and "runner-1 is no home of this cohort" in told.err
    assert main([*here, "pool"]) == 0
    assert "Fewer than 5 homes, so nothing is said" in capsys.readouterr().out
    assert main([*here, "homes"]) == 0
    assert "status, estimates, days" in capsys.readouterr().out
    assert main([*here, "sql", "select count(*) as n from day", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["n"] > 100
    assert main([*here, "sql", "copy day to 'x.csv'"]) == 1


def test_of_a_home_that_is_not_read_no_good_news_is_told(
    tmp_path: Path, four_months: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    home = Home(tmp_path / "homes" / "one")
    shutil.copytree(four_months.folder, home.folder, symlinks=True)
    here = ["cohort", "--in", str(tmp_path / "team")]
    assert main([*here, "init", "--name", "anna"]) == 0
    assert main([*here, "add", str(home.folder)]) == 0
    cohort = read_cohort(tmp_path / "team")
    for member in members(cohort):
        home_outcome(cohort, member, "call", SAMPLE_LAST_DAY + timedelta(days=5))
    finish_lake(cohort, members(cohort), "call")
    capsys.readouterr()
    assert main([*here, "today", "--of", "runner-01"]) == 0
    told = capsys.readouterr().out
    assert "Of runner-01 nothing is known" in told and "Not read: 1 home" in told


def test_without_dask_the_refresh_says_how_to_install_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("tightlog.cli.commands.cohort.find_spec", lambda _: None)
    assert main(["cohort", "--in", str(tmp_path), "refresh"]) == 1
    assert "pip install 'tightlog[cohort]'" in capsys.readouterr().err
