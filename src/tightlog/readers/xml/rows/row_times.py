"""Times of the rows of an XML recording, from text to instants in UTC."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import numpy as np
import polars as pl
from numpy.typing import NDArray

from tightlog.domain.clocks import FIRST_YEAR, LATEST_AHEAD
from tightlog.readers.record_frame import never_recorded
from tightlog.readers.travelled import Numbers
from tightlog.readers.xml.rows.row_shape import Texts
from tightlog.readers.xml.track_text import instants, meaning, texts_of

Bools = NDArray[np.bool_]

EPOCH, MICROSECOND = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)
US_PER_S = 1_000_000
MINUTE_US = 60 * US_PER_S
# Fewer rows to a minute, or minutes, may be of an app that writes a row a minute.
LEAST_OF_A_MINUTE, LEAST_MINUTES = 3, 3
# `2026-05-04T06:30:00`: where its digits and signs are.
LENGTH, SIGNS = 19, {4: ord("-"), 7: ord("-"), 10: ord("T"), 13: ord(":"), 16: ord(":")}
DIGITS = [at for at in range(LENGTH) if at not in SIGNS]
DATE_LENGTH = 10
# Hours, minutes and seconds of a clock: one of each in s, and what they stay below.
CLOCK_S, CLOCK_ENDS = np.array([3_600, 60, 1]), np.array([24, 60, 60])


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


NO_TIMES = RowTimes(
    np.empty(0, dtype=np.int64),
    np.empty(0, dtype=np.bool_),
    np.empty(0),
    np.empty(0, dtype=np.bool_),
    np.empty(0),
    np.empty(0, dtype=np.bool_),
)


def moment(time_us: int) -> datetime:
    """The instant of microseconds since 1970."""
    return EPOCH + timedelta(microseconds=int(time_us))


def time_us_of(at: datetime) -> int:
    """Microseconds since 1970 of an instant."""
    return (at - EPOCH) // MICROSECOND


def row_times(texts: Texts) -> RowTimes:
    """Times of the rows' texts."""
    if not texts:
        return NO_TIMES
    written = [text for text in texts if text is not None]
    usual = _usual(written) if len(written) == len(texts) else None
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
    is_even = len(set(map(len, texts))) == 1
    signs = _signs(texts if is_even else [text[:LENGTH].ljust(LENGTH) for text in texts])
    base_s = _base_s(signs)
    is_one_suffix = is_even and bool((signs[:, LENGTH:] == signs[0, LENGTH:]).all())
    suffixes = [text[LENGTH:] for text in (texts[:1] if is_one_suffix else texts)]
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
        never_recorded(time_us.size),
        ~every,
    )


def _signs(texts: Sequence[bytes]) -> NDArray[np.uint8]:
    """The bytes of texts of one length, a row each."""
    return np.frombuffer(b"".join(texts), dtype=np.uint8).reshape(len(texts), -1)


def _base_s(signs: NDArray[np.uint8]) -> NDArray[np.int64] | None:
    """Seconds since 1970 of texts that all begin like `2026-05-04T06:30:00`; None else."""
    if signs.shape[1] < LENGTH or not (signs[:, [*SIGNS]] == [*SIGNS.values()]).all():
        return None
    digits = signs[:, DIGITS] - ord("0")
    if (digits > 9).any():
        return None
    # Of what was recorded on one day, the clock alone is read.
    is_one_day = bool((signs[:, :DATE_LENGTH] == signs[0, :DATE_LENGTH]).all())
    clock = digits[:, -6::2].astype(np.int64) * 10 + digits[:, -5::2]
    if is_one_day and (clock < CLOCK_ENDS).all():
        signs, clock_s = signs[:1, :DATE_LENGTH], clock @ CLOCK_S
    else:
        signs, clock_s = signs[:, :LENGTH], np.zeros(1, dtype=np.int64)
    texts = np.ascontiguousarray(signs).view(f"S{signs.shape[1]}")[:, 0]
    try:
        return np.asarray(texts.astype("datetime64[s]").astype(np.int64) + clock_s)
    except ValueError:
        return None


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
