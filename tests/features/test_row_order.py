"""Rows of activities are in order, however they came."""

import polars as pl
import pytest

from tightlog.features.row_order import downwards, in_order

SORTED = pl.DataFrame(
    {"activity_id": ["a", "a", "b", "b", "b", "c"], "value": [1, 2, 1, 3, 5, 4], "row": range(6)}
)
# Each activity upwards in one piece; one downwards; one in two pieces.
ORDERS = ([3, 5, 0, 1, 2, 4], [2, 3, 4, 5, 0, 1], [0, 1, 4, 3, 2, 5], [2, 3, 0, 1, 5, 4])


@pytest.mark.parametrize("order", [*ORDERS, list(range(6)), []])
def test_rows_come_out_by_activity_and_value(order: list[int]) -> None:
    assert in_order(SORTED[order], "value").equals(SORTED[sorted(order)])


@pytest.mark.parametrize("order", [*ORDERS, list(range(6)), []])
def test_each_activity_comes_out_from_its_highest_value_down(order: list[int]) -> None:
    rows = downwards(SORTED[order], "value")
    assert rows.height == len(order)
    for activity in rows["activity_id"].unique():
        values = rows.filter(activity_id=activity)["value"]
        assert values.to_list() == values.sort(descending=True).to_list()
