"""Texts of the rows of an XML recording → one list of values per column.

The rows of a recording repeat the same markup. Each layout seen becomes one regular expression that
reads a whole row at once; rows of rare layouts are searched column by column, which is slower and
gives the same.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from tightlog.readers.xml.rows.row_shape import RowShape, TextRows, Texts

# Where a value stands in a row: from, to.
Place = tuple[int, int]

MAX_LAYOUTS = 24
# A value without blanks and beyond ASCII: what else there is, the search reads.
ATTRIBUTE = rb"""([^"'<>\s\x80-\xff]+)"""
VALUE = rb"\s*([^<\s\x80-\xff][^<\x80-\xff]*)"
TAG_AND_TEXT = re.compile(rb"(<[^>]*>|^)([^<]*)")


class _Layout(NamedTuple):
    """Regular expression of a whole row, and the column of each of its groups."""

    pattern: re.Pattern[bytes]
    columns: tuple[str, ...]


def text_rows(rows: Sequence[bytes], shape: RowShape) -> TextRows:
    """Columns of the rows' texts, each from behind the opening of its row element."""
    nothing: Texts = (None,) * len(rows)
    columns: dict[str, Texts] = dict.fromkeys(shape.columns, nothing)
    layout = _layout(rows[0], shape) if rows else None
    found = list(map(layout.pattern.fullmatch, rows)) if layout else []
    values = [match.groups() for match in found if match]
    if layout and len(values) == len(rows):
        columns |= zip(layout.columns, zip(*values, strict=True), strict=True)
    else:
        columns |= _of_several(rows, shape)
    return TextRows(columns, len(rows))


def _of_several(rows: Sequence[bytes], shape: RowShape) -> Mapping[str, Texts]:
    """Columns of rows in several layouts; those without a value are left out."""
    columns: dict[str, list[bytes | None]] = {}
    waiting: Sequence[int] = range(len(rows))
    rare: list[int] = []
    for _ in range(MAX_LAYOUTS):
        layout = _layout(rows[waiting[0]], shape) if waiting else None
        if layout is None:
            rare += waiting[:1]
            waiting = waiting[1:]
            continue
        found = [layout.pattern.fullmatch(rows[row]) for row in waiting]
        own = [row for row, match in zip(waiting, found, strict=True) if match]
        values = zip(*[match.groups() for match in found if match], strict=True)
        for name, column in zip(layout.columns, values, strict=True):
            _place(columns, name, own, column, len(rows))
        waiting = [row for row, match in zip(waiting, found, strict=True) if match is None]
    for row in (*rare, *waiting):
        for name, search in shape.searches.items():
            if match := search.search(rows[row]):
                _place(columns, name, [row], [match[1]], len(rows))
    return columns


def _place(
    columns: dict[str, list[bytes | None]],
    name: str,
    rows: Sequence[int],
    values: Sequence[bytes],
    height: int,
) -> None:
    """Puts the values of some rows into a column."""
    column = columns.setdefault(name, [])
    if not column:
        column += [None] * height
    for row, value in zip(rows, values, strict=True):
        column[row] = value


def _layout(text: bytes, shape: RowShape) -> _Layout | None:
    """Layout of a row. In a row that matches it the searches would find their values at the same
    places, because it has the same tags, and texts where this one has. None for a row that no
    layout describes.
    """
    closing = f"</{shape.element}>".encode()
    row = text.partition(closing)[0]
    found = {
        match.span(1): column
        for column, search in shape.searches.items()
        if (match := search.search(row))
    }
    head = row.find(b">") + 1
    attributes = [place for place, column in found.items() if column in shape.attributes]
    is_placed = all(start < stop < head for start, stop in attributes)
    if not (head and row.isascii() and is_placed and len(attributes) == len(shape.attributes)):
        return None
    parts, behind = [], 0
    for start, stop in sorted(attributes):
        parts += [re.escape(row[behind:start]), ATTRIBUTE]
        behind = stop
    parts.append(re.escape(row[behind:head]))
    starts = {start for start, _ in found}
    for tag in TAG_AND_TEXT.finditer(row[head:]):
        parts += [re.escape(tag[1]), _text_pattern(tag[2], head + tag.start(2), starts)]
    pattern = re.compile(b"".join((*parts, rb"(?:", re.escape(closing), rb"\s*)?")))
    is_whole = pattern.groups == len(found) and pattern.fullmatch(text) is not None
    return _Layout(pattern, tuple(found[place] for place in sorted(found))) if is_whole else None


def _text_pattern(text: bytes, at: int, starts: Collection[int]) -> bytes:
    """Pattern of the text behind a tag: a value, blanks, or anything."""
    if not text.strip():
        return rb"\s*"
    return VALUE if at + len(text) - len(text.lstrip()) in starts else rb"[^<]*"
