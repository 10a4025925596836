"""A second reading: a FIT file decoded again by fitparse, and what differs from what was stored."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

# Both decode the same numbers; a mean may be summed in another order, a distance be rounded.
SAME_DISTANCE_M, SAME_CADENCE = 1.0, 0.05
SESSION, RECORDS, DISTANCE, CADENCE = "session", "record_count", "distance_m", "cadence_raw"


class Outcome(StrEnum):
    """What became of a second reading."""

    SAME = "same"
    DIFFERENT = "different"
    NOT_POSSIBLE = "not_possible"
    TOO_LARGE = "too_large"


@dataclass(frozen=True)
class SessionFacts:
    """What is compared of one session; None where the file does not hold it."""

    session_index: int
    record_count: int
    distance_m: float | None
    cadence_raw: float | None


@dataclass(frozen=True)
class Difference:
    """A quantity of one session that the two readings give differently; `SESSION` is the session
    itself, 1 where it was found and 0 where not.
    """

    session_index: int
    quantity: str
    stored: float | None
    second: float | None


@dataclass(frozen=True)
class SecondReading:
    """How a content was read again: by which program, when, of which format of the warehouse."""

    sha256: str
    outcome: Outcome
    by: str
    at: datetime
    schema_version: int
    differences: tuple[Difference, ...] = ()


def differences(
    stored: Sequence[SessionFacts], second: Sequence[SessionFacts]
) -> tuple[Difference, ...]:
    """What differs between the sessions of a file as stored and as read again."""
    own = {one.session_index: one for one in stored}
    other = {one.session_index: one for one in second}
    found = [
        Difference(index, SESSION, float(index in own), float(index in other))
        for index in sorted(own.keys() ^ other.keys())
    ]
    for index in sorted(own.keys() & other.keys()):
        pairs = (
            (RECORDS, own[index].record_count, other[index].record_count, 0.0),
            (DISTANCE, own[index].distance_m, other[index].distance_m, SAME_DISTANCE_M),
            (CADENCE, own[index].cadence_raw, other[index].cadence_raw, SAME_CADENCE),
        )
        found += [
            Difference(index, quantity, a, b)
            for quantity, a, b, apart in pairs
            if not _is_same(a, b, apart)
        ]
    return tuple(found)


def _is_same(one: float | None, other: float | None, apart: float) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) <= apart
