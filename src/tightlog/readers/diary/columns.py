"""The columns of a diary: which is taken for what."""

from dataclasses import dataclass

from tightlog.readers.diary.cells.scales import Scale
from tightlog.readers.diary.context import ContextColumn


@dataclass(frozen=True)
class ScoreColumn:
    """A column of scores: its place, the scale it says (None when it says none), the moment its
    header names, and the column of the other side of the back, of which the worse counts.
    """

    place: int
    scale: Scale | None = None
    moment: str | None = None
    header: str = ""
    # The column of the other side, and how this one and that are called.
    other: int | None = None
    sides: tuple[str, str] = ("", "")
    # The side its own header names.
    side: str | None = None
    # The scale is the one tightlog.toml says.
    is_mapped: bool = False
    # What tells it from another column of its moment: the afternoon from the night.
    part: str = ""


@dataclass(frozen=True)
class Columns:
    """Places of the columns taken, None for each the table has not."""

    day: int | None = None
    stamp: int | None = None
    split: tuple[int, int, int] | None = None
    year: int | None = None
    clock: int | None = None
    scores: tuple[ScoreColumn, ...] = ()
    names_back: bool = False
    region: int | None = None
    moment: int | None = None
    note: int | None = None
    sharp: int | None = None
    red_flags: int | None = None
    context: tuple[ContextColumn, ...] = ()
    export: str | None = None
    activities: tuple[int, ...] = ()
    done: tuple[tuple[str, int], ...] = ()

    @property
    def taken(self) -> frozenset[int]:
        """Places of all columns that are read."""
        single = (
            self.day,
            self.stamp,
            self.year,
            self.clock,
            self.region,
            self.moment,
            self.note,
            self.sharp,
            self.red_flags,
        )
        return frozenset(
            {place for place in single if place is not None}
            | set(self.split or ())
            | set(self.activities)
            | {score.place for score in self.scores}
            | {score.other for score in self.scores if score.other is not None}
            | {column.place for column in self.context}
            | {place for _, place in self.done}
        )


@dataclass(frozen=True)
class Choice:
    """The columns of a diary, or why the table is none; `is_open` when it is a diary whose score
    column the user must name.
    """

    columns: Columns | None
    reason: str = ""
    is_open: bool = False


def as_typed(header: str) -> str:
    """Header as two are compared: without case and with single blanks."""
    return " ".join(header.casefold().split())
