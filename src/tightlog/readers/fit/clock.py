"""FIT times: seconds since 1989-12-31 UTC, used only where a watch can have written them."""

from datetime import UTC, datetime, timedelta

import numpy as np
import polars as pl

from tightlog.domain.clocks import MAX_UTC_OFFSET_S, nearest_utc_offset_s
from tightlog.domain.frames import UTC_INSTANT
from tightlog.readers.fit.messages import Floats, Table, numbers, timestamps

FIT_EPOCH = datetime(1989, 12, 31, tzinfo=UTC)
FIT_EPOCH_UNIX_S = FIT_EPOCH.timestamp()
# No sports watch wrote FIT before that; a clock that was never set starts in 1989, 1990 or 2000.
EARLIEST_S = (datetime(2001, 1, 1, tzinfo=UTC) - FIT_EPOCH).total_seconds()
# The profile: smaller times count seconds since the device was switched on.
RELATIVE_BELOW_S = 0x10000000
LATEST_AHEAD = timedelta(days=1)

LOCAL_TIMESTAMP, SYSTEM_TIMESTAMP, TIME_CREATED = 5, 1, 4


def latest_s() -> float:
    """Last believable FIT time in s: one day from now."""
    return (datetime.now(UTC) + LATEST_AHEAD - FIT_EPOCH).total_seconds()


def is_believable(seconds: float | None, latest: float) -> bool:
    """True for a FIT time from 2001 to `latest`."""
    return seconds is not None and EARLIEST_S <= seconds <= latest


def instant(seconds: float) -> datetime:
    """UTC instant of a FIT time in s."""
    return FIT_EPOCH + timedelta(seconds=seconds)


def instants(seconds: Floats) -> pl.Series:
    """UTC instants of a column of FIT times in s, null where NaN."""
    since_s = seconds + FIT_EPOCH_UNIX_S
    since_s *= 1e6
    return pl.Series(since_s, nan_to_null=True).cast(pl.Int64).cast(UTC_INSTANT)


def written(seconds: float | None) -> str:
    """Date of a FIT time in words, for a reason."""
    return (
        "nothing"
        if seconds is None or not 0 <= seconds < 2**32
        else instant(seconds).date().isoformat()
    )


def utc_offset_s(activity: Table) -> int | None:
    """Local minus UTC time in s of the last `activity` message that has it, to the quarter of
    an hour; one beyond that of any zone only where there is no other, None for a clock never set.
    """
    local = numbers(activity, LOCAL_TIMESTAMP)
    offsets = local - timestamps(activity)
    offsets = offsets[np.isfinite(offsets) & (local >= EARLIEST_S)]
    possible = offsets[np.abs(offsets) <= MAX_UTC_OFFSET_S]
    found = possible if possible.size else offsets
    return nearest_utc_offset_s(float(found[-1])) if found.size else None


def switched_on_s(file_id: Table, correlation: Table, first_s: float | None) -> float | None:
    """FIT time at which the device was switched on: as its correlation of clocks says, else so that
    the first relative time is that of the file; None where neither is known.
    """
    shifts = timestamps(correlation) - numbers(correlation, SYSTEM_TIMESTAMP)
    shifts = shifts[np.isfinite(shifts) & (shifts >= EARLIEST_S)]
    if shifts.size:
        return float(shifts[0])
    created = numbers(file_id, TIME_CREATED)
    created = created[np.isfinite(created) & (created >= EARLIEST_S)]
    return float(created[0]) - first_s if created.size and first_s is not None else None


def believable_column(seconds: Floats, latest: float) -> Floats:
    """The column with NaN for every time that is not believable."""
    return np.where((seconds >= EARLIEST_S) & (seconds <= latest), seconds, np.nan)
