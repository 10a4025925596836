"""Texts of the rows of an XML recording → one list of values per column.

The rows of a recording repeat the same markup. Each layout seen becomes one regular expression that
reads a whole row at once; rows of rare layouts are searched column by column, which is slower and
gives the same.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tightlog.readers.xml.rows.row_shape import RowShape, TextRows, Texts

# Where a value stands in a row: from, to.
Place = tuple[int, int]

MAX_LAYOUTS = 24
# Before each row in one text. No text of XML may hold it, but that of a broken file may.
SEPARATOR = b"\0"
# A value without blanks and beyond ASCII: what else there is, the search reads.
ATTRIBUTE = rb"""([^"'<>\s\0\x80-\xff]+)"""
VALUE = rb"\s*([^<\s\0\x80-\xff][^<\0\x80-\xff]*)"
OTHER_TEXT = rb"[^<\0]*"
TAG_AND_TEXT = re.compile(rb"(<[^>]*>|^)([^<]*)")


class _Layout(NamedTuple):
    """Regular expression of a whole row behind a separator, and the column of each of its
    groups.
    """

    pattern: re.Pattern[bytes]
    columns: tuple[str, ...]


def text_rows(rows: Sequence[bytes], shape: RowShape) -> TextRows:
    """Columns of the rows' texts, each from behind the opening of its row element."""
    columns: dict[str, Texts] = dict.fromkeys(shape.columns, (None,) * len(rows))
    partial: dict[str, list[bytes | None]] = {}
    waiting: Sequence[bytes] = rows
    # Places of the waiting rows among all.
    places = np.arange(len(rows))
    rare: list[int] = []
    for _ in range(MAX_LAYOUTS):
        layout = _layout(waiting[0], shape) if waiting else None
        if layout is None:
            rare += places[:1].tolist()
            waiting, places = waiting[1:], places[1:]
            continue
        taken = _taken(waiting, layout)
        if taken is None:
            break
        is_own, values, others = taken
        if len(waiting) == len(rows) and not others:
            return TextRows({**columns, **values}, len(rows))
        own = places[is_own].tolist()
        for name, column in values.items():
            _place(partial, name, own, column, len(rows))
        waiting, places = others, places[~is_own]
    for row in (*rare, *places.tolist()):
        for name, search in shape.searches.items():
            if match := search.search(rows[row]):
                _place(partial, name, [row], [match[1]], len(rows))
    return TextRows({**columns, **partial}, len(rows))


def _taken(
    rows: Sequence[bytes], layout: _Layout
) -> tuple[NDArray[np.bool_], Mapping[str, Sequence[bytes]], Sequence[bytes]] | None:
    """Which rows are of the layout, their columns, and the other rows; None where a row holds the
    separator.

    All rows in one text, split at those of the layout: what comes back is one list, of the rows
    between them and of the values in each of them. That makes no object for each row.
    """
    found = layout.pattern.split(b"".join([SEPARATOR + row for row in rows]))
    width = layout.pattern.groups + 1
    between = found[::width]
    others = b"".join(between).split(SEPARATOR)[1:]
    if len(between) - 1 + len(others) != len(rows):
        return None
    is_own = np.ones(len(rows), dtype=np.bool_)
    if others:
        # Behind as many others as stand between the rows so far comes a row of the layout.
        counts = np.array([some.count(SEPARATOR) for some in between])
        own = np.arange(counts.size - 1) + np.cumsum(counts)[:-1]
        is_own = np.isin(np.arange(len(rows)), own)
    names = enumerate(layout.columns, start=1)
    return is_own, {name: tuple(found[at::width]) for at, name in names}, others


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
    is_plain = row.isascii() and SEPARATOR not in row
    if not (head and is_plain and is_placed and len(attributes) == len(shape.attributes)):
        return None
    parts, behind = [], 0
    for start, stop in sorted(attributes):
        parts += [re.escape(row[behind:start]), ATTRIBUTE]
        behind = stop
    parts.append(re.escape(row[behind:head]))
    starts = {start for start, _ in found}
    for tag in TAG_AND_TEXT.finditer(row[head:]):
        parts += [re.escape(tag[1]), _text_pattern(tag[2], head + tag.start(2), starts)]
    behind_row = (rb"(?:", re.escape(closing), rb"\s*)?(?![^\0])")
    pattern = re.compile(b"".join((SEPARATOR, *parts, *behind_row)))
    is_whole = pattern.groups == len(found) and pattern.fullmatch(SEPARATOR + text) is not None
    return _Layout(pattern, tuple(found[place] for place in sorted(found))) if is_whole else None


def _text_pattern(text: bytes, at: int, starts: Collection[int]) -> bytes:
    """Pattern of the text behind a tag: a value, blanks, or anything."""
    if not text.strip():
        return rb"\s*"
    return VALUE if at + len(text) - len(text.lstrip()) in starts else OTHER_TEXT
