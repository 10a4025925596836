"""R22: Nothing stood out

What: no other rule matched on this day, or there is too little history for them.
Why it matters: a quiet day is the usual day. Regular core work and a warm-up are worth keeping whatever the day.
Evidence (grade D): the article's advice to be consistent; core exercise is supported for back pain (Owen et al. 2020,
doi:10.1136/bjsports-2019-100886)
"""

from collections.abc import Mapping
from typing import Any

import polars as pl

from tightlog.patterns.pattern import PatternInputs, Threshold, described, rule_rows
from tightlog.patterns.wording import counted

HISTORY = Threshold("history_d", 14.0, "days", "of known days before we say that nothing stood out (ours)")


def known_days(inputs: PatternInputs) -> pl.DataFrame:
    """Every day of known coverage; the match keeps those on which nothing else matched."""
    least = inputs.limit("R22", HISTORY)
    days = inputs.days_with({"tightness_score": pl.Float64}).with_columns(
        value=(pl.col("coverage") == "watched").fill_null(False).cast(pl.Float64).cum_sum(),
        rated_28d=pl.col("tightness_score").is_not_null().cast(pl.Int64).rolling_sum(28, min_samples=1),
    )
    return rule_rows(days.filter(pl.col("coverage") == "watched"), least, lambda row: _words(row, least))


def _words(row: Mapping[str, Any], least: float) -> str:
    ratings = f"{counted(row['rated_28d'], 'tightness score')} in the last 28 days"
    if row["value"] < least:
        return f"Too early to say: {counted(row['value'], 'day')} of history so far, of {least:g} needed; {ratings}."
    return f"Nothing stood out in what you record; {ratings}."


PATTERN = described(
    __doc__,
    needs="nothing: it is always watched",
    link="The article says that consistency is key; which exercises make the habit is our choice from its list.",
    interventions=("C1", "C2", "C3", "G1"),
    thresholds=(HISTORY,),
    match=known_days,
    is_watched=lambda inputs: True,
    is_fallback=True,
)
