"""Arrays of one activity's records → their frame."""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from tightlog.domain.frames import RECORD_SCHEMA

NOTHING = pl.Series([None], dtype=pl.Float64)
NAN_BYTES = np.float64(np.nan).tobytes()


def never_recorded(count: int) -> NDArray[np.float64]:
    """A column of so many NaN that takes no room; nothing can be written into it."""
    return np.ndarray((count,), np.float64, NAN_BYTES, strides=(0,))


def is_never_recorded(column: NDArray[Any]) -> bool:
    """True for a column that takes no room: one NaN stands for all its rows."""
    is_one_value = column.strides == (0,) and column.dtype == np.float64
    return is_one_value and bool(np.isnan(column[:1]).all())


def kept_rows(column: NDArray[np.float64], rows: NDArray[np.bool_]) -> NDArray[np.float64]:
    """The rows of a column that are true; the column itself where all are."""
    if is_never_recorded(column):
        return never_recorded(int(rows.sum()))
    return column if rows.all() else column[rows]


def record_frame(recorded_at: pl.Series, columns: Mapping[str, NDArray[Any]]) -> pl.DataFrame:
    """Frame of records (RECORD_SCHEMA) in their order: NaN becomes null, and so does a column that
    is not there.
    """
    missing = NOTHING.new_from_index(0, len(recorded_at))
    # One series at a time: from a dict of arrays polars starts a pool of threads, which costs more
    # than the reading of a file.
    made = {
        name: pl.Series(name, values, nan_to_null=True)
        for name, values in columns.items()
        if name in RECORD_SCHEMA and not is_never_recorded(values)
    }
    made["record_index"] = pl.Series("record_index", np.arange(len(recorded_at), dtype=np.int32))
    made["recorded_at"] = recorded_at.alias("recorded_at")
    return frame_of(made[name] if name in made else missing.alias(name) for name in RECORD_SCHEMA)


def frame_of(columns: Iterable[pl.Series]) -> pl.DataFrame:
    """Frame of columns that have their names and types: in a quarter of the time of the constructor
    of frames, which looks at each of them again.
    """
    first, *others = columns
    return first.to_frame().hstack(others)
