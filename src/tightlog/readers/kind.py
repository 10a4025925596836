"""What kind of activity a recording is by its movement alone, where nothing says it.

The speed is taken over 30 s at a time. A run is steady (or has the steps of a runner), never
slower than a walk for long and never faster than a runner. What is surely no run is a walk, a
drive, or something else; what could be a run and could be something else stays unknown.
Calibrated on recordings whose kind is known, with the kind hidden: docs/histories.md.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl

from tightlog.domain.sports import RUN_TOP_MEAN_MPS
from tightlog.readers.cadence import STRIDE_LIMIT_RPM
from tightlog.readers.half_minutes import RUN_TOP_MPS, HalfMinutes, half_minutes, spread
from tightlog.units import step_length_m

# Fewer moving windows (5 min) show no habit of movement; steps prove a run in less.
FEWEST_WINDOWS, FEWEST_STEP_WINDOWS = 10, 3
# The median speed of runs: a brisk walk below, 3:12 min/km above. Without steps and heart rate a
# steady ride along a canal looks the same from 3:48 min/km on.
RUN_MEDIAN_MPS = (1.9, 5.2)
BLIND_MEDIAN_MPS = 4.4
# Half-minutes faster than a runner: more of them than a jump of the receiver explains.
FAST_SHARE, FEWEST_FAST = 0.02, 2
# Spread of the speed, (90th - 10th percentile) / median: a runner's is small, a rider's follows
# hills and junctions. Steps prove the run (intervals), heart rate speaks for it.
BLIND_SPREAD, HEART_SPREAD, STEPS_SPREAD = 0.40, 0.65, 1.5
RUN_HEART_RATE_BPM, CALM_HEART_RATE_BPM = 130.0, 110.0
# Steps of a runner: steady, hardly ever 0, this many a minute, and this long.
STEPS_SPM = (140.0, 210.0)
STEP_LENGTH_M = (0.6, 1.7)
STEPS_VARIATION, NO_STEPS_SHARE = 0.1, 0.15
# A walk: nearly always slower than the slowest runners, without a runner's heart. With other steps
# than a walker's it is something as slow, such as a swim.
WALK_MOST_MPS = 1.9
WALK_HEART_RATE_BPM = 140.0
WALK_STEPS_SPM = (70.0, 150.0)
# Nobody rides a median of 54 km/h.
DRIVE_MEDIAN_MPS = 15.0
# A track of the day: hours long and slow over all.
DAY_TRACK_S, DAY_TRACK_MPS = 5 * 3600.0, 1.2
# Nobody runs with such a mean heart rate.
REST_HEART_RATE_BPM = 95.0
# A run moves most of the time; what lies still hardly ever does.
RUN_MOVING_SHARE, STILL_SHARE = 0.5, 0.05
# Twenty windows (10 min) that look like a run inside something faster: a run and a drive home.
MIXED_WINDOWS = 20

RUN, WALK, DRIVE, NO_RUN = "running", "walking", "driving", "generic"


@dataclass(frozen=True)
class Movement(HalfMinutes):
    """How a recording moved, with its mean heart rate (bpm) and its steps (None without a
    cadence).
    """

    heart_rate_bpm: float | None
    steps: "Steps | None"


@dataclass(frozen=True)
class Steps:
    """Cadence as steps of both feet: median (steps/min), interquartile range / median, and the
    share of records with one.
    """

    median_spm: float
    variation: float
    share: float


def sport_by_movement(
    records: pl.DataFrame, speed_mps: float | None, heart_rate_bpm: float | None
) -> str | None:
    """Sport that the records (RECORD_SCHEMA, cadence as recorded) show: running, walking, driving,
    generic for what is surely no run; None where it might be a run.

    Too short a recording, or none, is judged by its mean speed and heart rate alone.
    """
    moved = movement(records, heart_rate_bpm)
    if moved is not None and is_run(moved):
        return RUN
    if heart_rate_bpm is not None and heart_rate_bpm < REST_HEART_RATE_BPM:
        return NO_RUN
    if moved is not None and (is_still(moved) or is_day_track(moved)):
        return NO_RUN
    if moved is None or moved.speed_mps.size < FEWEST_WINDOWS:
        return _by_mean(speed_mps)
    if moved.median_mps >= DRIVE_MEDIAN_MPS:
        return DRIVE
    if is_slow(moved):
        return WALK if _is_walked(moved) else NO_RUN
    return (
        NO_RUN
        if is_too_fast(moved.fast_count, moved.speed_mps.size) and not holds_a_run(moved)
        else None
    )


def _by_mean(speed_mps: float | None) -> str | None:
    if speed_mps is None or speed_mps <= RUN_TOP_MEAN_MPS:
        return None
    return DRIVE if speed_mps >= DRIVE_MEDIAN_MPS else NO_RUN


def movement(records: pl.DataFrame, heart_rate_bpm: float | None) -> Movement | None:
    """How the records moved while the timer ran; None without two distances in time."""
    moved = half_minutes(records)
    if moved is None:
        return None
    return Movement(**vars(moved), heart_rate_bpm=heart_rate_bpm, steps=_steps(records))


def is_run(moved: Movement) -> bool:
    """True when the speed is a runner's, and steady enough for what steps and heart rate say."""
    fewest = FEWEST_WINDOWS if moved.steps is None else FEWEST_STEP_WINDOWS
    if moved.speed_mps.size < max(fewest, RUN_MOVING_SHARE * moved.seen_count):
        return False
    if is_too_fast(moved.fast_count, moved.speed_mps.size):
        return False
    median, heart = moved.median_mps, moved.heart_rate_bpm
    if not RUN_MEDIAN_MPS[0] <= median <= RUN_MEDIAN_MPS[1]:
        return False
    if moved.steps is not None:
        return moved.spread <= STEPS_SPREAD and _are_run_steps(moved.steps, median)
    if heart is not None and heart >= RUN_HEART_RATE_BPM:
        return moved.spread <= HEART_SPREAD
    is_alive = heart is None or heart >= CALM_HEART_RATE_BPM
    return is_alive and median <= BLIND_MEDIAN_MPS and moved.spread <= BLIND_SPREAD


def is_slow(moved: Movement) -> bool:
    """True when nearly all of it is slower than the slowest runners, without a runner's heart."""
    is_calm = moved.heart_rate_bpm is None or moved.heart_rate_bpm <= WALK_HEART_RATE_BPM
    return is_calm and float(np.percentile(moved.speed_mps, 90)) <= WALK_MOST_MPS


def is_still(moved: Movement) -> bool:
    """True when it hardly moved for five minutes or more."""
    is_lasting = moved.seen_count >= FEWEST_WINDOWS
    return is_lasting and moved.speed_mps.size <= STILL_SHARE * moved.seen_count


def is_day_track(moved: Movement) -> bool:
    """True for hours that are slower over all than any run."""
    is_hours = moved.lasting_s >= DAY_TRACK_S
    return is_hours and moved.distance_m < DAY_TRACK_MPS * moved.lasting_s


def is_too_fast(fast_count: int, count: int) -> bool:
    """True when more half-minutes are faster than a runner than a jumping receiver explains."""
    return fast_count >= FEWEST_FAST and fast_count > FAST_SHARE * count


def _steps(records: pl.DataFrame) -> Steps | None:
    """Steps of a cadence as recorded (strides or steps), without the walks between where there are
    running speeds; None with hardly any value.
    """
    # NaN where there is none, which is neither more nor less than anything.
    cadence = records["cadence_spm"].to_numpy()
    running = cadence[records["speed_mps"].to_numpy() >= RUN_MEDIAN_MPS[0]]
    if (running > 0).sum() >= FEWEST_WINDOWS:
        cadence = running
    stepping = cadence[cadence > 0]
    if stepping.size < FEWEST_WINDOWS:
        return None
    low, middle, high = np.percentile(stepping, (25, 50, 75))
    median_spm = 2.0 * middle if middle < STRIDE_LIMIT_RPM else middle
    return Steps(float(median_spm), float((high - low) / middle), stepping.size / len(cadence))


def _are_run_steps(steps: Steps, speed_mps: float) -> bool:
    length_m = step_length_m(speed_mps, steps.median_spm)
    return (
        STEPS_SPM[0] <= steps.median_spm <= STEPS_SPM[1]
        and STEP_LENGTH_M[0] <= length_m <= STEP_LENGTH_M[1]
        and steps.variation <= STEPS_VARIATION
        and steps.share >= 1.0 - NO_STEPS_SHARE
    )


def _is_walked(moved: Movement) -> bool:
    steps = moved.steps
    return steps is None or WALK_STEPS_SPM[0] <= steps.median_spm <= WALK_STEPS_SPM[1]


def holds_a_run(moved: Movement) -> bool:
    """True when ten minutes in a row of something faster look like a run."""
    if moved.speed_mps.size < MIXED_WINDOWS:
        return False
    parts = np.lib.stride_tricks.sliding_window_view(moved.speed_mps, MIXED_WINDOWS)
    medians = np.median(parts, axis=1)
    is_of_runner = (medians >= RUN_MEDIAN_MPS[0]) & (medians <= RUN_MEDIAN_MPS[1])
    is_of_runner &= parts.max(axis=1) <= RUN_TOP_MPS
    return any(spread(part) <= BLIND_SPREAD for part in parts[is_of_runner])
