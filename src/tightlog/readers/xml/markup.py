"""The text of an XML recording, whatever its encoding: its root, its structure as nodes, its rows
as text columns.

There are two ways to the same `Document`. Column-wise: the text is cut at the row element, each
field is one regular expression over all rows, and only the text between the rows goes through the
XML parser. Row by row: everything goes through the XML parser, which is slower and reads what the
first way refuses (comments, CDATA, broken files). Neither resolves namespaces, so undeclared
prefixes do no harm; neither ever expands an entity or opens another file.
"""

import re
from dataclasses import dataclass

import polars as pl

from tightlog.readers.xml.structure import MAX_ROWS, Node, RowShape, Structure
from tightlog.readers.xml.xml_text import utf8_of

MAX_BYTES = 256 * 2**20
# What may follow the name of a row element, and how far blanks may follow its end (more than that
# is only slower).
_AFTER_NAME = (b" ", b"\t", b"\r", b"\n", b">")
_TAIL = 60


@dataclass(frozen=True)
class Document:
    """What could be read of an XML recording: the root (None when there is none), its rows as
    text columns, and what was wrong.
    """

    root: Node | None
    rows: pl.DataFrame
    problem: str | None = None


def document(
    data: bytes, shape: RowShape, kept: frozenset[str], is_by_columns: bool = True
) -> Document:
    """Document of the bytes of a file: nodes named in `kept` (below kept ones) and the rows of
    `shape`; never raises on bad bytes.
    """
    if len(data) > MAX_BYTES:
        return Document(None, _no_rows(shape), f"the file is larger than {MAX_BYTES // 2**20} MB")
    text = utf8_of(data)
    if is_by_columns and (columns := _read_by_columns(text, shape, kept)):
        return columns
    return _read_by_rows(text, shape, kept)


def _read_by_columns(text: bytes, shape: RowShape, kept: frozenset[str]) -> Document | None:
    """Document by one regular expression per column; None if it could misread the
    text.
    """
    opening, closing = f"<{shape.element}".encode(), f"</{shape.element}>".encode()
    head, *pieces = text.split(opening)
    if not pieces or len(pieces) > MAX_ROWS or text.count(closing) != len(pieces):
        return None
    # Comments, CDATA, instructions, other spellings of the row's name, and cells that would need
    # decoding.
    if b"<!" in text or b"\0" in text or text.find(b"<?", 5) >= 0 or b":" + opening[1:] in text:
        return None
    structure = Structure(shape, kept)
    ampersands = head.count(b"&")
    if not structure.takes(head):
        return None
    if any(piece[:1] not in _AFTER_NAME for piece in pieces):
        return None
    placed = 0
    for index in [
        index for index, piece in enumerate(pieces) if not piece[-_TAIL:].rstrip().endswith(closing)
    ]:
        structure.place_rows(index + 1 - placed)
        placed = index + 1
        # What follows the row is not the row's: a lap's mean heart rate looks like a row's.
        pieces[index], found, between = pieces[index].partition(closing)
        ampersands += between.count(b"&")
        if not found or not structure.takes(between):
            return None
    structure.place_rows(len(pieces) - placed)
    if not structure.ends() or ampersands != text.count(b"&"):
        return None
    rows = _columns(pieces, shape)
    return (
        None
        if any(rows[name].null_count() for name in shape.attributes)
        else Document(structure.root, rows)
    )


def _read_by_rows(text: bytes, shape: RowShape, kept: frozenset[str]) -> Document:
    """Document by the XML parser alone; what follows a break inside a track is salvaged row by
    row.
    """
    structure = Structure(shape, kept)
    is_whole = structure.takes(text) and structure.ends()
    rows = pl.DataFrame(
        structure.rows, schema=dict.fromkeys(shape.columns, pl.String), orient="row"
    )
    if is_whole or structure.is_root_closed:
        return Document(structure.root, rows)
    if structure.refusal:
        return Document(structure.root, rows, structure.refusal)
    salvaged = _columns(
        _salvaged(text[structure.broken_at :], shape, structure)[: MAX_ROWS - rows.height], shape
    )
    return Document(
        structure.root,
        pl.concat([rows, salvaged]),
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


def _columns(pieces: list[bytes], shape: RowShape) -> pl.DataFrame:
    """Text columns of the rows' texts, each from its own regular expression."""
    if not pieces:
        return _no_rows(shape)
    text = pl.col("row")
    attributes = [
        text.str.extract(rf"""\b{name}\s*=\s*["']\s*([^"']*)""", 1).alias(column)
        for column, name in shape.attributes.items()
    ]
    fields = [
        text.str.extract(
            rf"<(?:[0-9A-Za-z_.-]+:)?(?:{'|'.join(names)})(?:\s[^>]*)?>\s*([^<\s][^<]*)", 1
        ).alias(column)
        for column, names in shape.fields.items()
    ]
    return pl.DataFrame(
        {"row": pl.Series(pieces, dtype=pl.Binary).cast(pl.String, strict=False)}
    ).select(*attributes, *fields)


def _no_rows(shape: RowShape) -> pl.DataFrame:
    return pl.DataFrame(schema=dict.fromkeys(shape.columns, pl.String))
