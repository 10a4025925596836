"""What an axis of amounts promises."""

import json

import altair as alt
import polars as pl
import pytest

from dashboards.shown.charts import from_zero


@pytest.mark.parametrize(
    ("amounts", "limit", "domain"),
    [
        ([0.0, 0.0, None], None, [0, 1]),
        ([None], None, [0, 1]),
        ([0.0, 12.5], None, None),
        ([0.0, 900.0], 40.0, [0, 40.0]),
    ],
)
def test_amounts_that_are_all_zero_have_an_axis_with_room(
    amounts: list[float | None], limit: float | None, domain: list[float] | None
) -> None:
    frame = pl.DataFrame({"amount": amounts}, schema={"amount": pl.Float64})
    scale = from_zero(frame["amount"], limit)
    chart = alt.Chart(frame).mark_bar().encode(alt.Y("amount:Q", scale=scale))
    assert json.loads(chart.to_json())["encoding"]["y"]["scale"].get("domain") == domain
