"""A recording as the FIT file a watch would have written: records, laps, session, events, device
information.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Final, TypeAlias

import numpy as np
import polars as pl
from numpy.typing import NDArray

from tightlog.findings.arrays import FloatArray
from tightlog.simulation.files.fit_file import Column, FitMessage, fit_file, fit_timestamp
from tightlog.simulation.sample.recording import POOL_LENGTH_M, Recording, elapsed

# Numbers of the FIT profile.
SPORTS: Final[Mapping[str, int]] = {
    "running": 1,
    "cycling": 2,
    "swimming": 5,
    "training": 10,
    "walking": 11,
    "hiking": 17,
}
SUB_SPORTS: Final[Mapping[str, int]] = {
    "generic": 0,
    "treadmill": 1,
    "trail": 3,
    "road": 7,
    "lap_swimming": 17,
    "strength_training": 20,
    "yoga": 43,
}
TRIGGERS: Final[Mapping[str, int]] = {"manual": 0, "distance": 2, "session_end": 7}
DEVELOPMENT_MANUFACTURER = 255
SEMICIRCLES_PER_DEG = 2**31 / 180.0
TIMER, SESSION_EVENT, LAP_EVENT, ACTIVITY_EVENT = 0, 8, 9, 26
START, STOP, STOP_ALL = 0, 1, 4
ACTIVITY_FILE, MONITORING_FILE = 4, 32
LOCAL_SOURCE, LOCAL_GPS, LOCAL_BAROMETER = 5, 0, 4

RowIndex: TypeAlias = NDArray[np.int64]

# (column, record field, base type, scale); dynamics exist on the newer watch only.
RECORD_FIELDS: Final[tuple[tuple[str, int, str, float], ...]] = (
    ("latitude_deg", 0, "sint32", SEMICIRCLES_PER_DEG),
    ("longitude_deg", 1, "sint32", SEMICIRCLES_PER_DEG),
    ("heart_rate_bpm", 3, "uint8", 1.0),
    ("distance_m", 5, "uint32", 100.0),
    ("power_w", 7, "uint16", 1.0),
    ("vertical_oscillation_mm", 39, "uint16", 10.0),
    ("ground_contact_ms", 41, "uint16", 10.0),
    ("vertical_ratio_pct", 83, "uint16", 100.0),
    ("ground_contact_left_pct", 84, "uint16", 100.0),
    ("step_length_mm", 85, "uint16", 10.0),
)
SESSION_DYNAMICS: Final[tuple[tuple[str, int, str, float], ...]] = (
    ("power_w", 20, "uint16", 1.0),
    ("vertical_oscillation_mm", 89, "uint16", 10.0),
    ("ground_contact_ms", 91, "uint16", 10.0),
    ("vertical_ratio_pct", 132, "uint16", 100.0),
    ("ground_contact_left_pct", 133, "uint16", 100.0),
    ("step_length_mm", 134, "uint16", 10.0),
)
# The older watch writes the plain fields, the newer one the enhanced ones: (speed, altitude) as
# (field, base type).
SPEED_ALTITUDE: Final[Mapping[str, tuple[tuple[int, str], tuple[int, str]]]] = {
    "watch one": ((6, "uint16"), (2, "uint16")),
    "watch two": ((73, "uint32"), (78, "uint32")),
}


def fit_activity(recording: Recording) -> bytes:
    """Bytes of the activity's FIT file."""
    start = fit_timestamp(recording.started_at)
    return fit_file(
        [
            _file_id(recording, start),
            _sport(recording),
            _device_info(recording, start),
            _events(recording, start),
            _records(recording, start),
            _laps(recording, start),
            _session(recording, start),
            _activity(recording, start),
        ]
    )


def fit_monitoring(at: datetime) -> bytes:
    """Bytes of a FIT file of daily monitoring: a heart rate a minute, no activity in it."""
    start = fit_timestamp(at)
    minutes = np.arange(60)
    monitoring = FitMessage(
        55, {253: ("uint32", start + 60 * minutes), 27: ("uint8", 58 + minutes % 7)}
    )
    identity: dict[int, Column] = {
        0: ("enum", [MONITORING_FILE]),
        1: ("uint16", [DEVELOPMENT_MANUFACTURER]),
        4: ("uint32", [start]),
    }
    return fit_file([FitMessage(0, identity), monitoring])


def _file_id(recording: Recording, start: int) -> FitMessage:
    return FitMessage(
        0,
        {
            0: ("enum", [ACTIVITY_FILE]),
            1: ("uint16", [DEVELOPMENT_MANUFACTURER]),
            2: ("uint16", [2 if _is_newer(recording) else 1]),
            3: ("uint32z", [20_250_001]),
            4: ("uint32", [start]),
            8: ("string:20", [f"Sample {recording.planned.device}"]),
        },
    )


def _sport(recording: Recording) -> FitMessage:
    sport, sub_sport = _sport_numbers(recording)
    return FitMessage(12, {0: ("enum", [sport]), 1: ("enum", [sub_sport])})


def _device_info(recording: Recording, start: int) -> FitMessage:
    """The watch, its satellite receiver and its barometer: device types of source `local`."""
    return FitMessage(
        23,
        {
            253: ("uint32", [start] * 3),
            0: ("uint8", [0, 1, 2]),
            1: ("uint8", [None, LOCAL_GPS, LOCAL_BAROMETER]),
            2: ("uint16", [DEVELOPMENT_MANUFACTURER] * 3),
            25: ("enum", [LOCAL_SOURCE] * 3),
            27: ("string:20", [f"Sample {recording.planned.device}", "", ""]),
        },
    )


def _events(recording: Recording, start: int) -> FitMessage:
    moments = [(0, START)]
    for at_s, length_s in recording.pauses:
        moments += [(at_s, STOP_ALL), (at_s + length_s, START)]
    moments.append((int(recording.elapsed_s), STOP_ALL))
    return FitMessage(
        21,
        {
            253: ("uint32", [start + second for second, _ in moments]),
            0: ("enum", [TIMER] * len(moments)),
            1: ("enum", [kind for _, kind in moments]),
        },
    )


def _records(recording: Recording, start: int) -> FitMessage:
    rows = recording.rows
    fields: dict[int, Column] = {
        253: ("uint32", start + rows["elapsed_s"].to_numpy().astype(np.int64))
    }
    for column, number, base_type, scale in RECORD_FIELDS:
        if column in rows.columns:
            fields[number] = (base_type, rows[column].to_numpy() * scale)
    (speed_field, speed_type), (altitude_field, altitude_type) = SPEED_ALTITUDE[
        recording.planned.device
    ]
    if "speed_mps" in rows.columns:
        fields[speed_field] = (speed_type, rows["speed_mps"].to_numpy() * 1000.0)
    if "altitude_m" in rows.columns:
        fields[altitude_field] = (altitude_type, (rows["altitude_m"].to_numpy() + 500.0) * 5.0)
    if "cadence_spm" in rows.columns:
        whole, fraction = _cadence_fields(recording, rows["cadence_spm"].to_numpy())
        fields |= {4: ("uint8", whole), 53: ("uint8", fraction)}
    return FitMessage(20, fields)


def _cadence_fields(recording: Recording, cadence_spm: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Whole cycles and 128ths of one per minute: strides (one leg) on foot, turns on the bike."""
    cycles = cadence_spm if recording.planned.sport == "cycling" else cadence_spm / 2.0
    parts = np.rint(cycles * 128.0)
    return np.floor(parts / 128.0), np.mod(parts, 128.0)


def _laps(recording: Recording, start: int) -> FitMessage:
    ends_s = np.array([second for second, _, _ in recording.lap_ends])
    ends_m = np.array([distance for _, distance, _ in recording.lap_ends])
    starts_s = np.concatenate(([0.0], ends_s[:-1]))
    elapsed_ends_s = elapsed(ends_s, recording.pauses)
    elapsed_starts_s = np.concatenate(([0.0], elapsed_ends_s[:-1]))
    timer_s = recording.rows["timer_s"].to_numpy()
    first = np.searchsorted(timer_s, starts_s)
    last = np.append(first[1:], timer_s.size)
    fields: dict[int, Column] = {
        253: ("uint32", start + np.floor(elapsed_ends_s)),
        254: ("uint16", np.arange(ends_s.size)),
        0: ("enum", [LAP_EVENT] * ends_s.size),
        1: ("enum", [STOP] * ends_s.size),
        2: ("uint32", start + np.floor(elapsed_starts_s)),
        7: ("uint32", 1000.0 * np.diff(elapsed_ends_s, prepend=0.0)),
        8: ("uint32", 1000.0 * np.diff(ends_s, prepend=0.0)),
        24: ("enum", [TRIGGERS[trigger] for _, _, trigger in recording.lap_ends]),
    }
    if recording.distance_m is not None:
        fields[9] = ("uint32", 100.0 * np.diff(ends_m, prepend=0.0))
    fields[15] = ("uint8", _means(recording.rows, "heart_rate_bpm", first, last))
    if "cadence_spm" in recording.rows.columns:
        whole, fraction = _cadence_fields(
            recording, _means(recording.rows, "cadence_spm", first, last)
        )
        fields |= {17: ("uint8", whole), 80: ("uint8", fraction)}
    return FitMessage(19, fields)


def _session(recording: Recording, start: int) -> FitMessage:
    """Totals of the session, the same numbers the rows give."""
    sport, sub_sport = _sport_numbers(recording)
    fields: dict[int, Column] = {
        253: ("uint32", [start + recording.elapsed_s]),
        254: ("uint16", [0]),
        0: ("enum", [SESSION_EVENT]),
        1: ("enum", [STOP]),
        2: ("uint32", [start]),
        5: ("enum", [sport]),
        6: ("enum", [sub_sport]),
        7: ("uint32", [1000.0 * recording.elapsed_s]),
        8: ("uint32", [1000.0 * recording.moving_s]),
        25: ("uint16", [0]),
        26: ("uint16", [len(recording.lap_ends)]),
        16: ("uint8", _mean(recording, "heart_rate_bpm")),
        22: ("uint16", [recording.ascent_m]),
        23: ("uint16", [recording.descent_m]),
        193: ("uint8", [None if recording.rpe is None else 10.0 * recording.rpe]),
    }
    if recording.distance_m is not None:
        fields[9] = ("uint32", [100.0 * recording.distance_m])
        fields[14] = ("uint16", [1000.0 * recording.distance_m / recording.moving_s])
    if "cadence_spm" in recording.rows.columns:
        whole, fraction = _cadence_fields(recording, _mean(recording, "cadence_spm"))
        fields |= {18: ("uint8", whole), 92: ("uint8", fraction)}
    for column, number, base_type, scale in SESSION_DYNAMICS:
        if column in recording.rows.columns:
            fields[number] = (base_type, scale * _mean(recording, column))
    if recording.planned.sport == "swimming":
        fields[44] = ("uint16", [100.0 * POOL_LENGTH_M])
    return FitMessage(18, fields)


def _activity(recording: Recording, start: int) -> FitMessage:
    end = start + int(recording.elapsed_s)
    offset = recording.started_at.utcoffset()
    local_end = end + (int(offset.total_seconds()) if offset is not None else 0)
    return FitMessage(
        34,
        {
            253: ("uint32", [end]),
            0: ("uint32", [1000.0 * recording.moving_s]),
            1: ("uint16", [1]),
            2: ("enum", [0]),
            3: ("enum", [ACTIVITY_EVENT]),
            4: ("enum", [STOP]),
            5: ("uint32", [local_end]),
        },
    )


def _mean(recording: Recording, column: str) -> FloatArray:
    return _means(recording.rows, column, np.array([0]), np.array([recording.rows.height]))


def _means(rows: pl.DataFrame, column: str, first: RowIndex, last: RowIndex) -> FloatArray:
    """Mean of the non-zero values of each stretch of rows, NaN where it has none."""
    values = rows[column].to_numpy()
    is_counted = np.isfinite(values) & (values > 0)
    sums = np.concatenate(([0.0], np.cumsum(np.where(is_counted, values, 0.0))))
    counts = np.concatenate(([0], np.cumsum(is_counted)))
    number = counts[last] - counts[first]
    return np.where(number > 0, (sums[last] - sums[first]) / np.maximum(number, 1), np.nan)


def _sport_numbers(recording: Recording) -> tuple[int, int]:
    return SPORTS[recording.planned.sport], SUB_SPORTS[recording.planned.sub_sport]


def _is_newer(recording: Recording) -> bool:
    return recording.planned.device == "watch two"
