"""The second reader of FIT: fitparse, for a file our own reader cannot handle; slow, and less
tolerant of damage.
"""

import io
from collections.abc import Mapping, Sequence

import fitparse
import numpy as np

from tightlog.domain.formats import FIT
from tightlog.domain.reading import Reading, read, unreadable
from tightlog.readers.fit import profile
from tightlog.readers.fit.activities import activities
from tightlog.readers.fit.clock import latest_s
from tightlog.readers.fit.messages import TIMESTAMP, Part, Table
from tightlog.readers.fit.scan import Cell, Definition

DOUBLE, DOUBLE_BYTES = 9, 8
READER = FIT.name

RawRow = Mapping[int, float]


def read_by_fitparse(data: bytes, why: str) -> Reading:
    """Reading by fitparse, as far as it comes, marked partial with `why` it was needed;
    unreadable when nothing came out.
    """
    rows, problem = _raw_rows(data)
    found, wrong = activities(
        {number: _table(number, rows[number]) for number in profile.WANTED}, latest_s()
    )
    reasons = (f"read by a second reader: {why}", *((problem,) if problem else ()), *wrong)
    return read(READER, found, reasons) if found else unreadable(READER, "; ".join(reasons))


def _raw_rows(data: bytes) -> tuple[dict[int, list[RawRow]], str | None]:
    """Raw numbers by field of each wanted message, by kind of message, and what stopped the
    reading before the end.
    """
    rows: dict[int, list[RawRow]] = {number: [] for number in profile.WANTED}
    try:
        for message in fitparse.FitFile(io.BytesIO(data), check_crc=False).get_messages():
            if message.mesg_num in rows:
                rows[message.mesg_num].append(_raw_row(message))
    except (
        fitparse.FitParseError,
        ValueError,
        TypeError,
        KeyError,
        IndexError,
        OverflowError,
    ) as problem:
        return rows, f"it stopped before the end ({type(problem).__name__})"
    return rows, None


def _raw_row(message: fitparse.DataMessage) -> RawRow:
    row: dict[int, float] = {}
    for field in message.fields:
        raw = (
            field.raw_value[0]
            if isinstance(field.raw_value, tuple) and field.raw_value
            else field.raw_value
        )
        if _is_native(field) and isinstance(raw, int | float):
            row.setdefault(field.def_num, float(raw))
    return row


def _is_native(field: fitparse.records.FieldData) -> bool:
    """False for what a maker added, and for what fitparse itself derived: its "raw" value is
    scaled. A compressed timestamp is neither.
    """
    is_added = isinstance(field.field_def, fitparse.records.DevFieldDefinition)
    return (
        isinstance(field.def_num, int)
        and not is_added
        and (field.field_def is not None or field.def_num == TIMESTAMP)
    )


def _table(number: int, rows: Sequence[RawRow]) -> Table:
    """The rows as a table of float64 columns, as our own decoder hands them on."""
    fields = sorted({field for row in rows for field in row})
    if not rows or not fields:
        return Table()
    values = np.array([[row.get(field, np.nan) for field in fields] for row in rows], dtype="<f8")
    definition = Definition(
        number,
        False,
        tuple(Cell(field, DOUBLE_BYTES, DOUBLE) for field in fields),
        DOUBLE_BYTES * len(fields),
    )
    return Table((Part(definition, np.arange(len(rows), dtype=np.int64), values.view(np.uint8)),))
