"""One sport session as read: its totals, its means, its laps and its records."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

import polars as pl

from tightlog.domain.sports import SportRule


class PowerRule(StrEnum):
    """Where the power of an activity comes from."""

    RECORDED = "recorded"
    # A maker's own field beside those of the format, such as Stryd's.
    ADDED_FIELD = "added_field"
    TWIN = "twin"


@dataclass(frozen=True)
class Activity:
    """One sport session of a file, as read. A value that is not in the file is None, never 0.

    `records` has the columns of RECORD_SCHEMA, `laps` those of LAP_SCHEMA. Each channel with a mean
    (`domain.channels`) is a field of its own.
    """

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
    cadence_evidence: str | None = None
    heart_rate_bpm: float | None = None
    power_w: float | None = None
    power_rule: PowerRule = PowerRule.RECORDED
    vertical_oscillation_mm: float | None = None
    vertical_ratio_pct: float | None = None
    ground_contact_ms: float | None = None
    ground_contact_left_pct: float | None = None
    step_length_mm: float | None = None
    device: str | None = None
    is_indoor: bool | None = None
    # What in the file says the sport; of one that nothing says, what its movement shows.
    sport_rule: SportRule = SportRule.FILE
    movement_sport: str | None = None
    name: str | None = None
    shoe: str | None = None
    rpe: float | None = None
    # As the device or list states it: an estimate of its maker.
    energy_kcal: float | None = None
    # Where an export's list names the file with the recording: `activities/123.fit.gz`.
    file_hint: str | None = None
    # Its id in an export's list, by which the list of gear names it.
    listed_id: int | None = None
