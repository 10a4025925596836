"""The meaning of each column of a diary: by the words of its header, or as tightlog.toml maps
it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from tightlog.domain.diary import DiaryMapping
from tightlog.readers.diary.context import ContextColumn, context_columns, export_of
from tightlog.readers.diary.dates import parsed
from tightlog.readers.diary.headers import Rank, day_places, plain, rank, split_places
from tightlog.readers.diary.scales import Scale, scale_in_header
from tightlog.readers.diary.table import Table
from tightlog.readers.diary.vocabulary import HEADERS, WORDS
from tightlog.readers.diary.words import (
    Region,
    moment,
    names_lower_back,
    region,
    words,
)


@dataclass(frozen=True)
class ScoreColumn:
    """A column of scores: its place, the scale it says (None when it says none), and the moment
    its header names.
    """

    place: int
    scale: Scale | None = None
    moment: str | None = None


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
    count = sum(bool(cell) and (plain(cell) in known or rank(cell) is not None) for cell in cells)
    return count if has_day and (has_score or export_of([plain(cell) for cell in cells])) else 0


def chosen(table: Table, name: str, mapping: DiaryMapping | None) -> Choice:
    """The columns of a table by its header, its cells and the file's name; what tightlog.toml
    maps comes first.
    """
    if mapping is not None:
        return _mapped(table, mapping)
    found = _by_header(table)
    if found.day is None and found.split is None:
        return Choice(None, "no column holds the day")
    if found.export == "pmsys":
        return Choice(found)
    ranked = [
        (order, place)
        for place, header in enumerate(table.header)
        if (order := rank(header)) is not None and place not in found.taken
    ]
    if not ranked:
        return (
            Choice(found)
            if found.export
            else Choice(None, "no column holds the tightness of the lower back")
        )
    best = min(order for order, _ in ranked)
    candidates = [place for order, place in ranked if order == best]
    if best < Rank.SCORE or _is_about_the_back(table, found, best, name):
        return _with_scores(table, found, candidates, best)
    return (
        Choice(found)
        if found.export
        else Choice(
            None,
            (
                f"column {table.header[candidates[0]]!r} does not say that it is about the lower "
                "back; map it in tightlog.toml if it is"
            ),
        )
    )


def _by_header(table: Table) -> Columns:
    names = [plain(header) for header in table.header]
    split = split_places(table.header)
    places = [place for place in day_places(table.header) if place not in (split or ())]
    # A column called `day` or `when` may hold "Monday" or "morning"; without any date in it, it
    # says the day only if no other column does.
    dated = [place for place in places if any(parsed(row.cells[place]) for row in table.rows)] or (
        [] if split else places[:1]
    )
    day, stamp = [*([None] if split else []), *dated, None, None][:2]
    first = _first(names)
    clock, part = first("clock"), first("moment")
    export = export_of(names)
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
        clock=clock if clock not in taken else None,
        moment=part if part not in {*taken, clock} else None,
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


def _is_about_the_back(table: Table, found: Columns, best: Rank, name: str) -> bool:
    """True when a column named `score` or `pain` can only mean the back: by regions, name or
    title, or (`score`) with nothing foreign beside it.
    """
    if (
        found.region is not None
        or names_lower_back(name.rpartition(".")[0])
        or names_lower_back(table.preface)
    ):
        return True
    foreign = [
        header
        for place, header in enumerate(table.header)
        if header and place not in found.taken and rank(header) != Rank.SCORE
    ]
    return best is Rank.SCORE and not foreign


def _with_scores(
    table: Table,
    found: Columns,
    places: Sequence[int],
    best: Rank,
    scale: tuple[float, float] | None = None,
) -> Choice:
    """The columns with those of the score, which must be one, or one for each moment of the day."""
    columns = [
        ScoreColumn(
            place,
            Scale(*scale) if scale else scale_in_header(table.header[place]),
            moment(table.header[place]),
        )
        for place in places
    ]
    if len(columns) > 1 and len({column.moment for column in columns} - {None}) < len(columns):
        listed = ", ".join(repr(table.header[place]) for place in places)
        return Choice(
            None,
            f"several columns could be the score ({listed}); name one in tightlog.toml",
            is_open=True,
        )
    return Choice(
        replace(
            found,
            scores=tuple(columns),
            names_back=best in (Rank.TIGHT_BACK, Rank.BACK_PAIN, Rank.BACK),
        )
    )


def _mapped(table: Table, mapping: DiaryMapping) -> Choice:
    """Columns as mapped; what the mapping leaves out is found by the header."""
    places = {as_typed(header): place for place, header in reversed(list(enumerate(table.header)))}
    missing = [name for name in mapping.columns if as_typed(name) not in places]
    if missing:
        return Choice(
            None,
            f"tightlog.toml maps the column {', '.join(map(repr, missing))}, but the file has "
            f"{', '.join(filter(None, table.header)) or 'none'}",
            is_open=True,
        )

    def place_of(name: str | None) -> int | None:
        return None if name is None else places[as_typed(name)]

    found = _with_mapped_roles(_by_header(table), mapping, place_of)
    if found.day is None and found.split is None:
        return Choice(None, "no column holds the day; map `day` in tightlog.toml", is_open=True)
    if (score := place_of(mapping.score)) is not None:
        return _with_scores(table, found, [score], Rank.TIGHT_BACK, mapping.scale)
    ranked = [
        (order, place)
        for place, header in enumerate(table.header)
        if (order := rank(header)) is not None and place not in found.taken
    ]
    if ranked:
        best = min(order for order, _ in ranked)
        return _with_scores(
            table, found, [place for order, place in ranked if order == best], best, mapping.scale
        )
    return (
        Choice(found)
        if found.context or found.done
        else Choice(None, "no column is mapped or known as the score", is_open=True)
    )


def _with_mapped_roles(
    found: Columns, mapping: DiaryMapping, place_of: Callable[[str | None], int | None]
) -> Columns:
    day = place_of(mapping.day)
    if day is not None:
        found = replace(
            found, day=day, split=None, stamp=found.stamp if found.stamp != day else None
        )
    own = tuple(
        ContextColumn(place, "_".join(words(name)), None)
        for name in mapping.context
        if (place := place_of(name)) is not None
    )
    used = {column.place for column in own} | {place_of(mapping.score)}
    return replace(
        found,
        clock=place_of(mapping.time) if mapping.time else found.clock,
        region=place_of(mapping.region) if mapping.region else found.region,
        moment=place_of(mapping.moment) if mapping.moment else found.moment,
        note=place_of(mapping.note) if mapping.note else found.note,
        context=(*own, *(column for column in found.context if column.place not in used)),
        done=tuple(
            (intervention, place)
            for intervention, column in mapping.done
            if (place := place_of(column)) is not None
        ),
    )


def as_typed(header: str) -> str:
    """Header as two are compared: without case and with single blanks."""
    return " ".join(header.casefold().split())
