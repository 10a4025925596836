"""A recorded distance as one that only grows: small steps back are a correction of the device, a
fall to nothing is a counter that starts again.
"""

import numpy as np
from numpy.typing import NDArray

from tightlog.readers.travelled import WHEEL_TOP_SPEED_MPS

Numbers = NDArray[np.float64]

# Every counter that starts again in real files (Google Fit, at a pause or a lap) starts at 0 or at
# what one covers until the next row; a fall by less than this to more than this is a correction.
RESTART_FALL_M = 50.0
RESTARTED_AT_M = 1.0
RESTART_SHARE = 0.5
# More restarts than this, or more corrections of more than this share of the way, are no distance
# since the start (but, say, that of each row).
FEW_FALLS, FALLS_PER_ROW = 2, 0.02
CORRECTED_SHARE = 0.2
# So many rows out of reach, and the counter goes on where it was: they are no distance.
SPIKE_ROWS = 5


def growing_m(distance_m: Numbers, time_s: Numbers) -> Numbers | None:
    """The distance in m on each row (NaN where missing) since the first, never falling; None where
    the values are no distance since the start. `time_s` are the rows' times in order.
    """
    is_known = np.isfinite(distance_m) & np.isfinite(time_s)
    steps = np.diff(distance_m if is_known.all() else distance_m[is_known])
    # Most grow from the first row to the last, by no more than can be covered in the least time.
    if not steps.size or (steps.min() >= 0 and steps.max() <= _reach_m(0.0)):
        return distance_m
    known = np.flatnonzero(is_known)
    is_spike = _is_spike(distance_m[known], time_s[known])
    if is_spike.any():
        distance_m = distance_m.copy()
        distance_m[known[is_spike]] = np.nan
        known = known[~is_spike]
    values = distance_m[known]
    steps = np.diff(values)
    if not (steps < 0).any():
        return distance_m
    restarts = [
        row
        for row in (np.flatnonzero(steps < 0) + 1).tolist()
        if _is_restart(values, time_s[known], row)
    ]
    few = max(FEW_FALLS, FALLS_PER_ROW * known.size)
    corrections = -np.delete(steps, np.array(restarts, dtype=int) - 1).clip(max=0.0)
    is_corrected_much = corrections.sum() > CORRECTED_SHARE * steps[steps > 0].sum()
    if len(restarts) > few or (is_corrected_much and np.count_nonzero(corrections) > few):
        return None
    grown, before_m = np.full(distance_m.size, np.nan), 0.0
    for piece in np.split(np.arange(values.size), restarts):
        grown[known[piece]] = before_m + np.maximum.accumulate(values[piece])
        before_m = float(grown[known[piece[-1]]])
    return grown


def _is_spike(values: Numbers, time_s: Numbers) -> NDArray[np.bool_]:
    """True on the rows of a jump that nobody can have covered, and that is taken back at once."""
    spike = np.zeros(values.size, dtype=np.bool_)
    for row in (np.flatnonzero(np.diff(values) > _reach_m(np.diff(time_s))) + 1).tolist():
        later = slice(row + 1, row + 1 + SPIKE_ROWS)
        since_m = values[later] - values[row - 1]
        is_fall = np.diff(values[row : later.stop]) < 0
        is_back = (since_m > -RESTART_FALL_M) & (
            since_m <= _reach_m(time_s[later] - time_s[row - 1])
        )
        if (is_back & is_fall).any():
            spike[row : row + 1 + int(np.argmax(is_back & is_fall))] = True
    return spike


def _is_restart(values: Numbers, time_s: Numbers, row: int) -> bool:
    """True where the counter starts again: it shows no more than what can be covered since the
    row before, and does not jump back to where it was.
    """
    before_m, now_m = float(values[row - 1]), float(values[row])
    is_low = now_m <= RESTARTED_AT_M or (
        now_m <= RESTART_SHARE * before_m and before_m - now_m >= RESTART_FALL_M
    )
    if not is_low or now_m > _reach_m(time_s[row] - time_s[row - 1]):
        return False
    regained = np.flatnonzero(values[row:] >= before_m)
    stop = row + int(regained[0]) if regained.size else values.size - 1
    jumps = np.diff(values[row : stop + 1]) > _reach_m(np.diff(time_s[row : stop + 1]))
    return not jumps.any()


def _reach_m(gap_s: Numbers | float) -> Numbers:
    """What the fastest can cover in a time, in m."""
    return np.asarray(WHEEL_TOP_SPEED_MPS * np.maximum(gap_s, 1.0))
