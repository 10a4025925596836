"""Measures as the runner chose them, from SI values."""

from datetime import datetime, time

import pytest

from tightlog.words.measures import (
    FAHRENHEIT,
    FEET,
    METRIC,
    MILES,
    Measures,
    chosen,
    clock,
    distance,
    distance_value,
    height,
    metres_of,
    pace_unit,
    steepness,
    temperature,
    written_in,
)

IMPERIAL = Measures(MILES, FEET, FAHRENHEIT, has_12_hours=True)


def test_without_a_choice_measures_are_metric() -> None:
    assert (distance(24_000), height(440.4), temperature(18), clock(time(18, 30))) == (
        "24.0 km",
        "440 m",
        "18 °C",
        "18:30",
    )
    assert (steepness(0.025), pace_unit()) == ("25 m per km", "min/km")


def test_miles_feet_and_fahrenheit_are_the_same_lengths_and_temperatures() -> None:
    with written_in(IMPERIAL):
        assert distance(42_195) == "26.2 mi"
        assert (height(440), temperature(18), pace_unit()) == ("1,444 ft", "64 °F", "min/mi")
        assert steepness(0.025) == "132 ft per mi"
        assert distance_value(metres_of(26.2)) == pytest.approx(26.2)
    assert chosen() is METRIC


@pytest.mark.parametrize(
    ("hour", "words"), [(0, "12:05 am"), (6, "6:05 am"), (12, "12:05 pm"), (23, "11:05 pm")]
)
def test_a_clock_of_twelve_hours_names_the_half_of_the_day(hour: int, words: str) -> None:
    with written_in(IMPERIAL):
        assert clock(datetime(2026, 5, 3, hour, 5)) == words


def test_only_units_in_stored_sentences_change_their_mark() -> None:
    assert METRIC.mark == Measures(week_start="sunday", has_12_hours=True).mark == ""
    assert IMPERIAL.mark == "mi ft °F"
