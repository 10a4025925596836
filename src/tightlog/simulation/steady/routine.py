"""Simulated runners whose routine does not change: every match of a pattern is a false alarm."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from typing import Any

import numpy as np
import polars as pl

from tightlog.patterns.pattern import PatternInputs
from tightlog.simulation.steady.case_files import usual
from tightlog.simulation.steady.frames import day_of, days_frame

Draw = np.random.Generator


@dataclass(frozen=True)
class Routine:
    """Habits of a steady runner: metres by weekday, how even the back is, hills, nights, sitting
    by weekday, mobility and warm-ups.
    """

    usual_m: tuple[float, ...] = (0, 9_000, 0, 9_000, 0, 9_000, 16_000)
    easy_week: float = 1.0
    distance_spread: float = 0.055
    score_level: float = 2.2
    score_memory: float = 0.8
    score_spread: float = 1.17
    descent_m: tuple[float, float] = (40.0, 40.0)
    descent_spread: float = 0.3
    decoupling_pct: tuple[float, float] = (3.0, 2.0)
    sleep_h: tuple[float, float] = (7.2, 0.8)
    sitting_h: tuple[float, ...] = (8, 8, 8, 8, 8, 3, 3)
    mobility_share: float = 0.45
    warm_up_share: float = 0.8


@dataclass(frozen=True)
class Planted:
    """Events planted in a steady history, by day number: metres run, points above the own level,
    and values of the day's run.
    """

    run_m: Mapping[int, float] = field(default_factory=dict)
    points: Mapping[int, float] = field(default_factory=dict)
    runs: Mapping[int, Mapping[str, Any]] = field(default_factory=dict)


def steady_runner(
    count: int, seed: int, routine: Routine | None = None, planted: Planted | None = None
) -> PatternInputs:
    """Everything a well-equipped home records of `count` days."""
    draw, routine, planted = np.random.default_rng(seed), routine or Routine(), planted or Planted()
    run_m = [
        planted.run_m.get(number, metre)
        for number, metre in enumerate(_run_m(draw, routine, count))
    ]
    load_au = [metre / 100 * float(draw.normal(1, 0.12)) for metre in run_m]
    days = days_frame(
        count,
        {
            **_scores(draw, routine, count, planted.points),
            **distances(run_m),
            **loads(load_au),
            **_habits(draw, routine, run_m),
            **_life(draw, routine, count),
            **usual_of_days(count, seed),
        },
    )
    rated = days.filter(pl.col("run_count") > 0, pl.col("tightness_score").is_not_null())
    rise = pl.Series(draw.integers(0, 2, rated.height))
    scores = rated.select("day", score=pl.col("tightness_score") + rise, moment=pl.lit("after"))
    return PatternInputs(
        days, _activities(draw, routine, run_m, _runs(run_m, seed, planted)), scores=scores
    )


def _run_m(draw: Draw, routine: Routine, count: int) -> list[float]:
    metres = [
        routine.usual_m[number % 7] * (routine.easy_week if number // 7 % 4 == 3 else 1.0)
        for number in range(count)
    ]
    return [
        float(usual * (1 + draw.normal(0, routine.distance_spread))) if usual else 0.0
        for usual in metres
    ]


def _scores(
    draw: Draw, routine: Routine, count: int, points: Mapping[int, float]
) -> dict[str, list[float | None]]:
    noise, scores = 0.0, []
    for number in range(count):
        noise = routine.score_memory * noise + draw.normal(
            0, routine.score_spread * (1 - routine.score_memory**2) ** 0.5
        )
        is_missed = draw.random() < 0.2 and number not in points
        scores.append(
            None
            if is_missed
            else float(np.clip(round(routine.score_level + points.get(number, noise)), 0, 10))
        )
    return {"tightness_score": scores}


def usual_of_days(count: int, seed: int | None = None) -> dict[str, list[Any]]:
    """Columns of the days that the case files of the rules call usual, drawn with a seed."""
    found = usual("days", range(count), seed)
    return {name: list(map(values.get, range(count))) for name, values in found.items()}


def _runs(run_m: list[float], seed: int, planted: Planted) -> dict[int, dict[str, Any]]:
    """Values of each day's run: the usual ones, and what is planted."""
    days = [number for number, metre in enumerate(run_m) if metre > 0]
    found = usual("runs", days, seed)
    return {
        number: {name: values[number] for name, values in found.items() if number in values}
        | dict(planted.runs.get(number, {}))
        for number in days
    }


def distances(run_m: list[float]) -> dict[str, list[float | None]]:
    """Columns of the days that follow from their one run each."""
    metres = pl.Series(run_m)
    longest, week = (
        metres.shift(1).rolling_max(30, min_samples=14),
        metres.rolling_sum(7, min_samples=7),
    )
    ratio = [
        now / before - 1 if now and before else None
        for now, before in zip(run_m, longest, strict=True)
    ]
    change = [
        now / before if now is not None and before else None
        for now, before in zip(week, week.shift(7), strict=True)
    ]
    return {
        "run_count": [float(metre > 0) for metre in run_m],
        "run_distance_m": run_m,
        "longest_run_m": run_m,
        "longest_run_30d_m": longest.to_list(),
        "session_spike_ratio": ratio,
        "run_distance_7d_m": week.to_list(),
        "week_change_ratio": change,
    }


def loads(load_au: list[float]) -> dict[str, list[float | None]]:
    """Columns of the days that follow from their one session's load each."""
    load = pl.Series(load_au)
    mean, spread = load.rolling_mean(7, min_samples=7), load.rolling_std(7, min_samples=7)
    return {
        "load_au": load.to_list(),
        "load_7d_au": load.rolling_sum(7, min_samples=7).to_list(),
        "monotony_7d_ratio": (mean / spread).to_list(),
        "hardest_session_au": load.to_list(),
        "hardest_session_30d_au": load.shift(1).rolling_max(30, min_samples=14).to_list(),
    }


def _habits(draw: Draw, routine: Routine, run_m: list[float]) -> dict[str, list[float | None]]:
    count = len(run_m)
    mobility = pl.Series((draw.random(count) < routine.mobility_share).astype(float))
    runs = pl.Series([float(metre > 0) for metre in run_m])
    warm_ups = runs * pl.Series((draw.random(count) < routine.warm_up_share).astype(float))
    return {
        "mobility_7d_count": mobility.rolling_sum(7, min_samples=7).to_list(),
        "warm_up_28d_pct": (
            100 * warm_ups.rolling_sum(28, min_samples=28) / runs.rolling_sum(28, min_samples=28)
        ).to_list(),
    }


def _life(draw: Draw, routine: Routine, count: int) -> dict[str, list[float | None]]:
    sitting = [
        max(0.0, float(draw.normal(routine.sitting_h[number % 7], 1.0))) for number in range(count)
    ]
    sleep = [
        None if draw.random() < 0.1 else float(draw.normal(*routine.sleep_h)) for _ in range(count)
    ]
    return {
        "context_sleep_h": sleep,
        "context_sitting_h": sitting,
        "context_stress": np.clip(draw.normal(3, 1.5, count).round(), 0, 10).tolist(),
    }


def _activities(
    draw: Draw, routine: Routine, run_m: list[float], runs: Mapping[int, Mapping[str, Any]]
) -> pl.DataFrame:
    flat_m, hilly_m = routine.descent_m
    return pl.DataFrame(
        [
            {
                "activity_id": str(number),
                "sport": "running",
                "day": day_of(number),
                "is_indoor": False,
                "shoe": "blue" if number % 2 else "red",
                "started_at": datetime.combine(day_of(number), time(17), UTC),
                "distance_m": metre,
                "device": "watch",
                "cadence_residual_pct": float(draw.normal(0, 1.7)),
                "cadence_drift_pct": float(draw.normal(-0.7, 1.3)),
                "ground_contact_drift_pct": float(draw.normal(1, 1.5)),
                "vertical_ratio_drift_pp": float(draw.normal(0.1, 0.15)),
                "vertical_ratio_z": float(draw.normal()),
                "ground_contact_left_pct": 50.6 + (left := float(draw.normal(0, 0.5))),
                "ground_contact_balance_change_pp": left,
                "decoupling_pct": float(draw.normal(*routine.decoupling_pct)),
                "descent_m": (hilly_m if number % 7 == 6 else flat_m)
                * float(np.exp(draw.normal(0, routine.descent_spread))),
            }
            | dict(runs[number])
            for number, metre in enumerate(run_m)
            if metre > 0
        ]
    )
