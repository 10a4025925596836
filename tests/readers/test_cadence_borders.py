"""Cadence at the borders between strides and steps."""

import pytest

from tests.readers.test_cadence import factor


@pytest.mark.parametrize(("median", "expected"), [(119.0, 2.0), (120.0, 1.0)])
def test_a_run_of_a_fit_file_counts_strides_below_120(median: float, expected: float) -> None:
    assert factor("running", median, 3.0, "fit") == expected
    assert factor("running", median, None) == expected


@pytest.mark.parametrize(("median", "expected"), [(74.0, 2.0), (75.0, 1.0)])
def test_a_walk_without_a_speed_counts_strides_below_75(median: float, expected: float) -> None:
    assert factor("walking", median, None) == expected


@pytest.mark.parametrize(
    ("sport", "median", "speed_mps", "expected"),
    [
        # The usual rate is 168 steps at 3 m/s: half way between strides and steps lie 118.8.
        ("running", 118.0, 3.0, 2.0),
        ("running", 119.5, 3.0, 1.0),
        # Slower than 2 m/s it is 150, with the border at 106.1; just above, 162.6 and 115.0.
        ("running", 105.5, 1.5, 2.0),
        ("running", 106.5, 1.5, 1.0),
        ("running", 110.0, 2.0, 1.0),
        ("running", 110.0, 2.1, 2.0),
        # Walkers take 117 at 1.5 m/s, with the border at 82.7.
        ("walking", 82.5, 1.5, 2.0),
        ("walking", 83.0, 1.5, 1.0),
        # Slower than 0.3 m/s a speed says nothing.
        ("walking", 60.0, 0.30, 2.0),
        ("walking", 60.0, 0.31, 1.0),
    ],
)
def test_the_step_length_decides_at_the_border(
    sport: str, median: float, speed_mps: float, expected: float
) -> None:
    assert factor(sport, median, speed_mps) == expected
