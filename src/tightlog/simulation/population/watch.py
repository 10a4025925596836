"""What a watch says of a simulated runner's nights and days, with known truth."""

from dataclasses import dataclass

import numpy as np

from tightlog.findings.arrays import FloatArray
from tightlog.simulation.population.days import memory

KNOWN_SHARE = 0.9


@dataclass(frozen=True)
class Watch:
    """How nights and days hang together with the back: not at all, unless said.

    `reliability` is the share of the variance of its stress that is the runner's real stress;
    without `is_whole` the watch says nothing but the stress.
    """

    reliability: float = 0.6
    is_whole: bool = True
    # Points of tightness per standard deviation of sleep that is missing, the next morning.
    sleep_points: float = 0.0
    # Hours of sleep lost in a night, per point of the back on its morning.
    spoilt_h: float = 0.0
    # Share of the steps lost on a day, per point of the back on its morning.
    steps_lost: float = 0.0


def sleep_z(total_d: int, rng: np.random.Generator) -> FloatArray:
    """Sleep of the nights that end on each day, in standard deviations."""
    return memory(rng, total_d, 0.3)


def watch_columns(
    watch: Watch,
    sleep: FloatArray,
    stress: FloatArray,
    back: FloatArray,
    distance_m: FloatArray,
    rng: np.random.Generator,
) -> dict[str, FloatArray]:
    """The columns of the days a watch fills, each known on nine days of ten."""
    total = back.size
    measured = np.sqrt(watch.reliability) * stress + np.sqrt(1 - watch.reliability) * memory(
        rng, total, 0.2
    )
    columns = {"context_watch_stress": np.clip(np.round(35 + 12 * measured), 1, 100)}
    if watch.is_whole:
        columns |= _nights(watch, sleep, back, distance_m, rng)
        columns |= _days(watch, back, distance_m, rng)
    for values in columns.values():
        values[rng.random(total) > KNOWN_SHARE] = np.nan
    return columns


def _nights(
    watch: Watch,
    sleep: FloatArray,
    back: FloatArray,
    distance_m: FloatArray,
    rng: np.random.Generator,
) -> dict[str, FloatArray]:
    # The night after a run differs whatever the back does.
    total = back.size
    ran = np.insert(distance_m[:-1] / 10_000.0, 0, 0.0)
    weekend = 0.6 * np.isin(np.arange(total) % 7, (5, 6))
    slept = 7.0 + 0.8 * sleep + weekend - watch.spoilt_h * (back - back.mean())
    return {
        "context_sleep_h": np.round(np.clip(slept, 2.0, 12.0), 2),
        "hrv_rmssd_deviation_sd": memory(rng, total, 0.4) - 0.4 * ran,
        "resting_heart_rate_deviation_bpm": np.round(2.0 * memory(rng, total, 0.6) + ran),
        "bed_time_7d_spread_h": 0.7 * np.exp(0.4 * memory(rng, total, 0.85)),
    }


def _days(
    watch: Watch, back: FloatArray, distance_m: FloatArray, rng: np.random.Generator
) -> dict[str, FloatArray]:
    # The steps of a run are steps of the day.
    total = back.size
    walked = 6000.0 * rng.lognormal(0, 0.35, total)
    kept = np.clip(1.0 - watch.steps_lost * (back - back.mean()), 0.1, 2.0)
    return {
        "context_steps": np.round(walked * kept + distance_m),
        "context_stand_h": np.clip(np.round(10 + 2.5 * memory(rng, total, 0.3)), 0, 24),
        "context_sitting_h": np.round(
            np.where(np.arange(total) % 7 < 5, 8.0, 4.0) + 1.2 * memory(rng, total, 0.3), 1
        ),
    }
