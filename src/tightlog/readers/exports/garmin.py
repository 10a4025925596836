"""The list of a Garmin export, `…_summarizedActivities.json`: one activity per entry.

    [{"summarizedActivitiesExport": [
      {"activityId": 1, "activityType": "running", "beginTimestamp": 1702803747000,
       "duration": 415859.99, "distance": 117454.0, "avgSpeed": 0.28,
       "avgDoubleCadence": 171.9, …}, …]}]

Times are in ms, lengths in cm, speeds in m/s divided by 10, calories in kJ. Its ids are not those
in the file names: recordings are found by their start.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from math import isfinite
from statistics import median
from typing import Any

from tightlog.domain.clocks import MAX_UTC_OFFSET_S, nearest_utc_offset_s
from tightlog.domain.formats import GARMIN_LIST
from tightlog.domain.reading import Reading, no_activity, read, unreadable
from tightlog.domain.sports import FOOT_SPORTS
from tightlog.readers.exports.garmin_gear import listed_id
from tightlog.readers.exports.summary import (
    Listed,
    folded,
    is_believable,
    listed_activity,
    positive,
    sport_named,
    too_far,
)
from tightlog.readers.sport_words import Sport
from tightlog.units import KJ_PER_KCAL

READER = GARMIN_LIST.name
LIST_NAME = "Garmin export"
MAX_LIST_BYTES = 200 * 2**20
HEAD_BYTES = 4096
MARK = b'"summarizedActivitiesExport"'
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# Of the 328 entries of one export with a speed, the median of distance / (time x speed) is 1.0000
# and of the time 16 min; in metres, seconds and m/s the first would still hold, but activities
# would last a second.
UNIT_RATIO, LEAST_MEDIAN_S = (0.5, 2.0), 20.0

EMPTY = "a Garmin list without any activity"
UNKNOWN_UNITS = (
    "its distances, times and speeds do not fit together in the units of a Garmin export; please "
    "report this as a bug"
)

# Types that the common words for sports do not cover, or would get wrong.
TYPE_WORDS: dict[str, Sport] = {
    "multi sport": ("multisport", "generic"),
    "hiit": ("hiit", "generic"),
    "indoor climbing": ("rock_climbing", "indoor_climbing"),
    "bouldering": ("rock_climbing", "bouldering"),
    "breathwork": ("training", "breathing"),
    "fitness equipment": ("fitness_equipment", "generic"),
    "skate skiing ws": ("cross_country_skiing", "skate_skiing"),
    "skating ws": ("ice_skating", "generic"),
    "snow shoe ws": ("snowshoeing", "generic"),
    "snowshoeing ws": ("snowshoeing", "generic"),
    "surfing v2": ("surfing", "generic"),
    "sailing v2": ("sailing", "generic"),
    "wheelchair push run": ("wheelchair_push_run", "generic"),
    "wheelchair push walk": ("wheelchair_push_walk", "generic"),
    "cyclocross": ("cycling", "cyclocross"),
    "bmx": ("cycling", "bmx"),
    "ultra run": ("running", "ultra"),
    "other": ("generic", "generic"),
    "uncategorized": ("generic", "generic"),
}


def is_garmin_list(data: bytes) -> bool:
    """True for JSON that holds Garmin's list of activities."""
    return (
        data[:64].lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"[", b"{"))
        and MARK in data[:HEAD_BYTES]
    )


def read_garmin_list(data: bytes) -> Reading:
    """One activity without records per entry; of a damaged list the entries before the damage."""
    if len(data) > MAX_LIST_BYTES:
        return unreadable(READER, f"a list of more than {MAX_LIST_BYTES // 2**20} MB is not opened")
    entries: list[dict[str, Any]] = []
    problems = []
    try:
        entries.extend(_entries(data.decode("utf-8-sig", errors="replace")))
    except (ValueError, RecursionError) as problem:
        problems.append(f"the list is damaged ({_first_words(problem)})")
    if not entries:
        return (
            unreadable(READER, f"{problems[0]}; download the export again")
            if problems
            else no_activity(READER, EMPTY)
        )
    if not _has_known_units(entries):
        return unreadable(READER, UNKNOWN_UNITS)
    listed, undated = _dated(entries)
    if undated:
        problems.append(
            f"{undated} of its {len(entries)} entries have no believable start and were left out"
        )
    problems += too_far(listed)
    activities = tuple(listed_activity(one, index) for index, one in enumerate(listed))
    return (
        read(READER, activities, tuple(problems))
        if activities
        else unreadable(READER, "; ".join(problems))
    )


def _dated(entries: list[dict[str, Any]]) -> tuple[list[Listed], int]:
    """The entries as activities, in their order, and how many have no believable start."""
    # A multisport activity is listed beside its legs: only the legs count.
    parents = {entry["parentId"] for entry in entries if _number(entry, "parentId") is not None}
    listed: dict[object, Listed] = {}
    undated = 0
    for number, entry in enumerate(entries):
        key = entry.get("activityId")
        key = key if isinstance(key, int | str) else f"entry {number}"
        if key in parents or key in listed:
            continue
        started_at = _started_at(entry)
        if started_at is None:
            undated += 1
            continue
        listed[key] = _listed(entry, started_at)
    return list(listed.values()), undated


def _listed(entry: Mapping[str, Any], started_at: datetime) -> Listed:
    sport = sport_named(
        TYPE_WORDS, _text(_plain_type(entry.get("activityType"))), _type_of_sport(entry)
    )
    steps = positive(_number(entry, "avgDoubleCadence"))
    duration_s = _scaled(entry, "duration", 1e-3)
    return Listed(
        list_name=LIST_NAME,
        sport=sport,
        started_at=started_at,
        elapsed_s=_scaled(entry, "elapsedDuration", 1e-3) or duration_s,
        moving_s=duration_s,
        distance_m=_scaled(entry, "distance", 1e-2),
        top_speed_mps=_scaled(entry, "maxSpeed", 10.0),
        ascent_m=_scaled(entry, "elevationGain", 1e-2),
        descent_m=_scaled(entry, "elevationLoss", 1e-2),
        heart_rate_bpm=_number(entry, "avgHr"),
        cadence=_cadence(entry, sport, steps),
        is_cadence_in_steps=steps is not None,
        step_length_mm=_scaled(entry, "avgStrideLength", 10.0),
        utc_offset_s=_utc_offset_s(entry),
        name=_text(entry.get("name")),
        gear=_gear(entry),
        listed_id=listed_id(entry.get("activityId")),
        energy_kcal=_scaled(entry, "calories", 1 / KJ_PER_KCAL),
        rpe=_scaled(entry, "workoutRpe", 0.1) or _scaled(entry, "directWorkoutRpe", 0.1),
    )


def _cadence(entry: Mapping[str, Any], sport: Sport, steps: float | None) -> float | None:
    """Steps of both feet, else strides of one, on foot; revolutions or strokes per minute
    elsewhere.
    """
    if sport[0] not in FOOT_SPORTS:
        return positive(_number(entry, "avgBikeCadence")) or positive(
            _number(entry, "avgSwimCadence")
        )
    strides = positive(_number(entry, "avgRunCadence"))
    return steps or (strides + (_number(entry, "avgFractionalCadence") or 0.0) if strides else None)


def _entries(text: str) -> Iterator[dict[str, Any]]:
    """Entries of every list in the text, one at a time, so that damage costs only what follows
    it; raises ValueError there.
    """
    decoder, mark, place = json.JSONDecoder(), MARK.decode(), 0
    while (place := text.find(mark, place)) >= 0:
        place = text.find("[", place) + 1
        if place == 0:
            raise ValueError("it ends too early")
        while (place := _after(text, place, " \t\r\n,")) < len(text) and text[place] != "]":
            entry, place = decoder.raw_decode(text, place)
            if isinstance(entry, dict):
                yield entry
        if place >= len(text):
            raise ValueError("it ends too early")


def _after(text: str, place: int, skipped: str) -> int:
    while place < len(text) and text[place] in skipped:
        place += 1
    return place


def _has_known_units(entries: list[dict[str, Any]]) -> bool:
    ratios, times_s = (
        [],
        [
            duration * 1e-3
            for entry in entries
            if (duration := positive(_number(entry, "duration")))
        ],
    )
    for entry in entries:
        distance, duration, speed = (
            positive(_number(entry, name)) for name in ("distance", "duration", "avgSpeed")
        )
        if distance and duration and speed:
            ratios.append(distance * 1e-2 / (duration * 1e-3 * speed * 10.0))
    is_lasting = not times_s or median(times_s) >= LEAST_MEDIAN_S
    return is_lasting and (not ratios or UNIT_RATIO[0] <= median(ratios) <= UNIT_RATIO[1])


def _started_at(entry: Mapping[str, Any]) -> datetime | None:
    milliseconds = _number(entry, "beginTimestamp") or _number(entry, "startTimeGmt")
    if not milliseconds or abs(milliseconds) > 1e14:
        return None
    instant = EPOCH + timedelta(milliseconds=round(milliseconds))
    return instant if is_believable(instant) else None


def _utc_offset_s(entry: Mapping[str, Any]) -> int | None:
    local, utc = (
        _number(entry, "startTimeLocal"),
        _number(entry, "startTimeGmt") or _number(entry, "beginTimestamp"),
    )
    if not local or not utc:
        return None
    offset_s = nearest_utc_offset_s((local - utc) / 1000.0)
    return offset_s if abs(offset_s) <= MAX_UTC_OFFSET_S else None


def _plain_type(kind: object) -> object:
    """The type's key, which some exports nest: `{"typeKey": "running"}`."""
    return kind.get("typeKey") if isinstance(kind, dict) else kind


def _type_of_sport(entry: Mapping[str, Any]) -> str | None:
    """The sport beside the type, unless it is a placeholder (INVALID, STEPS)."""
    text = _text(entry.get("sportType"))
    return text if text and folded(text) not in ("invalid", "generic", "steps", "all") else None


def _gear(entry: Mapping[str, Any]) -> str | None:
    gear = entry.get("gear")
    return (
        _text(gear.get("displayName") or gear.get("customMakeModel"))
        if isinstance(gear, dict)
        else _text(gear)
    )


def _scaled(entry: Mapping[str, Any], name: str, factor: float) -> float | None:
    value = _number(entry, name)
    return None if value is None else value * factor


def _number(entry: Mapping[str, Any], name: str) -> float | None:
    value = entry.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > 1e18:
        return None
    return float(value) if isfinite(value) else None


def _text(value: object) -> str | None:
    return (value.strip()[:200] or None) if isinstance(value, str) else None


def _first_words(problem: Exception) -> str:
    return "it is nested too deep" if isinstance(problem, RecursionError) else str(problem)[:80]
