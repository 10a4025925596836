"""Clocks: what all stored activities together say about the time of one, and what is asked about.

A function of what is stored, so the order in which files arrived changes nothing.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import polars as pl

from tightlog.domain.clocks import MAX_UTC_OFFSET_S, SET_ASIDE, Doubt
from tightlog.domain.frames import Columns
from tightlog.domain.sports import RUN_TOP_MEAN_MPS
from tightlog.readers.local_day import is_virtual, offset_in
from tightlog.readers.written_date import day_in_name

CLOCK_SCHEMA: Columns = {
    "activity_id": pl.String,
    "utc_offset_s": pl.Int32,
    "utc_offset_source": pl.String,
    "day": pl.Date,
    "doubts": pl.List(pl.String),
    "is_set_aside": pl.Boolean,
}
NEIGHBOURS = "neighbours"
# A journey shows on both sides of a run without a place; months apart they may lie in other zones
# or on the other side of a change to summer time.
NEAR = timedelta(days=14)
# No race lasts longer; what does is a clock that jumped, or several outings in one track.
LONGEST = timedelta(days=14)
# Files this far from all others, and few beside them, are of a clock that was not set.
APART = timedelta(days=3652)
FEW_SHARE = 0.2
# A name may give the day in another zone. As far as this a date is that of the name.
NAMED_WITHIN_D = 2
# Ours: where more of the names in one folder say another day, they are of the copy and not the run.
NAMED_FEW_SHARE, NAMES_OF_FOLDER = 0.2, 5
DAYS_OF_YEAR = 365.25
# Mean speeds in m/s nobody reaches on foot: race walkers do 4.2.
TOP_SPEEDS_MPS = {"walking": 5.0, "hiking": 5.0, "running": RUN_TOP_MEAN_MPS}
LEAST_S = 300.0
# Half-minutes faster than runners, on foot: the clock ran on in a vehicle. Jumps of a receiver and
# the repetitions of all but the fastest make fewer.
FAST_WINDOWS = 10

# What of an activity says something of its clock.
TOLD = (
    "activity_id", "sha256", "day", "sport", "sub_sport", "device", "device_offset_s",
    "utc_offset_s", "utc_offset_source", "started_at", "elapsed_s", "moving_s", "speed_mps",
    "fast_window_count", "first_latitude_deg", "first_longitude_deg",
)  # fmt: skip
Row = Mapping[str, Any]


@dataclass(frozen=True)
class _Local:
    utc_offset_s: int
    source: str


@dataclass(frozen=True)
class _Anchors:
    """Recordings that know their own offset, by start."""

    starts: Sequence[datetime]
    offsets: Sequence[int]

    def agreed(self, at: datetime) -> int | None:
        """Offset of the recordings before and after an instant where both are near and agree."""
        # What starts at the same instant is the recording itself, or a copy of it.
        before, after = bisect_left(self.starts, at) - 1, bisect_right(self.starts, at)
        if before < 0 or after == len(self.starts):
            return None
        is_near = at - self.starts[before] <= NEAR and self.starts[after] - at <= NEAR
        before_s, after_s = self.offsets[before], self.offsets[after]
        return before_s if is_near and before_s == after_s else None


def clocks(
    activities: pl.DataFrame, home_zone: ZoneInfo, places: Iterable[tuple[str, str]] = ()
) -> pl.DataFrame:
    """Frame in CLOCK_SCHEMA of the activities (columns of `ingest.activity`) whose offset others
    settle, or that are asked about; `places` are paths with the SHA-256 of their content.
    """
    told = activities.select(TOLD).iter_rows(named=True)
    rows = sorted(told, key=lambda row: row["started_at"])
    anchors = _anchors(rows)
    remote, renamed = set(_far_from_others(rows)), set(_named_otherwise(rows, places))
    asked = {Doubt.FAR_FROM_OTHERS: remote, Doubt.NAMED_OTHERWISE: renamed}
    found = [
        _clock(
            row,
            anchors,
            home_zone,
            [doubt for doubt, ids in asked.items() if row["activity_id"] in ids],
        )
        for row in rows
    ]
    return pl.DataFrame([one for one in found if one], schema=dict(CLOCK_SCHEMA))


def _clock(
    row: Row, anchors: _Anchors, home_zone: ZoneInfo, of_date: Sequence[Doubt]
) -> Row | None:
    """The row of one activity, None where nothing is to be said of it; `of_date` is what the
    others and the names say against its date.
    """
    local, doubts = _settled(row, anchors, home_zone)
    if row["elapsed_s"] is not None and row["elapsed_s"] > LONGEST.total_seconds():
        doubts.append(Doubt.TOO_LONG)
    doubts += of_date
    if _is_too_fast(row):
        doubts.append(Doubt.TOO_FAST)
    elif row["sport"] in TOP_SPEEDS_MPS and (row["fast_window_count"] or 0) >= FAST_WINDOWS:
        doubts.append(Doubt.FAST_IN_PART)
    if local.source == row["utc_offset_source"] and not doubts:
        return None
    return {
        "activity_id": row["activity_id"],
        "utc_offset_s": local.utc_offset_s,
        "utc_offset_source": local.source,
        "day": _day(row["started_at"], local.utc_offset_s),
        "doubts": [doubt.value for doubt in doubts],
        "is_set_aside": bool(SET_ASIDE & set(doubts)),
    }


def _settled(row: Row, anchors: _Anchors, home_zone: ZoneInfo) -> tuple[_Local, list[Doubt]]:
    """The offset that holds, and what is to be asked about the one the device wrote."""
    own, written_s = _Local(row["utc_offset_s"], row["utc_offset_source"]), row["device_offset_s"]
    is_too_large = written_s is not None and abs(written_s) > MAX_UTC_OFFSET_S
    doubts = [Doubt.OFFSET_TOO_LARGE] if is_too_large else []
    if own.source == "position":
        is_inverted = bool(written_s) and written_s == -own.utc_offset_s
        return own, doubts + ([Doubt.OFFSET_INVERTED] if is_inverted else [])
    if _in_game(row) or (own.source == "device" and row["first_latitude_deg"] is not None):
        return own, doubts
    agreed_s = anchors.agreed(row["started_at"])
    if own.source == "device" and written_s:
        home_s = offset_in(home_zone, row["started_at"])
        usual_s = home_s if agreed_s is None else agreed_s
        if written_s != -usual_s or written_s == usual_s:
            return own, doubts
        # Between recordings elsewhere the sign is wrong; alone, it may be a journey.
        doubts.append(Doubt.OFFSET_INVERTED)
        return (own if agreed_s is None else _Local(agreed_s, NEIGHBOURS)), doubts
    is_other = agreed_s is not None and agreed_s != own.utc_offset_s
    return (_Local(agreed_s or 0, NEIGHBOURS) if is_other else own), doubts


def _anchors(rows: Sequence[Row]) -> _Anchors:
    known = [row for row in rows if _is_anchor(row)]
    return _Anchors([row["started_at"] for row in known], [row["utc_offset_s"] for row in known])


def _is_anchor(row: Row) -> bool:
    """True for a recording with a place or an offset of its own; a 0 without a place may stand
    for an unknown one.
    """
    if _in_game(row):
        return False
    is_told = row["first_latitude_deg"] is not None or row["device_offset_s"] != 0
    return row["utc_offset_source"] == "position" or (
        row["utc_offset_source"] == "device" and is_told
    )


def _in_game(row: Row) -> bool:
    return is_virtual(
        row["sub_sport"], row["device"], row["first_latitude_deg"], row["first_longitude_deg"]
    )


def _far_from_others(rows: Sequence[Row]) -> Iterator[str]:
    """Ids of the activities (by start) in small groups that lie many years from all others."""
    groups: list[list[Row]] = []
    for row in rows:
        if groups and row["started_at"] - groups[-1][-1]["started_at"] < APART:
            groups[-1].append(row)
        else:
            groups.append([row])
    most = max((len(group) for group in groups), default=0)
    for group in groups:
        if len(group) <= FEW_SHARE * most:
            yield from (row["activity_id"] for row in group)


def _named_otherwise(rows: Sequence[Row], places: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Ids of the activities whose file is named after another day than theirs: it was named before
    it took place, a whole year or more apart, or beside files whose names are right.

    What all names of a content agree in counts. Where more than a fifth of the names of a folder
    or archive say another day, they are dates of something else.
    """
    by_folder: dict[str, list[tuple[str, int]]] = {}
    own: dict[str, list[Row]] = {}
    for row in rows:
        own.setdefault(row["sha256"], []).append(row)
    for place, sha256 in places:
        folder, _, name = place.rpartition("/")
        day = day_in_name(name)
        for row in own.get(sha256, ()) if day else ():
            by_folder.setdefault(folder, []).append((row["activity_id"], (row["day"] - day).days))
    fits: set[str] = set()
    found: dict[str, None] = {}
    for named in by_folder.values():
        off = {one: later_d for one, later_d in named if abs(later_d) > NAMED_WITHIN_D}
        fits |= {one for one, _ in named} - off.keys()
        is_usual = len(named) >= NAMES_OF_FOLDER
        if is_usual and len(off) > NAMED_FEW_SHARE * len(named):
            continue
        found |= dict.fromkeys(one for one in off if is_usual or _is_of_other_year(off[one]))
    yield from (one for one in found if one not in fits)


def _is_of_other_year(later_d: int) -> bool:
    """True for a date that is later than the name, or whole years before it."""
    years = round(later_d / DAYS_OF_YEAR)
    return later_d > 0 or (years != 0 and abs(later_d - years * DAYS_OF_YEAR) <= NAMED_WITHIN_D + 1)


def _is_too_fast(row: Row) -> bool:
    top_mps = TOP_SPEEDS_MPS.get(row["sport"])
    speed_mps, lasting_s = row["speed_mps"], row["moving_s"] or row["elapsed_s"]
    if top_mps is None or speed_mps is None or lasting_s is None:
        return False
    return bool(speed_mps > top_mps and lasting_s >= LEAST_S)


def _day(started_at: datetime, utc_offset_s: int) -> date:
    return (started_at + timedelta(seconds=utc_offset_s)).date()
