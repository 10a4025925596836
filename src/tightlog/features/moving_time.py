"""The position of each half-minute in the moving time of its run, without pauses and standing."""

import polars as pl

from tightlog.units import SECONDS_PER_MINUTE

WARM_UP_S = 10 * SECONDS_PER_MINUTE
# Slower than any walk: waiting at a light with the timer running.
STANDING_MPS = 0.5


def with_moving_time(run_windows: pl.DataFrame) -> pl.DataFrame:
    """The windows in their order with `moved_s` (moving time at their middle) and `after_warm_up`:
    0 ten minutes into the run, 1 at its end.

    Standing windows are left out; `after_warm_up` is below 0 in the warm-up, and null in a run that
    is not longer.
    """
    is_moving = (pl.col("speed_mps") >= STANDING_MPS).fill_null(True)
    moving = run_windows.filter(is_moving).sort("activity_id", "window_index")
    end_s = pl.col("seconds").cum_sum().over("activity_id")
    judged_s = pl.col("seconds").sum().over("activity_id") - WARM_UP_S
    timed = moving.with_columns(moved_s=end_s - pl.col("seconds") / 2)
    return timed.with_columns(
        after_warm_up=pl.when(judged_s > 0).then((pl.col("moved_s") - WARM_UP_S) / judged_s)
    )
