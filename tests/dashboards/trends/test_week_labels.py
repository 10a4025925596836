"""A week below the bars of Trends is called as everywhere else: 2 Nov, not 02 Nov."""

import json
from datetime import date

import polars as pl

from dashboards.trends.training_charts import mileage_chart


def test_the_day_of_a_week_has_no_leading_zero() -> None:
    weeks = pl.DataFrame(
        {
            "week": [date(2026, 11, 2)],
            "known_day_count": [7],
            "run_km": [20.0],
            "spike_count": [None],
            "spikes": [None],
        },
        schema_overrides={"spike_count": pl.Int64, "spikes": pl.String},
    )
    axis = json.loads(mileage_chart(weeks).to_json())["layer"][0]["encoding"]["x"]["axis"]
    assert axis["labelExpr"].startswith("toNumber(slice(datum.value, 8)) + ' ' + ")
