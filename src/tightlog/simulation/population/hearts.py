"""Runners whose maximum heart rate is known, with what sensors get wrong planted on top: the
frames of which the maximum is computed.

A run is easy, tempo, intervals or a race, and peaks at a share of the maximum that goes with it
(85, 91, 95 and 98 %, ours). Artefacts are of three kinds: static of a dry chest strap in the first
minutes, an optical sensor that counts steps, and one watch that always reads high.
"""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import numpy as np
import polars as pl

FIRST_DAY = date(2024, 1, 1)
HALF_MINUTES = 80
PEAK_SHARE = {"easy": (0.85, 0.03), "tempo": (0.91, 0.015), "intervals": (0.95, 0.012),
              "race": (0.98, 0.008)}  # fmt: skip
Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Heart:
    """A runner: the true maximum in beats/min, how many runs, how often which kind, and what share
    of runs each artefact spoils; `high_bpm` is what the second watch adds, worn on `high_share`.
    """

    maximum_bpm: float
    run_count: int = 150
    hard_share: float = 0.2
    race_share: float = 0.03
    cadence_spm: float = 170.0
    static_share: float = 0.0
    locked_share: float = 0.0
    high_share: float = 0.0
    high_bpm: float = 0.0


@dataclass(frozen=True)
class HeartFrames:
    """The frames the features read: activities, half-minutes, seconds at each heart rate."""

    activities: pl.DataFrame
    run_windows: pl.DataFrame
    heart_rate_seconds: pl.DataFrame


def drawn_heart(seed: int, is_spoilt: bool = True) -> Heart:
    """A runner drawn from the seed; with every second one wearing one watch only."""
    draw = np.random.default_rng(seed)
    heart = Heart(
        maximum_bpm=float(np.clip(draw.normal(182, 11), 155, 203)),
        run_count=int(draw.integers(30, 350)),
        hard_share=float(draw.uniform(0.05, 0.3)),
        race_share=float(draw.uniform(0.01, 0.06)),
        cadence_spm=float(draw.normal(170, 6)),
    )
    if not is_spoilt:
        return heart
    spoilt = replace(
        heart,
        static_share=float(draw.uniform(0, 0.15)),
        locked_share=float(draw.uniform(0, 0.15)),
    )
    if seed % 2:
        return spoilt
    high_bpm = float(draw.uniform(14, 40))
    return replace(spoilt, high_share=float(draw.uniform(0.1, 0.4)), high_bpm=high_bpm)


def heart_frames(heart: Heart, seed: int) -> HeartFrames:
    """Every run of the runner, one each other day."""
    draw = np.random.default_rng(seed)
    activities: Rows = []
    windows, seconds = [], []
    for number in range(heart.run_count):
        name, is_high = f"r{number:04d}", draw.random() < heart.high_share
        run = _half_minutes(heart, draw, is_high).with_columns(activity_id=pl.lit(name))
        windows.append(run)
        seconds.append(
            run.group_by("activity_id", pl.col("heart_rate_bpm").round().cast(pl.Int32))
            .agg(pl.col("seconds").sum())
            .sort("heart_rate_bpm")
        )
        activities.append(_activity(name, number, "second watch" if is_high else "first watch"))
    return HeartFrames(pl.DataFrame(activities), pl.concat(windows), pl.concat(seconds))


def _activity(name: str, number: int, device: str) -> dict[str, Any]:
    day = FIRST_DAY + timedelta(days=2 * number)
    minutes_s = 30.0 * HALF_MINUTES
    return {
        "activity_id": name,
        "sport": "running",
        "sub_sport": "generic",
        "day": day,
        "started_at": datetime.combine(day, time(17), UTC),
        "moving_s": minutes_s,
        "elapsed_s": minutes_s,
        "heart_rate_bpm": None,
        "rpe": None,
        "device": device,
    }


def _half_minutes(heart: Heart, draw: np.random.Generator, is_high: bool) -> pl.DataFrame:
    chances = (heart.race_share, heart.hard_share / 2, heart.hard_share / 2)
    names, odds = ("race", "intervals", "tempo", "easy"), (*chances, 1 - sum(chances))
    kind = str(draw.choice(names, p=odds))
    peak = float(np.clip(draw.normal(*PEAK_SHARE[kind]), 0.6, 1.0)) * heart.maximum_bpm
    place = np.arange(HALF_MINUTES)
    effort = np.minimum(1.0, 0.82 + 0.03 * np.minimum(place, 4) + 0.06 * place / HALF_MINUTES)
    beats = np.minimum(peak * effort + draw.normal(0, 1.0, HALF_MINUTES), peak)
    # The same effort is the same speed whatever the watch says.
    speed = 1.2 + 2.6 * beats / heart.maximum_bpm + draw.normal(0, 0.08, HALF_MINUTES)
    cadence = heart.cadence_spm + 9 * (speed - 3.2) + draw.normal(0, 1.0, HALF_MINUTES)
    beats = beats + (heart.high_bpm if is_high else 0.0)
    if draw.random() < heart.locked_share:
        start = int(draw.integers(0, HALF_MINUTES // 2))
        beats[start:] = cadence[start:] + draw.normal(0, 0.7, HALF_MINUTES - start)
    if draw.random() < heart.static_share:
        length = int(draw.integers(2, 9))
        beats[:length] = np.clip(draw.normal(214, 5, length), 205, 220)
    return pl.DataFrame(
        {
            "window_index": pl.Series(place, dtype=pl.Int32),
            "elapsed_s": 30.0 * place,
            "seconds": 30.0,
            "speed_mps": speed,
            "cadence_spm": cadence,
            "grade": 0.0,
            "heart_rate_bpm": np.minimum(beats, 220.0),
        }
    )
