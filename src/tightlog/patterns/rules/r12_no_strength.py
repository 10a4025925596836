"""R12: No strength or core work lately

What: no strength or core session was recorded for 14 days, though you run and used to record some.
Why it matters: strength training went with about two thirds fewer sports injuries in trials; core
and leg exercises are among the best supported for back pain.
Evidence (grade B): Lauersen et al. 2014, Br J Sports Med; Owen et al. 2020,
doi:10.1136/bjsports-2019-100886; Cai et al. 2017, PMID 28767525 (84 runners with chronic back pain)
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import polars as pl

from tightlog.domain.frames import IS_WATCHED
from tightlog.language.catalogue import message, phrase
from tightlog.patterns.pattern import LESS, MORE, PatternInputs, Threshold, described, rule_rows
from tightlog.words.dates import date_words

GAP = Threshold("gap_d", 14.0, "days", message("without a strength or core session (ours)"))
# Ours: after this long the recording has more likely ended than the training; then the rule is not
# watched.
FORGOTTEN_D = 90
# Ours: a session of yoga or Pilates this long trains the trunk too; a few minutes of stretching do
# not.
LONG_SESSION_MIN = 20.0
COLUMNS = {
    "strength_14d_count": pl.Float64,
    "since_strength_d": pl.Float64,
    "run_28d_min": pl.Float64,
    "mobility_min": pl.Float64,
}


def weak_days(inputs: PatternInputs) -> pl.DataFrame:
    """Days without strength or core for two weeks or more, from the first session ever recorded
    on.
    """
    gap_d = inputs.limit("R12", GAP)
    days = inputs.days_with(COLUMNS)
    ever_seen = days["since_strength_d"].count() > 0
    mobility = pl.col("mobility_min")
    # A session without minutes may have been a long one.
    is_long = (mobility >= LONG_SESSION_MIN).fill_null(False) | (
        mobility.is_null() & mobility.forward_fill().is_not_null()
    )
    # Strength declared in the settings but never recorded has a count of 0 and no last session:
    # then only the gap is known.
    gap = (
        pl.col("since_strength_d")
        if ever_seen
        else pl.when(pl.col("strength_14d_count") == 0).then(pl.lit(gap_d))
    )
    matched = days.with_columns(
        value=gap, trunk_count=is_long.cast(pl.Int64).rolling_sum(int(gap_d), min_samples=1)
    ).filter(
        IS_WATCHED,
        pl.col("strength_14d_count") == 0,
        pl.col("value") >= gap_d,
        pl.col("value") <= FORGOTTEN_D,
        pl.col("trunk_count") == 0,
        pl.col("run_28d_min") > 0,
    )
    return rule_rows(matched, gap_d, _words)


def is_watched(inputs: PatternInputs) -> bool:
    """True when strength work is declared, or was recorded in the 90 days before the last day."""
    if not inputs.has("strength_14d_count"):
        return False
    since = inputs.days_with(COLUMNS)["since_strength_d"]
    return since.count() == 0 or (since[-1] is not None and since[-1] <= FORGOTTEN_D)


def _words(row: Mapping[str, Any]) -> str:
    if row["since_strength_d"] is None:
        return phrase(
            "No strength or core session was recorded in the last {value:g} days or before.",
            value=row["value"],
        )
    # Its day, not how long ago it was: the sentence is also read on later days.
    last_on = row["day"] - timedelta(days=row["value"])
    return phrase(
        "Your last recorded strength or core session was on {last_on}.", last_on=date_words(last_on)
    )


PATTERN = described(
    __doc__,
    needs=(
        message(
            "a strength or core session recorded or logged in the last 90 days (or "
            "strength declared in tightlog.toml)"
        )
    ),
    link=message("The article recommends core and strength work; the 14 days are ours."),
    interventions=("C1", "C2", "C3", "X4", "X5", "X6", "C7", "X3"),
    thresholds=(GAP,),
    exposures={"days_without_strength": MORE, "since_strength_d": MORE, "strength_14d_count": LESS},
    # If strength was the only cross-training, only running is left.
    implies=frozenset({"R14"}),
    match=weak_days,
    is_watched=is_watched,
)
