"""Climb of an activity whose file does not state it, from the altitude of its records."""

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

# Chosen by measuring, see docs/data.md: with both the climb is within a tenth of the barometer's
# own total on average, whether a file has a row each second, one in eight, or whole metres only.
SMOOTHED_OVER_S = 9.0
ALTITUDE_HYSTERESIS_M = 1.25


def climbed_m(time_s: Numbers, altitude_m: Numbers) -> tuple[float | None, float | None]:
    """Ascent and descent in m of altitudes at `time_s` (s, in order), NaN where missing: smoothed,
    and a change counts only once it exceeds the hysteresis; both None without two altitudes.
    """
    known = np.isfinite(altitude_m)
    if known.sum() < 2:
        return None, None
    altitudes = _smoothed(time_s[known], altitude_m[known])
    ascent = descent = 0.0
    held, *later = altitudes.tolist()
    for altitude in later:
        if altitude - held >= ALTITUDE_HYSTERESIS_M:
            ascent, held = ascent + altitude - held, altitude
        elif held - altitude >= ALTITUDE_HYSTERESIS_M:
            descent, held = descent + held - altitude, altitude
    return ascent, descent


def _smoothed(time_s: Numbers, altitude_m: Numbers) -> Numbers:
    """Mean altitude in m over the window around each row, straight between the rows."""
    steps_m = np.diff(time_s) * (altitude_m[1:] + altitude_m[:-1]) / 2
    area = np.concatenate(([0.0], np.cumsum(steps_m)))

    def area_until(at_s: Numbers) -> Numbers:
        row = np.clip(np.searchsorted(time_s, at_s, side="right") - 1, 0, time_s.size - 1)
        altitude = np.interp(at_s, time_s, altitude_m)
        return np.asarray(area[row] + (at_s - time_s[row]) * (altitude_m[row] + altitude) / 2)

    start_s = np.maximum(time_s - SMOOTHED_OVER_S / 2, time_s[0])
    stop_s = np.minimum(time_s + SMOOTHED_OVER_S / 2, time_s[-1])
    width_s = stop_s - start_s
    mean = (area_until(stop_s) - area_until(start_s)) / np.where(width_s > 0, width_s, 1.0)
    return np.where(width_s > 0, mean, altitude_m)
