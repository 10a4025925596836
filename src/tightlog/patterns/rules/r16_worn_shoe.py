"""R16: A shoe with many kilometres

What: a pair of shoes passed 800 km, those before your files included; shown once, for three days.
Why it matters: 500 to 800 km is a rule of thumb with weak evidence; in 800 marathon runners the
type of shoe made no difference to back pain.
Evidence (grade D): convention; Wu et al. 2021, PMC7920723
"""

from collections.abc import Mapping
from typing import Any

import polars as pl

from tightlog.domain.frames import Columns
from tightlog.language.catalogue import message, phrase
from tightlog.patterns.events import MINOR_EVENT_LASTS_D, runs, shown_days
from tightlog.patterns.pattern import PatternInputs, Threshold, described, rule_rows
from tightlog.units import METRES_PER_KM
from tightlog.words.measures import distance

DISTANCE = Threshold("shoe_km", 800.0, "km", message("run in one pair (convention)"))
COLUMNS: Columns = {
    "shoe": pl.String,
    "shoe_source": pl.String,
    "shoe_start_m": pl.Float64,
    "distance_m": pl.Float64,
}


def worn_shoe_days(inputs: PatternInputs) -> pl.DataFrame:
    """The day a pair passed the limit and the two days after; quiet where no shoe is
    known.
    """
    limit = inputs.limit("R16", DISTANCE)
    passed = (
        runs(inputs, COLUMNS)
        .filter(pl.col("shoe").is_not_null(), pl.col("distance_m") > 0)
        .with_columns(
            run_km=pl.col("distance_m") / METRES_PER_KM,
            start_km=pl.col("shoe_start_m").fill_null(0.0) / METRES_PER_KM,
        )
        .with_columns(
            value=pl.col("start_km") + pl.col("run_km").cum_sum().over("shoe"),
            default_km=pl.when(pl.col("shoe_source") == "settings")
            .then("run_km")
            .otherwise(0.0)
            .cum_sum()
            .over("shoe"),
        )
        .filter(pl.col("value") >= limit, pl.col("value") - pl.col("run_km") < limit)
        .select("shoe", "value", "start_km", "default_km", started_on="day")
    )
    return rule_rows(shown_days(inputs, passed, MINOR_EVENT_LASTS_D), limit, _words)


def _words(row: Mapping[str, Any]) -> str:
    """The kilometres of the pair, and which of them no file says."""
    before = phrase(
        "{start_km} from before your files", start_km=distance(row["start_km"] * METRES_PER_KM, 0)
    )
    guessed = phrase(
        "{default_km} as your default pair",
        default_km=distance(row["default_km"] * METRES_PER_KM, 0),
    )
    parts = [before] * (row["start_km"] > 0) + [guessed] * (row["default_km"] > 0)
    told = phrase(
        "The pair {shoe!r} has {value}",
        shoe=row["shoe"],
        value=distance(row["value"] * METRES_PER_KM, 0),
    )
    return (
        f"{told}, {' and '.join(parts)}." if parts else phrase("{told} in your files.", told=told)
    )


PATTERN = described(
    __doc__,
    needs=message("files that name the shoe, or a default pair in the settings"),
    link=(
        message(
            "The article recommends well-fitting, supportive shoes; the 800 km are "
            "convention, not the article's."
        )
    ),
    interventions=("F5",),
    thresholds=(DISTANCE,),
    lasts_d=MINOR_EVENT_LASTS_D,
    match=worn_shoe_days,
    is_watched=lambda inputs: (
        "shoe" in inputs.activities.columns and inputs.activities["shoe"].count() > 0
    ),
)
