"""What is known about each local calendar day: the calendar of every feature."""

import operator
from collections.abc import Sequence
from datetime import date
from functools import partial, reduce

import numpy as np
import polars as pl

from tightlog.domain.clocks import FIRST_DAY
from tightlog.domain.frames import Coverage
from tightlog.features.feature import Feature

# Between two known days this close, a day without a file is a day without a run; further apart it
# is unknown.
LONGEST_BRIDGED_GAP_D = 14

# intervals.icu's daily list holds what devices wrote, with or without a run; only the runner can
# give these values.
TAPPED_BY_HAND = {"intervals.icu": ("soreness", "fatigue", "stress", "mood", "motivation")}
KEPT_BY_HAND = ("daylio", "pmsys")

FEATURES = (
    Feature(
        "coverage",
        "word",
        "coverage",
        "watched: an activity or diary entry that day, or between two at most 14 days apart; "
        "else unknown. "
        "What a device wrote into a diary's export (sleep, resting heart rate) is not an entry",
        dtype=pl.String,
    ),
)


def calendar(
    known_days: Sequence[pl.Series], activity_days: pl.Series, last: date | None = None
) -> pl.DataFrame:
    """One row per local day from the first to the last known: day, coverage, is_recorded (watched,
    so that no run means 0).

    A diary may be years older than the first run file. Those years were not necessarily without
    runs, so days more than 14 before the first activity are watched but not recorded. Days before
    1990 or after `last` are impossible, and left out.
    """
    known = (
        pl.concat([days.cast(pl.Date).rename("day") for days in known_days])
        .drop_nulls()
        .unique()
        .sort()
    )
    # One impossible day would make a row for each day in between.
    known = known.filter(known.is_between(FIRST_DAY, last or date.max))
    if known.is_empty():
        return pl.DataFrame(
            schema={"day": pl.Date, "coverage": pl.String, "is_recorded": pl.Boolean}
        )
    first_recorded = pl.lit(activity_days.min(), dtype=pl.Date) - pl.duration(
        days=LONGEST_BRIDGED_GAP_D
    )
    days = pl.DataFrame({"day": pl.date_range(known[0], known[-1], eager=True)})
    marked = days.join(
        known.to_frame().with_columns(known_on="day"), on="day", how="left", maintain_order="left"
    )
    gap_d = (pl.col("known_on").backward_fill() - pl.col("known_on").forward_fill()).dt.total_days()
    is_watched = gap_d <= LONGEST_BRIDGED_GAP_D
    return marked.select(
        "day",
        coverage=pl.when(is_watched)
        .then(pl.lit(Coverage.WATCHED.value))
        .otherwise(pl.lit(Coverage.UNKNOWN.value)),
        is_recorded=is_watched & (pl.col("day") >= first_recorded).fill_null(False),
    )


def noted_days(context: pl.DataFrame) -> pl.Series:
    """Days on which the runner noted some context: in a table that also holds scores or
    interventions, or in a diary kept by hand.

    A table of sleep alone may come from a device that wrote it every day; it does not show
    whether runs were recorded.
    """
    source, name = pl.col("source"), pl.col("name")
    is_tapped = pl.any_horizontal(
        (source == export) & name.is_in(names) for export, names in TAPPED_BY_HAND.items()
    )
    is_own_table = pl.col("is_beside_scores") & ~source.is_in(list(TAPPED_BY_HAND))
    return context.filter(is_tapped | is_own_table | source.is_in(KEPT_BY_HAND))["day"]


def window_sum(column: str, days: int) -> pl.Expr:
    """Sum over the days of the window, which ends with the day itself; null unless every day is
    known.
    """
    return pl.col(column).map_batches(partial(_window_sums, days=days), pl.self_dtype())


def _window_sums(values: pl.Series, days: int) -> pl.Series:
    # From the day back, day by day: a rolling sum carries rounding errors along (weeks of zeros
    # after a ride summed to -2e-15), and an expression for each day takes Polars ten times as long.
    numbers, unknown = values.to_numpy(), np.cumsum(values.is_null().to_numpy())
    sums, is_unknown = numbers.copy(), unknown > 0
    for back in range(1, min(days, len(numbers))):
        sums[back:] += numbers[:-back]
    is_unknown[days:] = unknown[days:] > unknown[:-days]
    is_unknown[: days - 1] = True
    return pl.Series(values.name, sums).set(pl.Series(is_unknown), None).cast(values.dtype)


def sum_in_order(parts: Sequence[pl.Expr]) -> pl.Expr:
    """Sum of the parts, from the first to the last; null when one of them is null.

    Polars' own sum over columns adds them in an order that depends on its threads. The last digits
    would differ from night to night, and all that was made of the days would be made again.
    """
    return reduce(operator.add, parts)


def known_sum(column: str) -> pl.Expr:
    """Sum of a group, null when one of its parts is null: a sum with an unknown part is unknown."""
    return pl.when(pl.col(column).null_count() == 0).then(pl.col(column).sum())


def days_since(happened: pl.Expr, is_recorded: pl.Expr) -> pl.Expr:
    """Days since it last happened (0 on the day itself); null before the first time and where an
    unrecorded day lies between.
    """
    last_time = pl.when(happened).then(pl.col("day")).forward_fill()
    last_unrecorded = pl.when(~is_recorded).then(pl.col("day")).forward_fill()
    is_certain = last_unrecorded.is_null() | (last_unrecorded < last_time)
    return pl.when(is_certain).then((pl.col("day") - last_time).dt.total_days())
