"""A maker's files as tables: which column is which quantity, in what unit, on whose day. A maker is
data; what reads it is here.

A row is one of a table, or an object of JSON with the names inside it joined by a dot. A column may
be given by several names divided by `|`: the first that is there counts.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from itertools import islice
from typing import Any

from tightlog.domain.diary import ContextValue
from tightlog.domain.formats import Format
from tightlog.domain.reading import Reading, unreadable
from tightlog.readers.health.documents import (
    JSON_STARTS,
    Row,
    document,
    header_of,
    iso_clock,
    number,
    positive,
    rows_in,
    table_rows,
    utc_instant,
)
from tightlog.readers.health.nights import Measured, Night, days_reading, main_nights, night_values

SNIFFED_ROWS, MOST_DEEP = 20, 4
SNIFFED_BYTES = 4_096
US_CLOCK = re.compile(r"(\d\d)/(\d\d)/(\d\d(?:\d\d)?)( \d\d:\d\d:\d\d)?")
ISO_LENGTH = re.compile(r"PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?")
OFFSET = re.compile(r"(?:UTC|GMT)?(?:([+-])(\d\d):?(\d\d)?|Z)", re.IGNORECASE)
FALSE = frozenset({"false", "0", ""})
LONGEST_IN_BED_S = 86_400.0


@dataclass(frozen=True)
class Only:
    """Rows that count: those whose column holds one of these values, or that lack the column."""

    column: str
    values: frozenset[str]


@dataclass(frozen=True)
class DayTable:
    """One row a day: the column of its date, and the quantities by their columns. What is 0 was
    not measured. Where the offset of the runner's clock has a column, the time is an instant.
    """

    marks: frozenset[str]
    day: str
    values: Mapping[str, str]
    only: Only | None = None
    offset: str = ""


@dataclass(frozen=True)
class NightTable:
    """One row a sleep, with the columns of its times and lengths in a unit of so many seconds.

    Its day is that of a column, else that of its end; an end that is missing is its start and the
    time in bed.
    """

    marks: frozenset[str]
    unit_s: float
    began: str
    ended: str = ""
    day: str = ""
    asleep: str = ""
    in_bed: str = ""
    deep: str = ""
    light: str = ""
    rem: str = ""
    awake: str = ""
    only: Only | None = None


@dataclass(frozen=True)
class Maker:
    """A maker's format, the name of its device, its tables, how its files of JSON are named in
    an archive, in small letters, and the names of a table's columns where its header is translated.
    """

    format: Format
    device: str
    tables: Sequence[DayTable | NightTable]
    json_name: re.Pattern[str] | None = None
    renamed: Callable[[bytes], Sequence[str] | None] = lambda _: None

    @property
    def marks(self) -> frozenset[str]:
        """The column that each table has, whatever else."""
        return frozenset(name for table in self.tables for name in table.marks)


def is_of_maker(data: bytes, maker: Maker) -> bool:
    """True for a file with all the marks of one of the maker's tables."""
    names = _names(data, maker)
    return any(table.marks <= names for table in maker.tables)


def read_maker(data: bytes, maker: Maker, home_zone: tzinfo) -> Reading:
    """Reading of one file of a maker: its nights, the longest of each day, and its days."""
    if data.lstrip()[:1] in JSON_STARTS and document(data) is None:
        return unreadable(maker.format.name, "the JSON is damaged; download the export again")
    names = _names(data, maker)
    by = Measured(maker.format.name, maker.device)
    nights: list[Night] = []
    values: list[ContextValue] = []
    tables = [table for table in maker.tables if table.marks <= names]
    for row in _rows(data, maker):
        for table in tables:
            if isinstance(table, NightTable):
                nights += _night(row, table, home_zone)
            else:
                values += _day_values(row, table, by, home_zone)
    values += [value for one in main_nights(nights) for value in night_values(one, by)]
    nothing = f"a file of {maker.format.short_title}, with no night or day in it"
    return days_reading(maker.format.name, _last_of_each(values), nothing)


def _names(data: bytes, maker: Maker) -> frozenset[str]:
    """Names of the columns a file has; none where the bytes cannot be of the maker."""
    if data[:64].lstrip(b"\xef\xbb\xbf \t\r\n")[:1] not in JSON_STARTS:
        return _header(data, maker) if _is_text(data[:64]) else frozenset()
    whole = data[:65_536]
    if not any(f'"{mark.rpartition(".")[2]}"'.encode() in whole for mark in maker.marks):
        return frozenset()
    return frozenset(name for row in islice(_rows(data, maker), SNIFFED_ROWS) for name in row)


def _is_text(head: bytes) -> bool:
    # Text of two bytes a letter has zeros too; any other file with zeros is a recording.
    return b"\0" not in head or head[1:2] == b"\0" or head.startswith((b"\xff\xfe", b"\xfe\xff"))


def _header(data: bytes, maker: Maker) -> frozenset[str]:
    return frozenset(maker.renamed(data) or header_of(data))


def _rows(data: bytes, maker: Maker) -> Iterator[Row]:
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] not in JSON_STARTS:
        yield from table_rows(data, renamed=maker.renamed(data))
        return
    found = document(data)
    # An answer of an interface has its rows below `data`.
    if isinstance(found, dict) and isinstance(found.get("data"), list):
        found = found["data"]
    for row in rows_in(found):
        yield dict(_flat(row))


def _flat(row: Mapping[str, Any], above: str = "", depth: int = 0) -> Iterator[tuple[str, Any]]:
    for name, value in row.items():
        if isinstance(value, dict) and depth < MOST_DEEP:
            yield from _flat(value, f"{above}{name}.", depth + 1)
        else:
            yield f"{above}{name}", value


def _cell(row: Row, column: str) -> Any:
    names = column.split("|") if column else ()
    return next((row[name] for name in names if row.get(name) not in (None, "")), None)


def _counts(row: Row, only: Only | None) -> bool:
    said = None if only is None else _cell(row, only.column)
    return only is None or said is None or str(said).casefold() in only.values


def _night(row: Row, table: NightTable, home_zone: tzinfo) -> Iterator[Night]:
    """The sleep of one row; none without a time, and where it does not count."""
    began, ended = (clock(_cell(row, one), home_zone) for one in (table.began, table.ended))
    columns = (table.asleep, table.in_bed, table.deep, table.light, table.rem, table.awake)
    asleep_s, in_bed_s, deep_s, light_s, rem_s, awake_s = (
        lasting_s(_cell(row, column), table.unit_s) for column in columns
    )
    if ended is None and began is not None and in_bed_s and in_bed_s <= LONGEST_IN_BED_S:
        ended = began + timedelta(seconds=in_bed_s)
    said = clock(_cell(row, table.day), home_zone)
    at = said or ended
    # All at 0 is a night nobody wore the device.
    if at is not None and _counts(row, table.only) and asleep_s != 0:
        yield Night(began, ended, at.date(), asleep_s, in_bed_s, deep_s, light_s, rem_s, awake_s)


def _day_values(
    row: Row, table: DayTable, by: Measured, home_zone: tzinfo
) -> Iterator[ContextValue]:
    said = _cell(row, table.day)
    at = clock(said, home_zone)
    if table.offset:
        at = local_clock(said, offset_of(_cell(row, table.offset)) or home_zone)
    if at is not None and _counts(row, table.only):
        for column, name in table.values.items():
            yield from by.value(at.date(), name, positive(_cell(row, column)))


def _last_of_each(values: Iterable[ContextValue]) -> list[ContextValue]:
    """Of a quantity that a file has twice for one day, the later row."""
    return list({(value.day, value.name): value for value in values}.values())


def clock(value: Any, home_zone: tzinfo) -> datetime | None:
    """A time by the runner's clock: as it is written, with or without its own offset; what is in
    UTC by the zone of the home. `05/04/26` is month, day, year.
    """
    text = value.strip() if isinstance(value, str) else ""
    match = US_CLOCK.fullmatch(text)
    if match:
        month, day, year, behind = match.groups()
        text = f"{year if len(year) == 4 else '20' + year}-{month}-{day}{behind or ''}"
    found = iso_clock(text)
    if found is None:
        return None
    if text.endswith(("Z", "z")):
        found = found.astimezone(home_zone)
    return found.replace(tzinfo=None)


def local_clock(value: Any, zone: tzinfo) -> datetime | None:
    """The clock in a zone at an instant, which is UTC unless it says else."""
    instant = utc_instant(value if isinstance(value, str) else None)
    return None if instant is None else instant.astimezone(zone).replace(tzinfo=None)


def offset_of(value: Any) -> timezone | None:
    """The zone of an offset such as `+01:00`, `UTC+0100` or `Z`; None where there is none."""
    match = OFFSET.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None:
        return None
    sign, hours, minutes = match.groups()
    if sign is None:
        return UTC
    away = timedelta(hours=int(hours), minutes=int(minutes or 0))
    return timezone(-away if sign == "-" else away) if away < timedelta(hours=24) else None


def lasting_s(value: Any, unit_s: float) -> float | None:
    """Seconds of a length: a number of units, or `PT7H3M`."""
    match = ISO_LENGTH.fullmatch(value.strip()) if isinstance(value, str) else None
    if match and any(match.groups()):
        hours, minutes, seconds = (float(part or 0) for part in match.groups())
        return hours * 3_600 + minutes * 60 + seconds
    found = number(value)
    return None if found is None or found < 0 else found * unit_s
