"""When a score of a table was given: the part of the day that its row, its column or the runner
names.
"""

from dataclasses import dataclass

from tightlog.domain.diary import NOT_UNDERSTOOD, UNKNOWN, DiaryMapping
from tightlog.readers.diary.cells.clocks import clock_and_zone, without_clock
from tightlog.readers.diary.cells.dates import When, parsed
from tightlog.readers.diary.cells.moments import header_moment, moment, named_moment
from tightlog.readers.diary.cells.scales import without_score
from tightlog.readers.diary.cells.words import words
from tightlog.readers.diary.columns import Columns, ScoreColumn
from tightlog.readers.diary.table import Row


@dataclass(frozen=True)
class Given:
    """The moment of a score as in `tightness.moment`, and the words it was read from."""

    moment: str | None
    raw: str | None = None


def given(
    row: Row,
    columns: Columns,
    column: ScoreColumn,
    when: When,
    cell: str,
    mapping: DiaryMapping | None,
) -> Given:
    """The moment by the words of the row or its score cell, else by the header of the score, else
    as tightlog.toml says; UNKNOWN where nothing says when.
    """
    unclear = None
    for text in [*_texts(row, columns, when), *_beside(cell)]:
        found = _as_mapped(text, mapping) or named_moment(text)
        if found not in (None, NOT_UNDERSTOOD):
            return Given(found, text)
        unclear = unclear or (text if found else None)
    if column.moment is not None:
        return Given(column.moment, unclear or column.header)
    if when.clock is not None:
        return Given(None, unclear)
    if unclear is not None:
        return Given(NOT_UNDERSTOOD, unclear)
    return Given((mapping.given_moment if mapping else None) or UNKNOWN)


def _as_mapped(text: str, mapping: DiaryMapping | None) -> str | None:
    """The moment that tightlog.toml says for these words."""
    own = {words(said): meant for said, meant in mapping.moments} if mapping else {}
    return own.get(words(text))


def _beside(cell: str) -> list[str]:
    """Words beside a score in its own cell that say when, understood or not."""
    text = without_score(cell)
    return [text] if text != cell and header_moment(text) else []


def _texts(row: Row, columns: Columns, when: When) -> list[str]:
    """Words of the row that may say when; a clock time in them is none."""
    texts = []
    for place in (columns.moment, columns.clock):
        cell = "" if place is None else row.cells[place]
        if place == columns.stamp and parsed(cell):
            continue
        has_clock = clock_and_zone(cell, is_clock=True)[0] is not None
        texts.append(_only_moment(without_clock(cell)) if has_clock else cell)
    texts.append(_only_moment(when.rest))
    return [text for text in texts if text]


def _only_moment(text: str) -> str:
    """The text where it names a moment: what else stands beside a time is no time."""
    return text if moment(text) else ""
