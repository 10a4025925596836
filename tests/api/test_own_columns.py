"""The notebook of the docs runs from its first cell to its last, and answers its question."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.builders import settled_here
from tightlog.home.settings import Home

NOTEBOOK = Path(__file__).parents[2] / "docs" / "own_question.ipynb"


def cells() -> list[str]:
    held = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    return ["".join(cell["source"]) for cell in held if cell["cell_type"] == "code"]


def test_the_notebook_answers_its_question(
    four_months: Home,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    sample = tmp_path / "data" / "sample"
    shutil.copytree(four_months.folder, sample, symlinks=True)
    settled_here(Home(sample))
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    for number, source in enumerate(cells()):
        exec(compile(source, f"{NOTEBOOK.name}, cell {number}", "exec"), names)
    found = names["found"]
    assert found["exposure"].to_list() == ["evening_run"]
    assert capsys.readouterr().out.strip() == found["sentence"].item()
    assert set(names["own"]["evening_run"]) == {0.0, 1.0}


def test_no_output_is_kept_in_the_notebook() -> None:
    held = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    assert not [cell for cell in held if cell.get("outputs") or cell.get("execution_count")]
