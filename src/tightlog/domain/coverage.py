"""What is known about a day."""

from enum import StrEnum

import polars as pl


class Coverage(StrEnum):
    """Coverage of a day: `watched` means that no run is none; of `unknown` nothing is known."""

    WATCHED = "watched"
    UNKNOWN = "unknown"


# True for a watched day, of a frame with the column `coverage`.
IS_WATCHED = pl.col("coverage") == Coverage.WATCHED
