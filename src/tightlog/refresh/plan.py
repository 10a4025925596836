"""The plan of a refresh: what was published, found and logged, read once; what is to be done,
decided by pure functions.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path

from tightlog import __version__
from tightlog.errors import HomeError, WarehouseAhead
from tightlog.home.arriving.source_list import is_of_source
from tightlog.home.settings import Home, Settings
from tightlog.ingest.ledger import IngestPlan, Ledger, closed_files, ingest_plan
from tightlog.ingest.source import FoundFile
from tightlog.journal.logged import Logged
from tightlog.language.catalogue import phrase
from tightlog.warehouse.build import SCHEMA_VERSION
from tightlog.warehouse.published import Publication, Published, Records
from tightlog.words.visible import one_line


class FromScratch(StrEnum):
    """Why everything is read again, and nothing published before is carried on."""

    ASKED = "asked"
    NOTHING_PUBLISHED = "nothing_published"
    UNREADABLE = "unreadable"
    OLDER_FORMAT = "older_format"
    OTHER_ZONE = "other_zone"
    OTHER_READING = "other_reading"
    RECORDS_LOST = "records_lost"


@dataclass(frozen=True)
class Order:
    """What was asked for: a refresh for a day, with or without an analysis, or a rebuild."""

    as_of: date
    is_analysed: bool = True
    is_rebuild: bool = False


@dataclass(frozen=True)
class RefreshJob:
    """One refresh: the home as it was found, and what is to be done about it."""

    home: Home
    settings: Settings
    order: Order
    logged: Logged
    plan: IngestPlan
    # Why everything is read from scratch; None when what was published is carried on.
    from_scratch: FromScratch | None
    # The version served before.
    version: Path | None
    is_up_to_date: bool
    # True when every file known is gone at once.
    is_emptied: bool = False
    # True when nothing is taken away of what was published: files come, the day is another.
    only_adds: bool = False
    # Every file known, and those that cannot be opened now and would be lost from scratch.
    known: frozenset[str] = frozenset()
    lost: frozenset[str] = frozenset()

    @property
    def carried_version(self) -> Path | None:
        """The version that is carried on; None from scratch."""
        return self.version if self.from_scratch is None else None

    @property
    def known_in_raw(self) -> int:
        """How many files of data/raw were known before."""
        return sum(not is_of_source(path) for path in self.known)

    @property
    def kept_count(self) -> int:
        """How many files cannot be opened now, of which what was read before stays."""
        return len(self.plan.kept & self.plan.ledger.read_paths)


def job(
    home: Home,
    settings: Settings,
    order: Order,
    published: Published,
    logged: Logged,
    found: tuple[FoundFile, ...],
) -> RefreshJob:
    """What is to be done. Raises WarehouseAhead when a newer tightlog published."""
    refuse_newer(published.publication, order)
    before = Ledger(published.files)
    why = from_scratch(published, settings, order)
    rereads_tables = why is None and has_other_diaries(published.publication, settings)
    plan = ingest_plan(before if why is None else Ledger(), found, rereads_tables)
    is_current = why is None and is_made_of(published.publication, settings, order, logged)
    return RefreshJob(
        home,
        settings,
        order,
        logged,
        plan,
        why,
        published.version,
        is_up_to_date=is_current and plan.is_empty and published.records is Records.HERE,
        is_emptied=not order.is_rebuild and _is_emptied(before.paths, found),
        only_adds=why is None and only_adds(published.publication, settings, logged, plan),
        known=before.paths,
        lost=frozenset() if why is None else closed_files(before.read_paths, found),
    )


def _is_emptied(known: Iterable[str], found: Iterable[FoundFile]) -> bool:
    """True when files of data/raw are known and none is there now, whatever the sources hold."""
    is_there = any(not is_of_source(file.path) for file in found)
    return not is_there and any(not is_of_source(path) for path in known)


def only_adds(
    publication: Publication | None, settings: Settings, logged: Logged, plan: IngestPlan
) -> bool:
    """True when what was published before stays, as the journal, the settings and the files say."""
    return (
        publication is not None
        and publication.journal_fingerprint == logged.fingerprint
        and publication.settings_fingerprint == settings.fingerprint
        and not plan.replaced & plan.ledger.paths
        and not plan.rereads_tables
        and not plan.closed
    )


def refuse_newer(publication: Publication | None, order: Order) -> None:
    """Raises WarehouseAhead when a newer tightlog published, unless a rebuild was asked for."""
    made_by = None if publication is None else publication.schema_version
    if made_by is not None and made_by > SCHEMA_VERSION and not order.is_rebuild:
        raise WarehouseAhead(made_by, SCHEMA_VERSION)


def from_scratch(published: Published, settings: Settings, order: Order) -> FromScratch | None:
    """Why everything is to be read again; None when what was published can be carried on."""
    if order.is_rebuild:
        return FromScratch.ASKED
    if published.version is None:
        return FromScratch.NOTHING_PUBLISHED
    if published.publication is None:
        return FromScratch.UNREADABLE
    if published.publication.schema_version != SCHEMA_VERSION:
        return FromScratch.OLDER_FORMAT
    if published.publication.time_zone != settings.time_zone:
        return FromScratch.OTHER_ZONE
    if published.publication.reads_wellness not in (None, settings.reads_wellness):
        return FromScratch.OTHER_READING
    if published.records is Records.LOST:
        return FromScratch.RECORDS_LOST
    return None


def has_other_diaries(publication: Publication | None, settings: Settings) -> bool:
    """True when the settings say something else of diary files than when these were read."""
    return publication is not None and publication.diary_fingerprint != settings.diary_fingerprint


def is_made_of(
    publication: Publication | None, settings: Settings, order: Order, logged: Logged
) -> bool:
    """True when a version was made from this journal and, if an analysis is asked for, analysed
    for this day by these settings and this tightlog.
    """
    if publication is None or publication.journal_fingerprint != logged.fingerprint:
        return False
    is_same_analysis = (
        bool(publication.is_analysed)
        and publication.as_of_day == order.as_of
        and publication.settings_fingerprint == settings.fingerprint
        and publication.tightlog_version == __version__
    )
    return is_same_analysis or not order.is_analysed


def publication_row(job: RefreshJob, refreshed_at: datetime) -> dict[str, object]:
    """What the version made by the job says of itself."""
    return {
        "schema_version": SCHEMA_VERSION,
        "tightlog_version": __version__,
        "refreshed_at": refreshed_at,
        "as_of_day": job.order.as_of,
        "time_zone": job.settings.time_zone,
        "settings_fingerprint": job.settings.fingerprint,
        "journal_fingerprint": job.logged.fingerprint,
        "diary_fingerprint": job.settings.diary_fingerprint,
        "reads_wellness": job.settings.reads_wellness,
        "is_analysed": job.order.is_analysed,
        "is_sample": job.home.is_sample,
    }


def refuse_loss(job: RefreshJob) -> None:
    """Raises HomeError when what is known would be lost without the runner having taken it out.

    Every file gone at once is a disk that is not connected; files that cannot be opened cannot be
    read again.
    """
    if job.is_emptied:
        raise HomeError(
            job.home.folder,
            phrase(
                "its folder data/raw is empty, with {known_in_raw:,} files known before, which "
                "are kept; connect the disk or wait for the sync. If you removed them all "
                "yourself, run: tightlog rebuild",
                known_in_raw=job.known_in_raw,
            ),
        )
    if job.lost:
        raise HomeError(
            job.home.folder,
            phrase(
                "everything has to be read again, and {lost:,} files known before cannot be "
                "opened now, such as {shown}: what was read from them would be lost. Make them "
                "readable or connect their disk, or remove them from data/raw (a source from "
                "tightlog.toml), and try again. What was published before is unchanged",
                lost=len(job.lost),
                shown=_shown(min(job.lost)),
            ),
        )


def _shown(path: str) -> str:
    return one_line(path if is_of_source(path) else f"data/raw/{path}")
