"""When an intervention is not offered: the tightness it suits, what forbids it, and what it must
be combined with.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from types import MappingProxyType

import polars as pl

from tightlog.advice.scored_day import ScoredDay
from tightlog.patterns.pattern import typed
from tightlog.patterns.rules.r01_worsening import RATINGS_IN_7_DAYS
from tightlog.patterns.rules.r21_personal_link import relevant_findings

# All levels are ours: the article gives none, and no trial gives a level for tightness.
HIGHEST_MEDIAN: Mapping[str, float] = MappingProxyType({"X3": 3.0, "X7": 2.0})
HIGHEST_SCORE: Mapping[str, float] = MappingProxyType({"S4": 3.0, "X7": 3.9})
# Strength and core work wait after a high score, as they do while R1 is active.
NOT_AFTER_HIGH_SCORE = frozenset({"C1", "C2", "C3", "C7", "X3", "X4", "X5", "X7", "S4"})
CYCLING = ("cycle_min", "cycle_distance_7d_m")
# NICE guideline NG59: massage and manual therapy only as part of a package with exercise.
ONLY_WITH_EXERCISE = frozenset({"M1", "M2", "M3"})
EXERCISE = frozenset(
    {"S1", "S2", "S3", "Y1", "C1", "C2", "C3", "C7", "X1", "X2", "X3", "X4", "X5", "X6", "X7"}
)


@dataclass(frozen=True)
class Condition:
    """State of the runner's back: 7-day median, highest score of the last scored day of the week
    (None: not known), and what is blocked.
    """

    median_7d: float | None
    highest_score: float | None
    blocked: frozenset[str]


def condition(
    last_day: date | None,
    days: pl.DataFrame,
    findings: pl.DataFrame | None,
    scored: ScoredDay | None,
    blocked: Collection[str],
) -> Condition:
    """Condition on the last known day; strength is blocked after a high score, cycling when the
    runner's own scores go up with it.
    """
    scores = _scores_of_week(last_day, days)
    rides = relevant_findings(findings).filter(
        pl.col("exposure").is_in(CYCLING), pl.col("effect_points") > 0
    )
    too_hard = NOT_AFTER_HIGH_SCORE if scored is not None and scored.is_high else frozenset()
    return Condition(
        median_7d=median(scores) if len(scores) >= RATINGS_IN_7_DAYS else None,
        highest_score=scored.highest if scored is not None else None,
        blocked=frozenset(blocked)
        | too_hard
        | (frozenset({"X2"}) if rides.height else frozenset()),
    )


def fits(intervention: str, now: Condition, chosen: Collection[str]) -> bool:
    """True when the intervention may be offered beside those chosen already; what needs a known
    score is not offered without one.
    """
    if intervention in now.blocked or intervention in chosen:
        return False
    if intervention in ONLY_WITH_EXERCISE and not EXERCISE.intersection(chosen):
        return False
    return _at_most(now.median_7d, HIGHEST_MEDIAN.get(intervention)) and _at_most(
        now.highest_score, HIGHEST_SCORE.get(intervention)
    )


def _at_most(value: float | None, highest: float | None) -> bool:
    return highest is None or (value is not None and value <= highest)


def _scores_of_week(last_day: date | None, days: pl.DataFrame) -> list[float]:
    if last_day is None:
        return []
    week = typed(days, {"day": pl.Date, "tightness_score": pl.Float64}).filter(
        pl.col("day").is_between(last_day - timedelta(days=6), last_day)
    )
    return week.sort("day")["tightness_score"].drop_nulls().to_list()
