"""Steps per minute of a workout, by what the watch counted.

Apple keeps no cadence. It counts steps, of both feet, in intervals from seconds to minutes; or it
has speed and the length of one step (its "stride").
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tightlog.readers.health.part_format import Sampled
from tightlog.readers.health.workout_facts import Facts

Numbers = NDArray[np.float64]

COUNTED, OF_LENGTH = "steps counted", "speed over step length"
# Counts that cover less of the time say nothing of the whole.
LEAST_COVERAGE = 0.5
# More steps nobody takes; such a count is of another time.
MOST_SPM = 254.0
LEAST_PAIRS = 10


@dataclass(frozen=True)
class Steps:
    """Mean steps per minute while the timer ran, the rate at each record, and how it is known."""

    mean_spm: float | None = None
    at_records: Numbers | None = None
    rule: str | None = None
    evidence: str | None = None


def steps_of(
    facts: Facts,
    samples: Mapping[str, Sampled],
    time_s: Numbers,
    is_running: NDArray[np.bool_],
) -> Steps:
    """Steps per minute by the workout's own total, else by its source's counts, else by speed and
    step length; empty where none is known.
    """
    counted = _counted(facts, samples, time_s, is_running)
    if facts.steps and facts.moving_s:
        mean_spm = facts.steps * 60.0 / facts.moving_s
        if 0.0 < mean_spm <= MOST_SPM:
            evidence = f"{facts.steps:,.0f} steps in {facts.moving_s / 60:.1f} min"
            return Steps(mean_spm, counted.at_records, COUNTED, evidence)
    return counted if counted.mean_spm is not None else _of_length(samples)


def _counted(
    facts: Facts, samples: Mapping[str, Sampled], time_s: Numbers, is_running: NDArray[np.bool_]
) -> Steps:
    """Steps by the counts, each taken by its share within the workout."""
    found = samples.get("StepCount")
    if found is None:
        return Steps()
    active = _Active.of(facts)
    from_s, until_s = found["started_s"].astype(np.float64), found["ended_s"].astype(np.float64)
    lasting_s = until_s - from_s
    found_s = active.until(until_s) - active.until(from_s)
    # Of a count that begins before the workout only the share inside it is the workout's.
    inside_s = np.minimum(until_s, active.lasting_s) - np.maximum(from_s, 0.0)
    is_inside = (lasting_s > 0) & (inside_s > 0) & (found_s > 0)
    from_s, until_s, found_s = from_s[is_inside], until_s[is_inside], found_s[is_inside]
    counts = (found["value"][is_inside] * inside_s[is_inside] / lasting_s[is_inside]).clip(0.0)
    covered_s = float(found_s.sum())
    coverage = min(1.0, covered_s / active.total_s) if active.total_s else 0.0
    if coverage < LEAST_COVERAGE or not counts.sum():
        return Steps()
    mean_spm = float(counts.sum()) * 60.0 / covered_s
    if mean_spm > MOST_SPM:
        return Steps()
    at_records = np.full(time_s.size, np.nan)
    for begin, end, spm in zip(from_s, until_s, counts * 60.0 / found_s, strict=True):
        first, stop = np.searchsorted(time_s, (begin, end), side="left")
        at_records[first:stop] = spm if spm <= MOST_SPM else np.nan
    at_records[~is_running] = np.nan
    evidence = f"{counts.sum():,.0f} steps, counted over {100 * coverage:.0f} % of the time"
    return Steps(mean_spm, at_records, COUNTED, evidence)


def _of_length(samples: Mapping[str, Sampled]) -> Steps:
    speeds, lengths = samples.get("RunningSpeed"), samples.get("RunningStrideLength")
    if speeds is None or lengths is None:
        return Steps()
    both, one, other = np.intersect1d(
        speeds["started_s"], lengths["started_s"], return_indices=True
    )
    speed_mps, length_mm = speeds["value"][one], lengths["value"][other]
    is_known = (speed_mps > 0) & (length_mm > 0)
    if is_known.sum() < LEAST_PAIRS:
        return Steps()
    spm = 60_000.0 * speed_mps[is_known] / length_mm[is_known]
    median = float(np.median(spm))
    if median > MOST_SPM:
        return Steps()
    evidence = f"{both.size:,} pairs of speed and step length, median {median:.0f}"
    return Steps(float(spm.mean()), None, OF_LENGTH, evidence)


@dataclass(frozen=True)
class _Active:
    """The time at which the timer runs: its edges in s since the start, and how much is before."""

    edges_s: Numbers
    before_s: Numbers
    lasting_s: float

    @classmethod
    def of(cls, facts: Facts) -> "_Active":
        lasting_s = float(facts.ended_s - facts.started_s)
        edges, before = [0.0], [0.0]
        for from_s, until_s in facts.pauses:
            edges += [float(from_s), float(until_s)]
            before += [before[-1] + from_s - edges[-3]] * 2
        edges.append(lasting_s)
        before.append(before[-1] + lasting_s - edges[-2])
        return cls(np.array(edges), np.array(before), lasting_s)

    @property
    def total_s(self) -> float:
        return float(self.before_s[-1])

    def until(self, at_s: Numbers) -> Numbers:
        """How long the timer ran until these times."""
        return np.interp(at_s, self.edges_s, self.before_s)
