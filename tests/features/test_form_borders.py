"""Which runs are judged for late form and decoupling, at the borders."""

import polars as pl
import pytest

from tightlog.features.decoupling import decoupling
from tightlog.features.late_run import late_run_drift
from tightlog.features.moving_time import with_moving_time

COUNT, WINDOW_S = 100, 30.0
NAMES = ("cadence_spm", "ground_contact_ms", "vertical_ratio_pct")


def drift(first: int = 20, last: int = 20, change: float = 0.0, grade: float = 0.0) -> float | None:
    """Cadence drift of a run with so many half-minutes in its first and last third, the last at
    a changed speed.
    """
    after = [0.1] * first + [0.9] * last
    ids = {"activity_id": "a", "window_index": pl.int_range(first + last, eager=True)}
    timed = pl.DataFrame({**ids, "after_warm_up": after, "grade": grade})
    speed = [3.0] * first + [3.0 * (1 + change)] * last
    judged = pl.DataFrame({**ids, "speed_mps": speed, "value": 170.0, "expected": 171.0})
    runs = pl.DataFrame({"activity_id": "a", "moving_s": 3600.0, "is_indoor": False})
    found: float | None = late_run_drift(runs, timed, dict.fromkeys(NAMES, judged))[
        "cadence_drift_pct"
    ].item()
    return found


@pytest.mark.parametrize(
    ("first", "last", "is_told"), [(10, 10, True), (9, 10, False), (10, 9, False)]
)
def test_ten_half_minutes_of_each_third_are_enough(first: int, last: int, is_told: bool) -> None:
    assert (drift(first, last) is not None) is is_told


@pytest.mark.parametrize(
    ("change", "is_told"), [(0.149, True), (0.151, False), (-0.149, True), (-0.151, False)]
)
def test_a_change_of_speed_of_fifteen_percent_is_still_judged(change: float, is_told: bool) -> None:
    assert (drift(change=change) is not None) is is_told


@pytest.mark.parametrize(("grade", "is_told"), [(0.0199, True), (0.0201, False)])
def test_less_than_two_percent_is_flat(grade: float, is_told: bool) -> None:
    assert (drift(grade=grade) is not None) is is_told


def decoupled(
    speed_change: float = 0.0,
    grades: list[float] | None = None,
    stop_s: float = 0.0,
) -> float | None:
    """Decoupling of 50 minutes after the warm-up, whose speed goes up and down by a share, with a
    stop in the middle.
    """
    speed = [3.0 * (1 + speed_change * (-1) ** index) for index in range(COUNT)]
    windows = pl.DataFrame(
        {
            "activity_id": "a",
            "after_warm_up": [index / COUNT for index in range(COUNT)],
            "seconds": WINDOW_S,
            "elapsed_s": [WINDOW_S * index + stop_s * (index >= 50) for index in range(COUNT)],
            "speed_mps": speed,
            "heart_rate_bpm": [140.0] * 50 + [150.0] * 50,
            "grade": grades or [0.0] * COUNT,
        }
    )
    runs = pl.DataFrame({"activity_id": "a", "moving_s": 3600.0, "is_indoor": False})
    found = decoupling(runs, windows)["decoupling_pct"].to_list()
    return found[0] if found else None


@pytest.mark.parametrize(("variation", "is_judged"), [(0.0795, True), (0.0805, False)])
def test_speed_may_vary_by_eight_percent(variation: float, is_judged: bool) -> None:
    # The sample deviation of a speed that goes up and down by d is a little more than d.
    speed_change = variation * ((COUNT - 1) / COUNT) ** 0.5
    assert (decoupled(speed_change) is not None) is is_judged


@pytest.mark.parametrize(("grade", "is_judged"), [(0.03, True), (0.031, False)])
def test_three_percent_is_flat_enough(grade: float, is_judged: bool) -> None:
    assert (decoupled(grades=[grade] * COUNT) is not None) is is_judged


@pytest.mark.parametrize(("steep", "is_judged"), [(10, True), (11, False)])
def test_nine_tenths_of_the_run_are_flat(steep: int, is_judged: bool) -> None:
    grades = [0.05] * steep + [0.0] * (COUNT - steep)
    assert (decoupled(grades=grades) is not None) is is_judged


# From the first window's start to the last one's there are 2,970 s without a stop.
@pytest.mark.parametrize(("stop_s", "is_judged"), [(330.0, True), (331.0, False)])
def test_pauses_may_take_a_tenth(stop_s: float, is_judged: bool) -> None:
    assert (decoupled(stop_s=stop_s) is not None) is is_judged


def test_a_grade_over_ten_percent_counts_as_ten() -> None:
    steepest, at_limit, below = (
        decoupled(grades=[grade] * 5 + [0.0] * 95) for grade in (0.5, 0.1, 0.095)
    )
    assert steepest == at_limit
    assert below is not None and at_limit is not None and below < at_limit


@pytest.mark.parametrize(("speed_mps", "count"), [(0.5, 1), (0.49, 0)])
def test_half_a_metre_a_second_is_no_longer_standing(speed_mps: float, count: int) -> None:
    windows = pl.DataFrame(
        {"activity_id": "a", "window_index": [0], "seconds": [30.0], "speed_mps": [speed_mps]}
    )
    assert with_moving_time(windows).height == count
