"""How much data a comparison needs, without loading the statistics, and what comes of it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

# Of the score diary, for every finding.
FEWEST_SCORES = 60
FEWEST_DIARY_DAYS = 90
MOST_MISSING_SHARE = 0.60
MOST_COMMON_SCORE_SHARE = 0.90
# A break this long is a pause of the diary, not days with a missing score.
LONGEST_DIARY_GAP_D = 28
# Of one exposure.
FEWEST_EXPOSURE_DAYS = 20
FEWEST_EVENTS = 8
# Of two interventions, days with only one of them.
FEWEST_APART = 8
# What else is held fixed must be known on all rows but this share of them.
LARGEST_LOSS_SHARE = 0.2

V = TypeVar("V", bound=StrEnum)
R = TypeVar("R", bound=StrEnum)


@dataclass(frozen=True)
class Judgement(Generic[V, R]):
    """A verdict with its reason; for a gate not passed also the number there was and the one
    needed.

    `had` and `needed` are counts, or shares from 0 to 1 where the reason is about a share.
    """

    verdict: V
    reason: R
    had: float | None = None
    needed: float | None = None
