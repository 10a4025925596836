"""The meaning of each column of a diary, by the words of its header and by its cells."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from tightlog.readers.diary.bearable import is_bearable
from tightlog.readers.diary.cells.clocks import clock_and_zone
from tightlog.readers.diary.cells.dates import When, parsed
from tightlog.readers.diary.cells.moments import header_moment, moment
from tightlog.readers.diary.cells.scales import Scale, scale_in_header
from tightlog.readers.diary.cells.vocabulary import HEADERS, WORDS
from tightlog.readers.diary.cells.words import (
    Region,
    region,
    words,
)
from tightlog.readers.diary.context import ContextColumn, context_columns, export_of
from tightlog.readers.diary.header.headers import (
    Rank,
    clock_places,
    day_places,
    plain,
    rank,
    split_places,
)
from tightlog.readers.diary.header.topic import is_about_the_back, no_score_words
from tightlog.readers.diary.table import Table

SHOWN_COLUMNS = 8


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
    # The scale is the one tightlog.toml says.
    is_mapped: bool = False


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


def roles_in(cells: Sequence[str]) -> int:
    """How many of a row's cells are names of diary columns."""
    known = (
        {name for names in HEADERS.values() for name in names}
        | WORDS["year"]
        | WORDS["month"]
        | WORDS["day_of_month"]
    )
    has_score, has_day = (
        any(rank(cell) is not None for cell in cells),
        day_places(cells) or split_places(cells),
    )
    if is_bearable(cells):
        return len(cells)
    count = sum(bool(cell) and (plain(cell) in known or rank(cell) is not None) for cell in cells)
    return count if has_day and (has_score or export_of([plain(cell) for cell in cells])) else 0


def chosen(table: Table, name: str) -> Choice:
    """The columns of a table by its header, its cells and the file's name."""
    found = columns_by_header(table)
    if found.day is None and found.split is None:
        return Choice(None, "no column holds the day")
    if found.export == "pmsys":
        return Choice(found)
    best, places = ranked(table, found)
    if best is None:
        return Choice(found) if found.export else Choice(None, no_score_words(table))
    if is_about_the_back(table, places, best, name, found.region, set(found.taken)):
        return with_scores(table, found, places, best)
    return (
        Choice(found)
        if found.export
        else Choice(
            None,
            (
                f"column {table.header[places[0]]!r} does not say that it is about the lower "
                "back; map it in tightlog.toml if it is"
            ),
        )
    )


def ranked(table: Table, found: Columns) -> tuple[Rank | None, list[int]]:
    """The surest rank among the columns not yet taken, and the places of those that have it; None
    when no column can be the score.
    """
    ranks = {
        place: order
        for place, header in enumerate(table.header)
        if (order := rank(header)) is not None and place not in found.taken
    }
    best = min(ranks.values(), default=None)
    return best, [place for place, order in ranks.items() if order == best]


def columns_by_header(table: Table) -> Columns:
    """The columns by their names and by what the cells hold; the score is still to be chosen."""
    names = [plain(header) for header in table.header]
    split = split_places(table.header)
    places = [place for place in day_places(table.header) if place not in (split or ())]
    # A column called `day` or `when` may hold "Monday" or "morning"; without any date in it, it
    # says the day only if no other column does.
    clocks = clock_places(table.header)
    undated = [] if split else [place for place in places if place not in clocks][:1]
    dated = [place for place in places if _holds_days(table, place, place in clocks)] or undated
    day, stamp = [*([None] if split else []), *dated, None, None][:2]
    first = _first(names)
    part = _moment_place(table, names)
    clock = next((place for place in clocks if place != day), None)
    export = export_of(names)
    if clock is None and part is not None and _holds_clocks(table, part):
        clock = part
    taken = {place for place in (day, stamp, *(split or ())) if place is not None}
    year = (
        None
        if split
        else next((place for place, name in enumerate(names) if name in WORDS["year"]), None)
    )
    found = Columns(
        day=day,
        stamp=stamp,
        split=split,
        year=year,
        clock=clock if clock not in taken or clock == stamp else None,
        moment=part if part not in taken else None,
        note=first("note"),
        sharp=first("sharp"),
        red_flags=first("red_flags"),
        region=_region_place(table, names),
        export=export,
        activities=tuple(
            place
            for place, name in enumerate(names)
            if export == "daylio" and name in ("activities", "scales")
        ),
    )
    found = replace(found, context=context_columns(table.header, names, export, found.taken))
    if export == "pmsys":
        return replace(
            found,
            scores=(ScoreColumn(names.index("soreness"), Scale(none=5, worst=1)),),
            region=names.index("soreness area"),
        )
    return found


def _moment_place(table: Table, names: Sequence[str]) -> int | None:
    """Place of the column that says when: by its whole name, else by a word of it."""
    plainest = _first(names)("moment")
    if plainest is not None:
        return plainest
    asked = [
        place
        for place, name in enumerate(names)
        if set(name.split()) & WORDS["when"]
        and not set(name.split()) & (WORDS["run"] | WORDS["bed"] | WORDS["no_day"])
    ]
    return next(
        (place for place in asked if any(moment(row.cells[place]) for row in table.rows)), None
    )


def _holds_clocks(table: Table, place: int) -> bool:
    return any(clock_and_zone(row.cells[place])[0] for row in table.rows)


def _holds_days(table: Table, place: int, is_clock: bool) -> bool:
    """True when a cell of the column is a date; 19.30.15 in a column of times is none."""
    found = (parsed(row.cells[place]) for row in table.rows)
    return any(
        isinstance(one, When) or (one is not None and (not is_clock or one.has_long_year))
        for one in found
    )


def _first(names: Sequence[str]) -> Callable[[str], int | None]:
    return lambda role: next((names.index(name) for name in HEADERS[role] if name in names), None)


def _region_place(table: Table, names: Sequence[str]) -> int | None:
    """Place of the column whose cells name body regions."""
    for name in (*HEADERS["region"], *HEADERS["vague_region"]):
        if name in names and any(
            region(row.cells[names.index(name)]) is not Region.NONE for row in table.rows
        ):
            return names.index(name)
    return None


def with_scores(
    table: Table,
    found: Columns,
    places: Sequence[int],
    best: Rank,
    scale: tuple[float, float] | None = None,
) -> Choice:
    """The columns with those of the score, which must be one, or one for each moment of the day; of
    a left and a right one the worse counts.
    """
    every = [_score_column(place, table.header[place], scale) for place in places]
    moments = dict.fromkeys(column.moment for column in every)
    columns = [_one_of([one for one in every if one.moment == moment]) for moment in moments]
    known = [column for column in columns if column is not None]
    if len(known) < len(columns) or (len(columns) > 1 and None in moments):
        listed = ", ".join(repr(table.header[place]) for place in places[:SHOWN_COLUMNS])
        return Choice(
            None,
            f"several columns could be the score ({listed}); name one in tightlog.toml",
            is_open=True,
        )
    return Choice(
        replace(
            found,
            scores=tuple(known),
            names_back=best in (Rank.TIGHT_BACK, Rank.BACK_PAIN, Rank.BACK),
        )
    )


def _score_column(place: int, header: str, scale: tuple[float, float] | None) -> ScoreColumn:
    own = Scale(*scale) if scale else scale_in_header(header)
    return ScoreColumn(place, own, header_moment(header), header, is_mapped=scale is not None)


def _one_of(columns: Sequence[ScoreColumn]) -> ScoreColumn | None:
    """The one column of a moment: the only one, the only one of both sides, or the left one
    with the right one beside it; None when it is not clear which.
    """
    sides = [_side(column.header) for column in columns]
    whole = [column for column, side in zip(columns, sides, strict=True) if side is None]
    if len(columns) == 1 or len(whole) == 1:
        return (whole or columns)[0]
    if sorted(side or "" for side in sides) != ["left", "right"]:
        return None
    left, right = (columns[sides.index(side)] for side in ("left", "right"))
    is_alike = left.scale == right.scale
    return replace(left, other=right.place, sides=("left", "right")) if is_alike else None


def _side(header: str) -> str | None:
    """left or right, if the header names one of them and not both."""
    found = [side for side in ("left", "right") if set(words(header)) & WORDS[side]]
    return found[0] if len(found) == 1 else None


def as_typed(header: str) -> str:
    """Header as two are compared: without case and with single blanks."""
    return " ".join(header.casefold().split())
