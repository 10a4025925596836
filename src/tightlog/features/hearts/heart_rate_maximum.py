"""The runner's maximum heart rate: given in the settings, else reached in the runs of the last two
years, else guessed from mean heart rates.

One for the home, not one per day: a runner can check and set one number, and a step in the load
when a race leaves a window would look like a change of training.
"""

from dataclasses import dataclass
from enum import StrEnum

import polars as pl

from tightlog.domain.channels import CREDIBLE_HEART_RATE_BPM
from tightlog.features.cross_training import is_exercise, session_min
from tightlog.features.hearts.heart_rate_trust import reached_bpm
from tightlog.features.mileage import runs_of

# A maximum falls by 0.7 beats a year (Tanaka et al. 2001, J Am Coll Cardiol 37:153).
WINDOW_D = 730
FEWEST_RUNS = 10
# Ours: the mean of the hardest sessions of an hour or less is near 90 % of the maximum.
MEAN_OF_MAXIMUM = 0.9
SHORTEST_MEAN_MIN = 10.0


class MaximumRule(StrEnum):
    """Where the maximum heart rate comes from."""

    GIVEN = "given"
    OBSERVED = "observed"
    FROM_MEANS = "from_means"


@dataclass(frozen=True)
class HeartRateMaximum:
    """The maximum in beats/min (None when nothing is known of it) and its rule."""

    bpm: float | None
    rule: MaximumRule


def heart_rate_maximum(
    activities: pl.DataFrame, trust: pl.DataFrame, given_bpm: float | None
) -> HeartRateMaximum:
    """The maximum of a home from its activities and what heart_rate_trust says of each."""
    if given_bpm:
        return HeartRateMaximum(given_bpm, MaximumRule.GIVEN)
    # Columns an earlier analysis stored would be taken for today's.
    trusted = (
        activities.drop(trust.columns[1:], strict=False)
        .join(trust, on="activity_id")
        .filter(
            pl.col("heart_rate_set_aside").is_null(),
            is_exercise(pl.col("sport"), pl.col("sub_sport")),
        )
    )
    observed = reached_bpm(_judged(trusted.drop_nulls("heart_rate_peak_bpm")))
    means = trusted.filter(
        pl.col("heart_rate_bpm").is_between(*CREDIBLE_HEART_RATE_BPM),
        session_min() >= SHORTEST_MEAN_MIN,
    )
    # Most of them may be of walks, and a spike hardly moves a mean: three are enough.
    hardest = reached_bpm(means["heart_rate_bpm"], share=0.0)
    # Samples of a few walks beside a list of mean heart rates are below the means of hard sessions.
    if hardest is None or (observed is not None and observed >= hardest):
        return HeartRateMaximum(observed, MaximumRule.OBSERVED)
    guessed = min(hardest / MEAN_OF_MAXIMUM, CREDIBLE_HEART_RATE_BPM[1])
    return HeartRateMaximum(guessed, MaximumRule.FROM_MEANS)


def _judged(peaked: pl.DataFrame) -> pl.Series:
    """Peaks of the runs of the two years to the last one; of all runs where these are too few,
    and of every activity where those are.
    """
    runs = runs_of(peaked)
    latest = runs.filter(pl.col("day") > pl.col("day").max() - pl.duration(days=WINDOW_D))
    enough = (peaks for peaks in (latest, runs) if peaks.height >= FEWEST_RUNS)
    return next(enough, peaked)["heart_rate_peak_bpm"]
