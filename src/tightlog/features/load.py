"""Internal load of an activity on the one scale of the home: Banister's TRIMP from heart rate, else session-RPE."""

from dataclasses import dataclass

import polars as pl

from tightlog.features.coverage import known_sum, window_sum
from tightlog.features.cross_training import is_exercise, session_min
from tightlog.features.feature import Feature
from tightlog.features.mileage import runs_of
from tightlog.units import SECONDS_PER_MINUTE

# Weights of Banister's TRIMP (Banister 1991, in: Physiological Testing of the High-Performance Athlete): factor and exponent.
MEN_WEIGHTS = (0.64, 1.92)
WOMEN_WEIGHTS = (0.86, 1.67)
ASSUMED_REST_BPM = 60.0
# What a watch can believe of a heart that runs.
CREDIBLE_BPM = (30.0, 220.0)
# One spike of an optical sensor is not a maximum: it must be held, and in more than one run.
HELD_S = 30.0
RUNS_AT_MAXIMUM = 3
# Samples of nearly the whole activity are summed; of at least half of it, its mean heart rate stands for the rest.
SUMMED_SHARE = 0.9
MEAN_SHARE = 0.5
# The home's scale is heart rate when it covers this share of the exercise minutes.
HEART_RATE_SHARE = 0.5

TRIMP_SOURCE = "Banister 1991 (TRIMP); Foster 1998, Med Sci Sports Exerc (session-RPE)"

FEATURES = (
    Feature("load_au", "au", "load", "Load of all the day's exercise on the home's one scale: TRIMP from heart rate, or RPE times minutes; "
            "null when one activity has none", TRIMP_SOURCE),
    Feature("load_7d_au", "au", "load", "Load of the last 7 days, this one included; null unless all are known", TRIMP_SOURCE),
    Feature("load_28d_au", "au", "load", "Load of the last 28 days, this one included; null unless all are known", TRIMP_SOURCE),
)


@dataclass(frozen=True)
class Runner:
    """What the runner told about himself or herself; `declared` are kinds of cross-training done or logged whenever done."""

    sex: str | None = None
    heart_rate_max_bpm: float | None = None
    heart_rate_rest_bpm: float | None = None
    declared: frozenset[str] = frozenset()


UNKNOWN_RUNNER = Runner()


def activity_load(activities: pl.DataFrame, heart_rate_seconds: pl.DataFrame, runner: Runner) -> pl.DataFrame:
    """One row per activity: activity_id, load_au, load_rule, all on one scale; both null where that scale has no value.

    The scale is `trimp` if heart rate covers at least half of the home's exercise minutes or more of them than session-RPE does,
    else `srpe` (RPE 0–10 times minutes; Foster 1998, Med Sci Sports Exerc). The two are never mixed.
    """
    loads = activities.select("activity_id", "rpe", "sport", "sub_sport", minutes=session_min()).join(
        _trimp(activities, heart_rate_seconds, runner), on="activity_id", how="left", maintain_order="left"
    ).with_columns(srpe_au=pl.when(pl.col("rpe").is_between(0, 10)).then(pl.col("rpe") * pl.col("minutes")))
    exercise = is_exercise(pl.col("sport"), pl.col("sub_sport"))
    if _scale(loads.filter(exercise)) == "trimp":
        load, rule = pl.col("trimp_au"), pl.col("trimp_rule")
    else:
        load, rule = pl.col("srpe_au"), pl.lit("srpe: RPE times minutes")
    loads = loads.with_columns(load_au=pl.when(exercise).then(load))
    return loads.select("activity_id", "load_au", load_rule=pl.when(pl.col("load_au").is_not_null()).then(rule))


def daily_load(calendar: pl.DataFrame, activities: pl.DataFrame) -> pl.DataFrame:
    """One row per day of the calendar: load_au of all exercise with its 7- and 28-day sums.

    Null where one activity of the day has no load, and everywhere when the home has no scale at all.
    """
    exercise = activities.filter(is_exercise(pl.col("sport"), pl.col("sub_sport")))
    has_scale = exercise["load_au"].count() > 0
    by_day = exercise.group_by("day").agg(load_au=known_sum("load_au"), activity_count=pl.len())
    days = calendar.join(by_day, on="day", how="left", maintain_order="left")
    is_rest = pl.col("is_recorded") & pl.col("activity_count").is_null()
    return days.with_columns(load_au=pl.when(is_rest & has_scale).then(0.0).otherwise("load_au")).select(
        "day", "load_au", load_7d_au=window_sum("load_au", 7), load_28d_au=window_sum("load_au", 28)
    )


def observed_heart_rate_max_bpm(activities: pl.DataFrame, heart_rate_seconds: pl.DataFrame) -> float | None:
    """Highest heart rate in bpm held for 30 s in each of three runs (in every run when there are fewer); None without samples of a run."""
    runs = runs_of(activities).select("activity_id")
    held = (
        _credible(heart_rate_seconds).join(runs, on="activity_id", how="semi")
        .sort("activity_id", "heart_rate_bpm", descending=[False, True])
        .with_columns(held_s=pl.col("seconds").cum_sum().over("activity_id"))
        .filter(pl.col("held_s") >= HELD_S)
        .group_by("activity_id").agg(pl.col("heart_rate_bpm").max())
    )
    highest = held["heart_rate_bpm"].sort(descending=True).head(RUNS_AT_MAXIMUM).to_list()
    return float(highest[-1]) if highest else None


def _scale(exercise: pl.DataFrame) -> str:
    minutes = float(exercise["minutes"].sum())
    heart_rate_min = float(exercise.filter(pl.col("trimp_au").is_not_null())["minutes"].sum())
    srpe_min = float(exercise.filter(pl.col("srpe_au").is_not_null())["minutes"].sum())
    return "trimp" if heart_rate_min >= HEART_RATE_SHARE * minutes or heart_rate_min > srpe_min else "srpe"


def _trimp(activities: pl.DataFrame, heart_rate_seconds: pl.DataFrame, runner: Runner) -> pl.DataFrame:
    """One row per activity: activity_id, trimp_au, trimp_rule; summed per sample where there are samples, else from the mean heart rate."""
    maximum = runner.heart_rate_max_bpm or observed_heart_rate_max_bpm(activities, heart_rate_seconds)
    rest = runner.heart_rate_rest_bpm or ASSUMED_REST_BPM
    if maximum is None or maximum <= rest:
        return activities.select("activity_id", trimp_au=pl.lit(None, pl.Float64), trimp_rule=pl.lit(None, pl.String))
    per_min = _trimp_per_min(pl.col("heart_rate_bpm"), maximum, rest, _weights(runner))
    samples = _credible(heart_rate_seconds).group_by("activity_id").agg(
        sampled_au=(per_min * pl.col("seconds") / SECONDS_PER_MINUTE).sum(), sampled_s=pl.col("seconds").sum()
    )
    share = pl.col("sampled_s") / (pl.col("minutes") * SECONDS_PER_MINUTE)
    is_summed = (share >= SUMMED_SHARE) | (pl.col("minutes").is_null() & pl.col("sampled_s").is_not_null())
    is_mean = pl.col("sampled_s").is_null() | (share >= MEAN_SHARE)
    basis = _basis(runner, maximum, rest)
    mean_bpm = pl.col("heart_rate_bpm").is_between(*CREDIBLE_BPM)
    return (
        activities.with_columns(minutes=session_min()).join(samples, on="activity_id", how="left", maintain_order="left")
        .with_columns(_is_summed=is_summed.fill_null(False), mean_au=pl.when(is_mean & mean_bpm).then(per_min * pl.col("minutes")))
        .select(
            "activity_id",
            trimp_au=pl.when("_is_summed").then("sampled_au").otherwise("mean_au"),
            trimp_rule=pl.when("_is_summed").then(pl.lit(f"trimp: heart-rate samples ({basis})"))
            .otherwise(pl.lit(f"trimp: mean heart rate ({basis})")),
        )
    )


def _trimp_per_min(heart_rate_bpm: pl.Expr, maximum: float, rest: float, weights: tuple[float, float]) -> pl.Expr:
    factor, exponent = weights
    reserve = ((heart_rate_bpm - rest) / (maximum - rest)).clip(0.0, 1.0)
    return reserve * factor * (exponent * reserve).exp()


def _credible(heart_rate_seconds: pl.DataFrame) -> pl.DataFrame:
    return heart_rate_seconds.filter(pl.col("heart_rate_bpm").is_between(*CREDIBLE_BPM) & (pl.col("seconds") > 0))


def _weights(runner: Runner) -> tuple[float, float]:
    return WOMEN_WEIGHTS if _is_woman(runner) else MEN_WEIGHTS


def _is_woman(runner: Runner) -> bool:
    return (runner.sex or "").strip().lower() in {"female", "f", "woman"}


def _basis(runner: Runner, maximum: float, rest: float) -> str:
    maximum_from = "given" if runner.heart_rate_max_bpm else "observed"
    rest_from = "given" if runner.heart_rate_rest_bpm else "assumed"
    weights = "women's weights" if _is_woman(runner) else "men's weights" if runner.sex else "men's weights assumed"
    return f"max {maximum:.0f} {maximum_from}, rest {rest:.0f} {rest_from}, {weights}"
