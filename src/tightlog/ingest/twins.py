"""Twins: the same activity read twice, from two devices, two exports or with a shifted clock;
the richer one counts.

The choice depends only on what the files hold, never on the order in which they arrived. An entry
of an export's list is an activity like any other, and poorer than every recording: it counts only
where there is no recording.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from math import cos, hypot, radians
from typing import Any

import polars as pl

from tightlog.domain.clocks import MAX_UTC_OFFSET_S, nearest_utc_offset_s
from tightlog.domain.formats import FORMAT, LISTS

LISTED = "an entry of an export's list about this recording"
NAMED = "an entry of an export's list that names this file as its recording"
TWIN_SCHEMA = {"activity_id": pl.String, "kept_activity_id": pl.String, "reason": pl.String}
SAME_START_S = 2.0
MIN_OVERLAP = 0.7
SAME_DISTANCE = 0.05
# A watch whose clock jumped claims days: its span proves nothing.
CREDIBLE_SPAN_S = 12 * 3600.0
# Vendors number their files; so long a number names no other file.
VENDOR_NUMBER = re.compile(r"\d{7,}\.")
# A list rounds its times, and a vendor may trim a start.
LISTED_START_S, LISTED_SPAN = 60.0, 0.1
# Under another sport (corrected at the vendor's, or one it does not know) only what one person
# cannot do twice is the same.
RENAMED_START_S, RENAMED_SPAN, RENAMED_LEAST_S = 10.0, 0.05, 60.0
# A recording that was cut off at less than this share of what the list says of it is a part.
CUT_SPAN = 0.9


@dataclass(frozen=True)
class Candidate:
    """What decides whether two activities are one, and which of them is richer."""

    activity_id: str
    sha256: str
    sport: str
    started_at: datetime
    span_s: float
    distance_m: float | None
    heart_rate_bpm: float | None
    position_deg: tuple[float, float] | None
    richness: tuple[int, ...]
    is_listed: bool = False
    is_partial: bool = False
    file_hint: str | None = None

    @property
    def rank(self) -> tuple[tuple[int, ...], str, str]:
        """Richer first, then by content: never by the order of arrival."""
        return self.richness, self.sha256, self.activity_id


def twins(activities: pl.DataFrame, places: Iterable[tuple[str, str]] = ()) -> pl.DataFrame:
    """Frame `activity_id, kept_activity_id, reason` of the activities that have a richer twin.

    `activities` has the columns of `ingest.activity`; `places` are the (place, sha256) where each
    content lies, archives like folders. Every activity set aside names one that is kept.
    """
    candidates = sorted(
        (_candidate(row) for row in activities.iter_rows(named=True)),
        key=lambda one: (one.started_at, one.activity_id),
    )
    aside: dict[str, tuple[str, str]] = {}
    named = [
        (*_richer_first(one, other), reason)
        for one, other, reason in named_pairs(candidates, places)
    ]
    for kept, twin, reason in [*_by_rank(named), *_by_rank(_pairs(candidates))]:
        if kept.activity_id not in aside and twin.activity_id not in aside:
            aside[twin.activity_id] = (kept.activity_id, reason)
    # A kept one may have become a part of something longer since: its twins follow it.
    rows = [(twin, _kept(kept, aside), reason) for twin, (kept, reason) in sorted(aside.items())]
    return pl.DataFrame(rows, schema=TWIN_SCHEMA, orient="row")


def _by_rank(
    pairs: Iterable[tuple[Candidate, Candidate, str]],
) -> list[tuple[Candidate, Candidate, str]]:
    return sorted(pairs, key=lambda pair: (pair[0].rank, pair[1].rank), reverse=True)


def named_pairs(
    candidates: list[Candidate], places: Iterable[tuple[str, str]]
) -> Iterator[tuple[Candidate, Candidate, str]]:
    """Pairs that an export itself declares, whatever the clocks say: a list's entry and the
    recording in the file it names.
    """
    entries = [one for one in candidates if one.file_hint]
    if not entries:
        return
    recorded: dict[str, list[Candidate]] = {}
    for one in candidates:
        if not one.is_listed:
            recorded.setdefault(one.sha256, []).append(one)
    folders: dict[str, list[str]] = {}
    contents: dict[str, set[str]] = {}
    for place, sha256 in places:
        folder, _, name = place.rpartition("/")
        folders.setdefault(sha256, []).append(folder)
        for known_as in {
            place,
            place.removesuffix(".gz"),
            *([name.removesuffix(".gz")] if VENDOR_NUMBER.match(name) else []),
        }:
            contents.setdefault(known_as, set()).add(sha256)
    for entry in entries:
        found = [
            one
            for content in _named_contents(
                entry.file_hint or "", folders.get(entry.sha256, []), contents
            )
            for one in recorded.get(content, ())
        ]
        if found:
            # Of several sessions in one file the entry is about the one that starts nearest to it.
            yield (
                entry,
                min(
                    found,
                    key=lambda one: (
                        abs((one.started_at - entry.started_at).total_seconds()),
                        one.activity_id,
                    ),
                ),
                NAMED,
            )


def _named_contents(hint: str, folders: list[str], contents: dict[str, set[str]]) -> set[str]:
    """Contents that lie where an export's list says, packed or not; else the only one under the
    vendor's number, wherever it was moved to.
    """
    places = [f"{folder}/{hint}".removeprefix("/") for folder in folders]
    exact = {
        content
        for place in places
        for content in contents.get(place) or contents.get(place.removesuffix(".gz")) or ()
    }
    moved = contents.get(hint.rpartition("/")[2].removesuffix(".gz"), set())
    return exact or (moved if len(moved) == 1 else set())


def _kept(activity_id: str, aside: dict[str, tuple[str, str]]) -> str:
    while activity_id in aside:
        activity_id = aside[activity_id][0]
    return activity_id


def _candidate(row: dict[str, Any]) -> Candidate:
    latitude, longitude = row["first_latitude_deg"], row["first_longitude_deg"]
    return Candidate(
        row["activity_id"],
        row["sha256"],
        # A drive without a sport is no other recording of a run.
        "driving" if row.get("movement_sport") == "driving" else row["sport"],
        row["started_at"],
        row["elapsed_s"] or row["moving_s"] or 0.0,
        _positive(row["distance_m"]),
        _positive(row["heart_rate_bpm"]),
        None if latitude is None or longitude is None else (latitude, longitude),
        _richness(row),
        row["reader"] in LISTS,
        row["is_partial"],
        row.get("file_hint"),
    )


def _richness(row: dict[str, Any]) -> tuple[int, ...]:
    """A recording before a list, whole before damaged, then what was measured on the body, the
    format that says more, place and detail.
    """
    return (
        int(row["reader"] not in LISTS),
        int(not row["is_partial"]),
        int(row["record_count"] > 0),
        row["body_channel_count"],
        FORMAT[row["reader"]].record_rank,
        row["place_channel_count"],
        row["record_count"],
    )


def _positive(value: float | None) -> float | None:
    return value if value is not None and value > 0 else None


def _pairs(candidates: list[Candidate]) -> Iterator[tuple[Candidate, Candidate, str]]:
    """Pairs that are one activity: the one to keep, its twin, and why they are one."""
    for one, other in _near(candidates):
        if reason := _reason(one, other):
            yield *_richer_first(one, other), reason


def _richer_first(one: Candidate, other: Candidate) -> tuple[Candidate, Candidate]:
    richer, poorer = (one, other) if one.rank >= other.rank else (other, one)
    return (poorer, richer) if _is_part(richer, poorer) else (richer, poorer)


def _is_part(one: Candidate, other: Candidate) -> bool:
    """True when one recorded clearly less of the activity than the other: then it is set aside
    however rich it is.
    """
    if other.is_listed and not one.is_listed:
        # Vendors trim and recompute: only of a damaged recording their list is believed to know the
        # whole.
        is_less = (
            one.distance_m is None
            or other.distance_m is None
            or one.distance_m < (1 - SAME_DISTANCE) * other.distance_m
        )
        return one.is_partial and is_less and one.span_s < CUT_SPAN * other.span_s
    has_both = one.distance_m is not None and other.distance_m is not None
    return (
        has_both
        and not _same_distance(one, other, SAME_DISTANCE)
        and one.span_s < other.span_s < CREDIBLE_SPAN_S
    )


def _near(candidates: list[Candidate]) -> Iterator[tuple[Candidate, Candidate]]:
    """Pairs that start within the largest clock shift of each other."""
    for index, one in enumerate(candidates):
        for other in candidates[index + 1 :]:
            later_s = (other.started_at - one.started_at).total_seconds()
            if later_s > MAX_UTC_OFFSET_S + SAME_START_S:
                break
            if _compatible(one.sport, other.sport) or one.is_listed != other.is_listed:
                yield one, other


def _compatible(sport: str, other: str) -> bool:
    return sport == other or "generic" in (sport, other)


def _reason(one: Candidate, other: Candidate) -> str | None:
    apart_s = abs((other.started_at - one.started_at).total_seconds())
    if one.is_listed != other.is_listed and _is_entry_of(one, other, apart_s):
        return LISTED
    if not _compatible(one.sport, other.sport):
        return None
    if apart_s <= SAME_START_S:
        return "starts at the same second as a richer recording"
    if _overlap(one, other) > MIN_OVERLAP and _distance_fits(one, other):
        return "the same time as another recording of it"
    if one.sha256 != other.sha256 and _is_shifted(one, other, apart_s):
        return f"the same as a richer recording, its clock off by {apart_s / 3600:g} h"
    return None


def _is_entry_of(one: Candidate, other: Candidate, apart_s: float) -> bool:
    """True when one is the list's entry of the other: a distance or a sport corrected at the
    vendor's makes them no two activities.
    """
    apart_span_s, span_s = abs(one.span_s - other.span_s), max(one.span_s, other.span_s)
    if not _compatible(one.sport, other.sport):
        return (
            apart_s <= RENAMED_START_S
            and apart_span_s <= RENAMED_SPAN * span_s
            and span_s > RENAMED_LEAST_S
        )
    return apart_s <= SAME_START_S or (
        apart_s <= LISTED_START_S and apart_span_s <= LISTED_SPAN * span_s
    )


def _overlap(one: Candidate, other: Candidate) -> float:
    """Share of the shorter activity that lies within the longer one."""
    shorter = min(one.span_s, other.span_s)
    if shorter < 60:
        return 0.0
    start = max(one.started_at.timestamp(), other.started_at.timestamp())
    end = min(one.started_at.timestamp() + one.span_s, other.started_at.timestamp() + other.span_s)
    return (end - start) / shorter


def _distance_fits(one: Candidate, other: Candidate) -> bool:
    """True when the distances agree; one person cannot cover more ground in a part than in the
    whole.
    """
    if one.distance_m is None or other.distance_m is None:
        return min(one.span_s, other.span_s) > MIN_OVERLAP * max(one.span_s, other.span_s)
    if _same_distance(one, other, SAME_DISTANCE):
        return True
    longer, part = (one, other) if one.span_s >= other.span_s else (other, one)
    is_shorter = (part.distance_m or 0.0) <= (1 + SAME_DISTANCE) * (longer.distance_m or 0.0)
    return longer.span_s < CREDIBLE_SPAN_S and is_shorter and _near_start(one, other)


def _same_distance(one: Candidate, other: Candidate, tolerance: float) -> bool:
    if one.distance_m is None or other.distance_m is None:
        return False
    return abs(one.distance_m - other.distance_m) <= tolerance * max(
        one.distance_m, other.distance_m
    )


def _near_start(one: Candidate, other: Candidate, within_m: float = 20_000.0) -> bool:
    """False only when both have positions and these lie far apart."""
    if one.position_deg is None or other.position_deg is None:
        return True
    return _apart_m(one.position_deg, other.position_deg) <= within_m


def _apart_m(one: tuple[float, float], other: tuple[float, float]) -> float:
    metres_per_degree = 111_195.0
    return hypot(one[0] - other[0], (one[1] - other[1]) * cos(radians(one[0]))) * metres_per_degree


def _is_shifted(one: Candidate, other: Candidate, apart_s: float) -> bool:
    """True for equal activities a whole number of quarter hours apart; two alike but real runs
    differ in one of these.
    """
    off_step_s = abs(apart_s - nearest_utc_offset_s(apart_s))
    is_equal = (
        off_step_s <= SAME_START_S
        and abs(one.span_s - other.span_s) <= max(2.0, 0.002 * one.span_s)
        and one.sport == other.sport
        and _same_distance(one, other, 0.01)
    )
    if not is_equal or one.span_s < 300:
        return False
    has_heart = one.heart_rate_bpm is not None and other.heart_rate_bpm is not None
    same_heart = has_heart and abs((one.heart_rate_bpm or 0) - (other.heart_rate_bpm or 0)) <= 1.5
    has_place = one.position_deg is not None and other.position_deg is not None
    same_place = has_place and _near_start(one, other, 50.0)
    return (
        (same_heart or same_place)
        and (same_heart or not has_heart)
        and (same_place or not has_place)
    )
