from collections.abc import Callable
from typing import Any

import numpy as np
import polars as pl
import pytest

from tests.features.conftest import Home
from tightlog.features.form import form_of_runs

WINDOWS = 140  # 70 min: 10 of warm-up, then thirds of 20 min


def cadence_at(speed_mps: float, grade: float = 0.0) -> float:
    return 140.0 + 9.0 * speed_mps - 25.0 * grade


def contact_at(speed_mps: float, grade: float = 0.0) -> float:
    return 420.0 - 55.0 * speed_mps + 90.0 * grade


def learned(home: Home, first: int = 0, last: int = 20) -> None:
    """Ten easy runs of a runner with known lines, on ground that rolls a little."""
    for number in range(first, last, 2):
        random = np.random.default_rng(number)
        run = home.ran(number, device="watch")
        for index in range(60):
            speed, grade = random.uniform(2.4, 3.6), random.uniform(-0.05, 0.05)
            tick(home, run, index, speed, grade, noise=random.normal(0.0, 1.0))


def tick(
    home: Home,
    run: str,
    index: int,
    speed: float,
    grade: float | None = 0.0,
    share: float = 1.0,
    noise: float = 0.0,
    **values: object,
) -> None:
    """One half-minute on the runner's lines, cadence times `share` and contact divided by it."""
    home.windows.append(
        {
            "activity_id": run,
            "window_index": index,
            "elapsed_s": 30.0 * index,
            "seconds": 30.0,
            "speed_mps": speed,
            "grade": grade,
            "cadence_spm": (cadence_at(speed, grade or 0.0) + noise) * share,
            "ground_contact_ms": (contact_at(speed, grade or 0.0) + noise) / share,
            "vertical_ratio_pct": 8.0 - (speed - 3.0) + 10.0 * (1.0 - share),
        }
        | values
    )


def long_run(
    home: Home,
    number: int = 20,
    windows: int = WINDOWS,
    speed: Callable[[int], float] = lambda index: 2.9,
    share: Callable[[int], float] = lambda index: 1.0,
    grade: Callable[[int], float | None] = lambda index: 0.0,
    noise: float = 1.0,
    **values: Any,
) -> str:
    random = np.random.default_rng(100 + number)
    run = home.ran(number, minutes=windows / 2, **({"device": "watch"} | values))
    for index in range(windows):
        tick(home, run, index, speed(index), grade(index), share(index), noise * random.normal())
    return run


def is_last_third(index: int) -> bool:
    return index >= 20 + 2 * 40


def drift(home: Home, run: str, column: str = "cadence_drift_pct") -> float | None:
    inputs = home.inputs()
    rows = form_of_runs(inputs.activities, inputs.run_windows)
    found: float | None = rows.filter(pl.col("activity_id") == run)[column].item()
    return found


def test_a_planted_fade_of_the_last_third_is_found(home: Home) -> None:
    learned(home)
    faded = long_run(home, share=lambda index: 0.96 if is_last_third(index) else 1.0)
    assert drift(home, faded) == pytest.approx(-4.0, abs=0.5)
    assert drift(home, faded, "ground_contact_drift_pct") == pytest.approx(
        100 * (1 / 0.96 - 1), abs=0.8
    )
    assert drift(home, faded, "vertical_ratio_drift_pp") == pytest.approx(0.4, abs=0.05)


def test_an_even_run_has_no_drift(home: Home) -> None:
    learned(home)
    even = long_run(home)
    assert drift(home, even) == pytest.approx(0.0, abs=0.3)
    assert drift(home, even, "ground_contact_drift_pct") == pytest.approx(0.0, abs=0.3)
    assert drift(home, even, "vertical_ratio_drift_pp") == pytest.approx(0.0, abs=0.02)


def test_slowing_down_on_the_own_line_is_no_drift(home: Home) -> None:
    learned(home)
    slowing = long_run(home, speed=lambda index: 2.9 * (0.92 if is_last_third(index) else 1.0))
    assert drift(home, slowing) == pytest.approx(0.0, abs=0.3)
    assert drift(home, slowing, "ground_contact_drift_pct") == pytest.approx(0.0, abs=0.5)


def test_hills_in_the_last_third_are_no_drift(home: Home) -> None:
    learned(home)

    def up(index: int) -> float:
        return 0.05 if is_last_third(index) and index % 2 else 0.0

    # On the climbs cadence drops by far more than the own line says: they must not be looked at.
    hilly = long_run(home, grade=up, share=lambda index: 0.9 if up(index) else 1.0)
    assert drift(home, hilly) == pytest.approx(0.0, abs=0.4)


def test_a_last_third_of_hills_only_has_no_drift_at_all(home: Home) -> None:
    learned(home)
    hilly = long_run(home, grade=lambda index: 0.05 if is_last_third(index) else 0.0)
    assert drift(home, hilly) is None


def test_a_fade_in_the_warm_up_is_not_seen(home: Home) -> None:
    learned(home)
    cold = long_run(home, share=lambda index: 1.1 if index < 20 else 1.0)
    assert drift(home, cold) == pytest.approx(0.0, abs=0.3)


def test_thirds_are_of_moving_time_not_of_the_clock(home: Home) -> None:
    learned(home)
    run = long_run(home, share=lambda index: 0.96 if is_last_third(index) else 1.0, noise=0.0)
    # An hour of standing with the timer on, after the warm-up.
    for window in home.windows:
        if window["activity_id"] == run and window["window_index"] >= 20:
            window["window_index"] += 120
            window["elapsed_s"] += 3600.0
    for index in range(20, 140):
        tick(home, run, index, 0.0, cadence_spm=None)
    assert drift(home, run) == pytest.approx(-4.0, abs=0.2)


def test_under_forty_minutes_nothing_is_said(home: Home) -> None:
    learned(home)
    assert drift(home, long_run(home, windows=79)) is None
    assert drift(home, long_run(home, 22, windows=80)) is not None


def test_a_run_of_two_paces_is_not_judged(home: Home) -> None:
    learned(home)
    two_paces = long_run(home, speed=lambda index: 2.6 if is_last_third(index) else 3.3)
    assert drift(home, two_paces) is None


def test_without_history_there_is_no_drift(home: Home) -> None:
    assert drift(home, long_run(home)) is None


def test_a_treadmill_counts_as_flat_and_an_unknown_hill_does_not(home: Home) -> None:
    learned(home)
    treadmill = long_run(
        home,
        grade=lambda index: None,
        is_indoor=True,
        share=lambda index: 0.96 if is_last_third(index) else 1.0,
    )
    outdoors = long_run(home, 22, grade=lambda index: None, is_indoor=False)
    assert drift(home, treadmill) == pytest.approx(-4.0, abs=0.5)
    assert drift(home, outdoors) is None


def test_another_device_has_no_ground_contact_norm_yet(home: Home) -> None:
    learned(home)
    other = long_run(home, device="another watch")
    assert drift(home, other, "ground_contact_drift_pct") is None
    assert drift(home, other) is not None
