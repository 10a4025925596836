"""Ingest: reads new and changed files under data/raw into the draft; known files are not opened
again.
"""

import hashlib
import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

import polars as pl

from tightlog.domain.diary import DiaryMapping, mapping_of
from tightlog.domain.file_status import FileStatus
from tightlog.domain.frames import UTC_INSTANT, Columns
from tightlog.ingest.clocks import clocks
from tightlog.ingest.isolation import HERE_BYTES, batches
from tightlog.ingest.kinds import kinds, of_another_sport
from tightlog.ingest.ledger import CLOSED_FILE, IngestPlan, Progress
from tightlog.ingest.locations import TOO_LARGE, Location, contents_of
from tightlog.ingest.reading import (
    CONTENT_SCHEMA,
    CONTEXT_SCHEMA,
    Batch,
    Content,
    activity_frame,
)
from tightlog.ingest.source import FoundFile
from tightlog.ingest.twin_facts import twin_facts, with_cadence_settled, with_corrections
from tightlog.ingest.twins import twins
from tightlog.readers.content import MAX_FILE_BYTES
from tightlog.warehouse.drafts.readings import Readings
from tightlog.warehouse.segments.shelf import KEYS_PER_CONTENT
from tightlog.words.files import reason_words

Corrections = Mapping[str, Mapping[str, Any]]

# Contents whose rows are kept in memory before they are written.
BATCH_CONTENTS = 1_000
KEPT = ". What was read from it before is kept"
LOCATION_SCHEMA: Columns = {
    "path": pl.String,
    "member": pl.String,
    "sha256": pl.String,
    "size_bytes": pl.Int64,
    "stat_fingerprint": pl.String,
    "status": pl.String,
    "reason": pl.String,
    "reason_code": pl.String,
    "first_seen_at": UTC_INSTANT,
    "is_new": pl.Boolean,
}


def ingest(
    readings: Readings,
    plan: IngestPlan,
    home_zone: ZoneInfo,
    progress: Progress,
    mappings: Sequence[DiaryMapping] = (),
    corrections: Corrections = MappingProxyType({}),
    default_sport: str | None = None,
    isolates_all: bool = False,
    reads_wellness: bool = True,
) -> None:
    """Brings the draft up to date with data/raw, sets twins aside and decides kinds.

    `mappings` say how diary files are read, `corrections` what the runner said of activities, by
    their id, `default_sport` what those are that nothing says the kind of; with `isolates_all` even
    small files are read in a process of their own. Without `reads_wellness` the nights and days of
    devices stay unread.
    """
    readings.end_news()
    readings.forget(plan.stale_contents)
    locations: list[Location] = []
    # Of two copies of a table, the one that tightlog.toml describes is read.
    files = sorted(plan.changed, key=lambda file: mapping_of(mappings, file.path) is None)
    shelf = readings.shelf
    keys = itertools.count(shelf.next_key(), KEYS_PER_CONTENT)
    new = _new_contents(files, locations, plan, progress)
    found = (
        Content(sha256, data, name, mapping_of(mappings, place), next(keys), reads_wellness)
        for sha256, data, name, place in new
    )
    # Where processes will read anyway, they read from the start.
    is_much = sum(file.size_bytes for file in files) > HERE_BYTES
    _write_all(readings, batches(found, home_zone, shelf.folder, isolates_all or is_much))
    _write_ledger(readings, plan, locations)
    readings.forget(readings.contents_nowhere())
    shelf.settle()
    # Activities are read with the shoes that lists name.
    readings.replace("listed_shoe", readings.listed_shoes())
    activities, places = readings.activities(), readings.places().rows()
    _set_twins_aside(readings, activities, places, corrections, default_sport)
    readings.replace("clock", clocks(activities, home_zone, places))


def _write_ledger(readings: Readings, plan: IngestPlan, locations: Sequence[Location]) -> None:
    """Replaces the ledger's rows of changed files; files that cannot be opened now keep theirs."""
    closed = _closed(plan, locations)
    readings.forget_places(plan.replaced - set(closed))
    opened_now = [one for one in locations if one.path not in closed]
    readings.append("location", _location_frame(opened_now, plan))
    for path, (mark, reason) in closed.items():
        readings.mark([path], mark)
        kept = KEPT if path in plan.ledger.read_paths else ""
        readings.judge(path, FileStatus.UNREADABLE, reason + kept)
    if plan.rereads_tables:
        # Tables in closed folders are read again once the folders open.
        readings.mark(plan.tables_among(plan.kept - set(closed)), CLOSED_FILE)


def _closed(plan: IngestPlan, locations: Sequence[Location]) -> dict[str, tuple[str, str]]:
    """Fingerprint and reason by path of the files known before that could not be opened or read."""
    found = {
        file.path: (CLOSED_FILE + file.stat_fingerprint, file.closed or "") for file in plan.closed
    }
    return found | {
        one.path: (one.stat_fingerprint, one.reason or "")
        for one in locations
        if one.is_closed and one.path in plan.ledger.paths
    }


def _set_twins_aside(
    readings: Readings,
    activities: pl.DataFrame,
    places: Sequence[tuple[str, str]],
    corrections: Corrections,
    default_sport: str | None,
) -> None:
    """Decides which activities are the same, and what the kept ones take from the others, from
    the runner and from the settings.
    """
    aside = twins(activities, places, readings.effort_curves)
    kind = kinds(activities, aside, corrections, default_sport)
    facts = with_corrections(twin_facts(activities, aside), aside, corrections)
    renamed = of_another_sport(activities, kind)
    cadences = readings.cadences(renamed["activity_id"])
    readings.replace("twin", aside)
    readings.replace("kind", kind)
    readings.replace("twin_fact", with_cadence_settled(facts, renamed, cadences))


def _new_contents(
    files: Sequence[FoundFile],
    locations: list[Location],
    plan: IngestPlan,
    progress: Progress,
) -> Iterator[tuple[str, bytes, str, str]]:
    """SHA-256, bytes, name and place of each content not read yet, once; every place that was
    looked at is added to `locations`.
    """
    taken, seen = set(plan.ledger.contents - plan.stale_contents), plan.seen_contents
    for number, file in enumerate(files):
        progress(file.path, number, len(files))
        for location, data in contents_of(file):
            sha256 = _sha256(data)
            locations.append(_judged(location, data, sha256, seen))
            if data is not None and sha256 is not None and sha256 not in taken:
                taken.add(sha256)
                place = location.place
                yield sha256, data, place.rpartition("/")[2], place


def _sha256(data: bytes | None) -> str | None:
    """None for what was not opened or is too large to be read."""
    if data is None or len(data) > MAX_FILE_BYTES:
        return None
    return hashlib.sha256(data).hexdigest()


def _judged(
    location: Location, data: bytes | None, sha256: str | None, seen: frozenset[str]
) -> Location:
    """The location with its content's hash, or with why it was not opened."""
    if data is None:
        return location
    if sha256 is None:
        return replace(location, status=FileStatus.NO_ACTIVITY, reason=TOO_LARGE)
    return Location(**vars(location) | {"sha256": sha256, "is_new": sha256 not in seen})


def _write_all(readings: Readings, read: Iterable[Batch]) -> None:
    """Writes what was read, many small batches at once."""
    waiting = Batch()
    for batch in read:
        waiting.add(batch)
        if len(waiting.contents) > BATCH_CONTENTS:
            _write(readings, waiting)
            waiting = Batch()
    _write(readings, waiting)


def _write(readings: Readings, batch: Batch) -> None:
    if not batch.contents:
        return
    readings.append("content", pl.DataFrame(batch.contents, schema=CONTENT_SCHEMA))
    if batch.activities:
        readings.append("activity", activity_frame(batch))
    readings.shelf.add(batch.segments)
    if batch.laps:
        readings.append("lap", pl.concat(batch.laps))
    if batch.context:
        readings.append("context", pl.DataFrame(batch.context, schema=dict(CONTEXT_SCHEMA)))
    for table, rows in (
        ("score", batch.scores),
        ("intervention", batch.interventions),
        ("gear", batch.gear),
    ):
        if rows:
            readings.append(table, pl.DataFrame(rows, infer_schema_length=None))


def _location_frame(locations: Sequence[Location], plan: IngestPlan) -> pl.DataFrame:
    now = datetime.now(UTC)
    rows = [
        vars(one)
        | {
            "reason": reason_words(one.reason_code, one.reason),
            "first_seen_at": plan.ledger.first_seen.get((one.path, one.member), now),
        }
        for one in locations
    ]
    return pl.DataFrame(rows, schema=dict(LOCATION_SCHEMA))
