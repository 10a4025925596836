"""The composition: ingest → analyse → publish. Command line, dashboard and pipeline call the
same steps.
"""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import polars as pl

from tightlog import __version__
from tightlog.domain.diary import DiaryMapping
from tightlog.domain.file_status import FileStatus
from tightlog.domain.known_days import last_day
from tightlog.errors import HomeError, WarehouseAhead, WarehouseError
from tightlog.home.mending import mended
from tightlog.home.settings import RAW_GONE, Home, Settings
from tightlog.ingest.ledger import IngestPlan, Progress, closed_files, ingest_plan, is_folder
from tightlog.ingest.source import FoundFile, closed_words, found_files
from tightlog.journal.copies import journal_fingerprint
from tightlog.journal.journal import read_journal, red_flag_spans
from tightlog.journal.words import journal_words
from tightlog.warehouse import build, store
from tightlog.warehouse.publish import (
    foreign_files,
    has_draft,
    open_draft,
    publish_draft,
    start_draft,
    writer_lock,
)

READ_ANEW = "another mapping"
STATUSES = (*(status.value for status in FileStatus), "unchanged")


@dataclass(frozen=True)
class RefreshSummary:
    """What a refresh did with the files it saw, and what the warehouse holds now."""

    files: dict[str, int]
    activities: int
    scores: int
    days: int
    warehouse: Path
    removed: int
    # What was taken for what in each diary file read just now.
    diaries: tuple[str, ...] = ()
    # Why everything was read anew, '' when it was not.
    read_anew: str = ""
    # What is to be said of the journal's file: lines that do not count, copies of it.
    journal_words: tuple[str, ...] = ()
    # How many files known before cannot be opened now; what was read from them is kept.
    kept: int = 0
    # Names among the versions that are none of tightlog's.
    foreign: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The summary in the shape `--json` prints."""
        return {
            "files": self.files,
            "activities": self.activities,
            "scores": self.scores,
            "days": self.days,
            "warehouse": str(self.warehouse),
        }


@dataclass(frozen=True)
class RefreshJob:
    """One run of the composition: a home, its settings, the plan made from what changed, and the
    local day it is for.
    """

    home: Home
    settings: Settings
    plan: IngestPlan
    as_of: date
    is_from_scratch: bool
    is_up_to_date: bool
    removed: int
    journal_fingerprint: str
    # Why a warehouse that was there is read anew as a whole, '' when it is not; true when every
    # file known is gone at once.
    read_anew: str = ""
    is_emptied: bool = False
    # Files known before that cannot be opened now and would be lost by reading everything anew.
    lost: frozenset[str] = frozenset()


def refresh(
    home: Home,
    settings: Settings,
    *,
    progress: Progress | None = None,
    from_scratch: bool = False,
    analysed: bool = True,
    today: date | None = None,
) -> RefreshSummary:
    """Summary after the warehouse was brought to what data/raw and the journal hold now.

    Raises WriterBusy when another refresh holds the lock, HomeError when data/raw cannot be listed
    or all that is known would be lost with it; on any failure the old version stays served.
    """
    with writer_lock(home):
        job = planned(home, settings, from_scratch=from_scratch, analysed=analysed, today=today)
        refuse_loss(job)
        if job.is_up_to_date:
            return summary(job, is_unchanged=True)
        draft = ingested(job, progress or _silent)
        if analysed:
            analyse_draft(job, draft)
        finish(job, draft, is_analysed=analysed)
        return summary(job)


def planned(
    home: Home,
    settings: Settings,
    *,
    from_scratch: bool = False,
    analysed: bool = True,
    today: date | None = None,
) -> RefreshJob:
    """The job to do: what changed since the published version.

    It is read anew as a whole when its schema or zone is another. What tightlog wrote before is
    made private first. Raises HomeError when data/raw cannot be listed.
    """
    mended(home, settings.group)
    as_of = today or datetime.now(settings.zone).date()
    published = None if from_scratch else _publication(home)
    read_anew = "" if from_scratch else _why_anew(home, settings, published)
    is_from_scratch = published is None or bool(read_anew)
    rereads_tables = (
        not is_from_scratch
        and published is not None
        and published["diary_fingerprint"] != settings.diary_fingerprint
    )
    found = _found(home)
    known = {} if is_from_scratch else _known_files(home, rereads_tables)
    plan = replace(ingest_plan(known, found), rereads_tables=rereads_tables)
    # Taken before the journal is read: a line appended meanwhile makes the next refresh run again,
    # never the other way round.
    fingerprint = journal_fingerprint(home.journal)
    is_up_to_date = (
        published is not None
        and not is_from_scratch
        and plan.is_empty
        and published["journal_fingerprint"] == fingerprint
        and (not analysed or _is_analysed_for(published, as_of, settings))
    )
    is_emptied = not from_scratch and not found and _file_count(home) > 0
    lost = closed_files(_read_paths(home), found) if is_from_scratch else frozenset()
    removed = sum(not is_folder(known[path]) for path in plan.gone)
    return RefreshJob(
        home,
        settings,
        plan,
        as_of,
        is_from_scratch,
        is_up_to_date,
        removed,
        fingerprint,
        read_anew,
        is_emptied,
        lost,
    )


def _found(home: Home) -> tuple[FoundFile, ...]:
    try:
        return found_files(home.raw)
    except FileNotFoundError as problem:
        raise HomeError(home.folder, f"{RAW_GONE}. What was read before is kept") from problem
    except OSError as problem:
        why = closed_words(problem, "its folder data/raw ")
        raise HomeError(home.folder, f"{why}. What was read before is kept") from problem


def _why_anew(home: Home, settings: Settings, published: dict[str, Any] | None) -> str:
    """Why a warehouse that is there is not carried on, in words; '' when it is."""
    if published is None:
        return "the warehouse could not be opened" if home.database.exists() else ""
    if published["schema_version"] != build.SCHEMA_VERSION:
        return "the warehouse was made by an older tightlog"
    return "the time zone is another one" if published["time_zone"] != settings.time_zone else ""


def _is_analysed_for(published: dict[str, Any], as_of: date, settings: Settings) -> bool:
    return bool(
        published["is_analysed"]
        and published["as_of_day"] == as_of
        and published["settings_fingerprint"] == settings.fingerprint
        and published["tightlog_version"] == __version__
    )


def refuse_loss(job: RefreshJob) -> None:
    """Raises HomeError when what is known would be lost without the runner having taken it out.

    Every file gone at once is a disk that is not connected; files that cannot be opened cannot be
    read anew.
    """
    if job.is_emptied:
        raise HomeError(
            job.home.folder,
            f"its folder data/raw is empty, with {_file_count(job.home):,} files known before, "
            "which are kept; connect the disk or wait for the sync. If you took them all out "
            "yourself, run: tightlog rebuild",
        )
    if job.lost:
        raise HomeError(
            job.home.folder,
            f"everything is to be read anew, and {len(job.lost):,} files known before cannot be "
            f"opened now, such as data/raw/{min(job.lost)}: what was read from them would be lost. "
            "Make them readable, or take them out of data/raw, and try again. "
            "What was published before is unchanged",
        )


def ingested(job: RefreshJob, progress: Progress) -> Path:
    """Path of the draft that holds everything read and logged. Needs the writer lock."""
    # Readers and statistics are imported where they are used: nothing new must not wait for the
    # readers, `ingest` not for the statistics.
    from tightlog.ingest.ingest import ingest
    from tightlog.refresh.relations import write_blank_analysis, write_file_relations

    mappings = _with_intervention_ids(job.settings.diaries)
    # A draft left over tells of a refresh that did not end, perhaps because of a file: then every
    # file is read in a process of its own.
    isolates_all = has_draft(job.home)
    draft = start_draft(job.home, job.is_from_scratch)
    with open_draft(draft) as connection:
        journal = read_journal(job.home.journal, last_day(job.settings.zone))
        ingest(
            connection,
            job.plan,
            job.settings.zone,
            progress,
            mappings,
            journal.corrections,
            isolates_all,
        )
        write_file_relations(connection, journal)
        write_blank_analysis(connection)
    return draft


def _with_intervention_ids(mappings: tuple[DiaryMapping, ...]) -> tuple[DiaryMapping, ...]:
    """The mappings with the ids of the interventions they name by title or alias. Raises
    UnknownIntervention.
    """
    from tightlog.domain.intervention_catalogue import find

    return tuple(
        replace(
            mapping, done=tuple((find(name).intervention, column) for name, column in mapping.done)
        )
        for mapping in mappings
    )


def analyse_draft(job: RefreshJob, draft: Path) -> None:
    """Writes features, findings, patterns and advice into the draft."""
    from tightlog.refresh.analysis import analyse

    with open_draft(draft) as connection:
        analyse(connection, red_flag_spans(job.home.journal), job.settings, job.as_of)


def finish(job: RefreshJob, draft: Path, *, is_analysed: bool = True) -> Path:
    """Path of the version published from the draft."""
    row = {
        "schema_version": build.SCHEMA_VERSION,
        "tightlog_version": __version__,
        "refreshed_at": datetime.now(UTC),
        "as_of_day": job.as_of,
        "time_zone": job.settings.time_zone,
        "settings_fingerprint": job.settings.fingerprint,
        "journal_fingerprint": job.journal_fingerprint,
        "diary_fingerprint": job.settings.diary_fingerprint,
        "is_analysed": is_analysed,
        "is_sample": job.home.is_sample,
    }
    with open_draft(draft) as connection:
        build.write_relation(
            connection, "publication", {"incoming_publication": pl.DataFrame([row])}
        )
        build.write_relation(connection, "relation_guide")
    return publish_draft(job.home, draft)


def summary(job: RefreshJob, is_unchanged: bool = False) -> RefreshSummary:
    """Summary of a finished job, counted in the published version; with nothing to do every file
    counts as unchanged.
    """
    version = store.published_version(job.home)
    counted = store.answer(version, "refresh_counts", [not is_unchanged])
    files = dict.fromkeys(STATUSES, 0) | dict(counted.iter_rows())
    activities, scores, days = store.answer(version, "totals").row(0)
    read_now = [] if is_unchanged else store.answer(version, "tables_read_now")["words"].to_list()
    journal = read_journal(job.home.journal, last_day(job.settings.zone))
    kept = len(job.plan.kept & _read_paths(job.home))
    foreign = tuple(path.name for path in foreign_files(job.home))
    return RefreshSummary(
        files,
        activities,
        scores,
        days,
        job.home.database,
        job.removed,
        tuple(read_now),
        job.read_anew,
        journal_words(journal),
        kept,
        foreign,
    )


def _publication(home: Home) -> dict[str, Any] | None:
    """The row of `publication`, None when there is no readable warehouse: then everything is
    read anew. Raises WarehouseAhead.
    """
    try:
        version = store.linked_version(home)
        made_by = store.schema_version(version)
        row = store.relation(version, "publication").row(0, named=True)
    except WarehouseError:
        return None
    if made_by is not None and made_by > build.SCHEMA_VERSION:
        raise WarehouseAhead(made_by, build.SCHEMA_VERSION)
    return row


def _file_count(home: Home) -> int:
    try:
        return int(store.answer(store.linked_version(home), "known_file_count").item())
    except WarehouseError:
        return 0


def _read_paths(home: Home) -> frozenset[str]:
    """Paths of the files something was read from, whichever tightlog did.

    None when there is no readable warehouse.
    """
    read = "select distinct path from source_file where sha256 is not null"
    try:
        rows = store.query(store.linked_version(home), read)
    except WarehouseError:
        return frozenset()
    return frozenset(rows["path"])


def _known_files(home: Home, rereads_tables: bool) -> dict[str, str]:
    """Fingerprints of the files known, by path; those of tables, and of archives that hold some,
    made unlike any where they are to be read anew.
    """
    rows = store.answer(store.published_version(home), "fingerprints")
    known = {path: fingerprint for path, _, fingerprint in rows.iter_rows()}
    if rereads_tables:
        from tightlog.readers.diary import is_table_name

        for path, member, _ in rows.iter_rows():
            if is_table_name(member or path):
                known[path] = READ_ANEW
    return known


def _silent(path: str, number: int, count: int) -> None:
    """Progress that shows nothing."""
