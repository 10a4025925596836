"""A text file as a table: encoding, delimiter, comment lines above the header and quoted line
breaks, as exports really have them.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from tightlog.readers.diary.cells.vocabulary import HEADERS
from tightlog.readers.diary.cells.words import words
from tightlog.readers.diary.header.header_lines import header_of

DELIMITERS = (";", "\t", "|", ",")
HEADER_WITHIN = 12
# Thirty years of nine rows a day; a longer table is a recording, not a diary.
MAX_ROWS = 100_000
HEADER_CHARACTERS = 200
SNIFFED_CHARACTERS = 20_000
LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True)
class Row:
    """One row: the line it ends on, counted from 1, its cells, as many as the header has, and
    whether it had more.
    """

    line: int
    cells: tuple[str, ...]
    has_more_cells: bool = False


@dataclass(frozen=True)
class Table:
    """Header, the text above it, rows, and why the rest was not read."""

    header: tuple[str, ...]
    preface: str
    rows: tuple[Row, ...]
    problems: tuple[str, ...]
    # A workbook says so when its day numbers count from 1904.
    counts_from_1904: bool = False


def is_text(data: bytes) -> bool:
    """True for bytes that look like text: no zeros, or those of UTF-16."""
    return b"\x00" not in data[:4096] or _utf16(data) is not None


def text_of(data: bytes) -> str:
    """The bytes as text: UTF-8, UTF-16 with or without a byte order mark, else Windows' Latin
    alphabet.
    """
    for encoding in (_utf16(data), "utf-8-sig", "cp1252"):
        try:
            if encoding:
                return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


def _utf16(data: bytes) -> str | None:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    # Latin text in UTF-16 has a zero in every second byte and none of the control characters in the
    # others.
    for name, letters, zeros in (
        ("utf-16-le", data[0:4096:2], data[1:4096:2]),
        ("utf-16-be", data[1:4096:2], data[0:4096:2]),
    ):
        if len(data) >= 4 and zeros.count(0) > 0.8 * len(zeros) and min(letters) >= 9:
            return name
    return None


def table(text: str, roles_in: Callable[[Sequence[str]], int]) -> Table:
    """The table of a text; its header is the row among the first with the most known names, as
    `roles_in` counts them.
    """
    text, delimiter, head = _begun(text)
    place, header = header_of(head, roles_in)
    if place < 0:
        return Table(tuple(head[0]) if head else (), "", (), ())
    problems: list[str] = []
    rows = tuple(islice(_rows(text, delimiter, place, len(header), problems), MAX_ROWS + 1))
    return Table(header, " ".join(" ".join(cells) for cells in head[:place]), rows, tuple(problems))


def sheet_table(
    rows: Sequence[Sequence[str]],
    roles_in: Callable[[Sequence[str]], int],
    counts_from_1904: bool = False,
) -> Table:
    """The table of a sheet's rows; a row's number stands for its line."""
    place, header = header_of(rows[:HEADER_WITHIN], roles_in)
    if place < 0:
        return Table(tuple(rows[0]) if rows else (), "", (), ())
    below = [
        Row(number, tuple(cells))
        for number, cells in enumerate(rows, start=1)
        if number > place + 1 and any(cells)
    ]
    preface = " ".join(" ".join(cells) for cells in rows[:place])
    return Table(header, preface, tuple(below), (), counts_from_1904)


def first_table(found: Table) -> Table:
    """The table up to a row that begins another one below it; a repeated header is left out."""
    names = [cell.casefold() for cell in found.header]
    days = [place for place, cell in enumerate(names) if " ".join(words(cell)) in HEADERS["day"]]
    rows: list[Row] = []
    for row in found.rows:
        cells = [cell.casefold() for cell in row.cells]
        if cells == names:
            continue
        if any(cells[place] == names[place] for place in days):
            lost = f"line {row.line} begins another table; it is not read, and nothing below it"
            return replace(found, rows=tuple(rows), problems=(*found.problems, lost))
        rows.append(row)
    return replace(found, rows=tuple(rows))


def first_rows(text: str) -> list[list[str]]:
    """The first rows of a text as a table, a header among them or not."""
    return _begun(text)[2]


def _begun(text: str) -> tuple[str, str, list[list[str]]]:
    """The text with even line ends, its delimiter, and its first rows."""
    delimiter, text = _delimiter(_even_line_ends(text))
    head = [
        [cell[:HEADER_CHARACTERS] for cell in cells]
        for _, cells in _cells(text[:SNIFFED_CHARACTERS], delimiter, [])
    ]
    return text, delimiter, head[:HEADER_WITHIN]


def _rows(text: str, delimiter: str, place: int, width: int, problems: list[str]) -> Iterator[Row]:
    for number, (line, cells) in enumerate(_cells(text, delimiter, problems)):
        if number > place and any(cells):
            yield Row(line, tuple(cells[:width]) + ("",) * (width - len(cells)), any(cells[width:]))


def _cells(text: str, delimiter: str, problems: list[str]) -> Iterator[tuple[int, list[str]]]:
    """Line number and stripped cells of each row that has any; what stops the reading is added
    to `problems`.
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    last, line_count = 0, text.count("\n")
    has_open_quote = text.count('"') % 2 == 1
    try:
        for cells in reader:
            if has_open_quote and reader.line_num - last > 1 and reader.line_num >= line_count:
                problems.append(
                    f"line {last + 1} opens a quote that is never closed; what follows it is "
                    "not read"
                )
                return
            last = reader.line_num
            if cells:
                yield last, [cell.strip() for cell in cells]
    except csv.Error as problem:
        problems.append(
            f"line {last + 1} cannot be read as a table ({problem}); what follows it is not read"
        )


def _even_line_ends(text: str) -> str:
    """The text with one kind of line end; lone carriage returns inside cells of a file that ends
    its lines otherwise become blanks.
    """
    lone = len(re.findall(r"\r(?!\n)", text))
    if lone and lone <= text.count("\n"):
        text = re.sub(r"\r(?!\n)", " ", text)
    return LINE_END.sub("\n", text)


def _delimiter(text: str) -> tuple[str, str]:
    """Delimiter that cuts most rows into the same number of cells, and the text without Excel's
    `sep=;` line.
    """
    said = re.match(r'"?sep=(.)"?\n', text)
    if said:
        return said.group(1), "\n" + text[said.end() :]
    sniffed = text[:SNIFFED_CHARACTERS]

    def evenness(delimiter: str) -> tuple[float, int]:
        widths = [len(cells) for _, cells in _cells(sniffed, delimiter, [])][:50]
        width, count = (
            Counter(width for width in widths if width > 1).most_common(1)[0]
            if any(width > 1 for width in widths)
            else (0, 0)
        )
        return (round(count / len(widths), 1), width) if widths else (0.0, 0)

    return max(DELIMITERS, key=evenness), text
