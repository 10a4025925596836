"""Which maximum heart rate a home is measured by."""

from dataclasses import replace

import pytest

from tests.features.conftest import Home
from tightlog.features.day import hearts_of
from tightlog.features.hearts.heart_rate_maximum import HeartRateMaximum, MaximumRule
from tightlog.features.hearts.trimp import Runner


def maximum(home: Home, given_bpm: float | None = None) -> HeartRateMaximum:
    return hearts_of(replace(home.inputs(), runner=Runner(heart_rate_max_bpm=given_bpm))).maximum


def raced(home: Home, number: int, bpm: int) -> None:
    home.beat(home.ran(number), {120: 900.0, 121: 900.0, bpm: 60.0})


def test_what_the_runner_gave_stands(home: Home) -> None:
    raced(home, 0, 191)
    assert maximum(home, 178.0) == HeartRateMaximum(178.0, MaximumRule.GIVEN)


def test_without_any_heart_rate_nothing_is_known(home: Home) -> None:
    home.ran(0)
    assert maximum(home).bpm is None


def test_a_single_spike_of_the_sensor_is_no_maximum(home: Home) -> None:
    for number, bpm in enumerate((170, 171, 172, 173)):
        raced(home, number, bpm)
    home.beat("a0000", {218: 20.0})
    home.beat("a0001", {205: 600.0})
    # Held for 30 s: 170, 205, 172, 173; three runs reached 172.
    assert maximum(home) == HeartRateMaximum(172.0, MaximumRule.OBSERVED)


@pytest.mark.parametrize(("age_d", "expected"), [(729, 190.0), (730, 175.0)])
def test_the_runs_of_the_last_two_years_count(home: Home, age_d: int, expected: float) -> None:
    for _ in range(3):
        raced(home, 0, 190)
    for _ in range(10):
        raced(home, age_d, 175)
    assert maximum(home).bpm == expected


@pytest.mark.parametrize(("count", "expected"), [(9, 190.0), (10, 175.0)])
def test_with_fewer_than_ten_of_them_all_runs_count(
    home: Home, count: int, expected: float
) -> None:
    for _ in range(10):
        raced(home, 0, 190)
    for _ in range(count):
        raced(home, 1000, 175)
    assert maximum(home).bpm == expected


@pytest.mark.parametrize(("count", "expected"), [(9, 188.0), (10, 170.0)])
def test_with_fewer_than_ten_runs_every_activity_counts(
    home: Home, count: int, expected: float
) -> None:
    for number in range(count):
        raced(home, number, 170)
    for number in range(3):
        home.beat(home.did(number, "cycling"), {130: 900.0, 131: 900.0, 188: 60.0})
    assert maximum(home).bpm == expected


def test_heart_rates_set_aside_do_not_count(home: Home) -> None:
    for number in range(3):
        raced(home, number, 172)
        home.beat(home.ran(number), {199: 1800.0})
    assert maximum(home).bpm == 172.0


def test_of_mean_heart_rates_alone_it_is_guessed(home: Home) -> None:
    for bpm in (140.0, 150.0, 162.0, 171.0, 165.0):
        home.did(0, "cycling", heart_rate_bpm=bpm)
    home.did(0, "driving", heart_rate_bpm=219.0)
    found = maximum(home)
    assert found.rule is MaximumRule.FROM_MEANS
    assert found.bpm == pytest.approx(162.0 / 0.9)


def test_a_hundred_walks_do_not_lower_the_guess(home: Home) -> None:
    for number in range(400):
        home.did(number, "walking", heart_rate_bpm=100.0)
    for number in range(3):
        home.did(number, "cycling", heart_rate_bpm=162.0)
    assert maximum(home).bpm == pytest.approx(180.0)


@pytest.mark.parametrize(("minutes", "expected"), [(10.0, 180.0), (9.5, 135.0 / 0.9)])
def test_the_mean_of_ten_minutes_tells(home: Home, minutes: float, expected: float) -> None:
    home.ran(0, heart_rate_bpm=135.0)
    for _ in range(3):
        home.ran(0, minutes=minutes, heart_rate_bpm=162.0)
    home.activities = home.activities[1:] if minutes >= 10 else home.activities
    assert maximum(home).bpm == pytest.approx(expected)


def test_a_maximum_is_never_below_the_means_of_hard_sessions(home: Home) -> None:
    home.beat(home.did(0, "walking", heart_rate_bpm=90.0), {88: 900.0, 89: 900.0, 96: 60.0})
    for number in range(3):
        home.did(number, "cycling", heart_rate_bpm=153.0)
    found = maximum(home)
    assert found.bpm == pytest.approx(170.0)
    assert found == HeartRateMaximum(found.bpm, MaximumRule.FROM_MEANS)
