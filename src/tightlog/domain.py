"""The nouns of tightlog, frozen: what readers return, what the diary holds, and the frames that travel between the stages."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType

import polars as pl

from tightlog.entries import DiaryMapping as DiaryMapping
from tightlog.entries import InterventionDone as InterventionDone
from tightlog.entries import TightnessScore as TightnessScore

Columns = Mapping[str, pl.DataType | type[pl.DataType]]
UTC_INSTANT = pl.Datetime("us", "UTC")

# One row per timestamped row of an activity; timestamps may repeat, record_index may not.
RECORD_SCHEMA: Columns = MappingProxyType({
    "record_index": pl.Int32,
    "recorded_at": UTC_INSTANT,
    "elapsed_s": pl.Float64,
    "is_timer_running": pl.Boolean,
    "latitude_deg": pl.Float64,
    "longitude_deg": pl.Float64,
    "altitude_m": pl.Float64,
    "distance_m": pl.Float64,
    "speed_mps": pl.Float64,
    "cadence_spm": pl.Float64,
    "heart_rate_bpm": pl.Float64,
    "power_w": pl.Float64,
    "vertical_oscillation_mm": pl.Float64,
    "vertical_ratio_pct": pl.Float64,
    "ground_contact_ms": pl.Float64,
    "ground_contact_left_pct": pl.Float64,
    "step_length_mm": pl.Float64,
})

LAP_SCHEMA: Columns = MappingProxyType({
    "lap_index": pl.Int32,
    "started_at": UTC_INSTANT,
    "elapsed_s": pl.Float64,
    "moving_s": pl.Float64,
    "distance_m": pl.Float64,
    "cadence_spm": pl.Float64,
    "heart_rate_bpm": pl.Float64,
    "trigger": pl.String,
})

# FIT profile names, whatever the file's format.
FOOT_SPORTS = frozenset({"running", "walking", "hiking"})


def is_run(sport: str) -> bool:
    """True for the sports whose distance counts as mileage."""
    return sport == "running"


class FileStatus(StrEnum):
    """What became of a file; every file seen has exactly one."""

    READ = "read"
    PARTIAL = "partial"
    DUPLICATE = "duplicate"
    NO_ACTIVITY = "no_activity"
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class Activity:
    """One sport session of a file, as read: totals, laps and records. What the file does not say is None, never 0."""

    session_index: int
    sport: str
    sub_sport: str
    started_at: datetime
    elapsed_s: float | None
    moving_s: float | None
    distance_m: float | None
    records: pl.DataFrame = field(repr=False)
    laps: pl.DataFrame = field(repr=False)
    utc_offset_s: int | None = None
    ascent_m: float | None = None
    descent_m: float | None = None
    has_barometer: bool | None = None
    speed_mps: float | None = None
    cadence_spm: float | None = None
    cadence_raw: float | None = None
    cadence_rule: str | None = None
    heart_rate_bpm: float | None = None
    power_w: float | None = None
    vertical_oscillation_mm: float | None = None
    vertical_ratio_pct: float | None = None
    ground_contact_ms: float | None = None
    ground_contact_left_pct: float | None = None
    step_length_mm: float | None = None
    device: str | None = None
    is_indoor: bool | None = None
    name: str | None = None
    shoe: str | None = None
    rpe: float | None = None
    # Where an export's list names the file with the recording: `activities/123.fit.gz`.
    file_hint: str | None = None


@dataclass(frozen=True)
class ContextValue:
    """Anything else a diary holds about a day: sleep, stress, sitting, mood."""

    day: date
    name: str
    value: float | None
    unit: str | None
    source: str


@dataclass(frozen=True)
class Reading:
    """What a reader could take from one file's bytes, and why not the rest; of a table also which column it took for what."""

    status: FileStatus
    reader: str | None
    reason: str | None = None
    activities: tuple[Activity, ...] = ()
    scores: tuple[TightnessScore, ...] = ()
    interventions: tuple[InterventionDone, ...] = ()
    context: tuple[ContextValue, ...] = ()
    columns: str | None = None


def read(reader: str, activities: tuple[Activity, ...], problems: tuple[str, ...] = ()) -> Reading:
    """Reading of a file that gave activities: `read`, or `partial` when something was wrong with it."""
    if problems:
        return Reading(FileStatus.PARTIAL, reader, "; ".join(problems), activities)
    return Reading(FileStatus.READ, reader, None, activities)


def no_activity(reader: str | None, reason: str) -> Reading:
    """Reading of a sound file that holds nothing for us."""
    return Reading(FileStatus.NO_ACTIVITY, reader, reason)


def unreadable(reader: str | None, reason: str) -> Reading:
    """Reading of a broken file nothing could be taken from."""
    return Reading(FileStatus.UNREADABLE, reader, reason)
