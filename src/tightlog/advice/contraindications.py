"""When an intervention is not offered: the tightness it wants, what forbids it, and what it must come with."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from types import MappingProxyType

import polars as pl

from tightlog.patterns.pattern import typed
from tightlog.patterns.rules.r21_personal_link import relevant_findings

# All levels are ours: the article gives none, and no trial gives a level for tightness.
HIGHEST_MEDIAN: Mapping[str, float] = MappingProxyType({"X3": 3.0, "X7": 2.0})
HIGHEST_SCORE: Mapping[str, float] = MappingProxyType({"S4": 3.0, "X7": 3.9})
RATINGS_IN_7_DAYS = 4
CYCLING = ("cycle_min", "cycle_distance_7d_m")
# NICE guideline NG59: massage and manual therapy only as part of a package with exercise.
ONLY_WITH_EXERCISE = frozenset({"M1", "M2", "M3"})
EXERCISE = frozenset({"S1", "S2", "S3", "Y1", "C1", "C2", "C3", "C7", "X1", "X2", "X3", "X4", "X5", "X6", "X7"})


@dataclass(frozen=True)
class Condition:
    """How the runner's back is: 7-day median and latest score of the last 7 days (None: not known), and what is blocked."""

    median_7d: float | None
    latest_score: float | None
    blocked: frozenset[str]


def condition(last_day: date | None, days: pl.DataFrame, findings: pl.DataFrame | None, blocked: Collection[str]) -> Condition:
    """Condition on the last known day; cycling is blocked too when the runner's own scores go up with it."""
    scores = _scores_of_week(last_day, days)
    rides = relevant_findings(findings).filter(pl.col("exposure").is_in(CYCLING), pl.col("effect_points") > 0)
    return Condition(
        median_7d=median(scores) if len(scores) >= RATINGS_IN_7_DAYS else None,
        latest_score=scores[-1] if scores else None,
        blocked=frozenset(blocked) | (frozenset({"X2"}) if rides.height else frozenset()),
    )


def fits(intervention: str, now: Condition, chosen: Collection[str]) -> bool:
    """True when the intervention may be offered beside those chosen already; what needs a known score is not offered without one."""
    if intervention in now.blocked or intervention in chosen:
        return False
    if intervention in ONLY_WITH_EXERCISE and not EXERCISE.intersection(chosen):
        return False
    return _at_most(now.median_7d, HIGHEST_MEDIAN.get(intervention)) and _at_most(now.latest_score, HIGHEST_SCORE.get(intervention))


def _at_most(value: float | None, highest: float | None) -> bool:
    return highest is None or (value is not None and value <= highest)


def _scores_of_week(last_day: date | None, days: pl.DataFrame) -> list[float]:
    if last_day is None:
        return []
    week = typed(days, {"day": pl.Date, "tightness_score": pl.Float64}).filter(
        pl.col("day").is_between(last_day - timedelta(days=6), last_day)
    )
    return week.sort("day")["tightness_score"].drop_nulls().to_list()
