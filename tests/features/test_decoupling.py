import numpy as np
import polars as pl
import pytest

from tests.features.conftest import Column, Home
from tightlog.features.decoupling import relative_cost
from tightlog.features.form import form_of_runs

WINDOWS = 120  # 60 min: 10 of warm-up, then halves of 25 min


def steady_run(
    home: Home, number: int = 0, windows: int = WINDOWS, is_indoor: bool = False, **columns: Column
) -> str:
    random = np.random.default_rng(7 + number)
    run = home.ran(number, minutes=windows / 2, is_indoor=is_indoor)
    usual: dict[str, Column] = {
        "speed_mps": lambda index: 3.0 + 0.08 * random.normal(),
        "grade": 0.0,
        "heart_rate_bpm": 140.0,
    }
    home.half_minutes(run, windows, 0.0, **(usual | columns))
    return run


def is_second_half(index: int) -> bool:
    return index >= 20 + 50


def decoupling(home: Home, run: str) -> float | None:
    inputs = home.inputs()
    rows = form_of_runs(inputs.activities, inputs.run_windows)
    found: float | None = rows.filter(pl.col("activity_id") == run)["decoupling_pct"].item()
    return found


def test_six_percent_more_heartbeats_are_six_percent(home: Home) -> None:
    run = steady_run(
        home, heart_rate_bpm=lambda index: 140.0 / 0.94 if is_second_half(index) else 140.0
    )
    assert decoupling(home, run) == pytest.approx(6.0, abs=0.5)


def test_by_hand(home: Home) -> None:
    run = steady_run(
        home, speed_mps=3.0, heart_rate_bpm=lambda index: 147.0 if is_second_half(index) else 140.0
    )
    # EF1 = 3/140, EF2 = 3/147: 1 - 140/147.
    assert decoupling(home, run) == pytest.approx(100 * (1 - 140 / 147))


def test_an_even_run_has_none(home: Home) -> None:
    assert decoupling(home, steady_run(home)) == pytest.approx(0.0, abs=0.8)


def test_a_slow_start_of_the_heart_is_warm_up(home: Home) -> None:
    run = steady_run(
        home, speed_mps=3.0, heart_rate_bpm=lambda index: 100.0 + 2 * index if index < 20 else 140.0
    )
    assert decoupling(home, run) == pytest.approx(0.0, abs=1e-6)


def test_intervals_are_not_judged(home: Home) -> None:
    assert (
        decoupling(home, steady_run(home, speed_mps=lambda index: 4.0 if index % 8 < 4 else 2.6))
        is None
    )


def test_below_forty_five_minutes_nothing_is_said(home: Home) -> None:
    assert decoupling(home, steady_run(home, windows=89)) is None
    assert decoupling(home, steady_run(home, 1, windows=90)) is not None


def test_a_heart_rate_with_holes_is_not_judged(home: Home) -> None:
    assert (
        decoupling(
            home, steady_run(home, heart_rate_bpm=lambda index: 140.0 if index % 10 else None)
        )
        is None
    )
    assert decoupling(home, steady_run(home, 1, heart_rate_bpm=lambda index: None)) is None


def test_hills_are_not_judged(home: Home) -> None:
    assert (
        decoupling(home, steady_run(home, grade=lambda index: 0.06 if index % 4 < 2 else -0.06))
        is None
    )


def test_a_gentle_climb_home_is_taken_out(home: Home) -> None:
    up, down = 0.02, -0.02
    cost = pl.select(up=relative_cost(pl.lit(up)), down=relative_cost(pl.lit(down))).row(0)
    # The same effort: slower uphill by what the climb costs.
    run = steady_run(
        home,
        grade=lambda index: up if is_second_half(index) else down,
        speed_mps=lambda index: (
            3.0 / cost[0] ** 0.3 if is_second_half(index) else 3.0 / cost[1] ** 0.3
        ),
        heart_rate_bpm=lambda index: (
            140.0 * (cost[0] ** 0.7 if is_second_half(index) else cost[1] ** 0.7)
        ),
    )
    assert decoupling(home, run) == pytest.approx(0.0, abs=1e-6)


def test_a_long_stop_is_not_judged(home: Home) -> None:
    run = steady_run(home)
    for window in home.windows:
        if is_second_half(window["window_index"]):
            window["elapsed_s"] += 600.0
    assert decoupling(home, run) is None


def test_a_treadmill_is_judged_and_unknown_ground_is_not(home: Home) -> None:
    assert decoupling(home, steady_run(home, is_indoor=True, grade=lambda index: None)) is not None
    assert decoupling(home, steady_run(home, 1, grade=lambda index: None)) is None


def test_cost_of_running_is_that_of_the_paper() -> None:
    # Minetti et al. 2002, J Appl Physiol 93:1039: its polynomial, 3.6 J/kg/m on the flat, at +10 %
    # and -10 % by hand.
    up, flat, down = pl.DataFrame({"grade": [0.1, 0.0, -0.1]}).select(
        cost=relative_cost(pl.col("grade"))
    )["cost"]
    assert flat == 1.0
    assert up == pytest.approx((0.001554 - 0.00304 - 0.0433 + 0.463 + 1.95 + 3.6) / 3.6)
    assert down == pytest.approx((-0.001554 - 0.00304 + 0.0433 + 0.463 - 1.95 + 3.6) / 3.6)
