"""Cadence: which factor converts a recorded cadence to steps per minute of both feet, and the
evidence for it.

A FIT file counts strides (one leg) on foot; a GPX or TCX holds whatever its exporter chose. The
factor is decided once per activity from the recorded values, and stored beside the value as
`cadence_rule` and `cadence_evidence`.
"""

from dataclasses import dataclass
from math import log

import numpy as np
from numpy.typing import NDArray

from tightlog.domain.formats import FIT, Format
from tightlog.domain.sports import FOOT_SPORTS
from tightlog.readers.travelled import median_of
from tightlog.units import step_length_m

# No one takes 120 strides (240 steps) a minute for the median of a run, nor fewer than 120 steps
# while running.
STRIDE_LIMIT_RPM = 120.0
WALK_STRIDE_LIMIT_RPM = 75.0
WALK_TOP_SPEED_MPS = 2.0
# Slower than this, a speed says nothing of the steps.
MOVING_MPS = 0.3
# What a cadence was taken for, and the evidence where it is not of steps.
STRIDES, STEPS, CYCLES = "strides x 2", "steps", "as recorded, cycles per minute"
NOT_ON_FOOT = "not on foot"


@dataclass(frozen=True)
class CadenceRule:
    """Factor from the recorded unit to steps per minute, whose cadence it is, what it was taken for
    and why.
    """

    factor: float
    source: str
    unit: str
    evidence: str

    @property
    def name(self) -> str:
        """The rule as it is stored: `fit: strides x 2`."""
        return f"{self.source}: {self.unit}"


def cadence_source(file_format: Format, device: str | None) -> str:
    """Source of a cadence as its rule names it: `fit`, `gpx of Strava`."""
    if file_format.counts_strides:
        return file_format.name
    return f"{file_format.name} of {device or 'unknown'}"


def settled(
    sport: str, raw: NDArray[np.float64], speed_mps: float | None, source: str
) -> CadenceRule | None:
    """Rule for one activity from its recorded values (`raw`, NaN where missing) and its mean moving
    speed; None without any non-zero value.

    `source` is `fit` (strides on foot by the FIT profile) or anything else (decided from the step
    length alone).
    """
    is_counted = np.isfinite(raw) & (raw > 0)
    values = raw if is_counted.all() else raw[is_counted]
    if values.size == 0:
        return None
    if sport not in FOOT_SPORTS:
        return CadenceRule(1.0, source, CYCLES, NOT_ON_FOOT)
    median = median_of(values)
    has_speed = speed_mps is not None and speed_mps > MOVING_MPS
    if source == FIT.name and (sport == "running" or not has_speed):
        return _by_threshold(median, STRIDE_LIMIT_RPM, source)
    if speed_mps is not None and has_speed:
        return _by_step_length(sport, median, speed_mps, source)
    return _by_threshold(
        median, STRIDE_LIMIT_RPM if sport == "running" else WALK_STRIDE_LIMIT_RPM, source
    )


def _by_threshold(median: float, limit: float, source: str) -> CadenceRule:
    if median < limit:
        return CadenceRule(2.0, source, STRIDES, f"median {median:.0f} < {limit:.0f}")
    return CadenceRule(1.0, source, STEPS, f"median {median:.0f} >= {limit:.0f}")


def _by_step_length(sport: str, median: float, speed_mps: float, source: str) -> CadenceRule:
    expected = _usual_spm(sport, speed_mps)
    factor = min((1.0, 2.0), key=lambda candidate: abs(log(candidate * median / expected)))
    step_m = step_length_m(speed_mps, factor * median)
    unit = STRIDES if factor == 2.0 else STEPS
    return CadenceRule(factor, source, unit, f"step length {step_m:.2f} m at {speed_mps:.1f} m/s")


def _usual_spm(sport: str, speed_mps: float) -> float:
    """Usual step rate at a speed: walkers speed up by stepping faster, runners hardly do
    (anchors only to separate 1 from 2).
    """
    if sport == "running" and speed_mps > WALK_TOP_SPEED_MPS:
        return 150.0 + 6.0 * speed_mps
    if sport == "running":
        return 150.0
    return 60.0 + 38.0 * min(speed_mps, WALK_TOP_SPEED_MPS)
