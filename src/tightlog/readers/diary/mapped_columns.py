"""The columns of a diary as tightlog.toml maps them; what it leaves out is found by the header."""

from collections.abc import Callable
from dataclasses import replace

from tightlog.domain.diary import DiaryMapping
from tightlog.readers.diary.cells.words import words
from tightlog.readers.diary.columns import Choice, Columns, as_typed
from tightlog.readers.diary.context import ContextColumn
from tightlog.readers.diary.header.columns_by_header import columns_by_header
from tightlog.readers.diary.header.headers import Rank
from tightlog.readers.diary.score_columns import chosen, ranked, with_scores
from tightlog.readers.diary.table import Table


def mapped(table: Table, name: str, mapping: DiaryMapping) -> Choice:
    """Columns as mapped, or why they cannot be; a mapping without columns leaves all to the
    header.
    """
    if not mapping.columns and mapping.scale is None:
        return chosen(table, name)
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

    found = _with_mapped_roles(columns_by_header(table), mapping, place_of)
    if found.day is None and found.split is None:
        return Choice(None, "no column holds the day; map `day` in tightlog.toml", is_open=True)
    if (score := place_of(mapping.score)) is not None:
        return with_scores(table, found, [score], Rank.TIGHT_BACK, mapping.scale)
    best, candidates = ranked(table, found)
    if best is not None:
        return with_scores(table, found, candidates, best, mapping.scale)
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
    moment = None if found.moment == found.day else found.moment
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
        moment=place_of(mapping.moment_column) if mapping.moment_column else moment,
        note=place_of(mapping.note) if mapping.note else found.note,
        context=(*own, *(column for column in found.context if column.place not in used)),
        done=tuple(
            (intervention, place)
            for intervention, column in mapping.done
            if (place := place_of(column)) is not None
        ),
    )
