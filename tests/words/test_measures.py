"""Measures as the runner chose them, from SI values."""

from datetime import date, datetime, time

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
    speed_unit,
    speed_value,
    steepness,
    temperature,
    unit_of,
    value_of,
    week_first_day,
    week_shift_d,
    worded,
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
    assert chosen() == METRIC


@pytest.mark.parametrize(
    ("hour", "words"), [(0, "12:05 am"), (6, "6:05 am"), (12, "12:05 pm"), (23, "11:05 pm")]
)
def test_a_clock_of_twelve_hours_names_the_half_of_the_day(hour: int, words: str) -> None:
    with written_in(IMPERIAL):
        assert clock(datetime(2026, 5, 3, hour, 5)) == words


def test_only_units_in_stored_sentences_change_their_mark() -> None:
    assert METRIC.mark == Measures(week_start="sunday", has_12_hours=True).mark == ""
    assert IMPERIAL.mark == "mi ft °F"


@pytest.mark.parametrize(
    ("stored", "unit", "value", "said"),
    [
        (42.195, "km", 26.219, "mi"),
        (100.0, "m", 328.084, "ft"),
        (20.0, "m/km", 105.6, "ft/mi"),
        (-40.0, "°C", -40.0, "°F"),
        (90.0, "min", 90.0, "min"),
    ],
)
def test_a_stored_number_is_read_in_the_unit_chosen(
    stored: float, unit: str, value: float, said: str
) -> None:
    assert (value_of(stored, unit), unit_of(unit)) == (stored, unit)
    with written_in(IMPERIAL):
        assert value_of(stored, unit) == pytest.approx(value, abs=1e-3)
        assert unit_of(unit) == said


def test_a_speed_is_that_of_an_hour() -> None:
    assert speed_unit() == "km/h" and speed_value(10.0) == pytest.approx(36.0)
    with written_in(IMPERIAL):
        assert speed_unit() == "mph" and speed_value(10.0) == pytest.approx(22.369, abs=1e-3)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("500 to 800 km is a rule of thumb", "311 to 497 mi is a rule of thumb"),
        ("a run went down 20 m or more per km", "a run went down 106 ft or more per mi"),
        ("Many more kilometres than last week", "Many more miles than last week"),
        ("Metres climbed per kilometre", "Feet climbed per mile"),
        ("ascent_m_per_km, a centimetre", "ascent_m_per_km, a centimetre"),
    ],
)
def test_declared_texts_name_the_units_chosen_and_no_others(text: str, words: str) -> None:
    assert worded(text) == text
    with written_in(IMPERIAL):
        assert worded(text) == words


def test_a_week_begins_on_the_day_chosen_and_a_month_on_its_first() -> None:
    sunday, saturday = date(2026, 11, 29), date(2026, 11, 28)
    assert [week_first_day(day) for day in (sunday, saturday)] == [date(2026, 11, 23)] * 2
    with written_in(Measures(week_start="sunday")):
        assert [week_first_day(day) for day in (sunday, saturday)] == [sunday, date(2026, 11, 22)]
        assert (week_shift_d(), week_shift_d("month")) == (1, 0)
