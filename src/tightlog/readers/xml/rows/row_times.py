"""Times of the rows of an XML recording, from text to instants in UTC."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import numpy as np
import polars as pl
from numpy.typing import NDArray

from tightlog.domain.clocks import FIRST_YEAR, LATEST_AHEAD
from tightlog.readers.travelled import Numbers
from tightlog.readers.xml.rows.row_shape import Texts
from tightlog.readers.xml.track_text import instants, meaning, texts_of

Bools = NDArray[np.bool_]

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
US_PER_S = 1_000_000
MINUTE_US = 60 * US_PER_S
# Fewer rows to a minute, or minutes, may be of an app that writes a row a minute.
LEAST_OF_A_MINUTE, LEAST_MINUTES = 3, 3
# `2026-05-04T06:30:00`: where its digits and signs are.
LENGTH, SIGNS = 19, {4: ord("-"), 7: ord("-"), 10: ord("T"), 13: ord(":"), 16: ord(":")}
DIGITS = [at for at in range(LENGTH) if at not in SIGNS]


@dataclass(frozen=True)
class RowTimes:
    """Instants of all rows in microseconds since 1970 (UTC), and how they were written.

    `is_dated` is false where a time is unreadable or impossible (then `year_misdated` is its year,
    NaN else, and `time_us` is as written); `offset_s` is the written offset from UTC, NaN where
    none or zero is written; `is_of_minutes` where times without seconds were spread.
    """

    time_us: NDArray[np.int64]
    is_dated: Bools
    offset_s: Numbers
    is_naive: Bools
    year_misdated: Numbers
    is_buddhist: Bools
    is_of_minutes: bool = False

    @property
    def is_misdated(self) -> Bools:
        return np.isfinite(self.year_misdated)


def moment(time_us: int) -> datetime:
    """The instant of microseconds since 1970."""
    return EPOCH + timedelta(microseconds=int(time_us))


def row_times(texts: Texts) -> RowTimes:
    """Times of the rows' texts."""
    written = [text for text in texts if text is not None]
    usual = _usual(written) if written and len(written) == len(texts) else None
    return _spread(_read_by_language(texts) if usual is None else usual)


def _spread(times: RowTimes) -> RowTimes:
    """The times, where all are of whole minutes with several rows to each, with the rows of each
    minute spread evenly over it: an app wrote no seconds.
    """
    dated = np.flatnonzero(times.is_dated)
    minute = times.time_us[dated]
    if minute.size == 0 or (minute % MINUTE_US).any():
        return times
    starts = np.flatnonzero(np.diff(minute, prepend=minute[0] - 1))
    sizes = np.diff(np.append(starts, minute.size))
    usual = int(np.median(sizes))
    if starts.size < LEAST_MINUTES or usual < LEAST_OF_A_MINUTE:
        return times
    number = np.arange(minute.size) - np.repeat(starts, sizes)
    # The first minute was already running, the last one was not over.
    size = np.repeat(np.maximum(sizes, usual), sizes)
    number[: sizes[0]] += max(usual - int(sizes[0]), 0)
    time_us = times.time_us.copy()
    time_us[dated] = minute + number * MINUTE_US // size
    return replace(times, time_us=time_us, is_of_minutes=True)


def _usual(texts: Sequence[bytes]) -> RowTimes | None:
    """Times that are all ISO text of our calendar with a known suffix (as nearly every exporter
    writes it) and possible; None else.
    """
    base_s, suffixes = _base_s(texts), [text[LENGTH:] for text in texts]
    meanings = {suffix: meaning(suffix.decode("utf-8", "replace")) for suffix in set(suffixes)}
    is_known = all(
        shift is not None and not suffix[:1].isspace() for suffix, (shift, _, _) in meanings.items()
    )
    if base_s is None or not is_known:
        return None
    written = (
        [meanings[suffix] for suffix in suffixes] if len(meanings) > 1 else [*meanings.values()]
    )
    shift_us = np.array([shift for shift, _, _ in written], dtype=np.int64)
    offset_s = np.array([offset for _, offset, _ in written], dtype=np.float64)
    is_naive = np.array([naive for _, _, naive in written], dtype=np.bool_)
    time_us = base_s * US_PER_S + shift_us
    if not is_possible(time_us / US_PER_S).all():
        return None
    every = np.ones(time_us.size, dtype=np.bool_)
    return RowTimes(
        time_us,
        every,
        np.broadcast_to(offset_s, time_us.shape),
        np.broadcast_to(is_naive, time_us.shape),
        np.full(time_us.size, np.nan),
        ~every,
    )


def _base_s(texts: Sequence[bytes]) -> NDArray[np.int64] | None:
    """Seconds since 1970 of texts that all begin like `2026-05-04T06:30:00`; None else."""
    together = b"".join([text[:LENGTH].ljust(LENGTH) for text in texts])
    signs = np.frombuffer(together, dtype=np.uint8).reshape(-1, LENGTH)
    digits = signs[:, DIGITS]
    is_usual = all((signs[:, at] == sign).all() for at, sign in SIGNS.items())
    if not is_usual or not ((digits >= ord("0")) & (digits <= ord("9"))).all():
        return None
    try:
        dates = np.frombuffer(together, dtype=f"S{LENGTH}").astype("datetime64[s]")
    except ValueError:
        return None
    return dates.astype(np.int64)


def is_possible(time_s: Numbers) -> Bools:
    """True for times (s since 1970) at which something can have been recorded."""
    first = (datetime(FIRST_YEAR, 1, 1, tzinfo=UTC) - EPOCH).total_seconds()
    last = (datetime.now(UTC) + LATEST_AHEAD - EPOCH).total_seconds()
    return np.asarray((time_s >= first) & (time_s <= last), dtype=np.bool_)


def _read_by_language(texts: Texts) -> RowTimes:
    """Times in whatever digits, clock or calendar."""
    frame = instants(texts_of(texts))
    is_dated = frame["recorded_at"].is_not_null().to_numpy()
    return RowTimes(
        frame["written_at"].to_physical().fill_null(0).to_numpy(),
        is_dated,
        _floats(frame["utc_offset_s"]),
        frame["is_naive"].to_numpy(),
        _floats(frame["misdated_year"]),
        frame["is_buddhist"].to_numpy(),
    )


def _floats(column: pl.Series) -> Numbers:
    return column.cast(pl.Float64).fill_null(float("nan")).to_numpy()
