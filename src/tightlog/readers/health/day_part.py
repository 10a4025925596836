"""The part of an Apple export that holds its nights and days: what was measured, in UTC, by who
measured it; steps of several devices counted once.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tightlog.readers.health.category_records import Entry
from tightlog.readers.health.part_format import SAMPLE, Sampled
from tightlog.readers.health.sources import order

NIGHTS_AND_DAYS = "nights and days"
STEPS = "StepCount"
# Every time zone is whole quarter hours ahead of UTC, so that steps in these are of one local day.
QUARTER_HOUR_S = 900
# A count of more than a day says nothing of the days in it.
LONGEST_COUNT_S = 26 * 3_600
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


class Counts(NamedTuple):
    """Samples of one quantity as columns: from, to (UTC seconds), values, places of sources."""

    started_s: Ints
    ended_s: Ints
    values: Floats
    sources: Ints


def day_header(entries: Sequence[Entry], from_s: int, written_s: int) -> Mapping[str, Any]:
    """The header of the part: the records of a category in the order of time."""
    said = sorted((list(one) for one in entries), key=lambda one: (one[1], one[2], str(one)))
    return {"days": said, "from_s": from_s, "written_s": written_s}


def sampled_by_label(
    columns: Mapping[str, Counts], labels: Mapping[int, str], from_s: int
) -> dict[str, Sampled]:
    """Samples by `quantity|who measured`, seconds counted from `from_s`; steps in quarter hours,
    each device's only where no better one counted.
    """
    found: dict[str, Sampled] = {}
    for name, column in columns.items():
        parts = steps_once(column, labels) if name == STEPS else _by_label(column, labels)
        for labelled, (started_s, ended_s, values) in parts:
            samples = np.empty(values.size, dtype=SAMPLE)
            samples["started_s"], samples["ended_s"] = started_s - from_s, ended_s - from_s
            samples["value"] = values
            if samples.size:
                found[f"{name}|{labelled}"] = np.unique(samples)
    return found


def _by_label(
    column: Counts, labels: Mapping[int, str]
) -> Iterator[tuple[str, tuple[Ints, Ints, Floats]]]:
    started_s, ended_s, values, sources = column
    places = np.unique(sources).tolist()
    for labelled in sorted({labels[place] for place in places}):
        own = np.isin(sources, [place for place in places if labels[place] == labelled])
        yield labelled, (started_s[own], ended_s[own], values[own])


def steps_once(
    column: Counts, labels: Mapping[int, str]
) -> Iterator[tuple[str, tuple[Ints, Ints, Floats]]]:
    """Steps in quarter hours by who counted them. The watch is believed first; each other device
    adds what it counted outside the time of those before it.
    """
    covered = (np.empty(0, np.int64), np.empty(0, np.int64))
    by_label = sorted(_by_label(column, labels), key=lambda one: (order(one[0]), one[0]))
    for labelled, (started_s, ended_s, values) in by_label:
        is_short = ended_s - started_s <= LONGEST_COUNT_S
        started_s, ended_s, counts = _each_once(
            started_s[is_short], ended_s[is_short], values[is_short]
        )
        free = _free_share(started_s, ended_s, *covered)
        quarters, steps = _in_quarters(started_s, ended_s, counts * free)
        covered = _union(
            np.concatenate((covered[0], started_s)), np.concatenate((covered[1], ended_s))
        )
        is_some = steps > 0
        begins = quarters[is_some] * QUARTER_HOUR_S
        yield labelled, (begins, begins + QUARTER_HOUR_S, steps[is_some])


def _each_once(started_s: Ints, ended_s: Ints, values: Floats) -> tuple[Ints, Ints, Floats]:
    """The samples in the order of time, equal ones once."""
    at = np.lexsort((values, ended_s, started_s))
    started_s, ended_s, values = started_s[at], ended_s[at], values[at]
    is_new = np.ones(at.size, dtype=np.bool_)
    for column in (started_s, ended_s, values):
        is_new[1:] &= column[1:] == column[:-1]
    is_new[1:] = ~is_new[1:]
    return started_s[is_new], ended_s[is_new], values[is_new]


def _free_share(started_s: Ints, ended_s: Ints, starts: Ints, ends: Ints) -> Floats:
    """How much of each span lies outside the spans given, which do not overlap; of an instant,
    all or nothing.
    """
    if not starts.size:
        return np.ones(started_s.size)
    bounds = np.stack([starts, ends]).T.ravel()
    covered_s = np.repeat(np.cumsum(ends - starts), 2).astype(np.float64)
    covered_s[0::2] -= ends - starts
    lasting_s = (ended_s - started_s).astype(np.float64)
    within_s = np.interp(ended_s, bounds, covered_s) - np.interp(started_s, bounds, covered_s)
    place = np.searchsorted(starts, started_s, side="right") - 1
    is_inside = (place >= 0) & (started_s < ends[np.maximum(place, 0)])
    share = np.where(is_inside, 0.0, 1.0)
    is_span = lasting_s > 0
    share[is_span] = 1.0 - within_s[is_span] / lasting_s[is_span]
    return np.clip(share, 0.0, 1.0)


def _union(starts: Ints, ends: Ints) -> tuple[Ints, Ints]:
    """The time of all spans as spans that do not overlap."""
    order_of = np.argsort(starts, kind="stable")
    starts, ends = starts[order_of], np.maximum.accumulate(ends[order_of])
    is_first = np.ones(starts.size, dtype=np.bool_)
    is_first[1:] = starts[1:] > ends[:-1]
    first = np.flatnonzero(is_first)
    last = np.append(first[1:] - 1, starts.size - 1) if first.size else first
    return starts[first], ends[last]


def _in_quarters(started_s: Ints, ended_s: Ints, steps: Floats) -> tuple[Ints, Floats]:
    """The steps of each quarter hour since 1970 that has some."""
    first, last = started_s // QUARTER_HOUR_S, np.maximum(ended_s - 1, started_s) // QUARTER_HOUR_S
    count = last - first + 1
    row = np.repeat(np.arange(started_s.size), count)
    behind = np.cumsum(count) - count
    quarter = first[row] + np.arange(row.size) - behind[row]
    from_s = np.maximum(quarter * QUARTER_HOUR_S, started_s[row])
    until_s = np.minimum((quarter + 1) * QUARTER_HOUR_S, ended_s[row])
    lasting_s = np.maximum((ended_s - started_s)[row], 1)
    share = np.where(count[row] == 1, 1.0, (until_s - from_s) / lasting_s)
    quarters, place = np.unique(quarter.astype(np.int64), return_inverse=True)
    found = np.bincount(place, weights=steps[row] * share, minlength=quarters.size)
    return quarters, found.astype(np.float64)
