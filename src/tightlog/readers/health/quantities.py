"""The quantities of Apple Health that the records of a workout and a day are made of, and their
units.
"""

from collections.abc import Mapping
from types import MappingProxyType

PREFIX = "HKQuantityTypeIdentifier"
LENGTHS_M: Mapping[str, float] = {
    "m": 1.0,
    "km": 1_000.0,
    "cm": 0.01,
    "mm": 0.001,
    "mi": 1_609.344,
    "yd": 0.9144,
    "ft": 0.3048,
    "in": 0.0254,
}
LENGTHS_MM = {unit: metres * 1_000.0 for unit, metres in LENGTHS_M.items()}
# The factor of each unit: to metres, steps, beats per minute, m/s, W, mm and ms.
UNITS: Mapping[str, Mapping[str, float]] = MappingProxyType(
    {
        "HeartRate": {"count/min": 1.0, "count/s": 60.0, "bpm": 1.0, "": 1.0},
        "StepCount": {"count": 1.0, "": 1.0},
        "DistanceWalkingRunning": LENGTHS_M,
        "RunningSpeed": {"m/s": 1.0, "km/hr": 1 / 3.6, "mi/hr": 0.44704},
        "RunningPower": {"W": 1.0},
        "RunningStrideLength": LENGTHS_MM,
        "RunningVerticalOscillation": LENGTHS_MM,
        "RunningGroundContactTime": {"ms": 1.0, "s": 1_000.0},
        "RestingHeartRate": {"count/min": 1.0, "count/s": 60.0, "bpm": 1.0, "": 1.0},
        "HeartRateVariabilitySDNN": {"ms": 1.0, "s": 1_000.0},
        "HeartRateVariabilityRMSSD": {"ms": 1.0, "s": 1_000.0},
    }
)
QUANTITIES = tuple(UNITS)
OF_DAYS = ("RestingHeartRate", "HeartRateVariabilitySDNN", "HeartRateVariabilityRMSSD")
OF_WORKOUTS = tuple(name for name in QUANTITIES if name not in OF_DAYS)
DURATIONS_S: Mapping[str, float] = {"min": 60.0, "s": 1.0, "sec": 1.0, "hr": 3_600.0, "h": 3_600.0}
ENERGIES_KCAL: Mapping[str, float] = {"kcal": 1.0, "Cal": 1.0, "kJ": 1 / 4.184, "cal": 0.001}


def number_in(text: str | None, unit: str | None, factors: Mapping[str, float]) -> float | None:
    """The number of a text in the unit that the factors convert to; None without one."""
    factor = factors.get(unit or "")
    try:
        value = float(text or "")
    except ValueError:
        return None
    return None if factor is None or not abs(value) < 1e12 else value * factor


def measured(text: str | None, factors: Mapping[str, float]) -> float | None:
    """The number of a text that ends in its unit, such as `8652 cm`."""
    value, _, unit = (text or "").strip().partition(" ")
    return number_in(value, unit.strip(), factors)
