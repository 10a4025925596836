"""`tightlog hypothesis`: what was written down is listed from the first moment."""

from pathlib import Path

import pytest

from tightlog.cli.main import main


def test_a_hypothesis_is_listed_before_anything_was_refreshed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    at = ["--home", str(tmp_path / "home"), "hypothesis"]
    assert main([*at, "list"]) == 0
    assert "No hypothesis yet" in capsys.readouterr().out
    assert main([*at, "add", "cycling time", "--expression", "cycle_min", "--unit", "min"]) == 0
    capsys.readouterr()
    assert main([*at, "list"]) == 0
    assert "cycling time (since " in capsys.readouterr().out
    assert main([*at, "withdraw", "cycling time"]) == 0
    capsys.readouterr()
    assert main([*at, "list"]) == 0
    assert "No hypothesis yet" in capsys.readouterr().out
