"""A recorded distance only grows: steps back are repaired, restarts added, all else refused."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tightlog.readers.recorded_distance import growing_m


def total_m(values: list[float], step_s: float = 3.0) -> float | None:
    grown = growing_m(np.array(values), np.arange(len(values), dtype=np.float64) * step_s)
    return None if grown is None else float(np.nanmax(grown))


def way(until_m: float, since_m: float = 0.0, step_m: float = 9.0) -> list[float]:
    return list(np.arange(since_m, until_m + step_m / 2, step_m))


@pytest.mark.parametrize("back_m", [1.4, 10.0, 49.0])
def test_step_back_is_no_restart(back_m: float) -> None:
    values = way(5400)
    values[400] = values[399] - back_m
    assert total_m(values) == 5400.0


def test_correction_that_stays_adds_nothing() -> None:
    assert total_m(way(3600) + way(5400, since_m=3570)) == pytest.approx(5400, abs=9)


def test_counter_that_starts_again_at_zero_is_added_however_short_it_was() -> None:
    assert total_m(way(18) + way(900)) == 918.0
    assert total_m(way(1800) + way(1800) + way(900)) == 4500.0


def test_counter_that_starts_again_may_show_the_way_since() -> None:
    # A row a minute: the first one after the restart is at 180 m already.
    assert total_m(way(3600, step_m=180) + way(3600, since_m=180, step_m=180), 60.0) == 7200.0


def test_a_row_of_zero_between_others_is_no_restart() -> None:
    values = way(5400)
    values[300] = 0.0
    values[400] = values[401] = values[402] = 0.0
    assert total_m(values) == 5400.0


@pytest.mark.parametrize(("fall_m", "total"), [(51.0, 1_096.0), (49.0, 1_000.0)])
def test_a_fall_of_fifty_metres_is_a_restart(fall_m: float, total: float) -> None:
    since_m = 96.0 - fall_m
    found = total_m(way(96, step_m=6.0) + list(np.arange(since_m, 1_000.0, 5.0)) + [1_000.0])
    assert found == pytest.approx(total)


@pytest.mark.parametrize(("share", "is_restart"), [(0.48, True), (0.52, False)])
def test_a_fall_to_half_is_a_restart(share: float, is_restart: bool) -> None:
    since_m = 240.0 * share
    found = total_m(way(240, step_m=8.0) + list(np.arange(since_m, 2_000.0, 8.0)) + [2_000.0])
    assert found == pytest.approx(2_240.0 if is_restart else 2_000.0)


@pytest.mark.parametrize(("at_m", "total"), [(0.95, 1_030.0), (1.05, 1_000.0)])
def test_a_fall_to_a_metre_is_a_restart(at_m: float, total: float) -> None:
    assert total_m([*way(30, step_m=6.0), at_m, 10.0, 1_000.0], 60.0) == total


@pytest.mark.parametrize(("since_m", "is_restart"), [(130.0, True), (140.0, False)])
def test_a_restart_shows_no_more_than_can_be_covered(since_m: float, is_restart: bool) -> None:
    # 45 m/s for 3 s.
    found = total_m(way(900) + list(np.arange(since_m, 2_000.0, 9.0)) + [2_000.0])
    assert found == pytest.approx(2_900.0 if is_restart else 2_000.0)


def test_distance_of_each_row_is_no_distance_since_the_start() -> None:
    steps = [3.0, 2.9, 3.2, 2.7, 3.1, 2.8] * 50
    assert total_m(steps) is None


@pytest.mark.parametrize(("restarts", "is_known"), [(2, True), (3, False)])
def test_more_than_a_few_restarts_of_few_rows_are_something_else(
    restarts: int, is_known: bool
) -> None:
    values = [value for _ in range(restarts + 1) for value in way(90)]
    assert (total_m(values) is not None) is is_known


@pytest.mark.parametrize(("restarts", "is_known"), [(12, True), (13, False)])
def test_restarts_are_at_most_a_fiftieth_of_the_rows(restarts: int, is_known: bool) -> None:
    laps = np.array_split(np.arange(600), restarts + 1)
    values = [float(way_m) for lap in laps for way_m in np.linspace(0, 1_000, lap.size)]
    assert (total_m(values) is not None) is is_known


@pytest.mark.parametrize(("back_m", "is_known"), [(1.9, True), (2.1, False)])
def test_steps_back_of_a_fifth_are_something_else(back_m: float, is_known: bool) -> None:
    values = [100.0]
    for _ in range(50):
        values += [values[-1] + 10.0, values[-1] + 10.0 - back_m]
    assert (total_m(values) is not None) is is_known


@settings(deadline=None)
@given(st.lists(st.floats(0, 1e5), min_size=2, max_size=40))
def test_what_is_known_never_falls(values: list[float]) -> None:
    grown = growing_m(np.array(values), np.arange(len(values), dtype=np.float64) * 3.0)
    assert grown is None or (np.diff(grown[np.isfinite(grown)]) >= 0).all()


@settings(deadline=None)
@given(st.lists(st.floats(0, 50), min_size=2, max_size=40))
def test_a_distance_that_grows_stays_as_it_is(steps: list[float]) -> None:
    values = np.cumsum(steps)
    grown = growing_m(values, np.arange(len(steps), dtype=np.float64) * 3.0)
    assert grown is not None
    assert (grown == values).all()


@pytest.mark.parametrize("rows", [1, 5])
@pytest.mark.parametrize("ahead_m", [300.0, 94_000.0])
def test_a_jump_taken_back_at_once_is_no_distance(rows: int, ahead_m: float) -> None:
    values = np.array(way(5400), dtype=np.float64)
    values[300 : 300 + rows] += ahead_m
    grown = growing_m(values, np.arange(values.size, dtype=np.float64) * 3.0)
    assert grown is not None and np.nanmax(grown) == 5400.0
    assert np.isnan(grown[300 : 300 + rows]).all() and np.isfinite(grown[305:]).all()


def test_a_jump_that_stays_is_kept() -> None:
    values = np.array(way(5400), dtype=np.float64)
    values[300:306] += 300.0
    assert total_m(list(values)) == 5400.0
    values[300:] = np.array(way(5400))[300:] + 300.0
    assert total_m(list(values)) == 5700.0


def test_a_distance_without_times_stays_as_it_is() -> None:
    values = np.array(way(180), dtype=np.float64)
    assert growing_m(values, np.full(values.size, np.nan)) is values
