"""FIT messages → columns: message boundaries are followed one by one, then every definition's rows
are read at once.

Layout after the public FIT protocol (Garmin International, Flexible and Interoperable Data Transfer
Protocol). A column is an array over the rows of one kind of message in file order, NaN where the
file holds the type's invalid value. Sessions and laps are few: they are taken apart row by row, for
what numpy does for a column takes longer than all their values.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import pairwise
from struct import Struct
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tightlog.domain.channels import CHANNEL, FitField
from tightlog.readers.fit.envelope import Envelope
from tightlog.readers.fit.scan import (
    BYTE,
    COMPRESSED,
    REMEMBERED_DEFINITIONS,
    STRING,
    Definition,
    Scan,
    Switch,
    definition_bytes,
    definition_of,
    scanned,
)

Floats = NDArray[np.float64]

TIMESTAMP = 253
# Rows of more bytes are not copied where they lie at even distances.
LARGE_BYTES = 2**20
MAX_FLOAT = 1e15  # no quantity of a run is as large; keeps sums of damaged floats finite

# Local message number of a header byte, normal or with a compressed timestamp.
LOCAL_NUMBER = np.array(
    [(header >> 5) & 3 if header & COMPRESSED else header & 0xF for header in range(256)],
    dtype=np.uint8,
)
# numpy's name of a type, without its order of bytes, in the words of `struct`.
CODES: Mapping[str, str] = {
    "u1": "B", "i1": "b", "u2": "H", "i2": "h", "u4": "I", "i4": "i", "u8": "Q", "i8": "q",
    "f4": "f", "f8": "d",
}  # fmt: skip
EVERY = (float("-inf"), float("inf"))


@dataclass(frozen=True)
class Part:
    """All rows written after one definition, as bytes (rows x row size without the header byte)."""

    definition: Definition
    positions: NDArray[np.int32]
    rows: NDArray[np.uint8] = field(repr=False)

    @cached_property
    def values(self) -> NDArray[Any]:
        """The rows with a field per native number, each an array of its values."""
        return self.rows.view(self.definition.row_type)[:, 0]


@dataclass(frozen=True)
class Table:
    """All rows of one kind of message; `order` sorts the rows of the parts into file order, None
    when they are.
    """

    parts: tuple[Part, ...] = ()
    order: NDArray[np.int64] | None = None
    compressed_timestamps: Mapping[int, int] = field(default_factory=dict)

    @property
    def height(self) -> int:
        return sum(part.positions.size for part in self.parts)

    @cached_property
    def defined(self) -> frozenset[int]:
        """Numbers of the native fields any row may hold."""
        return frozenset[int]().union(*(part.definition.native for part in self.parts))


NO_ROWS = Table()


def tables(
    data: bytes, envelope: Envelope, wanted: Collection[int]
) -> tuple[dict[int, Table], str | None]:
    """Tables of the wanted global message numbers of one FIT file, and what stopped the reading
    before its end.
    """
    body = data[envelope.start : envelope.end]
    scan = scanned(body)
    # Rows may be views of the file itself: the copy of its messages goes.
    octets = np.frombuffer(data, np.uint8)[envelope.start :][: len(body)]
    del body
    headers = octets[scan.positions]
    has_compressed = bool(headers.size) and int(headers.max()) >= COMPRESSED
    parts = _parts(octets, scan, headers, None if has_compressed else wanted)
    stamps = _compressed_timestamps(parts, octets) if has_compressed else {}
    kinds: dict[int, list[Part]] = {}
    for part in parts:
        kinds.setdefault(part.definition.global_number, []).append(part)
    return {
        number: _table(kinds[number], stamps) if number in kinds else NO_ROWS for number in wanted
    }, scan.problem


def numbers(table: Table, number: int) -> Floats:
    """Column of a native field, NaN where missing; the first value of an array field."""
    if number not in table.defined:
        return np.full(table.height, np.nan)
    return _in_order(table, [_first_values(part, number) for part in table.parts])


def matrix(table: Table, number: int, width: int) -> Floats:
    """The first `width` values of an array field (rows x width), NaN where missing; a field of
    bytes is only invalid as a whole.
    """
    if number not in table.defined:
        return np.full((table.height, width), np.nan)
    return _in_order(table, [_values(part, number, width) for part in table.parts])


def _in_order(table: Table, columns: list[Floats]) -> Floats:
    """The columns of the parts of a table as one, in file order."""
    joined = columns[0] if len(columns) == 1 else np.concatenate(columns)
    return joined if table.order is None else joined[table.order]


def texts(table: Table, number: int) -> list[str | None]:
    """Column of a string field, None where missing or empty."""
    column: list[str | None] = []
    for part in table.parts:
        at = part.definition.layout.get((number, None))
        if at is None or at[1].base != STRING:
            column += [None] * part.positions.size
            continue
        offset, cell = at
        raw = (row[offset : offset + cell.size].tobytes().partition(b"\0")[0] for row in part.rows)
        column += [value.decode("utf-8", "replace").strip() or None for value in raw]
    return column if table.order is None else [column[index] for index in table.order]


def timestamps(table: Table) -> Floats:
    """Seconds since the FIT epoch of every row, from the field or a compressed header; NaN where
    missing.
    """
    seconds = numbers(table, TIMESTAMP)
    seconds[~((seconds >= 0) & (seconds < 2**32))] = np.nan
    if table.compressed_timestamps:
        at = np.concatenate([part.positions for part in table.parts])
        at = at if table.order is None else at[table.order]
        compressed = np.array(
            [table.compressed_timestamps.get(int(position), np.nan) for position in at]
        )
        seconds = np.where(np.isnan(seconds), compressed, seconds)
    return seconds


def _parts(
    octets: NDArray[np.uint8],
    scan: Scan,
    headers: NDArray[np.uint8],
    wanted: Collection[int] | None,
) -> list[Part]:
    """Rows of each wanted definition; one written again in the same words goes on with the same
    part.
    """
    local = LOCAL_NUMBER[headers]
    followed: dict[int, list[Switch]] = {}
    for switch in scan.switches:
        followed.setdefault(switch.local_number, []).append(switch)
    members: dict[Definition, list[NDArray[np.int64]]] = {}
    for number, mine in followed.items():
        is_wanted = [wanted is None or one.definition.global_number in wanted for one in mine]
        if not any(is_wanted):
            continue
        rows = np.flatnonzero(local == number)
        # No message has a local number before its first definition.
        since = np.searchsorted(rows, [one.since for one in mine[1:]]) if mine[1:] else ()
        bounds = pairwise((0, *since, rows.size))
        for switch, is_one, (start, stop) in zip(mine, is_wanted, bounds, strict=True):
            if is_one and stop > start:
                members.setdefault(switch.definition, []).append(rows[start:stop])
    joined = {
        definition: np.sort(np.concatenate(rows)) if len(rows) > 1 else rows[0]
        for definition, rows in members.items()
    }
    return [_part(octets, scan.positions[rows], definition) for definition, rows in joined.items()]


def _part(octets: NDArray[np.uint8], positions: NDArray[np.int64], definition: Definition) -> Part:
    size = definition.row_size
    if size == 0:
        return Part(definition, positions.astype(np.int32), np.empty((positions.size, 0), np.uint8))
    step = _one_step(positions) if positions.size * size > LARGE_BYTES else None
    if step is not None:
        shape = (positions.size, size)
        even: NDArray[np.uint8] = np.ndarray(
            shape, np.uint8, octets, int(positions[0]) + 1, (step, 1)
        )
        return Part(definition, positions.astype(np.int32), even)
    # A row may begin at any byte: one window a byte, of which the wanted ones are copied.
    windows: NDArray[np.uint8] = np.ndarray(
        (octets.size - size + 1, size), np.uint8, octets, 0, (1, 1)
    )
    return Part(definition, positions.astype(np.int32), windows[positions + 1])


def _one_step(positions: NDArray[np.int64]) -> int | None:
    """Bytes from each message to the next; None where they differ."""
    step = int(positions[1] - positions[0]) if positions.size > 1 else 0
    return step if step and (np.diff(positions) == step).all() else None


def _table(parts: list[Part], stamps: Mapping[int, int]) -> Table:
    if len(parts) == 1:
        return Table(tuple(parts), None, stamps)
    return Table(
        tuple(parts),
        np.argsort(np.concatenate([part.positions for part in parts]), kind="stable"),
        stamps,
    )


def _first_values(part: Part, number: int) -> Floats:
    """The first value of one field in one part, as `_values` gives it: nearly all fields hold one
    value, and a file has a hundred of them.
    """
    kind = part.definition.kinds.get(number)
    if kind is None:
        return np.full(part.positions.size, np.nan)
    if kind.base == BYTE and kind.size > 1:
        return _values(part, number, 1)[:, 0]
    column = part.values[kind.name][:, 0]
    values = column.astype(np.float64)
    is_missing = ~(np.abs(values) < MAX_FLOAT) if kind.invalid is None else column == kind.invalid
    if np.count_nonzero(is_missing):
        values[is_missing] = np.nan
    return values


def _values(part: Part, number: int, width: int) -> Floats:
    """The first values of one field in one part (rows x width), NaN where invalid, not defined
    or no number.
    """
    at = part.definition.layout.get((number, None))
    kind = part.definition.kind_of(at[1]) if at else None
    if at is None or kind is None:
        return np.full((part.positions.size, width), np.nan)
    column, invalid = part.values[str(number)], kind[1]
    values = column[:, :width].astype(np.float64)
    if invalid is None:
        values[~(np.abs(values) < MAX_FLOAT)] = np.nan
    elif at[1].base == BYTE:
        values[(column == invalid).all(axis=1)] = np.nan
    else:
        values[column[:, :width] == invalid] = np.nan
    missing = width - values.shape[1]
    return np.pad(values, ((0, 0), (0, missing)), constant_values=np.nan) if missing > 0 else values


def _compressed_timestamps(parts: list[Part], octets: NDArray[np.uint8]) -> dict[int, int]:
    """Timestamp by position of each message that holds only its last five bits: they count on
    from the message before it.
    """
    marks: list[tuple[int, int | None, int]] = []
    for part in parts:
        full = numbers(Table((part,)), TIMESTAMP)
        for position, seconds in zip(part.positions.tolist(), full.tolist(), strict=True):
            header = int(octets[position])
            if 0 <= seconds < 2**32:
                marks.append((position, int(seconds), 0))
            elif header & COMPRESSED:
                marks.append((position, None, header & 0x1F))
    stamps: dict[int, int] = {}
    last: int | None = None
    for position, seconds, low_bits in sorted(marks):
        if seconds is not None:
            last = seconds
        elif last is not None:
            last += (low_bits - last) & 0x1F
            stamps[position] = last
    return stamps


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
            for index, invalid, one in written:
                value = values[index]
                if value == invalid or (invalid is None and not abs(value) < MAX_FLOAT):
                    continue
                number = float(value[0] if isinstance(value, bytes) else value)
                number = number / one.scale - one.offset
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
