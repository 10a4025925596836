"""Workbooks: every sheet that is a diary is read and the others are named, within bounds whatever
the bytes hold.
"""

import io
import zipfile
from collections.abc import Callable
from datetime import date
from time import process_time
from zoneinfo import ZoneInfo

import pytest

from tightlog.domain.diary import DiaryMapping
from tightlog.domain.file_status import FileStatus
from tightlog.domain.reading import Reading
from tightlog.ingest.isolation import is_small
from tightlog.readers.content import read_content
from tightlog.readers.diary import is_diary
from tightlog.readers.diary.workbook import MAX_COLUMNS, MAX_UNPACKED_BYTES
from tightlog.simulation.files.workbook_file import (
    CLOCK,
    DAY,
    PERCENT,
    Rows,
    Styled,
    ods_file,
    xlsx_file,
)

ZURICH = ZoneInfo("Europe/Zurich")
ROWS: Rows = (
    ("Date", "Time", "Lower back tightness (0-10)", "Note"),
    (Styled(45000, DAY), Styled(0.3125, CLOCK), 3, "ok"),
    (Styled(45001, DAY), None, 3.5, None),
    (45002, None, "moderate", None),
)
SHORT: Rows = (("date", "back tightness"), ("2026-06-01", 4))


def reading(data: bytes, name: str = "back.xlsx", mapping: DiaryMapping | None = None) -> Reading:
    return read_content(data, name, ZURICH, mapping)


def with_part(data: bytes, name: str, changed: Callable[[bytes], bytes]) -> bytes:
    """The workbook with one of its parts changed."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as before,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for part in before.namelist():
            text = before.read(part)
            after.writestr(part, changed(text) if part == name else text)
    return packed.getvalue()


@pytest.mark.parametrize("name", ["back.xlsx", "back.ods", "renamed"])
def test_days_times_scores_and_notes_of_a_sheet(name: str) -> None:
    told = reading(ods_file({"A": ROWS}) if name.endswith("ods") else xlsx_file({"A": ROWS}), name)
    assert told.status is FileStatus.READ
    assert [(one.day, one.score, one.note, one.file_line) for one in told.scores] == [
        (date(2023, 3, 15), 3, "ok", 2),
        (date(2023, 3, 16), 3.5, None, 3),
        (date(2023, 3, 17), 5, None, 4),
    ]
    at = told.scores[0].rated_at
    assert at is not None and at.astimezone(ZURICH).hour == 7


def test_every_sheet_that_is_a_diary_is_read_and_the_others_are_named() -> None:
    sheets = {"Notes": (("hello",),), "2025": ROWS, "2026": SHORT, "Old": ROWS}
    told = reading(xlsx_file(sheets, hidden=["Old"]))
    assert len(told.scores) == 4
    columns = told.columns or ""
    assert "sheet 2025: day: Date" in columns and "sheet 2026: day: date" in columns
    assert columns.endswith("sheets left alone: Notes, Old")


def test_a_title_above_and_empty_rows_keep_the_row_numbers() -> None:
    (score,) = reading(xlsx_file({"A": ((None,), ("My back",), (None,), *SHORT)})).scores
    assert score.file_line == 5


def test_day_numbers_count_from_1904_only_where_the_workbook_says_so() -> None:
    rows: Rows = (("date", "back tightness"), (43538, 3), (Styled(43539, DAY), 4))
    assert [one.day for one in reading(xlsx_file({"A": rows}, counts_from_1904=True)).scores] == [
        date(2023, 3, 15),
        date(2023, 3, 16),
    ]
    assert reading(xlsx_file({"A": rows})).scores[0].day == date(2019, 3, 14)


def test_a_percent_is_no_score_of_less_than_one() -> None:
    rows: Rows = (
        ("date", "back tightness"),
        *((f"2026-06-0{number}", Styled(number / 10, PERCENT)) for number in range(3, 7)),
    )
    assert [one.score for one in reading(ods_file({"A": rows}), "b.ods").scores] == [3, 4, 5, 6]
    assert reading(xlsx_file({"A": rows})).status is FileStatus.UNREADABLE


def test_empty_cells_with_a_border_cost_nothing() -> None:
    bordered = b'<row r="1048576"><c r="XFD1048576" s="1"/></row></sheetData>'
    data = with_part(
        xlsx_file({"A": SHORT}),
        "xl/worksheets/sheet1.xml",
        lambda text: text.replace(b"</sheetData>", bordered),
    )
    assert [one.score for one in reading(data).scores] == [4]


def test_a_column_of_times_may_hold_a_whole_date_too() -> None:
    rows: Rows = (
        ("Date", "Time", "back tightness"),
        (Styled(45000, DAY), Styled(0.8125, CLOCK), 3),
        (Styled(45001, DAY), "2023-03-16 20:30:00", 4),
    )
    found = reading(xlsx_file({"A": rows})).scores
    assert [one.rated_at.hour for one in found if one.rated_at] == [18, 19]
    assert [one.moment for one in found] == [None, None]


def test_empty_rows_to_the_end_of_a_sheet_cost_nothing() -> None:
    began = process_time()
    assert len(reading(ods_file({"A": SHORT}, last_row=1_048_570), "b.ods").scores) == 1
    assert process_time() - began < 5


def test_a_mapping_holds_for_the_sheets_that_have_its_columns() -> None:
    strange: Rows = (("Wann", "Zwick"), ("2026-06-01", 4))
    told = reading(
        xlsx_file({"Other": SHORT, "Mine": strange}),
        mapping=DiaryMapping("back.xlsx", day="Wann", score="Zwick"),
    )
    assert [one.score for one in told.scores] == [4]
    assert (told.columns or "").endswith("sheets left alone: Other")


def test_a_workbook_of_something_else_is_no_diary() -> None:
    told = reading(xlsx_file({"Budget": (("month", "rent"), ("May", 900))}))
    assert told.status is FileStatus.NO_ACTIVITY and "sheet Budget" in (told.reason or "")
    listed: Rows = (("Activity Type", "Date", "Distance"), ("Running", "2026-01-01", 5))
    assert "a list of activities" in (reading(xlsx_file({"A": listed})).reason or "")


SHEET = "xl/worksheets/sheet1.xml"
WORKBOOK = xlsx_file({"A": SHORT})
HOSTILE = {
    "a cell far away": with_part(
        WORKBOOK, SHEET, lambda part: part.replace(b'r="B2"', b'r="XFD1048576"')
    ),
    "an expanding part": with_part(
        WORKBOOK, SHEET, lambda part: part + b" " * (MAX_UNPACKED_BYTES + 1)
    ),
    "entities": with_part(
        WORKBOOK, "xl/workbook.xml", lambda part: b'<!DOCTYPE a [<!ENTITY x "y">]>' + part
    ),
    "another encoding": with_part(
        WORKBOOK, SHEET, lambda part: b'<?xml version="1.0" encoding="UTF-16"?>' + part
    ),
    "no sheet": with_part(WORKBOOK, SHEET, lambda part: b""),
    "broken markup": with_part(WORKBOOK, SHEET, lambda part: part[: len(part) // 2]),
    "many sheets": xlsx_file({f"S{number}": SHORT for number in range(100)}),
    "cells repeated without end": with_part(
        ods_file({"A": [("x",)] * 3_000}),
        "content.xml",
        lambda part: part.replace(
            b"<table:table-cell", b'<table:table-cell table:number-columns-repeated="16384"'
        ),
    ),
    "a password": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_workbook_ends_in_a_reason_in_no_time(data: bytes) -> None:
    began = process_time()
    told = reading(data)
    assert told.status in (FileStatus.UNREADABLE, FileStatus.NO_ACTIVITY) and told.reason
    assert not told.scores and process_time() - began < 10


def test_a_row_repeated_without_end_counts_once() -> None:
    data = with_part(
        ods_file({"A": SHORT}),
        "content.xml",
        lambda part: part.replace(
            b"<table:table-row>", b'<table:table-row table:number-rows-repeated="1000000">'
        ),
    )
    assert len(reading(data, "b.ods").scores) == 1


@pytest.mark.parametrize(("columns", "is_read"), [(MAX_COLUMNS, True), (MAX_COLUMNS + 1, False)])
def test_border_of_columns(columns: int, is_read: bool) -> None:
    letters, rest = "", columns
    while rest:
        rest, letter = divmod(rest - 1, 26)
        letters = chr(65 + letter) + letters
    far = f'<c r="{letters}1" t="inlineStr"><is><t>x</t></is></c></row>'.encode()
    data = with_part(WORKBOOK, SHEET, lambda part: part.replace(b"</row>", far, 1))
    assert bool(reading(data).scores) is is_read


def test_workbooks_are_read_in_a_process_of_their_own() -> None:
    assert not is_small(WORKBOOK) and is_diary(WORKBOOK, "anything")
