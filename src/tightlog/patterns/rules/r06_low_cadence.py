"""R6: Cadence below your own norm

What: in at least 3 of your last 5 outdoor runs, cadence was 3 % or more below what your own pace
and grade predict.
Why it matters: runners with back pain took 166 steps a minute, others 171: a small gap that may as
well follow from pain. Raising cadence has not been shown to help the back.
Evidence (grade C): Drozda 2024, PMID 38905854 (52 + 52 runners);
Heiderscheit et al. 2011, Med Sci Sports Exerc (step rate and load on joints)
"""

from collections.abc import Mapping
from typing import Any

import polars as pl

from tightlog.domain.frames import Columns
from tightlog.domain.thresholds import FRESH_D
from tightlog.language.catalogue import message, phrase
from tightlog.patterns.events import runs, shown_days
from tightlog.patterns.pattern import LESS, PatternInputs, Threshold, described, rule_rows
from tightlog.words.numbers import counted

LOW = Threshold(
    "residual_pct",
    -3.0,
    "%",
    message("below the cadence your own pace and grade predict (ours; the gap in Drozda 2024)"),
)
RUNS = Threshold("low_runs", 3.0, "runs", message("of the last 5 (ours)"))
LAST_RUNS = 5
# Ours: five runs spread over more than this are no block, and an old block is not news.
BLOCK_D = 30
COLUMNS: Columns = {"is_indoor": pl.Boolean, "cadence_residual_pct": pl.Float64}


def low_cadence_days(inputs: PatternInputs) -> pl.DataFrame:
    """Days on which the last five runs with a known residual hold too many low ones, until a
    week after the last of them.
    """
    limit, low_runs = inputs.limit("R6", LOW), int(inputs.limit("R6", RUNS))
    blocks = _blocks(inputs, limit, min(max(low_runs, 1), LAST_RUNS))
    matched = shown_days(inputs, blocks, FRESH_D, on="last_run_on").filter(
        pl.col("low_count") >= low_runs, pl.col("span_d") <= BLOCK_D
    )
    return rule_rows(matched, limit, lambda row: _words(row, limit))


def _blocks(inputs: PatternInputs, limit: float, low_runs: int) -> pl.DataFrame:
    """Per run day: low_count of the last five runs, their span_d, and value, the residual that
    decides (by default the third lowest).
    """
    # A treadmill's speed is not calibrated, so what its speed predicts is not either.
    known = runs(inputs, COLUMNS).filter(
        pl.col("cadence_residual_pct").is_finite(), ~pl.col("is_indoor").fill_null(False)
    )
    residual = pl.col("cadence_residual_pct")
    last_five = pl.concat_list(residual.shift(back) for back in range(LAST_RUNS)).list.sort()
    return known.with_columns(
        low_count=(residual <= limit).cast(pl.Int64).rolling_sum(LAST_RUNS, min_samples=LAST_RUNS),
        span_d=(pl.col("day") - pl.col("day").shift(LAST_RUNS - 1)).dt.total_days(),
        value=last_five.list.get(low_runs - 1, null_on_oob=True),
        lowest=last_five.list.first(),
    ).select("low_count", "span_d", "value", "lowest", last_run_on="day")


def _words(row: Mapping[str, Any], limit: float) -> str:
    low = phrase(
        "{low_count:g} of the last {run}",
        low_count=row["low_count"],
        run=counted(LAST_RUNS, "outdoor run"),
    )
    return phrase(
        "In {low} your cadence was {limit:g} % or more below what your own pace predicts "
        "(lowest: {lowest:.1f} %).",
        low=low,
        limit=-limit,
        lowest=row["lowest"],
    )


PATTERN = described(
    __doc__,
    needs=message(
        "cadence in at least 5 outdoor runs of 30 days, and 5 earlier ones for your own norm"
    ),
    link=message(
        "Our link, not the article's: it mentions running form, not cadence. A step rate "
        "about 5 % higher is an optional experiment, not a remedy."
    ),
    interventions=("F6", "F1", "F3", "F2"),
    thresholds=(LOW, RUNS),
    exposures={"cadence_residual_pct": LESS},
    match=low_cadence_days,
    is_watched=lambda inputs: (
        "cadence_residual_pct" in inputs.activities.columns
        and inputs.activities["cadence_residual_pct"].count() >= LAST_RUNS
    ),
)
