from importlib.resources import files
from pathlib import Path

import pytest

from tightlog.warehouse.build import statement

ROOT = Path(__file__).parents[2]
QUESTIONS = sorted(
    entry.name.removesuffix(".sql")
    for entry in files("tightlog.warehouse").joinpath("sql", "question").iterdir()
)
CODE = "\n".join(
    file.read_text(encoding="utf-8")
    for folder in ("src/tightlog", "dashboards")
    for file in (ROOT / folder).rglob("*.py")
)


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_question_says_what_a_row_is_and_is_asked_somewhere(question: str) -> None:
    assert statement(f"question/{question}").startswith("-- One row")
    assert f'"{question}"' in CODE
