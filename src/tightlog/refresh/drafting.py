"""A draft filled and published, step by step for the pipeline or in one go."""

from pathlib import Path

from tightlog.domain.trials import running
from tightlog.ingest.ledger import Progress
from tightlog.journal.flags_in_files import spans_in_files
from tightlog.refresh.filling import fill_analysis, fill_publication, fill_readings
from tightlog.refresh.plan import RefreshJob
from tightlog.warehouse.counts import Counts
from tightlog.warehouse.drafts.draft import Draft, open_draft
from tightlog.warehouse.publish import has_draft, publish_draft, start_draft


def ingested(job: RefreshJob, progress: Progress) -> Path:
    """Path of the draft that holds everything read and logged. Needs the writer lock."""
    path, isolates_all = _started(job)
    with open_draft(path, job.carried_version, only_adds=job.only_adds) as draft:
        fill_readings(job, draft, progress, isolates_all)
    return path


def analyse_draft(job: RefreshJob, path: Path) -> None:
    """Writes features, findings, patterns and advice into the draft."""
    with open_draft(path, job.carried_version) as draft:
        fill_analysis(job, draft)


def finish(job: RefreshJob, path: Path) -> Path:
    """Path of the version published from the draft."""
    with open_draft(path) as draft:
        fill_publication(job, draft)
    return publish_draft(job.home, path)


def drafted(job: RefreshJob, progress: Progress) -> tuple[Counts, bool]:
    """What the version holds that was published, and whether a score of a file shows a warning sign
    since the running trial began. Filled and asked in one go: opening a draft, or what was
    published, takes longer than many a step.
    """
    path, isolates_all = _started(job)
    with open_draft(path, job.carried_version, only_adds=job.only_adds) as draft:
        fill_readings(job, draft, progress, isolates_all)
        if job.order.is_analysed:
            fill_analysis(job, draft)
        fill_publication(job, draft)
        counts, named = draft.counts(), draft.segment_files()
        is_flagged = _is_flagged(job, draft)
    publish_draft(job.home, path, named)
    return counts, is_flagged


def _is_flagged(job: RefreshJob, draft: Draft) -> bool:
    trial = running(job.logged.journal.trials)
    if trial is None or trial.started_on is None:
        return False
    return bool(spans_in_files(draft.imported_scores(trial.started_on, job.order.as_of)))


def _started(job: RefreshJob) -> tuple[Path, bool]:
    """Path of a new draft, and whether every file is to be read in a process of its own: a draft
    left over tells of a refresh that did not end, perhaps because of a file.
    """
    isolates_all = has_draft(job.home)
    return start_draft(job.home), isolates_all
