"""Days by number, quiet unless a caller changes them: the frames the patterns read."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import polars as pl

from tightlog.domain.frames import Coverage

# A Monday.
FIRST_DAY = date(2025, 3, 3)
Changes = Mapping[str, Mapping[int, Any]]


def day_of(number: int) -> date:
    """Date of a day number; day 0 is a Monday."""
    return FIRST_DAY + timedelta(days=number)


def days_frame(
    count: int, base: Mapping[str, Any] | None = None, changes: Changes | None = None
) -> pl.DataFrame:
    """`count` watched days; `base` fills whole columns with a value or a list, `changes` sets
    single days by number.
    """
    columns: dict[str, list[Any]] = {
        "day": [day_of(number) for number in range(count)],
        "coverage": [Coverage.WATCHED.value] * count,
    }
    for name, value in (base or {}).items():
        columns[name] = list(value) if isinstance(value, list) else [value] * count
    for name, by_number in (changes or {}).items():
        column = columns.setdefault(name, [None] * count)
        for number, value in by_number.items():
            column[number] = value
    return pl.DataFrame(columns, infer_schema_length=None, strict=False)


def runs_frame(residuals: Sequence[float | None], every_d: int = 2, **columns: Any) -> pl.DataFrame:
    """Runs on every n-th day with these cadence residuals in %."""
    rows = [
        {
            "activity_id": f"run-{number}",
            "sport": "running",
            "day": day_of(number * every_d),
            "cadence_residual_pct": residual,
            "started_at": datetime.combine(day_of(number * every_d), time(17), UTC),
            "is_indoor": False,
        }
        | columns
        for number, residual in enumerate(residuals)
    ]
    return pl.DataFrame(rows, infer_schema_length=None)
