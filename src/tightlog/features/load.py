"""Internal load of an activity: Banister's TRIMP, Foster's session-RPE, and which of the two is the
home's scale.

TRIMP is the sum over the heart-rate samples where they cover at least 90 % of the activity's
minutes; else its mean heart rate times its minutes, where the samples cover at least half of it or
the file has a mean and no samples; else null. Session-RPE is the rating given with the activity
times its minutes; without a rating null. Neither is derived from the other.
"""

from dataclasses import dataclass
from enum import StrEnum

import polars as pl

from tightlog.domain.channels import CREDIBLE_HEART_RATE_BPM
from tightlog.features.cross_training import is_exercise, session_min
from tightlog.features.mileage import runs_of
from tightlog.units import SECONDS_PER_MINUTE

# Weights of Banister's TRIMP (Banister 1991, in: Physiological Testing of the High-Performance
# Athlete): factor and exponent.
MEN_WEIGHTS = (0.64, 1.92)
WOMEN_WEIGHTS = (0.86, 1.67)
ASSUMED_REST_BPM = 60.0
# One spike of an optical sensor is not a maximum: it must last, and occur in more than one run.
HELD_S = 30.0
RUNS_AT_MAXIMUM = 3
# Samples of nearly the whole activity are summed; if they cover at least half, the mean heart rate
# is used for all of it.
SUMMED_SHARE = 0.9
MEAN_SHARE = 0.5
# Foster 1998, Med Sci Sports Exerc: category-ratio scale from rest to maximal.
RPE_RANGE = (0.0, 10.0)
# The home's scale is heart rate when it covers this share of the recorded exercise minutes.
HEART_RATE_SHARE = 0.5


class LoadRule(StrEnum):
    """How a load was computed."""

    TRIMP_SAMPLES = "trimp_samples"
    TRIMP_MEAN = "trimp_mean"
    SRPE = "srpe"


# The load of an activity and everything it is computed from.
LOAD_COLUMNS = (
    "load_au", "load_rule", "load_max_bpm", "load_max_rule", "load_rest_bpm", "load_rest_rule",
    "load_weights",
)  # fmt: skip


@dataclass(frozen=True)
class Runner:
    """The runner's settings; `declared` are kinds of cross-training that are logged whenever they
    are done.
    """

    sex: str | None = None
    heart_rate_max_bpm: float | None = None
    heart_rate_rest_bpm: float | None = None
    declared: frozenset[str] = frozenset()


UNKNOWN_RUNNER = Runner()


def activity_load(
    activities: pl.DataFrame, heart_rate_seconds: pl.DataFrame, runner: Runner
) -> pl.DataFrame:
    """One row per activity: activity_id, trimp_au, srpe_au, and LOAD_COLUMNS: the load on the
    home's one scale, its rule, and the heart rates and weights that went in.

    Null where there is no value, and for anything that is not exercise. The two scales are
    different units and never mixed in load_au.
    """
    minutes, rpe = session_min(), pl.col("rpe")
    exercise = is_exercise(pl.col("sport"), pl.col("sub_sport"))
    loads = (
        activities.drop("trimp_au", "srpe_au", strict=False)
        .join(
            _trimp(activities, heart_rate_seconds, runner),
            on="activity_id",
            how="left",
            maintain_order="left",
        )
        .with_columns(
            trimp_au=pl.when(exercise).then("trimp_au"),
            srpe_au=pl.when(exercise & rpe.is_between(*RPE_RANGE)).then(rpe * minutes),
        )
    )
    scale = load_scale(loads)
    loads = loads.with_columns(load_au=f"{scale}_au")
    if scale == "srpe":
        basis: dict[str, pl.Expr] = {"load_rule": pl.lit(LoadRule.SRPE.value)}
    else:
        basis = {
            "load_rule": pl.col("trimp_rule"),
            **_trimp_basis(loads, heart_rate_seconds, runner),
        }
    nothing = dict.fromkeys(LOAD_COLUMNS[1:], pl.lit(None, pl.String))
    nothing |= dict.fromkeys(("load_max_bpm", "load_rest_bpm"), pl.lit(None, pl.Float64))
    has_load = pl.col("load_au").is_not_null()
    told = {name: pl.when(has_load).then(value) for name, value in (nothing | basis).items()}
    return loads.select("activity_id", "trimp_au", "srpe_au", "load_au", **told)


def load_scale(activities: pl.DataFrame) -> str:
    """The home's one scale: `trimp` if heart rate covers half of the recorded exercise minutes,
    or more of them than ratings do; else `srpe`.
    """
    exercise = activities.filter(is_exercise(pl.col("sport"), pl.col("sub_sport"))).with_columns(
        minutes=session_min()
    )
    heart_rate_min, rated_min = (
        float(exercise.filter(pl.col(name).is_not_null())["minutes"].sum())
        for name in ("trimp_au", "srpe_au")
    )
    is_covered = exercise["trimp_au"].count() > 0 and heart_rate_min >= HEART_RATE_SHARE * float(
        exercise["minutes"].sum()
    )
    return "trimp" if is_covered or heart_rate_min > rated_min else "srpe"


def observed_heart_rate_max_bpm(
    activities: pl.DataFrame, heart_rate_seconds: pl.DataFrame
) -> float | None:
    """Highest heart rate in bpm held for 30 s in each of three runs (in every run when there are
    fewer); None without samples of a run.
    """
    runs = runs_of(activities).select("activity_id")
    held = (
        _credible(heart_rate_seconds)
        .join(runs, on="activity_id", how="semi")
        .sort("activity_id", "heart_rate_bpm", descending=[False, True])
        .with_columns(held_s=pl.col("seconds").cum_sum().over("activity_id"))
        .filter(pl.col("held_s") >= HELD_S)
        .group_by("activity_id")
        .agg(pl.col("heart_rate_bpm").max())
    )
    highest = held["heart_rate_bpm"].sort(descending=True).head(RUNS_AT_MAXIMUM).to_list()
    return float(highest[-1]) if highest else None


def _trimp(
    activities: pl.DataFrame, heart_rate_seconds: pl.DataFrame, runner: Runner
) -> pl.DataFrame:
    """One row per activity: activity_id, trimp_au, trimp_rule; summed per sample where there are
    samples, else from the mean heart rate.
    """
    maximum, rest = _heart_rate_ends(activities, heart_rate_seconds, runner)
    if maximum is None or maximum <= rest:
        return activities.select(
            "activity_id", trimp_au=pl.lit(None, pl.Float64), trimp_rule=pl.lit(None, pl.String)
        )
    per_min = _trimp_per_min(pl.col("heart_rate_bpm"), maximum, rest, _weights(runner))
    samples = (
        _credible(heart_rate_seconds)
        .group_by("activity_id")
        .agg(
            sampled_au=(per_min * pl.col("seconds") / SECONDS_PER_MINUTE).sum(),
            sampled_s=pl.col("seconds").sum(),
        )
    )
    share = pl.col("sampled_s") / (pl.col("minutes") * SECONDS_PER_MINUTE)
    is_summed = (share >= SUMMED_SHARE) | (
        pl.col("minutes").is_null() & pl.col("sampled_s").is_not_null()
    )
    is_mean = pl.col("sampled_s").is_null() | (share >= MEAN_SHARE)
    mean_bpm = pl.col("heart_rate_bpm").is_between(*CREDIBLE_HEART_RATE_BPM)
    return (
        activities.with_columns(minutes=session_min())
        .join(samples, on="activity_id", how="left", maintain_order="left")
        .with_columns(
            _is_summed=is_summed.fill_null(False),
            mean_au=pl.when(is_mean & mean_bpm).then(per_min * pl.col("minutes")),
        )
        .select(
            "activity_id",
            trimp_au=pl.when("_is_summed").then("sampled_au").otherwise("mean_au"),
            trimp_rule=pl.when("_is_summed")
            .then(pl.lit(LoadRule.TRIMP_SAMPLES.value))
            .otherwise(pl.lit(LoadRule.TRIMP_MEAN.value)),
        )
    )


def _trimp_per_min(
    heart_rate_bpm: pl.Expr, maximum: float, rest: float, weights: tuple[float, float]
) -> pl.Expr:
    factor, exponent = weights
    reserve = ((heart_rate_bpm - rest) / (maximum - rest)).clip(0.0, 1.0)
    return reserve * factor * (exponent * reserve).exp()


def _credible(heart_rate_seconds: pl.DataFrame) -> pl.DataFrame:
    is_credible = pl.col("heart_rate_bpm").is_between(*CREDIBLE_HEART_RATE_BPM)
    return heart_rate_seconds.filter(is_credible & (pl.col("seconds") > 0))


def _weights(runner: Runner) -> tuple[float, float]:
    return WOMEN_WEIGHTS if _is_woman(runner) else MEN_WEIGHTS


def _is_woman(runner: Runner) -> bool:
    return (runner.sex or "").strip().lower() in {"female", "f", "woman"}


def _heart_rate_ends(
    activities: pl.DataFrame, heart_rate_seconds: pl.DataFrame, runner: Runner
) -> tuple[float | None, float]:
    """Highest and resting heart rate in bpm: the runner's own, else observed and assumed."""
    observed = runner.heart_rate_max_bpm or observed_heart_rate_max_bpm(
        activities, heart_rate_seconds
    )
    return observed, runner.heart_rate_rest_bpm or ASSUMED_REST_BPM


def _trimp_basis(
    activities: pl.DataFrame, heart_rate_seconds: pl.DataFrame, runner: Runner
) -> dict[str, pl.Expr]:
    """Columns with the basis of a TRIMP."""
    maximum, rest = _heart_rate_ends(activities, heart_rate_seconds, runner)
    weights = "women" if _is_woman(runner) else "men" if runner.sex else "men_assumed"
    return {
        "load_max_bpm": pl.lit(maximum, pl.Float64),
        "load_max_rule": pl.lit("given" if runner.heart_rate_max_bpm else "observed"),
        "load_rest_bpm": pl.lit(rest, pl.Float64),
        "load_rest_rule": pl.lit("given" if runner.heart_rate_rest_bpm else "assumed"),
        "load_weights": pl.lit(weights),
    }
