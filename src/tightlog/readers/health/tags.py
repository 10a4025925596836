"""Tags of an XML text, one by one and without a parser: what is broken costs its own tag only.

No document type is read, so no entity is ever expanded; only the five of XML and numbers are
understood. A raw `<` ends an attribute, so that a quote left open costs one tag.

    <MetadataEntry key="HKTimeZone" value="Europe/Oslo"/>
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape

NAME = rb"[A-Za-z_][\w:.-]*+"
QUOTED = rb"""(?:"[^"<]*+"|'[^'<]*+')"""
TAG = re.compile(
    rb"<(/?)(" + NAME + rb")((?:\s++" + NAME + rb"\s*+=\s*+" + QUOTED + rb")*+)\s*+(/?)>"
)
ATTRIBUTE = re.compile(rb"(" + NAME + rb")\s*+=\s*+(" + QUOTED + rb")")
# What no text may hold; some phones write U+000B into a value.
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")

Attributes = Mapping[str, str]


@dataclass(frozen=True)
class Tag:
    """One tag: its name, whether it begins an element (and ends it at once), and its attributes."""

    name: str
    attributes: Attributes
    is_end: bool = False
    is_empty: bool = False


def tags(text: bytes) -> Iterator[Tag]:
    """Every intact tag of a text, in order."""
    return (_tag(match) for match in TAG.finditer(text))


def tag_at(text: bytes | bytearray, place: int) -> Tag | None:
    """The tag that begins at a place; None where none is intact."""
    match = TAG.match(text, place)
    return None if match is None else _tag(match)


def attributes_of(text: bytes) -> Attributes:
    """Attributes written in a text, by name."""
    return {
        bytes(name).decode("ascii"): value_text(bytes(quoted[1:-1]))
        for name, quoted in ATTRIBUTE.findall(text)
    }


def value_text(value: bytes) -> str:
    """The text of an attribute's value."""
    text = value.decode("utf-8", "replace")
    return CONTROLS.sub("", unescape(text) if "&" in text else text).strip()


def _tag(match: re.Match[bytes]) -> Tag:
    is_end, name, inside, is_empty = match.groups()
    return Tag(bytes(name).decode("ascii"), attributes_of(inside), bool(is_end), bool(is_empty))
