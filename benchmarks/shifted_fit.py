"""Real FIT files again, as if recorded at another time: a long history from a short one."""

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from fastcrc import crc16

# Fields that hold an instant, by the global number of their message (FIT SDK profile); 253 does in
# every message.
TIMES: Mapping[int, frozenset[int]] = {
    0: frozenset({4}),
    18: frozenset({2}),
    19: frozenset({2}),
    34: frozenset({5}),
    101: frozenset({2}),
}
TIMESTAMP, INVALID = 253, 0xFFFFFFFF
# From one round of a long history to the next.
SPAN_S = 400 * 86_400
# Compressed headers count within 32 s from the last whole timestamp.
STEP_S = 32


@dataclass(frozen=True)
class Layout:
    """Size of a message, and where in it an instant lies (offsets in bytes)."""

    size: int
    order: str
    places: tuple[int, ...]


def shifted(data: bytes, seconds: int) -> bytes | None:
    """The file with every instant moved (rounded to 32 s); None where it is no plain FIT file."""
    try:
        header, size = data[0], struct.unpack_from("<I", data, 4)[0]
        end = header + size
        if data[8:12] != b".FIT" or len(data) != end + 2:
            return None
        moved = bytearray(data)
        for place, order in _instants(data, header, end):
            (value,) = struct.unpack_from(f"{order}I", data, place)
            if value != INVALID:
                later = value + seconds // STEP_S * STEP_S
                struct.pack_into(f"{order}I", moved, place, later)
    except (struct.error, IndexError, KeyError):
        return None
    struct.pack_into("<H", moved, end, crc16.arc(bytes(moved[:end])))
    return bytes(moved)


def _instants(data: bytes, place: int, end: int) -> Iterator[tuple[int, str]]:
    """Place and byte order of every instant."""
    layouts: dict[int, Layout] = {}
    while place < end:
        head = data[place]
        if not head & 0x80 and head & 0x40:
            layouts[head & 15], place = _layout(data, place, bool(head & 0x20))
            continue
        layout = layouts[(head >> 5) & 3 if head & 0x80 else head & 15]
        yield from ((place + 1 + offset, layout.order) for offset in layout.places)
        place += 1 + layout.size


def _layout(data: bytes, place: int, has_own_fields: bool) -> tuple[Layout, int]:
    """A definition message as a layout, and where the next message begins."""
    order = ">" if data[place + 2] else "<"
    (number,) = struct.unpack_from(f"{order}H", data, place + 3)
    times = TIMES.get(number, frozenset()) | {TIMESTAMP}
    count, size, places = data[place + 5], 0, []
    for one in range(count):
        field, length = data[place + 6 + 3 * one], data[place + 7 + 3 * one]
        if field in times and length == 4:
            places.append(size)
        size += length
    place += 6 + 3 * count
    if has_own_fields:
        size += sum(data[place + 2 + 3 * one] for one in range(data[place]))
        place += 1 + 3 * data[place]
    return Layout(size, order, tuple(places)), place


def long_history(source: Path, raw: Path, files: int) -> int:
    """Bytes written to `raw`: the FIT files below `source` again and again, each time a span
    earlier (a run of days to come is not believed), until there are so many.
    """
    found = [path.read_bytes() for path in sorted(source.rglob("*.[fF][iI][tT]"))]
    written = made = 0
    for round_number in range(files):
        for number, data in enumerate(found):
            again = shifted(data, -(round_number + 1) * SPAN_S)
            if again is None:
                continue
            (raw / f"{round_number:03d}-{number:04d}.fit").write_bytes(again)
            written, made = written + len(again), made + 1
            if made == files:
                return written
        if not made:
            break
    return written
