"""What is offered when no pattern asks for enough: seven cases, each with its own title and reason,
shown as R22.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl

from tightlog.advice.scored_day import ScoredDay
from tightlog.language.catalogue import message, phrase
from tightlog.language.choice import ENGLISH, spoken
from tightlog.patterns.catalogue import pattern
from tightlog.patterns.pattern import Pattern, typed
from tightlog.patterns.rules.r22_nothing_stood_out import LEAST_SCORES, is_run_long_ago
from tightlog.words.dates import date_words

QUIET = pattern("R22")


def _case(**changes: Any) -> Pattern:
    """QUIET with its own words, in English, whichever language is spoken at import."""
    with spoken(ENGLISH):
        return replace(QUIET, **changes)


HABITS = message("this is the habit set, not an answer to your data")
HABIT_WHY = message("This is the habit set, worth keeping whatever the data say.")
NO_DATA = _case(title=message("No data yet"), why=HABIT_WHY)
OLD_DATA = _case(title=message("No fresh data"), why=HABIT_WHY)
NO_RUNS = _case(title=message("No run file lately"), why=HABIT_WHY)
INFORMED = _case(title=message("Good to know, nothing to change"), why=HABIT_WHY)
BESIDE = _case(title=message("Worth keeping up"), why=HABIT_WHY)
OWN_RECORD = _case(
    title=message("From your own record"),
    why=message("What helped you before is the best guess at what helps you again."),
    source=message("your own scores only; tightlog's documentation explains how it is tested"),
    link=message(
        "That it comes first is our choice, from your record; the article knows nothing about it."
    ),
    interventions=(),
    is_fallback=False,
    is_personal=True,
)
TOO_EARLY = _case(title=message("Too early to say"), why=HABIT_WHY)
HIGH = _case(
    title=message("A high score"),
    why=message(
        "With back pain the usual advice is to keep moving; hard strength work can wait for a "
        "calmer day."
    ),
    source=message(
        "NICE guideline NG59 (keep normal activity); the level of 6 and the gentle choice are ours"
    ),
    link=message(
        "The article says: listen to your body, and seek medical advice when pain is sharp or "
        "getting worse."
    ),
    interventions=("G3", "S2", "F4", "S1"),
    fixed_count=1,
    blocks=pattern("R1").blocks,
    is_fallback=False,
)


def case(last_day: date, days: pl.DataFrame, match: Mapping[str, Any] | None) -> Pattern:
    """The case of a home with fresh data: `match` is the R22 of the last day, None when other rules
    matched then and have ended.
    """
    runs = typed(days, {"day": pl.Date, "run_count": pl.Float64}).filter(
        pl.col("day") <= last_day, pl.col("run_count") > 0
    )
    if match is not None and is_run_long_ago(
        {
            "day": last_day,
            "run_on": runs["day"].max(),
            "is_run_watched": "run_count" in days.columns,
        }
    ):
        return NO_RUNS
    is_early = (
        match is not None
        and match["value"] is not None
        and match["value"] < (match["threshold"] or 0.0)
    )
    return TOO_EARLY if is_early else QUIET


def high_words(scored: ScoredDay, days: pl.DataFrame) -> str:
    """The high score of a day in words, and whether there is enough history to compare it with."""
    rated = (
        typed(days, {"day": pl.Date, "tightness_score": pl.Float64})
        .filter(
            pl.col("day") < scored.day, (pl.lit(scored.day) - pl.col("day")).dt.total_days() <= 28
        )["tightness_score"]
        .count()
    )
    on = date_words(scored.day)
    is_newest = scored.newest == scored.highest
    which = (
        phrase("Your newest score is {newest:g} ({on})", newest=scored.newest, on=on)
        if is_newest
        else phrase("Your highest score of {on} is {highest:g}", on=on, highest=scored.highest)
    )
    compared = (
        phrase("there is too little history to compare it with")
        if rated < LEAST_SCORES
        else phrase("no pattern explains it")
    )
    return phrase("{which}, which is high; {compared}.", which=which, compared=compared)
