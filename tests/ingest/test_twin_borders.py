"""Twins at their borders: a little less is one run, a little more is two."""

from typing import Any

import pytest

from tests.ingest.test_twins import activity, entry, kept_and_twins

METRES_PER_DEG = 111_195.0


def is_one(*activities: dict[str, Any]) -> bool:
    return bool(kept_and_twins(*activities))


def moved(north_m: float) -> tuple[float, float]:
    return 46.9 + north_m / METRES_PER_DEG, 8.3


@pytest.mark.parametrize(("later_s", "one"), [(2.0, True), (2.1, False)])
def test_two_seconds_apart_is_the_same_start(later_s: float, one: bool) -> None:
    # Half a minute each: too short for an overlap to say anything.
    a, b = activity("a", span_s=30.0), activity("b", span_s=30.0, minutes_later=later_s / 60)
    assert is_one(a, b) is one


@pytest.mark.parametrize(("overlap", "one"), [(0.71, True), (0.69, False)])
def test_seven_tenths_of_the_time_make_one_run(overlap: float, one: bool) -> None:
    assert is_one(activity("a"), activity("b", minutes_later=60 * (1 - overlap))) is one


@pytest.mark.parametrize(("distance_m", "one"), [(10_520.0, True), (10_560.0, False)])
def test_distances_within_a_twentieth_are_the_same(distance_m: float, one: bool) -> None:
    assert is_one(activity("a"), activity("b", minutes_later=1, distance_m=distance_m)) is one


@pytest.mark.parametrize(("span_s", "one"), [(60.0, True), (59.0, False)])
def test_less_than_a_minute_overlaps_with_nothing(span_s: float, one: bool) -> None:
    a, b = activity("a", span_s=span_s), activity("b", span_s=span_s, minutes_later=0.05)
    assert is_one(a, b) is one


@pytest.mark.parametrize(("hours", "one"), [(11.5, True), (12.5, False)])
def test_a_recording_of_over_twelve_hours_swallows_nothing(hours: float, one: bool) -> None:
    whole = activity("whole", span_s=hours * 3600, distance_m=60_000)
    assert is_one(whole, activity("part", minutes_later=60, distance_m=9_000)) is one


@pytest.mark.parametrize(("north_m", "one"), [(19_400.0, True), (20_400.0, False)])
def test_a_part_begins_within_twenty_kilometres_of_the_whole(north_m: float, one: bool) -> None:
    whole = activity("whole", span_s=7200, distance_m=30_000)
    part = activity("part", minutes_later=60, distance_m=9_000, position=moved(north_m))
    assert is_one(whole, part) is one


@pytest.mark.parametrize(
    ("minutes", "one"),
    [(15, True), (17, False), (30, True), (14 * 60, True), (14 * 60 + 15, False)],
)
def test_a_clock_is_off_by_quarters_of_an_hour_up_to_fourteen(minutes: int, one: bool) -> None:
    a, b = activity("a", span_s=600), activity("b", span_s=600, minutes_later=minutes)
    assert is_one(a, b) is one


@pytest.mark.parametrize(
    ("span_s", "changed", "one"),
    [
        (600, {"span_s": 602.0}, True),
        (600, {"span_s": 602.1}, False),
        (3600, {"span_s": 3607.0}, True),
        (3600, {"span_s": 3607.5}, False),
        (600, {"distance_m": 10_100.0}, True),
        (600, {"distance_m": 10_105.0}, False),
        (600, {"heart_rate": 151.5}, True),
        (600, {"heart_rate": 151.6}, False),
        (600, {"position": moved(49.0)}, True),
        (600, {"position": moved(52.0)}, False),
        (300, {}, True),
        (299, {}, False),
    ],
)
def test_runs_hours_apart_are_one_only_when_alike(
    span_s: float, changed: dict[str, Any], one: bool
) -> None:
    a = activity("a", span_s=span_s)
    b = activity("b", **({"span_s": span_s, "minutes_later": 120} | changed))
    assert is_one(a, b) is one


@pytest.mark.parametrize(
    ("later_s", "span_s", "one"),
    [
        (60, 3600.0, True),
        (63, 3600.0, False),
        (30, 3600 * 0.905, True),
        (30, 3600 * 0.895, False),
    ],
)
def test_an_entry_of_a_list_is_rounded_to_a_minute_and_a_tenth(
    later_s: float, span_s: float, one: bool
) -> None:
    # Twice the distance: nothing else makes them one.
    row = entry(minutes_later=later_s / 60, span_s=span_s, distance_m=20_000.0)
    assert is_one(row, activity("fit")) is one


@pytest.mark.parametrize(
    ("later_s", "span_s", "whole_s", "one"),
    [
        (10, 3600.0, 3600.0, True),
        (10.5, 3600.0, 3600.0, False),
        (0, 3430.0, 3600.0, True),
        (0, 3411.0, 3600.0, False),
        (0, 63.0, 63.0, True),
        (0, 57.0, 57.0, False),
    ],
)
def test_an_entry_of_another_sport_must_match_closely(
    later_s: float, span_s: float, whole_s: float, one: bool
) -> None:
    row = entry(sport="walking", minutes_later=later_s / 60, span_s=span_s)
    assert is_one(row, activity("fit", span_s=whole_s)) is one


@pytest.mark.parametrize(("share", "set_aside"), [(0.88, "fit"), (0.92, "row")])
def test_a_damaged_recording_of_nine_tenths_of_the_time_is_the_whole(
    share: float, set_aside: str
) -> None:
    fit = activity("fit", is_partial=True, span_s=3600 * share, distance_m=2500)
    assert list(kept_and_twins(entry(), fit)) == [set_aside]
