"""The text of an XML recording, whatever its encoding: its root, its structure as nodes, its rows
as text columns.

There are two ways to the same `Document`. By columns: the text is cut at the row element, rows of
the same markup are read by one regular expression, and only the text between the rows goes through
the XML parser. Row by row: everything goes through the XML parser, which is slower and reads what
the first way refuses (comments, CDATA, broken files). Neither resolves namespaces, so undeclared
prefixes do no harm; neither ever expands an entity or opens another file.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter

from tightlog.readers.xml.rows.row_layout import text_rows
from tightlog.readers.xml.rows.row_shape import RowShape, TextRows, joined_rows
from tightlog.readers.xml.structure import MAX_ROWS, Node, Structure
from tightlog.readers.xml.xml_text import utf8_of

MAX_BYTES = 256 * 2**20
# What may follow the name of a row element, and how far blanks may follow its end (more than that
# is only slower).
AFTER_NAME = frozenset(b" \t\r\n>")
_TAIL = 60
FIRST = itemgetter(0)


@dataclass(frozen=True)
class Document:
    """What could be read of an XML recording: the root (None when there is none), its rows as
    text columns, and what was wrong.
    """

    root: Node | None
    rows: TextRows
    problem: str | None = None


def document(
    data: bytes, shape: RowShape, kept: frozenset[str], is_by_columns: bool = True
) -> Document:
    """Document of the bytes of a file: nodes named in `kept` (below kept ones) and the rows of
    `shape`; never raises on bad bytes.
    """
    if len(data) > MAX_BYTES:
        return Document(
            None, text_rows((), shape), f"the file is larger than {MAX_BYTES // 2**20} MB"
        )
    text = utf8_of(data)
    if is_by_columns and (columns := _read_by_columns(text, shape, kept)):
        return columns
    return _read_by_rows(text, shape, kept)


def _read_by_columns(text: bytes, shape: RowShape, kept: frozenset[str]) -> Document | None:
    """Document by regular expressions; None if they could misread the text."""
    opening, closing = f"<{shape.element}".encode(), f"</{shape.element}>".encode()
    head, *pieces = text.split(opening)
    if not pieces or len(pieces) > MAX_ROWS or not _is_closed(text, shape, len(pieces)):
        return None
    if _is_odd(text) or not all(pieces) or not set(map(FIRST, pieces)) <= AFTER_NAME:
        return None
    structure = Structure(shape, kept)
    # A single sign is found far faster than it is counted, and hardly any text holds this one.
    has_entities = b"&" in text
    ampersands = head.count(b"&") if has_entities else 0
    if not structure.takes(head):
        return None
    placed = 0
    for index in _ends(pieces, closing):
        structure.place_rows(index + 1 - placed)
        placed = index + 1
        # What follows the row is not the row's: a lap's mean heart rate looks like a row's.
        pieces[index], found, between = pieces[index].partition(closing)
        ampersands += between.count(b"&") if has_entities else 0
        if not found or not structure.takes(between):
            return None
    structure.place_rows(len(pieces) - placed)
    if not structure.ends() or (has_entities and ampersands != text.count(b"&")):
        return None
    rows = text_rows(pieces, shape)
    is_placed = not any(None in rows[name] for name in shape.attributes)
    return Document(structure.root, rows) if is_placed else None


def _is_closed(text: bytes, shape: RowShape, count: int) -> bool:
    """Whether so many rows are closed and no other spelling of their name is there. Mostly it
    stands in each opening and each closing and nowhere else, which one search shows.
    """
    name = shape.element.encode()
    return text.count(name) == 2 * count or (
        text.count(b"</" + name + b">") == count and b":" + name not in text
    )


def _is_odd(text: bytes) -> bool:
    """True for comments, CDATA and instructions. A single sign is looked for first, because that
    is fast.
    """
    has_instruction = text.find(b"?", text.find(b"?>") + 2) >= 0 and _has_tag(text[5:], b"?")
    return b"\0" in text or has_instruction or _has_tag(text, b"!")


def _has_tag(text: bytes, sign: bytes) -> bool:
    """Whether some tag begins with the sign: a text is cut at a single sign far faster than a pair
    is searched in it.
    """
    return any(part.endswith(b"<") for part in text.split(sign)[:-1])


def _ends(pieces: Sequence[bytes], closing: bytes) -> list[int]:
    """Which pieces hold more than a row, after its end."""
    blanks = pieces[0].rpartition(closing)[2]
    usual = closing + (b"" if blanks.strip() else blanks)
    return [
        index
        for index, piece in enumerate(pieces)
        if not piece.endswith(usual) and not piece[-_TAIL:].rstrip().endswith(closing)
    ]


def _read_by_rows(text: bytes, shape: RowShape, kept: frozenset[str]) -> Document:
    """Document by the XML parser alone; what follows a break inside a track is salvaged row by
    row.
    """
    structure = Structure(shape, kept)
    is_whole = structure.takes(text) and structure.ends()
    rows = structure.text_rows()
    if is_whole or structure.is_root_closed:
        return Document(structure.root, rows)
    if structure.refusal:
        return Document(structure.root, rows, structure.refusal)
    rest = _salvaged(text[structure.broken_at :], shape, structure)[: MAX_ROWS - rows.height]
    salvaged = text_rows(rest, shape)
    return Document(
        structure.root,
        joined_rows(rows, salvaged),
        "the file is damaged" if salvaged.height else "the file is cut off",
    )


def _salvaged(rest: bytes, shape: RowShape, structure: Structure) -> list[bytes]:
    """Texts of the whole rows after a break, each placed in the activity it stood in."""
    opening, closing = f"<{shape.element}".encode(), f"</{shape.element}>".encode()
    salvaged: list[bytes] = []
    for number, part in enumerate(rest.split(f"</{shape.activity}>".encode())):
        lead, *parted = part.split(opening)
        whole = [row for row, end, _ in (piece.partition(closing) for piece in parted) if end]
        is_inside = (
            number == 0
            and structure.innermost is not None
            and structure.innermost.name in shape.path
        )
        if whole and not is_inside:
            structure.reopen(
                re.split(rf"<{shape.activity}(?=[\s>])".encode(), lead)[-1].decode(errors="replace")
            )
        structure.place_rows(len(whole))
        salvaged += whole
    return salvaged
