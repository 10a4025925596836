"""R2, R3, R6, R10, R16: what the runs show."""

from collections.abc import Callable
from datetime import date
from typing import Any

import polars as pl


def spike(
    days_frame: Callable[..., pl.DataFrame],
    ratio: float,
    state: str = "over_30_pct",
    number: int = 20,
    **more: object,
) -> pl.DataFrame:
    return days_frame(
        40,
        changes={
            "session_spike_ratio": {number: ratio},
            "session_spike_state": {number: state},
            "longest_run_m": {number: 24_000.0},
            "longest_run_30d_m": {number: 17_000.0},
            **more,
        },
    )


def test_second_spike_within_the_week_is_news(
    days_frame: Callable[..., pl.DataFrame], matched: Callable[..., dict[int, dict[str, Any]]]
) -> None:
    days = spike(days_frame, 0.2, longest_run_30d_m={20: 20_000.0, 23: 24_000.0})
    second = days.with_columns(
        session_spike_ratio=pl.when(pl.int_range(pl.len()) == 23)
        .then(0.5)
        .otherwise("session_spike_ratio"),
        longest_run_m=pl.when(pl.int_range(pl.len()) == 23)
        .then(36_000.0)
        .otherwise("longest_run_m"),
    )
    found = matched("R2", second)
    assert found[23]["state"] == "new" and found[22]["state"] == "ongoing" and max(found) == 29


def test_five_runs_over_months_are_no_block(
    days_frame: Callable[..., pl.DataFrame],
    runs_frame: Callable[..., pl.DataFrame],
    matched: Callable[..., dict[int, dict[str, Any]]],
) -> None:
    assert matched("R6", days_frame(100), activities=runs_frame([-5.0] * 6, every_d=10)) == {}


def shoes(
    runs_frame: Callable[..., pl.DataFrame],
    count: int,
    day_of: Callable[[int], date],
    shoe: str | None = "blue",
) -> pl.DataFrame:
    return runs_frame([None] * count, shoe=shoe, distance_m=10_000.0)


def test_shoe_is_spoken_of_once_when_it_passes_800_km(
    days_frame: Callable[..., pl.DataFrame],
    runs_frame: Callable[..., pl.DataFrame],
    matched: Callable[..., dict[int, dict[str, Any]]],
    day_of: Callable[[int], date],
) -> None:
    found = matched("R16", days_frame(260), activities=shoes(runs_frame, 100, day_of))
    assert (
        sorted(found) == [158, 159, 160]
        and found[158]["evidence"] == "The pair 'blue' has 800 km in your files."
    )


def test_shoe_is_quiet_without_a_name_or_below_the_limit(
    days_frame: Callable[..., pl.DataFrame],
    runs_frame: Callable[..., pl.DataFrame],
    matched: Callable[..., dict[int, dict[str, Any]]],
    day_of: Callable[[int], date],
) -> None:
    assert matched("R16", days_frame(260), activities=shoes(runs_frame, 79, day_of)) == {}
    assert (
        matched("R16", days_frame(260), activities=shoes(runs_frame, 100, day_of, shoe=None)) == {}
    )


def test_kilometres_at_the_start_of_a_pair_bring_it_to_the_limit_earlier(
    days_frame: Callable[..., pl.DataFrame],
    runs_frame: Callable[..., pl.DataFrame],
    matched: Callable[..., dict[int, dict[str, Any]]],
) -> None:
    known = {"shoe": "blue", "shoe_start_m": 700_000.0, "distance_m": 10_000.0}
    twenty = runs_frame([None] * 20, shoe_source="settings", **known)
    found = matched("R16", days_frame(260), activities=twenty)
    # 700 km + 10 runs of 10 km
    assert sorted(found) == [18, 19, 20]
    assert found[18]["evidence"] == (
        "The pair 'blue' has 800 km, 700 km from before your files and 100 km as your default pair."
    )
    worn = twenty.with_columns(shoe_start_m=pl.lit(800_000.0))
    assert matched("R16", days_frame(260), activities=worn) == {}, "it passed before your files"
