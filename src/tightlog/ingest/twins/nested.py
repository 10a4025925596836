"""Recordings in the time of a longer one: parts of it, or what the longer one is only around."""

from collections.abc import Iterator, Sequence

from tightlog.ingest.twins.candidate import UNTYPED, Candidate
from tightlog.ingest.twins.twin_rule import TwinRule
from tightlog.ingest.twins.twin_rules import COVERED, goes_on, is_inside, is_part

Nested = Iterator[tuple[Candidate, Candidate, TwinRule]]


def nested(candidates: Sequence[Candidate]) -> Nested:
    """Each recording set aside, the one that counts instead, and why; `candidates` are those kept
    of each group of twins.

    A longer track never takes the place of recordings that say more (see `says_more_than`): where
    they cover most of its time they count alone; else both count, unless both are the same sport,
    which one person cannot do twice at a time.
    """
    by_start = sorted(
        (one for one in candidates if not one.is_listed),
        key=lambda one: (one.started_s, one.activity_id),
    )
    aside: set[str] = set()
    for whole, within in sorted(
        _inside(by_start), key=lambda found: (-found[0].span_s, found[0].activity_id)
    ):
        parts = [one for one in within if one.activity_id not in aside]
        if whole.activity_id in aside or not parts:
            continue
        for found in _settled(whole, parts):
            aside.add(found[0].activity_id)
            yield found


def _inside(by_start: Sequence[Candidate]) -> Iterator[tuple[Candidate, list[Candidate]]]:
    """Each candidate with those inside it, where there are any."""
    inside: dict[str, list[Candidate]] = {}
    wholes: dict[str, Candidate] = {}
    for index, one in enumerate(by_start):
        for later in range(index + 1, len(by_start)):
            other = by_start[later]
            if other.started_s > one.ended_s:
                break
            for part, whole in ((one, other), (other, one)):
                if is_inside(part, whole):
                    inside.setdefault(whole.activity_id, []).append(part)
                    wholes[whole.activity_id] = whole
    for activity_id, parts in inside.items():
        yield wholes[activity_id], parts


def _settled(whole: Candidate, parts: Sequence[Candidate]) -> Nested:
    """What is set aside of one recording and those inside it."""
    richer = [one for one in parts if one.says_more_than(whole)]
    if richer and not _stopped_early(whole, richer):
        if _is_covered(whole, richer) or _is_done_twice(whole, richer):
            yield whole, max(richer, key=lambda one: (one.span_s, one.rank)), TwinRule.AROUND
            return
        parts = [one for one in parts if one not in richer]
    for one in parts:
        if is_part(one, whole):
            yield one, whole, TwinRule.PART


def _stopped_early(whole: Candidate, richer: Sequence[Candidate]) -> bool:
    """True when a single recording says more of the same sport, which went on without it."""
    return (
        len(richer) == 1
        and whole.is_typed
        and whole.sport == richer[0].sport
        and is_part(richer[0], whole)
        and goes_on(richer[0], whole)
    )


def _is_covered(whole: Candidate, richer: Sequence[Candidate]) -> bool:
    covered_s, until_s = 0.0, whole.started_s
    for one in sorted(richer, key=lambda one: (one.started_s, one.activity_id)):
        from_s = max(until_s, one.started_s)
        until_s = max(until_s, min(one.ended_s, whole.ended_s))
        covered_s += max(0.0, until_s - from_s)
    return covered_s >= COVERED * whole.span_s


def _is_done_twice(whole: Candidate, richer: Sequence[Candidate]) -> bool:
    return whole.likely_sport != UNTYPED and any(
        one.likely_sport == whole.likely_sport for one in richer
    )
