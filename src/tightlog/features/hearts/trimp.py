"""Banister's TRIMP: its weights, its basis, and its sum over the samples of each activity."""

from dataclasses import dataclass

import polars as pl

from tightlog.units import SECONDS_PER_MINUTE

# Weights of Banister's TRIMP (Banister 1991, in: Physiological Testing of the High-Performance
# Athlete): factor and exponent.
MEN_WEIGHTS = (0.64, 1.92)
WOMEN_WEIGHTS = (0.86, 1.67)
ASSUMED_REST_BPM = 60.0


@dataclass(frozen=True)
class Runner:
    """The runner's settings; `declared` are kinds of cross-training that are logged whenever they
    are done.
    """

    sex: str | None = None
    heart_rate_max_bpm: float | None = None
    heart_rate_rest_bpm: float | None = None
    declared: frozenset[str] = frozenset()

    @property
    def is_woman(self) -> bool:
        """False when the settings do not say."""
        return (self.sex or "").strip().lower() in {"female", "f", "woman"}

    @property
    def rest_bpm(self) -> float:
        """The heart rate at rest: given, else assumed."""
        return self.heart_rate_rest_bpm or ASSUMED_REST_BPM

    @property
    def trimp_weights(self) -> tuple[float, float]:
        """Factor and exponent of the TRIMP."""
        return WOMEN_WEIGHTS if self.is_woman else MEN_WEIGHTS


UNKNOWN_RUNNER = Runner()


@dataclass(frozen=True)
class TrimpBasis:
    """What makes a TRIMP of a heart rate: maximum and rest in beats/min, factor and exponent."""

    maximum_bpm: float
    rest_bpm: float
    factor: float
    exponent: float


def trimp_basis(maximum_bpm: float | None, runner: Runner) -> TrimpBasis | None:
    """None where the maximum is unknown, or no higher than the heart rate at rest."""
    rest_bpm = runner.rest_bpm
    if maximum_bpm is None or maximum_bpm <= rest_bpm:
        return None
    return TrimpBasis(maximum_bpm, rest_bpm, *runner.trimp_weights)


def trimp_per_min(heart_rate_bpm: pl.Expr, basis: TrimpBasis) -> pl.Expr:
    """TRIMP of a minute at a heart rate (Banister 1991)."""
    span_bpm = basis.maximum_bpm - basis.rest_bpm
    reserve = ((heart_rate_bpm - basis.rest_bpm) / span_bpm).clip(0.0, 1.0)
    return reserve * basis.factor * (basis.exponent * reserve).exp()


def sampled(trusted: pl.DataFrame, basis: TrimpBasis) -> pl.DataFrame:
    """One row per activity with samples that count: activity_id, sampled_au, sampled_s, and is_part
    where a part of it does not count.
    """
    per_min = trimp_per_min(pl.col("heart_rate_bpm"), basis)
    # Lists are added in their order: a sum of groups depends on what other groups there are.
    return (
        trusted.with_columns(load_au=per_min * pl.col("seconds") / SECONDS_PER_MINUTE)
        .group_by("activity_id")
        .agg("load_au", "seconds", is_part=pl.col("is_part").any())
        .select(
            "activity_id",
            sampled_au=pl.col("load_au").list.sum(),
            sampled_s=pl.col("seconds").list.sum(),
            is_part="is_part",
        )
    )
