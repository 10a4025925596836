"""Ingest: from the files under data/raw to the draft's ledger and readings; nothing known is
opened again.
"""

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from types import MappingProxyType
from typing import IO, Any
from zoneinfo import ZoneInfo

import duckdb
import polars as pl

from tightlog.domain.diary import DiaryMapping
from tightlog.domain.file_status import FileStatus
from tightlog.ingest.folder_tree import Kind, NoRegularFile, disk_problem, opened
from tightlog.ingest.isolation import batches
from tightlog.ingest.ledger import CLOSED_FILE, IngestPlan, Progress
from tightlog.ingest.reading import CONTENT_SCHEMA, Batch, Content, activity_frame
from tightlog.ingest.source import PLACEHOLDER_SUFFIX, FoundFile, closed_words, fingerprint
from tightlog.ingest.twin_facts import twin_facts, with_cadence_settled, with_corrections
from tightlog.ingest.twins import twins
from tightlog.readers.archive import members
from tightlog.readers.content import MAX_FILE_BYTES, is_zip
from tightlog.readers.diary import is_table_name
from tightlog.warehouse import build

Corrections = Mapping[str, Mapping[str, Any]]

# Records kept in memory before they are written: bounds memory whatever the number of files.
BATCH_RECORDS = 500_000
# Spreadsheets are ZIPs inside; opening them as such would list their inner parts.
SPREADSHEET_SUFFIXES = (".xlsx", ".xlsm", ".ods", ".numbers")
# Browsers, FTP clients, Syncthing on Windows (~syncthing~….tmp), Resilio (.!sync), Google Drive,
# OneDrive, MEGA, editors.
UNFINISHED_SUFFIXES = (
    ".part",
    ".partial",
    ".crdownload",
    ".download",
    ".opdownload",
    ".tmp",
    ".temp",
    ".filepart",
    ".!sync",
    ".aria2",
    ".tmp.drivedownload",
    ".megatmp",
    "~",
)
UNFINISHED = "still being written; it is read the next time"
KEPT = ". What was read from it before is kept"
NO_FILE = (
    "not a file but a pipe, a socket, a device or a file of the system, which are never opened"
)
TOO_LARGE = f"larger than {MAX_FILE_BYTES // 2**20} MB: not opened"


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
    # True when the file is there and could not be read this time.
    is_closed: bool = False


def ingest(
    connection: duckdb.DuckDBPyConnection,
    plan: IngestPlan,
    home_zone: ZoneInfo,
    progress: Progress,
    mappings: Sequence[DiaryMapping] = (),
    corrections: Corrections = MappingProxyType({}),
    isolates_all: bool = False,
) -> None:
    """Brings the draft's ledger and readings to what lies under data/raw, twins set aside.

    `mappings` say how diary files are read, `corrections` what the runner said of activities, by
    their id; with
    `isolates_all` even small files are read in a process of their own.
    """
    build.make_ingest_tables(connection)
    now = datetime.now(UTC)
    first_seen = {
        (path, member): seen
        for path, member, seen in connection.execute(
            "select path, member, first_seen_at from ingest.location"
        ).fetchall()
    }
    known = {row[0] for row in connection.execute("select sha256 from ingest.content").fetchall()}
    connection.execute("update ingest.location set is_new = false where is_new")
    replaced = [*plan.gone, *(file.path for file in plan.changed)]
    stale = _stale_tables(connection, plan, set(replaced))
    build.forget(connection, stale)
    known = known - stale if plan.rereads_tables else known
    locations: list[_Location] = []
    # Of two copies of a table, the one that tightlog.toml describes is read.
    files = sorted(plan.changed, key=lambda file: _mapping(file.path, mappings) is None)
    _write_all(
        connection,
        batches(
            _new_contents(files, locations, known, stale, mappings, progress),
            home_zone,
            isolates_all,
        ),
    )
    closed = _closed(plan, locations, {path for path, _ in first_seen})
    connection.execute(
        "delete from ingest.location where list_contains(?, path)",
        [[path for path in replaced if path not in closed]],
    )
    opened_now = [one for one in locations if one.path not in closed]
    _write_locations(connection, opened_now, first_seen, now)
    _mark_closed(connection, closed)
    if plan.rereads_tables:
        _read_when_opened(connection, plan.kept - set(closed))
    gone = connection.execute(
        "select sha256 from ingest.content where sha256 not in (select sha256 from "
        "ingest.location where sha256 is not null)"
    )
    build.forget(connection, [row[0] for row in gone.fetchall()])
    _set_twins_aside(connection, corrections)


def _closed(
    plan: IngestPlan, locations: Sequence[_Location], known: set[str]
) -> dict[str, tuple[str, str]]:
    """Fingerprint and reason by path of the files known before that could not be opened or read."""
    found = {
        file.path: (CLOSED_FILE + file.stat_fingerprint, file.closed or "") for file in plan.closed
    }
    return found | {
        one.path: (one.stat_fingerprint, one.reason or "")
        for one in locations
        if one.is_closed and one.path in known
    }


def _mark_closed(
    connection: duckdb.DuckDBPyConnection, closed: Mapping[str, tuple[str, str]]
) -> None:
    """Says of files that they cannot be opened now; what was read from them stays."""
    for path, (mark, reason) in closed.items():
        read = connection.execute(
            "select 1 from ingest.location where path = ? and sha256 is not null", [path]
        ).fetchall()
        connection.execute(
            "update ingest.location set stat_fingerprint = ? where path = ?", [mark, path]
        )
        connection.execute(
            "update ingest.location set status = ?, reason = ? where path = ? and member is null",
            [FileStatus.UNREADABLE, reason + (KEPT if read else ""), path],
        )


def _read_when_opened(connection: duckdb.DuckDBPyConnection, paths: Iterable[str]) -> None:
    """Has tables below closed folders read anew once they open: what is said of them is another."""
    places = connection.execute(
        "select path, coalesce(member, path) from ingest.location where list_contains(?, path)",
        [list(paths)],
    ).fetchall()
    tables = [path for path, name in places if is_table_name(name)]
    connection.execute(
        "update ingest.location set stat_fingerprint = ? where list_contains(?, path)",
        [CLOSED_FILE, tables],
    )


def _stale_tables(
    connection: duckdb.DuckDBPyConnection, plan: IngestPlan, replaced: set[str]
) -> set[str]:
    """Contents of tables to be read again: all when the settings say something else of them,
    else those that lie nowhere under their old name.
    """
    places = connection.execute(
        "select path, coalesce(member, path), sha256 from ingest.location where sha256 is not null"
    ).fetchall()
    staying = {
        sha256
        for path, _, sha256 in places
        if path in plan.kept or (path not in replaced and not plan.rereads_tables)
    }
    return {sha256 for _, name, sha256 in places if is_table_name(name)} - staying


def _mapping(path: str, mappings: Sequence[DiaryMapping]) -> DiaryMapping | None:
    return next((mapping for mapping in mappings if mapping.fits(path)), None)


def _set_twins_aside(connection: duckdb.DuckDBPyConnection, corrections: Corrections) -> None:
    """Decides anew which activities are one, and what the kept ones learn from those set aside
    and from the runner.
    """
    activities = build.frame(connection, "select * from ingest.activity")
    places = build.frame(
        connection,
        (
            "select concat_ws('/', path, member) as place, sha256 from ingest.location where "
            "sha256 is not null"
        ),
    )
    aside = twins(activities, places.iter_rows())
    facts = with_corrections(twin_facts(activities, aside), aside, corrections)
    build.replace(connection, "twin", aside)
    build.replace(
        connection,
        "twin_fact",
        with_cadence_settled(facts, activities, _cadences(connection, facts)),
    )


def _cadences(connection: duckdb.DuckDBPyConnection, facts: pl.DataFrame) -> pl.DataFrame:
    """Non-zero cadences as stored (`activity_id, cadence`) of the activities whose sport another
    file tells.
    """
    told = facts.filter(pl.col("sport").is_not_null())["activity_id"].to_list()
    return build.frame(connection, build.statement("derive/cadence"), [told])


def _contents(file: FoundFile) -> Iterator[tuple[_Location, bytes | None]]:
    """Locations of a file and, for an archive, of its members, each with its bytes where they
    are to be read.
    """
    refusal = _refusal(file)
    if refusal is not None:
        yield _whole(file, *refusal), None
        return
    try:
        with opened(file.location) as content:
            yield from _opened_contents(file, content)
    except NoRegularFile:
        yield _whole(file, FileStatus.UNREADABLE, NO_FILE), None
    except OSError as problem:
        closed = _whole(file, FileStatus.UNREADABLE, closed_words(problem))
        mark = CLOSED_FILE + file.stat_fingerprint
        yield replace(closed, stat_fingerprint=mark, is_closed=True), None


def _opened_contents(
    file: FoundFile, content: IO[bytes]
) -> Iterator[tuple[_Location, bytes | None]]:
    size_bytes = os.fstat(content.fileno()).st_size
    # A file of no size is never read: some of the system's own would not end.
    if is_zip(content.read(4) if size_bytes else b""):
        yield from _archived(file, content)
        return
    if size_bytes > MAX_FILE_BYTES:
        yield _whole(file, FileStatus.NO_ACTIVITY, TOO_LARGE), None
        return
    content.seek(0)
    data = content.read(MAX_FILE_BYTES + 1) if size_bytes else b""
    if _was_written_to(file, content):
        yield _whole(file, FileStatus.UNREADABLE, UNFINISHED), None
    else:
        yield _whole(file, None, None), data


def _archived(file: FoundFile, content: IO[bytes]) -> Iterator[tuple[_Location, bytes | None]]:
    """Locations of an archive's members, then of itself. Its members are checked by sums: those
    that are whole count even while it grows.
    """
    content.seek(0)
    found = 0
    for member in members(content):
        # A disk that refuses is no damage of the archive.
        if problem := disk_problem(content):
            raise problem
        found += 1
        status = FileStatus.UNREADABLE if member.is_broken else FileStatus.NO_ACTIVITY
        is_unfinished = member.is_broken and _was_written_to(file, content)
        reason = UNFINISHED if is_unfinished else member.reason
        if not member.name:
            yield _whole(file, status, reason), None
            return
        judged = None if member.data is not None else status
        yield (
            replace(_whole(file, judged, reason), member=member.name, size_bytes=member.size_bytes),
            member.data,
        )
    if _was_written_to(file, content):
        yield _whole(file, FileStatus.UNREADABLE, UNFINISHED), None
    else:
        yield (
            _whole(file, FileStatus.NO_ACTIVITY, f"an archive of {found} files, listed one by one"),
            None,
        )


def _whole(file: FoundFile, status: FileStatus | None, reason: str | None) -> _Location:
    return _Location(
        file.path, None, None, file.size_bytes, file.stat_fingerprint, status, reason, True
    )


def _was_written_to(file: FoundFile, opened: IO[bytes]) -> bool:
    """True when the file is no longer as it was found; as what it becomes has another
    fingerprint, the next refresh reads it.
    """
    return not file.stat_fingerprint.startswith(fingerprint(os.fstat(opened.fileno())))


def _refusal(file: FoundFile) -> tuple[FileStatus, str] | None:
    if file.not_needed:
        return FileStatus.NO_ACTIVITY, file.not_needed
    if file.path.lower().endswith(PLACEHOLDER_SUFFIX):
        return (
            FileStatus.UNREADABLE,
            (
                "a placeholder: iCloud has not fetched this file; open it once on this machine, "
                "or keep the folder downloaded"
            ),
        )
    if file.is_link_to_folder:
        return (
            FileStatus.NO_ACTIVITY,
            "a link to a folder is not followed; put the folder itself here",
        )
    if file.is_closed_folder:
        return FileStatus.UNREADABLE, f"{file.closed}. What was read from its files before is kept"
    if file.kind is Kind.NO_FILE:
        return FileStatus.UNREADABLE, NO_FILE
    if file.path.lower().endswith(SPREADSHEET_SUFFIXES):
        return (
            FileStatus.NO_ACTIVITY,
            "not a diary: a spreadsheet; save its sheet as CSV and put that here",
        )
    if file.path.lower().endswith(UNFINISHED_SUFFIXES):
        return (
            FileStatus.UNREADABLE,
            "still being written (a temporary name); it is read when it is complete",
        )
    return None


def _new_contents(
    files: Sequence[FoundFile],
    locations: list[_Location],
    known: set[str],
    stale: set[str],
    mappings: Sequence[DiaryMapping],
    progress: Progress,
) -> Iterator[Content]:
    """Each content not read yet, once; every place that was looked at is added to `locations`."""
    taken = known - stale
    for number, file in enumerate(files):
        progress(file.path, number, len(files))
        for location, data in _contents(file):
            sha256 = (
                None
                if data is None or len(data) > MAX_FILE_BYTES
                else hashlib.sha256(data).hexdigest()
            )
            locations.append(_judged(location, data, sha256, known))
            if data is not None and sha256 is not None and sha256 not in taken:
                taken.add(sha256)
                place = (
                    location.path
                    if location.member is None
                    else f"{location.path}/{location.member}"
                )
                yield Content(sha256, data, place.rpartition("/")[2], _mapping(place, mappings))


def _judged(
    location: _Location, data: bytes | None, sha256: str | None, known: set[str]
) -> _Location:
    """The location with its content's hash, or with why it was not opened."""
    if data is None:
        return location
    if sha256 is None:
        return replace(location, status=FileStatus.NO_ACTIVITY, reason=TOO_LARGE)
    return replace(location, sha256=sha256, is_new=sha256 not in known)


def _write_all(connection: duckdb.DuckDBPyConnection, read: Iterable[Batch]) -> None:
    """Writes what was read, many small batches at once."""
    waiting = Batch()
    for batch in read:
        waiting.add(batch)
        if waiting.record_count > BATCH_RECORDS:
            _write(connection, waiting)
            waiting = Batch()
    _write(connection, waiting)


def _write(connection: duckdb.DuckDBPyConnection, batch: Batch) -> None:
    if not batch.contents:
        return
    build.append(connection, "content", pl.DataFrame(batch.contents, schema=CONTENT_SCHEMA))
    if batch.activities:
        activities, records = activity_frame(batch), pl.concat(batch.records)
        build.append(connection, "activity", activities)
        build.append(connection, "record", records)
        build.append(connection, "lap", pl.concat(batch.laps))
        build.derive_per_activity(connection, activities, records)
    for table, rows in (
        ("score", batch.scores),
        ("context", batch.context),
        ("intervention", batch.interventions),
    ):
        if rows:
            build.append(connection, table, pl.DataFrame(rows, infer_schema_length=None))


def _write_locations(
    connection: duckdb.DuckDBPyConnection,
    locations: list[_Location],
    first_seen: dict[tuple[str, str | None], datetime],
    now: datetime,
) -> None:
    rows = [
        (
            one.path,
            one.member,
            one.sha256,
            one.size_bytes,
            one.stat_fingerprint,
            one.status,
            one.reason,
            first_seen.get((one.path, one.member), now),
            one.is_new,
        )
        for one in locations
    ]
    build.append(
        connection,
        "location",
        pl.DataFrame(
            rows,
            orient="row",
            schema={
                "path": pl.String,
                "member": pl.String,
                "sha256": pl.String,
                "size_bytes": pl.Int64,
                "stat_fingerprint": pl.String,
                "status": pl.String,
                "reason": pl.String,
                "first_seen_at": pl.Datetime("us", "UTC"),
                "is_new": pl.Boolean,
            },
        ),
    )
