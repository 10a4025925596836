"""The highest heart rate of a run is one that a heart had, not one that a sensor made up."""

import polars as pl
import pytest

from tests.features.conftest import Column, Home
from tightlog.features.hearts.heart_rate_peak import heart_rate_peaks


def peak(home: Home) -> float | None:
    inputs = home.inputs()
    peaks = heart_rate_peaks(inputs.run_windows, inputs.heart_rate_seconds)
    value: float | None = peaks["heart_rate_peak_bpm"].item()
    return value


def run_at(home: Home, bpm: dict[int, float], count: int = 40, **columns: float | None) -> str:
    """A run of half-minutes at 150, some of them at another heart rate."""
    run = home.ran(0)
    values: dict[str, Column] = {"cadence_spm": 120.0, **columns}
    values.setdefault("heart_rate_bpm", lambda index: bpm.get(index, 150.0))
    home.half_minutes(run, count, 0.0, **values)
    home.beat(run, {150: 30.0 * count, **{round(value): 60.0 for value in bpm.values()}})
    return run


@pytest.mark.parametrize(("held_s", "expected"), [(30.0, 170.0), (29.0, 150.0)])
def test_a_heart_rate_counts_when_it_was_held_for_half_a_minute(
    home: Home, held_s: float, expected: float
) -> None:
    home.beat(home.ran(0), {150: 1200.0, 170: held_s})
    assert peak(home) == expected


@pytest.mark.parametrize(("index", "expected"), [(9, 150.0), (10, 186.0)])
def test_static_of_the_first_five_minutes_is_no_peak(
    home: Home, index: int, expected: float
) -> None:
    run_at(home, {index: 186.0})
    assert peak(home) == expected


def test_the_first_five_minutes_end_at_300_s(home: Home) -> None:
    run = run_at(home, {})
    home.half_minutes(run, 1, starts_s=299.0, heart_rate_bpm=214.0)
    home.half_minutes(run, 1, starts_s=310.0, heart_rate_bpm=190.0)
    home.beat(run, {214: 60.0})
    assert peak(home) == 190.0


@pytest.mark.parametrize(("length", "expected"), [(3, 175.0), (4, 150.0)])
def test_a_heart_rate_that_follows_the_steps_for_two_minutes_is_no_peak(
    home: Home, length: int, expected: float
) -> None:
    run_at(home, dict.fromkeys(range(20, 20 + length), 175.0), cadence_spm=175.0)
    assert peak(home) == expected


@pytest.mark.parametrize(("off_bpm", "expected"), [(2.5, 150.0), (2.7, 174.7), (-2.5, 150.0)])
def test_following_the_steps_means_within_two_and_a_half_beats(
    home: Home, off_bpm: float, expected: float
) -> None:
    run_at(home, dict.fromkeys(range(20, 28), 172.0 + off_bpm), cadence_spm=172.0)
    assert peak(home) == expected


def test_steps_of_one_run_do_not_continue_in_the_next(home: Home) -> None:
    for number in range(2):
        run = home.ran(number)
        home.half_minutes(run, 20, heart_rate_bpm=150.0, cadence_spm=120.0)
        start = 540.0 if number == 0 else 0.0
        home.half_minutes(run, 2, starts_s=start + 60.0, heart_rate_bpm=175.0, cadence_spm=175.0)
        home.beat(run, {175: 60.0})
    inputs = home.inputs()
    peaks = heart_rate_peaks(inputs.run_windows, inputs.heart_rate_seconds)
    assert peaks["heart_rate_peak_bpm"].to_list() == [175.0, 150.0]


@pytest.mark.parametrize(("count", "expected"), [(20, 150.0), (19, None)])
def test_a_run_needs_five_usable_minutes(home: Home, count: int, expected: float | None) -> None:
    run_at(home, {}, count=count)
    assert peak(home) == expected


@pytest.mark.parametrize(("seconds", "expected"), [(20.0, 186.0), (19.0, 150.0)])
def test_a_piece_of_a_half_minute_is_no_peak(home: Home, seconds: float, expected: float) -> None:
    run = run_at(home, {30: 186.0})
    home.windows[30]["seconds"] = seconds
    assert home.windows[30]["activity_id"] == run
    assert peak(home) == expected


def test_a_peak_is_never_above_what_was_held(home: Home) -> None:
    run = home.ran(0)
    home.half_minutes(run, 40, heart_rate_bpm=lambda index: 186.0 if index == 30 else 150.0)
    home.beat(run, {150: 1180.0, 186: 20.0})
    assert peak(home) == 150.0


def test_a_run_without_half_minutes_keeps_what_was_recorded(home: Home) -> None:
    run = home.ran(0)
    home.half_minutes(run, 40, speed_mps=3.0)
    home.beat(run, {150: 1000.0, 181: 60.0})
    assert peak(home) == 181.0


def test_without_samples_there_is_no_peak(home: Home) -> None:
    home.ran(0, heart_rate_bpm=150.0)
    inputs = home.inputs()
    peaks = heart_rate_peaks(inputs.run_windows, inputs.heart_rate_seconds)
    assert peaks.is_empty()
    assert peaks.schema == pl.Schema(
        {
            "activity_id": pl.String,
            "heart_rate_held_bpm": pl.Float64,
            "heart_rate_peak_bpm": pl.Float64,
        }
    )
