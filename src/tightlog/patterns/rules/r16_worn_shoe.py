"""R16: A shoe with many kilometres

What: a pair of shoes passed 800 km; shown once, for three days.
Why it matters: 500 to 800 km is a rule of thumb with weak evidence; in 800 marathon runners the
type of shoe made no difference to back pain.
Evidence (grade D): convention; Wu et al. 2021, PMC7920723
"""

from collections.abc import Mapping
from typing import Any

import polars as pl

from tightlog.domain.frames import Columns
from tightlog.patterns.events import MINOR_EVENT_LASTS_D, runs, shown_days
from tightlog.patterns.pattern import PatternInputs, Threshold, described, rule_rows
from tightlog.units import METRES_PER_KM

DISTANCE = Threshold("shoe_km", 800.0, "km", "run in one pair (convention)")
COLUMNS: Columns = {"shoe": pl.String, "distance_m": pl.Float64}


def worn_shoe_days(inputs: PatternInputs) -> pl.DataFrame:
    """The day a pair passed the limit and the two days after; quiet where the files name no
    shoe.
    """
    limit = inputs.limit("R16", DISTANCE)
    passed = (
        runs(inputs, COLUMNS)
        .filter(pl.col("shoe").is_not_null(), pl.col("distance_m") > 0)
        .with_columns(value=pl.col("distance_m").cum_sum().over("shoe") / METRES_PER_KM)
        .filter(
            pl.col("value") >= limit, pl.col("value") - pl.col("distance_m") / METRES_PER_KM < limit
        )
        .select("shoe", "value", started_on="day")
    )
    return rule_rows(shown_days(inputs, passed, MINOR_EVENT_LASTS_D), limit, _words)


def _words(row: Mapping[str, Any]) -> str:
    return f"The pair {row['shoe']!r} has {row['value']:.0f} km in your files."


PATTERN = described(
    __doc__,
    needs="files that name the shoe",
    link=(
        "The article recommends well-fitting, supportive shoes; the 800 km are convention, not "
        "the article's."
    ),
    interventions=("F5",),
    thresholds=(DISTANCE,),
    lasts_d=MINOR_EVENT_LASTS_D,
    match=worn_shoe_days,
    is_watched=lambda inputs: (
        "shoe" in inputs.activities.columns and inputs.activities["shoe"].count() > 0
    ),
)
