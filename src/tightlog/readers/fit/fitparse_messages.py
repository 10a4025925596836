"""The messages of a FIT file by fitparse, also of one it refuses: broken off, with a wrong size in
its header, or with fields of an odd size (Coros).
"""

import io
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import Any

import fitparse
from fitparse import records

from tightlog.readers.fit.envelope import Envelope
from tightlog.readers.fit.messages import TIMESTAMP
from tightlog.readers.fit.scan import BYTE

NAME = f"fitparse {version('fitparse')}"
FIELD_OF_DEFINITION = "3B"
# What fitparse raises for broken bytes: beside its own class what its code stumbles over.
STUMBLES = (
    fitparse.FitParseError,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    OverflowError,
    AttributeError,
    struct.error,
)


@dataclass
class Messages:
    """Every data message of one FIT file in its order; `problem` says afterwards what stopped it
    before the end.
    """

    data: bytes = field(repr=False)
    envelope: Envelope
    problem: str | None = None

    def __iter__(self) -> Iterator[Any]:
        body = self.data[self.envelope.start : self.envelope.end]
        # A header that is right about the size, and a checksum nobody looks at.
        head = struct.pack("<2BHI4s", 12, 0x20, 0, len(body), b".FIT")
        # fitparse keeps what makers added for the next file as well.
        records.DEV_TYPES.clear()
        try:
            yield from _LenientFile(io.BytesIO(head + body + bytes(2)), check_crc=False)
        except STUMBLES as problem:
            self.problem = f"{type(problem).__name__}: {problem}"


def is_native(value: records.FieldData) -> bool:
    """False for what a maker added, and for what fitparse itself derived: its "raw" value is
    scaled. A compressed timestamp is neither.
    """
    is_added = isinstance(value.field_def, records.DevFieldDefinition)
    return (
        isinstance(value.def_num, int)
        and not is_added
        and (value.field_def is not None or value.def_num == TIMESTAMP)
    )


class _LenientFile(fitparse.FitFile):  # type: ignore[misc]
    """Takes a field whose size is none of its type for bytes, and an empty one for nothing."""

    def _read_struct(
        self, fmt: str, endian: str = "<", data: bytes | None = None, always_tuple: bool = False
    ) -> Any:
        if struct.calcsize(endian + fmt) == 0:
            return b"" if fmt.endswith("s") else ()
        found = super()._read_struct(fmt, endian, data, always_tuple)
        if fmt != FIELD_OF_DEFINITION:
            return found
        number, size, kind = found
        base = records.BASE_TYPES.get(kind)
        return found if base is None or size % base.size == 0 else (number, size, BYTE)
