"""Real diaries of real people: rows about the lower back are found, dated as an independent walk
dates them, and nothing else is a diary.
"""

import csv
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.corpus import CORPUS
from tightlog.domain.file_status import FileStatus
from tightlog.domain.reading import Reading
from tightlog.readers.diary import read_diary

pytestmark = pytest.mark.skipif(
    not CORPUS.is_dir(), reason="the corpus of real files is not on this machine"
)
ZURICH = ZoneInfo("Europe/Zurich")
SPARSE = "myaiguide/Participant1/pain.csv"
WITH_BACK = "myaiguide/Participant2Anonymized/Participant2PainNew.csv"


def reading(path: str) -> Reading:
    return read_diary((CORPUS / path).read_bytes(), Path(path).name, ZURICH)


def test_sparse_diary_gives_its_thirty_rows_about_the_low_back() -> None:
    result = reading(SPARSE)
    assert (result.status, len(result.scores), result.reason) == (
        FileStatus.READ,
        30,
        "11,796 rows about other regions left alone",
    )
    expected, above = [], ["", "", ""]
    with open(CORPUS / SPARSE, encoding="utf-8", errors="replace", newline="") as file:
        for row in list(csv.reader(file))[2:]:
            above = [given or before for given, before in zip(row[:3], above, strict=True)]
            if "back" in row[3].casefold():
                expected.append((date(*map(int, above)), float(row[5])))
    assert [(score.day, score.score) for score in result.scores] == expected


def test_diary_of_several_names_gives_the_rows_named_back_pain() -> None:
    result = reading(WITH_BACK)
    assert (result.status, len(result.scores), result.reason) == (
        FileStatus.READ,
        52,
        "877 rows about other regions left alone",
    )
    assert all(score.rated_at is not None for score in result.scores)


def test_no_other_table_of_the_corpus_is_a_diary() -> None:
    tables = [path for path in CORPUS.rglob("*") if path.suffix.lower() in (".csv", ".tsv", ".txt")]
    others = {str(path.relative_to(CORPUS)) for path in tables} - {SPARSE, WITH_BACK}
    assert len(others) >= 10
    assert {path: reading(path).status for path in others} == dict.fromkeys(
        others, FileStatus.NO_ACTIVITY
    )
