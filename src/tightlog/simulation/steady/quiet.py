"""A well-equipped runner without any match."""

from collections.abc import Mapping
from datetime import UTC, datetime, time
from typing import Any

import polars as pl

from tightlog.patterns.pattern import PatternInputs
from tightlog.simulation.steady.case_files import usual
from tightlog.simulation.steady.frames import day_of, days_frame
from tightlog.simulation.steady.routine import distances, loads, usual_of_days

COUNT = 140
WEEK_KM = (0, 8, 0, 10, 0, 8, 14)
RUNS = [number for number in range(COUNT) if WEEK_KM[number % 7]]


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
        **usual_of_days(COUNT),
        **distances(metres),
        **loads(load),
        "tightness_score": 1.0,
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
    changes = usual("runs", [number for number, metre in enumerate(metres) if metre]) | {**changes}
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
