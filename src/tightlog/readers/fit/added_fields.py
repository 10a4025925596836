"""Power that only a maker's own field holds (Stryd's `Power` in `Watts`): developer fields are
described in the file by name and unit, and belong to the maker that wrote them.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from tightlog.domain.channels import CHANNEL
from tightlog.readers.fit.messages import Floats, Part, Table, numbers, texts
from tightlog.readers.fit.records import Records, credited
from tightlog.readers.fit.scan import BYTE, Cell

DEVELOPER, NUMBER, BASE_TYPE, NAME, SCALE, OFFSET, UNITS = 0, 1, 2, 3, 6, 7, 8
POWER = CHANNEL["power_w"]
# Never by the name alone: another maker's `Power` may be a level or a share.
POWER_NAME, POWER_UNITS = "power", ("w", "watt", "watts")


class AddedField(NamedTuple):
    """A field a maker added: whose, its number there, its type, and raw / scale - offset."""

    developer: int
    number: int
    base: int
    scale: float
    offset: float


def with_added_power(rows: Records, table: Table, descriptions: Table) -> tuple[Records, bool]:
    """The records with the power of a maker's field where the device itself recorded none (or 0
    throughout), and whether it is one.
    """
    if (rows.columns[POWER.name] > 0).any():
        return rows, False
    for field in _power_fields(descriptions):
        power_w = credited(POWER.name, _column(table, field))
        if (power_w > 0).any():
            return replace(rows, columns={**rows.columns, POWER.name: power_w}), True
    return rows, False


def _power_fields(descriptions: Table) -> Iterator[AddedField]:
    facts = [
        numbers(descriptions, number) for number in (DEVELOPER, NUMBER, BASE_TYPE, SCALE, OFFSET)
    ]
    names, units = texts(descriptions, NAME), texts(descriptions, UNITS)
    for row, (name, unit) in enumerate(zip(names, units, strict=True)):
        developer, number, base, scale, offset = (float(fact[row]) for fact in facts)
        is_power = (name or "").lower() == POWER_NAME and (unit or "").lower() in POWER_UNITS
        if is_power and np.isfinite(developer + number):
            yield AddedField(
                int(developer),
                int(number),
                BYTE if np.isnan(base) else int(base) & 0x1F,
                scale if scale > 0 else 1.0,
                0.0 if np.isnan(offset) else offset,
            )


def _column(table: Table, field: AddedField) -> Floats:
    """Column of an added field in file order, NaN where missing."""
    columns = [_values(part, field) for part in table.parts]
    joined = np.concatenate(columns) if columns else np.empty(0)
    return joined if table.order is None else joined[table.order]


def _values(part: Part, field: AddedField) -> Floats:
    at = part.definition.layout.get((field.number, field.developer))
    cell = at and Cell(field.number, at[1].size, field.base, field.developer)
    kind = part.definition.kind_of(cell) if cell else None
    if at is None or kind is None:
        return np.full(part.positions.size, np.nan)
    raw = np.ascontiguousarray(part.rows[:, at[0] : at[0] + at[1].size]).view(kind[0])[:, 0]
    values = raw.astype(np.float64) / field.scale - field.offset
    if kind[1] is not None:
        values[raw == kind[1]] = np.nan
    return np.asarray(values)
