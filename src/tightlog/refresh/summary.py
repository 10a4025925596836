"""The summary of a refresh: what became of the files it saw, and what the warehouse holds now."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tightlog.domain.diary import ScoreFile, open_questions
from tightlog.domain.file_status import FileStatus
from tightlog.refresh.plan import FromScratch, RefreshJob
from tightlog.warehouse.counts import Counts, counts
from tightlog.warehouse.publish import foreign_files

STATUSES = (*(status.value for status in FileStatus), "unchanged")


@dataclass(frozen=True)
class RefreshSummary:
    """What a refresh did with the files it saw, and what the warehouse holds now."""

    files: Mapping[str, int]
    activities: int
    scores: int
    days: int
    warehouse: Path
    removed: int
    # What was taken for what in each diary file read just now.
    diaries: tuple[str, ...] = ()
    # Why everything was read from scratch; None when it was not.
    from_scratch: FromScratch | None = None
    # What is to be said of the journal's file: lines that do not count, copies of it.
    journal_words: tuple[str, ...] = ()
    # How many files known before cannot be opened now; what was read from them is kept.
    kept: int = 0
    # Names among the versions that are none of tightlog's.
    foreign: tuple[str, ...] = ()
    # How many activities can hardly be as their files say.
    doubtful: int = 0
    # How many activities nothing says the kind of.
    unknown_kinds: int = 0
    # Tables read just now of which the runner is asked when their scores were given.
    open_questions: tuple[ScoreFile, ...] = ()
    # False where nothing was new: the version before still stands.
    is_published: bool = True
    # False where no score of a file shows a warning sign since the running trial began.
    may_be_flagged: bool = True

    def as_json(self) -> dict[str, Any]:
        """The summary in the shape `--json` prints."""
        return {
            "files": dict(self.files),
            "activities": self.activities,
            "scores": self.scores,
            "days": self.days,
            "warehouse": str(self.warehouse),
        }


def summary(
    job: RefreshJob, held: Counts | None = None, *, may_be_flagged: bool = True
) -> RefreshSummary:
    """Summary of a finished job, by what the version now published holds, counted there where it
    is not known; of one with nothing to do every file counts as unchanged.
    """
    held = held or counts(job.home, has_news=not job.is_up_to_date)
    return RefreshSummary(
        dict.fromkeys(STATUSES, 0) | held.files,
        held.activities,
        held.scores,
        held.days,
        job.home.database,
        job.plan.removed_count,
        held.diaries,
        job.from_scratch,
        job.logged.words,
        job.kept_count,
        tuple(path.name for path in foreign_files(job.home)),
        held.doubtful,
        held.unknown_kinds,
        open_questions(held.score_files, job.settings.diaries),
        not job.is_up_to_date,
        may_be_flagged,
    )
