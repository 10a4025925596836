"""The columns of the score, chosen among all that could be it."""

from collections.abc import Sequence
from dataclasses import replace

from tightlog.readers.diary.cells.moments import OF_DAY, header_moment
from tightlog.readers.diary.cells.scales import Scale, scale_in_header
from tightlog.readers.diary.cells.vocabulary import MOMENTS, WORDS
from tightlog.readers.diary.cells.words import (
    words,
)
from tightlog.readers.diary.columns import Choice, Columns, ScoreColumn
from tightlog.readers.diary.header.columns_by_header import columns_by_header
from tightlog.readers.diary.header.headers import (
    Rank,
    rank,
)
from tightlog.readers.diary.header.topic import is_about_the_back, no_score_words
from tightlog.readers.diary.table import Table

SHOWN_COLUMNS = 8
# As the last word only: `Rücken der Läuferin`, `mal d dos`.
SIDE_ABBREVIATIONS = {"left": ("g", "gau"), "right": ("d", "der", "dr")}


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


def with_scores(
    table: Table,
    found: Columns,
    places: Sequence[int],
    best: Rank,
    scale: tuple[float, float] | None = None,
) -> Choice:
    """The columns with those of the score, which must be one, or one for each part of the day its
    names tell apart; of a left and a right one the worse counts.
    """
    every = [_score_column(place, table.header[place], scale) for place in places]
    parts = dict.fromkeys(_part_of_day(column) for column in every)
    columns = [_one_of([one for one in every if _part_of_day(one) == part]) for part in parts]
    known = [column for column in columns if column is not None]
    is_untold = len(columns) > 1 and any(column.moment is None for column in every)
    if len(known) < len(columns) or is_untold:
        listed = ", ".join(repr(table.header[place]) for place in places[:SHOWN_COLUMNS])
        return Choice(
            None,
            f"several columns could be the score ({listed}); name one in tightlog.toml",
            is_open=True,
        )
    return Choice(
        replace(
            found,
            scores=tuple(_told_apart(column, known) for column in known),
            names_back=best in (Rank.TIGHT_BACK, Rank.BACK_PAIN, Rank.BACK),
        )
    )


def _score_column(place: int, header: str, scale: tuple[float, float] | None) -> ScoreColumn:
    own = Scale(*scale) if scale else scale_in_header(header)
    return ScoreColumn(
        place,
        own,
        header_moment(header),
        header,
        is_mapped=scale is not None,
        side=_side(header),
    )


def _part_of_day(column: ScoreColumn) -> tuple[str | None, frozenset[str]]:
    """The moment of a column, with the words that tell it from others of the same moment, as the
    afternoon from the night.
    """
    of_day = column.moment in OF_DAY
    named = set(words(column.header)) & MOMENTS[column.moment or ""] if of_day else ()
    return column.moment, frozenset(named)


def _told_apart(column: ScoreColumn, known: Sequence[ScoreColumn]) -> ScoreColumn:
    """The column with its part of the day, where another one is of the same moment."""
    is_alone = sum(one.moment == column.moment for one in known) == 1
    return column if is_alone else replace(column, part=" ".join(sorted(_part_of_day(column)[1])))


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
    said = words(header)
    last = said[-1] if said else ""
    found = [
        side
        for side in ("left", "right")
        if set(said) & WORDS[side] or last in SIDE_ABBREVIATIONS[side]
    ]
    return found[0] if len(found) == 1 else None
