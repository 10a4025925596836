"""The second reader of FIT: fitparse, for a file our own reader cannot handle, and to read others
a second time; slow, and less tolerant of damage.
"""

from collections.abc import Collection, Mapping, Sequence

import fitparse
import numpy as np

from tightlog.domain.activity import Activity
from tightlog.domain.reading import Reading, unreadable
from tightlog.readers.fit import READER, profile, reading_by
from tightlog.readers.fit.envelope import Envelope
from tightlog.readers.fit.fitparse_messages import Messages, is_native
from tightlog.readers.fit.messages import Part, Table
from tightlog.readers.fit.scan import Cell, Definition

DOUBLE, DOUBLE_BYTES = 9, 8

RawRow = Mapping[int, float]


def read_by_fitparse(data: bytes, why: str | None = None) -> Reading:
    """Reading by fitparse, as far as it comes; with `why` it was needed it is marked partial.

    Unreadable when nothing came out.
    """
    reasons = (f"read by a second reader: {why}",) if why else ()
    taken = reading_by(data, "the file", fitparse_tables, reasons)
    return (
        taken
        if taken.activities or taken.context or why is None
        else unreadable(READER, taken.reason or why)
    )


def read_whole_by_fitparse(data: bytes) -> tuple[Activity, ...] | None:
    """Activities by fitparse; None when it stopped before the end of a file that has one."""
    stops: list[str] = []

    def decoded(
        data: bytes, envelope: Envelope, wanted: Collection[int]
    ) -> tuple[dict[int, Table], str | None]:
        tables, stop = fitparse_tables(data, envelope, wanted)
        # The type of the file is looked up in its first bytes only, which end anywhere.
        if stop and wanted is profile.WANTED and not envelope.is_cut:
            stops.append(stop)
        return tables, stop

    taken = reading_by(data, "the file", decoded)
    return None if stops else taken.activities


def fitparse_tables(
    data: bytes, envelope: Envelope, wanted: Collection[int]
) -> tuple[dict[int, Table], str | None]:
    """Tables of the wanted messages of one FIT file, and what stopped fitparse before its end."""
    rows: dict[int, list[RawRow]] = {number: [] for number in wanted}
    messages = Messages(data, envelope)
    for message in messages:
        if message.mesg_num in rows:
            rows[message.mesg_num].append(_raw_row(message))
    stop = f"it stopped before the end ({messages.problem})" if messages.problem else None
    return {number: _table(number, rows[number]) for number in wanted}, stop


def _raw_row(message: fitparse.DataMessage) -> RawRow:
    row: dict[int, float] = {}
    for field in message.fields:
        raw = (
            field.raw_value[0]
            if isinstance(field.raw_value, tuple) and field.raw_value
            else field.raw_value
        )
        if is_native(field) and isinstance(raw, int | float):
            row.setdefault(field.def_num, float(raw))
    return row


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
    return Table((Part(definition, np.arange(len(rows), dtype=np.int32), values.view(np.uint8)),))
