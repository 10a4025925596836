"""Workbooks of Excel and LibreOffice: bytes → the texts of each visible sheet, bounded whatever the
bytes hold.

The sheets are read by calamine, which fills a whole rectangle in memory; so the parts are unpacked
here first, counted, and handed over with nothing else.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import IO

from tightlog.readers.diary.table import MAX_ROWS

# A diary of thirty years takes 5 MB unpacked.
MAX_UNPACKED_BYTES, MAX_PARTS = 64 * 2**20, 2_000
MAX_CELLS, MAX_COLUMNS, MAX_SHEETS = 2_000_000, 1_000, 60
ZIP_MAGIC, OLE_MAGIC = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
EXCEL_PART, ODS_PART = "xl/workbook.xml", "content.xml"
ODS_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
SHEET_PART = re.compile(r"xl/worksheets/[^/]+\.xml")
# Cells with a border or a colour and nothing in them.
EMPTY_CELL = re.compile(rb"""<(?:\w+:)?c\s[^<>]*\br\s*=[^<>]*/>""")
CELL_PLACE = re.compile(rb"""\br\s*=\s*["']\s*([A-Za-z]{1,3})(\d{1,7})\s*["']""")
REPEATED = re.compile(rb"""(number-(columns|rows)-repeated\s*=\s*["'])\s*(\d+)\s*(["'])""")
# Cells taken as they are shown, because a percent or a time would lose what it is.
SHOWN_CELL = re.compile(rb"""<[^<>]*value-type\s*=\s*["'](?:percentage|time)["'][^<>]*>""")
VALUE = re.compile(rb"""\s[\w.-]+:(?:time-)?value\s*=\s*(?:"[^"]*"|'[^']*')""")
VALUE_TYPE = re.compile(rb"""(value-type\s*=\s*["'])\w+""")
COUNTS_FROM_1904 = re.compile(rb"""\bdate1904\s*=\s*["'](?:1|true|on)["']""")
DAMAGES = (
    zipfile.BadZipFile,
    zlib.error,
    OSError,
    ValueError,
    NotImplementedError,
    EOFError,
    RuntimeError,
    UnicodeError,
)
MIDNIGHT = " 00:00:00"


class WorkbookUnread(Exception):
    """A workbook that is not read; the message says why, in words for the runner."""


@dataclass(frozen=True)
class Sheet:
    """A sheet: its name, the texts of its rows from the first, and whether its day numbers count
    from 1904.
    """

    name: str
    rows: tuple[tuple[str, ...], ...]
    counts_from_1904: bool = False


def is_workbook(data: bytes) -> bool:
    """True for the bytes of a workbook, whatever its name: .xlsx, .xlsm or .ods."""
    return data.startswith(ZIP_MAGIC) and holds_workbook(io.BytesIO(data))


def holds_workbook(archive: IO[bytes]) -> bool:
    """True for a ZIP archive that is a workbook."""
    try:
        with zipfile.ZipFile(archive) as opened:
            return bool(_kind(opened))
    except DAMAGES:
        return False


def sheets(data: bytes) -> tuple[tuple[Sheet, ...], tuple[str, ...]]:
    """The visible sheets that hold anything, and the names of those that are hidden or empty.

    Raises WorkbookUnread.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            kind = _kind(archive)
            parts = dict(_parts(archive))
    except DAMAGES as problem:
        raise WorkbookUnread(f"the workbook is damaged ({problem}); save it again") from problem
    if kind == EXCEL_PART:
        parts = {
            name: EMPTY_CELL.sub(b"", part) if SHEET_PART.fullmatch(name) else part
            for name, part in parts.items()
        }
        _refuse_large_sheets(parts)
    else:
        parts[ODS_PART] = _narrowed(parts[ODS_PART])
    counts_from_1904 = bool(COUNTS_FROM_1904.search(parts.get(EXCEL_PART, b"")))
    return _read(_packed(parts), counts_from_1904)


def _kind(archive: zipfile.ZipFile) -> str:
    names = archive.NameToInfo
    if EXCEL_PART in names:
        return EXCEL_PART
    if ODS_PART in names and "mimetype" in names:
        with archive.open("mimetype") as opened:
            return ODS_PART if opened.read(100).strip() == ODS_TYPE else ""
    return ""


def _parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    """Names and bytes of the parts that hold text; pictures, macros and the like stay closed."""
    infos = archive.infolist()
    if len(infos) > MAX_PARTS:
        raise WorkbookUnread(f"it has {len(infos):,} parts, more than a diary can")
    left = MAX_UNPACKED_BYTES
    for info in infos:
        if info.is_dir() or not info.filename.endswith((".xml", ".rels", "mimetype")):
            continue
        with archive.open(info) as opened:
            part = opened.read(left + 1)
        left -= len(part)
        if left < 0:
            raise WorkbookUnread(
                f"it unpacks to more than {MAX_UNPACKED_BYTES // 2**20} MB, more than a diary can"
            )
        _refuse_strange_xml(part)
        yield info.filename, part


def _refuse_strange_xml(part: bytes) -> None:
    head = part[:200]
    if b"\x00" in head or (b"encoding" in head and b"utf-8" not in head.lower()):
        raise WorkbookUnread("its parts are not UTF-8, as those of a workbook are")
    if b"<!DOCTYPE" in part or b"<!ENTITY" in part:
        raise WorkbookUnread("its parts define entities, which no workbook needs")


def _refuse_large_sheets(parts: Mapping[str, bytes]) -> None:
    for name, part in parts.items():
        places = CELL_PLACE.findall(part) if SHEET_PART.fullmatch(name) else []
        if places:
            rows = max(int(row) for _, row in places)
            columns = max(_column_number(letters) for letters, _ in places)
            _refuse_large(rows, columns)


def _refuse_large(rows: int, columns: int) -> None:
    """Raises WorkbookUnread for a sheet that reaches so far."""
    if rows > MAX_ROWS:
        raise WorkbookUnread(f"a sheet has more than {MAX_ROWS:,} rows")
    if columns > MAX_COLUMNS or rows * columns > MAX_CELLS:
        raise WorkbookUnread(f"a sheet has more than {MAX_CELLS:,} cells or {MAX_COLUMNS} columns")


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _narrowed(content: bytes) -> bytes:
    """The content of an .ods in which no row is repeated and few cells are: the same row again says
    nothing new, and empty ones fill the rest of each sheet.
    """
    cells = 0

    def once(found: re.Match[bytes]) -> bytes:
        nonlocal cells
        before, kind, count, after = found.groups()
        kept = 1 if kind == b"rows" else min(int(count), MAX_COLUMNS)
        cells += kept
        return before + str(kept).encode() + after

    narrowed = SHOWN_CELL.sub(_as_shown, REPEATED.sub(once, content))
    cells += narrowed.count(b"table-cell")
    if cells > MAX_CELLS or narrowed.count(b"<table:table-row") > MAX_ROWS + 1:
        raise WorkbookUnread(f"it has more than {MAX_ROWS:,} rows or {MAX_CELLS:,} cells")
    return narrowed


def _as_shown(found: re.Match[bytes]) -> bytes:
    return VALUE_TYPE.sub(rb"\1string", VALUE.sub(b"", found.group()))


def _packed(parts: Mapping[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return packed.getvalue()


def _read(data: bytes, counts_from_1904: bool) -> tuple[tuple[Sheet, ...], tuple[str, ...]]:
    import fastexcel  # rarely needed

    try:
        workbook = fastexcel.read_excel(data)
        names = workbook.sheet_names
        if len(names) > MAX_SHEETS:
            raise WorkbookUnread(f"it has {len(names):,} sheets, more than {MAX_SHEETS}")
        found, closed = [], []
        for number, name in enumerate(names):
            loaded = workbook.load_sheet(number, header_row=None, skip_rows=0, dtypes="string")
            frame = loaded.to_polars()
            if loaded.visible != "visible" or frame.is_empty():
                closed.append(name)
                continue
            rows = tuple(tuple(map(_text, row)) for row in frame.iter_rows())
            found.append(Sheet(name, rows, counts_from_1904))
    except fastexcel.FastExcelError as problem:
        reason = str(problem).partition("\n")[0]
        raise WorkbookUnread(f"the workbook cannot be read ({reason}); save it again") from problem
    return tuple(found), tuple(closed)


def _text(cell: str | None) -> str:
    """A cell as text; a day without a time is only the day."""
    return (cell or "").strip().removesuffix(MIDNIGHT)
