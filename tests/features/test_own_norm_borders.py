"""What can be judged by the runner's own norm, at its borders."""

from datetime import UTC, datetime, timedelta

import polars as pl
import pytest

from tightlog.features.own_norm import Norm, judged_windows

CADENCE = Norm("cadence_spm", believable=(130.0, 220.0), usual=170.0, history_d=90)
START = datetime(2026, 3, 2, 10, tzinfo=UTC)
Row = dict[str, float | int | str | None]


def run(number: int, count: int, **values: float | None) -> list[Row]:
    """Half-minutes of a run, alike but for what is given."""
    usual: Row = {"seconds": 30.0, "speed_mps": 3.0, "grade": 0.0, "cadence_spm": 170.0}
    run_id: Row = {"activity_id": f"run {number}"}
    return [{**run_id, "window_index": index, **usual, **values} for index in range(count)]


def judged(*windows_of_runs: list[Row]) -> pl.DataFrame:
    """What is judged of the last of these runs, which are two days apart."""
    count = len(windows_of_runs)
    runs = pl.DataFrame(
        {
            "activity_id": [f"run {number}" for number in range(count)],
            "started_at": [START + timedelta(days=2 * number) for number in range(count)],
        }
    )
    windows = pl.DataFrame([row for rows in windows_of_runs for row in rows])
    last = pl.col("activity_id") == f"run {count - 1}"
    return judged_windows(runs, windows, CADENCE).filter(last)


def is_judged(earlier: list[int], own: int = 20, **values: float | None) -> bool:
    """True when a run is judged after runs of so many half-minutes, all with these values."""
    runs = [run(number, count, **values) for number, count in enumerate([*earlier, own])]
    return not judged(*runs).is_empty()


@pytest.mark.parametrize(("earlier", "expected"), [([20] * 5, True), ([20] * 4, False)])
def test_five_earlier_runs_are_enough(earlier: list[int], expected: bool) -> None:
    assert is_judged(earlier) is expected


@pytest.mark.parametrize(("earlier", "expected"), [([10] * 6, True), ([10] * 5 + [9], False)])
def test_sixty_earlier_half_minutes_are_enough(earlier: list[int], expected: bool) -> None:
    assert is_judged(earlier) is expected


@pytest.mark.parametrize(("own", "expected"), [(10, True), (9, False)])
def test_ten_half_minutes_of_the_run_are_enough(own: int, expected: bool) -> None:
    assert is_judged([20] * 6, own) is expected


@pytest.mark.parametrize(("speed_mps", "expected"), [(1.81, True), (1.79, False)])
def test_what_is_slower_than_any_run_is_left_out(speed_mps: float, expected: bool) -> None:
    assert is_judged([20] * 6, speed_mps=speed_mps) is expected


@pytest.mark.parametrize(("seconds", "expected"), [(15.0, True), (14.9, False)])
def test_a_window_of_a_quarter_minute_is_enough(seconds: float, expected: bool) -> None:
    assert is_judged([20] * 6, seconds=seconds) is expected


@pytest.mark.parametrize(
    ("speed_mps", "expected"), [(3.29, True), (3.31, False), (2.71, True), (2.69, False)]
)
def test_a_speed_a_little_beyond_the_known_ones_is_judged(speed_mps: float, expected: bool) -> None:
    earlier = [run(number, 20) for number in range(6)]
    assert judged(*earlier, run(6, 20, speed_mps=speed_mps)).is_empty() is not expected


@pytest.mark.parametrize(("grade", "expected_spm"), [(0.39, 160.25), (0.41, 170.0)])
def test_a_grade_steeper_than_any_road_is_no_grade(grade: float, expected_spm: float) -> None:
    # A quarter of a step a minute less for each hundredth of grade, as often up as down.
    earlier = [
        run(number, 10, grade=sign * 0.05, cadence_spm=170.0 - sign * 1.25)
        for number, sign in enumerate([1, -1] * 4)
    ]
    found = judged(*earlier, run(8, 20, grade=grade))["expected"]
    assert found.to_list() == pytest.approx([expected_spm] * 20, abs=0.1)
