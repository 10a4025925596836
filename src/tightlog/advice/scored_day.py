"""The last day with a tightness score: its newest and its highest score."""

from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from tightlog.domain.thresholds import FRESH_D
from tightlog.patterns.pattern import typed
from tightlog.patterns.rules.r22_nothing_stood_out import HIGH_SCORE


@dataclass(frozen=True)
class ScoredDay:
    """A day with scores: the newest and the highest of them, 0–10."""

    day: date
    newest: float
    highest: float

    @property
    def is_high(self) -> bool:
        """True when one of the day's scores was 6 or more."""
        return self.highest >= HIGH_SCORE


def last_scored_day(
    as_of: date, days: pl.DataFrame, scores: pl.DataFrame | None
) -> ScoredDay | None:
    """The last day with a score in the 7 days up to `as_of`, from all scores (day, score, rated_at)
    where given, else from the first of each day.

    A score without an instant counts as older than one of the same day that has one.
    """
    first = typed(days, {"day": pl.Date, "tightness_score": pl.Float64}).rename(
        {"tightness_score": "score"}
    )
    every = scores if scores is not None and scores.width else first
    known = (
        typed(every, {"day": pl.Date, "score": pl.Float64, "rated_at": pl.Datetime("us", "UTC")})
        .drop_nulls(["day", "score"])
        .filter(pl.col("day").is_between(as_of - timedelta(days=FRESH_D), as_of))
        .sort("day", "rated_at", nulls_last=False, maintain_order=True)
    )
    if known.is_empty():
        return None
    day = known["day"][-1]
    of_day = known.filter(pl.col("day") == day)["score"].to_list()
    return ScoredDay(day, of_day[-1], max(of_day))
