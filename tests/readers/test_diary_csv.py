"""Scores CSVs as people have them: every row is a score or a reason."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tightlog.domain import FileStatus
from tightlog.readers.diary import read_diary

ZURICH = ZoneInfo("Europe/Zurich")


def reading(text, name="scores.csv"):
    return read_diary(text if isinstance(text, bytes) else text.encode(), name, ZURICH)


def days_and_scores(text):
    return [(score.day, score.score) for score in reading(text).scores]


@pytest.mark.parametrize("text", [
    "date,score\n2026-05-31,3\n",
    "\ufeffDate;Tightness (0-10)\n31.05.2026;3\n",
    "day\ttightness_score\n2026/05/31\t3,0\n",
    "Timestamp,Lower back tightness,other\n5/31/2026 7:12:00,3,x\n",
    'timestamp,score,note\n2026-05-31T07:12:00,3,"a, b"\n',
])
def test_common_headers_separators_and_dates_are_understood(text):
    assert days_and_scores(text) == [(date(2026, 5, 31), 3.0)]


def test_clock_time_is_the_runners_own_and_an_offset_is_respected():
    local, shifted = reading("timestamp,score\n2026-05-31T07:12:00,3\n2026-05-31T23:30:00-05:00,2\n").scores
    assert local.rated_at == datetime(2026, 5, 31, 5, 12, tzinfo=UTC)
    assert shifted.day == date(2026, 6, 1), "the day is the runner's, in the runner's zone"


def test_day_and_month_are_decided_from_all_rows():
    assert days_and_scores("date,score\n05/06/2026,3\n13/06/2026,4\n")[0][0] == date(2026, 6, 5)
    assert days_and_scores("date,score\n05/06/2026,3\n05/13/2026,4\n")[0][0] == date(2026, 5, 6)


def test_dates_that_could_be_read_either_way_are_refused_with_the_rows_named():
    refused = reading("date,score\n05/06/2026,3\n07/06/2026,4\n")
    assert refused.status is FileStatus.UNREADABLE
    assert "line 2: 05/06/2026" in (refused.reason or "")


def test_rows_that_cannot_be_read_are_named_and_the_others_kept():
    partial = reading("date,score\n2026-05-30,3\n2026-05-31,12\nsoon,4\n2026-06-01,much\n2026-06-02,\n")
    assert (partial.status, len(partial.scores)) == (FileStatus.PARTIAL, 1)
    assert all(f"line {line}" in (partial.reason or "") for line in (3, 4, 5))


def test_empty_score_is_not_a_zero():
    assert days_and_scores("date,score\n2026-05-30,\n2026-05-31,0\n") == [(date(2026, 5, 31), 0.0)]


def test_table_about_something_else_is_no_diary():
    assert reading("date,distance\n2026-05-31,12\n").status is FileStatus.NO_ACTIVITY
    assert reading("date,region,pain\n2026-05-31,Knees,5\n").status is FileStatus.NO_ACTIVITY


def test_latin1_and_utf16_are_read():
    assert reading("date;score;note\n2026-05-31;3;müde\n".encode("latin-1")).scores[0].note == "müde"
    assert reading("date,score\n2026-05-31,3\n".encode("utf-16")).scores[0].score == 3


@given(st.binary(max_size=300))
def test_any_bytes_give_a_reading(data):
    assert reading(b"date,score\n" + data).status in FileStatus
