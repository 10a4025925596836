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

from enum import StrEnum

import polars as pl

from tightlog.domain.channels import CREDIBLE_HEART_RATE_BPM
from tightlog.features.cross_training import is_exercise, session_min
from tightlog.features.estimated_load import estimated_loads, is_session
from tightlog.features.hearts.heart_rate_maximum import HeartRateMaximum
from tightlog.features.hearts.heart_rate_trust import TRUST_COLUMNS
from tightlog.features.hearts.home_hearts import SAMPLED, HomeHearts
from tightlog.features.hearts.trimp import Runner, TrimpBasis, trimp_basis, trimp_per_min
from tightlog.units import SECONDS_PER_MINUTE

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


def activity_load(activities: pl.DataFrame, hearts: HomeHearts, runner: Runner) -> pl.DataFrame:
    """One row per activity: activity_id, trimp_au, srpe_au, LOAD_COLUMNS (the load on the home's
    one scale, its rule, and the heart rates and weights that went in) and TRUST_COLUMNS.

    Null where there is no value, for anything that is not exercise, and the load of anything under
    2 min. The two scales are different units and never mixed in load_au.
    """
    plain = activities.drop(OF_ACTIVITY, strict=False).join(
        hearts.trust, on="activity_id", how="left", maintain_order="left"
    )
    measured = _measured(plain, hearts, trimp_basis(hearts.maximum.bpm, runner))
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
        for name, value in _basis_columns(hearts.maximum, runner).items()
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
    activities: pl.DataFrame, hearts: HomeHearts, basis: TrimpBasis | None
) -> pl.DataFrame:
    """The activities with trimp_au, trimp_rule and srpe_au: what was measured, on both scales."""
    rpe = pl.col("rpe")
    exercise = is_exercise(pl.col("sport"), pl.col("sub_sport"))
    trimp = _trimp(activities, hearts.rows, basis)
    return activities.join(trimp, on="activity_id", how="left", maintain_order="left").with_columns(
        trimp_au=pl.when(exercise).then("trimp_au"),
        srpe_au=pl.when(exercise & rpe.is_between(*RPE_RANGE)).then(rpe * session_min()),
    )


def _trimp(
    activities: pl.DataFrame, hearts: pl.DataFrame, basis: TrimpBasis | None
) -> pl.DataFrame:
    """One row per activity: activity_id, trimp_au, trimp_rule; summed per sample where there are
    samples, else from the mean heart rate; null where the heart rate is set aside.
    """
    if basis is None:
        return activities.select(
            "activity_id", trimp_au=pl.lit(None, pl.Float64), trimp_rule=pl.lit(None, pl.String)
        )
    known = (
        activities.filter(pl.col("heart_rate_set_aside").is_null())
        .with_columns(minutes=session_min())
        .join(
            hearts.select("activity_id", *SAMPLED),
            on="activity_id", how="left", maintain_order="left",
        )
        .with_columns(
            is_part=pl.col("is_part").fill_null(False),
            _share=pl.col("sampled_s") / (pl.col("minutes") * SECONDS_PER_MINUTE),
        )
    )  # fmt: skip
    return known.with_columns(_rule=_trimp_rule()).select(
        "activity_id",
        trimp_au=pl.when(pl.col("_rule") == LoadRule.TRIMP_SAMPLES.value)
        .then("sampled_au")
        .when(pl.col("_rule") == LoadRule.TRIMP_PART.value)
        .then(pl.col("sampled_au") / pl.col("_share"))
        .when(pl.col("_rule") == LoadRule.TRIMP_MEAN.value)
        .then(trimp_per_min(pl.col("heart_rate_bpm"), basis) * pl.col("minutes")),
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


def _basis_columns(maximum: HeartRateMaximum, runner: Runner) -> dict[str, pl.Expr]:
    """Columns with the basis of a TRIMP."""
    weights = "women" if runner.is_woman else "men" if runner.sex else "men_assumed"
    return {
        "load_max_bpm": pl.lit(maximum.bpm, pl.Float64),
        "load_max_rule": pl.lit(maximum.rule.value),
        "load_rest_bpm": pl.lit(runner.rest_bpm, pl.Float64),
        "load_rest_rule": pl.lit("given" if runner.heart_rate_rest_bpm else "assumed"),
        "load_weights": pl.lit(weights),
    }
