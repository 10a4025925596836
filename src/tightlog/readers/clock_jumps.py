"""Clocks that jump while they record: rows in the order of the file, brought onto one clock.

A watch without a fix may begin hours ahead and be set back; a phone changes its zone or its summer
time; a bad second stands alone. Where the jump is constant, the rows on its smaller side are
shifted by it.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tightlog.domain.clocks import UTC_OFFSET_STEP_S
from tightlog.readers.travelled import SHORTEST_OUTING_S, haversine_m, median_of
from tightlog.words.numbers import counted

Numbers = NDArray[np.float64]
Bools = NDArray[np.bool_]

# A step back of a few seconds is an exporter's order, not another clock.
LEAST_BACK_S = 5.0
# Nobody stays this long in one piece of a track: the clock went ahead.
LEAST_AHEAD_S = 14 * 86_400.0
# More steps back than this are rows in another order, such as newest first.
MOST_BACK, MOST_BACK_SHARE = 3, 0.01
# A jump there and one back are the same within this.
SAME_JUMP_S = 15.0
LONG_STEPS = 20.0
# A watch that begins without a fix is set right within this time of its start, by a zone.
UNSET_S, SET_WITHIN_S = 60.0, 0.5
# Two rows further apart than this are of two tracks and not of two clocks.
FAR_M = 300.0
# A watch may start, or begin a lap, this long before it has a position; a written start further
# from the first record is of another clock, or of something else.
START_SLACK_S = 600.0
SUMMER_TIME_S = 3600.0
DAY_S = 86_400.0


@dataclass(frozen=True)
class Repair:
    """How many rows were shifted, and by how many seconds each group of them at most."""

    row_count: int
    shift_s: float

    @property
    def words(self) -> str:
        """What was done, as a reason."""
        were = "was" if self.row_count == 1 else "were"
        return (
            f"its clock jumped by {duration_words(abs(self.shift_s))}: "
            f"{counted(self.row_count, 'record')} {were} shifted to fit the others"
        )


def duration_words(seconds: float) -> str:
    """A length of time in its usual unit: `2 h`, `730 days`."""
    if seconds >= 2 * 86_400.0:
        return f"{seconds / 86_400.0:,.0f} days"
    for unit_s, name in ((3600.0, "h"), (60.0, "min")):
        if seconds >= 0.95 * unit_s:
            return f"{seconds / unit_s:.3g} {name}"
    return f"{seconds:.0f} s"


def steady(
    time_s: Numbers, is_apart: Callable[[], Bools], is_local: bool = False
) -> tuple[Numbers, Repair | None]:
    """Times of rows in the order of the file on one clock, and what was shifted; the same times
    where nothing is to be done or no constant jump explains them.

    `is_apart` gives true where a row lies far from the one before it (one shorter): then they are
    two tracks, not two clocks. It is asked only when a clock jumps. `is_local` says that the times
    name no zone.
    """
    known = np.flatnonzero(np.isfinite(time_s))
    if known.size < 3:
        return time_s, None
    times = time_s[known].copy()
    step = np.diff(times)
    usual_s = usual_step_s(step)
    is_jump = (step < -LEAST_BACK_S) | is_ahead(step, usual_s) | _is_set_right(times, usual_s)
    jumps = np.flatnonzero(is_jump)
    backs = int((step < 0).sum())
    if jumps.size == 0 or backs > max(MOST_BACK, MOST_BACK_SHARE * times.size):
        return time_s, None
    apart = np.maximum.reduceat(np.append(is_apart(), False), known)[:-1]
    if apart[jumps].any():
        return time_s, None
    shift = _shifts(step - usual_s, [int(jump) for jump in jumps], usual_s, is_local)
    shifted = np.flatnonzero(shift)
    if shifted.size == 0 or (np.diff(times + shift) < -LEAST_BACK_S).any():
        return time_s, None
    result = time_s.copy()
    result[known] = times + shift
    return result, Repair(int(shifted.size), float(np.abs(shift).max()))


def believed(
    written_s: Numbers, is_believed: Callable[[Numbers], Bools], is_apart: Callable[[], Bools]
) -> Numbers:
    """The written times without those nobody can have recorded (NaN); with them, where they are
    fewer than the others and of a clock whose jump can be repaired.
    """
    is_known = np.isfinite(written_s)
    is_odd = is_known & ~is_believed(written_s)
    plain = np.where(is_odd, np.nan, written_s)
    if not is_odd.any() or 2 * is_odd.sum() >= is_known.sum():
        return plain
    repaired, _ = steady(written_s, is_apart)
    return written_s if is_believed(repaired[is_known]).all() else plain


def is_of_two_tracks(time_s: Numbers, latitude_deg: Numbers, longitude_deg: Numbers) -> Bools:
    """True between two rows of two tracks and not two clocks; one shorter than the rows. They are
    further apart than a clock can explain, or the later one begins weeks afterwards where the
    earlier one began, and both last a minute.
    """
    is_apart = np.asarray(haversine_m(latitude_deg, longitude_deg) > FAR_M, dtype=np.bool_)
    step_s = np.diff(time_s)
    usual_s = usual_step_s(step_s)
    placed = np.flatnonzero(np.isfinite(latitude_deg) & np.isfinite(longitude_deg))
    for at in np.flatnonzero((step_s > LEAST_AHEAD_S) & ~_is_whole_days(step_s, usual_s)):
        begins = placed[placed > at][:1]
        if not placed.size or not begins.size:
            continue
        ends = [int(placed[0]), int(begins[0])]
        home_m = haversine_m(latitude_deg[ends], longitude_deg[ends])[0]
        lasting_s = (time_s[at] - time_s[0], time_s[-1] - time_s[at + 1])
        is_apart[at] |= home_m <= FAR_M and min(lasting_s) >= SHORTEST_OUTING_S
    return is_apart


def _is_set_right(times: Numbers, usual_s: float) -> Bools:
    """True where a clock was set ahead by a zone soon after the start; no pause is that exact."""
    more_s = np.diff(times) - usual_s
    zones = np.rint(more_s / UTC_OFFSET_STEP_S)
    is_exact = np.abs(more_s - zones * UTC_OFFSET_STEP_S) <= SET_WITHIN_S
    is_early = times[:-1] - times[0] < UNSET_S
    return np.asarray(is_exact & is_early & (zones >= 1) & (usual_s < UNSET_S), dtype=np.bool_)


def usual_step_s(step_s: Numbers) -> float:
    """Median seconds from one row to the next, of the steps up to a minute."""
    usual = step_s[(step_s > 0) & (step_s <= 60.0)]
    return median_of(usual) if usual.size else 1.0


def is_ahead(step_s: Numbers, usual_s: float) -> Bools:
    """True where a step in time is of a clock that went ahead: longer than anybody stays, or whole
    days and not a second more than the rows are apart.
    """
    return np.asarray(_is_whole_days(step_s, usual_s) | (step_s > LEAST_AHEAD_S), dtype=np.bool_)


def _is_whole_days(step_s: Numbers, usual_s: float) -> Bools:
    more_s = step_s - usual_s
    days = np.rint(more_s / DAY_S)
    is_near = np.abs(more_s - days * DAY_S) <= min(SAME_JUMP_S, 2 * usual_s)
    return np.asarray((days >= 1) & is_near, dtype=np.bool_)


def _shifts(excess: Numbers, jumps: list[int], usual_s: float, is_local: bool) -> Numbers:
    """Seconds to add to each row. `excess` is by how much each step differs from the usual one."""
    size = excess.size + 1
    shift = np.zeros(size)
    longs = [int(at) for at in np.flatnonzero(excess > max(LONG_STEPS * usual_s, LEAST_BACK_S))]
    taken: set[int] = set()
    for at in jumps:
        if at in taken:
            continue
        partner = next(
            (
                other
                for other in sorted({*longs, *jumps} - taken - {at}, key=lambda one: abs(one - at))
                if abs(excess[other] + excess[at]) <= max(SAME_JUMP_S, 2 * usual_s)
            ),
            None,
        )
        if partner is not None:
            # There and back again: what lies between was on another clock.
            first, last = sorted((at, partner))
            shift[first + 1 : last + 1] -= excess[first]
            taken |= {at, partner}
            continue
        is_autumn = is_local and abs(excess[at] + SUMMER_TIME_S) <= SAME_JUMP_S
        if at + 1 < size / 2 and not is_autumn:
            shift[: at + 1] += excess[at]
        else:
            shift[at + 1 :] -= excess[at]
    return shift
