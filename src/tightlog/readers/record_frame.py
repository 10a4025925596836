"""Arrays of one activity's records → their frame."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from tightlog.domain.frames import RECORD_SCHEMA


def record_frame(recorded_at: pl.Series, columns: Mapping[str, NDArray[Any]]) -> pl.DataFrame:
    """Frame of records (RECORD_SCHEMA) in their order: NaN becomes null, and so does a column that
    is not there.
    """
    missing = pl.Series(np.full(len(recorded_at), np.nan), nan_to_null=True)
    # One series at a time: from a dict of arrays polars starts a pool of threads, which costs more
    # than the reading of a file.
    made = {
        name: pl.Series(values, nan_to_null=True)
        for name, values in columns.items()
        if name in RECORD_SCHEMA
    }
    made["record_index"] = pl.Series(np.arange(len(recorded_at), dtype=np.int32))
    made["recorded_at"] = recorded_at
    return pl.DataFrame([made.get(name, missing).alias(name) for name in RECORD_SCHEMA])
