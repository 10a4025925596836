"""R1: Worsening, or high for long

What: your 7-day median score has been 2 points above the 4 weeks before for a week (from 3 on,
30 % and 1.5 points are enough) and is high for your last three months; or it is 5 or more; or 4 or
more for over six weeks.
Why it matters: 2 points or 30 % is the smallest improvement of back pain that matters to people;
for worsening and for tightness it is borrowed; nobody has measured it.
Evidence (grade B): Ostelo et al. 2008, Spine (consensus on important change); Suzuki et al. 2020,
PMC7053735. The levels of 5 and of 4 for six weeks are convention
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
    message("rise of the 7-day median over the 28 days before it (Ostelo 2008)"),
)
RISE_SHARE = Threshold(
    "rise_pct", 30.0, "%", message("or this rise, from a base of 3 or more (Ostelo 2008)")
)
SMALL_RISE = Threshold(
    "rise_pct_points",
    1.5,
    "points",
    message("but then at least this much (ours, after Suzuki 2020)"),
)
UNUSUAL = Threshold(
    "usual_pct",
    90.0,
    "%",
    message("of your 7-day medians of the three months before the rise were lower (ours)"),
)
HIGH = Threshold("high_score", 5.0, "points", message("a 7-day median this high (convention)"))
LASTING = Threshold(
    "lasting_score",
    4.0,
    "points",
    message("a 7-day median this high for over 6 weeks (convention)"),
)

# Ours: a median of fewer ratings is not used.
RATINGS_IN_7_DAYS = 4
RATINGS_IN_28_DAYS = 14
RATINGS_IN_42_DAYS = 21
BASE_FOR_SHARE = 3.0
# Ours: scores drift by themselves, so a median that one week in ten reaches anyway is no worsening.
# The last two weeks, in which the median rose and stayed high, are left out; with fewer medians
# than these it is not known what is usual, and the rise counts.
RISE_D = 14
USUAL_D, MEDIANS_IN_USUAL_D = 76, 28


def worse_days(inputs: PatternInputs) -> pl.DataFrame:
    """Days on which tightness is clearly higher than before, or high for long; quiet without
    enough ratings.
    """
    scored = _medians(inputs, inputs.limit("R1", UNUSUAL) / 100)
    rise, share = inputs.limit("R1", RISE), inputs.limit("R1", RISE_SHARE) / 100
    risen_by = pl.col("recent") - pl.col("base")
    is_risen = (risen_by >= rise) | (
        (pl.col("base") >= BASE_FOR_SHARE)
        & (risen_by >= share * pl.col("base"))
        & (risen_by >= inputs.limit("R1", SMALL_RISE))
    )
    high, lasting = inputs.limit("R1", HIGH), inputs.limit("R1", LASTING)
    marked = scored.with_columns(
        rise=(is_risen.cast(pl.Int8).rolling_min(7, min_samples=7) == 1)
        & (pl.col("recent") > pl.col("usual_top")).fill_null(True),
        high=pl.col("recent") >= high,
        lasting=(pl.col("recent").rolling_min(43, min_samples=RATINGS_IN_42_DAYS) >= lasting)
        & (pl.col("rated_43d") >= RATINGS_IN_42_DAYS),
    )
    watched = marked.filter(IS_WATCHED, pl.col("recent").is_not_null())
    by_rise = watched.filter(pl.col("rise"))
    by_level = watched.filter(pl.col("high").fill_null(False), ~pl.col("rise").fill_null(False))
    by_length = watched.filter(
        pl.col("lasting").fill_null(False),
        ~pl.col("rise").fill_null(False),
        ~pl.col("high").fill_null(False),
    )
    return pl.concat(
        [
            rule_rows(
                by_rise.with_columns(value=pl.col("recent") - pl.col("base")), rise, _rise_words
            ),
            rule_rows(
                by_level.with_columns(value=pl.col("recent")),
                high,
                lambda row: _level_words(row, high),
            ),
            rule_rows(
                by_length.with_columns(value=pl.col("recent")),
                lasting,
                lambda row: _length_words(row, lasting),
            ),
        ]
    )


def _medians(inputs: PatternInputs, usual_share: float) -> pl.DataFrame:
    """Per day: median of the last 7 days, of the 28 days before those, and what is high for the
    three months; null with too few ratings.
    """
    score = pl.col("tightness_score")
    before = score.shift(7)
    return (
        inputs.days_with({"tightness_score": pl.Float64})
        .with_columns(
            recent=score.rolling_median(7, min_samples=RATINGS_IN_7_DAYS),
            base=before.rolling_median(28, min_samples=RATINGS_IN_28_DAYS),
            rated_43d=score.is_not_null().cast(pl.Float64).rolling_sum(43, min_samples=43),
        )
        .with_columns(
            usual_top=pl.col("recent")
            .shift(RISE_D)
            .rolling_quantile(usual_share, "linear", USUAL_D, min_samples=MEDIANS_IN_USUAL_D),
        )
    )


def _rise_words(row: Mapping[str, Any]) -> str:
    return phrase(
        "Your 7-day median score is {recent:g}, {value:g} points above the 4 weeks before "
        "({base:g}), and has been for a week.",
        recent=row["recent"],
        value=row["value"],
        base=row["base"],
    )


def _level_words(row: Mapping[str, Any], high: float) -> str:
    return phrase(
        "Your 7-day median score is {recent:g}, at or above {high:g}.",
        recent=row["recent"],
        high=high,
    )


def _length_words(row: Mapping[str, Any], lasting: float) -> str:
    return phrase(
        "Your 7-day median score is {recent:g} and has not been below {lasting:g} for over "
        "six weeks.",
        recent=row["recent"],
        lasting=lasting,
    )


PATTERN = described(
    __doc__,
    needs=message("a tightness score on at least 4 of 7 days"),
    link=(
        message(
            "The article says: sharp or worsening pain, seek medical advice. Judging "
            "worsening by medians is our interpretation."
        )
    ),
    interventions=("G4", "G3", "S1", "S2", "C4"),
    fixed_count=2,
    blocks=frozenset(
        {"C1", "C2", "C3", "C7", "X3", "X4", "X5", "X7", "S4", "S5", "M1", "M2", "M3"}
    ),
    thresholds=(RISE, RISE_SHARE, SMALL_RISE, UNUSUAL, HIGH, LASTING),
    # Too serious to become usual.
    longest_d=None,
    # The first days of a rise are unusual, too.
    implies=frozenset({"R17"}),
    match=worse_days,
    is_watched=lambda inputs: inputs.has("tightness_score"),
)
