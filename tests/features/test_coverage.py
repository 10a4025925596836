"""Sums over windows of days are the same to the last digit, on any machine and in any night."""

import math
from itertools import accumulate
from random import Random

import polars as pl
import pytest

from tightlog.features.coverage import sum_in_order, window_sum

DAYS = 400


def metres() -> list[float]:
    """Distances whose sum depends on the order they are added in."""
    draw = Random(3)
    return [draw.uniform(3_000, 15_000) if draw.random() < 0.6 else 0.0 for _ in range(DAYS)]


def added(values: list[float]) -> float:
    """The values added one after the other."""
    return list(accumulate(values))[-1]


@pytest.mark.parametrize("days", [7, 28])
def test_days_are_added_from_the_last_to_the_first(days: int) -> None:
    ran_m = metres()
    sums = pl.DataFrame({"ran_m": ran_m}).select(window_sum("ran_m", days)).to_series()
    expected = [added(ran_m[end - days : end][::-1]) for end in range(days, DAYS + 1)]
    assert sums.to_list() == [None] * (days - 1) + expected
    # Another order of adding would be seen.
    assert expected != [math.fsum(ran_m[end - days : end]) for end in range(days, DAYS + 1)]


def test_a_sum_with_an_unknown_day_is_unknown() -> None:
    ran_m = [1.0, None, 2.0, 3.0]
    sums = pl.DataFrame({"ran_m": ran_m}).select(window_sum("ran_m", 2)).to_series()
    assert sums.to_list() == [None, None, None, 5.0]


def test_columns_are_added_in_their_order() -> None:
    row = pl.DataFrame({"first": 1.0, "second": 1e16, "third": -1e16})
    assert row.select(sum_in_order([pl.col(name) for name in row.columns])).item() == 0.0
    assert row.select(sum_in_order([pl.col(name) for name in row.columns[::-1]])).item() == 1.0
