"""Ingest: from the files under data/raw to the draft's ledger and readings; nothing known is opened again."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

import duckdb
import polars as pl

from tightlog.domain import RECORD_SCHEMA, Activity, DiaryMapping, FileStatus, Reading, unreadable
from tightlog.ledger import IngestPlan, Progress
from tightlog.readers.archive import members
from tightlog.readers.content import MAX_FILE_BYTES, is_zip, read_content
from tightlog.readers.diary import is_table_name
from tightlog.readers.local_day import local_day
from tightlog.readers.source import FoundFile
from tightlog.twin_facts import twin_facts, with_cadence_settled, with_corrections
from tightlog.twins import twins
from tightlog.warehouse import build

Corrections = Mapping[str, Mapping[str, Any]]

# Records kept in memory before they are written: bounds memory whatever the number of files.
BATCH_RECORDS = 400_000
BODY_CHANNELS = ("cadence_spm", "heart_rate_bpm", "power_w", "vertical_oscillation_mm", "vertical_ratio_pct", "ground_contact_ms",
                 "ground_contact_left_pct", "step_length_mm")
PLACE_CHANNELS = ("latitude_deg", "altitude_m", "distance_m", "speed_mps")
UNFINISHED_SUFFIXES = (".part", ".partial", ".crdownload", ".download", ".tmp", ".filepart", "~")


@dataclass
class _Batch:
    """Readings waiting to be written."""

    contents: list[tuple[str, str, str | None, str | None, int, int, str | None]] = field(default_factory=list)
    activities: list[dict[str, object]] = field(default_factory=list)
    records: list[pl.DataFrame] = field(default_factory=list)
    laps: list[pl.DataFrame] = field(default_factory=list)
    scores: list[dict[str, object]] = field(default_factory=list)
    context: list[dict[str, object]] = field(default_factory=list)
    interventions: list[dict[str, object]] = field(default_factory=list)
    record_count: int = 0


@dataclass(frozen=True)
class _Location:
    path: str
    member: str | None
    sha256: str | None
    size_bytes: int
    stat_fingerprint: str
    status: str | None
    reason: str | None
    is_new: bool


def ingest(connection: duckdb.DuckDBPyConnection, plan: IngestPlan, home_zone: ZoneInfo, progress: Progress,
           mappings: Sequence[DiaryMapping] = (), corrections: Corrections = MappingProxyType({})) -> None:
    """Brings the draft's ledger and readings to what lies under data/raw, twins set aside.

    `mappings` say how diary files are read, `corrections` what the runner said of activities, by their id.
    """
    build.make_ingest_tables(connection)
    now = datetime.now(UTC)
    first_seen = {(path, member): seen for path, member, seen in
                  connection.execute("select path, member, first_seen_at from ingest.location").fetchall()}
    known = {row[0] for row in connection.execute("select sha256 from ingest.content").fetchall()}
    connection.execute("update ingest.location set is_new = false where is_new")
    replaced = [*plan.gone, *(file.path for file in plan.changed)]
    stale = _stale_tables(connection, plan, set(replaced))
    connection.execute("delete from ingest.location where list_contains(?, path)", [replaced])
    build.forget(connection, stale)
    batch, locations, taken = _Batch(), [], known - stale
    known = known - stale if plan.rereads_tables else known
    # Of two copies of a table, the one that tightlog.toml describes is read.
    for number, file in enumerate(sorted(plan.changed, key=lambda file: _mapping(file.path, mappings) is None)):
        progress(file.path, number, len(plan.changed))
        for location, data in _contents(file):
            locations.append(_taken(location, data, known, taken, batch, home_zone, mappings))
            if batch.record_count > BATCH_RECORDS:
                _write(connection, batch)
                batch = _Batch()
    _write(connection, batch)
    _write_locations(connection, locations, first_seen, now)
    gone = connection.execute("select sha256 from ingest.content where sha256 not in (select sha256 from ingest.location where sha256 is not null)")
    build.forget(connection, [row[0] for row in gone.fetchall()])
    _set_twins_aside(connection, corrections)


def _stale_tables(connection: duckdb.DuckDBPyConnection, plan: IngestPlan, replaced: set[str]) -> set[str]:
    """Contents of tables to be read again: all when the settings say something else of them, else those that lie nowhere under their old name."""
    places = connection.execute("select path, coalesce(member, path), sha256 from ingest.location where sha256 is not null").fetchall()
    staying = {sha256 for path, _, sha256 in places if path not in replaced and not plan.rereads_tables}
    return {sha256 for _, name, sha256 in places if is_table_name(name)} - staying


def _mapping(path: str, mappings: Sequence[DiaryMapping]) -> DiaryMapping | None:
    return next((mapping for mapping in mappings if mapping.fits(path)), None)


def _set_twins_aside(connection: duckdb.DuckDBPyConnection, corrections: Corrections) -> None:
    """Decides anew which activities are one, and what the kept ones learn from those set aside and from the runner."""
    activities = build.frame(connection, "select * from ingest.activity")
    places = build.frame(connection, "select concat_ws('/', path, member) as place, sha256 from ingest.location where sha256 is not null")
    aside = twins(activities, places.iter_rows())
    facts = with_corrections(twin_facts(activities, aside), aside, corrections)
    build.replace(connection, "twin", aside)
    build.replace(connection, "twin_fact", with_cadence_settled(facts, activities, _cadences(connection, facts)))


def _cadences(connection: duckdb.DuckDBPyConnection, facts: pl.DataFrame) -> pl.DataFrame:
    """Non-zero cadences as stored (`activity_id, cadence`) of the activities whose sport another file tells."""
    told = facts.filter(pl.col("sport").is_not_null())["activity_id"].to_list()
    return build.frame(connection, build.statement("derive/cadence"), [told])


def _contents(file: FoundFile) -> Iterator[tuple[_Location, bytes | None]]:
    """Locations of a file and, for an archive, of its members, each with its bytes where they are to be read."""
    def at(member: str | None, size: int, status: FileStatus | None, reason: str | None) -> _Location:
        return _Location(file.path, member, None, size, file.stat_fingerprint, status, reason, True)

    refusal = _refusal(file)
    if refusal is not None:
        yield at(None, file.size_bytes, *refusal), None
        return
    try:
        with open(file.location, "rb") as opened:
            if not is_zip(opened.read(4)):
                opened.seek(0)
                data = opened.read(MAX_FILE_BYTES + 1)
                yield at(None, file.size_bytes, None, None), data
                return
            opened.seek(0)
            found = 0
            for member in members(opened):
                found += 1
                status = FileStatus.UNREADABLE if member.is_broken else FileStatus.NO_ACTIVITY
                if member.name:
                    yield at(member.name, member.size_bytes, None if member.data is not None else status, member.reason), member.data
                else:
                    yield at(None, file.size_bytes, status, member.reason), None
                    return
            yield at(None, file.size_bytes, FileStatus.NO_ACTIVITY, f"an archive of {found} files, listed one by one"), None
    except OSError as problem:
        yield at(None, file.size_bytes, FileStatus.UNREADABLE, f"cannot be opened ({problem.strerror}); check its permissions"), None


def _refusal(file: FoundFile) -> tuple[FileStatus, str] | None:
    if file.not_needed:
        return FileStatus.NO_ACTIVITY, file.not_needed
    if file.is_link_to_folder:
        return FileStatus.NO_ACTIVITY, "a link to a folder is not followed; put the folder itself here"
    if not file.location.is_file():
        return FileStatus.UNREADABLE, "not a file that can be opened (a dangling link or a device)"
    if file.path.lower().endswith(UNFINISHED_SUFFIXES):
        return FileStatus.UNREADABLE, "still being written (a temporary name); it is read when it is complete"
    return None


def _taken(location: _Location, data: bytes | None, known: set[str], taken: set[str], batch: _Batch, home_zone: ZoneInfo,
           mappings: Sequence[DiaryMapping]) -> _Location:
    """The location with its content's hash, after the content was read where it is new."""
    if data is None:
        return location
    if len(data) > MAX_FILE_BYTES:
        return _Location(location.path, location.member, None, location.size_bytes, location.stat_fingerprint, FileStatus.NO_ACTIVITY,
                         f"larger than {MAX_FILE_BYTES // 2**20} MB: not opened", True)
    sha256 = hashlib.sha256(data).hexdigest()
    if sha256 not in taken:
        taken.add(sha256)
        place = location.path if location.member is None else f"{location.path}/{location.member}"
        _add(batch, sha256, _reading(data, place.rpartition("/")[2], home_zone, _mapping(place, mappings)), home_zone)
    return _Location(location.path, location.member, sha256, location.size_bytes, location.stat_fingerprint, None, None, sha256 not in known)


def _reading(data: bytes, name: str, home_zone: ZoneInfo, mapping: DiaryMapping | None) -> Reading:
    try:
        return read_content(data, name, home_zone, mapping)
    except Exception as problem:  # noqa: BLE001 - one file no reader foresaw must not stop the others; the reason is kept and shown
        return unreadable(None, f"tightlog stumbled over it ({type(problem).__name__}: {problem}); please report this as a bug")


def _add(batch: _Batch, sha256: str, reading: Reading, home_zone: ZoneInfo) -> None:
    batch.contents.append((sha256, reading.status.value, reading.reason, reading.reader, len(reading.activities), len(reading.scores),
                           reading.columns))
    for activity in reading.activities:
        activity_id = f"{sha256[:16]}-{activity.session_index}"
        batch.activities.append(_activity_row(activity_id, sha256, activity, reading, home_zone))
        batch.records.append(activity.records.with_columns(activity_id=pl.lit(activity_id)))
        batch.laps.append(activity.laps.with_columns(activity_id=pl.lit(activity_id)))
        batch.record_count += activity.records.height
    for score in reading.scores:
        batch.scores.append({"sha256": sha256, **{name: getattr(score, name) for name in SCORE_FIELDS}, "red_flags": list(score.red_flags)})
    for done in reading.interventions:
        batch.interventions.append({"sha256": sha256, **{name: getattr(done, name) for name in DONE_FIELDS}})
    for value in reading.context:
        batch.context.append({"sha256": sha256, "day": value.day, "name": value.name, "value": value.value, "unit": value.unit,
                              "source": value.source})


SCORE_FIELDS = ("entry_id", "rated_at", "day", "moment", "score", "is_sharp", "note", "source", "raw_value")
DONE_FIELDS = ("entry_id", "done_at", "day", "intervention", "minutes", "rpe", "source")
ACTIVITY_FIELDS = ("session_index", "sport", "sub_sport", "started_at", "elapsed_s", "moving_s", "distance_m", "ascent_m", "descent_m",
                   "has_barometer", "speed_mps", "cadence_spm", "cadence_raw", "cadence_rule", "heart_rate_bpm", "power_w",
                   "vertical_oscillation_mm", "vertical_ratio_pct", "ground_contact_ms", "ground_contact_left_pct", "step_length_mm",
                   "device", "is_indoor", "name", "shoe", "rpe", "file_hint")


def _activity_row(activity_id: str, sha256: str, activity: Activity, reading: Reading, home_zone: ZoneInfo) -> dict[str, object]:
    latitude, longitude = _first_position(activity.records)
    local = local_day(activity.started_at, activity.utc_offset_s, latitude, longitude, home_zone)
    measured = {name for name in (*BODY_CHANNELS, *PLACE_CHANNELS) if activity.records[name].null_count() < activity.records.height}
    return {
        "activity_id": activity_id, "sha256": sha256, **{name: getattr(activity, name) for name in ACTIVITY_FIELDS},
        "utc_offset_s": local.utc_offset_s, "utc_offset_source": local.source, "day": local.day, "reader": reading.reader,
        "is_partial": reading.status is FileStatus.PARTIAL, "record_count": activity.records.height,
        "body_channel_count": len(measured & set(BODY_CHANNELS)), "place_channel_count": len(measured & set(PLACE_CHANNELS)),
        "first_latitude_deg": latitude, "first_longitude_deg": longitude,
    }


def _first_position(records: pl.DataFrame) -> tuple[float | None, float | None]:
    positioned = records.select("latitude_deg", "longitude_deg").drop_nulls().head(1)
    return positioned.row(0) if positioned.height else (None, None)


def _write(connection: duckdb.DuckDBPyConnection, batch: _Batch) -> None:
    if not batch.contents:
        return
    build.append(connection, "content", pl.DataFrame(batch.contents, orient="row", schema={
        "sha256": pl.String, "status": pl.String, "reason": pl.String, "reader": pl.String, "activity_count": pl.Int32, "score_count": pl.Int32,
        "columns": pl.String}))
    if batch.activities:
        activities = pl.DataFrame(batch.activities, infer_schema_length=None)
        records = pl.concat([frame.select("activity_id", *RECORD_SCHEMA) for frame in batch.records])
        build.append(connection, "activity", activities)
        build.append(connection, "record", records)
        build.append(connection, "lap", pl.concat(batch.laps))
        build.derive_per_activity(connection, activities, records)
    for table, rows in (("score", batch.scores), ("context", batch.context), ("intervention", batch.interventions)):
        if rows:
            build.append(connection, table, pl.DataFrame(rows, infer_schema_length=None))


def _write_locations(connection: duckdb.DuckDBPyConnection, locations: list[_Location], first_seen: dict[tuple[str, str | None], datetime],
                     now: datetime) -> None:
    rows = [(one.path, one.member, one.sha256, one.size_bytes, one.stat_fingerprint, one.status, one.reason,
             first_seen.get((one.path, one.member), now), one.is_new) for one in locations]
    build.append(connection, "location", pl.DataFrame(rows, orient="row", schema={
        "path": pl.String, "member": pl.String, "sha256": pl.String, "size_bytes": pl.Int64, "stat_fingerprint": pl.String,
        "status": pl.String, "reason": pl.String, "first_seen_at": pl.Datetime("us", "UTC"), "is_new": pl.Boolean}))
