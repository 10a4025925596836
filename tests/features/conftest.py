"""An invented runner's home as frames, built day by day."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import polars as pl
import pytest

from tightlog.domain.frames import DONE_SCHEMA, SCORE_SCHEMA
from tightlog.domain.recorded import recorded_in
from tightlog.features.day import FeatureInputs, day_features
from tightlog.features.hearts.trimp import Runner

Schema = dict[str, type[pl.DataType] | pl.DataType]

INSTANT = pl.Datetime("us", "UTC")
FIRST_DAY = date(2025, 3, 3)

NUMBERS = (
    "elapsed_s",
    "moving_s",
    "distance_m",
    "ascent_m",
    "descent_m",
    "speed_mps",
    "cadence_spm",
    "heart_rate_bpm",
    "power_w",
    "vertical_oscillation_mm",
    "vertical_ratio_pct",
    "ground_contact_ms",
    "ground_contact_left_pct",
    "step_length_mm",
    "shoe_start_m",
    "rpe",
)
ACTIVITY_SCHEMA: Schema = {
    "activity_id": pl.String,
    "sport": pl.String,
    "sub_sport": pl.String,
    "started_at": INSTANT,
    "day": pl.Date,
    **dict.fromkeys(NUMBERS, pl.Float64),
    "cadence_rule": pl.String,
    "has_barometer": pl.Boolean,
    "is_indoor": pl.Boolean,
    "device": pl.String,
    "shoe": pl.String,
    "sport_rule": pl.String,
    "is_counted": pl.Boolean,
}
WINDOW_NUMBERS = (
    "elapsed_s",
    "seconds",
    "speed_mps",
    "cadence_spm",
    "grade",
    "heart_rate_bpm",
    "ground_contact_ms",
    "vertical_oscillation_mm",
    "vertical_ratio_pct",
    "ground_contact_left_pct",
    "step_length_mm",
)
WINDOW_SCHEMA = {
    "activity_id": pl.String,
    "window_index": pl.Int32,
    **dict.fromkeys(WINDOW_NUMBERS, pl.Float64),
}
HEART_RATE_SCHEMA = {"activity_id": pl.String, "heart_rate_bpm": pl.Int32, "seconds": pl.Float64}
CONTEXT_SCHEMA = {
    "day": pl.Date,
    "name": pl.String,
    "value": pl.Float64,
    "unit": pl.String,
    "source": pl.String,
    "is_beside_scores": pl.Boolean,
    "is_chosen": pl.Boolean,
}

Row = dict[str, Any]
Column = float | Callable[[int], float | None] | None


@dataclass
class Home:
    """Rows by day number; day 0 is a Monday."""

    activities: list[Row] = field(default_factory=list)
    windows: list[Row] = field(default_factory=list)
    heart_rates: list[Row] = field(default_factory=list)
    scores: list[Row] = field(default_factory=list)
    interventions: list[Row] = field(default_factory=list)
    context: list[Row] = field(default_factory=list)
    runner: Runner = field(default_factory=Runner)

    def day(self, number: int) -> date:
        return FIRST_DAY + timedelta(days=number)

    def at(self, number: int, hour: float) -> datetime:
        return datetime.combine(self.day(number), time(), UTC) + timedelta(hours=hour)

    def did(
        self,
        number: int,
        sport: str,
        sub_sport: str = "generic",
        hour: float = 10.0,
        minutes: float | None = 30.0,
        **values: object,
    ) -> str:
        activity_id = f"a{len(self.activities):04d}"
        seconds = None if minutes is None else minutes * 60.0
        when = {
            "started_at": self.at(number, hour),
            "day": self.day(number),
            "moving_s": seconds,
            "elapsed_s": seconds,
        }
        self.activities.append(
            {"activity_id": activity_id, "sport": sport, "sub_sport": sub_sport}
            | {"sport_rule": "file", "is_counted": True}
            | when
            | values
        )
        return activity_id

    def ran(
        self,
        number: int,
        km: float | None = 10.0,
        hour: float = 10.0,
        minutes: float | None = 60.0,
        **values: Any,
    ) -> str:
        distance_m = None if km is None else km * 1000.0
        return self.did(
            number, "running", hour=hour, minutes=minutes, distance_m=distance_m, **values
        )

    def half_minutes(
        self,
        run: str,
        count: int,
        starts_s: float = 0.0,
        **columns: Column,
    ) -> None:
        """Windows of a run, each column one value for all or a function of the window's number."""
        for index in range(count):
            values = {
                name: value(index) if callable(value) else value for name, value in columns.items()
            }
            when = {
                "window_index": int(starts_s / 30) + index,
                "elapsed_s": starts_s + 30.0 * index,
                "seconds": 30.0,
            }
            self.windows.append({"activity_id": run} | when | values)

    def rated(
        self, number: int, score: float, hour: float | None = None, moment: str | None = None
    ) -> None:
        rated_at = None if hour is None else self.at(number, hour)
        entry = {
            "entry_id": f"s{len(self.scores):04d}",
            "rated_at": rated_at,
            "day": self.day(number),
            "moment": moment,
        }
        self.scores.append(entry | {"score": score, "source": "diary"})

    def logged(self, number: int, intervention: str, minutes: float | None = None) -> None:
        entry = {
            "entry_id": f"i{len(self.interventions):04d}",
            "day": self.day(number),
            "intervention": intervention,
        }
        self.interventions.append(entry | {"minutes": minutes, "source": "diary"})

    def watched(self, first: int, last: int) -> None:
        """Something in the diary every day, so that no day is unknown."""
        slept = {
            "name": "sleep",
            "value": 7.0,
            "unit": "h",
            "source": "csv",
            "is_beside_scores": True,
        }
        self.context += [{"day": self.day(number)} | slept for number in range(first, last + 1)]

    def beat(self, activity_id: str, seconds_at: dict[int, float]) -> None:
        self.heart_rates += [
            {"activity_id": activity_id, "heart_rate_bpm": bpm, "seconds": s}
            for bpm, s in seconds_at.items()
        ]

    def inputs(self) -> FeatureInputs:
        return FeatureInputs(
            activities=pl.DataFrame(self.activities, schema=ACTIVITY_SCHEMA),
            recorded=recorded_in(
                pl.DataFrame(self.windows, schema=WINDOW_SCHEMA),
                pl.DataFrame(self.heart_rates, schema=HEART_RATE_SCHEMA),
            ),
            scores=pl.DataFrame(self.scores, schema=dict(SCORE_SCHEMA)),
            interventions_done=pl.DataFrame(self.interventions, schema=dict(DONE_SCHEMA)),
            context=pl.DataFrame(
                [{"is_chosen": True, **row} for row in self.context], schema=CONTEXT_SCHEMA
            ),
            runner=self.runner,
        )

    def days(self) -> Callable[[int], Row]:
        """The day frame's rows by day number."""
        rows = {row["day"]: row for row in day_features(self.inputs()).iter_rows(named=True)}
        return lambda number: rows[self.day(number)]


@pytest.fixture
def home() -> Home:
    return Home()
