"""Whether the times of a table of sleep are UTC or local, where it says only their offset.

People go to bed by the clock on the wall: where the offset changes, by summer time or travel, local
bedtimes stay and the others jump by the change. Read as the wrong kind, all nights would be off by
the offset, so that without such a change nothing is decided.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median

# Times as written, and the offset beside them.
Span = tuple[datetime, datetime, timedelta]
NIGHT = timedelta(hours=3)
LEAST_NIGHTS, MOST_NIGHTS = 5, 14
# A change of less says nothing, and a night longer ago than this is of another season.
LEAST_CHANGE_H, REACH = 0.9, timedelta(days=30)
# Bedtimes stay where they move by under this share of the change.
STAYS = 0.35
UNDECIDED = (
    "nights left out: the table does not say whether its times are UTC or local, and no change of "
    "the clock within it shows which"
)


def is_utc(spans: Sequence[Span]) -> bool | None:
    """True for UTC, False for local times; None where it cannot be told or changes disagree. Where
    every offset is 0 both are the same.
    """
    nights = sorted(one for one in spans if one[1] - one[0] >= NIGHT)
    if nights and all(not offset for _, _, offset in spans):
        return False
    runs = _runs(nights)
    votes = {_vote(before, after) for before, after in pairwise(runs)} - {None}
    return votes.pop() if len(votes) == 1 else None


def _runs(nights: Sequence[Span]) -> list[list[Span]]:
    """Nights under one offset after the other."""
    runs: list[list[Span]] = []
    for night in nights:
        if runs and runs[-1][-1][2] == night[2]:
            runs[-1].append(night)
        else:
            runs.append([night])
    return runs


def _vote(before: Sequence[Span], after: Sequence[Span]) -> bool | None:
    change_h = (after[0][2] - before[-1][2]).total_seconds() / 3_600
    at = after[0][0]
    near = [one[0] for one in before if at - one[0] <= REACH][-MOST_NIGHTS:]
    far = [one[0] for one in after if one[0] - at <= REACH][:MOST_NIGHTS]
    if abs(change_h) < LEAST_CHANGE_H or min(len(near), len(far)) < LEAST_NIGHTS:
        return None
    middle = near[len(near) // 2]
    jump_h = _about(median(_hours(one, middle) for one in far)) - median(
        _hours(one, middle) for one in near
    )
    moves = abs(_about(jump_h)) / abs(change_h), abs(_about(jump_h + change_h)) / abs(change_h)
    if min(moves) > STAYS or max(moves) < 1 - STAYS:
        return None
    return moves[1] < moves[0]


def _hours(at: datetime, middle: datetime) -> float:
    """Hours of a clock time before or after that of another, at most 12."""
    return _about((at - middle).total_seconds() / 3_600)


def _about(hours: float) -> float:
    return (hours + 12) % 24 - 12
