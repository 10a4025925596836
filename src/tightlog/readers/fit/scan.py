"""Bytes of a FIT file → where each message is, and which definition describes it."""

from array import array
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

COMPRESSED = 0x80
BYTE = 13  # base type of fields whose layout is not in the definition
STRING = 7

# Number of the base type (code without its endian flag) → (numpy type, invalid value).
BASE_TYPES: Mapping[int, tuple[str, int | None]] = MappingProxyType(
    {
        0: ("u1", 0xFF),
        1: ("i1", 0x7F),
        2: ("u1", 0xFF),
        3: ("i2", 0x7FFF),
        4: ("u2", 0xFFFF),
        5: ("i4", 0x7FFFFFFF),
        6: ("u4", 0xFFFFFFFF),
        STRING: ("S", None),
        8: ("f4", None),
        9: ("f8", None),
        10: ("u1", 0),
        11: ("u2", 0),
        12: ("u4", 0),
        BYTE: ("u1", 0xFF),
        14: ("i8", 0x7FFFFFFFFFFFFFFF),
        15: ("u8", 0xFFFFFFFFFFFFFFFF),
        16: ("u8", 0),
    }
)
# Watches write the same few definitions into every file: each is taken apart once.
REMEMBERED_DEFINITIONS = 1024
# So many messages with the same header in a row are looked at together.
RUN = 32
# So many turns of two kinds are worth it; elsewhere so many messages at most are followed one by
# one before both are tried again.
TURNS, MOST_PASSED = 64, 4 * RUN
MAX_DEFINITIONS = 4096  # real files hold fewer than 100; a hostile one could cost seconds


class Cell(NamedTuple):
    """One field of a definition; `developer` is the developer data index, None for a native
    field.
    """

    number: int
    size: int
    base: int
    developer: int | None = None


class Kind(NamedTuple):
    """How numpy reads a native field: its name in the type of a row, base type, invalid value, and
    how many values it holds.
    """

    name: str
    base: int
    invalid: int | None
    size: int


@dataclass(frozen=True, eq=False)
class Definition:
    """How the rows of one local message are laid out; two with the same words are one object
    within a file.
    """

    global_number: int
    is_big_endian: bool
    cells: tuple[Cell, ...]
    row_size: int

    @cached_property
    def layout(self) -> dict[tuple[int, int | None], tuple[int, Cell]]:
        """Offset in the row and cell of each field by (number, developer); of one defined twice,
        the first.
        """
        layout: dict[tuple[int, int | None], tuple[int, Cell]] = {}
        offset = 0
        for cell in self.cells:
            layout.setdefault((cell.number, cell.developer), (offset, cell))
            offset += cell.size
        return layout

    def kind_of(self, cell: Cell) -> tuple[str, int | None, int] | None:
        """Type of a cell's values in numpy's words, their invalid value and their number; None
        for what is no number.
        """
        kind, invalid = BASE_TYPES.get(cell.base, BASE_TYPES[BYTE])
        item_size = 0 if kind == "S" else int(kind[1])
        if item_size == 0 or cell.size == 0 or cell.size % item_size:
            return None
        return f"{'>' if self.is_big_endian else '<'}{kind}", invalid, cell.size // item_size

    @cached_property
    def native(self) -> frozenset[int]:
        """Numbers of the native fields."""
        return frozenset(number for number, developer in self.layout if developer is None)

    @cached_property
    def kinds(self) -> dict[int, Kind]:
        """Kind of each native field that holds numbers."""
        return {
            number: Kind(str(number), cell.base, kind[1], kind[2])
            for (number, developer), (_, cell) in self.layout.items()
            if developer is None and (kind := self.kind_of(cell)) is not None
        }

    @cached_property
    def row_type(self) -> np.dtype[Any]:
        """Structured type of a row: one field per native number, named by its number."""
        native = [
            (number, at, self.kind_of(cell))
            for (number, developer), (at, cell) in self.layout.items()
            if developer is None
        ]
        known = [
            (str(number), at, (kind[0], kind[2])) for number, at, kind in native if kind is not None
        ]
        return np.dtype(
            {
                "names": [name for name, _, _ in known],
                "formats": [form for _, _, form in known],
                "offsets": [at for _, at, _ in known],
                "itemsize": self.row_size,
            }
        )


class Switch(NamedTuple):
    """From the message `since` (counted) on, a local number follows this definition."""

    since: int
    local_number: int
    definition: Definition


@dataclass(frozen=True)
class Scan:
    """Positions of all data messages, the definitions they follow, and what stopped the scan
    before the end.
    """

    positions: NDArray[np.int64]
    switches: tuple[Switch, ...]
    problem: str | None


def scanned(body: bytes) -> Scan:
    """Every message of one FIT file, by following the boundaries one by one; `body` begins with
    the first message.
    """
    sizes = [0] * 256
    found = array("q")
    switches: list[Switch] = []
    known: dict[bytes, Definition] = {}
    position, end, problem = 0, len(body), None
    while position < end:
        header = body[position]
        if header & 0xC0 == 0x40:
            raw = definition_bytes(body, position)
            if raw is None or len(known) > MAX_DEFINITIONS:
                problem = (
                    "the file breaks off within a definition"
                    if raw is None
                    else "more definitions than any watch writes"
                )
                break
            definition = known.get(raw) or known.setdefault(raw, definition_of(raw))
            switches.append(Switch(len(found), header & 0xF, definition))
            _set_sizes(sizes, header & 0xF, definition.row_size + 1)
            position += len(raw) + 1
            continue
        if not sizes[header]:
            # Two left-over bytes are the checksum of a file whose size is unknown.
            problem = (
                f"unreadable from byte {position} of its messages on"
                if end - position > 2
                else None
            )
            break
        position = _data_messages(body, position, sizes, found)
    if position > end:
        found.pop()
        problem = "the file breaks off within a message"
    return Scan(np.frombuffer(found, dtype=np.int64), tuple(switches), problem)


def _data_messages(body: bytes, position: int, sizes: list[int], found: "array[int]") -> int:
    """Where the run of data messages from a position on ends; each one's position is added to
    `found`.
    """
    # Most calls are for the one or two messages behind a definition: they ask for no turns.
    add, size, passed = found.append, sizes[body[position]], 0
    try:
        while size:
            if body[position : position + RUN * size : size] == body[position : position + 1] * RUN:
                position, passed = _alike(body, position, size, found), RUN
                size = sizes[body[position]]
                continue
            if passed and _takes_turns(body, position, sizes):
                position, passed = _in_turns(body, position, sizes, found), RUN
                size = sizes[body[position]]
                continue
            passed = min(2 * passed, MOST_PASSED) or 2 * RUN
            for _ in range(passed):
                add(position)
                position += size
                size = sizes[body[position]]
                if not size:
                    break
    except (
        IndexError
    ):  # the end of the bytes ends the loop: cheaper than asking for it at every message
        pass
    return position


def _takes_turns(body: bytes, position: int, sizes: list[int]) -> bool:
    """True where messages of two kinds take turns for a while: watches write one of their own
    beside each record.
    """
    size = sizes[body[position]]
    pair = body[position : position + size + 1 : size]
    stride = size + sizes[pair[-1]]
    return (
        stride > size
        and body[position : position + TURNS * stride : stride] == pair[:1] * TURNS
        and body[position + size : position + TURNS * stride : stride] == pair[1:] * TURNS
    )


def _in_turns(body: bytes, position: int, sizes: list[int], found: "array[int]") -> int:
    """Where a run of messages of two kinds that take turns ends, after whole turns."""
    octets, count, size = np.frombuffer(body, dtype=np.uint8), TURNS, sizes[body[position]]
    header, other = body[position], body[position + size]
    stride = size + sizes[other]
    while True:
        stop = position + count * stride
        others = octets[position + size : stop : stride]
        headers = octets[position:stop:stride][: others.size]
        ends = np.flatnonzero((headers != header) | (others != other))
        turns = int(ends[0]) if ends.size else others.size
        firsts = np.arange(position, position + turns * stride, stride, dtype=np.int64)
        found.frombytes(np.column_stack((firsts, firsts + size)).tobytes())
        position += turns * stride
        if ends.size or turns < count:
            return position
        count *= 4


def _alike(body: bytes, position: int, size: int, found: "array[int]") -> int:
    """Where a run of messages with the same header ends. Steps grow, so that a long run is found
    at once and a short one costs little.
    """
    octets = np.frombuffer(body, dtype=np.uint8)
    header, count = body[position], RUN
    while True:
        headers = octets[position : position + count * size : size]
        others = np.flatnonzero(headers != header)
        run = int(others[0]) if others.size else headers.size
        found.frombytes(np.arange(position, position + run * size, size, dtype=np.int64).tobytes())
        position += run * size
        if others.size or position >= octets.size:
            return position
        count *= 4


def _set_sizes(sizes: list[int], local: int, size: int) -> None:
    sizes[local] = sizes[local | 0x20] = size
    if local < 4:
        first = COMPRESSED | local << 5
        sizes[first : first + 32] = [size] * 32


def definition_bytes(body: bytes, position: int) -> bytes | None:
    """The definition at a position without its local number, which does not change what its rows
    mean.
    """
    end = position + 6
    if end > len(body):
        return None
    end += 3 * body[end - 1]
    if body[position] & 0x20:
        end += 1 + 3 * body[end] if end < len(body) else 1
    return body[position + 1 : end] if end <= len(body) else None


@lru_cache(maxsize=REMEMBERED_DEFINITIONS)
def definition_of(raw: bytes) -> Definition:
    is_big_endian = raw[1] == 1
    count = raw[4]
    native = raw[5 : 5 + 3 * count]
    added = raw[6 + 3 * count :]
    cells = [
        Cell(native[at], native[at + 1], native[at + 2] & 0x1F) for at in range(0, len(native), 3)
    ]
    cells += [Cell(added[at], added[at + 1], BYTE, added[at + 2]) for at in range(0, len(added), 3)]
    global_number = int.from_bytes(raw[2:4], "big" if is_big_endian else "little")
    return Definition(global_number, is_big_endian, tuple(cells), sum(cell.size for cell in cells))
