"""Hypotheses through a refresh: each has a row, none stops or changes anything else."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.builders import settled_here
from tests.conftest import SAMPLE_LAST_DAY
from tightlog.answers.actions import hypotheses
from tightlog.cli.main import main
from tightlog.errors import HypothesisRefused
from tightlog.home.settings import Home, Settings
from tightlog.refresh.refresh import refresh
from tightlog.warehouse import store

TODAY = datetime.now(UTC).date()


@pytest.fixture
def copied(four_months: Home, tmp_path: Path) -> Home:
    shutil.copytree(four_months.folder, tmp_path / "home", symlinks=True)
    return settled_here(Home(tmp_path / "home"))


def test_a_hypothesis_has_a_row_and_changes_no_finding(
    copied: Home, four_months_version: Path
) -> None:
    assert hypotheses.add(copied, TODAY, "cycling", "cycle_min", "min").reason is None
    missing = hypotheses.add(copied, TODAY, "coffee", "context_coffee")
    assert missing.reason is not None and "no column context_coffee" in missing.reason
    assert hypotheses.add(copied, TODAY, "calm", "mood").reason is None  # what the diary notes
    hypotheses.withdraw(copied, "Calm")
    refresh(copied, Settings("UTC"), today=SAMPLE_LAST_DAY)
    version = store.published_version(copied)
    rows = store.relation(version, "hypothesis").to_dicts()
    assert [row["name"] for row in rows] == ["cycling", "coffee", "calm"]
    assert [row["verdict"] for row in rows] == ["not_enough_data", None, "not_enough_data"]
    assert [row["declared_on"] for row in rows] == [TODAY] * 3
    assert [row["withdrawn_on"] is None for row in rows] == [True, True, False]
    assert [row["tests"] for row in rows if row["verdict"]] == [1, 1]
    for name in ("finding", "effect", "pattern_match"):
        before = store.relation(four_months_version, name)
        assert store.relation(version, name).equals(before), name


def test_a_name_is_taken_once_and_for_all(copied: Home) -> None:
    hypotheses.add(copied, TODAY, "cycling", "cycle_min")
    hypotheses.withdraw(copied, "cycling")
    with pytest.raises(HypothesisRefused, match="already"):
        hypotheses.add(copied, TODAY, " Cycling ", "run_min")
    with pytest.raises(HypothesisRefused, match="no hypothesis is called"):
        hypotheses.withdraw(copied, "cycling")


def test_the_command_writes_lists_and_withdraws(
    copied: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    home = ["--home", str(copied.folder)]
    assert main([*home, "hypothesis", "list"]) == 0
    assert "No hypothesis yet" in capsys.readouterr().out
    assert main([*home, "hypothesis", "add", "hills", "--expression", "ascent_m / 100"]) == 0
    assert "Written down: hills" in capsys.readouterr().out
    refresh(copied, Settings("UTC"), today=SAMPLE_LAST_DAY)
    assert main([*home, "findings"]) == 0
    told = capsys.readouterr().out
    assert "What you wrote down beforehand" in told and "- hills (since" in told
    assert main([*home, "hypothesis", "withdraw", "hills", "--json"]) == 0
    assert '"name": "hills"' in capsys.readouterr().out
    assert main([*home, "hypothesis", "add"]) == 1
    assert main([*home, "hypothesis", "add", "bare"]) == 1
