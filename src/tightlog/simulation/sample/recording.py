"""What the simulated watch measures second by second on a planned activity.

Positions, speed and distance come from one course, so they agree; heart rate follows the effort
with a lag; cadence follows speed (Heiderscheit et al. 2011, Med Sci Sports Exerc, describe
preferred step rates of that size). All other numbers are invented.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np
import polars as pl

from tightlog.findings.arrays import FloatArray
from tightlog.simulation.sample.place import hill_height, loop_position, wander
from tightlog.simulation.sample.plan import PlannedActivity

COURSE_STEP_M = 4.0
RESTING_BPM, MAXIMAL_BPM = 52.0, 186.0
HEART_LAG_S = 40.0
POOL_LENGTH_M = 25.0
SET_LENGTH_M, SET_REST_S = 200.0, 25
RUN_CADENCE_SPM, RUN_CADENCE_PER_MPS, REFERENCE_MPS = 170.0, 4.5, 2.9


@dataclass(frozen=True)
class Recording:
    """One recorded activity: rows (RECORD_SCHEMA names, what was not measured is absent), pauses
    and lap ends, all in seconds.

    `timer_s` counts while the timer runs, `elapsed_s` from the start. A pause is (elapsed_s of its
    start, length). Laps end at (timer_s, distance_m, FIT trigger name).
    """

    planned: PlannedActivity
    started_at: datetime
    rows: pl.DataFrame = field(repr=False)
    pauses: tuple[tuple[int, int], ...]
    lap_ends: tuple[tuple[float, float, str], ...]
    ascent_m: float | None
    descent_m: float | None
    rpe: float | None

    @property
    def distance_m(self) -> float | None:
        """Total distance in m, null where none is measured."""
        return float(self.rows["distance_m"][-1]) if "distance_m" in self.rows.columns else None

    @property
    def moving_s(self) -> float:
        """Timer time in s."""
        return float(self.rows["timer_s"][-1])

    @property
    def elapsed_s(self) -> float:
        """Time from start to end in s, pauses included."""
        return float(self.rows["elapsed_s"][-1])


def recording(planned: PlannedActivity, seed: int, number: int) -> Recording:
    """Recording of the activity with this number in the plan; the same seed and number give the
    same rows.
    """
    draw = np.random.default_rng((seed, 2, number))
    if planned.distance_m is None:
        columns = _indoor_columns(planned, draw)
    elif planned.sport == "swimming":
        columns = _swim_columns(planned.distance_m, planned.speed_mps, draw)
    else:
        columns = _course_columns(planned, planned.distance_m, draw)
    pauses = _pauses(len(columns["timer_s"]), draw) if "latitude_deg" in columns else ()
    height_m = columns.pop("height_m", None)
    rows = pl.DataFrame({"elapsed_s": elapsed(columns["timer_s"], pauses), **columns})
    climb_m = None if height_m is None else np.diff(height_m)
    return Recording(
        planned,
        planned.started_at,
        rows,
        pauses,
        _lap_ends(planned, columns),
        None if climb_m is None else float(climb_m[climb_m > 0].sum()),
        None if climb_m is None else float(-climb_m[climb_m < 0].sum()),
        _rpe(planned, draw),
    )


def elapsed(timer_s: FloatArray, pauses: tuple[tuple[int, int], ...]) -> FloatArray:
    """Seconds since the start of moments given in timer seconds; the moment a pause begins lies
    before it.
    """
    elapsed_s = timer_s.copy()
    for at_s, length_s in pauses:
        elapsed_s += np.where(elapsed_s > at_s, length_s, 0)
    return elapsed_s


def _course_columns(
    planned: PlannedActivity, length_m: float, draw: np.random.Generator
) -> dict[str, FloatArray]:
    """Columns of anything that moves along a course, one value per second of timer time."""
    course_m = np.arange(0.0, length_m + COURSE_STEP_M, COURSE_STEP_M)
    height_m = hill_height(planned.shape, length_m, planned.climb_m, course_m)
    grade = np.gradient(height_m, COURSE_STEP_M)
    speed_mps = _course_speed(planned, course_m, grade, draw)
    clock_s = np.concatenate(([0.0], np.cumsum(COURSE_STEP_M / speed_mps[:-1])))
    timer_s = np.arange(0.0, np.floor(clock_s[-1]) + 1.0)
    distance_m = np.interp(timer_s, clock_s, course_m)
    speed_mps, grade = (
        np.interp(distance_m, course_m, speed_mps),
        np.interp(distance_m, course_m, grade),
    )
    columns = {"timer_s": timer_s, "distance_m": distance_m, "speed_mps": speed_mps}
    columns["heart_rate_bpm"] = _heart_rate(_effort_bpm(planned, speed_mps, grade), draw)
    columns["cadence_spm"] = _cadence(planned, speed_mps, grade, draw)
    if planned.sub_sport != "treadmill":
        columns |= _outdoor_columns(planned, length_m, distance_m, draw)
    if planned.sport == "running" and planned.device == "watch two":
        columns |= _dynamics(columns, grade, draw)
    return columns


def _course_speed(
    planned: PlannedActivity, course_m: FloatArray, grade: FloatArray, draw: np.random.Generator
) -> FloatArray:
    """Speed in m/s along the course: the effort's pattern, slower uphill, a little noise, smoothed
    over 40 m.
    """
    base_mps = np.full_like(course_m, planned.speed_mps)
    total_m = course_m[-1]
    if planned.effort in ("intervals", "tempo"):
        is_warming = (course_m < 2_000.0) | (course_m > total_m - 1_500.0)
        is_between = (np.mod(course_m - 2_000.0, 1_200.0) > 800.0) & (planned.effort == "intervals")
        base_mps = np.where(is_warming, 2.75, np.where(is_between, 2.4, base_mps))
    sensitivity = 4.5 if planned.sport == "cycling" else 2.6
    speed_mps = (
        base_mps
        * np.clip(1.0 - sensitivity * grade, 0.55, 1.45)
        * (1.0 + wander(draw, course_m.size, 0.025, 60))
    )
    kernel = np.ones(11) / 11.0
    return np.asarray(
        np.convolve(np.pad(speed_mps, 5, mode="edge"), kernel, mode="valid"), dtype=np.float64
    )


def _effort_bpm(planned: PlannedActivity, speed_mps: FloatArray, grade: FloatArray) -> FloatArray:
    """Heart rate in beats per minute that the effort leads to."""
    if planned.sport == "cycling":
        return 118.0 + 9.0 * (speed_mps - 7.3) + 900.0 * np.clip(grade, -0.02, 0.04)
    if planned.sport in ("walking", "hiking"):
        return 92.0 + 20.0 * (speed_mps - 1.4) + 260.0 * np.clip(grade, -0.02, 0.15)
    return 141.0 + 27.0 * (speed_mps * (1.0 + 4.0 * np.clip(grade, -0.06, 0.12)) - 2.75)


def _heart_rate(target_bpm: FloatArray, draw: np.random.Generator) -> FloatArray:
    """Heart rate that lags the effort by 40 s, drifts up 5 beats an hour and is missing for the
    first 3 s.
    """
    rows = target_bpm.size
    kernel = np.exp(-np.arange(5.0 * HEART_LAG_S) / HEART_LAG_S)
    started_bpm = np.concatenate((np.full(kernel.size, 84.0), target_bpm))
    lagged_bpm = np.convolve(started_bpm, kernel / kernel.sum())[kernel.size : kernel.size + rows]
    drift_bpm = 5.0 * np.arange(rows) / 3600.0
    heart_rate_bpm = np.rint(
        np.clip(
            lagged_bpm + drift_bpm + wander(draw, rows, 1.6, 12), RESTING_BPM + 8.0, MAXIMAL_BPM
        )
    )
    heart_rate_bpm[:3] = np.nan
    return np.asarray(heart_rate_bpm, dtype=np.float64)


def _cadence(
    planned: PlannedActivity, speed_mps: FloatArray, grade: FloatArray, draw: np.random.Generator
) -> FloatArray:
    """Steps per minute of both feet on foot, turns per minute on the bike; 0 in the first two
    seconds.
    """
    noise = wander(draw, speed_mps.size, 1.0, 5) + draw.normal(0.0, 0.8)
    if planned.sport == "cycling":
        cadence = np.where(grade < -0.025, 0.0, 84.0 + 1.5 * (speed_mps - 7.3) + 3.0 * noise)
    elif planned.sport in ("walking", "hiking"):
        cadence = 113.0 + 28.0 * (speed_mps - 1.45) + noise
    else:
        tired_spm = -1.2 * np.linspace(0.0, 1.0, speed_mps.size)
        cadence = (
            RUN_CADENCE_SPM
            + RUN_CADENCE_PER_MPS * (speed_mps - REFERENCE_MPS)
            + tired_spm
            + planned.cadence_shift_spm
            + noise
        )
    cadence[:2] = 0.0
    return np.asarray(cadence, dtype=np.float64)


def _outdoor_columns(
    planned: PlannedActivity, length_m: float, distance_m: FloatArray, draw: np.random.Generator
) -> dict[str, FloatArray]:
    """Position with 1.5 m of slow satellite error, altitude with the slow drift of a barometer,
    and the true height.
    """
    rows = distance_m.size
    latitude_deg, longitude_deg = loop_position(planned.place, planned.shape, length_m, distance_m)
    error_deg = 1.5 / 111_320.0
    height_m = hill_height(planned.shape, length_m, planned.climb_m, distance_m)
    return {
        "latitude_deg": latitude_deg + wander(draw, rows, error_deg, 20),
        "longitude_deg": longitude_deg + wander(draw, rows, 2.0 * error_deg, 20),
        "altitude_m": planned.place.altitude_m + height_m + wander(draw, rows, 0.4, 240),
        "height_m": height_m,
    }


def _dynamics(
    columns: Mapping[str, FloatArray], grade: FloatArray, draw: np.random.Generator
) -> dict[str, FloatArray]:
    """Running dynamics of the newer watch: power, bounce, ground contact, balance, step length, in
    the units of their names.
    """
    speed_mps, rows = columns["speed_mps"], columns["speed_mps"].size
    cadence_spm = np.where(columns["cadence_spm"] > 0, columns["cadence_spm"], np.nan)
    step_length_mm = speed_mps * 60_000.0 / cadence_spm
    vertical_oscillation_mm = 88.0 - 0.5 * (cadence_spm - 168.0) + wander(draw, rows, 1.5, 10)
    return {
        "power_w": 72.0 * speed_mps * np.clip(1.04 + 3.6 * grade, 0.6, 1.6)
        + wander(draw, rows, 5.0, 4),
        "vertical_oscillation_mm": vertical_oscillation_mm,
        "vertical_ratio_pct": 100.0 * vertical_oscillation_mm / step_length_mm,
        "ground_contact_ms": 262.0
        - 26.0 * (speed_mps - 2.75)
        - 0.8 * (cadence_spm - 168.0)
        + wander(draw, rows, 3.0, 10),
        "ground_contact_left_pct": 50.2 + draw.normal(0.0, 0.15) + wander(draw, rows, 0.3, 30),
        "step_length_mm": step_length_mm,
    }


def _swim_columns(
    length_m: float, speed_mps: float, draw: np.random.Generator
) -> dict[str, FloatArray]:
    """Pool swim: sets of 200 m with rests; distance grows by whole lengths of 25 m, as watches
    count it.
    """
    swum_mps, remaining_m = [0.0], length_m
    while remaining_m > 0:
        set_m = min(SET_LENGTH_M, remaining_m)
        seconds = int(np.ceil(set_m / (speed_mps * draw.normal(1.0, 0.02))))
        swum_mps += [set_m / seconds] * seconds + [0.0] * SET_REST_S
        remaining_m -= set_m
    distance_m = np.floor(np.cumsum(swum_mps) / POOL_LENGTH_M + 1e-6) * POOL_LENGTH_M
    moving = np.array(swum_mps) > 0
    return {
        "timer_s": np.arange(float(distance_m.size)),
        "distance_m": distance_m,
        "heart_rate_bpm": _heart_rate(np.where(moving, 132.0, 104.0), draw),
    }


def _indoor_columns(planned: PlannedActivity, draw: np.random.Generator) -> dict[str, FloatArray]:
    """Strength or yoga: heart rate alone, in waves of sets."""
    rows = round(60.0 * (planned.minutes or 0.0)) + 1
    seconds = np.arange(float(rows))
    base_bpm, wave_bpm = (108.0, 16.0) if planned.effort == "strength" else (80.0, 5.0)
    return {
        "timer_s": seconds,
        "heart_rate_bpm": _heart_rate(base_bpm + wave_bpm * np.sin(seconds / 28.0), draw),
    }


def _pauses(rows: int, draw: np.random.Generator) -> tuple[tuple[int, int], ...]:
    """Up to two stops of 15–90 s, each as (elapsed second of its start, length)."""
    count = int(draw.choice(3, p=(0.60, 0.28, 0.12)))
    at = np.sort(draw.choice(np.arange(rows // 6, rows - rows // 6), count, replace=False))
    lengths = draw.integers(15, 91, count)
    starts = at + np.concatenate(([0], np.cumsum(lengths[:-1]))) if count else at
    return tuple((int(start), int(length)) for start, length in zip(starts, lengths, strict=True))


def _lap_ends(
    planned: PlannedActivity, columns: Mapping[str, FloatArray]
) -> tuple[tuple[float, float, str], ...]:
    """Where laps end: every km (5 km on the bike, sets in the pool, repetitions by button), and
    the end of the session.
    """
    timer_s = columns["timer_s"]
    if "distance_m" not in columns:
        return ((float(timer_s[-1]), 0.0, "session_end"),)
    distance_m = columns["distance_m"]
    total_m = float(distance_m[-1])
    if planned.effort == "intervals":
        starts = np.arange(2_000.0, total_m - 1_500.0, 1_200.0)
        marks, trigger = np.sort(np.concatenate((starts, starts + 800.0))), "manual"
    else:
        step_m = {"cycling": 5_000.0, "swimming": SET_LENGTH_M}.get(planned.sport, 1_000.0)
        marks, trigger = (
            np.arange(step_m, total_m, step_m),
            "manual" if planned.sport == "swimming" else "distance",
        )
    marks = marks[marks < total_m - 5.0]
    # Distance in the pool jumps by whole lengths: between two jumps there is nothing to
    # interpolate.
    jump_s = timer_s[np.searchsorted(distance_m, marks)]
    crossing_s = jump_s if planned.sport == "swimming" else np.interp(marks, distance_m, timer_s)
    ends = [
        (float(second), float(mark), trigger)
        for second, mark in zip(crossing_s, marks, strict=True)
    ]
    return (*ends, (float(timer_s[-1]), total_m, "session_end"))


def _rpe(planned: PlannedActivity, draw: np.random.Generator) -> float | None:
    """Perceived exertion 1–10; only the newer watch asks for it."""
    if planned.device != "watch two" or planned.sport not in (
        "running",
        "cycling",
        "training",
        "swimming",
    ):
        return None
    usual = {
        "intervals": 7.5,
        "tempo": 7.0,
        "race": 9.0,
        "long": 5.0,
        "trail": 6.0,
        "yoga": 2.0,
    }.get(planned.effort, 4.0)
    return float(np.clip(round(usual + draw.normal(0.0, 0.8)), 1, 10))
