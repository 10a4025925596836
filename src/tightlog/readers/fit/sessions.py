"""Session messages → sessions: each leg once, with a believable start, or one derived from the
records.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tightlog.domain.channels import FitField
from tightlog.readers.clock_jumps import START_SLACK_S
from tightlog.readers.fit import profile
from tightlog.readers.fit.clock import is_believable, written
from tightlog.readers.fit.messages import Floats, Table, numbers, rows_of
from tightlog.readers.fit.records import ZERO_IS_MISSING, Records
from tightlog.readers.travelled import (
    OUTINGS_APART_S,
    is_timeless,
    outing_ranges,
    outing_words,
)

# 0 in these totals means that the watch did not measure them.
ZERO_IS_UNSET = ZERO_IS_MISSING | {
    "power_w", "rpe", "energy_kcal", "cadence", "elapsed_s", "moving_s", "speed_mps",
}  # fmt: skip

MAX_SESSIONS = 256
# Where the clock jumped, a length that differs from the repaired records by more than this share
# and the slack of a start counts the jump.
LONGER_SHARE = 0.1

Totals = Mapping[str, float]


@dataclass(frozen=True)
class Session:
    """One leg: its start in FIT seconds, and its totals by name; what the file does not hold is
    absent.
    """

    started_s: float
    totals: Totals


def sessions(
    tables: Mapping[int, Table], rows: Records, latest: float
) -> tuple[list[Session], tuple[str, ...]]:
    """Sessions of one FIT file in the order they began, and what was wrong with them."""
    totals = totals_of(tables[profile.SESSION], profile.SESSION_FIELDS)
    if not totals:
        return _derived(tables, rows)
    found, problems = [], []
    if len(totals) > MAX_SESSIONS:
        problems.append(
            f"{len(totals)} sessions, more than any watch writes: only the first "
            f"{MAX_SESSIONS} were taken"
        )
    for values in totals[:MAX_SESSIONS]:
        started_s = _started_s(values, rows if len(totals) == 1 else None, latest)
        if started_s is None:
            problems.append(
                "a session has no believable date (it says "
                f"{written(values.get('started_s'))}): the watch's clock was not set"
            )
        else:
            is_one = len(totals) == 1
            found.append(Session(started_s, _of_one_clock(values, rows) if is_one else values))
    return _distinct(found), tuple(problems)


def owner(times_s: Floats, found: list[Session]) -> NDArray[np.int64]:
    """Index of the session each time belongs to: the last one begun; a row without time goes
    with the row before it.
    """
    if len(found) == 1:
        return np.zeros(times_s.size, dtype=np.int64)
    mine = np.maximum(
        np.searchsorted([session.started_s for session in found], times_s, side="right") - 1, 0
    )
    missing = np.isnan(times_s)
    if missing.any():
        known = np.maximum.accumulate(np.where(missing, -1, np.arange(times_s.size)))
        mine = np.where(known < 0, 0, mine[np.maximum(known, 0)])
    return np.asarray(mine, dtype=np.int64)


def apart(
    found: list[Session], rows: Records
) -> tuple[list[Session], NDArray[np.bool_], tuple[str, ...]]:
    """The sessions, one more for each outing that begins hours after the one before it; which
    records count; and what was made of them, as reasons. Totals over several outings are of none.
    """
    mine, is_kept = owner(rows.time_s, found), np.ones(rows.height, dtype=np.bool_)
    every: list[Session] = []
    for index, session in enumerate(found):
        own_rows = rows.part(mine == index)
        times_s = own_rows.time_s
        ranges = outing_ranges(times_s, own_rows.columns["distance_m"])
        if ranges == [(0, times_s.size)]:
            every.append(session)
            continue
        own = np.flatnonzero(mine == index)
        is_kept[own] = False
        for first, stop in ranges:
            is_kept[own[first:stop]] = True
        every += _outings(session, [times_s[first:stop] for first, stop in ranges])
    return every, is_kept, outing_words(len(every) - len(found) + 1, int((~is_kept).sum()))


def _outings(session: Session, times_s: list[Floats]) -> list[Session]:
    """The session as its outings, each by the times of its records."""
    firsts, lasts = ([float(end(times)) for times in times_s] for end in (np.nanmin, np.nanmax))
    if firsts[0] - session.started_s < OUTINGS_APART_S:
        firsts[0] = session.started_s
    totals = dict(session.totals)
    if len(times_s) > 1:
        totals = {name: totals[name] for name in ("sport", "sub_sport") if name in totals}
    # Of a single one, saved hours after its end, only the length is not that of the outing.
    return [
        Session(first, {**totals, "elapsed_s": last - first})
        for first, last in zip(firsts, lasts, strict=True)
    ]


def totals_of(table: Table, fields: Mapping[str, tuple[FitField, ...]]) -> list[dict[str, float]]:
    """Each message as its values by name, without the missing ones."""
    return [
        {name: value for name, value in row.items() if value != 0 or name not in ZERO_IS_UNSET}
        for row in rows_of(table, fields)
    ]


def _started_s(totals: Totals, rows: Records | None, latest: float) -> float | None:
    """Start in FIT seconds: as the session says, else its first record, else its end less its
    length; None if none is believable.
    """
    first = rows.time_s[np.isfinite(rows.time_s)] if rows is not None else np.empty(0)
    started_s = totals.get("started_s")
    is_of_other_clock = (
        rows is not None
        and rows.repair is not None
        and first.size
        and abs((started_s or 0.0) - first[0]) > START_SLACK_S
    )
    if is_of_other_clock and is_believable(float(first[0]), latest):
        return float(first[0])
    ended_s, elapsed_s = totals.get("ended_s"), totals.get("elapsed_s")
    by_end = ended_s - elapsed_s if ended_s is not None and elapsed_s is not None else None
    for candidate in (totals.get("started_s"), float(first[0]) if first.size else None, by_end):
        if candidate is not None and is_believable(candidate, latest):
            return candidate
    return None


def _of_one_clock(totals: Totals, rows: Records) -> Totals:
    """The totals without those lengths that a clock that jumped has falsified."""
    if rows.repair is None:
        return totals
    times = rows.time_s[np.isfinite(rows.time_s)]
    longest_s = (1 + LONGER_SHARE) * float(times.max() - times.min()) + START_SLACK_S
    shortest_s = float(times.max() - times.min()) / (1 + LONGER_SHARE) - START_SLACK_S
    elapsed_s = totals.get("elapsed_s", longest_s)
    false = {"elapsed_s"} if not shortest_s <= elapsed_s <= longest_s else set()
    if totals.get("moving_s", 0.0) > longest_s:
        false.add("moving_s")
    return {name: value for name, value in totals.items() if name not in false}


def _distinct(sessions: list[Session]) -> list[Session]:
    """Sessions by start, each once: a session written twice is the longer one, and a multisport
    total is not a leg.
    """
    legs = [
        session
        for session in sessions
        if profile.SPORTS.get(int(session.totals.get("sport", 0))) != "multisport"
    ]
    once: dict[tuple[float, float | None], Session] = {}
    for session in sorted(
        legs or sessions,
        key=lambda session: (session.started_s, session.totals.get("elapsed_s", 0.0)),
    ):
        once[session.started_s, session.totals.get("sport")] = session
    return list(once.values())


def _derived(tables: Mapping[int, Table], rows: Records) -> tuple[list[Session], tuple[str, ...]]:
    """The session of a file that holds records but no session message."""
    if rows.height == 0:
        return [], ()
    times = rows.time_s[np.isfinite(rows.time_s)]
    if times.size == 0:
        return [], (
            f"its {rows.height} records have no believable time: the watch's clock was not set",
        )
    first_s, last_s = float(times.min()), float(times.max())
    # Without any times, what is known is when it began and how far it went.
    is_far = bool(np.nanmax(np.append(rows.columns["distance_m"], 0.0)) > 0)
    if first_s == last_s and not (is_far and is_timeless(times)):
        return [], ("it holds no session summary and records of one moment only",)
    laps = totals_of(tables[profile.LAP], profile.LAP_FIELDS)
    totals: dict[str, float] = {
        name: laps[0][name] for name in ("sport", "sub_sport") if laps and name in laps[0]
    }
    sport = numbers(tables[profile.SPORT], 0)
    if "sport" not in totals and sport.size and np.isfinite(sport[0]):
        totals["sport"] = float(sport[0])
    if first_s < last_s:
        totals["elapsed_s"] = last_s - first_s
    problems: tuple[str, ...] = (
        "it holds no session summary: the totals are taken from its records",
    )
    if "sport" not in totals:
        problems += ("what kind of activity it is stands in the part that is missing",)
    return [Session(first_s, totals)], problems
