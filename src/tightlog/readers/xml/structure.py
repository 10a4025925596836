"""Structure of an XML recording as the parser reads it: nodes, the rows in them, and the rows
themselves.

Names are used without their prefix, so undeclared prefixes do no harm. No entity is ever expanded,
no other file opened.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from tightlog.readers.xml.rows.row_shape import RowShape, TextRows, Texts

MAX_ROWS = 2_000_000
MAX_NODES = 200_000
MAX_TEXT = 1_000


@dataclass
class Node:
    """An element that is not a row: local name, attributes, own text, kept children, and the rows
    directly in it.
    """

    name: str
    attributes: Mapping[str, str]
    text: str = ""
    children: list["Node"] = field(default_factory=list)
    row_ranges: list[tuple[int, int]] = field(default_factory=list)

    def all(self, name: str) -> list["Node"]:
        return [child for child in self.children if child.name == name]

    def first(self, *path: str) -> "Node | None":
        node: Node | None = self
        for name in path:
            node = (
                next((child for child in node.children if child.name == name), None)
                if node
                else None
            )
        return node

    def value(self, *path: str) -> str | None:
        """Stripped text of the first node on the path; None when absent or blank."""
        node = self.first(*path)
        return (node.text.strip() or None) if node else None


class _Refused(Exception):
    """The document needs something tightlog refuses."""


class Structure:
    """The nodes of a document as the XML parser reads them, and its rows if they are parsed too."""

    def __init__(self, shape: RowShape, kept: frozenset[str]) -> None:
        self.root: Node | None = None
        self.refusal: str | None = None
        self.broken_at = 0
        self.is_root_closed = False
        self.innermost: Node | None = None
        self._shape, self._kept = shape, kept
        self._column_of = {name: column for column, names in shape.fields.items() for name in names}
        self._open: list[Node] = []
        self._node_count = self._row_count = self._skipped = self._row_depth = 0
        self._rows: list[tuple[bytes | None, ...]] = []
        self._row: dict[str, str | None] = {}
        self._text: list[str] = []
        self._column: str | None = None
        self._parser = self._safe_parser()

    def takes(self, text: bytes) -> bool:
        """Whether the next piece of the document could be parsed; after a break `broken_at` is its
        place in bytes.
        """
        return self._parse(text, is_final=False)

    def ends(self) -> bool:
        """Whether the document is complete."""
        return self._parse(b"", is_final=True)

    def place_rows(self, count: int = 1) -> None:
        """Records that the next rows are in the innermost open node."""
        row = self._row_count
        self._row_count += count
        if self.innermost is None or not count:
            return
        ranges = self.innermost.row_ranges
        if ranges and ranges[-1][1] == row:
            ranges[-1] = (ranges[-1][0], row + count)
        else:
            ranges.append((row, row + count))

    def reopen(self, lead: str) -> None:
        """Opens the path to rows whose own containers were damaged, with the sport and title
        found in the text before them.
        """
        sport = dict(re.findall(r"""\b(Sport)\s*=\s*["']([^"']*)""", lead))
        leaves = [
            Node(name, {}, text) for name, text in re.findall(r"<(name|type)>([^<]*)</", lead)
        ]
        self.root = self.root or Node(self._shape.root, {})
        self.innermost = self.root
        for name in self._shape.path:
            opened = Node(name, sport, children=list(leaves))
            self.innermost.children.append(opened)
            self.innermost = opened

    def text_rows(self) -> TextRows:
        """The rows parsed so far."""
        columns: tuple[Texts, ...] = tuple(zip(*self._rows, strict=True))
        names = self._shape.columns
        return TextRows(
            dict(zip(names, columns or [()] * len(names), strict=True)), len(self._rows)
        )

    def _safe_parser(self) -> expat.XMLParserType:
        parser = expat.ParserCreate("utf-8")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.EntityDeclHandler = self._entity
        return parser

    def _parse(self, text: bytes, is_final: bool) -> bool:
        try:
            self._parser.Parse(text, is_final)
        except expat.ExpatError:
            self.broken_at = max(self._parser.ErrorByteIndex, 0)
            return False
        except _Refused as refusal:
            self.refusal = str(refusal)
            return False
        return True

    def _entity(self, *_: object) -> None:
        # Entities in a recording serve only to expand it without limit or to fetch another file.
        raise _Refused(
            "the file declares XML entities, which no recording needs; not read for safety"
        )

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        if self._row_depth:
            self._row_depth += 1
            column = self._column_of.get(local)
            self._column = column if column and self._row[column] is None else None
            self._text = []
        elif local == self._shape.element and self._open and not self._skipped:
            self._row = dict.fromkeys(self._shape.columns)
            self._row.update(
                {
                    column: attributes.get(attribute)
                    for column, attribute in self._shape.attributes.items()
                }
            )
            self._row_depth, self._column = 1, None
        elif self._skipped or local not in self._kept:
            self._skipped += 1
        else:
            self._open_node(local, attributes)

    def _open_node(self, local: str, attributes: dict[str, str]) -> None:
        self._node_count += 1
        if self._node_count > MAX_NODES:
            raise _Refused(f"the file has more than {MAX_NODES:,} elements besides its records")
        node = Node(local, attributes)
        if self._open:
            self._open[-1].children.append(node)
        else:
            self.root = node
        self._open.append(node)
        self.innermost = node

    def _end(self, name: str) -> None:
        if self._row_depth:
            self._end_in_row()
        elif self._skipped:
            self._skipped -= 1
        else:
            self._open.pop()
            self.innermost = self._open[-1] if self._open else None
            self.is_root_closed = not self._open

    def _end_in_row(self) -> None:
        if self._column:
            self._row[self._column] = "".join(self._text).strip() or None
            self._column = None
        self._row_depth -= 1
        if self._row_depth:
            return
        if len(self._rows) >= MAX_ROWS:
            raise _Refused(f"the file has more than {MAX_ROWS:,} records; the rest was left out")
        self._rows.append(
            tuple(None if text is None else text.encode() for text in self._row.values())
        )
        self.place_rows()

    def _characters(self, text: str) -> None:
        if self._row_depth:
            self._text.append(text)
        elif self._open and not self._skipped and len(self._open[-1].text) < MAX_TEXT:
            self._open[-1].text += text[:MAX_TEXT]
