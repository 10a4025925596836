"""Records of an XML track: distance and speed from the positions where the file has none."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import polars as pl
from numpy.typing import NDArray

from tightlog.domain.channels import CADENCE
from tightlog.domain.frames import UTC_INSTANT
from tightlog.domain.sports import FOOT_SPORTS, INDOOR_SUB_SPORTS
from tightlog.readers.record_frame import record_frame
from tightlog.readers.recorded_distance import growing_m
from tightlog.readers.travelled import Numbers, is_timeless, median_of
from tightlog.readers.xml.rows.rows import Rows

# Speed from positions is taken over this window; a single second of GPS is mostly noise.
SPEED_WINDOW_S = 10.0
# Records this far apart come from a phone's activity recognition, which does not show whether it
# was indoors.
SPARSE_STEP_S = 30.0
LEAST_STEPS = 10


@dataclass(frozen=True)
class TrackRecords:
    """Records of a track: seconds since 1970 and since its start (NaN where that is unknown), and
    columns by the channel's name, NaN where missing; without a cadence in steps.
    """

    time_us: NDArray[np.int64]
    time_s: Numbers
    elapsed_s: Numbers
    columns: Mapping[str, Numbers]

    def frame(self, cadence_spm: Numbers) -> pl.DataFrame:
        """Frame of RECORD_SCHEMA."""
        own = {
            "elapsed_s": self.elapsed_s,
            "is_timer_running": np.ones(self.time_s.size, dtype=np.bool_),
            CADENCE.name: cadence_spm,
        }
        return record_frame(pl.Series(self.time_us).cast(UTC_INSTANT), {**self.columns, **own})


def track_records(rows: Rows, started_at: datetime, travelled: Numbers | None) -> TrackRecords:
    """Records of rows that cover the distances in m since the start."""
    time_s = rows.time_s
    elapsed_s = time_s - started_at.timestamp()
    columns = dict(rows.columns)
    if travelled is not None:
        columns["distance_m"] = travelled
    if travelled is not None and np.isnan(columns["speed_mps"]).all():
        columns["speed_mps"] = _speed_mps(elapsed_s, travelled)
    altitude_m = columns["altitude_m"]
    if (altitude_m[np.isfinite(altitude_m)] == 0.0).all():
        # Exporters without an altitude write 0 on every row.
        columns["altitude_m"] = np.full(time_s.size, np.nan)
    known_s = np.full(time_s.size, np.nan) if is_timeless(elapsed_s) else elapsed_s
    return TrackRecords(rows.time_us, time_s, known_s, columns)


def grown_m(rows: Rows) -> Numbers:
    """Recorded distance in m that only grows; NaN throughout where it is something else."""
    values = rows.columns["distance_m"]
    grown = growing_m(values, rows.time_s)
    return grown if grown is not None and (values > 0).any() else np.full(values.size, np.nan)


def is_indoor(sport: str, sub_sport: str, rows: Rows) -> bool | None:
    """True for an indoor sport or dense records on foot without any position, False with
    positions, None where it is unknown.
    """
    if sub_sport in INDOOR_SUB_SPORTS:
        return True
    if np.isfinite(rows.columns["latitude_deg"]).any():
        return False
    step_s = np.diff(rows.time_s)
    is_dense = step_s.size >= LEAST_STEPS and median_of(step_s) < SPARSE_STEP_S
    return True if sport in FOOT_SPORTS and is_dense else None


def _speed_mps(elapsed_s: Numbers, travelled: Numbers) -> Numbers:
    """Speed in m/s at each row over the window around it; NaN where no distance is known."""
    known = np.isfinite(travelled)
    if known.sum() < 2:
        return np.full(elapsed_s.size, np.nan)
    known_s, known_m = elapsed_s[known], travelled[known]
    before = np.maximum(elapsed_s - SPEED_WINDOW_S / 2, known_s[0])
    after = np.minimum(elapsed_s + SPEED_WINDOW_S / 2, known_s[-1])
    way = np.interp(after, known_s, known_m) - np.interp(before, known_s, known_m)
    is_known = known & (after > before)
    return np.where(is_known, way / np.where(is_known, after - before, 1.0), np.nan)
