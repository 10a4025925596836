"""Apple Health: an export's XML, or a part of one, as activities, scores, nights and days. Any
bytes give a Reading.

Entries of lower back pain are scores by their words, as those of any diary: none, mild, moderate,
severe. One that says only that there was pain, and not how much, is no score.
"""

import hashlib
import io
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from tightlog.domain.clocks import last_day, outside_words
from tightlog.domain.diary import FILE_ENTRY, NOT_UNDERSTOOD, TightnessScore
from tightlog.domain.file_status import FileStatus
from tightlog.domain.formats import APPLE_HEALTH
from tightlog.domain.reading import Reading, no_activity, read, unreadable
from tightlog.readers.diary.cells.scales import score_cell
from tightlog.readers.health.activity import activity_of, zone_named
from tightlog.readers.health.apple_days import apple_day_values
from tightlog.readers.health.nights import days_reading
from tightlog.readers.health.part_format import MAGIC, NoPart, Part, unpacked
from tightlog.readers.health.parts import health_export
from tightlog.readers.health.workout_facts import Facts
from tightlog.words.files import WELLNESS_UNREAD
from tightlog.words.numbers import counted

__all__ = ["is_apple_part", "read_apple"]

SOURCE = "apple_health"
# What Apple's grades are called in a diary; any other grade is no score.
WORDS: Mapping[str, str] = {
    "NotPresent": "none",
    "Mild": "mild",
    "Moderate": "moderate",
    "Severe": "severe",
}
UNGRADED = "Unspecified"
# An entry that lasts longer is of its day, and not of a moment.
LONGEST_MOMENT_S = 2 * 3_600
FACTS = frozenset(field.name for field in fields(Facts))


def is_apple_part(data: bytes) -> bool:
    """True for a part of an Apple export, as ingest makes them."""
    return data.startswith(MAGIC)


def read_apple(data: bytes, home_zone: ZoneInfo, reads_wellness: bool = True) -> Reading:
    """Reading of a part, or of a whole export that lies in memory, which has no routes."""
    if is_apple_part(data):
        return _read_part(data, home_zone, reads_wellness)
    export = health_export(io.BytesIO(data))
    readings = [_read_part(part.data(), home_zone, reads_wellness) for part in export.parts]
    said = (one.reason for one in readings if one.status is not FileStatus.NO_ACTIVITY)
    problems = tuple(dict.fromkeys(words for words in (export.problem, *said) if words))
    found = (one for reading in readings for one in reading.activities)
    activities = tuple(replace(one, session_index=index) for index, one in enumerate(found))
    scores = tuple(score for reading in readings for score in reading.scores)
    context = tuple(value for reading in readings for value in reading.context)
    if not activities and not scores and not context:
        why = "; ".join(problems)
        return unreadable(APPLE_HEALTH.name, why) if problems else _nothing()
    whole = read(APPLE_HEALTH.name, activities, problems)
    columns = next((reading.columns for reading in readings if reading.columns), None)
    return Reading(
        whole.status,
        whole.reader,
        whole.reason,
        activities,
        scores,
        context=context,
        columns=columns,
    )


def _nothing() -> Reading:
    return no_activity(
        APPLE_HEALTH.name, "no workout, night, day or entry of lower back pain in it"
    )


def _read_part(data: bytes, home_zone: ZoneInfo, reads_wellness: bool) -> Reading:
    try:
        part = unpacked(data)
        if "days" in part.header and not reads_wellness:
            return no_activity(APPLE_HEALTH.name, WELLNESS_UNREAD)
        if "days" in part.header:
            values = tuple(apple_day_values(part, home_zone))
            return days_reading(APPLE_HEALTH.name, values, "no night and no day in it")
        if "symptoms" in part.header:
            return _read_symptoms(part.header["symptoms"], home_zone)
        return _read_workout(part)
    except NoPart as problem:
        return unreadable(APPLE_HEALTH.name, f"a part of an Apple export, but {problem}")
    # Parts are made by ingest; one that lies in data/raw may hold anything.
    except (TypeError, ValueError, KeyError, AttributeError, OverflowError, OSError):
        return unreadable(APPLE_HEALTH.name, "a part of an Apple export, but damaged")


def _read_workout(part: Part) -> Reading:
    said = part.header.get("workout")
    if not isinstance(said, dict) or set(said) != FACTS:
        raise NoPart("it holds no workout")
    facts = Facts(**{**said, "pauses": tuple((int(a), int(b)) for a, b in said["pauses"])})
    activity, problems = activity_of(facts, part.samples, part.routes)
    return read(APPLE_HEALTH.name, (activity,), problems)


def _read_symptoms(entries: Sequence[Mapping[str, Any]], home_zone: ZoneInfo) -> Reading:
    scores: list[TightnessScore] = []
    ungraded, problems = 0, []
    last = last_day(home_zone)
    for entry in entries:
        score = _score(entry, home_zone)
        if score is None:
            ungraded += entry["grade"] == UNGRADED
            if entry["grade"] != UNGRADED:
                problems.append(f"{str(entry['grade'])[:40]!r} is no grade of pain")
        elif outside := outside_words(score.day, last):
            problems.append(f"an entry {outside}")
        else:
            scores.append(score)
    notes = list(dict.fromkeys(problems))
    if ungraded:
        said = counted(ungraded, "entry", "entries")
        notes.append(f"{said} with pain but without its grade, no score")
    status = FileStatus.PARTIAL if problems else FileStatus.READ
    if not scores:
        return no_activity(APPLE_HEALTH.name, "; ".join(notes) or "no entry of lower back pain")
    scale = ", ".join(f"{apple} {_points(words):g}" for apple, words in WORDS.items())
    columns = f"lower back pain as the score, by its words: {scale}"
    reason = "; ".join(notes) or None
    return Reading(status, APPLE_HEALTH.name, reason, scores=tuple(scores), columns=columns)


def _score(entry: Mapping[str, Any], home_zone: ZoneInfo) -> TightnessScore | None:
    """The score of one entry; None where its grade is none."""
    words = WORDS.get(entry["grade"])
    if words is None:
        return None
    zone = zone_named(entry["zone"]) or home_zone
    at = datetime.fromtimestamp(entry["started_s"], UTC)
    ended_at = datetime.fromtimestamp(entry["ended_s"], UTC)
    is_moment = (ended_at - at).total_seconds() <= LONGEST_MOMENT_S
    said = f"{SOURCE}\n{entry['started_s']}\n{entry['ended_s']}\n{entry['grade']}"
    return TightnessScore(
        entry_id=FILE_ENTRY + hashlib.sha256(said.encode()).hexdigest()[:12],
        day=at.astimezone(zone).date(),
        score=_points(words),
        rated_at=at if is_moment else None,
        moment=None if is_moment else NOT_UNDERSTOOD,
        source=SOURCE,
        raw_value=entry["grade"],
        raw_moment=None if is_moment else f"from {_clock(at, zone)} to {_clock(ended_at, zone)}",
    )


def _clock(at: datetime, zone: ZoneInfo) -> str:
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M}"


def _points(words: str) -> float:
    cell = score_cell(words)
    assert cell is not None
    return cell.number
