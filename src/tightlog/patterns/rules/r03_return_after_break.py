"""R3: A big run soon after a break

What: within a week of coming back from 14 or more days without a run, a run was over half as long
as the longest one before the break.
Why it matters: coming back slowly is common coaching sense; no study of lower backs was found for
it.
Evidence (grade D): convention; the numbers are ours
"""

from collections.abc import Mapping
from typing import Any

import polars as pl

from tightlog.domain.frames import IS_WATCHED
from tightlog.language.catalogue import message, phrase
from tightlog.patterns.events import shown_days
from tightlog.patterns.pattern import PatternInputs, Threshold, described, rule_rows
from tightlog.words.dates import weekday
from tightlog.words.measures import distance
from tightlog.words.numbers import counted

BREAK = Threshold("break_d", 14.0, "days", message("without a run make a break (ours)"))
SHARE = Threshold(
    "share_pct", 50.0, "%", message("of the longest run of the 30 days before the break (ours)")
)
RETURN = Threshold(
    "return_d",
    7.0,
    "days",
    message("after the break in which a run counts, and in which it is shown (ours)"),
)
HISTORY_D = 30
LEAST_HISTORY_D = 14


def return_days(inputs: PatternInputs) -> pl.DataFrame:
    """The day of a big run after a break and the days after it; quiet when a day of the break is
    unknown: there may have been runs.
    """
    share, return_d = inputs.limit("R3", SHARE), inputs.limit("R3", RETURN)
    days = inputs.days_with({"run_count": pl.Float64, "longest_run_m": pl.Float64})
    runs = _runs_with_break(days, inputs.limit("R3", BREAK), return_d)
    of_before = runs.with_columns(value=pl.col("longest_run_m") / pl.col("before_m") * 100)
    big = of_before.filter(pl.col("value") > share).rename({"day": "started_on"})
    return rule_rows(shown_days(inputs, big, return_d), share, _words)


def _runs_with_break(days: pl.DataFrame, break_d: float, return_d: float) -> pl.DataFrame:
    """Run days in the first days back: day, longest_run_m, break_d (days without a run before),
    before_m (longest run before the break).
    """
    known = IS_WATCHED & pl.col("run_count").is_not_null()
    history = days.with_columns(
        unknown_so_far=(~known).fill_null(True).cast(pl.Int64).cum_sum(),
        known_30d=known.fill_null(False).cast(pl.Int64).rolling_sum(HISTORY_D, min_samples=1),
        seen_30d=pl.min_horizontal(
            pl.int_range(1, pl.len() + 1, dtype=pl.Int64), pl.lit(HISTORY_D, pl.Int64)
        ),
        before_m=pl.col("longest_run_m").rolling_max(HISTORY_D, min_samples=1),
    )
    runs = history.filter(
        pl.col("run_count") > 0, pl.col("longest_run_m").is_not_null()
    ).with_columns(
        break_d=(pl.col("day") - pl.col("day").shift(1)).dt.total_days() - 1,
        is_break_known=pl.col("unknown_so_far") == pl.col("unknown_so_far").shift(1),
        before_m=pl.col("before_m").shift(1),
        is_history_known=(pl.col("known_30d") == pl.col("seen_30d")).shift(1)
        & (pl.col("seen_30d").shift(1) >= LEAST_HISTORY_D),
    )
    breaks = runs.filter(
        pl.col("break_d") >= break_d, pl.col("is_break_known"), pl.col("is_history_known")
    ).select("break_d", "before_m", back_on="day")
    return (
        runs.select("day", "longest_run_m")
        .join_asof(breaks, left_on="day", right_on="back_on", strategy="backward", coalesce=False)
        .filter((pl.col("day") - pl.col("back_on")).dt.total_days() < return_d)
    )


def _words(row: Mapping[str, Any]) -> str:
    run = phrase(
        "{weekday}'s {far}",
        weekday=weekday(row["started_on"]),
        far=distance(row["longest_run_m"]),
    )
    when = phrase("after {day} without a run", day=counted(row["break_d"], "day"))
    return phrase(
        "{run}, in the first week back {when}, was {value:.0f} % of your longest before "
        "the break ({before_m}).",
        run=run,
        when=when,
        value=row["value"],
        before_m=distance(row["before_m"]),
    )


PATTERN = described(
    __doc__,
    needs=(
        message(
            "runs with a distance, and a break whose days are known (a diary entry or "
            "another sport at least every 14 days)"
        )
    ),
    link=(
        message(
            "Our link, not the article's: it says start slowly and build up, and does not "
            "mention breaks."
        )
    ),
    interventions=("G3", "X1", "C1", "C2", "C3"),
    thresholds=(BREAK, SHARE, RETURN),
    lasts_d=int(RETURN.default),
    # A run longer or harder than all before the break is each of these as well.
    implies=frozenset({"R2", "R20"}),
    match=return_days,
    is_watched=lambda inputs: inputs.has("longest_run_m"),
)
