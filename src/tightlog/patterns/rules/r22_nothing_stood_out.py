"""R22: Nothing stood out

What: no other rule matched on this day, and none of its scores was 6 or more; with little history,
it says that instead.
Why it matters: regular core work and a warm-up are worth keeping whatever the day.
Evidence (grade D): the article's advice to be consistent; on core work Owen et al. 2020,
doi:10.1136/bjsports-2019-100886
"""

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

import polars as pl

from tightlog.domain.frames import IS_WATCHED
from tightlog.domain.thresholds import RUN_GAP_D
from tightlog.language.catalogue import message, phrase
from tightlog.patterns.pattern import PatternInputs, Threshold, described, rule_rows, typed
from tightlog.words.numbers import counted
from tightlog.words.patterns import no_run_words

HISTORY = Threshold(
    "history_d",
    14.0,
    "days",
    message("known in the last 28 before we say that nothing stood out (ours)"),
)
# Ours: with such a score it would be wrong to say that nothing stood out.
HIGH_SCORE = 6.0
# Ours: fewer scores in 28 days do not show what is usual (as in R17).
LEAST_SCORES = 10
COLUMNS = {"tightness_score": pl.Float64, "run_count": pl.Float64}


def known_days(inputs: PatternInputs) -> pl.DataFrame:
    """Every day of known coverage without a high score; the match keeps those on which nothing
    else matched.
    """
    least = inputs.limit("R22", HISTORY)
    days = inputs.days_with(COLUMNS).with_columns(
        value=IS_WATCHED.fill_null(False).cast(pl.Float64).rolling_sum(28, min_samples=1),
        rated_28d=pl.col("tightness_score")
        .is_not_null()
        .cast(pl.Int64)
        .rolling_sum(28, min_samples=1),
        run_on=pl.when(pl.col("run_count") > 0).then("day").forward_fill(),
        is_run_watched=pl.lit("run_count" in inputs.days.columns),
    )
    quiet = days.filter(IS_WATCHED).join(
        high_scores(inputs.days, inputs.scores), on="day", how="anti"
    )
    # Quiet days are most of all, and few of their sentences differ.
    said = cache(_words)
    return rule_rows(
        quiet,
        least,
        lambda row: said(
            int(row["rated_28d"]),
            is_run_long_ago(row),
            row["run_on"] if is_run_long_ago(row) else None,
            min(row["value"], least),
            least,
        ),
    )


def high_scores(days: pl.DataFrame, scores: pl.DataFrame | None) -> pl.DataFrame:
    """Days with a score of 6 or more, whatever its moment, and the highest of each: day, score."""
    first = typed(days, {"day": pl.Date, "tightness_score": pl.Float64}).rename(
        {"tightness_score": "score"}
    )
    every = typed(
        scores if scores is not None else pl.DataFrame(), {"day": pl.Date, "score": pl.Float64}
    )
    return (
        pl.concat([first, every])
        .filter(pl.col("score") >= HIGH_SCORE)
        .group_by("day")
        .agg(pl.col("score").max())
    )


def is_run_long_ago(row: Mapping[str, Any]) -> bool:
    """True when no run was recorded up to the row's `day`, or the last, `run_on`, is over two
    weeks ago.
    """
    return bool(row["is_run_watched"]) and (
        row["run_on"] is None or (row["day"] - row["run_on"]).days > RUN_GAP_D
    )


def _words(
    score_count: int, is_long_ago: bool, run_on: date | None, known_d: float, least: float
) -> str:
    scores = _score_words(score_count)
    if is_long_ago:
        # A number after a full stop ends no sentence for `said_once`, so it stands first.
        return f"{scores} {no_run_words(run_on)}"
    if known_d < least:
        return phrase(
            "Too early to say: {day} of {least:g} needed. {scores}",
            day=counted(known_d, "known day"),
            least=least,
            scores=scores,
        )
    return phrase("Nothing stood out in what you record. {scores}", scores=scores)


def _score_words(count: int) -> str:
    if count == 0:
        return phrase(
            "There is no tightness score of the last 28 days, so nothing can be said about "
            "your back."
        )
    counted_scores = phrase("{score} in the last 28 days", score=counted(count, "tightness score"))
    return (
        phrase("{counted_scores}: too few to compare.", counted_scores=counted_scores)
        if count < LEAST_SCORES
        else f"{counted_scores}."
    )


PATTERN = described(
    __doc__,
    needs=message("nothing: it is always watched"),
    link=message("The article says that consistency is key; the choice of these is ours."),
    interventions=("C1", "C2", "C3", "G1"),
    thresholds=(HISTORY,),
    match=known_days,
    is_watched=lambda inputs: True,
    is_fallback=True,
    quiet_d=0,
    longest_d=None,
)
