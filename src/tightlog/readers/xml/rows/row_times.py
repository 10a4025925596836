"""Times of the rows of an XML recording, from text to instants in UTC."""

from collections.abc import Sequence
from dataclasses import dataclass
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
# `2026-05-04T06:30:00`: where its digits and signs are.
LENGTH, SIGNS = 19, {4: ord("-"), 7: ord("-"), 10: ord("T"), 13: ord(":"), 16: ord(":")}
DIGITS = [at for at in range(LENGTH) if at not in SIGNS]


@dataclass(frozen=True)
class RowTimes:
    """Instants of all rows in microseconds since 1970 (UTC), and how they were written.

    `is_dated` is false where a time is unreadable or impossible (then `year_misdated` is its year,
    NaN else); `offset_s` is the written offset from UTC, NaN where none or zero is written.
    """

    time_us: NDArray[np.int64]
    is_dated: Bools
    offset_s: Numbers
    is_naive: Bools
    year_misdated: Numbers
    is_buddhist: Bools

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
    return _read_by_language(texts) if usual is None else usual


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
    first, last = datetime(FIRST_YEAR, 1, 1, tzinfo=UTC), datetime.now(UTC) + LATEST_AHEAD
    if not ((time_us >= _us(first)) & (time_us <= _us(last))).all():
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


def _us(instant: datetime) -> int:
    return (instant - EPOCH) // timedelta(microseconds=1)


def _read_by_language(texts: Texts) -> RowTimes:
    """Times in whatever digits, clock or calendar."""
    frame = instants(texts_of(texts))
    is_dated = frame["recorded_at"].is_not_null().to_numpy()
    return RowTimes(
        frame["recorded_at"].to_physical().fill_null(0).to_numpy(),
        is_dated,
        _floats(frame["utc_offset_s"]),
        frame["is_naive"].to_numpy(),
        _floats(frame["misdated_year"]),
        frame["is_buddhist"].to_numpy(),
    )


def _floats(column: pl.Series) -> Numbers:
    return column.cast(pl.Float64).fill_null(float("nan")).to_numpy()
