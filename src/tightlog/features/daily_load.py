"""Training load per local day on the home's one scale: totals, the hardest session, each kind of
exercise, the share with impact.
"""

import polars as pl

from tightlog.features import estimated_load
from tightlog.features.coverage import known_sum, window_sum
from tightlog.features.cross_training import (
    KINDS,
    is_exercise,
    is_kind_watched,
    kind,
    logged_kind,
)
from tightlog.features.estimated_load import is_session, with_estimated_shares
from tightlog.features.feature import OURS, Feature
from tightlog.features.load import ESTIMATED_RULES, RPE_RANGE, LoadRule, load_scale
from tightlog.features.mileage import largest_known_before

# FIT sports of running or jumping, in which the body leaves the ground. Walking and skiing do not;
# a team sport a watch calls `training` is not recognised.
IMPACT_SPORTS = (
    "running",
    "basketball",
    "soccer",
    "american_football",
    "rugby",
    "lacrosse",
    "volleyball",
    "tennis",
    "racket",
    "jump_rope",
)
NO_IMPACT_SUB_SPORTS = ("table_tennis",)

TRIMP_SOURCE = "Banister 1991, in: Physiological Testing of the High-Performance Athlete"
SRPE_SOURCE = "Foster 1998, Med Sci Sports Exerc"
LOAD_SOURCE = "Banister 1991 (TRIMP); Foster 1998, Med Sci Sports Exerc (session-RPE)"

_ZERO_RULE = (
    "0 on a recorded day without exercise, null when one recorded activity of the day has none "
    "and in a home without any; activities under 2 min do not count"
)
_ESTIMATE_RULE = "A recorded session without a value is estimated, see load_estimated_au"
_DIARY_RULE = (
    "A session known from the diary alone counts on the session-RPE scale when it has minutes "
    "and RPE; otherwise it has no load, "
    "adds nothing here, leaves its kind null and is counted in unloaded_session_28d_count"
)
_KIND_RULE = (
    "on the home's one scale; null until the kind was first seen, logged or declared, and on a "
    "day with a session of it without load"
)

FEATURES = (
    Feature(
        "trimp_au",
        "au",
        "load",
        "Banister's TRIMP of the day's recorded activities: summed over heart-rate samples "
        "that cover at least "
        f"90 % of the activity, else from its mean heart rate; {_ZERO_RULE}",
        TRIMP_SOURCE,
    ),
    Feature(
        "srpe_au",
        "au",
        "load",
        "Session-RPE of the day: RPE (0–10) times minutes of each session, the RPE from the "
        "watch, the export or "
        "the diary's entry of the same session; diary sessions with minutes and RPE count; "
        f"{_ZERO_RULE}",
        SRPE_SOURCE,
    ),
    Feature(
        "load_au",
        "au",
        "load",
        "Load of the day's exercise on the home's one scale: trimp_au where heart rate covers "
        "half of the recorded "
        f"exercise minutes or more of them than ratings do, else srpe_au; {_ZERO_RULE}. "
        f"{_ESTIMATE_RULE}. {_DIARY_RULE}",
        LOAD_SOURCE,
    ),
    Feature(
        "load_7d_au",
        "au",
        "load",
        "Sum of load_au over the last 7 days, this one included; null unless all are known",
        LOAD_SOURCE,
    ),
    Feature(
        "load_28d_au",
        "au",
        "load",
        "Sum of load_au over the last 28 days, this one included; null unless all are known",
        LOAD_SOURCE,
    ),
    Feature(
        "hardest_session_au",
        "au",
        "load",
        "Largest load of one session of the day, 0 without one; null when load_au is, and with a "
        "session of unknown length, which may be the largest",
        LOAD_SOURCE,
    ),
    Feature(
        "hardest_session_30d_au",
        "au",
        "load",
        "Largest load of one session in the 30 days before the day; null with less than 14 days "
        "since the first recorded exercise, a day of unknown load among them, or no session",
        OURS,
    ),
    *(
        Feature(f"{name}_load_au", "au", "load", f"Load of {words}, {rule}", LOAD_SOURCE)
        for name, words, rule in (
            (
                "run",
                "the day's runs",
                (
                    "on the home's one scale; 0 on a recorded day without one, null when one has "
                    "no load"
                ),
            ),
            ("swim", "swimming", _KIND_RULE),
            ("cycle", "cycling, indoors too", _KIND_RULE),
            ("strength", "strength training", _KIND_RULE),
            ("core", "core training", _KIND_RULE),
            ("mobility", "yoga, Pilates, flexibility and stretching", _KIND_RULE),
            ("other", "any other exercise", _KIND_RULE),
        )
    ),
    Feature(
        "impact_share_28d_pct",
        "%",
        "load",
        "Share of load_28d_au from sports with a flight phase: running, basketball, soccer, "
        "American "
        "football, rugby, lacrosse, volleyball, tennis and other racket sports but table "
        "tennis, rope jumping; "
        "null when load_28d_au is null or 0",
    ),
    Feature(
        "unloaded_session_28d_count",
        "sessions",
        "load",
        "Sessions of the last 28 days, this one included, known from the diary alone "
        "and without a load on the home's scale, so not in load_28d_au",
        dtype=pl.Int64,
    ),
    *estimated_load.FEATURES,
)


def daily_load(
    calendar: pl.DataFrame,
    activities: pl.DataFrame,
    interventions_done: pl.DataFrame,
    declared: frozenset[str],
) -> pl.DataFrame:
    """One row per day of the calendar with every load of FEATURES, from activities that carry
    trimp_au, srpe_au, load_au and load_rule.
    """
    sessions = _sessions(activities, interventions_done)
    days = _with_totals(calendar, sessions)
    for name in ("run", *KINDS):
        days = _with_kind(days, sessions, name, name in declared)
    days = days.with_columns(
        # What a session is compared with, as longest_run_30d_m is for distance.
        hardest_session_30d_au=largest_known_before(
            "hardest_session_au", first_exercise_day(activities)
        ),
        load_7d_au=window_sum("load_au", 7),
        load_28d_au=window_sum("load_au", 28),
        _impact_28d_au=window_sum("_impact_au", 28),
        unloaded_session_28d_count=window_sum("_unloaded_count", 28),
    ).with_columns(
        # Bounded because the same loads summed in another order may differ in the last digit.
        is_hardest_session_estimated=(pl.col("_hardest_estimated_au") > 0)
        & (pl.col("_hardest_estimated_au") >= pl.col("hardest_session_au")),
        impact_share_28d_pct=pl.when(pl.col("load_28d_au") > 0)
        .then(100.0 * pl.col("_impact_28d_au") / pl.col("load_28d_au"))
        .clip(0.0, 100.0),
    )
    return with_estimated_shares(days).select("day", *(feature.feature for feature in FEATURES))


def first_exercise_day(activities: pl.DataFrame) -> pl.Expr:
    """Day of the first recorded exercise as a literal, null in a home without any; what was
    before it is unknown.
    """
    exercise = activities.filter(is_exercise(pl.col("sport"), pl.col("sub_sport")))
    return pl.lit(exercise["day"].min(), dtype=pl.Date)


def _sessions(activities: pl.DataFrame, interventions_done: pl.DataFrame) -> pl.DataFrame:
    """One row per session: day, kind, trimp_au, srpe_au, load_au, estimated_au (its part of it
    that is estimated), is_of_unknown_length, is_impact, is_only_logged. Activities under 2 min are
    none.

    A diary entry of a kind the watch recorded that day is the watch's session, and lends it its
    session-RPE where it was the only one and has none; diary entries of one kind on one day are one
    session.
    """
    sport, sub_sport = pl.col("sport"), pl.col("sub_sport")
    is_estimated = pl.col("load_rule").is_in(ESTIMATED_RULES)
    recorded = (
        activities.filter(is_session())
        .select(
            "day",
            "trimp_au",
            "srpe_au",
            pl.when(is_estimated).then("load_au").alias("estimated_au"),
            pl.col("load_rule")
            .eq_missing(LoadRule.ESTIMATED_LENGTH.value)
            .alias("is_of_unknown_length"),
            kind=kind(sport, sub_sport),
            is_only_logged=pl.lit(False),
            is_impact=sport.is_in(IMPACT_SPORTS).fill_null(False)
            & ~sub_sport.is_in(NO_IMPACT_SUB_SPORTS).fill_null(False),
        )
        .drop_nulls("kind")
    )
    logged = _logged_sessions(interventions_done)
    lent = pl.when(pl.len().over("day", "kind") == 1).then("logged_au")
    rated = (
        recorded.join(logged, on=["day", "kind"], how="left")
        .with_columns(srpe_au=pl.coalesce("srpe_au", lent))
        .drop("logged_au")
    )
    only_logged = logged.join(recorded, on=["day", "kind"], how="anti").select(
        "day",
        pl.lit(None, pl.Float64).alias("trimp_au"),
        pl.col("logged_au").alias("srpe_au"),
        pl.lit(None, pl.Float64).alias("estimated_au"),
        pl.lit(False).alias("is_of_unknown_length"),
        "kind",
        is_only_logged=pl.lit(True),
        is_impact=pl.lit(False),
    )
    measured = pl.col(f"{load_scale(activities)}_au")
    return pl.concat([rated, only_logged]).with_columns(
        load_au=pl.coalesce(measured, "estimated_au"),
        estimated_au=pl.when(measured.is_null()).then("estimated_au").fill_null(0.0),
    )


def _logged_sessions(interventions_done: pl.DataFrame) -> pl.DataFrame:
    """One row per day and kind in the diary: day, kind, logged_au (session-RPE; null when an
    entry lacks minutes or RPE).
    """
    rpe = pl.col("rpe").cast(pl.Float64)
    return (
        interventions_done.filter(pl.col("source").ne_missing("watch"))
        .select(
            "day",
            kind=logged_kind(),
            logged_au=pl.when(rpe.is_between(*RPE_RANGE)).then(
                rpe * pl.col("minutes").cast(pl.Float64)
            ),
        )
        .drop_nulls("kind")
        .group_by("day", "kind")
        .agg(logged_au=known_sum("logged_au"))
    )


def _with_totals(calendar: pl.DataFrame, sessions: pl.DataFrame) -> pl.DataFrame:
    """Adds trimp_au, srpe_au, load_au, hardest_session_au, the load with impact and how many
    diary sessions have none.
    """
    by_day = sessions.group_by("day").agg(
        *(_total(name) for name in ("trimp_au", "srpe_au", "load_au")),
        hardest_session_au=pl.when(
            _total("load_au").is_not_null() & ~pl.col("is_of_unknown_length").any()
        ).then(pl.col("load_au").max().fill_null(0.0)),
        load_estimated_au=pl.when(_total("load_au").is_not_null()).then(
            pl.col("estimated_au").sum()
        ),
        _hardest_estimated_au=pl.col("estimated_au").max(),
        _impact_au=pl.when(_total("load_au").is_not_null()).then(
            pl.col("load_au").filter("is_impact").sum()
        ),
        _unloaded_count=(pl.col("is_only_logged") & pl.col("load_au").is_null())
        .sum()
        .cast(pl.Int64),
        _session_count=pl.len(),
    )
    scale_of = {
        "trimp_au": "trimp_au",
        "srpe_au": "srpe_au",
        **dict.fromkeys(
            (
                "load_au",
                "hardest_session_au",
                "_impact_au",
                "load_estimated_au",
                "_hardest_estimated_au",
            ),
            "load_au",
        ),
    }
    known = {
        name: pl.col("is_recorded") & (sessions[scale].count() > 0)
        for name, scale in scale_of.items()
    }
    known["_unloaded_count"] = pl.col("is_recorded")
    is_rest = pl.col("_session_count").is_null()
    return calendar.join(by_day, on="day", how="left", maintain_order="left").with_columns(
        pl.when(is_known).then(pl.when(is_rest).then(0).otherwise(name)).alias(name)
        for name, is_known in known.items()
    )


def _total(column: str) -> pl.Expr:
    """Sum over the day's sessions; null when a recorded one has no value, while one that is only
    logged then adds nothing.
    """
    counted = pl.col(column).filter(~pl.col("is_only_logged") | pl.col(column).is_not_null())
    return pl.when(counted.null_count() == 0).then(counted.sum()).alias(column)


def _with_kind(
    days: pl.DataFrame, sessions: pl.DataFrame, name: str, is_declared: bool
) -> pl.DataFrame:
    """Adds the kind's load: 0 on a watched day without it, from its first session on or from the
    start when declared; runs when recorded.
    """
    of_kind = sessions.filter(pl.col("kind") == name)
    by_day = of_kind.group_by("day").agg(_kind_au=known_sum("load_au"), _kind_count=pl.len())
    is_watched = (
        pl.col("is_recorded") if name == "run" else is_kind_watched(of_kind["day"], is_declared)
    )
    is_known = is_watched & (sessions["load_au"].count() > 0)
    load = pl.when(pl.col("_kind_count").is_null()).then(0.0).otherwise("_kind_au")
    joined = days.join(by_day, on="day", how="left", maintain_order="left")
    return joined.with_columns(pl.when(is_known).then(load).alias(f"{name}_load_au")).drop(
        "_kind_au", "_kind_count"
    )
