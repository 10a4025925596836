"""What a reader returns for one file: what it could read, and why not the rest."""

from dataclasses import dataclass

from tightlog.domain.activity import Activity
from tightlog.domain.diary import ContextValue, InterventionDone, TightnessScore
from tightlog.domain.file_status import FileStatus, ReasonCode
from tightlog.words.files import reason_words


@dataclass(frozen=True)
class GearUse:
    """That an activity of an export's list, by the vendor's id, was done in a shoe."""

    listed_id: int
    shoe: str


@dataclass(frozen=True)
class Reading:
    """What a reader could read from one file's bytes, and why not the rest.

    `columns` describes which column of a table was used for what, `code` the kind of reason.
    """

    status: FileStatus
    reader: str | None
    reason: str | None = None
    activities: tuple[Activity, ...] = ()
    scores: tuple[TightnessScore, ...] = ()
    interventions: tuple[InterventionDone, ...] = ()
    context: tuple[ContextValue, ...] = ()
    columns: str | None = None
    code: ReasonCode | None = None
    gear: tuple[GearUse, ...] = ()

    @property
    def reason_words(self) -> str | None:
        """The reason as it is stored, its kind said first."""
        return reason_words(self.code, self.reason)


def read(reader: str, activities: tuple[Activity, ...], problems: tuple[str, ...] = ()) -> Reading:
    """Reading of a file that gave activities: `read`, or `partial` when something was wrong."""
    if problems:
        return Reading(FileStatus.PARTIAL, reader, "; ".join(problems), activities)
    return Reading(FileStatus.READ, reader, None, activities)


def no_activity(reader: str | None, reason: str) -> Reading:
    """Reading of an intact file without anything to use."""
    return Reading(FileStatus.NO_ACTIVITY, reader, reason)


def not_a_diary(why: str) -> Reading:
    """Reading of a table, or of what looks like one, without a score in it."""
    return Reading(FileStatus.NO_ACTIVITY, None, why, code=ReasonCode.NOT_A_DIARY)


def unreadable(reader: str | None, reason: str) -> Reading:
    """Reading of a broken file from which nothing could be read."""
    return Reading(FileStatus.UNREADABLE, reader, reason)
