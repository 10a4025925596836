"""What a reader returns for one file: what it could read, and why not the rest."""

from dataclasses import dataclass

from tightlog.domain.activity import Activity
from tightlog.domain.diary import ContextValue, InterventionDone, TightnessScore
from tightlog.domain.file_status import FileStatus


@dataclass(frozen=True)
class Reading:
    """What a reader could read from one file's bytes, and why not the rest.

    `columns` describes which column of a table was used for what.
    """

    status: FileStatus
    reader: str | None
    reason: str | None = None
    activities: tuple[Activity, ...] = ()
    scores: tuple[TightnessScore, ...] = ()
    interventions: tuple[InterventionDone, ...] = ()
    context: tuple[ContextValue, ...] = ()
    columns: str | None = None


def read(reader: str, activities: tuple[Activity, ...], problems: tuple[str, ...] = ()) -> Reading:
    """Reading of a file that gave activities: `read`, or `partial` when something was wrong."""
    if problems:
        return Reading(FileStatus.PARTIAL, reader, "; ".join(problems), activities)
    return Reading(FileStatus.READ, reader, None, activities)


def no_activity(reader: str | None, reason: str) -> Reading:
    """Reading of an intact file without anything to use."""
    return Reading(FileStatus.NO_ACTIVITY, reader, reason)


def unreadable(reader: str | None, reason: str) -> Reading:
    """Reading of a broken file from which nothing could be read."""
    return Reading(FileStatus.UNREADABLE, reader, reason)
