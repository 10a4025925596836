"""Days of simulated runners whose lives are not kind to statistics: plans with races and tapers,
holidays, injuries, a floor of the scale, and things that move both back and training.

Unlike days.py, every exposure of the shipped family is filled, and an effect may come one, two or
three days after the run.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl

from tightlog.findings.arrays import BoolArray, FloatArray, IntArray
from tightlog.simulation.population.days import day_frame, memory
from tightlog.simulation.population.watch import Watch, sleep_z, watch_columns

BURN_IN_D = 40
SPREAD = 1.3
RACE_EVERY_D = 84


@dataclass(frozen=True)
class Life:
    """The truth behind one runner: back, training, what moves both, and how the diary is kept."""

    carry_over: float = 0.8
    noise_share: float = 0.1
    mean: float = 3.0  # points; near 0 the floor of the scale cuts scores off
    zeros: bool = False  # about three of four scores are 0
    # Points per standard deviation of the distance one, two and three days before.
    per_sd: tuple[float, float, float] = (0.0, 0.0, 0.0)
    evening_per_sd: float = 0.0  # of the same day's distance, where scores are given in the evening
    moment: str = "morning"  # "morning", "evening" or "unknown" (dates only)
    plain: bool = False  # four runs a week at random, without plan and races
    every_other_day: bool = False
    races: bool = True
    holidays: bool = False  # two weeks twice a year without running, back lower by a point
    injuries: bool = False  # a month without running every four, back higher by 2.5 points
    shifts: bool = False  # eight-day rota; nights: tighter and no run
    shifts_points: float = 0.0
    cycle_points: float = 0.0  # 28-day cycle of the back; the week before runs are shorter
    device_change: bool = False  # from one day on distances read 12 % more
    not_at_random: bool = False  # tight days and run days are logged more often
    reaction: float = 0.0  # a tight morning makes runs rarer and shorter
    stress_points: float = 0.0  # unlogged stress: tighter, and shorter runs
    stress_next_points: float = 0.0  # the same, tighter on the morning after
    missing: float = 0.2
    watch: Watch | None = None


def days_of_life(life: Life, length_d: int, rng: np.random.Generator) -> pl.DataFrame:
    """One row per day with the score, its moment and every exposure of the family; column
    `distance_sd_m` is the unit of `per_sd`.
    """
    total = length_d + BURN_IN_D
    day = np.arange(total)
    is_away, is_hurt = _holidays(life, day, rng), _injuries(life, day, rng)
    night_shift = _is_night_shift(life, day, rng)
    wave = np.sin(2 * np.pi * (day / 28.0 + rng.random())) * (life.cycle_points != 0)
    is_stressed = life.stress_points != 0 or life.stress_next_points != 0
    stress = memory(rng, total, 0.6) * is_stressed
    back = SPREAD * memory(rng, total, life.carry_over)
    back += -1.0 * is_away + 2.5 * is_hurt + life.cycle_points * wave
    back += life.shifts_points * night_shift + life.stress_points * stress
    back += life.stress_next_points * np.insert(stress[:-1], 0, 0.0)
    distance = _distance_m(life, day, back, rng) * ~is_away * ~is_hurt
    distance *= np.clip(1 - 0.25 * wave, 0.2, 2) * np.clip(1 - 0.3 * stress, 0.1, 2.0)
    distance *= ~(night_shift & (rng.random(total) < 0.8))
    if life.device_change:
        distance = distance * np.where(day > total * (0.3 + 0.4 * rng.random()), 1.12, 1.0)
    # A generator of its own: who wears a watch lives the same life as who wears none.
    watch_rng = rng.spawn(1)[0]
    sleep = sleep_z(total, watch_rng)
    felt = life.mean + back + _effect(life, distance)
    felt = felt - (life.watch.sleep_points if life.watch else 0.0) * sleep
    felt = felt + rng.normal(size=total) * SPREAD * np.sqrt(
        life.noise_share / (1 - life.noise_share)
    )
    score = np.round(np.clip(felt, 0, 10))
    if life.zeros:
        score = np.clip(np.round(felt - life.mean - 0.45 * SPREAD), 0, 10)
    score[_is_missing(life, back, distance, rng)] = np.nan
    columns = {"tightness_score": score, "distance_sd_m": np.full(total, distance.std())}
    columns |= _family(distance, rng)
    if life.watch:
        columns |= watch_columns(life.watch, sleep, stress, back, distance, watch_rng)
    days = day_frame(columns)[BURN_IN_D:]
    return days.with_columns(tightness_moment=pl.lit(life.moment))


def _effect(life: Life, distance_m: FloatArray) -> FloatArray:
    z = (distance_m - distance_m.mean()) / max(float(distance_m.std()), 1e-9)
    told = life.evening_per_sd * z
    for lag_d, points in enumerate(life.per_sd, start=1):
        told[lag_d:] += points * z[:-lag_d]
    return np.asarray(told)


def _distance_m(
    life: Life, day: IntArray, back: FloatArray, rng: np.random.Generator
) -> FloatArray:
    # Easy runs on three days of the week and a long one on Sundays, three weeks up and one down;
    # before a race two weeks of taper, after it a week of rest.
    total, weekday = day.size, day % 7
    tight = life.reaction * back / SPREAD
    drift = np.exp(0.25 * memory(rng, total, 0.98))
    if life.every_other_day:
        start = int(rng.integers(2))
        wish, length = np.where(day % 2 == start, 0.95, 0.03), 8.0 * np.ones(total)
    elif life.plain:
        wish, length = np.full(total, 4 / 7), 8.0 * np.ones(total)
    else:
        wish = np.array([0.1, 0.85, 0.25, 0.85, 0.1, 0.55, 0.92])[weekday]
        length = np.array([6.0, 8.0, 7.0, 10.0, 6.0, 7.0, 16.0])[weekday]
        length = length * np.array([0.9, 1.0, 1.1, 0.7])[(day // 7) % 4]
    distance = np.where(
        rng.random(total) < wish - 0.1 * tight,
        1000 * length * drift * rng.lognormal(0, 0.25, total) * np.clip(1 - 0.15 * tight, 0.1, 2),
        0.0,
    )
    if life.races and not life.plain:
        to_race = (RACE_EVERY_D - day + int(rng.integers(RACE_EVERY_D))) % RACE_EVERY_D
        distance = distance * np.select(
            [to_race == 0, to_race <= 7, to_race <= 14, to_race >= RACE_EVERY_D - 7],
            [0.0, 0.4, 0.7, 0.3],
            1.0,
        )
        distance[to_race == 0] = 1000.0 * rng.choice([10.0, 21.1, 42.2])
    return np.asarray(distance)


def _holidays(life: Life, day: IntArray, rng: np.random.Generator) -> BoolArray:
    start = int(rng.integers(180))
    return np.asarray(((day + start) % 182 < 14) & life.holidays)


def _injuries(life: Life, day: IntArray, rng: np.random.Generator) -> BoolArray:
    start = int(rng.integers(120))
    return np.asarray(((day + start) % 120 < 30) & life.injuries)


def _is_night_shift(life: Life, day: IntArray, rng: np.random.Generator) -> BoolArray:
    return np.asarray(((day + int(rng.integers(8))) % 8 < 3) & life.shifts)


def _is_missing(
    life: Life, back: FloatArray, distance_m: FloatArray, rng: np.random.Generator
) -> BoolArray:
    pull = (back / SPREAD + 0.8 * (distance_m > 0)) * life.not_at_random
    reluctance = rng.logistic(size=back.size) - pull
    return np.asarray(reluctance > np.quantile(reluctance, 1 - life.missing))


def _family(distance_m: FloatArray, rng: np.random.Generator) -> dict[str, FloatArray]:
    # Every exposure of the shipped family; those besides the distance follow habits of their own.
    total = distance_m.size
    longest = np.array([distance_m[max(0, d - 30) : d].max(initial=0.0) for d in range(total)])
    is_run = distance_m > 0
    hilly = rng.random(total) < 0.3
    cadence = np.where(is_run, memory(rng, total, 0.3) * 1.5, np.nan)
    strength = rng.random(total) < 0.25
    since = _days_since(strength)
    return {
        "run_distance_m": distance_m,
        "run_distance_7d_m": np.convolve(distance_m, np.ones(7))[:total],
        "session_spike": ((distance_m > 1.1 * longest) & (longest > 0)).astype(np.float64),
        "descent_m": distance_m / 1000 * np.where(hilly, 14.0, 4.0) * rng.lognormal(0, 0.3, total),
        "load_au": distance_m / 100 * rng.lognormal(0, 0.3, total),
        "cadence_residual_pct": cadence,
        "days_without_strength": np.minimum(since, 7.0),
        "mobility_min": np.where(rng.random(total) < 0.35, rng.lognormal(2.5, 0.4, total), 0.0),
        "swim_min": np.where(rng.random(total) < 0.06, 40.0, 0.0),
        "cycle_min": np.where(rng.random(total) < 0.2, rng.lognormal(4, 0.4, total), 0.0),
    }


def _days_since(is_done: BoolArray) -> FloatArray:
    day = np.arange(is_done.size, dtype=np.float64)
    return np.asarray(day - np.maximum.accumulate(np.where(is_done, day, -7.0)))


LIVES: dict[str, Life] = {
    "plain": Life(plain=True),
    "realistic": Life(),
    "floor": Life(mean=1.2),
    "zeros": Life(zeros=True),
    "sticky": Life(carry_over=0.93),
    "sticky_floor": Life(carry_over=0.93, mean=1.2),
    "very_sticky": Life(carry_over=0.97),
    "noise": Life(noise_share=0.5),
    "holidays": Life(holidays=True),
    "injuries": Life(injuries=True),
    "device_change": Life(device_change=True),
    "not_at_random": Life(not_at_random=True, missing=0.35),
    "reaction": Life(reaction=0.9),
    "cycle_of_28_days": Life(cycle_points=1.0),
    "evening": Life(moment="evening"),
}
PLANTED_LIVES: dict[str, Life] = {
    "plain_0.6": Life(plain=True, per_sd=(0.6, 0.0, 0.0)),
    "realistic_0.6": Life(per_sd=(0.6, 0.0, 0.0)),
    "realistic_0.5": Life(per_sd=(0.5, 0.0, 0.0)),
    "realistic_0.3": Life(per_sd=(0.3, 0.0, 0.0)),
    "floor_0.5": Life(mean=1.5, per_sd=(0.5, 0.0, 0.0)),
    "two_days_0.4": Life(per_sd=(0.0, 0.4, 0.0)),
    "three_days_0.4": Life(per_sd=(0.0, 0.0, 0.4)),
}
WITHOUT_TIME: dict[str, Life] = {
    "every_other_day": Life(
        moment="unknown", evening_per_sd=0.6, every_other_day=True, races=False
    ),
    "weekly_plan": Life(moment="unknown", evening_per_sd=0.6),
}
# A life with a watch and without: what the watch says of stress that moves both.
STRESS_MOVES_BOTH: dict[str, Life] = {
    "stress_without_watch": Life(stress_next_points=1.2),
    "stress_with_watch": Life(stress_next_points=1.2, watch=Watch(0.6, is_whole=False)),
}
LIVES_OF_NIGHTS: dict[str, Life] = {
    "nights_realistic": Life(watch=Watch()),
    "nights_floor": Life(mean=1.2, watch=Watch()),
    "nights_sticky": Life(carry_over=0.93, watch=Watch()),
    "nights_noise": Life(noise_share=0.5, watch=Watch()),
    "nights_run_moves_both": Life(per_sd=(0.5, 0.0, 0.0), watch=Watch()),
    "nights_spoilt": Life(watch=Watch(spoilt_h=0.4)),
    "nights_fewer_steps": Life(watch=Watch(steps_lost=0.15)),
}
PLANTED_NIGHTS: dict[str, Life] = {
    "nights_sleep_0.5": Life(watch=Watch(sleep_points=0.5)),
    "nights_sleep_0.3": Life(watch=Watch(sleep_points=0.3)),
}
HIDDEN_CAUSES: dict[str, Life] = {
    "shift_rota": Life(shifts=True, shifts_points=1.0),
    "unlogged_stress": Life(stress_points=0.7),
}
