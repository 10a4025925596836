"""Headers of two lines, titles above and other tables below."""

from zoneinfo import ZoneInfo

import pytest

from tightlog.domain.file_status import FileStatus
from tightlog.domain.reading import Reading
from tightlog.readers.content import read_content
from tightlog.simulation.files.workbook_file import Rows, xlsx_file

ZURICH = ZoneInfo("Europe/Zurich")


def reading(text: str, name: str = "export.csv") -> Reading:
    return read_content(text.encode(), name, ZURICH)


def said(found: Reading) -> list[tuple[float, str | None]]:
    return [(one.score, one.moment) for one in found.scores]


@pytest.mark.parametrize(
    ("header", "beside"),
    [
        ("Date;Lower back;;Knee;\n;AM;PM;AM;PM", ";9;9"),
        ("Datum;Rücken;Rücken;Knie;Knie\n;morgens;abends;morgens;abends", ";9;9"),
        (";Lower back;;Knee;\nDate;AM;PM;AM;PM", ";9;9"),
        ("Lower back;;\nDate;AM;PM", ""),
    ],
)
def test_two_lines_of_names_are_read_together(header: str, beside: str) -> None:
    found = reading(f"{header}\n2026-05-14;3;5{beside}\n2026-05-15;2;4{beside}\n")
    assert said(found) == [(3, "morning"), (5, "evening"), (2, "morning"), (4, "evening")]


def test_merged_cells_of_a_workbook_are_read_together() -> None:
    rows: Rows = (
        ("Training diary", None, None),
        ("Date", "Lower back", None),
        (None, "left", "right"),
        ("2026-05-14", 3, 5),
    )
    (score,) = read_content(xlsx_file({"A": rows}), "export.xlsx", ZURICH).scores
    assert (score.score, score.raw_value, score.file_line) == (5, "left 3, right 5", 4)


def test_a_second_line_with_the_scale_counts() -> None:
    assert said(reading("date;back tightness\n;(0-100)\n2026-05-14;30\n")) == [(3, "unknown")]


def test_a_row_without_a_date_is_no_second_line() -> None:
    found = reading("date;moment;back tightness\n;morning;4\n2026-05-14;evening;3\n")
    assert said(found) == [(3, "evening")] and "line 2" in (found.reason or "")


@pytest.mark.parametrize("name", ["rueckentagebuch.csv", "Rücken 2026.csv", "lower back.csv"])
def test_columns_of_moments_count_in_a_file_named_after_the_back(name: str) -> None:
    text = "Datum;morgens;abends\n2026-05-14;3;5\n"
    assert said(reading(text, name)) == [(3, "morning"), (5, "evening")]
    assert reading(text).scores == ()


def test_another_table_below_is_not_read_as_the_first() -> None:
    found = reading("date,lower back\n2026-05-14,3\n,\ndate,knee\n2026-05-14,9\n2026-05-15,8\n")
    assert said(found) == [(3, "unknown")] and found.status is FileStatus.PARTIAL
    assert "line 4 begins another table" in (found.reason or "")


def test_a_repeated_header_is_left_out() -> None:
    found = reading("date,lower back\n2026-05-14,3\nDate,Lower back\n2026-05-15,8\n")
    assert said(found) == [(3, "unknown"), (8, "unknown")] and found.status is FileStatus.READ
