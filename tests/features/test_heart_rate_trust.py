"""A sensor that stood still and a watch that reads high are set aside, and only these."""

import polars as pl
import pytest

from tests.features.conftest import Home
from tightlog.features.day import hearts_of
from tightlog.features.hearts.heart_rate_trust import reached_bpm


def set_aside(home: Home) -> dict[str, str | None]:
    inputs = home.inputs()
    trust = hearts_of(inputs).trust
    assert trust["activity_id"].to_list() == inputs.activities["activity_id"].to_list()
    return dict(trust.select("activity_id", "heart_rate_set_aside").rows())


def worn(
    home: Home,
    device: str | None,
    count: int,
    peak_bpm: float,
    easy_bpm: float = 140.0,
    speed_mps: float = 3.0,
) -> list[str]:
    """Runs with one watch: easy at one speed, and two fast minutes."""
    runs = []
    for _ in range(count):
        run = home.ran(len(home.activities), device=device)
        home.half_minutes(
            run,
            40,
            heart_rate_bpm=lambda index: peak_bpm if index in (30, 31) else easy_bpm,
            speed_mps=lambda index: 4.6 if index in (30, 31) else speed_mps,
        )
        near = round(easy_bpm)
        home.beat(run, {near - 1: 600.0, near: 600.0, round(peak_bpm): 60.0})
        runs.append(run)
    return runs


def high_devices(home: Home) -> set[object]:
    device = {row["activity_id"]: row["device"] for row in home.activities}
    return {device[run] for run, why in set_aside(home).items() if why == "reads_high"}


@pytest.mark.parametrize(("share", "expected"), [(0.70, None), (0.71, "frozen")])
def test_one_value_for_most_of_the_run_is_a_sensor_that_stood_still(
    home: Home, share: float, expected: str | None
) -> None:
    run = home.ran(0)
    home.beat(run, {95: 2000.0 * share, 150: 2000.0 * (1 - share) / 2, 151: 1000.0 * (1 - share)})
    assert set_aside(home) == {run: expected}


@pytest.mark.parametrize(("total_s", "expected"), [(300.0, "frozen"), (290.0, None)])
def test_under_five_minutes_nothing_is_said_of_a_sensor(
    home: Home, total_s: float, expected: str | None
) -> None:
    run = home.ran(0)
    home.beat(run, {95: total_s})
    assert set_aside(home) == {run: expected}


def test_a_watch_that_reads_high_at_the_same_speed_and_at_the_top_is_set_aside(home: Home) -> None:
    right = worn(home, "watch", 12, 169.0)
    high = worn(home, "other watch", 8, 218.0, easy_bpm=185.0)
    assert set_aside(home) == dict.fromkeys(right) | dict.fromkeys(high, "reads_high")


@pytest.mark.parametrize(("more_bpm", "expected"), [(10.0, set()), (10.8, {"high"})])
def test_reading_high_is_over_ten_beats_more(
    home: Home, more_bpm: float, expected: set[str]
) -> None:
    worn(home, "watch", 8, 170.0)
    worn(home, "high", 6, 190.0, easy_bpm=140.0 + more_bpm)
    assert high_devices(home) == expected


@pytest.mark.parametrize(("more_bpm", "expected"), [(10.0, set()), (11.0, {"high"})])
def test_the_maximum_of_a_watch_that_reads_high_is_over_ten_beats_more(
    home: Home, more_bpm: float, expected: set[str]
) -> None:
    worn(home, "watch", 8, 170.0)
    worn(home, "high", 6, 170.0 + more_bpm, easy_bpm=160.0)
    assert high_devices(home) == expected


def test_the_watch_worn_for_races_is_not_set_aside(home: Home) -> None:
    worn(home, "watch", 20, 160.0)
    worn(home, "race watch", 6, 188.0)
    assert high_devices(home) == set()


def test_getting_fitter_between_two_watches_sets_none_aside(home: Home) -> None:
    worn(home, "old", 10, 186.0, easy_bpm=158.0)
    worn(home, "new", 20, 184.0, easy_bpm=142.0)
    assert high_devices(home) == set()


def test_watches_never_worn_at_the_same_speed_are_not_compared(home: Home) -> None:
    worn(home, "watch", 8, 160.0, speed_mps=2.6)
    for run in worn(home, "track watch", 6, 190.0, easy_bpm=165.0, speed_mps=3.6):
        for window in home.windows:
            if window["activity_id"] == run and window["speed_mps"] == 4.6:
                window["speed_mps"] = 5.2
    assert high_devices(home) == set()


@pytest.mark.parametrize(("length", "expected"), [(3, set()), (4, {"high"})])
def test_a_speed_is_compared_when_it_was_run_for_two_minutes(
    home: Home, length: int, expected: set[str]
) -> None:
    worn(home, "watch", 8, 169.0)
    for run in worn(home, "high", 6, 200.0, easy_bpm=170.0):
        others = [window for window in home.windows if window["activity_id"] == run]
        for window in others[10:-length]:
            window["speed_mps"] = 3.6
    assert high_devices(home) == expected


@pytest.mark.parametrize(("count", "expected"), [(4, set()), (5, {"high"})])
def test_a_watch_is_judged_by_five_runs(home: Home, count: int, expected: set[str]) -> None:
    worn(home, "watch", 9, 169.0)
    worn(home, "high", count, 200.0, easy_bpm=170.0)
    assert high_devices(home) == expected


@pytest.mark.parametrize(("peak_bpm", "expected"), [(200.0, set()), (202.0, {"high"})])
def test_the_watch_worn_most_is_doubted_over_200_beats_only(
    home: Home, peak_bpm: float, expected: set[str]
) -> None:
    worn(home, "watch", 6, 169.0)
    worn(home, "high", 12, peak_bpm, easy_bpm=170.0)
    assert high_devices(home) == expected


def test_the_rare_maximum_is_the_one_of_181_not_that_of_a_pair(home: Home) -> None:
    worn(home, "watch", 6, 150.0)
    worn(home, "high", 12, 181.0, easy_bpm=170.0)
    assert high_devices(home) == set()


def test_several_watches_that_read_high_are_found_one_after_the_other(home: Home) -> None:
    worn(home, "watch", 20, 168.0)
    worn(home, "high", 8, 200.0, easy_bpm=165.0)
    worn(home, "higher", 6, 216.0, easy_bpm=185.0)
    assert high_devices(home) == {"high", "higher"}


def test_runs_of_an_unknown_device_are_compared_with_but_never_set_aside(home: Home) -> None:
    worn(home, None, 12, 169.0)
    worn(home, "high", 8, 218.0, easy_bpm=185.0)
    assert high_devices(home) == {"high"}
    other = Home()
    worn(other, "watch", 12, 169.0)
    worn(other, None, 8, 218.0, easy_bpm=185.0)
    assert set(set_aside(other).values()) == {None}


def test_a_home_with_one_watch_sets_nothing_aside(home: Home) -> None:
    worn(home, "watch", 12, 218.0, easy_bpm=185.0)
    assert set(set_aside(home).values()) == {None}


@pytest.mark.parametrize(
    ("peaks", "expected"),
    [
        ([], None),
        ([None], None),
        ([171.0], 171.0),
        ([171.0, 180.0], 171.0),
        ([218.0, 205.0, 181.0, 180.0], 181.0),
        # Of 500 runs, ten reached it; of 150, three did.
        ([float(number) for number in range(1, 501)], 491.0),
        ([float(number) for number in range(1, 151)], 148.0),
    ],
)
def test_a_maximum_is_reached_in_three_runs_or_one_in_fifty(
    peaks: list[float | None], expected: float | None
) -> None:
    assert reached_bpm(pl.Series(peaks, dtype=pl.Float64)) == expected
