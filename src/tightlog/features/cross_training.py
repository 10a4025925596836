"""Everything that is not running: kinds of exercise, seen by the watch or logged in the diary,
and their minutes per day.
"""

from collections.abc import Mapping

import polars as pl

from tightlog.domain.frames import DONE_SCHEMA, IS_WATCHED
from tightlog.domain.interventions.declared import (
    intervention_of_sport,
    intervention_of_sub_sport,
    kind_of_intervention,
)
from tightlog.domain.sports import (
    KIND_OF_SPORT,
    KIND_OF_SUB_SPORT,
    NOT_EXERCISE_SPORTS,
    NOT_EXERCISE_SUB_SPORTS,
)
from tightlog.features.coverage import days_since, known_sum, sum_in_order, window_sum
from tightlog.features.feature import Feature
from tightlog.units import SECONDS_PER_MINUTE

KINDS = ("swim", "cycle", "strength", "core", "mobility", "other")

# How far back days without strength work are counted, as one exposure of the week before a score.
STRENGTH_WINDOW_D = 7

_KIND_RULE = (
    "null until first seen, logged or declared, and on a day with a session of unknown length"
)
_COUNTED = {
    "swim": "swimming",
    "cycle": "cycling",
    "core": "core training",
    "mobility": "mobility (yoga, Pilates, stretching)",
}
FEATURES = (
    Feature("swim_min", "min", "cross_training", f"Minutes of swimming; {_KIND_RULE}"),
    Feature("cycle_min", "min", "cross_training", f"Minutes of cycling, indoors too; {_KIND_RULE}"),
    Feature("strength_min", "min", "cross_training", f"Minutes of strength training; {_KIND_RULE}"),
    Feature("core_min", "min", "cross_training", f"Minutes of core training; {_KIND_RULE}"),
    Feature(
        "mobility_min",
        "min",
        "cross_training",
        f"Minutes of yoga, Pilates, flexibility and stretching; {_KIND_RULE}",
    ),
    Feature(
        "other_min",
        "min",
        "cross_training",
        f"Minutes of any other exercise, walks, hikes and unknown kinds among them; {_KIND_RULE}",
    ),
    Feature(
        "cross_training_min",
        "min",
        "cross_training",
        "Minutes of all kinds but running that are watched; null before any is",
    ),
    Feature(
        "cross_training_7d_min",
        "min",
        "cross_training",
        "Its sum over the last 7 days, this one included; null unless all are known",
    ),
    Feature(
        "cross_training_28d_min",
        "min",
        "cross_training",
        "Its sum over 28 days, this one included; null unless all are known",
    ),
    Feature(
        "cycle_distance_7d_m",
        "m",
        "cross_training",
        "Distance ridden in the last 7 days, this one included; null unless known",
    ),
    *(
        Feature(
            f"{name}_14d_count",
            "sessions",
            "cross_training",
            f"Sessions of {words} of the last 14 days, this one included, "
            "counted once from watch and diary; null unless it was watched on all of them",
            dtype=pl.Int64,
        )
        for name, words in _COUNTED.items()
    ),
    Feature(
        "mobility_7d_count",
        "sessions",
        "cross_training",
        "The same of mobility for the last 7 days, this one included",
        dtype=pl.Int64,
    ),
    Feature(
        "strength_14d_count",
        "sessions",
        "cross_training",
        "Strength and core sessions of the last 14 days, this one included",
        dtype=pl.Int64,
    ),
    Feature(
        "since_strength_d",
        "days",
        "cross_training",
        "Days since the last strength or core session, 0 on its day; "
        "null when an unknown day lies between",
        dtype=pl.Int64,
    ),
    Feature(
        "days_without_strength",
        "days",
        "cross_training",
        f"Days since the last strength or core session, {STRENGTH_WINDOW_D} at most; null "
        "where since_strength_d is",
        dtype=pl.Int64,
    ),
    Feature(
        "run_share_28d_pct",
        "%",
        "cross_training",
        "Running's share of all exercise minutes of the last 28 days",
        "tightlog's definition; why it matters: Maselli et al. 2020, PMC7271446",
    ),
)


def kind(sport: pl.Expr, sub_sport: pl.Expr) -> pl.Expr:
    """Kind of exercise (run, swim, cycle, strength, core, mobility, other) of FIT profile names;
    null for anything that is not exercise.
    """
    is_none = sport.is_in(NOT_EXERCISE_SPORTS).fill_null(False) | sub_sport.is_in(
        NOT_EXERCISE_SUB_SPORTS
    ).fill_null(False)
    named = pl.coalesce(
        pl.when(sport == "running").then(pl.lit("run")),
        _looked_up(sub_sport, KIND_OF_SUB_SPORT),
        _looked_up(sport, KIND_OF_SPORT),
    )
    return pl.when(~is_none).then(named.fill_null("other"))


def logged_kind() -> pl.Expr:
    """Kind of exercise of the column `intervention`; null for anything that is not exercise."""
    return _looked_up(pl.col("intervention"), kind_of_intervention())


def is_exercise(sport: pl.Expr, sub_sport: pl.Expr) -> pl.Expr:
    """True for what counts as exercise."""
    return kind(sport, sub_sport).is_not_null()


def session_min() -> pl.Expr:
    """Minutes of an activity: moving, or elapsed where nothing moves (weights, mat)."""
    return (
        pl.when(pl.col("moving_s") > 0).then("moving_s").otherwise("elapsed_s") / SECONDS_PER_MINUTE
    )


def seen_interventions(activities: pl.DataFrame) -> pl.DataFrame:
    """The article's interventions a watch recorded, in the columns of interventions_done with
    source `watch`.
    """
    sport, sub_sport = pl.col("sport"), pl.col("sub_sport")
    named = _looked_up(sub_sport, intervention_of_sub_sport())
    by_sub_sport = pl.when(sport != "running").then(named)
    by_sport = _looked_up(sport, intervention_of_sport())
    seen = activities.with_columns(intervention=pl.coalesce(by_sub_sport, by_sport))
    return (
        seen.filter(pl.col("intervention").is_not_null())
        .with_columns(
            entry_id=pl.concat_str(pl.lit("watch-"), "activity_id"),
            done_at="started_at",
            minutes=session_min(),
            source=pl.lit("watch"),
        )
        .select(DONE_SCHEMA.keys())
    )


def exercise_days(activities: pl.DataFrame, interventions_done: pl.DataFrame) -> pl.Series:
    """Days with a run or a session of any kind but mobility, seen by the watch or logged; days
    repeat.
    """
    runs = activities.filter(kind(pl.col("sport"), pl.col("sub_sport")) == "run")
    sessions = _sessions(activities, interventions_done).filter(pl.col("kind") != "mobility")
    return pl.concat([runs["day"], sessions["day"]])


def cross_training(
    calendar: pl.DataFrame,
    activities: pl.DataFrame,
    interventions_done: pl.DataFrame,
    run_28d_min: pl.Series,
    declared: frozenset[str],
) -> pl.DataFrame:
    """One row per day of the calendar: minutes per kind, their sums, ridden metres, sessions of 7
    and 14 days, share of running.

    A kind is null until it was first seen or logged, or from the start when declared; before
    that it is unknown whether it was done.
    """
    sessions = _sessions(activities, interventions_done)
    days = calendar
    for name in KINDS:
        days = _with_kind(days, sessions.filter(pl.col("kind") == name), name, name in declared)
    is_any_watched = pl.any_horizontal(f"_is_{name}_watched" for name in KINDS)
    is_known = pl.all_horizontal(
        ~pl.col(f"_is_{name}_watched") | pl.col(f"{name}_min").is_not_null() for name in KINDS
    )
    total = sum_in_order([pl.col(f"{name}_min").fill_null(0.0) for name in KINDS])
    days = days.with_columns(
        cross_training_min=pl.when(is_any_watched & is_known).then(total), run_28d_min=run_28d_min
    )
    days = days.with_columns(
        cross_training_7d_min=window_sum("cross_training_min", 7),
        cross_training_28d_min=window_sum("cross_training_min", 28),
        cycle_distance_7d_m=window_sum("_cycle_m", 7),
        mobility_7d_count=window_sum("_mobility_count", 7),
        **{f"{name}_14d_count": window_sum(f"_{name}_count", 14) for name in _COUNTED},
    )
    return (
        _with_strength(days)
        .with_columns(run_share_28d_pct=_run_share_pct())
        .select(
            "day",
            *(f"{name}_min" for name in KINDS),
            "cross_training_min",
            "cross_training_7d_min",
            "cross_training_28d_min",
            "cycle_distance_7d_m",
            *(f"{name}_14d_count" for name in _COUNTED),
            "mobility_7d_count",
            "strength_14d_count",
            "since_strength_d",
            "days_without_strength",
            "run_share_28d_pct",
        )
    )


def _sessions(activities: pl.DataFrame, interventions_done: pl.DataFrame) -> pl.DataFrame:
    """One row per day and kind: minutes (null when a session's are unknown), session_count,
    distance_m.

    A diary entry of a kind the watch recorded that day is the watch's session; diary entries of one
    kind on one day are one session.
    """
    watch = activities.select(
        "day", "distance_m", kind=kind(pl.col("sport"), pl.col("sub_sport")), minutes=session_min()
    )
    watched = (
        watch.filter(pl.col("kind").is_in(KINDS))
        .group_by("day", "kind")
        .agg(
            minutes=known_sum("minutes"),
            session_count=pl.len().cast(pl.Int64),
            distance_m=known_sum("distance_m"),
        )
    )
    logged = (
        interventions_done.filter(pl.col("source").ne_missing("watch"))
        .select("day", kind=logged_kind(), logged_min=pl.col("minutes").cast(pl.Float64))
        .drop_nulls("kind")
        .group_by("day", "kind")
        .agg(logged_min=known_sum("logged_min"), logged_count=pl.lit(1, pl.Int64))
    )
    return watched.join(logged, on=["day", "kind"], how="full", coalesce=True).select(
        "day",
        "kind",
        "distance_m",
        minutes=pl.coalesce("minutes", "logged_min"),
        session_count=pl.coalesce("session_count", "logged_count"),
    )


def _with_kind(
    days: pl.DataFrame, sessions: pl.DataFrame, name: str, is_declared: bool
) -> pl.DataFrame:
    """Adds the kind's minutes, its session count and whether it is watched, and the metres of
    rides.
    """
    joined = days.join(sessions.drop("kind"), on="day", how="left", maintain_order="left")
    is_watched = is_kind_watched(sessions["day"], is_declared)
    is_idle = is_watched & pl.col("session_count").is_null()
    columns = {f"{name}_min": "minutes", f"_{name}_m": "distance_m"}
    return joined.with_columns(
        *(
            pl.when(is_idle).then(0.0).otherwise(source).alias(target)
            for target, source in columns.items()
        ),
        pl.when(is_idle).then(0).otherwise("session_count").alias(f"_{name}_count"),
        is_watched.alias(f"_is_{name}_watched"),
    ).drop("minutes", "distance_m", "session_count")


def is_kind_watched(session_days: pl.Series, is_declared: bool) -> pl.Expr:
    """True on watched days from the kind's first session on, or from the start when declared:
    before, it is unknown whether it was done.
    """
    is_seen = (pl.col("day") >= pl.lit(session_days.min(), dtype=pl.Date)).fill_null(False)
    return IS_WATCHED & (pl.lit(is_declared) | is_seen)


def days_without_strength() -> pl.Expr:
    """Days since the last strength or core session, counted to the end of the week's window."""
    return pl.col("since_strength_d").clip(upper_bound=STRENGTH_WINDOW_D)


def _with_strength(days: pl.DataFrame) -> pl.DataFrame:
    """Adds strength_14d_count, since_strength_d and days_without_strength.

    Strength and core sessions count alike.
    """
    is_watched = pl.col("_is_strength_watched") | pl.col("_is_core_watched")
    return (
        days.with_columns(
            _sessions=pl.when(is_watched).then(pl.sum_horizontal("_strength_count", "_core_count"))
        )
        .with_columns(
            strength_14d_count=window_sum("_sessions", 14),
            since_strength_d=days_since((pl.col("_sessions") > 0).fill_null(False), is_watched),
        )
        .with_columns(days_without_strength=days_without_strength())
    )


def _run_share_pct() -> pl.Expr:
    all_min = pl.col("run_28d_min") + pl.col("cross_training_28d_min")
    return pl.when(all_min > 0).then(100.0 * pl.col("run_28d_min") / all_min)


def _looked_up(name: pl.Expr, table: Mapping[str, str]) -> pl.Expr:
    return name.replace_strict(dict(table), default=None, return_dtype=pl.String)
