"""The local day of each row of a diary, from one date column, two that confirm each other, or
separate year, month and day columns.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tightlog.domain.clocks import last_day
from tightlog.readers.diary.cells.calendars import calendar_words, gregorian
from tightlog.readers.diary.cells.clocks import clock_and_zone
from tightlog.readers.diary.cells.date_order import ORDER_WORDS, Order, order_of
from tightlog.readers.diary.cells.dates import (
    DAYS_TO_1904,
    Numbers,
    Parsed,
    When,
    is_serial,
    parsed,
    settled,
)
from tightlog.readers.diary.cells.vocabulary import MONTHS
from tightlog.readers.diary.cells.words import words
from tightlog.readers.diary.columns import Columns
from tightlog.readers.diary.table import Row, Table

MIDNIGHT = time(0, 0)
# A time that may be of a clock of twelve: 7:30, not 19:30.
TWELVE = re.compile(r"(?:0?\d|1[0-2])[:.]\d\d")
SHOWN_CHARACTERS = 40
# A year of four digits before 1990, at either end of a date.
YEAR_TOO_EARLY = re.compile(r"\b(0\d|1[0-8])\d\d\b|\b19[0-8]\d\b")


@dataclass(frozen=True)
class Days:
    """Day of each row (None where it cannot be read, with the reason in `problems`), how it was
    read, and why the column was refused, if it was.
    """

    whens: tuple[When | None, ...]
    problems: tuple[str, ...]
    how: str
    refusal: str | None = None


@dataclass(frozen=True)
class _Column:
    cells: tuple[Parsed | None, ...]
    order: Order
    # What is special about its dates, in words.
    remark: str = ""

    def whens(self) -> tuple[When | None, ...]:
        order = self.order.order
        return tuple(
            None if cell is None or order is None else settled(cell, order) for cell in self.cells
        )

    def days(self) -> tuple[date | None, ...]:
        return tuple(when.day if when else None for when in self.whens())


def days(table: Table, columns: Columns, order: str | None, zone: ZoneInfo) -> Days:
    """Days of a table's rows; `order` is the date order set in tightlog.toml, None to
    decide it from the rows; `zone` is the home's.
    """
    if columns.split is not None:
        return _of_three_columns(table, columns, columns.split, zone)
    place = columns.day if columns.day is not None else 0
    main = _column(table, place, columns.year)
    stamp = _column(table, columns.stamp, None) if columns.stamp is not None else None
    if stamp is not None and not any(main.cells) and any(stamp.cells):
        main, place, stamp = stamp, columns.stamp or 0, None
    main = replace(main, order=Order(order)) if order else main
    if main.order.order is None and stamp is not None and stamp.order.order is not None:
        main = replace(main, order=order_of(main.cells, stamp.days()))
    if stamp is not None and stamp.order.order is None:
        stamp = replace(stamp, order=order_of(stamp.cells, main.days()))
    if main.order.order is None:
        return _refused(table, place, main.order)
    whens, problems = _blanks_as_above(table, columns, place, main.whens())
    return Days(
        _with_clocks(table, columns, whens, stamp, zone), problems, _how(main, table.header[place])
    )


def _column(table: Table, place: int, year: int | None) -> _Column:
    written, is_buddhist = gregorian([row.cells[place] for row in table.rows], last_day().year)
    cells = tuple(
        _parsed(table, cell) or (parsed(f"{cell} {row.cells[year]}") if year is not None else None)
        for row, cell in zip(table.rows, written, strict=True)
    )
    remark = (
        "years of the Buddhist calendar"
        if is_buddhist
        else "day numbers of a spreadsheet"
        if any(map(is_serial, written))
        else ""
    )
    return _Column(cells, order_of(cells, [None] * len(cells)), remark)


def _parsed(table: Table, cell: str) -> Parsed | None:
    found = parsed(cell)
    if table.counts_from_1904 and isinstance(found, When) and is_serial(cell):
        return replace(found, day=found.day + timedelta(days=DAYS_TO_1904))
    return found


def _how(column: _Column, header: str) -> str:
    is_numeric = any(isinstance(cell, Numbers) for cell in column.cells)
    order = ORDER_WORDS[column.order.order or "ymd"] if is_numeric else ""
    said = [part for part in (order, order and column.order.why, column.remark) if part]
    return f"{header} ({', '.join(said)})" if said else header


def _refused(table: Table, place: int, order: Order) -> Days:
    named = ", ".join(
        f"line {table.rows[index].line}: {table.rows[index].cells[place]}" for index in order.rows
    )
    return Days(
        (),
        (),
        "",
        f"{order.why} in column {table.header[place]!r} ({named}); write dates as 2026-05-31, "
        'or say `order = "dmy"` or `"mdy"` for this file under [[diary]] in tightlog.toml',
    )


def _blanks_as_above(
    table: Table, columns: Columns, place: int, whens: Sequence[When | None]
) -> tuple[tuple[When | None, ...], tuple[str, ...]]:
    """Days with a blank taken as the day above, where a table can hold several rows a day;
    problems by row, '' for none.
    """
    is_grouped = any(
        column is not None for column in (columns.region, columns.moment, columns.clock)
    )
    filled: list[When | None] = []
    problems: list[str] = []
    above: When | None = None
    for row, when in zip(table.rows, whens, strict=True):
        cell = row.cells[place]
        if cell:
            above = when
        found = when if cell else (When(above.day) if above and is_grouped else None)
        filled.append(found)
        early = YEAR_TOO_EARLY.search(cell)
        why = f"lies before 1990{_hint(early.group())}" if early else "is not a date"
        problems.append(
            "" if found else f"{cell[:SHOWN_CHARACTERS]!r} {why}" if cell else "no date"
        )
    return tuple(filled), tuple(problems)


def _hint(year: str) -> str:
    return calendar_words(int(year), last_day().year)


def _with_clocks(
    table: Table,
    columns: Columns,
    whens: Sequence[When | None],
    stamp: _Column | None,
    zone: ZoneInfo,
) -> tuple[When | None, ...]:
    """Days with the clock time of their own cell, of the time column, or of the time stamp when
    it lies on the same day.
    """
    if all(when.clock in (None, MIDNIGHT) for when in whens if when):
        whens = [
            when and replace(when, clock=None, zone=None) for when in whens
        ]  # a spreadsheet's way to write a date
    whens = _without_midnights(whens, zone)
    stamps = stamp.whens() if stamp is not None else (None,) * len(table.rows)
    return tuple(
        when and _clocked(row, columns, when, stamped, zone)
        for row, when, stamped in zip(table.rows, whens, stamps, strict=True)
    )


def _without_midnights(whens: Sequence[When | None], zone: ZoneInfo) -> Sequence[When | None]:
    """Days without their times where each is midnight at home, as JavaScript writes a date:
    2026-05-13T22:00:00Z is 14 May in Zurich.
    """
    at = [
        when and when.clock and datetime.combine(when.day, when.clock, when.zone or zone)
        for when in whens
    ]
    local = [one.astimezone(zone) if one else None for one in at]
    known = [(one, when) for one, when in zip(local, whens, strict=True) if when]
    if not known or not all(one and one.time() == MIDNIGHT for one, _ in known):
        return whens
    return [
        when and When(one.date()) if one else when for one, when in zip(local, whens, strict=True)
    ]


def _clock_of(row: Row, columns: Columns, cell: str) -> time | None:
    """The time of a cell, on a clock of twelve with the half of the day its row names."""
    half = "" if columns.moment is None else row.cells[columns.moment]
    if columns.moment != columns.clock and TWELVE.fullmatch(cell.strip()):
        told = clock_and_zone(f"{cell.strip()} {half}", is_clock=True)[0]
        return told or clock_and_zone(cell, is_clock=True)[0]
    return clock_and_zone(cell, is_clock=True)[0]


def _clocked(row: Row, columns: Columns, when: When, stamp: When | None, zone: ZoneInfo) -> When:
    if when.clock is None and columns.clock is not None:
        cell = row.cells[columns.clock]
        is_day = columns.clock == columns.stamp and parsed(cell) is not None
        when = replace(when, clock=None if is_day else _clock_of(row, columns, cell))
    if when.clock is None and stamp is not None and stamp.clock is not None:
        local = datetime.combine(stamp.day, stamp.clock, tzinfo=stamp.zone or zone).astimezone(zone)
        when = stamp if local.date() == when.day else when
    return when


def _of_three_columns(
    table: Table, columns: Columns, split: tuple[int, int, int], zone: ZoneInfo
) -> Days:
    whens, problems = [], []
    above = _Above()
    for row in table.rows:
        above = _next(above, *(row.cells[place] for place in split))
        found = above.date()
        whens.append(None if found is None else When(found))
        problems.append(
            ""
            if found
            else above.problem
            or "/".join(row.cells[place] for place in split)[:SHOWN_CHARACTERS] + " is not a date"
        )
    stamp = _column(table, columns.stamp, None) if columns.stamp is not None else None
    has_blanks = any(not row.cells[place] for row in table.rows for place in split)
    names = ", ".join(table.header[place] for place in split)
    return Days(
        _with_clocks(table, columns, whens, stamp, zone),
        tuple(problems),
        names + (" (blank means as above)" if has_blanks else ""),
    )


@dataclass(frozen=True)
class _Above:
    """State after the rows so far: year, month and day of the last one, and why a following blank
    cannot be filled.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    problem: str = ""

    def date(self) -> date | None:
        if self.problem or self.year is None or self.month is None or self.day is None:
            return None
        try:
            return date(self.year, self.month, self.day)
        except ValueError:
            return None


def _next(above: _Above, year_cell: str, month_cell: str, day_cell: str) -> _Above:
    """The date of a row whose blanks mean "as above"; a day or month that goes back without a
    new month or year is not guessed at.
    """
    year, month, day = _number(year_cell), _number(month_cell), _number(day_cell)
    for cell, number in ((year_cell, year), (month_cell, month), (day_cell, day)):
        if cell and number is None:
            return replace(above, problem=f"{cell[:SHOWN_CHARACTERS]!r} is no year, month or day")
    if year is not None and year < 100:
        year += 2000
    if month is None and year is not None and year != above.year:
        return _Above(year, None, day, "a new year without a month")
    if month is None and day is not None and above.day is not None and day < above.day:
        return replace(above, day=day, problem="the day goes back without a new month")
    if year is None and month is not None and above.month is not None and month < above.month:
        return _Above(above.year, month, day, "the month goes back without a new year")
    # Only a written month resolves a doubt about the month, only a written year one about the year.
    still = above.problem if (month is None or (year is None and "year" in above.problem)) else ""
    return _Above(
        year or above.year,
        month or above.month,
        day if day is not None or month is not None else above.day,
        still,
    )


def _number(cell: str) -> int | None:
    said = words(cell)
    if len(said) == 1 and said[0] in MONTHS:
        return MONTHS[said[0]]
    whole = cell.removesuffix(".0").removesuffix(".")
    return int(whole) if whole.isascii() and whole.isdigit() and len(whole) <= 4 else None
