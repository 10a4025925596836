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
    height = len(recorded_at)
    missing = np.full(height, np.nan)
    made = {
        "record_index": pl.Series(np.arange(height, dtype=np.int32)),
        "recorded_at": recorded_at,
    }
    # One series at a time: from a dict of arrays polars starts a pool of threads, which costs more
    # than the reading of a file.
    return pl.DataFrame(
        [
            (
                made[name]
                if name in made
                else pl.Series(columns.get(name, missing), nan_to_null=True)
            ).alias(name)
            for name in RECORD_SCHEMA
        ]
    )
