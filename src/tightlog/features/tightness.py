"""The outcome: the first rating of a day given before any run of it, its running medians, and
how regularly it was given.
"""

import polars as pl

from tightlog.domain.diary import NOT_UNDERSTOOD, UNKNOWN
from tightlog.features.feature import Feature
from tightlog.features.mileage import may_be_runs
from tightlog.features.unknown_kinds import of_unknown_kind

# A median of fewer ratings is one bad morning, not a level (our choice).
FEWEST_RATINGS = {7: 3, 28: 7}

FEATURES = (
    Feature(
        "tightness_score",
        "points 0-10",
        "tightness",
        "First rating of the day given before any run of that day, and before any activity of "
        "unknown kind, which may be one",
    ),
    Feature(
        "tightness_moment",
        "word",
        "tightness",
        "Moment of that rating; assumed_morning where the source gives only a date, not_understood "
        "where it says when in words tightlog does not know",
        dtype=pl.String,
    ),
    Feature(
        "left_out_scores",
        "scores",
        "tightness",
        "Scores of a day that has no tightness_score: given after a run of the day, in the evening "
        "of a run day, or at a time that is not understood; 0 on days without such",
        dtype=pl.Int64,
    ),
    Feature(
        "tightness_7d_median",
        "points 0-10",
        "tightness",
        "Median score of the last 7 days, this one included; null below 3 scores",
    ),
    Feature(
        "tightness_28d_median",
        "points 0-10",
        "tightness",
        "Median score of the last 28 days, this one included; null below 7 scores",
    ),
    Feature(
        "scored_28d_count",
        "days",
        "tightness",
        "Days with a tightness_score among the last 28, this one included",
        dtype=pl.Int64,
    ),
    Feature(
        "logging_rate_28d_pct",
        "%",
        "tightness",
        "Share of the last 28 days, this one included and counted from the first tightness_score "
        "ever, that have one; null before",
    ),
)


def tightness(
    calendar: pl.DataFrame, scores: pl.DataFrame, activities: pl.DataFrame
) -> pl.DataFrame:
    """One row per day of the calendar: tightness_score (0–10), tightness_moment, its 7- and
    28-day medians, the count and share of days with one.
    """
    days = calendar.select("day").join(
        _outcomes(scores, activities), on="day", how="left", maintain_order="left"
    )
    days = days.join(_scores_a_day(scores), on="day", how="left", maintain_order="left")
    return (
        days.with_columns(
            left_out_scores=pl.when(pl.col("tightness_score").is_null())
            .then(pl.col("score_count"))
            .otherwise(0)
            .fill_null(0)
            .cast(pl.Int64),
            tightness_7d_median=_median(7),
            tightness_28d_median=_median(28),
            scored_28d_count=pl.col("tightness_score")
            .is_not_null()
            .cast(pl.Int64)
            .rolling_sum(28, min_samples=1),
        )
        .drop("score_count")
        .with_columns(logging_rate_28d_pct=_logging_rate_pct())
    )


def _scores_a_day(scores: pl.DataFrame) -> pl.DataFrame:
    return scores.filter(pl.col("score").is_not_null()).group_by("day").agg(score_count=pl.len())


def _outcomes(scores: pl.DataFrame, activities: pl.DataFrame) -> pl.DataFrame:
    first_run = (
        may_be_runs(activities)
        .group_by("day")
        .agg(
            first_run_at=pl.col("started_at").min(),
            may_have_run=pl.lit(True),
            has_run=(~of_unknown_kind()).any(),
        )
    )
    rated = scores.filter(pl.col("score").is_not_null()).join(first_run, on="day", how="left")
    before_any_run = rated.with_columns(pl.col("may_have_run", "has_run").fill_null(False)).filter(
        _is_before_any_run()
    )
    first = before_any_run.with_columns(_order=_order()).sort(
        "_order", "rated_at", "entry_id", nulls_last=True
    )
    return first.unique("day", keep="first", maintain_order=True).select(
        "day", tightness_score=pl.col("score").cast(pl.Float64), tightness_moment=_moment()
    )


def _is_before_any_run() -> pl.Expr:
    """A rating during or after exercise never counts; one without a time counts unless it may have
    been given after a run of the day, as one in the evening, or at a time not understood.
    """
    is_at_rest = ~pl.col("moment").is_in(["during", "after"]).fill_null(False)
    is_late = pl.col("moment").is_in(["evening", NOT_UNDERSTOOD]).fill_null(False)
    precedes = (
        pl.when(~pl.col("may_have_run"))
        .then(True)
        .when(pl.col("rated_at").is_not_null())
        .then((pl.col("rated_at") < pl.col("first_run_at")).fill_null(False))
        .otherwise(~is_late)
    )
    return is_at_rest & precedes


def _order() -> pl.Expr:
    """Timed ratings first, by their time; untimed ones by their moment."""
    moment = pl.col("moment")
    return (
        pl.when(moment == "evening")
        .then(4)
        .when(pl.col("rated_at").is_not_null())
        .then(0)
        .when(moment == "morning")
        .then(1)
        .when(moment == NOT_UNDERSTOOD)
        .then(5)
        .when(_is_not_given())
        .then(2)
        .otherwise(3)
    )


def _moment() -> pl.Expr:
    return (
        pl.when(~_is_not_given())
        .then("moment")
        .when(pl.col("rated_at").is_null())
        .then(pl.lit("assumed_morning"))
        .when("has_run")
        .then(pl.lit("before"))
    )


def _is_not_given() -> pl.Expr:
    return pl.col("moment").is_null() | (pl.col("moment") == UNKNOWN)


def _logging_rate_pct() -> pl.Expr:
    number = pl.int_range(pl.len())
    first = number.filter(pl.col("tightness_score").is_not_null()).min()
    days_so_far = number - first + 1
    return pl.when(days_so_far >= 1).then(
        100.0 * pl.col("scored_28d_count") / pl.min_horizontal(days_so_far, pl.lit(28))
    )


def _median(days: int) -> pl.Expr:
    return pl.col("tightness_score").rolling_median(
        window_size=days, min_samples=FEWEST_RATINGS[days]
    )
