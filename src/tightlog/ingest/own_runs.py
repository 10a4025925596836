"""Which recordings of unknown kind are runs, because they are like the runner's own runs.

A recording that its movement alone leaves open (a warm-up of four minutes, intervals with walks
between, a race faster than a steady ride) is compared with what the same runner surely did: by
correction, file, list, name or twin, or by a movement that leaves no doubt. At least ten runs have
to be like it in speed and heart rate, and hardly anything else. A piece recorded right before or
after a sure run (a warm-up, a repetition, a cool-down) may be shorter and at another heart rate, if
it is no faster than the runner's fast runs. Only what is sure without this rule is compared with,
so neither the order of arrival nor an earlier guess matters. Calibrated on recordings whose kind is
known, with the kind hidden: docs/histories.md.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
import polars as pl
from numpy.typing import NDArray

from tightlog.domain.sports import SportRule, is_run
from tightlog.readers.cadence import STRIDE_LIMIT_RPM
from tightlog.readers.kind import (
    CALM_HEART_RATE_BPM,
    FEWEST_WINDOWS,
    RUN_MEDIAN_MPS,
    RUN_MOVING_SHARE,
    STEPS_SPM,
    is_too_fast,
)

Numbers = NDArray[np.float64]

# So many sure runs have to be like it; of all that is like it, at most this share is something
# else.
FEWEST_LIKE, OTHER_SHARE = 10, 0.01
# Like it: a mean speed (while moving) at most 10 % apart, a heart rate at most 8 bpm.
LIKE_SPEED, LIKE_HEART_RATE_BPM = 0.10, 8.0
# Below 2.5 min of movement there is too little to compare. Up to 5 min only what is steady is
# compared, then also intervals with walks between.
FEWEST_OWN_WINDOWS, SHORT_SPREAD, INTERVAL_SPREAD = 5, 0.4, 1.0
# Beside a sure run: within 10 min of it, 1.5 to 15 min of movement and a heart at work, and a mean
# speed up to that of the runner's fast runs (the 95th percentile): who rides to the track slower
# than this, and hardly ever otherwise, is taken for a runner.
BESIDE = timedelta(minutes=10)
FEWEST_BESIDE_WINDOWS, MOST_BESIDE_WINDOWS, FAST_RUN_QUANTILE = 3, 30, 0.95
# Without a heart rate a ride may be like a run: only 10 min of a fairly steady movement are
# compared, and only if its runner hardly ever does anything else that is faster than a walk.
FEWEST_BLIND_WINDOWS, BLIND_OWN_SPREAD, FASTER_OTHERS_SHARE = 20, 0.55, 0.05

# What is compared, as stored with each activity; numbers, null where not measured.
COMPARED = (
    "seen_window_count",
    "moving_window_count",
    "fast_window_count",
    "window_speed_mps",
    "window_speed_high_mps",
    "window_speed_spread",
    "heart_rate_bpm",
    "speed_mps",
    "cadence_raw",
)
# Guesses that are no measure of others.
UNSURE = (SportRule.UNKNOWN, SportRule.SETTINGS)


@dataclass(frozen=True)
class _Own:
    """What the runner surely did: mean speeds (log of m/s) and heart rates (bpm, nan without) of
    runs and of all else, and whether hardly anything else is faster than a walk.
    """

    runs: tuple[Numbers, Numbers]
    others: tuple[Numbers, Numbers]
    is_hardly_else: bool


def like_own_runs(
    activities: pl.DataFrame, decided: Mapping[str, tuple[str, SportRule]]
) -> frozenset[str]:
    """Ids of the recordings of unknown kind that are like the runner's runs.

    `activities` has `activity_id` and COMPARED; `decided` has sport and rule of each that is kept.
    """
    left_open = [one for one, (_, rule) in decided.items() if rule is SportRule.UNKNOWN]
    sure = {one: is_run(sport) for one, (sport, rule) in decided.items() if rule not in UNSURE}
    if not left_open or sum(sure.values()) < FEWEST_LIKE:
        return frozenset()
    own = _own_recordings(activities, sure)
    candidates = activities.filter(pl.col("activity_id").is_in(left_open))
    beside = _beside(candidates, activities.filter(pl.col("activity_id").is_in(_runs_of(sure))))
    return frozenset(
        row["activity_id"]
        for row in candidates.select("activity_id", *COMPARED).iter_rows(named=True)
        if (may_be_compared(row) and _is_like_runs(row, own))
        or (row["activity_id"] in beside and _is_piece_of_runs(row, own))
    )


def _runs_of(sure: Mapping[str, bool]) -> list[str]:
    return [one for one, is_one in sure.items() if is_one]


def _beside(candidates: pl.DataFrame, runs: pl.DataFrame) -> frozenset[str]:
    """Ids of those that end shortly before a run begins, or begin shortly after one ends."""
    starts = sorted(runs["started_at"])
    ends = sorted(_ends(runs))
    return frozenset(
        one
        for one, start, end in zip(
            candidates["activity_id"], candidates["started_at"], _ends(candidates), strict=True
        )
        if bisect_left(starts, end) < bisect_right(starts, end + BESIDE)
        or bisect_left(ends, start - BESIDE) < bisect_right(ends, start)
    )


def _ends(rows: pl.DataFrame) -> list[datetime]:
    lasting_s = pl.coalesce("elapsed_s", "moving_s").fill_null(0.0)
    return rows.select(pl.col("started_at") + pl.duration(seconds=lasting_s)).to_series().to_list()


def _is_piece_of_runs(row: Mapping[str, float | None], own: _Own) -> bool:
    """True for what moved like a run and no faster than the fast ones, at a working heart rate, if
    hardly anything else the runner does is as fast.
    """
    speed_mps, heart_rate_bpm = row["window_speed_mps"], row["heart_rate_bpm"]
    moving = row["moving_window_count"]
    if speed_mps is None or heart_rate_bpm is None or moving is None:
        return False
    is_piece = FEWEST_BESIDE_WINDOWS <= moving <= MOST_BESIDE_WINDOWS
    if not is_piece or not _moves_like_a_run(row, INTERVAL_SPREAD):
        return False
    runs, others = (_like_count(one, speed_mps, None) for one in (own.runs, own.others))
    is_as_fast = np.log(speed_mps) <= np.nanquantile(own.runs[0], FAST_RUN_QUANTILE)
    return bool(is_as_fast) and others <= OTHER_SHARE * (runs + others)


def _own_recordings(activities: pl.DataFrame, sure: Mapping[str, bool]) -> _Own:
    """`sure` says of each activity that is known whether it is a run."""
    runs, others = (
        activities.filter(
            pl.col("activity_id").is_in([one for one, is_one in sure.items() if is_one is wanted])
        )
        for wanted in (True, False)
    )
    faster = int((others["speed_mps"] >= RUN_MEDIAN_MPS[0]).sum())
    is_hardly_else = faster <= FASTER_OTHERS_SHARE * (faster + runs.height)
    return _Own(_measured(runs), _measured(others), is_hardly_else)


def _is_like_runs(row: Mapping[str, float | None], own: _Own) -> bool:
    """True when enough runs and hardly anything else is as fast at the same heart rate."""
    speed_mps, heart_rate_bpm = row["window_speed_mps"], row["heart_rate_bpm"]
    if speed_mps is None or (heart_rate_bpm is None and not own.is_hardly_else):
        return False
    runs, others = (_like_count(one, speed_mps, heart_rate_bpm) for one in (own.runs, own.others))
    return runs >= FEWEST_LIKE and others <= OTHER_SHARE * (runs + others)


def may_be_compared(row: Mapping[str, float | None]) -> bool:
    """True for a recording that moved like a run as far as its movement says: long enough, neither
    too slow nor too fast, as steady as its heart rate asks for, and without other steps.
    """
    moving = row["moving_window_count"]
    return moving is not None and _moves_like_a_run(
        row, _most_spread(moving, row["heart_rate_bpm"])
    )


def _moves_like_a_run(row: Mapping[str, float | None], most_spread: float) -> bool:
    seen, moving, fast, mean, high, spread, heart, _, cadence = (row[name] for name in COMPARED)
    if not moving or seen is None or fast is None or mean is None or high is None or spread is None:
        return False
    if moving < RUN_MOVING_SHARE * seen or spread > most_spread:
        return False
    if mean < RUN_MEDIAN_MPS[0] or high > RUN_MEDIAN_MPS[1] or is_too_fast(int(fast), int(moving)):
        return False
    return (heart is None or heart >= CALM_HEART_RATE_BPM) and _are_like_run_steps(cadence)


def _most_spread(moving_window_count: float, heart_rate_bpm: float | None) -> float:
    """Spread of the speed up to which so long a recording is compared; below 0 for too short."""
    if heart_rate_bpm is None:
        return BLIND_OWN_SPREAD if moving_window_count >= FEWEST_BLIND_WINDOWS else -1.0
    if moving_window_count >= FEWEST_WINDOWS:
        return INTERVAL_SPREAD
    return SHORT_SPREAD if moving_window_count >= FEWEST_OWN_WINDOWS else -1.0


def _are_like_run_steps(cadence_raw: float | None) -> bool:
    """True for a mean cadence as recorded that may be a runner's, and for none."""
    if cadence_raw is None:
        return True
    steps_spm = 2.0 * cadence_raw if cadence_raw < STRIDE_LIMIT_RPM else cadence_raw
    return STEPS_SPM[0] <= steps_spm <= STEPS_SPM[1]


def _measured(rows: pl.DataFrame) -> tuple[Numbers, Numbers]:
    """Mean speed (log of m/s) and heart rate (bpm, nan without) of those long enough."""
    long = rows.filter(pl.col("moving_window_count") >= FEWEST_WINDOWS)
    speed, heart = (
        long[name].fill_null(float("nan")).to_numpy()
        for name in ("window_speed_mps", "heart_rate_bpm")
    )
    return np.log(speed), heart


def _like_count(
    own: tuple[Numbers, Numbers], speed_mps: float, heart_rate_bpm: float | None
) -> int:
    log_speed, heart = own
    is_like = np.abs(log_speed - np.log(speed_mps)) <= np.log1p(LIKE_SPEED)
    if heart_rate_bpm is not None:
        is_like &= np.abs(heart - heart_rate_bpm) <= LIKE_HEART_RATE_BPM
    return int(is_like.sum())
