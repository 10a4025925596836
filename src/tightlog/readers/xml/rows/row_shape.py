"""What the row element of an XML recording looks like, and its rows as text."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

# Values of one column as written, None where a row has none.
Texts = Sequence[bytes | None]


@dataclass(frozen=True)
class RowShape:
    """A row element: its place (the root, the path below it), its attributes (column ->
    attribute) and fields (column -> names).

    Of several fields for one column the first with a value counts. `activity` is the element on the
    path that is one activity.
    """

    root: str
    element: str
    path: tuple[str, ...]
    activity: str
    attributes: Mapping[str, str]
    fields: Mapping[str, tuple[str, ...]]

    @property
    def columns(self) -> tuple[str, ...]:
        return (*self.attributes, *self.fields)

    @cached_property
    def searches(self) -> Mapping[str, re.Pattern[bytes]]:
        """For each column the regular expression that finds its value anywhere in a row."""
        attributes = {
            column: rf"""\b{name}\s*=\s*["']\s*([^"']*)"""
            for column, name in self.attributes.items()
        }
        fields = {
            column: rf"<(?:[0-9A-Za-z_.-]+:)?(?:{'|'.join(names)})(?:\s[^>]*)?>\s*([^<\s][^<]*)"
            for column, names in self.fields.items()
        }
        return {
            column: re.compile(search.encode())
            for column, search in {**attributes, **fields}.items()
        }


def has_no_value(texts: Texts) -> bool:
    """True for a column that no row has; the first row says so of most of the others."""
    return not texts or (texts[0] is None and texts.count(None) == len(texts))


@dataclass(frozen=True)
class TextRows:
    """The rows of a recording as text columns of one height."""

    columns: Mapping[str, Texts]
    height: int

    def __getitem__(self, column: str) -> Texts:
        return self.columns[column]


def joined_rows(first: TextRows, second: TextRows) -> TextRows:
    """The rows of both, in this order."""
    columns = {name: [*first[name], *second[name]] for name in first.columns}
    return TextRows(columns, first.height + second.height)
