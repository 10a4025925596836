"""R19: Short sleep, long sitting or stress

What: sleep under 6 hours, last night and over three nights; or over 5 hours of sitting; or stress,
as you noted it or as your watch measured it, well above all of four weeks; each only where it is
far from your own usual.
Why it matters: people with new back pain often reported tiredness and distraction; sitting over 5
hours a day went with relapses. Hours of sleep were not studied.
Evidence (grade B): Steffens et al. 2015, doi:10.1002/acr.22533 (999 people); da Silva et al. 2019,
PMID 31208917 (250 people)
"""

from collections.abc import Mapping
from typing import Any

import polars as pl

from tightlog.domain.frames import IS_WATCHED
from tightlog.language.catalogue import message, phrase
from tightlog.patterns.events import one_row_a_day
from tightlog.patterns.pattern import (
    LESS,
    MORE,
    PatternInputs,
    Threshold,
    described,
    rule_rows,
    typed,
)
from tightlog.words.dates import weekday

SLEEP = Threshold(
    "sleep_h",
    6.0,
    "h",
    message("of sleep, last night and as the mean of three; less is short (ours)"),
)
SITTING = Threshold(
    "sitting_h", 5.0, "h", message("of sitting a day; more is long (da Silva 2019)")
)
SPREAD = Threshold(
    "stress_spread",
    1.5,
    message("times your usual spread"),
    message("beyond the highest stress of the 28 days before (ours)"),
)
# Ours: to a runner who always sleeps little or sits long this is no news, so it takes this much
# less or more than usual.
LESS_SLEEP_H, MORE_SITTING_H = 1.5, 2.0
NIGHTS, WINDOW_D, LEAST_D = 3, 28, 10
LEAST_STRESS_D = 14
HIGH_SHARE = 0.9
COLUMNS = {
    "context_sleep_h": pl.Float64,
    "context_sitting_h": pl.Float64,
    "context_stress": pl.Float64,
    "context_watch_stress": pl.Float64,
}


def strained_days(inputs: PatternInputs) -> pl.DataFrame:
    """Days after short nights, of long sitting or of high stress according to diary or watch; quiet
    where neither has a value for that day.
    """
    days = inputs.days_with(COLUMNS)
    return one_row_a_day(
        *(
            part.filter(pl.col("day").is_in(days.filter(IS_WATCHED)["day"].implode()))
            for part in (
                _short_sleep(inputs, days),
                _long_sitting(inputs, days),
                _high_stress(inputs, days),
                _high_watch_stress(inputs, days),
            )
        )
    )


def is_watched(inputs: PatternInputs) -> bool:
    """True when one of them is known on 10 or more of the last 28 days."""
    lately = inputs.days_with(COLUMNS).tail(WINDOW_D)
    return any(lately[name].count() >= LEAST_D for name in COLUMNS)


def _short_sleep(inputs: PatternInputs, days: pl.DataFrame) -> pl.DataFrame:
    limit, sleep = inputs.limit("R19", SLEEP), pl.col("context_sleep_h")
    matched = days.with_columns(
        value=sleep.rolling_mean(NIGHTS, min_samples=NIGHTS),
        usual_h=sleep.shift(NIGHTS).rolling_median(WINDOW_D, min_samples=LEAST_D),
    ).filter(
        sleep < limit, pl.col("value") < limit, pl.col("value") <= pl.col("usual_h") - LESS_SLEEP_H
    )
    return rule_rows(matched, limit, _sleep_words)


def _long_sitting(inputs: PatternInputs, days: pl.DataFrame) -> pl.DataFrame:
    limit, sitting = inputs.limit("R19", SITTING), pl.col("context_sitting_h")
    matched = days.with_columns(
        value=sitting,
        usual_h=sitting.shift(1).rolling_quantile(
            HIGH_SHARE, "higher", WINDOW_D, min_samples=LEAST_D
        ),
    ).filter(sitting > limit, sitting >= pl.col("usual_h") + MORE_SITTING_H)
    return rule_rows(matched, limit, _sitting_words)


def _high_stress(inputs: PatternInputs, days: pl.DataFrame) -> pl.DataFrame:
    """Scales differ and some run backwards, so stress is compared with the runner's own scores
    only.
    """
    limit = inputs.limit("R19", SPREAD)
    stress = pl.col("context_stress") * (-1 if _is_low_stressed(inputs) else 1)
    return rule_rows(_far_above(days, stress, limit), limit, _stress_words)


def _high_watch_stress(inputs: PatternInputs, days: pl.DataFrame) -> pl.DataFrame:
    limit = inputs.limit("R19", SPREAD)
    matched = _far_above(days, pl.col("context_watch_stress"), limit)
    return rule_rows(matched, limit, _watch_stress_words)


def _far_above(days: pl.DataFrame, stress: pl.Expr, limit: float) -> pl.DataFrame:
    """The days whose stress is above all of the 28 days before, by so many of their spreads."""
    before = stress.shift(1)
    matched = days.with_columns(
        nearest=before.rolling_max(WINDOW_D, min_samples=LEAST_STRESS_D),
        spread=before.rolling_std(WINDOW_D, min_samples=LEAST_STRESS_D),
        value=stress,
    ).filter(stress > pl.col("nearest"), stress >= pl.col("nearest") + limit * pl.col("spread"))
    return matched.with_columns(pl.col("value").abs(), pl.col("nearest").abs())


def _is_low_stressed(inputs: PatternInputs) -> bool:
    """True when the diary's stress scale says of itself that low is stressed, as PMSys does
    (`1–5, low = stressed`).
    """
    noted = typed(
        inputs.context if inputs.context is not None else pl.DataFrame(),
        {"name": pl.String, "unit": pl.String},
    )
    return (
        noted.filter(pl.col("name") == "stress", pl.col("unit").str.contains("low = stress")).height
        > noted.filter(pl.col("name") == "stress").height / 2
    )


def _sleep_words(row: Mapping[str, Any]) -> str:
    return phrase(
        "You slept {context_sleep_h:.1f} h in the night to {day} and {value:.1f} h on "
        "average over three nights; your usual is {usual_h:.1f} h.",
        context_sleep_h=row["context_sleep_h"],
        day=weekday(row["day"]),
        value=row["value"],
        usual_h=row["usual_h"],
    )


def _sitting_words(row: Mapping[str, Any]) -> str:
    return phrase(
        "You sat {value:.1f} h on {day}; nine of ten of your days before stayed within "
        "{usual_h:.1f} h.",
        value=row["value"],
        day=weekday(row["day"]),
        usual_h=row["usual_h"],
    )


def _stress_words(row: Mapping[str, Any]) -> str:
    return phrase(
        "Your stress score of {value:g} is outside all of the 28 days before (nearest: "
        "{nearest:g}).",
        value=row["value"],
        nearest=row["nearest"],
    )


def _watch_stress_words(row: Mapping[str, Any]) -> str:
    return phrase(
        "Your watch put {day}'s stress at {value:.0f}, above all of the 28 days before "
        "(highest: {nearest:.0f}).",
        day=weekday(row["day"]),
        value=row["value"],
        nearest=row["nearest"],
    )


PATTERN = described(
    __doc__,
    needs=(
        message(
            "sleep, sitting or stress from a watch or your diary on 10 of the last 28 "
            "days, the last night or day included"
        )
    ),
    link=(
        message(
            "Our link, not the article's: it mentions breathing and posture, not sleep, "
            "sitting or stress."
        )
    ),
    interventions=("F4", "S1", "Y1"),
    thresholds=(SLEEP, SITTING, SPREAD),
    exposures={
        "context_sleep_h": LESS,
        "context_sitting_h": MORE,
        "context_watch_stress": MORE,
    },
    fresh_d=1,
    quiet_d=3,
    match=strained_days,
    is_watched=is_watched,
)
