"""The days of simulated runners with known truth, each runner a frame like the relation `day`."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import polars as pl
from scipy import signal

from tightlog.findings.arrays import BoolArray, FloatArray, IntArray
from tightlog.simulation.population.runner import SCORE_MEAN, SCORE_SPREAD, Runner

BURN_IN_D = 60
FIRST_DAY = date(2024, 1, 1)


def simulated_days(
    runner: Runner, length_d: int, missing: float, runners: int, seed: int
) -> Iterator[pl.DataFrame]:
    """Day frames of simulated runners who share one truth."""
    for number in range(runners):
        yield days_of(runner, length_d, missing, np.random.default_rng([seed, number]))


def days_of(
    runner: Runner, length_d: int, missing: float, rng: np.random.Generator
) -> pl.DataFrame:
    """Days of one simulated runner, a share of them (`missing`) without a score."""
    course = _course(length_d + BURN_IN_D, rng)
    is_injured = _is_injured(runner, course, rng)
    back = _back(runner, course, rng) + runner.injuries * is_injured
    stress = memory(rng, back.size, 0.5) if runner.logs == "stress" else np.zeros(back.size)
    back += 0.8 * np.concatenate([[0.0], stress[:-1]])
    distance_m = np.where(is_injured, 0.0, _distance_m(runner, course, back, rng)) * np.clip(
        1 - 0.3 * stress, 0.1, 2.0
    )
    z = (distance_m - distance_m.mean()) / max(float(distance_m.std()), 1e-9)
    yesterday = np.concatenate([[0.0], z[:-1]])
    felt = (
        SCORE_MEAN
        + back
        + yesterday * runner.effect_per_sd
        + rng.normal(size=back.size) * _noise_spread(runner, yesterday)
    )
    score = _reported(runner, felt)
    score[_is_missing(rng, runner, back, distance_m, missing)] = np.nan
    columns = _features(distance_m, rng) | {
        "tightness_score": score,
        "distance_sd_m": np.full(back.size, distance_m.std()),
    }
    days = day_frame(columns | _life(runner, stress, back, rng))[BURN_IN_D:]
    return (
        days.with_columns(tightness_moment=pl.lit("evening"))
        if runner.rated_on == "evenings"
        else days
    )


@dataclass(frozen=True)
class Course:
    """What back and training share: day numbers, share of the record gone by, the wave of the
    year, and the days after the one step.
    """

    numbers: IntArray
    share: FloatArray
    year: FloatArray
    is_after_step: BoolArray


def _course(total_d: int, rng: np.random.Generator) -> Course:
    numbers = np.arange(total_d)
    share = (numbers - BURN_IN_D) / (total_d - BURN_IN_D)
    phase, step_share = rng.random(), 0.2 + 0.6 * rng.random()
    return Course(numbers, share, np.sin(2 * np.pi * (numbers / 365.0 + phase)), share > step_share)


def _back(runner: Runner, course: Course, rng: np.random.Generator) -> FloatArray:
    # The back without any training, in points around the mean.
    state = SCORE_SPREAD * memory(rng, course.numbers.size, runner.carry_over, runner.tail_df)
    if runner.uneven == "time":
        state = state * np.exp(0.9 * np.sin(2 * np.pi * (course.numbers / 150.0 + rng.random())))
    busy = np.array([0.0, 0.3, -0.3, 0.2, -0.5, -1.0, 1.3])[course.numbers % 7]
    return np.asarray(
        state
        + runner.season * course.year
        + runner.weekly * np.roll(busy, 1)
        + runner.flares * flare_course(rng, state.size)
        + runner.trend_points * (course.share - 0.5)
        + runner.step_points * (course.is_after_step - 0.5)
    )


def _distance_m(
    runner: Runner, course: Course, back: FloatArray, rng: np.random.Generator
) -> FloatArray:
    # About four runs a week with a long one on Sundays; a tight morning makes a run rarer and
    # shorter where the runner reacts.
    total_d, weekday = back.size, course.numbers % 7
    if runner.exposure_carry_over is not None:
        return np.asarray(8000.0 * np.exp(0.6 * memory(rng, total_d, runner.exposure_carry_over)))
    tight = runner.reaction * back / SCORE_SPREAD
    drift = 0.35 * memory(rng, total_d, 0.985) + 0.3 * np.sign(runner.season) * course.year
    volume = np.exp(drift + np.sign(runner.trend_points) * (course.share - 0.5))
    volume *= np.where(
        runner.camps & ((course.numbers + int(rng.integers(90))) % 90 < 14), 2.2, 1.0
    )
    volume *= np.where((runner.step_points != 0) & course.is_after_step, 1.15, 1.0)
    wish = np.array([0.25, 0.7, 0.5, 0.7, 0.3, 0.6, 0.85])[weekday] - 0.1 * tight
    length_km = (
        np.where(weekday == 6, 15.0, 8.0)
        * volume
        * rng.lognormal(0, 0.25, total_d)
        * np.clip(1 - 0.15 * tight, 0.1, 2.0)
    )
    distance_m = np.where(rng.random(total_d) < wish, 1000.0 * length_km, 0.0)
    if runner.ultra_m:
        distance_m[BURN_IN_D + int(rng.integers(total_d - BURN_IN_D))] = runner.ultra_m
    return distance_m


def _is_injured(runner: Runner, course: Course, rng: np.random.Generator) -> BoolArray:
    # Four to eight weeks without running, about every 120 days.
    is_injured = np.zeros(course.numbers.size, dtype=bool)
    if runner.injuries:
        for start in range(int(rng.integers(20, 80)), is_injured.size, 120):
            is_injured[start : start + int(rng.integers(28, 57))] = True
    return is_injured


def _reported(runner: Runner, felt: FloatArray) -> FloatArray:
    if runner.scale == "zeros":
        # Three of four are 0 where the back is as usual.
        return np.asarray(np.clip(np.ceil(felt - SCORE_MEAN - 0.67 * SCORE_SPREAD), 0, 3))
    if runner.scale == "five":
        return np.asarray(2.5 * np.clip(np.round(felt / 2.5), 0, 4))
    return np.asarray(np.round(np.clip(felt, 0, 10)))


def _noise_spread(runner: Runner, yesterday: FloatArray) -> FloatArray:
    spread = np.full(
        yesterday.size, SCORE_SPREAD * np.sqrt(runner.noise_share / (1 - runner.noise_share))
    )
    return spread + (
        runner.uneven_points * np.maximum(yesterday + 0.5, 0.0)
        if runner.uneven == "distance"
        else 0.0
    )


def _is_missing(
    rng: np.random.Generator,
    runner: Runner,
    back: FloatArray,
    distance_m: FloatArray,
    missing: float,
) -> BoolArray:
    pull = (
        1.0 * back / SCORE_SPREAD + 0.8 * (distance_m > 0)
        if runner.not_at_random
        else np.zeros(back.size)
    )
    reluctance = rng.logistic(size=back.size) - pull
    numbers = np.arange(back.size)
    is_rated = {
        "all": numbers >= 0,
        "run_days": distance_m > 0,
        "evenings": distance_m == 0,
        "weekdays": numbers % 7 < 5,
        "sundays": numbers % 7 == 6,
        "bursts": (numbers - BURN_IN_D) % 100 < 40,
    }[runner.rated_on]
    return np.asarray((reluctance > np.quantile(reluctance, 1 - missing)) | ~is_rated)


def memory(
    rng: np.random.Generator, length_d: int, carry_over: float, tail_df: float | None = None
) -> FloatArray:
    """AR(1) of variance 1, started in its stationary state; with heavy tails its quartiles are
    those of variance 1.
    """
    shocks = (
        rng.normal(size=length_d)
        if tail_df is None
        else rng.standard_t(tail_df, size=length_d) / 1.2
    )
    shocks = shocks * np.sqrt(1 - carry_over**2)
    shocks[0] /= np.sqrt(1 - carry_over**2)
    return np.asarray(signal.lfilter([1.0], [1.0, -carry_over], shocks), dtype=np.float64)


def day_frame(columns: dict[str, FloatArray]) -> pl.DataFrame:
    """The columns (NaN is null) beside a calendar of consecutive days."""
    length_d = next(iter(columns.values())).size
    calendar = pl.Series("day", [FIRST_DAY + timedelta(days=number) for number in range(length_d)])
    return pl.DataFrame({"day": calendar, **columns}).with_columns(
        pl.col(pl.Float64).fill_nan(None)
    )


def flare_course(rng: np.random.Generator, length_d: int) -> FloatArray:
    """Flares that start about every 40 days and settle by themselves, 1 at the start of one."""
    starts = (rng.random(length_d) < 1 / 40).astype(np.float64)
    return np.minimum(
        np.asarray(signal.lfilter([1.0], [1.0, -0.85], starts), dtype=np.float64), 1.5
    )


def _life(
    runner: Runner, stress: FloatArray, back: FloatArray, rng: np.random.Generator
) -> dict[str, FloatArray]:
    # What the diary holds besides the scores, on nine days of ten.
    if not runner.logs:
        return {}
    told = (
        np.round(5 + 2 * stress)
        if runner.logs == "stress"
        else np.round(7 - 0.5 * back + 0.7 * rng.normal(size=back.size), 1)
    )
    told[rng.random(back.size) < 0.1] = np.nan
    return {"context_stress" if runner.logs == "stress" else "context_sleep_h": told}


def _features(distance_m: FloatArray, rng: np.random.Generator) -> dict[str, FloatArray]:
    week, month = _sum_of_days(distance_m, 7), _sum_of_days(distance_m, 28)
    longest = np.array(
        [distance_m[max(0, day - 30) : day].max(initial=0.0) for day in range(distance_m.size)]
    )
    acute, chronic = (
        signal.lfilter([rate], [1.0, rate - 1.0], distance_m) for rate in (2 / 8, 2 / 29)
    )
    return {
        "run_distance_m": distance_m,
        "run_distance_7d_m": week,
        "run_distance_28d_m": month,
        "load_au": distance_m / 100 * rng.lognormal(0, 0.4, distance_m.size),
        "session_spike": ((distance_m > 1.1 * longest) & (longest > 0)).astype(np.float64),
        "acute_chronic_ratio": acute / np.maximum(chronic, 1.0),
        "week_change": week / np.maximum(np.concatenate([np.full(7, np.nan), week[:-7]]), 1000.0),
    }


def _sum_of_days(values: FloatArray, days: int) -> FloatArray:
    return np.asarray(np.convolve(values, np.ones(days))[: values.size])
