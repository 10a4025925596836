"""Everything logged, as entries of the Log page: the journal as it is now, and entries from
files and watches as of the last refresh.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any

import polars as pl

from tightlog.domain.diary import (
    DONE_FIELDS,
    FIELDS_OF_NAMES,
    SCORE_FIELDS,
    EntryFields,
    is_of_file,
)
from tightlog.domain.interventions.catalogue import CATALOGUE
from tightlog.journal.entry import FLAG, FUNCTION
from tightlog.journal.journal import Journal
from tightlog.language.catalogue import message, phrase, phrases
from tightlog.language.choice import ENGLISH, spoken

SCORE, DONE, SIGN, CLEARED = "score", "done", "sign", "cleared"
ABLE, DECLINED = "able", "declined"
with spoken(ENGLISH):
    TITLES = phrases({item.intervention: item.title for item in CATALOGUE})
JOURNAL = "diary"
NOT_TODAY, NOT_FOR_ME = message("Not today"), message("Not for me")
# What a correction may change in an entry of a file, by the names of a line's fields.
CHANGED = frozenset({"day", "at", *SCORE_FIELDS, *DONE_FIELDS})
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Line(EntryFields):
    """One entry: what was logged, its source, whether it can be changed, and whether the
    warehouse holds it.
    """

    source: str = JOURNAL
    place: str | None = None
    raw_value: str | None = field(default=None, compare=False)
    file_line: int | None = field(default=None, compare=False)
    is_waiting: bool = field(default=False, compare=False)
    # An entry of a file that the journal changes.
    is_corrected: bool = field(default=False, compare=False)

    @property
    def is_ours(self) -> bool:
        """True for an entry of the journal or of a file, which can be changed here."""
        is_known = self.source == JOURNAL or is_of_file(self.entry_id)
        return is_known and self.kind not in (CLEARED, DECLINED)


LINE_FIELDS = tuple(one.name for one in fields(Line))
# What a version knows of an entry: all but what is found by comparing it with the journal.
STORED_FIELDS = tuple(name for name in LINE_FIELDS if name not in ("is_waiting", "is_corrected"))


def lines(journal: Journal, stored: pl.DataFrame) -> list[Line]:
    """All entries, newest first; `stored` are the `logged_entries` of the published version, an
    empty frame without one.
    """
    known = {line.entry_id: line for line in _stored_lines(stored)}
    ours = [_waiting(line, known) for line in _journal_lines(journal)]
    told = [
        _as_changed(line, journal.file_changes.get(line.entry_id, {}))
        for line in known.values()
        if line.source != JOURNAL and line.entry_id not in journal.withdrawn
    ]
    return sorted([*ours, *told], key=_recency, reverse=True)


def withdrawn_count(journal: Journal, stored: pl.DataFrame) -> int:
    """How many entries the version still holds though they were withdrawn since."""
    if stored.is_empty():
        return 0
    standing = {entry.entry_id for entry in journal.entries}
    return sum(
        entry_id not in standing if source == JOURNAL else entry_id in journal.withdrawn
        for entry_id, source in stored.select("entry_id", "source").iter_rows()
    )


def chosen(every: Sequence[Line], kind: str | None, first_day: date | None) -> list[Line]:
    """The lines of a kind (`score`, `done`, `note`; None for all) from a day on; warning signs
    and clearances go with the scores.
    """

    def fits(line: Line) -> bool:
        is_kind = {None: True, SCORE: line.kind != DONE, DONE: line.kind == DONE}.get(
            kind, bool(line.note)
        )
        return is_kind and (first_day is None or line.day >= first_day)

    return [line for line in every if fits(line)]


def by_day(some: Sequence[Line]) -> list[tuple[date, list[Line]]]:
    """The lines of each day, in their order."""
    days: dict[date, list[Line]] = {}
    for line in some:
        days.setdefault(line.day, []).append(line)
    return list(days.items())


def declined_words(entry: EntryFields) -> str:
    """What the runner declined, `Not today: Plank`."""
    name = entry.intervention or ""
    return f"{phrase(NOT_FOR_ME if entry.is_lasting else NOT_TODAY)}: {TITLES.get(name, name)}"


def _journal_lines(journal: Journal) -> list[Line]:
    scores = [_line(vars(one) | {"kind": SCORE, "at": one.rated_at}) for one in journal.scores]
    done = [_line(vars(one) | {"kind": DONE, "at": one.done_at}) for one in journal.interventions]
    signs = [
        Line(
            entry.entry_id,
            SIGN,
            entry.day,
            entry.at,
            is_sharp=entry.is_sharp,
            red_flags=entry.red_flags,
        )
        for entry in journal.entries
        if entry.kind == FLAG
    ]
    able = [
        Line(entry.entry_id, ABLE, entry.day, entry.at, function=entry.function, task=entry.task)
        for entry in journal.entries
        if entry.kind == FUNCTION
    ]
    cleared = [Line(entry.entry_id, CLEARED, entry.day, entry.at) for entry in journal.clearances]
    declined = [_line(vars(one) | {"kind": DECLINED}) for one in journal.declined]
    return [*scores, *done, *signs, *able, *cleared, *declined]


def _stored_lines(stored: pl.DataFrame) -> Iterator[Line]:
    """Entries of the rows of `logged_entries`; by columns, for ten years have thousands."""
    if stored.is_empty():
        return
    columns: list[Iterable[Any]] = []
    for name in STORED_FIELDS:
        values: list[Any] = (
            stored[name].to_list() if name in stored.columns else [None] * stored.height
        )
        is_names = name in FIELDS_OF_NAMES
        columns.append([tuple(value or ()) for value in values] if is_names else values)
    for of_entry in zip(*columns, strict=True):
        yield Line(*of_entry)


def _line(row: Row) -> Line:
    """The entry of the facts of one in the journal."""
    known = {name: row[name] for name in LINE_FIELDS if name in row}
    return Line(**known | {name: tuple(row.get(name) or ()) for name in FIELDS_OF_NAMES})


def _waiting(line: Line, known: Mapping[str, Line]) -> Line:
    """The entry, marked when it counts only from the next refresh; warning signs count at once."""
    is_waiting = line.kind in (SCORE, DONE) and known.get(line.entry_id) != line
    return replace(line, is_waiting=True) if is_waiting else line


def _as_changed(line: Line, changes: Row) -> Line:
    """An entry of a file as the runner left it; it waits while the version holds it otherwise."""
    if not changes:
        return line
    known = {name: value for name, value in changes.items() if name in CHANGED}
    changed = replace(line, **known)
    return replace(changed, is_waiting=changed != line, is_corrected=bool(known))


def _recency(line: Line) -> tuple[date, float, str]:
    return line.day, line.at.timestamp() if line.at else 0.0, line.entry_id
