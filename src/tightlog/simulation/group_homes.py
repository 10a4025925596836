"""Homes of many simulated runners for a cohort: small real files, and a known slope of the score on
yesterday's distance that differs from runner to runner.
"""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import numpy as np
import polars as pl

from tightlog.home import private
from tightlog.home.settings import Home, home_folder
from tightlog.simulation.files.steady_run import run_fit
from tightlog.simulation.population.days import days_of
from tightlog.simulation.population.runner import NULL_CELLS, Runner

# Backs of several kinds, one after the other.
BACKS = tuple(NULL_CELLS[name] for name in ("memory_0.5", "memory_0.8", "season", "noise"))
MISSING = 0.2
SPEED_MPS = 2.8
RUNS_AT, SCORED_AT = time(17), time(6, 30)
SHARED = (
    '[share]\nwith = ["{cohort}"]\nwhat = ["status", "estimates", "days"]\n'
    "refresh = true\ncompare = true\n"
)


@dataclass(frozen=True)
class GroupRunner:
    """One runner: days like the relation `day`, and what a km more makes of the next score."""

    number: int
    days: pl.DataFrame
    points_per_km: float


def group_runner(
    number: int, length_d: int, mean_per_km: float, spread_per_km: float, seed: int = 1
) -> GroupRunner:
    """A runner of the group; the same arguments give the same."""
    slope = np.random.default_rng([seed, 2, number]).normal(mean_per_km, spread_per_km)
    back = BACKS[number % len(BACKS)]
    # What a standard deviation of this runner's distance does is known once the runs are drawn.
    runs = _days(back, number, length_d, seed)
    spread_km = float(runs["distance_sd_m"][0]) / 1000
    planted = replace(back, effect_per_sd=slope * spread_km)
    return GroupRunner(number, _days(planted, number, length_d, seed), float(slope))


def write_group_home(folder: Path, runner: GroupRunner, last_day: date, cohort: str) -> Home:
    """A home with a file for each run and a table of scores, shared with a cohort."""
    home = home_folder(str(folder))
    shift = last_day - runner.days["day"][-1]
    scores = ["date,time,tightness"]
    for row in runner.days.iter_rows(named=True):
        day = row["day"] + shift
        if row["run_distance_m"] > 0:
            _write(home.raw / f"{day}.fit", _run(day, row["run_distance_m"]))
        if row["tightness_score"] is not None:
            scores.append(f"{day},{SCORED_AT:%H:%M},{row['tightness_score']:g}")
    _write(home.raw / "scores.csv", "\n".join(scores).encode())
    settings = f'time_zone = "UTC"\n{SHARED.format(cohort=cohort)}'
    _write(home.settings_file, settings.encode())
    return home


def run_of_next_day(home: Home, last_day: date) -> None:
    """One new file for a home."""
    day = last_day + timedelta(days=1)
    _write(home.raw / f"{day}.fit", _run(day, 8000.0))


def _days(back: Runner, number: int, length_d: int, seed: int) -> pl.DataFrame:
    return days_of(back, length_d, MISSING, np.random.default_rng([seed, 1, number]))


def _run(day: date, distance_m: float) -> bytes:
    minutes = max(1, round(distance_m / SPEED_MPS / 60))
    started_at = datetime.combine(day, RUNS_AT, UTC)
    return run_fit(started_at, minutes=minutes, speed_mps=distance_m / minutes / 60, utc_offset_s=0)


def _write(file: Path, content: bytes) -> None:
    with open(file, "wb", opener=private.opener) as opened:
        opened.write(content)
