"""Rules of single runs at their borders: just enough is told, just too little is not."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, time
from typing import Any

import polars as pl
import pytest

from tests.patterns.conftest import ruled
from tightlog.patterns.pattern import PatternInputs
from tightlog.simulation.steady.frames import day_of, days_frame

FIRST = 10


def is_told(
    name: str, later: int = 0, on: Sequence[int] | None = None, **columns: Sequence[Any]
) -> bool:
    """Told so many days after the last of the runs, which lie on these days, else two apart."""
    return row_of(name, later, on, **columns) is not None


def row_of(
    name: str, later: int = 0, on: Sequence[int] | None = None, **columns: Sequence[Any]
) -> dict[str, Any] | None:
    """What is told on that day."""
    count = len(next(iter(columns.values())))
    days = [FIRST + number for number in on or range(0, 2 * count, 2)]
    runs = pl.DataFrame(
        {
            "activity_id": [str(day) for day in days],
            "sport": ["running"] * count,
            "day": [day_of(day) for day in days],
            "started_at": [datetime.combine(day_of(day), time(17), UTC) for day in days],
            "is_indoor": [False] * count,
            "device": ["watch"] * count,
            "has_barometer": [True] * count,
            **columns,
        },
        strict=False,
    )
    frame = days_frame(days[-1] + 10)
    return ruled(name, PatternInputs(frame, runs)).get(days[-1] + later)


def low_cadence(values: Sequence[float], **given: Any) -> bool:
    return is_told("R6", cadence_residual_pct=[-3.1 * value for value in values], **given)


def bounce(values: Sequence[float], **given: Any) -> bool:
    return is_told("R8", vertical_ratio_z=[1.55 * value for value in values], **given)


@pytest.mark.parametrize("rule", [low_cadence, bounce])
@pytest.mark.parametrize(
    ("values", "given", "told"),
    [
        ([0, 0, 1, 1, 1], {}, True),
        ([0, 0, 0.93, 0.93, 0.93], {}, False),
        ([0, 0, 0, 1, 1], {}, False),
        ([1, 1, 1, 0, 0], {}, True),
        ([1, 1, 1, 0, 0, 0], {}, False),
        ([1] * 5, {"on": [0, 1, 2, 3, 30]}, True),
        ([1] * 5, {"on": [0, 1, 2, 3, 31]}, False),
        ([1] * 5, {"later": 6}, True),
        ([1] * 5, {"later": 7}, False),
    ],
)
def test_three_of_five_runs_make_a_block(
    rule: Callable[..., bool], values: list[float], given: dict[str, Any], told: bool
) -> None:
    assert rule(values, **given) is told


def fade(values: Sequence[float], **given: Any) -> bool:
    return is_told("R7", cadence_drift_pct=[-3.1 * value for value in values], **given)


@pytest.mark.parametrize(
    ("values", "given", "told"),
    [
        ([0, 1, 1], {}, True),
        ([0, 0.93, 0.93], {}, False),
        ([0, 0, 1], {}, False),
        ([1, 0, 1], {}, True),
        ([1, 0, 0, 1], {}, False),
        ([1] * 3, {"on": [0, 1, 42]}, True),
        ([1] * 3, {"on": [0, 1, 43]}, False),
        ([1] * 3, {"later": 6}, True),
        ([1] * 3, {"later": 7}, False),
    ],
)
def test_two_of_three_long_runs_that_fade_are_told(
    values: list[float], given: dict[str, Any], told: bool
) -> None:
    assert fade(values, **given) is told


def form_lost(contact: Sequence[float], ratio: Sequence[float]) -> bool:
    return is_told(
        "R7",
        cadence_drift_pct=[0.0] * len(contact),
        ground_contact_drift_pct=contact,
        vertical_ratio_drift_pp=ratio,
    )


@pytest.mark.parametrize(
    ("contact", "ratio", "earlier", "told"),
    [
        (3.1, 1.0, 12, True),
        (2.9, 1.0, 12, False),
        (9.0, 0.31, 12, True),
        (9.0, 0.29, 12, False),
        (9.0, 1.0, 10, True),
        (9.0, 1.0, 9, False),
    ],
)
def test_contact_time_and_bounce_must_both_rise(
    contact: float, ratio: float, earlier: int, told: bool
) -> None:
    quiet = [0.0] * earlier
    assert form_lost([*quiet, contact, contact], [*quiet, ratio, ratio]) is told


@pytest.mark.parametrize(("last", "told"), [(19.1, True), (19.0, False)])
def test_a_fade_is_worse_than_19_of_20_runs(last: float, told: bool) -> None:
    # 19.05 of 1 … 20; two far higher ones lie before.
    drift = [0.0, 1000.0, 1000.0, 0.5, *map(float, range(1, 21)), last]
    assert form_lost(drift, drift) is told


def shift(change: Sequence[float], left: float = 53.0, **given: Any) -> bool:
    return is_told(
        "R9",
        ground_contact_balance_change_pp=change,
        ground_contact_left_pct=[left] * len(change),
        **given,
    )


@pytest.mark.parametrize(
    ("change", "given", "told"),
    [
        ([0, 1.05, 1.05], {}, True),
        ([0, 0.95, 0.95], {}, False),
        ([2.0] * 3, {"left": 52.1}, True),
        ([2.0] * 3, {"left": 51.9}, False),
        ([0, 0, 2.0], {}, False),
        ([2.0, 0, 2.0], {}, True),
        ([2.0, 0, 0, 2.0], {}, False),
        ([2.0] * 3, {"on": [0, 1, 21]}, True),
        ([2.0] * 3, {"on": [0, 1, 22]}, False),
        ([2.0] * 3, {"later": 6}, True),
        ([2.0] * 3, {"later": 7}, False),
    ],
)
def test_a_side_shift_begins_at_each_number(
    change: list[float], given: dict[str, Any], told: bool
) -> None:
    assert shift(change, **given) is told


def downhill(descents: Sequence[float], last_km: float = 1.0, **given: Any) -> bool:
    metres = [10_000.0] * (len(descents) - 1) + [1000 * last_km]
    return is_told("R10", descent_m=descents, distance_m=metres, **given)


@pytest.mark.parametrize(
    ("descents", "given", "told"),
    [
        ([10.0] * 30 + [205.0], {"last_km": 10.0}, True),
        ([10.0] * 30 + [195.0], {"last_km": 10.0}, False),
        ([100.0] * 30 + [152.0], {}, True),
        ([100.0] * 30 + [148.0], {}, False),
        ([10.0] * 20 + [200.0], {}, True),
        ([10.0] * 19 + [200.0], {}, False),
        ([10.0] * 30 + [200.0], {"later": 2}, True),
        ([10.0] * 30 + [200.0], {"later": 3}, False),
        # Half more than 54.1, nine of ten of 1 … 60; six far higher ones lie before.
        ([1000.0] * 6 + [float(number) for number in range(1, 61)] + [81.5], {}, True),
        ([1000.0] * 6 + [float(number) for number in range(1, 61)] + [81.0], {}, False),
    ],
)
def test_a_downhill_run_begins_at_each_number(
    descents: list[float], given: dict[str, Any], told: bool
) -> None:
    assert downhill(descents, **given) is told


RISING = [0.0, 1000.0, 1000.0, 0.5, *map(float, range(1, 21))]


@pytest.mark.parametrize(
    ("drifts", "given", "told"),
    [
        ([0.0] * 12 + [5.2] * 2, {}, True),
        ([0.0] * 12 + [4.8] * 2, {}, False),
        ([4.0] * 20 + [6.1] * 2, {}, True),
        ([4.0] * 20 + [5.9] * 2, {}, False),
        ([0.0] * 10 + [9.0] * 2, {}, True),
        ([0.0] * 9 + [9.0] * 2, {}, False),
        ([0.0] * 12 + [9.0], {}, False),
        ([0.0] * 12 + [9.0, 0.0, 9.0], {}, True),
        ([0.0] * 12 + [9.0, 0.0, 0.0, 9.0], {}, False),
        ([0.0] * 12 + [9.0] * 2, {"later": 2}, True),
        ([0.0] * 12 + [9.0] * 2, {"later": 3}, False),
        ([0.0] * 12 + [9.0] * 3, {"on": [*range(12), 12, 13, 12 + 42]}, True),
        ([0.0] * 12 + [9.0] * 3, {"on": [*range(12), 12, 13, 12 + 43]}, False),
        # 2 points more than 18.1, nine of ten of 1 … 20.
        ([*RISING, 20.15], {}, True),
        ([*RISING, 20.05], {}, False),
    ],
)
def test_a_drifting_heart_begins_at_each_number(
    drifts: list[float], given: dict[str, Any], told: bool
) -> None:
    assert is_told("R11", decoupling_pct=drifts, **given) is told


@pytest.mark.parametrize(("drift", "is_high"), [(10.05, True), (9.95, False)])
def test_a_drift_of_ten_percent_is_called_high(drift: float, is_high: bool) -> None:
    row = row_of("R11", decoupling_pct=[3.0] * 12 + [drift] * 2)
    assert row is not None
    assert ("10\u00a0% or more is called high" in row["evidence"]) is is_high


@pytest.mark.parametrize(
    ("last_km", "later", "told"), [(51, 0, True), (49, 0, False), (51, 2, True), (51, 3, False)]
)
def test_a_shoe_is_worn_at_800_kilometres_for_three_days(
    last_km: float, later: int, told: bool
) -> None:
    metres = [50_000.0] * 15 + [1000.0 * last_km]
    on = [*range(15), 25]
    assert is_told("R16", later, on, shoe=["blue"] * 16, distance_m=metres) is told
