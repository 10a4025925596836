"""R4: Hard days, all alike

What: the load of your last 7 days is in the upper quarter of your own 90 days, and its days differ
little (monotony of 2 or more), which is not how you usually train.
Why it matters: in 25 speed skaters, hard weeks without easier days went with more illness. Runners
and backs were not looked at.
Evidence (grade D): Foster 1998, Med Sci Sports Exerc; the limits beside the 2 are ours
"""

from collections.abc import Mapping
from typing import Any

import polars as pl

from tightlog.domain.frames import IS_WATCHED
from tightlog.language.catalogue import message, phrase
from tightlog.patterns.events import measured_days, usual
from tightlog.patterns.pattern import MORE, PatternInputs, Threshold, described, rule_rows

MONOTONY = Threshold(
    "monotony",
    2.0,
    "(ratio)",
    message(
        "daily load of 7 days, mean over standard deviation; from here on days are alike "
        "(Foster 1998)"
    ),
)
SHARE = Threshold(
    "load_quantile_pct", 75.0, "%", message("of the 90 days before had a lower 7-day load (ours)")
)
HISTORY_D = 90
LEAST_D = 28
# Ours: whose weeks are often alike trains that way, and a block of two weeks is no longer news. The
# last week is left out of it.
HABIT_SHARE = 0.1
BLOCK_D = 7
COLUMNS = {
    "monotony_7d_ratio": pl.Float64,
    "load_7d_au": pl.Float64,
    "load_7d_estimated_share_pct": pl.Float64,
}


def monotonous_days(inputs: PatternInputs) -> pl.DataFrame:
    """Days that end a week both heavy for this runner and unusually even; quiet with fewer than
    28 known weeks before.
    """
    limit, share = inputs.limit("R4", MONOTONY), inputs.limit("R4", SHARE) / 100
    is_even = pl.col("monotony_7d_ratio") >= limit
    matched = (
        measured_days(
            inputs.days_with(COLUMNS),
            "load_7d_estimated_share_pct",
            ("monotony_7d_ratio", "load_7d_au"),
        )
        .with_columns(
            heavy_au=usual("load_7d_au", share, HISTORY_D, LEAST_D),
            even_share=is_even.cast(pl.Float64)
            .shift(BLOCK_D)
            .rolling_mean(HISTORY_D, min_samples=LEAST_D),
            value=pl.col("monotony_7d_ratio"),
        )
        .filter(
            IS_WATCHED,
            is_even,
            pl.col("monotony_7d_ratio").is_finite(),
            pl.col("load_7d_au") >= pl.col("heavy_au"),
            pl.col("load_7d_au") > 0,
            pl.col("even_share") <= HABIT_SHARE,
        )
    )
    return rule_rows(matched, limit, lambda row: _words(row, share))


def _words(row: Mapping[str, Any], share: float) -> str:
    return phrase(
        "The load of your last 7 days, {load_7d_au:.0f}, is high for you ({share:.0f} % of "
        "the 90 days before were below {heavy_au:.0f}), and its days are unusually alike "
        "(monotony {value:.1f}).",
        load_7d_au=row["load_7d_au"],
        share=100 * share,
        heavy_au=row["heavy_au"],
        value=row["value"],
    )


PATTERN = described(
    __doc__,
    needs=(
        message(
            "a load on every day of the last six weeks: heart rate, or your effort rating "
            "with each session"
        )
    ),
    link=(
        message(
            "Our link, not the article's: it says not to push too hard, and recommends "
            "other sports beside running."
        )
    ),
    interventions=("G3", "X1", "X6", "Y1"),
    thresholds=(MONOTONY, SHARE),
    exposures={"run_distance_7d_m": MORE},
    # More days of running are more kilometres a week, too.
    implies=frozenset({"R5"}),
    match=monotonous_days,
    is_watched=lambda inputs: inputs.has("monotony_7d_ratio") and inputs.has("load_7d_au"),
)
