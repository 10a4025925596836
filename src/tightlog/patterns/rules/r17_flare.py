"""R17: A flare

What: today's score is 3 or more, 2 or more above your median of the 28 days before, higher than on
all but one in twenty of those days, and far outside your usual variation; shown for a week at
most.
Why it matters: in people with back pain, days they called a flare were 2.7 points above their
usual.
Evidence (grade B): Suri et al. 2011, doi:10.1186/1471-2474-12-220
"""

from collections.abc import Mapping
from typing import Any

import polars as pl

from tightlog.domain.frames import IS_WATCHED
from tightlog.language.catalogue import message, phrase
from tightlog.patterns.pattern import PatternInputs, Threshold, described, rule_rows

RISE = Threshold(
    "rise_points",
    2.0,
    "points",
    message("above the median of the 28 days before (after Suri 2011)"),
)
LEAST = Threshold("least_score", 3.0, "points", message("a score below this is no flare (ours)"))
SPREADS = Threshold(
    "spreads",
    2.75,
    message("times your usual spread"),
    message(
        "above that median; the spread is the mean distance of 90 days' scores from their "
        "running median (ours)"
    ),
)
# Ours: fewer ratings do not show what is usual; and a score seen on more than one day in twenty is
# usual.
RATINGS_IN_28_DAYS = 10
USUAL_SHARE = 0.95
# Ours: 28 days are too few to show how much a back varies by itself. The mean distance, because the
# standard deviation grows more with each flare and would hide the next one.
SPREAD_D = 90


def flare_days(inputs: PatternInputs) -> pl.DataFrame:
    """Days whose score is far above the 28 days before; quiet without a score or with fewer than
    10 before it.
    """
    rise = inputs.limit("R17", RISE)
    before = pl.col("tightness_score").shift(1)
    matched = (
        inputs.days_with({"tightness_score": pl.Float64})
        .with_columns(
            median=before.rolling_median(28, min_samples=RATINGS_IN_28_DAYS),
            spread=(before - before.rolling_median(SPREAD_D, min_samples=1))
            .abs()
            .rolling_mean(SPREAD_D, min_samples=1),
            usual_top=before.rolling_quantile(
                USUAL_SHARE, "higher", 28, min_samples=RATINGS_IN_28_DAYS
            ),
        )
        .with_columns(value=pl.col("tightness_score") - pl.col("median"))
        .filter(
            IS_WATCHED,
            pl.col("value") >= rise,
            pl.col("tightness_score") >= inputs.limit("R17", LEAST),
            pl.col("tightness_score") > pl.col("usual_top"),
            pl.col("value") >= inputs.limit("R17", SPREADS) * pl.col("spread"),
        )
    )
    return rule_rows(matched, rise, _words)


def _words(row: Mapping[str, Any]) -> str:
    score, above, median = (f"{row[name]:g}" for name in ("tightness_score", "value", "median"))
    return phrase(
        "Your score of {score} is {above} points above your median of the 28 days before "
        "({median}).",
        score=score,
        above=above,
        median=median,
    )


PATTERN = described(
    __doc__,
    needs=message("a tightness score today, and on 10 of the 28 days before"),
    link=(
        message(
            "The article offers stretching and massage for tightness; when to call it a "
            "flare is our reading."
        )
    ),
    interventions=("S1", "S2", "G3", "S5", "S4", "S3", "M1", "M2", "M3"),
    thresholds=(RISE, LEAST, SPREADS),
    fresh_d=1,
    # Scores that stay up for longer than a week belong to the rule on worsening.
    quiet_d=3,
    longest_d=7,
    match=flare_days,
    is_watched=lambda inputs: inputs.has("tightness_score"),
)
