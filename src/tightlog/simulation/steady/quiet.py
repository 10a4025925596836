"""A well-equipped runner without any match, and what must change for each pattern to match."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, time
from typing import Any

import polars as pl

from tightlog.patterns.pattern import RED_FLAG_SCHEMA, PatternInputs
from tightlog.simulation.steady.frames import day_of, days_frame
from tightlog.simulation.steady.routine import distances, loads

COUNT = 140
WEEK_KM = (0, 8, 0, 10, 0, 8, 14)
RUNS = [number for number in range(COUNT) if WEEK_KM[number % 7]]
FINDING = {
    "exposure": "swim_min",
    "verdict": "clear",
    "effect_points": 1.4,
    "exposure_low": 0.0,
    "exposure_high": 60.0,
    "sentence": "More swimming the day before goes with more tightness: 1.4 points.",
}


def quiet_inputs(
    run_km: Mapping[int, float] | None = None,
    load_au: Mapping[int, float] | None = None,
    days: Mapping[str, Mapping[int, Any]] | None = None,
    runs: Mapping[str, Mapping[int, Any]] | None = None,
    **more: Any,
) -> PatternInputs:
    """140 days of the same week; `run_km` and `load_au` change single days and all that follows
    from them, `days` single values of a column, `runs` those of the run of a day.
    """
    metres = [1000.0 * (run_km or {}).get(number, WEEK_KM[number % 7]) for number in range(COUNT)]
    load = [(load_au or {}).get(number, metre / 100) for number, metre in enumerate(metres)]
    base = {
        **distances(metres),
        **loads(load),
        "tightness_score": 1.0,
        "since_strength_d": [float(number % 4) for number in range(COUNT)],
        "strength_14d_count": 4.0,
        "swim_min": [40.0 if number % 7 == 0 else 0.0 for number in range(COUNT)],
        "cycle_distance_7d_m": 30_000.0,
        "mobility_7d_count": 3.0,
        "warm_up_28d_pct": 90.0,
        "context_sleep_h": [7.0 + 0.25 * (number % 3) for number in range(COUNT)],
        "context_sitting_h": 6.0,
        "context_stress": [float(2 + number % 3) for number in range(COUNT)],
    }
    scores = pl.DataFrame(
        {"day": [day_of(number) for number in RUNS], "moment": "after", "score": 1.0}
    )
    return PatternInputs(
        days_frame(COUNT, base, days), _activities(metres, runs or {}), **{"scores": scores, **more}
    )


def _activities(metres: list[float], changes: Mapping[str, Mapping[int, Any]]) -> pl.DataFrame:
    return pl.DataFrame(
        [
            {
                "activity_id": f"{number}",
                "sport": "running",
                "day": day_of(number),
                "started_at": datetime.combine(day_of(number), time(17), UTC),
                "is_indoor": False,
                "shoe": f"pair {number // 40}",
                "distance_m": metre,
                "device": "watch",
                "has_barometer": True,
                "cadence_residual_pct": 0.0,
                "cadence_drift_pct": -0.5,
                "ground_contact_drift_pct": 1.0,
                "vertical_ratio_drift_pp": 0.1,
                "vertical_ratio_z": 0.0,
                "ground_contact_left_pct": 50.4,
                "ground_contact_balance_change_pp": 0.0,
                "decoupling_pct": 3.0,
                "descent_m": 50.0,
            }
            | {name: by_day[number] for name, by_day in changes.items() if number in by_day}
            for number, metre in enumerate(metres)
            if metre
        ]
    )


def _last(count: int, value: Any) -> dict[int, Any]:
    """The value on the last so many days."""
    return dict.fromkeys(range(COUNT - count, COUNT), value)


def _last_runs(count: int, value: Any) -> dict[int, Any]:
    return dict.fromkeys(RUNS[-count:], value)


def _comeback() -> PatternInputs:
    """16 days without a run, then one of 8 km."""
    back = COUNT - 3
    return quiet_inputs(run_km=_last(19, 0) | {back: 8})


def _red_flag() -> PatternInputs:
    flag = pl.DataFrame(
        [(day_of(COUNT - 3), None, ["fever"], "fever")], schema=dict(RED_FLAG_SCHEMA), orient="row"
    )
    return replace(quiet_inputs(), red_flags=flag)


# Tuesdays, Thursdays, Saturdays and Sundays are run days; the last day is a Sunday.
TRIPPED_BY: dict[str, Callable[[], PatternInputs]] = {
    "R0": _red_flag,
    "R1": lambda: quiet_inputs(days={"tightness_score": _last(20, 4.0)}),
    "R2": lambda: quiet_inputs(run_km={COUNT - 1: 24}),
    "R3": _comeback,
    "R4": lambda: quiet_inputs(run_km=_last(7, 8)),
    "R5": lambda: quiet_inputs(run_km={COUNT - 7: 7, COUNT - 5: 7}),
    "R6": lambda: quiet_inputs(runs={"cadence_residual_pct": _last_runs(3, -4.0)}),
    "R7": lambda: quiet_inputs(runs={"cadence_drift_pct": _last_runs(2, -4.0)}),
    "R8": lambda: quiet_inputs(runs={"vertical_ratio_z": _last_runs(3, 2.0)}),
    "R9": lambda: quiet_inputs(
        runs={
            "ground_contact_balance_change_pp": _last_runs(2, -2.6),
            "ground_contact_left_pct": _last_runs(2, 47.8),
        }
    ),
    "R10": lambda: quiet_inputs(runs={"descent_m": _last_runs(1, 400.0)}),
    "R11": lambda: quiet_inputs(runs={"decoupling_pct": _last_runs(2, 8.0)}),
    "R12": lambda: quiet_inputs(
        days={
            "since_strength_d": {COUNT - 15 + number: float(number) for number in range(15)},
            "strength_14d_count": _last(1, 0.0),
        }
    ),
    "R13": lambda: quiet_inputs(days={"mobility_7d_count": _last(10, 0.0)}),
    "R14": lambda: quiet_inputs(days={"run_share_28d_pct": _last(5, 97.0)}),
    "R15": lambda: quiet_inputs(
        days={
            "cycle_distance_7d_m": _last(3, 170_000.0),
            "tightness_score": dict.fromkeys(range(COUNT), 3.0),
        }
    ),
    "R16": lambda: quiet_inputs(
        runs={"shoe": dict.fromkeys(RUNS, "blue"), "distance_m": _last_runs(1, 60_000.0)}
    ),
    "R17": lambda: quiet_inputs(days={"tightness_score": {COUNT - 1: 5.0}}),
    "R18": lambda: quiet_inputs(days={"tightness_score": {COUNT - 10: 3.0, COUNT - 3: 4.0}}),
    "R19": lambda: quiet_inputs(days={"context_sleep_h": _last(3, 5.0)}),
    "R20": lambda: quiet_inputs(load_au={COUNT - 1: 200.0}),
    "R21": lambda: quiet_inputs(
        days={"swim_min": _last(1, 60.0)}, findings=pl.DataFrame([FINDING])
    ),
    "R22": quiet_inputs,
}
