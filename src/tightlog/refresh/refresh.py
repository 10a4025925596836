"""The composition: plan → ingest → analyse → publish. Command line, dashboard and pipeline call
the same steps.
"""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl

from tightlog.domain.diary import DiaryMapping
from tightlog.domain.known_days import last_day
from tightlog.errors import HomeError
from tightlog.home.mending import mended
from tightlog.home.settings import RAW_GONE, Home, Settings
from tightlog.ingest.ledger import Progress
from tightlog.ingest.source import FoundFile, closed_words, found_files
from tightlog.journal.copies import NOTHING, refuse_gone
from tightlog.journal.logged import logged
from tightlog.refresh.plan import Order, RefreshJob, job, publication_row, refuse_loss
from tightlog.refresh.summary import RefreshSummary, summary
from tightlog.warehouse.draft import Draft, open_draft
from tightlog.warehouse.publish import (
    has_draft,
    publish_draft,
    start_draft,
    swept_on_failure,
    writer_lock,
)
from tightlog.warehouse.published import published

__all__ = [
    "RefreshJob",
    "RefreshSummary",
    "analyse_draft",
    "finish",
    "ingested",
    "planned",
    "refresh",
    "refuse_loss",
    "summary",
]


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
        if not job.is_up_to_date:
            with swept_on_failure(home):
                draft = ingested(job, progress or _silent)
                if analysed:
                    analyse_draft(job, draft)
                finish(job, draft)
        return summary(job)


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
    before, found = published(home), _found(home)
    noted = logged(home.journal, last_day(settings.zone))
    made = job(home, settings, order, before, noted, found)
    if before.publication is not None and not from_scratch and not made.is_emptied:
        known = before.publication.journal_fingerprint or NOTHING
        refuse_gone(home.journal, known, noted.fingerprint)
    return made


def ingested(job: RefreshJob, progress: Progress) -> Path:
    """Path of the draft that holds everything read and logged. Needs the writer lock."""
    # Readers and statistics are imported where they are used: nothing new must not wait for the
    # readers, `ingest` not for the statistics.
    from tightlog.ingest.ingest import ingest
    from tightlog.refresh.read_again import second_reading_frame
    from tightlog.refresh.relations import logged_relations

    zone, journal = job.settings.zone, job.logged.journal
    mappings = _with_intervention_ids(job.settings.diaries)
    # A draft left over tells of a refresh that did not end, perhaps because of a file: then every
    # file is read in a process of its own.
    isolates_all = has_draft(job.home)
    path = start_draft(job.home)
    with open_draft(path, job.carried_version) as draft:
        draft.carry_readings()
        if not job.order.is_analysed:
            draft.carry_analysis()
        ingest(
            draft.readings,
            job.plan,
            zone,
            progress,
            mappings,
            journal.corrections,
            job.settings.default_sport,
            isolates_all,
            job.settings.reads_wellness,
        )
        draft.readings.replace("second_reading", second_reading_frame(job.home))
        kept = draft.write_files()
        draft.write_all(logged_relations(journal, kept.activities, kept.scores, kept.interventions))
        draft.write("context")  # reads the scores
        if not job.order.is_analysed:
            _carry_analysis(draft)
    return path


def _carry_analysis(draft: Draft) -> None:
    """Makes what an analysis would have written: as it was before, without rows the first time."""
    from tightlog.refresh.relations import BLANK, blank_days

    if not draft.carry_others():
        draft.write_days(*blank_days(draft.relation("context")))
        draft.write_blank(BLANK)


def analyse_draft(job: RefreshJob, path: Path) -> None:
    """Writes features, findings, patterns and advice into the draft."""
    from tightlog.refresh.analysis import analysis
    from tightlog.refresh.carried import Made
    from tightlog.refresh.trials import trial_relations

    with open_draft(path, job.carried_version) as draft:
        before, stored = Made(*draft.before.analysed()), draft.inputs()
        found = analysis(stored, job.logged.red_flags, job.settings, job.order.as_of, before)
        draft.write_analysis(
            found.measured,
            found.days,
            found.features,
            found.relations,
            found.carried,
            found.made_from,
        )
        file_scores = stored.scores.filter(pl.col("source") != "diary")
        draft.write_all(
            trial_relations(job.home, job.logged.journal.trials, found.days, file_scores)
        )


def finish(job: RefreshJob, path: Path) -> Path:
    """Path of the version published from the draft."""
    with open_draft(path) as draft:
        draft.write("publication", pl.DataFrame([publication_row(job, datetime.now(UTC))]))
        draft.write("relation_guide")
    return publish_draft(job.home, path)


def _found(home: Home) -> tuple[FoundFile, ...]:
    try:
        return found_files(home.raw)
    except FileNotFoundError as problem:
        raise HomeError(home.folder, f"{RAW_GONE}. What was read before is kept") from problem
    except OSError as problem:
        why = closed_words(problem, "its folder data/raw ")
        raise HomeError(home.folder, f"{why}. What was read before is kept") from problem


def _with_intervention_ids(mappings: tuple[DiaryMapping, ...]) -> tuple[DiaryMapping, ...]:
    """The mappings with the ids of the interventions they name by title or alias. Raises
    UnknownIntervention.
    """
    from tightlog.domain.interventions.catalogue import find

    return tuple(
        replace(
            mapping, done=tuple((find(name).intervention, column) for name, column in mapping.done)
        )
        for mapping in mappings
    )


def _silent(path: str, number: int, count: int) -> None:
    """Progress that shows nothing."""
