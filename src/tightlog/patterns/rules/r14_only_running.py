"""R14: Running only

What: running made up 95 % or more of your exercise minutes in the last 28 days, though you used to
do other sports.
Why it matters: in a review of 19 studies, doing no other weekly aerobic exercise was one of the
factors found beside back pain in runners.
Evidence (grade C): Maselli et al. 2020, PMC7271446
"""

from collections.abc import Mapping
from typing import Any

import polars as pl

from tightlog.domain.frames import IS_WATCHED
from tightlog.features.cross_training import KINDS
from tightlog.language.catalogue import message, phrase
from tightlog.patterns.pattern import LESS, PatternInputs, Threshold, described, rule_rows

SHARE = Threshold(
    "run_share_pct",
    95.0,
    "%",
    message("of the exercise minutes of 28 days spent running (ours, after Maselli 2020)"),
)
# Ours: a share of fewer minutes says nothing; and a runner who records another sport on fewer days
# than this may do it unrecorded, or never did.
LEAST_RUN_MIN = 120.0
HABIT_DAYS = 6
HABIT_WINDOW_D = 90
OTHER_SPORTS = ("cross_training_min", *(f"{kind}_min" for kind in KINDS))
COLUMNS = dict.fromkeys(
    ("run_share_28d_pct", "run_28d_min", *OTHER_SPORTS, "since_strength_d"), pl.Float64
)


def run_only_days(inputs: PatternInputs) -> pl.DataFrame:
    """Days with hardly any other sport for four weeks, while 6 or more of the last 90 days still
    had some.
    """
    limit = inputs.limit("R14", SHARE)
    matched = (
        _other_days(inputs)
        .filter(
            IS_WATCHED,
            pl.col("run_share_28d_pct") >= limit,
            pl.col("run_28d_min") >= LEAST_RUN_MIN,
            pl.col("other_days") >= HABIT_DAYS,
        )
        .with_columns(value=pl.col("run_share_28d_pct"))
    )
    return rule_rows(matched, limit, _words)


def is_watched(inputs: PatternInputs) -> bool:
    """True when other sports were recorded on 6 or more of the last 90 days."""
    other_days = _other_days(inputs)["other_days"]
    return inputs.has("run_share_28d_pct") and other_days.len() > 0 and other_days[-1] >= HABIT_DAYS


def _other_days(inputs: PatternInputs) -> pl.DataFrame:
    """Days with other_days: how many of the last 90 days had another sport.

    A session without minutes counts by since_strength_d.
    """
    has_minutes = pl.any_horizontal((pl.col(name) > 0).fill_null(False) for name in OTHER_SPORTS)
    is_other = has_minutes | (pl.col("since_strength_d") == 0).fill_null(False)
    return inputs.days_with(COLUMNS).with_columns(
        other_days=is_other.cast(pl.Int64).rolling_sum(HABIT_WINDOW_D, min_samples=1)
    )


def _words(row: Mapping[str, Any]) -> str:
    return phrase(
        "Running made up {value:.0f} % of the exercise you recorded in the last 28 days "
        "({run_28d_min:.0f} minutes of running).",
        value=row["value"],
        run_28d_min=row["run_28d_min"],
    )


PATTERN = described(
    __doc__,
    needs=message("other sports recorded or logged on at least 6 of the last 90 days"),
    link=message("The article recommends cross-training; the 95 % and the 28 days are ours."),
    interventions=("X1", "X6", "Y1", "X2", "X7"),
    thresholds=(SHARE,),
    exposures={"swim_min": LESS, "cross_training_min": LESS},
    # The other sports may have been strength and mobility work.
    implies=frozenset({"R12", "R13"}),
    match=run_only_days,
    is_watched=is_watched,
)
