"""R16: A shoe with many kilometres

What: a pair of shoes passed 800 km; said once, for a week.
Why it matters: 500 to 800 km is a rule of thumb with weak evidence; in 800 marathon runners the type of shoe made no difference
to back pain.
Evidence (grade D): convention; Wu et al. 2021, PMC7920723
"""

from collections.abc import Mapping
from typing import Any

import polars as pl

from tightlog.domain import UTC_INSTANT
from tightlog.patterns.pattern import Columns, PatternInputs, Threshold, described, rule_rows, typed
from tightlog.units import METRES_PER_KM

DISTANCE = Threshold("shoe_km", 800.0, "km", "run in one pair (convention)")
COLUMNS: Columns = {"activity_id": pl.String, "sport": pl.String, "started_at": UTC_INSTANT, "day": pl.Date, "shoe": pl.String,
           "distance_m": pl.Float64}
SPOKEN_OF_D = 7


def worn_shoe_days(inputs: PatternInputs) -> pl.DataFrame:
    """The day a pair passed the limit and the week after; quiet where the files name no shoe."""
    limit = inputs.limit("R16", DISTANCE)
    passed = typed(inputs.activities, COLUMNS).filter(
        pl.col("sport") == "running", pl.col("shoe").is_not_null(), pl.col("distance_m") > 0
    ).sort("day", "started_at", "activity_id").with_columns(
        value=pl.col("distance_m").cum_sum().over("shoe") / METRES_PER_KM
    ).filter(pl.col("value") >= limit, pl.col("value") - pl.col("distance_m") / METRES_PER_KM < limit).select(
        "shoe", "value", started_on="day"
    ).unique("started_on", keep="last", maintain_order=True)
    matched = (
        inputs.days_with({}).filter(pl.col("coverage") == "watched").select("day")
        .join_asof(passed, left_on="day", right_on="started_on", strategy="backward", coalesce=False)
        .filter((pl.col("day") - pl.col("started_on")).dt.total_days() < SPOKEN_OF_D)
    )
    return rule_rows(matched, limit, _words)


def _words(row: Mapping[str, Any]) -> str:
    return f"The pair {row['shoe']!r} has {row['value']:.0f} km in your files."


PATTERN = described(
    __doc__,
    needs="files that name the shoe",
    link="The article recommends well-fitting, supportive shoes; the 800 km are convention, not the article's.",
    interventions=("F5",),
    thresholds=(DISTANCE,),
    lasts_d=SPOKEN_OF_D,
    match=worn_shoe_days,
    is_watched=lambda inputs: "shoe" in inputs.activities.columns and inputs.activities["shoe"].count() > 0,
)
