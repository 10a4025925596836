"""Writes FIT files column by column, for the simulated watch of the sample and for tests.

Layout after the public FIT protocol (Garmin International, Flexible and Interoperable Data Transfer
Protocol): a 14-byte header, for each message one definition followed by all its rows, a CRC-16/ARC
of everything.
"""

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from math import isnan
from typing import Any, TypeAlias

import numpy as np
from fastcrc import crc16
from numpy.typing import NDArray

FIT_EPOCH = datetime(1989, 12, 31, tzinfo=UTC)
PROTOCOL_VERSION = 0x20
PROFILE_VERSION = 2171

# Base type name → (code in the definition, numpy type, raw value that stands for "missing").
BASE_TYPES: Mapping[str, tuple[int, str, int | float | bytes]] = {
    "enum": (0x00, "u1", 0xFF),
    "sint8": (0x01, "i1", 0x7F),
    "uint8": (0x02, "u1", 0xFF),
    "string": (0x07, "S", b""),
    "uint8z": (0x0A, "u1", 0),
    "byte": (0x0D, "u1", 0xFF),
    "sint16": (0x83, "i2", 0x7FFF),
    "uint16": (0x84, "u2", 0xFFFF),
    "sint32": (0x85, "i4", 0x7FFFFFFF),
    "uint32": (0x86, "u4", 0xFFFFFFFF),
    "float32": (0x88, "f4", float("nan")),
    "float64": (0x89, "f8", float("nan")),
    "uint16z": (0x8B, "u2", 0),
    "uint32z": (0x8C, "u4", 0),
    "sint64": (0x8E, "i8", 0x7FFFFFFFFFFFFFFF),
    "uint64": (0x8F, "u8", 0xFFFFFFFFFFFFFFFF),
    "uint64z": (0x90, "u8", 0),
}

Values: TypeAlias = Sequence[Any] | NDArray[Any]
Column: TypeAlias = tuple[str, Values]


@dataclass(frozen=True)
class FitMessage:
    """Rows of one kind of message, as columns: field number → (base type, raw values in FIT
    units).

    The type may carry a length: `string:16` (bytes), `byte:3` (an array field, one row of values
    each). None and NaN are written as the type's invalid value. `developer_fields` is keyed by
    (developer data index, field number).
    """

    global_number: int
    fields: Mapping[int, Column]
    developer_fields: Mapping[tuple[int, int], Column] = field(default_factory=dict)
    is_big_endian: bool = False


def fit_file(messages: Sequence[FitMessage]) -> bytes:
    """Bytes of a FIT file: header with CRC, the messages in their order, CRC of the file."""
    return enveloped(
        b"".join(message_bytes(message, number % 16) for number, message in enumerate(messages))
    )


def enveloped(data: bytes) -> bytes:
    """Bytes of a FIT file from finished messages: 14-byte header before, CRC after."""
    header = struct.pack("<BBHI4s", 14, PROTOCOL_VERSION, PROFILE_VERSION, len(data), b".FIT")
    file = header + struct.pack("<H", crc16.arc(header)) + data
    return file + struct.pack("<H", crc16.arc(file))


def message_bytes(message: FitMessage, local_number: int) -> bytes:
    """Bytes of one definition and of all rows that follow it."""
    return definition_bytes(message, local_number) + row_bytes(message, local_number)


def definition_bytes(message: FitMessage, local_number: int) -> bytes:
    """Bytes of the definition alone."""
    endian = ">" if message.is_big_endian else "<"
    head = 0x40 | (0x20 if message.developer_fields else 0) | local_number
    definition = struct.pack(
        f"{endian}BBBHB", head, 0, message.is_big_endian, message.global_number, len(message.fields)
    )
    for number, (type_name, _) in message.fields.items():
        definition += bytes((number, _size(type_name), _base(type_name)[0]))
    if message.developer_fields:
        definition += bytes((len(message.developer_fields),))
        for (developer, number), (type_name, _) in message.developer_fields.items():
            definition += bytes((number, _size(type_name), developer))
    return definition


def row_bytes(message: FitMessage, local_number: int) -> bytes:
    """Bytes of the data rows alone, each with its header byte."""
    endian = ">" if message.is_big_endian else "<"
    columns = [*message.fields.values(), *message.developer_fields.values()]
    heights = {len(values) for _, values in columns}
    if len(heights) != 1:
        raise ValueError(
            f"message {message.global_number}: columns of different lengths {sorted(heights)}"
        )
    layout = [
        ("header", "u1"),
        *((f"column_{index}", _dtype(name, endian)) for index, (name, _) in enumerate(columns)),
    ]
    rows = np.zeros(heights.pop(), dtype=layout)
    rows["header"] = local_number
    for index, (type_name, values) in enumerate(columns):
        rows[f"column_{index}"] = _raw(type_name, values)
    return rows.tobytes()


def fit_timestamp(instant: datetime) -> int:
    """Seconds from the FIT epoch (1989-12-31 UTC) to an instant, as date_time fields hold it."""
    return round((instant - FIT_EPOCH).total_seconds())


def _base(type_name: str) -> tuple[int, str, int | float | bytes]:
    return BASE_TYPES[type_name.partition(":")[0]]


def _count(type_name: str) -> int:
    return int(type_name.partition(":")[2] or 1)


def _size(type_name: str) -> int:
    kind = _base(type_name)[1]
    return _count(type_name) * (1 if kind == "S" else np.dtype(kind).itemsize)


def _dtype(type_name: str, endian: str) -> Any:
    kind, count = _base(type_name)[1], _count(type_name)
    if kind == "S":
        return f"S{count}"
    return (f"{endian}{kind}", (count,)) if count > 1 else f"{endian}{kind}"


def _raw(type_name: str, values: Values) -> NDArray[Any]:
    _, kind, invalid = _base(type_name)
    if kind == "S":
        texts = [value.encode() if isinstance(value, str) else value or b"" for value in values]
        return np.array(texts, dtype=f"S{_count(type_name)}")
    column = np.asarray(values)
    if kind[0] == "f" or column.dtype.kind in "iub":
        return column.astype(kind)
    if column.dtype == object:
        return np.array(
            [invalid if value is None or isnan(value) else round(value) for value in column],
            dtype=kind,
        )
    missing = np.isnan(column)
    whole = np.rint(np.where(missing, 0.0, column)).astype(kind)
    whole[missing] = invalid
    return whole
