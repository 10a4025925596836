"""R12, R13, R14, R15, R19: what else the runner does."""

from collections.abc import Callable, Iterable
from typing import Any

import polars as pl

from tightlog.patterns.pattern import PatternInputs
from tightlog.patterns.rules.r12_no_strength import weak_days
from tightlog.patterns.rules.r14_only_running import run_only_days
from tightlog.simulation.steady.frames import day_of
from tightlog.words.dates import date_words

STEADY_RUNS = {"run_28d_min": 600.0}


def strength(
    days_frame: Callable[..., pl.DataFrame],
    last_session: int = 10,
    count: int = 150,
    **changes: object,
) -> pl.DataFrame:
    since = [
        None if number < last_session else float(number - last_session) for number in range(count)
    ]
    sessions = [None if gap is None else (1.0 if gap < 14 else 0.0) for gap in since]
    return days_frame(
        count, {**STEADY_RUNS, "since_strength_d": since, "strength_14d_count": sessions}, changes
    )


def test_two_weeks_without_strength_match_until_the_recording_has_likely_ended(
    days_frame: Callable[..., pl.DataFrame], matched: Callable[..., dict[int, dict[str, Any]]]
) -> None:
    found = matched("R12", strength(days_frame))
    # Told for six weeks; by then it has become usual.
    assert min(found) == 24 and max(found) == 24 + 41
    # The day it was, which stays true when the sentence is read days later.
    last_on = date_words(day_of(10))
    assert all(
        match["evidence"] == f"Your last recorded strength or core session was on {last_on}."
        for match in found.values()
    )


def test_recording_that_has_likely_ended_is_no_gap(days_frame: Callable[..., pl.DataFrame]) -> None:
    assert (
        max((row - day_of(0)).days for row in weak_days(PatternInputs(strength(days_frame)))["day"])
        == 100
    )


def test_declared_strength_is_quiet_before_the_first_of_later_sessions(
    days_frame: Callable[..., pl.DataFrame], matched: Callable[..., dict[int, dict[str, Any]]]
) -> None:
    since = [None] * 30 + [float(number % 7) for number in range(30)]
    assert (
        matched(
            "R12",
            days_frame(
                60,
                {
                    **STEADY_RUNS,
                    "since_strength_d": since,
                    "strength_14d_count": [0.0] * 30 + [2.0] * 30,
                },
            ),
        )
        == {}
    )


def test_pilates_in_place_of_strength_keeps_the_rule_quiet(
    days_frame: Callable[..., pl.DataFrame], matched: Callable[..., dict[int, dict[str, Any]]]
) -> None:
    weekly = dict.fromkeys(range(0, 150, 7), 45.0)
    assert (
        matched("R12", strength(days_frame, mobility_min=dict.fromkeys(range(150), 0.0) | weekly))
        == {}
    )


def test_three_minutes_of_stretching_are_no_strength(
    days_frame: Callable[..., pl.DataFrame], matched: Callable[..., dict[int, dict[str, Any]]]
) -> None:
    assert matched("R12", strength(days_frame, mobility_min=dict.fromkeys(range(150), 3.0)))


def test_mobility_of_unknown_length_keeps_the_rule_quiet(
    days_frame: Callable[..., pl.DataFrame], matched: Callable[..., dict[int, dict[str, Any]]]
) -> None:
    mobility = dict.fromkeys(range(150), 0.0) | dict.fromkeys(range(20, 150, 5))
    assert matched("R12", strength(days_frame, mobility_min=mobility)) == {}


def test_no_strength_is_quiet_while_not_running(
    days_frame: Callable[..., pl.DataFrame], matched: Callable[..., dict[int, dict[str, Any]]]
) -> None:
    assert matched("R12", strength(days_frame, run_28d_min=dict.fromkeys(range(150), 0.0))) == {}


def test_no_strength_is_quiet_on_unknown_days_and_unknown_windows(
    days_frame: Callable[..., pl.DataFrame], matched: Callable[..., dict[int, dict[str, Any]]]
) -> None:
    assert 30 not in matched("R12", strength(days_frame, coverage={30: "unknown"}))
    assert 30 not in matched("R12", strength(days_frame, strength_14d_count={30: None}))


def running_only(
    days_frame: Callable[..., pl.DataFrame],
    swim_days: Iterable[int] = range(0, 36, 7),
    share: float = 98.0,
    minutes: float = 600.0,
    **changes: object,
) -> pl.DataFrame:
    swims = [40.0 if number in swim_days else 0.0 for number in range(150)]
    return days_frame(
        150,
        {
            "run_28d_min": minutes,
            "run_share_28d_pct": share,
            "swim_min": swims,
            "cross_training_min": swims,
        },
        changes,
    )


def test_habit_of_long_ago_is_none(days_frame: Callable[..., pl.DataFrame]) -> None:
    # On day 90 the first of six swims is over 90 days old.
    assert (
        max(
            (row - day_of(0)).days
            for row in run_only_days(PatternInputs(running_only(days_frame)))["day"]
        )
        == 89
    )
