"""The meaning of each column of a diary, by the words of its header and by its cells."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from tightlog.readers.diary.bearable import is_bearable
from tightlog.readers.diary.cells.clocks import clock_and_zone
from tightlog.readers.diary.cells.dates import When, parsed
from tightlog.readers.diary.cells.moments import moment
from tightlog.readers.diary.cells.scales import Scale
from tightlog.readers.diary.cells.vocabulary import HEADERS, WORDS
from tightlog.readers.diary.cells.words import (
    Region,
    region,
)
from tightlog.readers.diary.columns import Columns, ScoreColumn
from tightlog.readers.diary.context import context_columns, export_of
from tightlog.readers.diary.header.headers import (
    clock_places,
    day_places,
    plain,
    rank,
    split_places,
)
from tightlog.readers.diary.table import Table


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


def columns_by_header(table: Table) -> Columns:
    """The columns by their names and by what the cells hold; the score is still to be chosen."""
    names = [plain(header) for header in table.header]
    found = _with_times(table, names, _day_columns(table))
    first, export = _first(names), export_of(names)
    found = replace(
        found,
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


def _day_columns(table: Table) -> Columns:
    """The columns that say the day: one, of which a second is the time stamp, or one for each of
    year, month and day.
    """
    split = split_places(table.header)
    places = [place for place in day_places(table.header) if place not in (split or ())]
    # A column called `day` or `when` may hold "Monday" or "morning"; without any date in it, it
    # says the day only if no other column does.
    clocks = clock_places(table.header)
    undated = [] if split else [place for place in places if place not in clocks][:1]
    dated = [place for place in places if _holds_days(table, place, place in clocks)] or undated
    day, stamp = [*([None] if split else []), *dated, None, None][:2]
    return Columns(day=day, stamp=stamp, split=split)


def _with_times(table: Table, names: Sequence[str], found: Columns) -> Columns:
    """With the columns of the year, of the clock time and of the part of the day."""
    part = _moment_place(table, names)
    clock = next((place for place in clock_places(table.header) if place != found.day), None)
    if clock is None and part is not None and _holds_clocks(table, part):
        clock = part
    years = [] if found.split else [n for n, name in enumerate(names) if name in WORDS["year"]]
    days = {place for place in (found.day, found.stamp, *(found.split or ())) if place is not None}
    return replace(
        found,
        year=years[0] if years else None,
        clock=clock if clock not in days or clock == found.stamp else None,
        moment=part if part not in days else None,
    )


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
