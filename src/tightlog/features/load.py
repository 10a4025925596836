"""Internal load of an activity: Banister's TRIMP, Foster's session-RPE, and which of the two is the
home's scale.

TRIMP is the sum over the heart-rate samples where they cover at least 90 % of the activity's
minutes; else its mean heart rate times its minutes, where the samples cover at least half of it or
the file has a mean and no samples; else null. Where a part of a run's heart rate is set aside
(trusted_heart_rate), the rest stands for all of it if it covers at least half. Session-RPE is the
rating given with the activity times its minutes; without a rating null. Neither is derived from the
other. A session without a value on the home's scale gets an estimate from its minutes, or from the
runner's usual session where its length is unknown, marked as one.
"""

from dataclasses import dataclass
from enum import StrEnum

import polars as pl

from tightlog.domain.channels import CREDIBLE_HEART_RATE_BPM
from tightlog.features.cross_training import is_exercise, session_min
from tightlog.features.estimated_load import estimated_loads, is_session
from tightlog.features.heart_rate_maximum import HeartRateMaximum, heart_rate_maximum
from tightlog.features.heart_rate_trust import TRUST_COLUMNS, heart_rate_trust
from tightlog.features.row_order import in_order
from tightlog.features.trusted_heart_rate import trusted_seconds
from tightlog.units import SECONDS_PER_MINUTE

# Weights of Banister's TRIMP (Banister 1991, in: Physiological Testing of the High-Performance
# Athlete): factor and exponent.
MEN_WEIGHTS = (0.64, 1.92)
WOMEN_WEIGHTS = (0.86, 1.67)
ASSUMED_REST_BPM = 60.0
# Samples of nearly the whole activity are summed; if they cover at least half, the mean heart rate
# is used for all of it.
SUMMED_SHARE = 0.9
MEAN_SHARE = 0.5
# Foster 1998, Med Sci Sports Exerc: category-ratio scale from rest to maximal.
RPE_RANGE = (0.0, 10.0)
# The home's scale is heart rate when it covers this share of the recorded exercise minutes.
HEART_RATE_SHARE = 0.5
# What is read of half-minutes here.
HEART_WINDOW_COLUMNS = (
    "activity_id", "window_index", "elapsed_s", "seconds", "speed_mps", "cadence_spm",
    "heart_rate_bpm",
)  # fmt: skip


class LoadRule(StrEnum):
    """How a load was computed."""

    TRIMP_SAMPLES = "trimp_samples"
    TRIMP_MEAN = "trimp_mean"
    TRIMP_PART = "trimp_part"
    SRPE = "srpe"
    ESTIMATED = "estimated_from_minutes"
    ESTIMATED_LENGTH = "estimated_from_usual_session"


# The load of an activity and everything it is computed from.
LOAD_COLUMNS = (
    "load_au", "load_rule", "load_max_bpm", "load_max_rule", "load_rest_bpm", "load_rest_rule",
    "load_weights",
)  # fmt: skip
# What is measured of each activity here.
OF_ACTIVITY = ("trimp_au", "srpe_au", *LOAD_COLUMNS, *TRUST_COLUMNS)
TRIMP_RULES = tuple(
    rule.value for rule in (LoadRule.TRIMP_SAMPLES, LoadRule.TRIMP_MEAN, LoadRule.TRIMP_PART)
)
ESTIMATED_RULES = (LoadRule.ESTIMATED.value, LoadRule.ESTIMATED_LENGTH.value)


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
    activities: pl.DataFrame,
    run_windows: pl.DataFrame,
    heart_rate_seconds: pl.DataFrame,
    runner: Runner,
) -> pl.DataFrame:
    """One row per activity: activity_id, trimp_au, srpe_au, LOAD_COLUMNS (the load on the home's
    one scale, its rule, and the heart rates and weights that went in) and TRUST_COLUMNS.

    Null where there is no value, for anything that is not exercise, and the load of anything under
    2 min. The two scales are different units and never mixed in load_au.
    """
    windows = in_order(run_windows.select(HEART_WINDOW_COLUMNS), "window_index")
    trust = heart_rate_trust(activities, windows, heart_rate_seconds)
    plain = activities.drop(OF_ACTIVITY, strict=False).join(
        trust, on="activity_id", how="left", maintain_order="left"
    )
    maximum = heart_rate_maximum(plain, trust, runner.heart_rate_max_bpm)
    trusted = trusted_seconds(windows, heart_rate_seconds)
    measured = _measured(plain, trusted, maximum, runner)
    scale = load_scale(measured)
    rule = pl.col("trimp_rule") if scale == "trimp" else pl.lit(LoadRule.SRPE.value)
    loads = measured.with_columns(load_au=pl.when(is_session()).then(f"{scale}_au"))
    known = loads.join(
        estimated_loads(loads), on="activity_id", how="left", maintain_order="left"
    ).with_columns(
        load_au=pl.coalesce("load_au", "estimated_au"),
        load_rule=pl.when(pl.col("load_au").is_not_null())
        .then(rule)
        .when(pl.col("is_length_known"))
        .then(pl.lit(LoadRule.ESTIMATED.value))
        .when(pl.col("estimated_au").is_not_null())
        .then(pl.lit(LoadRule.ESTIMATED_LENGTH.value)),
    )
    has_basis = pl.col("load_rule").is_in(TRIMP_RULES)
    basis = {
        name: pl.when(has_basis).then(value)
        for name, value in _trimp_basis(maximum, runner).items()
    }
    return known.with_columns(**basis).select("activity_id", *OF_ACTIVITY)


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


def _measured(
    activities: pl.DataFrame,
    trusted: pl.DataFrame,
    maximum: HeartRateMaximum,
    runner: Runner,
) -> pl.DataFrame:
    """The activities with trimp_au, trimp_rule and srpe_au: what was measured, on both scales."""
    rpe = pl.col("rpe")
    exercise = is_exercise(pl.col("sport"), pl.col("sub_sport"))
    trimp = _trimp(activities, trusted, maximum.bpm, runner)
    return activities.join(trimp, on="activity_id", how="left", maintain_order="left").with_columns(
        trimp_au=pl.when(exercise).then("trimp_au"),
        srpe_au=pl.when(exercise & rpe.is_between(*RPE_RANGE)).then(rpe * session_min()),
    )


def _trimp(
    activities: pl.DataFrame, trusted: pl.DataFrame, maximum: float | None, runner: Runner
) -> pl.DataFrame:
    """One row per activity: activity_id, trimp_au, trimp_rule; summed per sample where there are
    samples, else from the mean heart rate; null where the heart rate is set aside.
    """
    rest = _rest_bpm(runner)
    if maximum is None or maximum <= rest:
        return activities.select(
            "activity_id", trimp_au=pl.lit(None, pl.Float64), trimp_rule=pl.lit(None, pl.String)
        )
    per_min = _trimp_per_min(pl.col("heart_rate_bpm"), maximum, rest, _weights(runner))
    samples = trusted.group_by("activity_id").agg(
        sampled_au=(per_min * pl.col("seconds") / SECONDS_PER_MINUTE).sum(),
        sampled_s=pl.col("seconds").sum(),
        is_part=pl.col("is_part").any(),
    )
    known = (
        activities.filter(pl.col("heart_rate_set_aside").is_null())
        .with_columns(minutes=session_min())
        .join(samples, on="activity_id", how="left", maintain_order="left")
        .with_columns(
            is_part=pl.col("is_part").fill_null(False),
            _share=pl.col("sampled_s") / (pl.col("minutes") * SECONDS_PER_MINUTE),
        )
    )
    return known.with_columns(_rule=_trimp_rule()).select(
        "activity_id",
        trimp_au=pl.when(pl.col("_rule") == LoadRule.TRIMP_SAMPLES.value)
        .then("sampled_au")
        .when(pl.col("_rule") == LoadRule.TRIMP_PART.value)
        .then(pl.col("sampled_au") / pl.col("_share"))
        .when(pl.col("_rule") == LoadRule.TRIMP_MEAN.value)
        .then(per_min * pl.col("minutes")),
        trimp_rule="_rule",
    )


def _trimp_rule() -> pl.Expr:
    """How the TRIMP of an activity is computed; null where it has none."""
    share = pl.col("_share")
    is_summed = (share >= SUMMED_SHARE) | (
        pl.col("minutes").is_null() & pl.col("sampled_s").is_not_null()
    )
    is_mean = pl.col("sampled_s").is_null() | (share >= MEAN_SHARE)
    mean_bpm = pl.col("heart_rate_bpm").is_between(*CREDIBLE_HEART_RATE_BPM)
    return (
        pl.when("is_part")
        .then(pl.when(share >= MEAN_SHARE).then(pl.lit(LoadRule.TRIMP_PART.value)))
        .when(is_summed.fill_null(False))
        .then(pl.lit(LoadRule.TRIMP_SAMPLES.value))
        .when(is_mean & mean_bpm)
        .then(pl.lit(LoadRule.TRIMP_MEAN.value))
    )


def _trimp_per_min(
    heart_rate_bpm: pl.Expr, maximum: float, rest: float, weights: tuple[float, float]
) -> pl.Expr:
    factor, exponent = weights
    reserve = ((heart_rate_bpm - rest) / (maximum - rest)).clip(0.0, 1.0)
    return reserve * factor * (exponent * reserve).exp()


def _weights(runner: Runner) -> tuple[float, float]:
    return WOMEN_WEIGHTS if _is_woman(runner) else MEN_WEIGHTS


def _is_woman(runner: Runner) -> bool:
    return (runner.sex or "").strip().lower() in {"female", "f", "woman"}


def _rest_bpm(runner: Runner) -> float:
    return runner.heart_rate_rest_bpm or ASSUMED_REST_BPM


def _trimp_basis(maximum: HeartRateMaximum, runner: Runner) -> dict[str, pl.Expr]:
    """Columns with the basis of a TRIMP."""
    weights = "women" if _is_woman(runner) else "men" if runner.sex else "men_assumed"
    return {
        "load_max_bpm": pl.lit(maximum.bpm, pl.Float64),
        "load_max_rule": pl.lit(maximum.rule.value),
        "load_rest_bpm": pl.lit(_rest_bpm(runner), pl.Float64),
        "load_rest_rule": pl.lit("given" if runner.heart_rate_rest_bpm else "assumed"),
        "load_weights": pl.lit(weights),
    }
