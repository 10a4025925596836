"""Scores CSVs as people have them: every row is a score or a reason."""

from datetime import UTC, date, datetime
from time import process_time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tightlog.domain.file_status import FileStatus
from tightlog.domain.reading import Reading
from tightlog.readers.diary import is_diary, read_diary

ZURICH = ZoneInfo("Europe/Zurich")


def reading(text: str | bytes, name: str = "scores.csv") -> Reading:
    return read_diary(text if isinstance(text, bytes) else text.encode(), name, ZURICH)


def days_and_scores(text: str) -> list[tuple[date, float]]:
    return [(score.day, score.score) for score in reading(text).scores]


@pytest.mark.parametrize(
    "text",
    [
        "date,score\n2026-05-31,3\n",
        "\ufeffDate;Tightness (0-10)\n31.05.2026;3\n",
        "day\ttightness_score\n2026/05/31\t3,0\n",
        "Timestamp,Lower back tightness,other\n5/31/2026 7:12:00,3,x\n",
        'timestamp,score,note\n2026-05-31T07:12:00,3,"a, b"\n',
    ],
)
def test_common_headers_separators_and_dates_are_understood(text: str) -> None:
    assert days_and_scores(text) == [(date(2026, 5, 31), 3.0)]


def test_clock_time_is_the_runners_own_and_an_offset_is_respected() -> None:
    local, shifted = reading(
        "timestamp,score\n2026-05-31T07:12:00,3\n2026-05-31T23:30:00-05:00,2\n"
    ).scores
    assert local.rated_at == datetime(2026, 5, 31, 5, 12, tzinfo=UTC)
    assert shifted.day == date(2026, 6, 1), "the day is the runner's, in the runner's zone"


def test_day_and_month_are_decided_from_all_rows() -> None:
    assert days_and_scores("date,score\n05/06/2026,3\n13/06/2026,4\n")[0][0] == date(2026, 6, 5)
    assert days_and_scores("date,score\n05/06/2026,3\n05/13/2026,4\n")[0][0] == date(2026, 5, 6)


def test_dates_that_could_be_read_either_way_are_refused_with_the_rows_named() -> None:
    refused = reading("date,score\n05/06/2026,3\n07/06/2026,4\n")
    assert refused.status is FileStatus.UNREADABLE
    assert "line 2: 05/06/2026" in (refused.reason or "")


def test_rows_that_cannot_be_read_are_named_and_the_others_kept() -> None:
    partial = reading(
        "date,score\n2026-05-30,3\n2026-05-31,12\nsoon,4\n2026-06-01,much\n2026-06-02,\n"
    )
    assert (partial.status, len(partial.scores)) == (FileStatus.PARTIAL, 1)
    assert all(f"line {line}" in (partial.reason or "") for line in (3, 4, 5))


def test_empty_score_is_not_a_zero() -> None:
    assert days_and_scores("date,score\n2026-05-30,\n2026-05-31,0\n") == [(date(2026, 5, 31), 0.0)]


def test_table_about_something_else_is_no_diary() -> None:
    assert reading("date,distance\n2026-05-31,12\n").status is FileStatus.NO_ACTIVITY
    assert reading("date,region,pain\n2026-05-31,Knees,5\n").status is FileStatus.NO_ACTIVITY


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
)
def test_every_common_encoding_is_read(encoding: str) -> None:
    data = "date;tightness;note\n2026-05-31;3;müde\n".encode(encoding)
    assert is_diary(data, "scores.csv")
    assert reading(data).scores[0].note == "müde"


def test_other_bytes_under_the_name_of_a_table_are_no_diary() -> None:
    assert not is_diary(b"\x00\x01\x00\x02" * 20, "scores.csv")
    assert not is_diary(b"date,score\n2026-05-31,3\n", "scores.jpg")


def test_line_breaks_in_quotes_and_lone_carriage_returns_stay_in_their_cell() -> None:
    text = 'date,tightness,note\r\n2026-05-30,3,"two\nlines"\r\n2026-05-31,4,left\rright\r\n'
    assert days_and_scores(text) == [(date(2026, 5, 30), 3.0), (date(2026, 5, 31), 4.0)]
    assert days_and_scores("date,tightness\r2026-05-30,3\r2026-05-31,4\r") == [
        (date(2026, 5, 30), 3.0),
        (date(2026, 5, 31), 4.0),
    ]


def test_lines_above_the_header_and_excels_separator_line_are_passed_over() -> None:
    assert days_and_scores("# my diary\n\nexported 2026\ndate,tightness\n2026-05-31,3\n") == [
        (date(2026, 5, 31), 3.0)
    ]
    assert days_and_scores("sep=;\ndate;tightness\n2026-05-31;3,5\n") == [(date(2026, 5, 31), 3.5)]


def test_decimal_commas_do_not_move_the_columns() -> None:
    assert days_and_scores("date;tightness;note\n31.05.2026;3,5;a, b\n30.05.2026;2,5;c, d\n") == [
        (date(2026, 5, 31), 3.5),
        (date(2026, 5, 30), 2.5),
    ]
    torn = reading("date,tightness,note\n2026-05-30,3,\n2026-05-31,3,5,fine\n")
    assert [score.day for score in torn.scores] == [
        date(2026, 5, 30)
    ] and "line 3: more cells than the header" in (torn.reason or "")


def test_quote_that_is_never_closed_loses_no_row_silently() -> None:
    torn = reading('date,tightness,note\n2026-05-29,3,\n2026-05-30,3,"open\n2026-05-31,4,\n')
    assert torn.status is FileStatus.PARTIAL and "line 3 opens a quote" in (torn.reason or "")


@pytest.mark.parametrize(
    "text",
    [
        "date,tightness," + "(" * 100_000 + "\n2026-05-31,3\n",
        "date,time,tightness\n2026-05-31,1" + " " * 100_000 + "x,3\n",
        "date,time,tightness\n2026-05-31" + " " * 100_000 + "x,7,3" + " " * 100_000 + "1\n",
        "date,tightness" + ",a" * 300_000 + "\n2026-05-31,3\n",
        "date,tightness\n" + "\n" * 1_000_000,
        "," * 2_000_000,
    ],
)
def test_absurd_tables_are_read_in_no_time(text: str) -> None:
    started = process_time()
    assert reading(text).status in FileStatus
    assert process_time() - started < 5


def test_recording_of_a_hundred_thousand_rows_is_no_diary() -> None:
    assert "more than 100,000 rows" in (
        reading("date,score\n" + "2026-05-31,3\n" * 100_001).reason or ""
    )


def test_time_and_moment_columns_are_understood() -> None:
    clock, said, told = reading(
        "date,time,tightness,moment\n2026-05-29,9:00 "
        "PM,3,\n2026-05-30,morning,3,\n2026-05-31,7:10,3,after the run\n"
    ).scores
    assert clock.rated_at == datetime(2026, 5, 29, 19, tzinfo=UTC)
    assert (said.rated_at, said.moment) == (None, "morning")
    assert told.moment == "after"


@given(st.binary(max_size=300))
def test_any_bytes_give_a_reading(data: bytes) -> None:
    assert reading(data).status in FileStatus
    assert reading(b"date,score\n" + data).status in FileStatus
    assert reading(b"year,month,day,region,pain,time\n2026,5,31,back," + data).status in FileStatus


@given(st.text(alphabet='0123456789,;/.-: \n"abkt\r', max_size=120))
def test_any_table_gives_a_reading(text: str) -> None:
    assert (
        reading("date;time;tightness (1-5);region;sharp;red flags;sleep\n" + text).status
        in FileStatus
    )
