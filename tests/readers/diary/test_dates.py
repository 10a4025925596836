"""Dates of diaries: read as meant or refused with the rows named, never silently wrong."""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tightlog.domain.file_status import FileStatus
from tightlog.domain.reading import Reading
from tightlog.readers.diary import read_diary
from tightlog.readers.diary.cells.clocks import clock_and_zone
from tightlog.readers.diary.cells.date_order import order_of
from tightlog.readers.diary.cells.dates import Numbers, When, parsed

ZURICH = ZoneInfo("Europe/Zurich")
LAST_OF_MAY = date(2026, 5, 31)


def reading(text: str, name: str = "scores.csv") -> Reading:
    return read_diary(text.encode(), name, ZURICH)


def days(text: str) -> list[date]:
    return [score.day for score in reading(text).scores]


@pytest.mark.parametrize(
    "cell",
    [
        "2026-05-31",
        "2026-05-31T07:12:00+02:00",
        "2026/05/31",
        "2026.5.31",
        "20260531",
        "31.05.2026",
        "31.5.26",
        "5/31/2026",
        "31/05/2026 7:12",
        "Sun 5/31/2026",
        "So., 31.05.2026",
        "May 31, 2026",
        "Sunday, May 31, 2026 at 7:12 PM",
        "31 May 2026",
        "31st of May 2026",
        "31-May-26",
        "31. Mai 2026",
        "le 31 mai 2026",
        "dim. 31 mai 2026",
        "31 de mayo de 2026",
        "31 maggio 2026",
        "31 de maio de 2026",
        "31 mei 2026",
        "31/05/2026 7.12.33",
        "1780207920000",
        "1780207920",
    ],
)
def test_dates_are_read_however_they_are_written(cell: str) -> None:
    assert days(f'date,tightness\n"{cell}",3\n') == [LAST_OF_MAY]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("7:12", time(7, 12)),
        ("07:12:30", time(7, 12, 30)),
        ("7.12.30", time(7, 12, 30)),
        ("9:00 PM", time(21)),
        ("12:05 am", time(0, 5)),
        ("12:05 p.m.", time(12, 5)),
        ("9 PM", time(21)),
        ("7 Uhr", time(7)),
        ("7h12", time(7, 12)),
        ("7.12", time(7, 12)),
        ("19 Uhr 30", time(19, 30)),
        ("7 h 30", time(7, 30)),
        ("abends 8 Uhr", time(20)),
        ("8 Uhr abends", time(20)),
        ("nachts 2 Uhr", time(2)),
        ("morgens 8 Uhr", time(8)),
        ("20:15 evening", time(20, 15)),
        ("25:00", None),
        ("13 PM", None),
        ("7", None),
        ("morning", None),
    ],
)
def test_clock_times_are_read_in_12_and_24_hours(cell: str, expected: time | None) -> None:
    assert clock_and_zone(cell)[0] == expected


@pytest.mark.parametrize(
    "cell",
    [
        "31/02/2026",
        "2026-13-01",
        "13/13/2026",
        "May 2026",
        "3 days ago",
        "12 May 31 2026",
        "0",
        "7.5",
        "1-2",
        "",
        "soon",
        "31 May",
        "2026-05-14 - 2026-05-16",
        "14.05.2026–16.05.2026",
    ],
)
def test_what_is_no_day_is_no_date(cell: str) -> None:
    found = parsed(cell)
    assert (
        not any(found.day(order) for order in ("dmy", "mdy"))
        if isinstance(found, Numbers)
        else found is None
    )


def test_mardi_is_not_march() -> None:
    assert parsed("mar. 26 mai 2026") == When(date(2026, 5, 26))
    assert parsed("26 mar 2026") == When(date(2026, 3, 26))


def test_dates_with_dots_are_day_first() -> None:
    assert days("date;tightness\n03.05.2026;3\n") == [date(2026, 5, 3)]


def test_column_that_mixes_both_orders_is_refused_with_a_row_of_each_named() -> None:
    mixed = reading("date,tightness\n31/05/2026,3\n05/30/2026,4\n")
    assert mixed.status is FileStatus.UNREADABLE
    assert "line 2: 31/05/2026" in (mixed.reason or "") and "line 3: 05/30/2026" in (
        mixed.reason or ""
    )


def test_six_rows_that_are_in_order_only_one_way_decide() -> None:
    written = ["28/06", "29/06", "30/06", "01/07", "02/07", "03/07"]
    assert days("date,tightness\n" + "".join(f"{day}/2026,3\n" for day in written))[3] == date(
        2026, 7, 1
    )
    ambiguous = ["10/06", "11/06", "12/06", "01/07", "02/07", "03/07"]
    assert days("date,tightness\n" + "".join(f"{day}/2026,3\n" for day in ambiguous))[3] == date(
        2026, 7, 1
    )
    assert (
        reading("date,tightness\n" + "".join(f"{day}/2026,3\n" for day in ambiguous[2:])).status
        is FileStatus.UNREADABLE
    )


def test_the_same_day_either_way_needs_no_decision() -> None:
    assert days("date,tightness\n05/05/2026,3\n") == [date(2026, 5, 5)]


def test_each_column_of_a_google_form_is_decided_on_its_own() -> None:
    text = (
        "Timestamp,date,How tight is your lower back? (0-10)\n"
        "5/4/2026 21:10:05,04/05/2026,3\n5/5/2026 7:02:11,04/05/2026,5\n5/31/2026 "
        "8:00:00,31/05/2026,2\n"
    )
    first, late, last = reading(text).scores
    assert (first.day, last.day) == (date(2026, 5, 4), LAST_OF_MAY)
    assert first.rated_at == datetime(2026, 5, 4, 19, 10, 5, tzinfo=UTC)
    assert late.day == date(2026, 5, 4) and late.rated_at is None, (
        "filled in a day later: the day is the one it is about, its clock time unknown"
    )
    assert "date" in (reading(text).columns or "")


@pytest.mark.parametrize(
    "cell",
    [
        "2026/05/31 7:12:00 AM GMT+2",
        "2026-05-31T05:12:00Z",
        "2026-05-31 07:12:00 +0200",
        "5/31/2026 5:12 UTC",
    ],
)
def test_offset_of_a_time_stamp_is_respected(cell: str) -> None:
    assert reading(f"Timestamp,tightness\n{cell},3\n").scores[0].rated_at == datetime(
        2026, 5, 31, 5, 12, tzinfo=UTC
    )
    assert reading(f"Timestamp,date,tightness\n{cell},31.05.2026,3\n").scores[
        0
    ].rated_at == datetime(2026, 5, 31, 5, 12, tzinfo=UTC)


def test_time_stamp_that_is_another_local_day_does_not_move_the_day() -> None:
    score = reading("Timestamp,date,tightness\n2026-05-31T22:30:00Z,2026-05-31,3\n").scores[0]
    assert (score.day, score.rated_at) == (LAST_OF_MAY, None)


def test_an_open_column_is_decided_by_the_other_date_of_its_rows() -> None:
    text = (
        "Timestamp,date,tightness\n2026-05-04 21:10:05,04/05/2026,3\n2026-06-07 "
        "21:10:05,07/06/2026,3\n"
    )
    assert days(text) == [date(2026, 5, 4), date(2026, 6, 7)]
    assert "day first, as the other date in the row shows" in (reading(text).columns or "")


def test_two_digit_years_that_may_stand_first_are_refused_where_it_cannot_be_told() -> None:
    assert reading("date,tightness\n26-05-20,3\n").status is FileStatus.UNREADABLE
    assert days("date,tightness\n31/05/26,3\n") == [LAST_OF_MAY]


def test_column_of_midnights_holds_days_not_times() -> None:
    score = reading("date,tightness\n2026-05-31 00:00:00,3\n").scores[0]
    assert (score.day, score.rated_at) == (LAST_OF_MAY, None)


def test_dates_that_are_all_midnight_at_home_hold_days() -> None:
    rows = "2026-05-13T22:00:00.000Z,3\n2026-05-14T22:00:00.000Z,4\n"
    found = read_diary(f"date,tightness\n{rows}".encode(), "a.csv", ZoneInfo("Europe/Zurich"))
    assert [(one.day.day, one.rated_at) for one in found.scores] == [(14, None), (15, None)]


def test_year_month_and_day_may_stand_in_columns_of_their_own() -> None:
    assert days("year,month,day,tightness\n2026,5,31,3\n2026,May,30,3\n") == [
        LAST_OF_MAY,
        date(2026, 5, 30),
    ]
    assert days(
        "name,startday,startmonth,startyear,intensity,date\nBack pain,31,5,2026,3,2026-05-31 "
        "20:21:49\n"
    ) == [LAST_OF_MAY]


def test_blanks_mean_as_above_where_a_day_has_several_rows() -> None:
    text = (
        "No value = as the day "
        "above,,,region,side,intensity\nyear,month,day,region,side,intensity\n"
        "2026,5,30,Knees,,2\n,,,Low back,,3\n,,31,Low back,,4\n,6,1,Low "
        "back,left,5\n,,2,Knees,,5\n,,,Low back,,1\n"
    )
    assert days(text) == [date(2026, 5, 30), LAST_OF_MAY, date(2026, 6, 1), date(2026, 6, 2)]
    assert days("date,region,pain\n2026-05-31,Knee,3\n,Lower back,4\n") == [LAST_OF_MAY]


def test_blank_date_where_nothing_says_as_above_is_named() -> None:
    partial = reading("date,tightness\n2026-05-31,3\n,4\n")
    assert partial.status is FileStatus.PARTIAL and "line 3: no date" in (partial.reason or "")


def test_day_that_goes_back_without_a_new_month_is_not_guessed() -> None:
    partial = reading(
        "year,month,day,region,intensity\n2026,5,31,Low back,2\n,,1,Low back,3\n,,2,Low "
        "back,3\n,6,3,Low back,4\n"
    )
    assert [score.day for score in partial.scores] == [LAST_OF_MAY, date(2026, 6, 3)]
    assert "line 3: the day goes back without a new month" in (partial.reason or "")


def test_month_that_goes_back_without_a_new_year_is_not_guessed() -> None:
    partial = reading(
        "year,month,day,region,intensity\n2025,12,31,Low back,2\n,1,1,Low back,3\n,2,1,Low "
        "back,3\n2026,3,1,Low back,4\n"
    )
    assert [score.day for score in partial.scores] == [date(2025, 12, 31), date(2026, 3, 1)]


def test_future_and_bogus_years_are_named_not_taken() -> None:
    ahead = (datetime.now(ZURICH) + timedelta(days=40)).date()
    partial = reading(f"date,tightness\n2026-05-31,3\n{ahead},3\n2080-01-01,4\n1900-01-01,4\n")
    assert len(partial.scores) == 1
    assert all(f"line {line}" in (partial.reason or "") for line in (3, 4, 5))


@given(
    st.lists(st.dates(date(2016, 1, 1), date(2025, 12, 31)), min_size=1, max_size=12),
    st.sampled_from(["dmy", "mdy"]),
    st.sampled_from(["/", "-", "."]),
    st.booleans(),
)
def test_wrong_dates_never_appear_silently(
    written: list[date], order: str, separator: str, is_sorted: bool
) -> None:
    if order == "mdy" and separator == ".":
        separator = "/"
    chosen = sorted(written) if is_sorted else written
    cells = [
        separator.join(
            {"d": f"{day.day:02}", "m": f"{day.month:02}", "y": str(day.year)}[part]
            for part in order
        )
        for day in chosen
    ]
    result = reading("date,tightness\n" + "".join(f"{cell},3\n" for cell in cells))
    read = [score.day for score in result.scores]
    if read != chosen:
        assert (
            result.status is FileStatus.UNREADABLE
            or "only this way are the rows in order of time" in (result.columns or "")
        )
    if is_sorted:
        assert read in ([], chosen)


@given(st.text(max_size=40))
def test_any_text_is_a_date_or_none(text: str) -> None:
    found = parsed(text)
    assert found is None or isinstance(found, (When, Numbers))
    assert order_of([found], [None]).order in ("ymd", "dmy", "mdy", None)


@given(
    st.from_regex(
        re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}( \d{1,2}:\d{2})?", re.ASCII), fullmatch=True
    )
)
def test_numbers_like_dates_never_stop_the_reading(cell: str) -> None:
    assert reading(f"date,tightness\n{cell},3\n").status in FileStatus
