"""The sheets of a workbook → one reading: each that is a diary is read, the others are named."""

from collections.abc import Callable, Sequence

from tightlog.domain.diary import DiaryMapping
from tightlog.domain.file_status import FileStatus
from tightlog.domain.reading import Reading, not_a_diary, unreadable
from tightlog.readers.diary.cells.words import names_lower_back
from tightlog.readers.diary.columns import as_typed
from tightlog.readers.diary.read_table import READER, as_table, header_names
from tightlog.readers.diary.score_columns import chosen
from tightlog.readers.diary.table import Table, sheet_table
from tightlog.readers.diary.workbook import Sheet, WorkbookUnread, sheets

SHOWN_SHEETS = 5
EMPTY = Table((), "", (), ())
ReadTable = Callable[[Table, str, DiaryMapping | None], Reading]


def read_sheets(data: bytes, name: str, mapping: DiaryMapping | None, read: ReadTable) -> Reading:
    """The reading of all sheets together; with a mapping, of those that have its columns."""
    try:
        found, closed = sheets(data)
    except WorkbookUnread as problem:
        return unreadable(READER, str(problem))
    tables = {sheet.name: _table(sheet, mapping) for sheet in found}
    readings = {
        sheet: read(table, _name(name, sheet), mapping)
        for sheet, table in tables.items()
        if _has_columns(table, mapping)
    }
    taken = {sheet: one for sheet, one in readings.items() if one.reader is not None}
    if not taken:
        return _not_taken(readings, closed)
    others = [sheet for sheet in tables if sheet not in taken] + list(closed)
    return _together(taken, others)


def diary_sheet(data: bytes, mapping: DiaryMapping | None) -> Table:
    """The table of the first sheet that is a diary, else of the first sheet."""
    try:
        found, _ = sheets(data)
    except WorkbookUnread:
        return EMPTY
    tables = [_table(sheet, mapping) for sheet in found]
    diaries = (table for table in tables if chosen(table, "").columns is not None)
    return next(diaries, tables[0] if tables else EMPTY)


def _table(sheet: Sheet, mapping: DiaryMapping | None) -> Table:
    found = sheet_table(sheet.rows, header_names(mapping), sheet.counts_from_1904)
    return found if mapping and mapping.columns else as_table(found)


def _name(name: str, sheet: str) -> str:
    """The name of the file, or the sheet's where that says what it is about."""
    return f"{sheet}.xlsx" if names_lower_back(sheet) else name


def _has_columns(table: Table, mapping: DiaryMapping | None) -> bool:
    header = {as_typed(name) for name in table.header}
    return mapping is None or {as_typed(name) for name in mapping.columns} <= header


def _together(taken: dict[str, Reading], others: Sequence[str]) -> Reading:
    every = taken.values()
    reasons = [f"sheet {sheet}: {one.reason}" for sheet, one in taken.items() if one.reason]
    columns = [f"sheet {sheet}: {one.columns}" for sheet, one in taken.items() if one.columns]
    columns += [f"sheets left alone: {_some(others)}"] if others else []
    holds = any(one.scores or one.context or one.interventions for one in every)
    statuses = {one.status for one in every}
    status = next(iter(statuses)) if len(statuses) == 1 else FileStatus.PARTIAL
    if statuses <= {FileStatus.READ, FileStatus.NO_ACTIVITY} and holds:
        status = FileStatus.READ
    elif not holds and FileStatus.UNREADABLE in statuses:
        status = FileStatus.UNREADABLE
    return Reading(
        status,
        READER,
        "; ".join(reasons) or None,
        (),
        tuple(score for one in every for score in one.scores),
        tuple(done for one in every for done in one.interventions),
        tuple(value for one in every for value in one.context),
        "; ".join(columns) if holds else None,
    )


def _not_taken(readings: dict[str, Reading], closed: Sequence[str]) -> Reading:
    """Why no sheet is a diary: the reason of the first, and which ones were looked at."""
    if not readings:
        which = f" (hidden or empty: {_some(closed)})" if closed else ""
        return not_a_diary(f"no sheet of the workbook is one{which}")
    first = next(iter(readings.values())).reason or ""
    return not_a_diary(f"sheet {_some(list(readings))}: {first}")


def _some(names: Sequence[str]) -> str:
    more = len(names) - SHOWN_SHEETS
    shown = ", ".join(name[:60] for name in names[:SHOWN_SHEETS])
    return f"{shown} and {more} more" if more > 0 else shown
