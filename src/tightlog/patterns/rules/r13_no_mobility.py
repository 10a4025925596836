"""R13: Mobility or warm-up dropped

What: you recorded fewer than 2 mobility sessions in each of the last two weeks, or a warm-up before
fewer than half of your runs, though it used to be your habit.
Why it matters: too little warm-up went with back pain in 800 marathon runners (36 cases,
self-reported). Stretching lowered no injuries in trials.
Evidence (grade C): Wu et al. 2021, PMC7920723; Lauersen et al. 2014, Br J Sports Med
"""

from collections.abc import Mapping
from typing import Any

import polars as pl

from tightlog.domain.frames import IS_WATCHED
from tightlog.language.catalogue import message, phrase
from tightlog.patterns.events import one_row_a_day
from tightlog.patterns.pattern import LESS, PatternInputs, Threshold, described, rule_rows
from tightlog.words.numbers import counted

SESSIONS = Threshold(
    "sessions", 2.0, "sessions", message("of mobility work in 7 days; fewer are few (ours)")
)
WARM_UP = Threshold(
    "warm_up_pct", 50.0, "%", message("of the runs of 28 days with a warm-up; fewer are few (ours)")
)
# Ours: what was done in nearly every week of 90 days is a habit. The last four weeks are left out,
# or the gap would soon hide itself.
HABIT_SHARE, HABIT_D, LEAST_D = 0.95, 90, 28
GAP_D = 28
HABIT_WARM_UP_PCT = 80.0
# Ours: a share of fewer runs says nothing.
LEAST_RUNS = 8
COLUMNS = {"mobility_7d_count": pl.Float64, "warm_up_28d_pct": pl.Float64, "run_count": pl.Float64}


def stopped_days(inputs: PatternInputs) -> pl.DataFrame:
    """Days on which a habit of mobility work or warming up has stopped; after some weeks it is no
    longer a habit.
    """
    sessions, share_pct = inputs.limit("R13", SESSIONS), inputs.limit("R13", WARM_UP)
    days = _habits(inputs, sessions).filter(IS_WATCHED, pl.col("runs_28d") > 0)
    few = days.filter(
        pl.col("mobility_7d_count") < sessions,
        pl.col("before_count") < sessions,
        pl.col("habit_share") >= HABIT_SHARE,
    ).with_columns(value=pl.col("mobility_7d_count"))
    cold = days.filter(
        pl.col("warm_up_28d_pct") < share_pct,
        pl.col("before_pct") >= HABIT_WARM_UP_PCT,
        pl.col("runs_28d") >= LEAST_RUNS,
        pl.col("runs_before") >= LEAST_RUNS,
    ).with_columns(value=pl.col("warm_up_28d_pct"))
    return one_row_a_day(
        rule_rows(few, sessions, lambda row: _mobility_words(row, sessions)),
        rule_rows(cold, share_pct, _warm_up_words),
    )


def is_watched(inputs: PatternInputs) -> bool:
    """True when mobility work or a warm-up was recorded in the 90 days before the last day."""
    lately = inputs.days_with(COLUMNS).tail(HABIT_D)
    return bool((lately["mobility_7d_count"] > 0).any() or (lately["warm_up_28d_pct"] > 0).any())


def _habits(inputs: PatternInputs, sessions: float) -> pl.DataFrame:
    """Days with the counts of the week and of the 28 days before each window, and habit_share:
    how often a week held enough sessions.
    """
    has_enough = (pl.col("mobility_7d_count") >= sessions).cast(pl.Float64)
    runs_28d = pl.col("run_count").rolling_sum(28, min_samples=28)
    return inputs.days_with(COLUMNS).with_columns(
        before_count=pl.col("mobility_7d_count").shift(7),
        habit_share=has_enough.shift(GAP_D).rolling_mean(HABIT_D, min_samples=LEAST_D),
        before_pct=pl.col("warm_up_28d_pct").shift(28),
        runs_28d=runs_28d,
        runs_before=runs_28d.shift(28),
    )


def _mobility_words(row: Mapping[str, Any], sessions: float) -> str:
    return phrase(
        "You recorded {session} in the last 7 days and {before_count:g} in the 7 before; "
        "{sessions:g} or more a week used to be your habit.",
        session=counted(row["value"], "mobility session"),
        before_count=row["before_count"],
        sessions=sessions,
    )


def _warm_up_words(row: Mapping[str, Any]) -> str:
    return phrase(
        "A warm-up is noted on the days of {value:.0f} % of your runs of the last 28 days; "
        "in the 28 before it was {before_pct:.0f} %.",
        value=row["value"],
        before_pct=row["before_pct"],
    )


PATTERN = described(
    __doc__,
    needs=message("mobility sessions or warm-ups recorded or logged in the last 90 days"),
    link=(
        message(
            "The article recommends a warm-up, always, and stretching; when a habit has "
            "stopped is our interpretation."
        )
    ),
    interventions=("G1", "S6", "S7", "S8", "S1", "S2", "S3"),
    thresholds=(SESSIONS, WARM_UP),
    exposures={"mobility_min": LESS},
    # Mobility work may have been the only thing besides running.
    implies=frozenset({"R12", "R14"}),
    match=stopped_days,
    is_watched=is_watched,
)
