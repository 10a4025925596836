"""Columns of one's own beside those of tightlog, for a question of one's own."""

import polars as pl

from tightlog.errors import FrameError


def with_own(days: pl.DataFrame, own: pl.DataFrame) -> pl.DataFrame:
    """The days with the columns of another frame, joined by their local day; null where it has no
    row for a day.

    Raises FrameError where the frame has no column `day` of dates, a day twice, or a column that
    the days have already.
    """
    if own.schema.get("day") != pl.Date:
        raise FrameError("it needs a column day of dates (pl.Date)")
    if own["day"].is_duplicated().any():
        raise FrameError("it has a day twice; keep one row a day")
    taken = sorted(set(own.columns) & set(days.columns) - {"day"})
    if taken:
        raise FrameError(f"the days have a column {taken[0]} already; choose another name")
    return days.join(own, on="day", how="left", maintain_order="left")
