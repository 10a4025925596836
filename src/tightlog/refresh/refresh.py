"""The composition: plan → ingest → analyse → publish. Command line and dashboard call it as a
whole, the pipeline step by step.
"""

from datetime import date, datetime

from tightlog.arrivals.sources import found_in, sources
from tightlog.domain.clocks import last_day
from tightlog.errors import HomeError
from tightlog.home.mending import mended
from tightlog.home.settings import RAW_GONE, Home, Settings
from tightlog.ingest.ledger import Progress
from tightlog.ingest.source import FoundFile, closed_words, found_files
from tightlog.journal.copies import NOTHING, refuse_gone
from tightlog.journal.logged import logged
from tightlog.language.catalogue import phrase
from tightlog.refresh.plan import Order, RefreshJob, job, refuse_loss
from tightlog.refresh.summary import RefreshSummary, summary
from tightlog.warehouse.publish import swept_on_failure, writer_lock
from tightlog.warehouse.published import published
from tightlog.warehouse.read_only import held_open

__all__ = ["RefreshJob", "RefreshSummary", "planned", "refresh", "refuse_loss", "summary"]


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
    with writer_lock(home), held_open():
        job = planned(home, settings, from_scratch=from_scratch, analysed=analysed, today=today)
        refuse_loss(job)
        held, is_flagged = None, True
        if not job.is_up_to_date:
            # Imported where something is new: what writes takes as long to import as all else.
            from tightlog.refresh.drafting import drafted

            with swept_on_failure(home):
                held, is_flagged = drafted(job, progress or _silent)
        return summary(job, held, may_be_flagged=is_flagged)


def planned(
    home: Home,
    settings: Settings,
    *,
    from_scratch: bool = False,
    analysed: bool = True,
    today: date | None = None,
) -> RefreshJob:
    """The job to do, from what was published, found and logged: each is read here, once.

    What tightlog wrote before is made private first. Raises HomeError when data/raw cannot be
    listed, WarehouseAhead when a newer tightlog published.
    """
    mended(home, settings.group)
    order = Order(today or datetime.now(settings.zone).date(), analysed, from_scratch)
    before = published(home)
    found = _found(home, settings, () if from_scratch else tuple(before.files["path"]))
    noted = logged(home.journal, last_day(settings.zone))
    made = job(home, settings, order, before, noted, found)
    if before.publication is not None and not from_scratch and not made.is_emptied:
        known = before.publication.journal_fingerprint or NOTHING
        refuse_gone(home.journal, known, noted.fingerprint)
    return made


def _found(home: Home, settings: Settings, known: tuple[str, ...]) -> tuple[FoundFile, ...]:
    """Every file of data/raw and of the sources; `known` are paths of files read before."""
    try:
        own = found_files(home.raw)
    except FileNotFoundError as problem:
        raise HomeError(
            home.folder, phrase("{raw_gone}. What was read before is kept", raw_gone=RAW_GONE)
        ) from problem
    except OSError as problem:
        why = closed_words(problem, phrase("its folder data/raw "))
        raise HomeError(
            home.folder, phrase("{why}. What was read before is kept", why=why)
        ) from problem
    return (*own, *found_in(sources(home, settings.sources, known)))


def _silent(path: str, number: int, count: int) -> None:
    """Progress that shows nothing."""
