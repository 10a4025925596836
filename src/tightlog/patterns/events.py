"""Events of single runs or days: the runs to search, what is usual in them, and the days on which
an event is shown.
"""

from collections.abc import Sequence

import polars as pl

from tightlog.domain.frames import IS_WATCHED, UTC_INSTANT, Columns
from tightlog.domain.thresholds import MOST_ESTIMATED_PCT, ROUNDING
from tightlog.patterns.pattern import RULE_SCHEMA, PatternInputs, typed

# An event is shown for a week, a minor one for three days (ours).
EVENT_LASTS_D = 7
MINOR_EVENT_LASTS_D = 3
RUN: Columns = {
    "activity_id": pl.String,
    "sport": pl.String,
    "started_at": UTC_INSTANT,
    "day": pl.Date,
}


def runs(inputs: PatternInputs, columns: Columns) -> pl.DataFrame:
    """Runs in the order they started: activity_id, sport, started_at, day and these columns,
    null where the home has none.
    """
    every = typed(inputs.activities, {**RUN, **columns})
    return every.filter(pl.col("sport") == "running").sort("day", "started_at", "activity_id")


def usual(column: str, quantile: float, last: int, least: int) -> pl.Expr:
    """Quantile of a column over the `last` rows before each row, this one excluded; null with
    fewer than `least` known values.
    """
    return (
        pl.col(column)
        .shift(1)
        .rolling_quantile(quantile, "linear", window_size=last, min_samples=least)
    )


def measured_days(
    days: pl.DataFrame, share_column: str, load_columns: Sequence[str]
) -> pl.DataFrame:
    """The days with these columns null where more than a fifth of the load is estimated from
    minutes (`share_column`, %).
    """
    is_measured = (pl.col(share_column) <= MOST_ESTIMATED_PCT + ROUNDING).fill_null(True)
    return days.with_columns(pl.when(is_measured).then(pl.col(*load_columns)))


def watched_days(inputs: PatternInputs) -> pl.DataFrame:
    """The days (day) of which enough is known, in their order."""
    return inputs.days_with({}).filter(IS_WATCHED).select("day")


def shown_days(
    inputs: PatternInputs, events: pl.DataFrame, lasts_d: float, on: str = "started_on"
) -> pl.DataFrame:
    """Watched days from an event's day (column `on`) for `lasts_d` days, each with the columns
    of the latest event up to it.
    """
    latest = events.sort(on, maintain_order=True).unique(on, keep="last", maintain_order=True)
    return (
        inputs.once(watched_days)
        .join_asof(latest, left_on="day", right_on=on, strategy="backward", coalesce=False)
        .filter((pl.col("day") - pl.col(on)).dt.total_days() < lasts_d)
    )


def one_row_a_day(*parts: pl.DataFrame) -> pl.DataFrame:
    """Rows of a rule that has several signs, in their order: one a day, with the evidence of all
    and the value of the first.
    """
    every = pl.concat([pl.DataFrame(schema=dict(RULE_SCHEMA)), *parts])
    return (
        every.group_by("day", maintain_order=True)
        .agg(
            pl.col("started_on").first(),
            pl.col("evidence").str.join(" "),
            pl.col("value").first(),
            pl.col("threshold").first(),
            pl.col("red_flags").first(),
            pl.col("until_on").first(),
        )
        .sort("day")
        .select(RULE_SCHEMA.keys())
    )
