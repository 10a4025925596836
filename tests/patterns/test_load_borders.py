"""Rules of load at their borders: just enough is told, just too little is not."""

from typing import Any

import pytest

from tests.patterns.conftest import ruled
from tightlog.patterns.pattern import PatternInputs
from tightlog.simulation.steady.frames import days_frame


def is_told(name: str, day: int, **columns: list[Any]) -> bool:
    days = days_frame(len(next(iter(columns.values()))), columns)
    return day in ruled(name, PatternInputs(days))


def spike(excess: float, later: int = 0) -> bool:
    ratio = [0.0] * 20 + [excess] + [0.0] * 10
    return is_told("R2", 20 + later, session_spike_ratio=ratio, longest_run_m=[1.0] * 31)


@pytest.mark.parametrize(("excess", "told"), [(0.105, True), (0.1046, False), (0.095, False)])
def test_a_run_more_than_a_tenth_longer_as_it_is_said_is_a_spike(excess: float, told: bool) -> None:
    assert spike(excess) is told


@pytest.mark.parametrize(("later", "told"), [(6, True), (7, False)])
def test_a_spike_is_told_for_seven_days(later: int, told: bool) -> None:
    assert spike(0.2, later) is told


def back(
    break_d: int = 14,
    share: float = 0.6,
    waits_d: int = 0,
    last: int = 40,
    long_at: int | None = None,
) -> bool:
    """Told of a run after a break; before it, 10 km a day up to day `last`."""
    metres = [10_000.0] * (last + 1) + [0.0] * break_d + [0.0] * 20
    if long_at is not None:
        metres[long_at] = 40_000.0
    first = last + break_d + 1
    metres[first] = 1_000.0
    metres[first + waits_d] = share * 10_000
    counts = [float(metre > 0) for metre in metres]
    return is_told("R3", first + waits_d, run_count=counts, longest_run_m=metres)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"break_d": 14}, True),
        ({"break_d": 13}, False),
        ({"share": 0.52}, True),
        ({"share": 0.48}, False),
        ({"waits_d": 6}, True),
        ({"waits_d": 7}, False),
        ({"last": 13}, True),
        ({"last": 12}, False),
        ({"long_at": 40 - 30}, True),
        ({"long_at": 40 - 29}, False),
    ],
)
def test_a_return_after_a_break_begins_at_each_number(given: dict[str, Any], told: bool) -> None:
    assert back(**given) is told


def even(monotony: float = 3.0, load: float = 1000.0, loads: list[float] | None = None) -> bool:
    before = [50.0] * 100 if loads is None else loads
    ratios = [1.0] * len(before) + [monotony]
    return is_told("R4", len(before), monotony_7d_ratio=ratios, load_7d_au=[*before, load])


@pytest.mark.parametrize(("monotony", "told"), [(2.05, True), (1.95, False)])
def test_days_are_alike_from_a_monotony_of_two(monotony: float, told: bool) -> None:
    assert even(monotony) is told


@pytest.mark.parametrize(("share_pct", "told"), [(20.0, True), (20.5, False)])
def test_a_week_of_which_a_fifth_is_estimated_is_not_judged(share_pct: float, told: bool) -> None:
    share = [0.0] * 100 + [share_pct]
    ratios, loads = [1.0] * 100 + [3.0], [50.0] * 100 + [1000.0]
    assert (
        is_told(
            "R4",
            100,
            monotony_7d_ratio=ratios,
            load_7d_au=loads,
            load_7d_estimated_share_pct=share,
        )
        is told
    )


@pytest.mark.parametrize(
    ("share_pct", "is_estimated", "told"),
    [(20.0, False, True), (20.5, False, False), (5.0, True, False)],
)
def test_a_hard_session_is_measured_and_so_are_those_before_it(
    share_pct: float, is_estimated: bool, told: bool
) -> None:
    columns: dict[str, list[Any]] = {
        "hardest_session_au": [0.0, 203.0],
        "hardest_session_30d_au": [140.0, 140.0],
        "is_hardest_session_estimated": [False, is_estimated],
        "load_28d_estimated_share_pct": [0.0, share_pct],
    }
    assert is_told("R20", 1, **columns) is told


@pytest.mark.parametrize(("load", "told"), [(68.0, True), (67.5, False)])
def test_a_week_is_heavy_above_three_of_four_of_ninety_days(load: float, told: bool) -> None:
    # 67.75 of 1 … 90; ten far higher ones lie before.
    before = [1000.0] * 10 + [float(number) for number in (*range(82, 91), *range(1, 82))]
    assert even(load=load, loads=before) is told


@pytest.mark.parametrize(("days_before", "told"), [(34, True), (33, False)])
def test_monotony_needs_28_days_before_the_last_week(days_before: int, told: bool) -> None:
    assert even(loads=[50.0] * days_before) is told


@pytest.mark.parametrize(
    ("even_days", "told"),
    [
        (range(7), True),
        (range(8), False),
        ([*range(7), 75], False),
        ([*range(7), 76], True),
    ],
)
def test_weeks_alike_on_a_tenth_of_the_days_before_are_a_habit(
    even_days: list[int], told: bool
) -> None:
    # 76 days are known before the last week: 7 of them are 9.2 %, 8 are 10.5 %.
    ratios = [3.0 if number in even_days else 1.0 for number in range(82)] + [3.0]
    loads = [50.0] * 82 + [100.0]
    assert is_told("R4", 82, monotony_7d_ratio=ratios, load_7d_au=loads) is told


def jump(ratio: float = 2.0, week_m: float = 40_000.0, before: list[Any] | None = None) -> bool:
    weeks = [10_000.0] * 60 if before is None else before
    ratios = [1.0] * len(weeks) + [ratio]
    return is_told("R5", len(weeks), run_distance_7d_m=[*weeks, week_m], week_change_ratio=ratios)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"ratio": 1.31}, True),
        ({"ratio": 1.29}, False),
        ({"week_m": 20_500.0}, True),
        ({"week_m": 19_500.0}, False),
        ({"before": [35_700.0] * 60}, True),
        ({"before": [37_000.0] * 60}, False),
        ({"before": [10_000.0] * 25 + [50_000.0] + [10_000.0] * 34}, True),
        ({"before": [10_000.0] * 26 + [50_000.0] + [10_000.0] * 33}, False),
        ({"before": [None] * 20 + [10_000.0] * 20}, True),
        ({"before": [None] * 20 + [10_000.0] * 19}, False),
    ],
)
def test_a_jump_of_the_week_begins_at_each_number(given: dict[str, Any], told: bool) -> None:
    assert jump(**given) is told


@pytest.mark.parametrize(
    ("load", "later", "told"),
    [(132.0, 0, True), (128.0, 0, False), (200.0, 6, True), (200.0, 7, False)],
)
def test_a_session_is_hard_30_percent_above_the_hardest_for_a_week(
    load: float, later: int, told: bool
) -> None:
    hardest = [100.0] * 20 + [load] + [100.0] * 10
    before = [100.0] * 31
    columns = {"hardest_session_au": hardest, "hardest_session_30d_au": before}
    assert is_told("R20", 20 + later, **columns) is told
