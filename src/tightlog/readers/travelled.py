"""Distance along the records of an activity, and the pauses between them."""

from collections.abc import Mapping
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from tightlog.domain.sports import FOOT_SPORTS
from tightlog.words.numbers import counted

Numbers = NDArray[np.float64]

EARTH_RADIUS_M = 6_371_008.8
# Faster than the 100 m world record (10.44 m/s on average): a step above it on foot is a jump of
# the position, not of the runner.
FOOT_TOP_SPEED_MPS = 12.0
WHEEL_TOP_SPEED_MPS = 45.0
# A jump does not last. Where so many half-minutes lead further than any runner comes, as the crow
# flies and seen all along, the receiver sat in a vehicle, and its steps are no jumps.
DRIVE_WINDOW_S, DRIVE_WINDOWS, LONGEST_SEEN_STEP_S = 30.0, 10, 60.0
# A track that lasts longer has a broken clock.
LONGEST_TRACK_S = 30 * 86_400.0
# A pause: rows this far apart (and 5 times the usual step), covered at less than half the usual
# speed. Walking on while the timer stands counts neither as time nor as distance, as in the watches
# themselves.
PAUSE_GAP_S = 10.0
# The same without a distance.
BLIND_PAUSE_GAP_S = 20.0
USUAL_STEPS = 5.0
PAUSE_SPEED_RATIO = 0.5
STANDING_MPS = 0.1
# Fewer records of one time are a start and its stop.
LEAST_OF_ONE_TIME = 3
# Without times a longer step is a jump of the receiver.
LONGEST_TIMELESS_STEP_M = 300.0
# Ours: rows this far apart are of two outings, such as a watch paused for the night, unless the
# device counted on between them, as when it lost its records of a long race. What lasts less than
# a minute beside such a gap is the press of a button.
OUTINGS_APART_S = 6 * 3600.0
COUNTED_ON_MPS = 0.5
SHORTEST_OUTING_S = 60.0


def top_speed_mps(sport: str) -> float:
    """Speed in m/s above which a step between two positions is taken for a jump of the receiver."""
    return (
        FOOT_TOP_SPEED_MPS if sport in FOOT_SPORTS or sport == "swimming" else WHEEL_TOP_SPEED_MPS
    )


def is_timeless(time_s: Numbers) -> bool:
    """True for three rows or more that all have the same time."""
    is_known = np.isfinite(time_s)
    known = time_s if is_known.all() else time_s[is_known]
    return known.size >= LEAST_OF_ONE_TIME and bool(known.min() == known.max())


def timeless_words(time_s: Numbers, elapsed_s: float | None) -> tuple[str, ...]:
    """What is not known of records that all have the same time (s, NaN where missing), as a
    reason; nothing of others.
    """
    if not is_timeless(time_s):
        return ()
    unknown = "" if elapsed_s else ": how long it lasted is not known"
    return (f"its {time_s.size:,} records all have the same time{unknown}",)


def outing_ranges(time_s: Numbers, distance_m: Numbers) -> list[tuple[int, int]]:
    """First row and the one after the last of each outing in rows that lie six hours or more
    apart; all rows where there is no such gap. Times in s, the distance as recorded in m, NaN where
    missing.

    Outings under a minute are left out where there are longer ones.
    """
    is_dated = np.isfinite(time_s)
    gap_s = np.diff(time_s if is_dated.all() else time_s[is_dated])
    if not gap_s.size or gap_s.max() < OUTINGS_APART_S:
        return [(0, int(time_s.size))]
    dated = np.flatnonzero(is_dated)
    is_counted_on = np.diff(distance_m[dated]) >= COUNTED_ON_MPS * gap_s
    starts = dated[1:][(gap_s >= OUTINGS_APART_S) & ~is_counted_on]
    every = list(pairwise([0, *(int(start) for start in starts), int(time_s.size)]))
    if len(every) == 1:
        return every
    lasting = [
        (first, stop)
        for first, stop in every
        if np.nanmax(time_s[first:stop]) - np.nanmin(time_s[first:stop]) >= SHORTEST_OUTING_S
    ]
    return lasting or [(0, int(time_s.size))]


def outing_words(outing_count: int, left_out_count: int) -> tuple[str, ...]:
    """What was made of rows that lie hours apart, as reasons; nothing for a single outing with all
    its rows.
    """
    hours = f"{OUTINGS_APART_S / 3600:.0f} h"
    joined = (
        f"it joins {outing_count} outings more than {hours} apart: each is an activity of its own"
    )
    left_out = (
        f"{counted(left_out_count, 'record')} more than {hours} from the others, under a minute "
        "long, left out"
    )
    return (*([joined] if outing_count > 1 else []), *([left_out] if left_out_count else []))


def travelled_m(
    time_s: Numbers, columns: Mapping[str, Numbers], top_speed: float, restarted: Numbers
) -> Numbers | None:
    """Distance in m since the start on each row (NaN where unknown): as recorded, else along the
    positions; None without both. `columns` are by the channel's name, NaN where missing.
    """
    recorded = columns["distance_m"]
    known_m = recorded[np.isfinite(recorded)]
    if known_m.size and known_m.max() > known_m.min():
        return recorded
    latitude, longitude = columns["latitude_deg"], columns["longitude_deg"]
    placed = np.flatnonzero(np.isfinite(latitude) & np.isfinite(longitude))
    if placed.size < 2:
        return None if placed.size == 0 and not known_m.size else np.zeros(time_s.size)
    if is_timeless(time_s):
        return _along_m(latitude, longitude, placed)
    step, gap = haversine_m(latitude[placed], longitude[placed]), np.diff(time_s[placed])
    if _is_driven(latitude[placed], longitude[placed], time_s[placed], step, top_speed):
        top_speed = WHEEL_TOP_SPEED_MPS
    is_spike = _is_spike(step, gap, top_speed)
    if is_spike.any():
        placed = placed[~is_spike]
        step, gap = haversine_m(latitude[placed], longitude[placed]), np.diff(time_s[placed])
    # Rows without a position, in a tunnel, are no pause.
    silence = np.maximum.reduceat(np.diff(time_s)[: placed[-1]], placed[:-1])
    speed = step / np.maximum(gap, 1.0)
    is_new_piece = np.diff(np.cumsum(restarted)[placed]) > 0
    step[(speed > top_speed) | is_new_piece | _is_pause(silence, speed)] = 0.0
    travelled = np.full(time_s.size, np.nan)
    travelled[placed] = np.concatenate(([0.0], np.cumsum(step)))
    return travelled


def _along_m(latitude: Numbers, longitude: Numbers, placed: NDArray[np.intp]) -> Numbers:
    """Distance in m along positions without times (NaN where there is none)."""
    step = haversine_m(latitude[placed], longitude[placed])
    step[step > LONGEST_TIMELESS_STEP_M] = 0.0
    travelled = np.full(latitude.size, np.nan)
    travelled[placed] = np.concatenate(([0.0], np.cumsum(step)))
    return travelled


def way_m(travelled: Numbers | None) -> float | None:
    """Distance in m over all rows; None without any movement (a place recorded twice has no
    distance).
    """
    return (
        float(np.nanmax(travelled) - np.nanmin(travelled)) or None
        if travelled is not None
        else None
    )


def haversine_m(latitude_deg: Numbers, longitude_deg: Numbers) -> Numbers:
    """Great-circle distance in m from each position to the next (n - 1 values)."""
    latitude, longitude = np.radians(latitude_deg), np.radians(longitude_deg)
    width = np.cos(latitude)
    half = (
        np.sin(np.diff(latitude) / 2) ** 2
        + width[1:] * width[:-1] * np.sin(np.diff(longitude) / 2) ** 2
    )
    return np.asarray(
        2.0 * EARTH_RADIUS_M * np.arcsin(np.sqrt(np.clip(half, 0.0, 1.0))), dtype=np.float64
    )


def moving_s(time_s: Numbers, travelled: Numbers | None, restarted: Numbers) -> float:
    """Seconds between the rows without the pauses: known ones, and long gaps with little
    movement.
    """
    gap = np.diff(time_s)
    if gap.size == 0:
        return 0.0
    known = (
        np.isfinite(travelled) if travelled is not None else np.zeros(time_s.size, dtype=np.bool_)
    )
    if travelled is None or known.sum() < 2:
        paused = gap > max(BLIND_PAUSE_GAP_S, USUAL_STEPS * _usual_gap_s(gap))
    else:
        way = np.diff(np.interp(time_s, time_s[known], travelled[known]))
        paused = _is_pause(gap, way / np.maximum(gap, 1.0))
    return float(gap[~paused & (restarted[1:] == 0)].sum())


def _is_pause(gap_s: Numbers, speed_mps: Numbers) -> NDArray[np.bool_]:
    """True where the time between two rows is long, and what was covered in it is little."""
    if not (gap_s > PAUSE_GAP_S).any():
        return np.zeros(gap_s.size, dtype=np.bool_)
    going = speed_mps[(gap_s > 0) & (speed_mps > STANDING_MPS)]
    usual_mps = median_of(going) if going.size else 0.0
    return np.asarray(
        (gap_s > max(PAUSE_GAP_S, USUAL_STEPS * _usual_gap_s(gap_s)))
        & (speed_mps <= PAUSE_SPEED_RATIO * usual_mps)
    )


def _usual_gap_s(gap_s: Numbers) -> float:
    going_on = gap_s[gap_s > 0]
    return median_of(going_on) if going_on.size else 1.0


def _is_driven(
    latitude: Numbers, longitude: Numbers, time_s: Numbers, step_m: Numbers, top_speed: float
) -> bool:
    """True when the positions, so far from one another, go on faster than `top_speed` (m/s) for
    five minutes in all.
    """
    gap_s = np.diff(time_s)
    is_fast = step_m > top_speed * gap_s
    # Hardly any track has so many fast steps: the others need no second look.
    if gap_s[is_fast].sum() < DRIVE_WINDOWS or time_s[-1] - time_s[0] > LONGEST_TRACK_S:
        return False
    edges = np.arange(time_s[0], time_s[-1] + 1.0, DRIVE_WINDOW_S)
    after = np.clip(np.searchsorted(time_s, edges[:-1], side="right"), 1, time_s.size - 1)
    is_seen = time_s[after] - time_s[after - 1] <= LONGEST_SEEN_STEP_S
    way_m = haversine_m(np.interp(edges, time_s, latitude), np.interp(edges, time_s, longitude))
    speed = way_m / DRIVE_WINDOW_S
    return int((is_seen & (speed > top_speed) & (speed <= WHEEL_TOP_SPEED_MPS)).sum()) >= (
        DRIVE_WINDOWS
    )


def _is_spike(step_m: Numbers, gap_s: Numbers, top_speed: float) -> NDArray[np.bool_]:
    """True on a single position that is out of reach from both its neighbours."""
    too_fast = step_m / np.maximum(gap_s, 1.0) > top_speed
    spike = np.zeros(step_m.size + 1, dtype=np.bool_)
    spike[1:-1] = too_fast[:-1] & too_fast[1:]
    return spike


def median_of(values: NDArray[np.float64]) -> float:
    """Median of one number or more, none of them missing; the same as numpy's own, which looks at
    every kind of argument first: that takes longer than the few values of a lap or a short track.
    """
    half, is_odd = divmod(values.size, 2)
    if is_odd:
        return float(np.partition(values, half)[half])
    low, high = np.partition(values, (half - 1, half))[half - 1 : half + 1]
    return float((low + high) / 2.0)
