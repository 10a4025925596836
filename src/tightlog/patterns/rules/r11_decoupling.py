"""R11: Heart rate drifting on steady runs

What: on 2 of your last 3 steady runs of 45 minutes or more, the latest among them, ground covered
per heartbeat fell by 5 % or more from half to half, and 2 points further than on nine of ten of
your earlier ones.
Why it matters: coaches see it as a sign of tiredness, heat or thirst. It is about the heart, not
the back: a hint to go easy.
Evidence (grade D): convention among coaches; no study of backs was found
"""

from collections.abc import Mapping
from typing import Any

import polars as pl

from tightlog.language.catalogue import message, phrase
from tightlog.patterns.events import MINOR_EVENT_LASTS_D, runs, shown_days, usual
from tightlog.patterns.pattern import PatternInputs, Threshold, described, rule_rows
from tightlog.words.dates import weekday

DRIFT = Threshold(
    "decoupling_pct",
    5.0,
    "%",
    message("less ground per heartbeat in the second half of a steady run (convention)"),
)
EXCESS = Threshold(
    "excess_points",
    2.0,
    "points",
    message("further than on nine of ten of your earlier steady runs (ours)"),
)
# Convention: from here on it is called high.
HIGH_PCT = 10.0
LAST_RUNS = 3
DRIFTED_RUNS = 2
LAST, LEAST, HIGH_SHARE = 20, 10, 0.9
BLOCK_D = 42


def drifting_days(inputs: PatternInputs) -> pl.DataFrame:
    """The day of a steady run with unusual drift and the two days after; quiet with fewer than
    10 earlier steady runs.
    """
    limit, excess = inputs.limit("R11", DRIFT), inputs.limit("R11", EXCESS)
    is_high = (pl.col("value") >= limit) & (pl.col("value") >= pl.col("usual_pct") + excess)
    drifted = (
        _steady(inputs)
        .with_columns(usual_pct=usual("value", HIGH_SHARE, LAST, LEAST))
        .with_columns(is_high=is_high.fill_null(False))
        .with_columns(
            high_count=pl.col("is_high")
            .cast(pl.Int64)
            .rolling_sum(LAST_RUNS, min_samples=LAST_RUNS),
            span_d=(
                pl.col("started_on") - pl.col("started_on").shift(LAST_RUNS - 1)
            ).dt.total_days(),
        )
    )
    # A steady run without drift since then ends it.
    matched = shown_days(inputs, drifted, MINOR_EVENT_LASTS_D).filter(
        "is_high", pl.col("high_count") >= DRIFTED_RUNS, pl.col("span_d") <= BLOCK_D
    )
    return rule_rows(matched, limit, _words)


def _steady(inputs: PatternInputs) -> pl.DataFrame:
    """Steady runs with a known decoupling: started_on, value in %."""
    return (
        runs(inputs, {"decoupling_pct": pl.Float64})
        .filter(pl.col("decoupling_pct").is_finite())
        .select(started_on="day", value="decoupling_pct")
    )


def _words(row: Mapping[str, Any]) -> str:
    high = (
        phrase(" {high_pct:g} % or more is called high.", high_pct=HIGH_PCT)
        if row["value"] >= HIGH_PCT
        else ""
    )
    return phrase(
        "On {started_on}'s steady run you covered {value:.1f} % less ground per heartbeat "
        "in the second half than in the first; nine of ten of your earlier ones stayed "
        "within {usual_pct:.1f} %. That happened in {high_count} of your last "
        "{last_runs}.{high}",
        started_on=weekday(row["started_on"]),
        value=row["value"],
        usual_pct=row["usual_pct"],
        high_count=row["high_count"],
        last_runs=LAST_RUNS,
        high=high,
    )


PATTERN = described(
    __doc__,
    needs=message("heart rate on at least 11 steady, flat runs of 45 minutes or more"),
    link=(
        message(
            "Our link, not the article's: it mentions breathing and not pushing too hard, "
            "not heart rate."
        )
    ),
    interventions=("F4", "G3", "G1"),
    thresholds=(DRIFT, EXCESS),
    lasts_d=MINOR_EVENT_LASTS_D,
    match=drifting_days,
    is_watched=lambda inputs: _steady(inputs).height > LEAST,
)
