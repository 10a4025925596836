"""Every question is asked, says what a row is, and is found by its name."""

from collections import Counter
from pathlib import Path

import pytest

from tightlog.warehouse.build import question, question_names

ROOT = Path(__file__).parents[2]
FILES = list((ROOT / "src/tightlog/warehouse/sql/question").rglob("*.sql"))
CODE = "\n".join(
    file.read_text(encoding="utf-8")
    for folder in ("src/tightlog", "dashboards")
    for file in (ROOT / folder).rglob("*.py")
)


@pytest.mark.parametrize("name", question_names())
def test_every_question_says_what_a_row_is_and_is_asked_somewhere(name: str) -> None:
    assert question(name).startswith("-- One row")
    assert f'"{name}"' in CODE


def test_a_name_is_given_once_whatever_the_folder_and_every_file_is_found() -> None:
    counts = Counter(file.stem for file in FILES)
    assert [name for name, count in counts.items() if count > 1] == []
    assert set(counts) == set(question_names())
