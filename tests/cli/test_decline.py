"""Advice can be declined in a terminal as on the page."""

import json
from pathlib import Path

import pytest

from tightlog.cli.main import main
from tightlog.home.settings import home_folder
from tightlog.journal.journal import read_journal


def declined(home: Path) -> list[tuple[str, bool]]:
    journal = read_journal(home_folder(str(home)).journal)
    return [(one.intervention, one.is_lasting) for one in journal.declined]


def test_it_is_declined_for_today_or_until_it_is_taken_back(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = tmp_path / "home"
    assert main(["--home", str(home), "decline", "plank"]) == 0
    assert "Not today: " in capsys.readouterr().out
    assert main(["--home", str(home), "decline", "swimming", "--always"]) == 0
    assert "Not for me: " in capsys.readouterr().out
    [(plank, is_lasting), (swim, is_for_ever)] = declined(home)
    assert (is_lasting, is_for_ever) == (False, True)
    assert main(["--home", str(home), "decline", "swimming", "--take-back", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"intervention": swim, "entry": None}
    assert declined(home) == [(plank, False)]


def test_an_unknown_name_is_refused_with_its_neighbours(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--home", str(tmp_path / "home"), "decline", "plnk"]) != 0
    assert "plank" in capsys.readouterr().err.lower()
