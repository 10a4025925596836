"""R15: Long rides while the back is tight

What: you rode 160 km or more in 7 days while your 7-day median score was 3 or more.
Why it matters: among 66 cyclists, those who rode 160 km a week or more reported back pain more
often. What came first is not known.
Evidence (grade C): Schultz & Gordon 2010, Int J Exerc Sci 3:79
"""

from collections.abc import Mapping
from typing import Any

import polars as pl

from tightlog.domain.frames import IS_WATCHED
from tightlog.language.catalogue import message, phrase
from tightlog.patterns.pattern import MORE, PatternInputs, Threshold, described, rule_rows
from tightlog.patterns.rules.r01_worsening import RATINGS_IN_7_DAYS
from tightlog.units import METRES_PER_KM
from tightlog.words.measures import distance

DISTANCE = Threshold(
    "distance_km", 160.0, "km", message("ridden in 7 days (Schultz & Gordon 2010)")
)
SCORE = Threshold("score", 3.0, "points", message("or more as the 7-day median score (ours)"))


def long_ride_days(inputs: PatternInputs) -> pl.DataFrame:
    """Days that end a week of long riding with a tight back; quiet without rides or without 4
    scores in the week.
    """
    limit = inputs.limit("R15", DISTANCE)
    matched = (
        inputs.days_with({"cycle_distance_7d_m": pl.Float64, "tightness_score": pl.Float64})
        .with_columns(
            recent=pl.col("tightness_score").rolling_median(7, min_samples=RATINGS_IN_7_DAYS),
            value=pl.col("cycle_distance_7d_m") / METRES_PER_KM,
        )
        .filter(
            IS_WATCHED,
            pl.col("value") >= limit,
            pl.col("recent") >= inputs.limit("R15", SCORE),
        )
    )
    return rule_rows(matched, limit, _words)


def _words(row: Mapping[str, Any]) -> str:
    return phrase(
        "You rode {cycle_distance_7d_m} in the last 7 days, with a 7-day median score of "
        "{recent:g}.",
        cycle_distance_7d_m=distance(row["cycle_distance_7d_m"]),
        recent=row["recent"],
    )


PATTERN = described(
    __doc__,
    needs=message("rides with a distance, and a tightness score on at least 4 of 7 days"),
    link=(
        message(
            "Our link, not the article's: it recommends cycling, with control of intensity "
            "and duration."
        )
    ),
    interventions=("X1", "X6", "S1"),
    blocks=frozenset({"X2"}),
    thresholds=(DISTANCE, SCORE),
    exposures={"cycle_min": MORE, "cycle_distance_7d_m": MORE},
    match=long_ride_days,
    is_watched=lambda inputs: inputs.has("cycle_distance_7d_m") and inputs.has("tightness_score"),
)
