"""The kind by movement, at its borders: what is a run, what surely is none, and what may be one."""

from collections.abc import Sequence

import numpy as np
import polars as pl
import pytest

from tightlog.domain.frames import RECORD_SCHEMA
from tightlog.readers.kind import sport_by_movement

# Speeds whose 10th, 50th and 90th percentile are the middle less, as and plus half the spread.
SPREAD = (-0.5, -0.5, -0.25, 0.0, 0.0, 0.0, 0.25, 0.5, 0.5)


def moved(
    speeds_mps: Sequence[float],
    *,
    cadence: float | Sequence[float] | None = None,
    step_s: int = 5,
) -> pl.DataFrame:
    """Records that keep each speed for 30 s, with one cadence or one per record in turn."""
    time_s = np.arange(0, 30 * len(speeds_mps) + 1, step_s)
    edges = np.concatenate(([0.0], np.cumsum(np.asarray(speeds_mps) * 30.0)))
    way_m = np.interp(time_s, np.arange(edges.size) * 30.0, edges)
    rows = {"elapsed_s": time_s.astype(float), "distance_m": way_m}
    if cadence is not None:
        given = [cadence] if isinstance(cadence, (int, float)) else list(cadence)
        rows["cadence_spm"] = np.resize(np.asarray(given, dtype=float), time_s.size)
    known = pl.DataFrame(rows).with_columns(is_timer_running=True)
    return known.select(
        (pl.col(name) if name in known.columns else pl.lit(None)).cast(kind).alias(name)
        for name, kind in RECORD_SCHEMA.items()
    )


def shown(
    speeds_mps: Sequence[float],
    heart: float | None = None,
    cadence: float | Sequence[float] | None = None,
) -> str | None:
    mean_mps = float(np.mean(speeds_mps)) if len(speeds_mps) else None
    return sport_by_movement(moved(speeds_mps, cadence=cadence), mean_mps, heart)


def spread(middle_mps: float, share: float) -> list[float]:
    return [middle_mps * (1 + share * part) for part in SPREAD] * 5


@pytest.mark.parametrize(
    ("speed_mps", "heart", "cadence", "expected"),
    [
        # the slowest and the fastest runs: by speed alone, with a heart rate, with steps
        (1.92, None, None, "running"),
        (1.88, None, None, "walking"),
        (4.35, None, None, "running"),
        (4.45, None, None, None),
        (4.45, 150.0, None, "running"),
        (5.15, 150.0, None, "running"),
        (5.25, 150.0, None, None),
        (4.45, None, 88.0, "running"),
        # a walk, a ride of any speed, a drive
        (1.3, 100.0, 55.0, "walking"),
        (1.85, 100.0, 55.0, "walking"),
        (1.95, 100.0, 55.0, None),
        (6.2, 120.0, None, None),
        (6.4, 120.0, None, "generic"),
        (14.9, None, None, "generic"),
        (15.1, None, None, "driving"),
    ],
)
def test_a_steady_movement_is_told_by_its_speed(
    speed_mps: float, heart: float | None, cadence: float | None, expected: str | None
) -> None:
    assert shown([speed_mps] * 40, heart, cadence) == expected


@pytest.mark.parametrize(
    ("share", "heart", "cadence", "expected"),
    [
        (0.39, None, None, "running"),
        (0.41, None, None, None),
        (0.64, 131.0, None, "running"),
        (0.66, 131.0, None, None),
        (0.64, 129.0, None, None),
        (0.39, 111.0, None, "running"),
        (0.39, 109.0, None, None),
        (1.45, None, 85.0, "running"),
        (1.55, None, 85.0, None),
    ],
)
def test_a_run_is_steady_unless_heart_or_steps_prove_it(
    share: float, heart: float | None, cadence: float | None, expected: str | None
) -> None:
    assert shown(spread(2.8, share), heart, cadence) == expected


@pytest.mark.parametrize(
    ("speed_mps", "cadence", "expected"),
    [
        (2.2, 71.0, "running"),
        (2.2, 69.0, None),
        (2.8, 84.0, "running"),
        (2.8, 168.0, "running"),
        (2.8, 119.0, None),
        (2.2, 121.0, None),
        (4.0, 104.0, "running"),
        (4.0, 106.0, None),
        (4.0, 209.0, "running"),
        (4.0, 211.0, None),
        # step length: 0.6 to 1.7 m
        (2.1, 102.0, "running"),
        (1.95, 102.0, None),
        (4.5, 80.0, "running"),
        (4.5, 78.0, None),
    ],
)
def test_the_steps_of_a_runner_have_a_rate_and_a_length(
    speed_mps: float, cadence: float, expected: str | None
) -> None:
    assert shown([speed_mps] * 40, 150.0, cadence) == expected


def test_pedals_turn_less_evenly_than_feet() -> None:
    even, uneven = [76, 80, 84, 88, 92], [75, 79.5, 84, 88.5, 93]
    assert shown([3.0] * 40, cadence=even) == "running"
    assert shown([3.0] * 40, cadence=uneven) is None
    a_seventh, four_of_25 = [*[84.0] * 6, 0.0], [*([*[84.0] * 5, 0.0] * 4), 84.0]
    assert shown([3.0] * 40, cadence=a_seventh) == "running"
    assert shown([3.0] * 40, cadence=four_of_25) is None


def test_without_steps_five_minutes_are_needed() -> None:
    assert shown([2.8] * 10) == "running"
    assert shown([2.8] * 9) is None
    assert shown([2.8] * 3, cadence=84.0) == "running"
    assert shown([2.8] * 2, cadence=84.0) is None


def test_a_jump_of_the_receiver_makes_no_ride() -> None:
    assert shown([2.8] * 60 + [9.0]) == "running"
    assert shown([2.8] * 60 + [9.0] * 2) is None
    assert shown([2.8] * 106 + [9.0] * 2) == "running"
    assert shown([2.8] * 90 + [9.0] * 2) is None
    assert shown([2.8] * 38 + [6.25] * 2) == "running"
    assert shown([2.8] * 38 + [6.35] * 2) is None


def test_a_walk_has_a_walker_s_heart_and_steps() -> None:
    assert shown([1.4] * 40, 139.0) == "walking"
    assert shown([1.4] * 40, 141.0) is None
    assert shown([1.4] * 40, 100.0, 36.0) == "walking"
    # A swim is as slow, and its strokes are no steps.
    assert shown([1.0] * 40, 120.0, 34.0) == "generic"
    assert shown([1.0] * 40, 120.0, 76.0) == "generic"
    assert shown([1.4] * 40, 100.0, 74.0) == "walking"
    # Nine windows of ten decide.
    assert shown([1.4] * 38 + [2.6] * 2) == "walking"
    assert shown([1.4] * 34 + [2.6] * 6) is None


def test_nobody_runs_with_a_resting_heart() -> None:
    assert shown([4.6] * 40, 94.0) == "generic"
    assert shown([4.6] * 40, 96.0) is None
    assert sport_by_movement(moved([]), None, 94.0) == "generic"
    assert sport_by_movement(moved([]), None, 96.0) is None


def test_a_watch_that_lies_still_did_not_run() -> None:
    assert shown([0.0] * 39 + [2.0]) == "generic"
    assert shown([0.0] * 37 + [2.0] * 3) is None
    assert shown([0.51] * 40) == "walking"
    assert shown([0.49] * 40) == "generic"


def test_hours_of_little_way_are_a_track_of_the_day() -> None:
    of_the_day = [3.0] * 200 + [0.0] * 401
    assert sum(of_the_day) / len(of_the_day) < 1.2
    assert shown(of_the_day) == "generic"
    assert shown([3.0] * 200 + [0.0] * 390) is None
    # A longer way may be a run with long rests.
    assert shown([2.4] * 297 + [0.0] * 309) == "generic"
    assert shown([2.5] * 297 + [0.0] * 309) is None


def test_a_run_moves_most_of_the_time() -> None:
    assert shown([2.8] * 51 + [0.0] * 49) == "running"
    assert shown([2.8] * 49 + [0.0] * 51) is None


def test_a_run_and_a_drive_home_may_be_a_run() -> None:
    drive = [10.0, 14.0, 4.0, 12.0] * 15
    assert shown([2.8] * 20 + drive) is None
    assert shown([2.8] * 18 + drive) == "generic"


def test_a_short_recording_is_told_by_its_mean_speed() -> None:
    assert sport_by_movement(moved([]), 6.9, None) is None
    assert sport_by_movement(moved([]), 7.1, None) == "generic"
    assert sport_by_movement(moved([]), 15.1, None) == "driving"
    assert sport_by_movement(moved([]), None, None) is None


def test_records_far_apart_show_no_speed() -> None:
    assert sport_by_movement(moved([2.8] * 40, step_s=60), 2.8, None) == "running"
    assert sport_by_movement(moved([2.8] * 40, step_s=100), 2.8, None) == "running"
    assert sport_by_movement(moved([2.8] * 40, step_s=105), 2.8, None) is None
