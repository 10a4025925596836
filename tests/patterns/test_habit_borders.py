"""Rules of habits at their borders: just enough is told, just too little is not."""

from collections.abc import Sequence
from typing import Any

import pytest

from tests.patterns.conftest import ruled
from tightlog.patterns.pattern import PatternInputs
from tightlog.simulation.steady.frames import days_frame


def is_told(name: str, **columns: Sequence[Any]) -> bool:
    """Told on the last of the days."""
    count = len(next(iter(columns.values())))
    days = days_frame(count, {column: list(values) for column, values in columns.items()})
    return count - 1 in ruled(name, PatternInputs(days))


def no_strength(since_d: int, mobility_min: float | None = None) -> bool:
    """Told so many days after the last session; five days before, one was still counted."""
    count = since_d + 1
    sessions = [0.0 if number >= since_d - 4 else 1.0 for number in range(count)]
    mobility: list[float | None] = [None] * count
    mobility[-4] = mobility_min
    return is_told(
        "R12",
        since_strength_d=[float(number) for number in range(count)],
        strength_14d_count=sessions,
        run_28d_min=[100.0] * count,
        mobility_min=mobility if mobility_min is None else [value or 0.0 for value in mobility],
    )


@pytest.mark.parametrize(
    ("since_d", "mobility_min", "told"),
    [
        (14, None, True),
        (13, None, False),
        (90, None, True),
        (91, None, False),
        (30, 19.5, True),
        (30, 20.0, False),
    ],
)
def test_no_strength_begins_and_ends_at_each_number(
    since_d: int, mobility_min: float | None, told: bool
) -> None:
    assert no_strength(since_d, mobility_min) is told


def stopped(counts: Sequence[float]) -> bool:
    return is_told("R13", mobility_7d_count=counts, run_count=[1.0] * len(counts))


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ([3.0] * 60 + [1.0] * 14, True),
        ([3.0] * 60 + [2.0] * 14, False),
        # Weeks without enough are 7.1 % of the 28 before the last 28 days, then 3.4 %.
        ([3.0] * 26 + [1.0, 1.0] + [3.0] * 14 + [1.0] * 14, False),
        ([3.0] * 27 + [1.0] + [3.0] * 15 + [1.0] * 14, True),
        # Older than 90 days before the last 28 does not count, those days do.
        ([1.0] * 40 + [3.0] * 104 + [1.0] * 14, True),
        ([1.0] * 40 + [3.0] * 95 + [1.0] * 14, False),
        # 28 days make a habit.
        ([3.0] * 42 + [1.0] * 14, True),
        ([3.0] * 41 + [1.0] * 14, False),
        # The last 28 days are left out.
        ([3.0] * 40 + [1.0] * 28, True),
        ([3.0] * 40 + [1.0] * 31, False),
    ],
)
def test_a_habit_of_mobility_ends_at_each_number(counts: Sequence[float], told: bool) -> None:
    assert stopped(counts) is told


def cold(
    before_pct: float = 90.0, now_pct: float = 20.0, runs: int = 20, earlier: int = 20
) -> bool:
    warm = [before_pct] * 28 + [now_pct] * 28
    counts = [0.0] * (28 - earlier) + [1.0] * earlier + [0.0] * (28 - runs) + [1.0] * runs
    return is_told("R13", warm_up_28d_pct=warm, run_count=counts)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"now_pct": 48.0}, True),
        ({"now_pct": 52.0}, False),
        ({"before_pct": 82.0}, True),
        ({"before_pct": 78.0}, False),
        ({"runs": 8}, True),
        ({"runs": 7}, False),
        ({"earlier": 8}, True),
        ({"earlier": 7}, False),
    ],
)
def test_a_habit_of_warming_up_ends_at_each_number(given: dict[str, Any], told: bool) -> None:
    assert cold(**given) is told


def only_running(
    share_pct: float = 100.0, minutes: float = 300.0, others: Sequence[int] = range(80, 86)
) -> bool:
    """Told on day 99 of a hundred, of which so many had another sport."""
    return is_told(
        "R14",
        run_share_28d_pct=[50.0] * 99 + [share_pct],
        run_28d_min=[minutes] * 100,
        swim_min=[30.0 if number in others else 0.0 for number in range(100)],
    )


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"share_pct": 96.0}, True),
        ({"share_pct": 94.0}, False),
        ({"minutes": 122.0}, True),
        ({"minutes": 118.0}, False),
        ({"others": range(80, 85)}, False),
        ({"others": [10, *range(80, 85)]}, True),
        ({"others": [9, *range(80, 85)]}, False),
    ],
)
def test_only_running_begins_at_each_number(given: dict[str, Any], told: bool) -> None:
    assert only_running(**given) is told


@pytest.mark.parametrize(
    ("nights", "told"),
    [
        ([8.0] * 40 + [5.9] * 3, True),
        ([8.0] * 40 + [6.05] * 3, False),
        ([7.0] * 40 + [5.45] * 3, True),
        ([7.0] * 40 + [5.55] * 3, False),
        # The mean is of three nights, neither of two nor of four.
        ([8.0] * 40 + [9.0] + [5.8] * 3, True),
        ([8.0] * 40 + [9.0] + [5.8] * 2, False),
        ([None] * 30 + [8.0] * 10 + [5.0] * 3, True),
        ([None] * 30 + [8.0] * 9 + [5.0] * 3, False),
        # The usual night is that of 28 days: 15 long ones outweigh 13 short ones.
        ([6.0] * 40 + [8.0] * 15 + [5.0] * 3, True),
        ([6.0] * 40 + [8.0] * 13 + [5.0] * 3, False),
    ],
)
def test_short_sleep_begins_at_each_number(nights: Sequence[float | None], told: bool) -> None:
    assert is_told("R19", context_sleep_h=nights) is told


@pytest.mark.parametrize(
    ("hours", "told"),
    [
        ([2.0] * 40 + [5.2], True),
        ([2.0] * 40 + [4.8], False),
        ([5.0] * 40 + [7.05], True),
        ([5.0] * 40 + [6.95], False),
        ([None] * 30 + [2.0] * 10 + [8.0], True),
        ([None] * 30 + [2.0] * 9 + [8.0], False),
        # As long on two of 28 days is unusual, on three it is not.
        ([2.0] * 40 + [8.0] * 2 + [2.0] * 5 + [8.0], True),
        ([2.0] * 40 + [8.0] * 3 + [2.0] * 5 + [8.0], False),
    ],
)
def test_long_sitting_begins_at_each_number(hours: Sequence[float | None], told: bool) -> None:
    assert is_told("R19", context_sitting_h=hours) is told


@pytest.mark.parametrize(
    ("stress", "told"),
    [
        # A spread of 1.02 around 3, so 5.53 stands apart from a highest of 4.
        ([2.0, 4.0] * 20 + [5.6], True),
        ([2.0, 4.0] * 20 + [5.45], False),
        ([None] * 30 + [3.0] * 14 + [9.0], True),
        ([None] * 30 + [3.0] * 13 + [9.0], False),
        # The highest is that of 28 days.
        ([3.0] * 30 + [9.0] + [3.0] * 28 + [8.0], True),
        ([3.0] * 30 + [9.0] + [3.0] * 27 + [8.0], False),
    ],
)
def test_high_stress_begins_at_each_number(stress: Sequence[float | None], told: bool) -> None:
    assert is_told("R19", context_stress=stress) is told
    by_watch = [None if value is None else 10.0 * value for value in stress]
    assert is_told("R19", context_watch_stress=by_watch) is told
