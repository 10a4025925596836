"""Curves of effort: the heart rate and cadence of an activity along its time. Those of one run are
alike in every file; those of two runs are not, however alike their totals.
"""

import polars as pl

from tightlog.ingest.twins.candidate import Candidate

# Means over 10 s. An exporter rounds: a heart rate to 1, the strides of a cadence to 1.
ALIKE = {"heart_rate_bpm": 2.0, "cadence_spm": 2.0}
# One device that writes one format rounds in one way.
EQUAL = {"heart_rate_bpm": 0.5, "cadence_spm": 0.5, "speed_mps": 0.05}
ALIKE_SHARE = 0.9
LEAST_STEPS = 6


def differ(curves: pl.DataFrame, one: Candidate, other: Candidate) -> bool:
    """True when the recorded curves of two activities show that they are two; False where they are
    alike, or hold too little in common.

    `curves` has the columns `activity_id, step` (of 10 s) and those of EQUAL; it may be empty.
    """
    if curves.is_empty():
        return False
    first, second = (curves.filter(pl.col("activity_id") == a.activity_id) for a in (one, other))
    both = first.join(second, on="step", suffix="_other")
    for name, most_apart in (EQUAL if one.recorder == other.recorder else ALIKE).items():
        apart = (both[name] - both[f"{name}_other"]).abs().drop_nulls()
        alike = (apart <= most_apart).sum()
        if apart.len() >= LEAST_STEPS and alike < ALIKE_SHARE * apart.len():
            return True
    return False
