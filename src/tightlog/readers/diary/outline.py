"""A table before it is read: the names of its columns, its first rows as written, and what the
reader recognises in them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tightlog.domain.diary import DiaryMapping
from tightlog.readers.diary.cells.dates import parsed
from tightlog.readers.diary.cells.scales import number_and_scale
from tightlog.readers.diary.columns import Columns, as_typed
from tightlog.readers.diary.score_columns import chosen
from tightlog.readers.diary.table import Table, first_rows, is_text, table, text_of
from tightlog.readers.diary.workbook import is_workbook

SHOWN_ROWS = 5
# A column with more different texts than this names no regions.
MOST_TEXTS = 40


@dataclass(frozen=True)
class Outline:
    """The line of column names (empty when there is none), the first rows below, the texts of each
    column that has few, and the columns recognised without a mapping.
    """

    header: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    texts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    taken: DiaryMapping | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The names a mapping can use: not blank, and of two that are equal the first."""
        return tuple({as_typed(name): name for name in reversed(self.header) if name}.values())[
            ::-1
        ]


def outline(data: bytes, name: str, found: Table) -> Outline:
    """Outline of a table's bytes; `found` is what the reader found in them without a mapping."""
    if not is_text(data) and not is_workbook(data):
        return Outline()
    choice = chosen(found, name)
    if found.rows:
        header, rows = found.header, [row.cells for row in found.rows]
    else:
        header, rows = _guessed(data)
    taken = None if choice.columns is None else _as_mapping(found, choice.columns, name)
    return Outline(header, tuple(rows[:SHOWN_ROWS]), _texts(header, rows), taken)


def _guessed(data: bytes) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """The first of the rows with the most names in it, and those below; nothing when each holds
    a date or a number, as rows of values do.
    """
    if is_workbook(data):
        return (), []  # without a row of known names a sheet shows none
    head = first_rows(text_of(data))
    counts = [
        0
        if any(parsed(cell) or number_and_scale(cell) for cell in cells)
        else sum(map(bool, cells))
        for cells in head
    ]
    if not counts or max(counts) < 2:
        return (), []
    header = tuple(head[counts.index(max(counts))])
    found = table(text_of(data), lambda cells: int(tuple(cells) == header))
    return header, [row.cells for row in found.rows]


def _texts(header: Sequence[str], rows: Sequence[Sequence[str]]) -> dict[str, tuple[str, ...]]:
    found = {}
    for place, name in reversed(list(enumerate(header))):
        texts = dict.fromkeys(cells[place] for cells in rows if cells[place])
        if name and 0 < len(texts) <= MOST_TEXTS:
            found[name] = tuple(texts)
    return found


def _as_mapping(found: Table, columns: Columns, name: str) -> DiaryMapping:
    """The columns taken, as a mapping would name them; no score where there is one for each part
    of the day.
    """

    def named(place: int | None) -> str | None:
        return None if place is None else found.header[place]

    return DiaryMapping(
        file=name,
        day=named(columns.day),
        time=named(columns.clock),
        score=named(columns.scores[0].place) if len(columns.scores) == 1 else None,
        region=named(columns.region),
        moment=named(columns.moment),
        note=named(columns.note),
        context=tuple(found.header[column.place] for column in columns.context),
    )
