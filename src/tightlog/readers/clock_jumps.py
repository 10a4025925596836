"""Clocks that jump while they record: rows in the order of the file, brought onto one clock.

A watch without a fix may begin hours ahead and be set back; a phone changes its zone or its summer
time; a bad second stands alone. Where the jump is constant, the rows on its smaller side are
shifted by it.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

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
    jumps = np.flatnonzero((step < -LEAST_BACK_S) | is_ahead(step, usual_s))
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


def usual_step_s(step_s: Numbers) -> float:
    """Median seconds from one row to the next, of the steps up to a minute."""
    usual = step_s[(step_s > 0) & (step_s <= 60.0)]
    return float(np.median(usual)) if usual.size else 1.0


def is_ahead(step_s: Numbers, usual_s: float) -> Bools:
    """True where a step in time is of a clock that went ahead: longer than anybody stays, or whole
    days and not a second more than the rows are apart.
    """
    more_s = step_s - usual_s
    days = np.rint(more_s / DAY_S)
    is_whole_days = (days >= 1) & (np.abs(more_s - days * DAY_S) <= min(SAME_JUMP_S, 2 * usual_s))
    return np.asarray(is_whole_days | (step_s > LEAST_AHEAD_S), dtype=np.bool_)


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
