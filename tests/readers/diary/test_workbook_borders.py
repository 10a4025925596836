"""How large a workbook may be, each side of every bound."""

import io
import zipfile

import pytest

from tests.readers.diary.test_workbook import SHORT, with_part
from tightlog.readers.diary.workbook import WorkbookUnread, sheets
from tightlog.simulation.files.workbook_file import xlsx_file

SHEET = "xl/worksheets/sheet1.xml"


def is_read(data: bytes) -> bool:
    try:
        return bool(sheets(data)[0])
    except WorkbookUnread:
        return False


def reaching(cell: str) -> bytes:
    """A workbook with a last value in this cell."""
    row = cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    last = f'<row r="{row}"><c r="{cell}"><v>1</v></c></row></sheetData>'.encode()
    return with_part(
        xlsx_file({"A": SHORT}), SHEET, lambda part: part.replace(b"</sheetData>", last)
    )


# ALL is the thousandth column, T the twentieth.
@pytest.mark.parametrize(
    ("cell", "expected"),
    [("ALL9", True), ("ALM9", False), ("T100000", True), ("U100000", False), ("B100001", False)],
)
def test_border_of_cells_and_columns(cell: str, expected: bool) -> None:
    assert is_read(reaching(cell)) is expected


@pytest.mark.parametrize(("count", "expected"), [(60, True), (61, False)])
def test_border_of_sheets(count: int, expected: bool) -> None:
    assert is_read(xlsx_file({f"S{number}": SHORT for number in range(count)})) is expected


@pytest.mark.parametrize(("count", "expected"), [(2000, True), (2001, False)])
def test_border_of_parts(count: int, expected: bool) -> None:
    packed = io.BytesIO(xlsx_file({"A": SHORT}))
    with zipfile.ZipFile(packed, "a") as archive:
        for number in range(count - len(archive.namelist())):
            archive.writestr(f"xl/media/{number}.png", b"")
    assert is_read(packed.getvalue()) is expected


@pytest.mark.parametrize(("more", "expected"), [(0, True), (1, False)])
def test_border_of_what_is_unpacked(more: int, expected: bool) -> None:
    data = xlsx_file({"A": SHORT})
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        size = sum(info.file_size for info in archive.infolist())
    padding = b" " * (67_108_864 - size + more)
    assert is_read(with_part(data, "xl/workbook.xml", lambda part: part + padding)) is expected
