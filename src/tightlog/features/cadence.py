"""Cadence of a run against the runner's own norm, and how evenly it was kept."""

import polars as pl

from tightlog.features.feature import Feature
from tightlog.features.own_norm import Norm
from tightlog.units import MAD_TO_SD

CADENCE = Norm("cadence_spm", believable=(130.0, 220.0), usual=170.0, history_d=90)
# How many days before a run what lies there can change its form.
REACH_D = CADENCE.history_d

CADENCE_SOURCE = (
    "tightlog's model of the runner's own cadence; why it matters: Drozda 2024, PMID 38905854"
)

FEATURES = (
    Feature(
        "cadence_spm",
        "steps/min",
        "cadence",
        "Steps of both feet per minute, mean of the day's runs weighted by moving time",
    ),
    Feature(
        "cadence_residual_pct",
        "%",
        "cadence",
        "Cadence above or below the one expected at that speed and grade from the runs of the "
        "90 days before (at least 5 runs, 60 half-minutes); median per run, mean of the runs "
        "weighted by moving time",
        CADENCE_SOURCE,
    ),
    Feature(
        "cadence_variability_pct",
        "%",
        "cadence",
        "Spread of the half-minutes of a run around their expected cadence: 1.4826 times the "
        "median absolute deviation of the residuals (at least 10); mean of the day's runs "
        "weighted by moving time",
    ),
)

# Its columns of the relation `activity`.
OF_RUN = ("cadence_expected_spm", "cadence_residual_pct", "cadence_variability_pct")


def cadence_of_runs(judged: pl.DataFrame) -> pl.DataFrame:
    """One row per run with judged windows: activity_id, cadence_expected_spm,
    cadence_residual_pct, cadence_variability_pct.
    """
    residual_pct = 100.0 * (pl.col("value") / pl.col("expected") - 1.0)
    return judged.group_by("activity_id").agg(
        cadence_expected_spm=pl.col("expected").median(),
        cadence_residual_pct=residual_pct.median(),
        cadence_variability_pct=MAD_TO_SD * (residual_pct - residual_pct.median()).abs().median(),
    )
