"""FIT messages row by row: of sessions and laps there are few, and what numpy does for a column
takes longer than all their values.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from struct import Struct
from typing import NamedTuple

import numpy as np

from tightlog.domain.channels import CHANNEL, FitField
from tightlog.readers.fit.messages import MAX_FLOAT, Part, Table
from tightlog.readers.fit.scan import (
    BYTE,
    REMEMBERED_DEFINITIONS,
    Definition,
    definition_bytes,
    definition_of,
)

# numpy's name of a type, without its order of bytes, in the words of `struct`.
CODES: Mapping[str, str] = {
    "u1": "B", "i1": "b", "u2": "H", "i2": "h", "u4": "I", "i4": "i", "u8": "Q", "i8": "q",
    "f4": "f", "f8": "d",
}  # fmt: skip
EVERY = (float("-inf"), float("inf"))


class Place(NamedTuple):
    """Where a native field lies in a row that is taken apart, and what says that it is missing."""

    at: int
    invalid: int | bytes | None


class Sought(NamedTuple):
    """A quantity: its name, its fields in the order in which they are believed, and the range in
    which a value of it is credible.
    """

    name: str
    fields: tuple[FitField, ...]
    low: float
    high: float


def rows_of(table: Table, fields: Mapping[str, tuple[FitField, ...]]) -> list[dict[str, float]]:
    """Each message in file order as its values by name, in their units, without the missing ones:
    the same values as those of `quantity` and `credited`.
    """
    defined = table.defined
    sought = [
        Sought(name, own, *_credible(name))
        for name, own in fields.items()
        if any(one.number in defined for one in own)
    ]
    found = [row for part in table.parts for row in _rows(part, sought)]
    return found if table.order is None else [found[index] for index in table.order.tolist()]


def _credible(name: str) -> tuple[float, float]:
    channel = CHANNEL.get(name)
    return (channel.credible if channel else None) or EVERY


def _rows(part: Part, sought: list[Sought]) -> Iterator[dict[str, float]]:
    apart, places = _taken_apart(part.definition)
    plan = [
        (name, [(*places[one.number], one) for one in fields if one.number in places], low, high)
        for name, fields, low, high in sought
    ]
    if not apart.size:
        yield from ({} for _ in range(part.positions.size))
        return
    for values in apart.iter_unpack(part.rows.tobytes()):
        row: dict[str, float] = {}
        for name, written, low, high in plan:
            for index, invalid, field in written:
                value = values[index]
                if value == invalid or (invalid is None and not abs(value) < MAX_FLOAT):
                    continue
                number = float(value[0] if isinstance(value, bytes) else value)
                number = number / field.scale - field.offset
                if low <= number <= high:
                    row[name] = number
                break
        yield row


def first_row(
    head: bytes, number: int, fields: Mapping[str, tuple[FitField, ...]]
) -> dict[str, float] | None:
    """The first message, as `rows_of` gives it, where it is of this kind and whole; None where
    something else is there.
    """
    raw = definition_bytes(head, 0)
    definition = definition_of(raw) if raw and head[0] & 0xC0 == 0x40 else None
    if raw is None or definition is None or definition.global_number != number:
        return None
    written = head[len(raw) + 2 : len(raw) + 2 + definition.row_size]
    if not written or len(written) < definition.row_size or head[len(raw) + 1] != head[0] & 0xF:
        return None
    part = Part(definition, np.zeros(1, np.int32), np.frombuffer(written, np.uint8)[np.newaxis])
    return rows_of(Table((part,)), fields)[0]


@lru_cache(maxsize=REMEMBERED_DEFINITIONS)
def _taken_apart(definition: Definition) -> tuple[Struct, Mapping[int, Place]]:
    """How a row becomes the first value of each native field that holds numbers, and the places of
    those by number; a field of bytes is one value, for it is only invalid as a whole.
    """
    form: list[str] = []
    places: dict[int, Place] = {}
    at = 0
    for (number, developer), (offset, cell) in definition.layout.items():
        kind = definition.kind_of(cell) if developer is None else None
        if kind is None:
            continue
        name, invalid, count = kind[0][1:], kind[1], kind[2]
        is_bytes = cell.base == BYTE and count > 1
        code = f"{count}s" if is_bytes else CODES[name]
        size = cell.size if is_bytes else int(name[1])
        form.append(f"{offset - at}x{code}")
        places[number] = Place(len(places), b"\xff" * count if is_bytes else invalid)
        at = offset + size
    order = ">" if definition.is_big_endian else "<"
    return Struct(f"{order}{''.join(form)}{definition.row_size - at}x"), places
