"""A hypothesis is a dated line of the journal, which nothing takes back."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tightlog.errors import DiaryError
from tightlog.journal.journal import read_journal
from tightlog.journal.writing import hypothesis, withdraw_hypothesis

TODAY = datetime.now(UTC).date()


def test_what_is_written_down_is_read_back(tmp_path: Path) -> None:
    journal = tmp_path / "journal.jsonl"
    entry_id = hypothesis(journal, TODAY, "late coffee", "context_coffee", "cups")
    (read,) = read_journal(journal).hypotheses
    assert (read.entry_id, read.name, read.expression, read.unit) == (
        entry_id, "late coffee", "context_coffee", "cups",
    )  # fmt: skip
    assert (read.declared_on, read.withdrawn_on) == (TODAY, None)


def test_a_withdrawn_one_stays_in_the_journal_with_its_day(tmp_path: Path) -> None:
    journal = tmp_path / "journal.jsonl"
    entry_id = hypothesis(journal, TODAY, "late coffee", "context_coffee", "")
    withdraw_hypothesis(journal, entry_id)
    (read,) = read_journal(journal).hypotheses
    assert read.withdrawn_on == datetime.now(UTC).date()
    assert len(journal.read_text(encoding="utf-8").splitlines()) == 2


def test_a_day_before_the_line_was_written_does_not_count(tmp_path: Path) -> None:
    journal = tmp_path / "journal.jsonl"
    hypothesis(journal, TODAY - timedelta(days=90), "late coffee", "context_coffee", "")
    assert read_journal(journal).hypotheses[0].declared_on == TODAY


@pytest.mark.parametrize(
    ("name", "expression", "unit"),
    [
        ("", "a", ""),
        ("x" * 61, "a", ""),
        ("x", " ", ""),
        ("x", "a" * 1001, ""),
        ("x", "a", "u" * 21),
    ],
)
def test_an_empty_or_endless_text_is_refused_and_nothing_written(
    tmp_path: Path, name: str, expression: str, unit: str
) -> None:
    with pytest.raises(DiaryError):
        hypothesis(tmp_path / "journal.jsonl", TODAY, name, expression, unit)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "change",
    [{"facts": None}, {"facts": {}}, {"facts": {"day": "never"}}, {"entry_id": None}],
    ids=str,
)
def test_a_line_that_is_not_certain_is_shown_and_counts_nothing(
    tmp_path: Path, change: dict[str, object]
) -> None:
    journal = tmp_path / "journal.jsonl"
    hypothesis(journal, date(2026, 5, 1), "late coffee", "context_coffee", "")
    said = json.loads(journal.read_text(encoding="utf-8"))
    journal.write_text(json.dumps(said | change) + "\n", encoding="utf-8")
    read = read_journal(journal)
    assert read.hypotheses == () and read.broken_lines == 1
