"""Twins: one activity recorded or exported twice, perhaps with a shifted clock; the richer one
counts.

The choice depends only on what the files hold, never on the order in which they arrived. An entry
of an export's list is an activity like any other, and poorer than every recording: it counts only
where there is no recording.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

import polars as pl

from tightlog.domain.clocks import MAX_UTC_OFFSET_S
from tightlog.ingest.twins.candidate import TOLD, Candidate, candidate
from tightlog.ingest.twins.effort_curves import differ
from tightlog.ingest.twins.named_files import named_pairs
from tightlog.ingest.twins.nested import nested
from tightlog.ingest.twins.twin_groups import Link, groups
from tightlog.ingest.twins.twin_rule import TwinRule
from tightlog.ingest.twins.twin_rules import (
    SAME_START_S,
    listed_activity,
    same_activity,
    shifted_s,
)
from tightlog.words.twins import twin_words

# Curves of effort by activity id, see `effort_curves`.
Curves = Callable[[Sequence[str]], pl.DataFrame]
TWIN_SCHEMA = {
    "activity_id": pl.String,
    "kept_activity_id": pl.String,
    "rule": pl.String,
    "clock_off_h": pl.Float64,
    "reason": pl.String,
}


def twins(
    activities: pl.DataFrame,
    places: Iterable[tuple[str, str]] = (),
    curves: Curves = lambda _: pl.DataFrame(),
) -> pl.DataFrame:
    """Frame in TWIN_SCHEMA of the activities that have a richer twin, by activity id.

    `activities` has the columns of `ingest.activity`; `places` are the (place, sha256) where each
    content lies, archives like folders; `curves` gives what was recorded, of equal activities hours
    apart. Every activity set aside names one that is kept.
    """
    told = activities.select(name for name in TOLD if name in activities.columns)
    candidates = sorted(
        (candidate(row) for row in told.iter_rows(named=True)),
        key=lambda one: (one.started_s, one.activity_id),
    )
    links = _links(candidates, places, curves)
    aside: dict[str, tuple[str, TwinRule, float | None]] = {}
    kept: list[Candidate] = []
    for group in groups(candidates, links):
        kept.append(group.kept)
        for link in group.set_aside:
            aside[link.twin.activity_id] = group.kept.activity_id, link.rule, link.clock_off_h
    for twin, whole, rule in nested(kept):
        aside[twin.activity_id] = whole.activity_id, rule, None
    kept_ids = {twin: one for twin, (one, *_) in aside.items()}
    rows = [
        (
            twin,
            _kept_at_last(one, kept_ids),
            rule.value,
            clock_off_h,
            twin_words(rule.value, clock_off_h),
        )
        for twin, (one, rule, clock_off_h) in sorted(aside.items())
    ]
    return pl.DataFrame(rows, schema=TWIN_SCHEMA, orient="row")


def _kept_at_last(activity_id: str, kept_ids: dict[str, str]) -> str:
    while activity_id in kept_ids:
        activity_id = kept_ids[activity_id]
    return activity_id


def _links(
    candidates: Sequence[Candidate], places: Iterable[tuple[str, str]], curves: Curves
) -> list[Link]:
    named = [Link(one, other, TwinRule.NAMED) for one, other in named_pairs(candidates, places)]
    found, shifted = [], []
    for one, other in _near(candidates):
        is_listing = one.is_listed or other.is_listed
        rule = listed_activity(one, other) if is_listing else same_activity(one, other)
        if rule is not None:
            found.append(Link(one, other, rule))
        elif (off_s := shifted_s(one, other)) is not None:
            shifted.append(Link(one, other, TwinRule.SHIFTED, off_s / 3600))
    if shifted:
        recorded = curves(sorted({one.activity_id for link in shifted for one in link.both}))
        shifted = [link for link in shifted if not differ(recorded, *link.both)]
    return [*named, *found, *shifted]


def _near(candidates: Sequence[Candidate]) -> Iterator[tuple[Candidate, Candidate]]:
    """Pairs that start within the largest clock shift of each other, of candidates by start."""
    for index, one in enumerate(candidates):
        latest_s = one.started_s + MAX_UTC_OFFSET_S + SAME_START_S
        for later in range(index + 1, len(candidates)):
            if candidates[later].started_s > latest_s:
                break
            yield one, candidates[later]
