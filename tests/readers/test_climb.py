"""Climb: hills count, the ripple of a receiver does not; worked by hand on invented altitudes."""

from collections.abc import Sequence
from math import pi, sin

import numpy as np
import pytest

from tightlog.readers.climb import climbed_m


def climb(
    altitudes: Sequence[float | None], step_s: float = 1.0
) -> tuple[float | None, float | None]:
    time_s = np.arange(len(altitudes), dtype=np.float64) * step_s
    return climbed_m(time_s, np.array(altitudes, dtype=np.float64))


def hills(height_m: float, count: int = 4, seconds: int = 300) -> list[float]:
    return [
        100.0 + height_m / 2 * (1 - sin(pi / 2 + 2 * pi * count * at / seconds))
        for at in range(seconds + 1)
    ]


def test_hills_are_climbed_and_descended_in_full() -> None:
    ascent_m, descent_m = climb(hills(20.0))
    assert ascent_m == pytest.approx(80.0, rel=0.06)
    assert descent_m == pytest.approx(80.0, rel=0.06)


@pytest.mark.parametrize(("height_m", "is_climb"), [(1.35, True), (1.2, False)])
def test_a_rise_counts_from_a_metre_and_a_quarter(height_m: float, is_climb: bool) -> None:
    # A minute on the flat, up a step, and a minute on the flat.
    ascent_m, _ = climb([100.0] * 60 + [100.0 + height_m] * 60)
    assert bool(ascent_m) is is_climb


def test_ripple_of_each_second_is_no_climb() -> None:
    assert climb([100.0, 102.0] * 100) == (0.0, 0.0)


@pytest.mark.parametrize(("ripple_m", "is_climb"), [(2.0, False), (2.8, True)])
def test_the_window_is_nine_seconds(ripple_m: float, is_climb: bool) -> None:
    # Of a swing of 4 s up and 4 s down a longer window leaves less, a shorter one more.
    ascent_m, _ = climb(([100.0] * 4 + [100.0 + ripple_m] * 4) * 20)
    assert bool(ascent_m) is is_climb


def test_sparse_altitudes_are_taken_as_they_are() -> None:
    assert climb([100.0, 104.0, 101.0, 111.0, 90.0], step_s=60.0) == pytest.approx(
        (14.0, 24.0), rel=0.12
    )


def test_an_hour_without_records_is_no_window() -> None:
    time_s = np.array([0.0, 1.0, 2.0, 3_602.0, 3_603.0, 3_604.0])
    ascent_m, _ = climbed_m(time_s, np.array([10.0, 10.0, 10.0, 50.0, 50.0, 50.0]))
    assert ascent_m == pytest.approx(40.0, abs=0.1)


def test_a_single_altitude_climbs_nothing() -> None:
    assert climb([100.0]) == (None, None)
    assert climb([None, 100.0]) == (None, None)


def test_two_rows_of_one_second_are_no_gap_in_the_climb() -> None:
    time_s = np.array([0.0, 0.0, 0.0])
    assert climbed_m(time_s, np.array([10.0, 20.0, 15.0])) == (10.0, 5.0)
