"""The score cells of a table: which row and column they stand in, on which scale, and why one gives
no score.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tightlog.domain.diary import NOT_UNDERSTOOD, DiaryMapping
from tightlog.readers.diary.cells.scales import (
    ZERO_TO_TEN,
    Scale,
    ScoreCell,
    says_unclear_scale,
    score_cell,
    without_score,
)
from tightlog.readers.diary.cells.vocabulary import WORDS
from tightlog.readers.diary.cells.words import Region, region, words
from tightlog.readers.diary.columns import Columns, ScoreColumn
from tightlog.readers.diary.context import named_scores
from tightlog.readers.diary.table import Table

SHOWN_CHARACTERS = 40
BOTH = "both"
# One number off the scale is a typing error; several mean another scale.
SLIPS, SLIP_SHARE = 1, 0.05
# What stands in a cell instead of nothing.
BLANK = re.compile(
    r"[\s\-–—−.…?/_]*|#?n\.?\s?[/.]?\s?[av]\.?|nan|null|k\.?\s?a\.?|n\.?\s?d\.?|s[/.]\s?d\.?",
    re.IGNORECASE,
)
# Not a cross, and not none, which is a word for a score.
YES, NO = WORDS["yes"] - {"1", "x", "s"}, WORDS["no"] - {"0", "none", "n"}
# So many scores of only 0 and 1 may as well be a yes and a no.
YES_OR_NO = 5
# So many fractions below 1 and nothing above it are shares of 1, as a spreadsheet keeps percents.
SHARES = 3


@dataclass(frozen=True)
class Scored:
    """One score: its row (by index), its column, the cell it is read from, and all that was
    written.
    """

    index: int
    column: ScoreColumn
    cell: str
    raw: str = ""
    # The side it is of, where its columns name one; of two that are alike, both.
    side: str | None = None

    @property
    def read(self) -> ScoreCell | None:
        """What the cell says; None when it is no score."""
        return score_cell(self.cell)

    @property
    def scale(self) -> Scale:
        """Scale of the cell itself, else of its column."""
        own = self.read
        return (own and own.scale) or self.column.scale or ZERO_TO_TEN


@dataclass(frozen=True)
class ScoreCells:
    """The score cells about the lower back, with their scales settled; how many rows are about
    other regions, or about several at once; and why the column was refused, if it was.
    """

    cells: tuple[Scored, ...] = ()
    elsewhere: int = 0
    mixed: int = 0
    refusal: str | None = None


def score_cells(table: Table, columns: Columns, mapping: DiaryMapping | None) -> ScoreCells:
    """All cells that hold or should hold a score, by row and column."""
    every = [*_in_columns(table, columns), *_among_activities(table, columns)]
    kept, elsewhere, mixed = _of_the_lower_back(table, columns, every, mapping)
    settled, refusal = _with_scales(table, kept)
    ordered = sorted(settled, key=lambda one: (one.index, one.column.place))
    return ScoreCells(tuple(ordered), elsewhere, mixed, refusal)


def written(cell: str) -> str:
    """A score cell without what stands for nothing, such as a dash or n/a."""
    return "" if BLANK.fullmatch(cell) else cell


def no_score(scored: Scored) -> str | None:
    """Why a score cell gives no score; None when it does."""
    found = scored.read
    if region(without_score(scored.cell)) in (Region.OTHER, Region.MIXED):
        return f"{scored.cell[:SHOWN_CHARACTERS]!r} is not about the lower back alone"
    if found is None:
        return f"{scored.cell[:SHOWN_CHARACTERS]!r} is not a number"
    if not scored.scale.holds(found.number):
        return f"{scored.cell[:SHOWN_CHARACTERS]} lies outside {ends(scored.scale)}"
    return None


def ends(scale: Scale) -> str:
    """The two ends of a scale, the lower one first: `0–10`."""
    return f"{min(scale.none, scale.worst):g}–{max(scale.none, scale.worst):g}"


def _in_columns(table: Table, columns: Columns) -> Iterator[Scored]:
    for column in columns.scores:
        for index, row in enumerate(table.rows):
            cell = written(row.cells[column.place])
            other = "" if column.other is None else written(row.cells[column.other])
            if cell and other:
                yield _worse(*_sides(index, column, cell, other))
            elif cell or other:
                left, right = _sides(index, column, cell, other)
                one = left if cell else right
                yield replace(one, raw=one.cell)


def _sides(index: int, column: ScoreColumn, cell: str, other: str) -> tuple[Scored, Scored]:
    """The cells of a column and of the one of the other side."""
    sides = column.sides if column.other is not None else (column.side, None)
    return Scored(index, column, cell, side=sides[0]), Scored(index, column, other, side=sides[1])


def _worse(one: Scored, other: Scored) -> Scored:
    """The worse of two sides; the one that cannot be read, so that it is named."""
    sides = one.column.sides
    raw = f"{sides[0]} {one.cell}, {sides[1]} {other.cell}"

    def badness(scored: Scored) -> float:
        found = scored.read
        return float("inf") if found is None else scored.scale.score(found.number)

    side = BOTH if badness(one) == badness(other) else max(one, other, key=badness).side
    return replace(max(one, other, key=badness), raw=raw, side=side)


def _among_activities(table: Table, columns: Columns) -> Iterator[Scored]:
    for index, row in enumerate(table.rows):
        for cell in named_scores(row, columns.activities):
            yield Scored(index, ScoreColumn(-1), cell, cell)


def _of_the_lower_back(
    table: Table, columns: Columns, cells: Sequence[Scored], mapping: DiaryMapping | None
) -> tuple[list[Scored], int, int]:
    if columns.region is None:
        return list(cells), 0, 0
    wanted = {words(name) for name in mapping.keep_regions} if mapping else set()
    kept, elsewhere, mixed = [], 0, 0
    for scored in cells:
        text = table.rows[scored.index].cells[columns.region]
        found = region(text)
        if (
            words(text) in wanted
            if wanted
            else found is Region.LOWER_BACK or (not text and columns.names_back)
        ):
            kept.append(scored)
        elif found is Region.MIXED and not wanted:
            mixed += 1
        else:
            elsewhere += 1
    return kept, elsewhere, mixed


def _with_scales(table: Table, cells: Sequence[Scored]) -> tuple[list[Scored], str | None]:
    """The cells with the scale of their column settled; a sentence when its numbers fit no
    known scale.
    """
    settled: list[Scored] = []
    for column in dict.fromkeys(scored.column for scored in cells):
        own = [scored for scored in cells if scored.column == column]
        scale = _settled_scale(column.scale or ZERO_TO_TEN, own)
        own = [replace(scored, column=replace(column, scale=scale)) for scored in own]
        numbers = [scored for scored in own if scored.read]
        refusal = (
            _unclear_scale(column)
            or _yes_and_no(table, own)
            or _pairs(table, own)
            or _zeros_and_ones(table, own)
        )
        refusal = refusal or _outside(table, numbers, scale) or _shares(table, numbers, scale)
        if refusal:
            return [], refusal
        settled += own
    return settled, None


def _settled_scale(scale: Scale, own: Sequence[Scored]) -> Scale:
    """A scale from 1 in whose column a 0 stands begins at 0."""
    has_zero = any(found.number == 0 and not found.is_word for one in own if (found := one.read))
    return Scale(0, scale.worst) if has_zero and scale.none == 1 else scale


def _outside(table: Table, numbers: Sequence[Scored], scale: Scale) -> str | None:
    outside = [one for one in numbers if one.read and not one.scale.holds(one.read.number)]
    are_slips = len(outside) <= max(SLIPS, SLIP_SHARE * len(numbers))
    if not outside or (are_slips and len(outside) < len(numbers)):
        return None
    return (
        f"{len(outside)} of {len(numbers)} scores in column {_header(table, numbers)!r} lie "
        f"outside {ends(scale)} ({_listed(table, outside)}); write the scale into the header, such "
        "as (0-100), or `scale = [0, 100]` for this file under [[diary]] in tightlog.toml"
    )


def _shares(table: Table, numbers: Sequence[Scored], scale: Scale) -> str | None:
    plain = [one for one in numbers if one.read and one.read.scale is None]
    fractions = [one for one in plain if one.read and 0 < one.read.number < 1]
    is_above = any(one.read and one.read.number > 1 for one in plain)
    if scale.worst <= 1 or is_above or len(fractions) < SHARES:
        return None
    return (
        f"no score in column {_header(table, numbers)!r} lies above 1 and many are fractions "
        f"({_listed(table, fractions)}), as percents are kept in a spreadsheet; say `scale = "
        "[0, 1]`, or the scale they have, for this file under [[diary]] in tightlog.toml"
    )


def _unclear_scale(column: ScoreColumn) -> str | None:
    if not says_unclear_scale(column.header) or (column.scale and column.is_mapped):
        return None
    return (
        f"column {column.header!r} says its scale in words that are not understood; say it with "
        "`scale = [0, 10]` (none first) for this file under [[diary]] in tightlog.toml"
    )


def _yes_and_no(table: Table, own: Sequence[Scored]) -> str | None:
    """Where some cells say yes, a no is none of the words for a score."""
    ticked = [one for one in own if one.read is None and set(words(one.cell)) & YES]
    denied = [one for one in own if one.read and set(words(one.cell)) & NO]
    if not ticked or not denied:
        return None
    some = _listed(table, [*ticked[:1], *denied])
    return f"column {_header(table, own)!r} says yes and no ({some}), which is no score"


def _pairs(table: Table, own: Sequence[Scored]) -> str | None:
    """Why `3/5` and `5/3` in one column, or under `AM/PM`, are no scores of a scale."""
    read = [(one, one.read.scale) for one in own if one.read and "/" in one.cell]
    paired = {scale.worst: one for one, scale in read if scale}
    is_of_two = own[0].column.moment == NOT_UNDERSTOOD and "/" in own[0].column.header
    if len(paired) < 2 and not (paired and is_of_two):
        return None
    return (
        f"column {_header(table, own)!r} holds two numbers in a cell "
        f"({_listed(table, list(paired.values()))}); give each a column of its own"
    )


def _zeros_and_ones(table: Table, own: Sequence[Scored]) -> str | None:
    """Why a column of nothing but 0 and 1 on no known scale is not read."""
    if any(one.column.scale and not one.column.scale.is_assumed for one in own):
        return None
    read = [one.read for one in own]
    plain = [one.number for one in read if one and not one.scale]
    if len(plain) < YES_OR_NO or len(plain) < len(own) or set(plain) != {0, 1}:
        return None
    return (
        f"column {_header(table, own)!r} holds only 0 and 1, which may mean no and yes; if they "
        "are scores, say `scale = [0, 10]` for this file under [[diary]] in tightlog.toml"
    )


def _header(table: Table, cells: Sequence[Scored]) -> str:
    return table.header[cells[0].column.place]


def _listed(table: Table, cells: Sequence[Scored]) -> str:
    return ", ".join(
        f"line {table.rows[scored.index].line}: {scored.cell[:SHOWN_CHARACTERS]}"
        for scored in cells[:3]
    )
