"""JSON and tables of vendors as rows by name, whatever their nesting, encoding or separator."""

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from itertools import islice
from typing import Any

from tightlog.domain.clocks import FIRST_DAY
from tightlog.readers.diary.table import text_of

JSON_STARTS = (b"{", b"[")
SNIFFED_BYTES = 65_536
MAX_ROWS, MAX_COLUMNS = 2_000_000, 400
SEPARATORS = ",;\t"
MAX_EPOCH_MS = 4_102_444_800_000
# A year that no device writes is a broken one, and near the ends of the calendar no hour can be
# added to it.
LAST_YEAR = 2_099
Row = Mapping[str, Any]


def is_json_with(data: bytes, *names: str) -> bool:
    """True for JSON that has all these names near its beginning."""
    head = data[:SNIFFED_BYTES]
    return head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(JSON_STARTS) and all(
        f'"{name}"'.encode() in head for name in names
    )


def document(data: bytes) -> Any:
    """What a JSON text holds; None for one that cannot be read."""
    try:
        return json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return None


def rows_in(found: Any) -> Iterator[Row]:
    """The objects of a list, or one object alone."""
    for one in found if isinstance(found, list) else [found]:
        if isinstance(one, dict):
            yield one


def inside(row: Any, *path: str) -> Any:
    """What stands at a path of names; None where it breaks off."""
    for name in path:
        row = row.get(name) if isinstance(row, dict) else None
    return row


def number(value: Any) -> float | None:
    """A finite number, also one written as text; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        found = float(value.strip().replace(",", ".") if isinstance(value, str) else value)
    except (ValueError, OverflowError):
        return None
    return found if abs(found) < 1e15 else None


def positive(value: Any) -> float | None:
    """A number above 0; what vendors write as 0 or below was not measured."""
    found = number(value)
    return found if found is not None and found > 0 else None


def iso_day(value: Any) -> date | None:
    """Date of a text that begins with one, such as `2026-05-04T…`; None for an impossible one."""
    try:
        found = date.fromisoformat(value[:10]) if isinstance(value, str) else None
    except ValueError:
        return None
    return found if found is not None and _is_possible(found) else None


def iso_clock(value: Any) -> datetime | None:
    """Time of an ISO text as it is written, with its offset where it has one; None for one in an
    impossible year.
    """
    if not isinstance(value, str):
        return None
    try:
        found = datetime.fromisoformat(value.strip())
    except ValueError:
        return None
    return found if _is_possible(found.date()) else None


def _is_possible(day: date) -> bool:
    return day >= FIRST_DAY and day.year <= LAST_YEAR


def utc_instant(value: Any) -> datetime | None:
    """Instant of milliseconds since 1970, or of an ISO text that is UTC unless it says else."""
    at_ms = number(value) if not isinstance(value, str) else None
    if at_ms is not None and 0 < at_ms < MAX_EPOCH_MS:
        return datetime.fromtimestamp(at_ms / 1_000, UTC)
    clock = iso_clock(value)
    if clock is None:
        return None
    return clock.replace(tzinfo=UTC) if clock.tzinfo is None else clock.astimezone(UTC)


def header_of(data: bytes, skipped: int = 0) -> tuple[str, ...]:
    """Plain names of a table's header; none for what is no table."""
    first = next(_lines(data[:SNIFFED_BYTES], skipped), None)
    return () if first is None else tuple(plain(name) for name in first)


def first_lines(data: bytes, count: int) -> list[list[str]]:
    """Cells of a table's first lines, its header among them."""
    return list(islice(_lines(data[:SNIFFED_BYTES]), count))


def table_rows(
    data: bytes, skipped: int = 0, renamed: Sequence[str] | None = None
) -> Iterator[Row]:
    """Rows of a table by the plain names of its header, or the names given instead, of a name twice
    the first; `skipped` lines stand before the header.
    """
    lines = _lines(data, skipped)
    header = [plain(name) for name in next(lines, [])]
    names = header if renamed is None else renamed
    for line in lines:
        row: dict[str, Any] = {}
        for name, cell in zip(names, line, strict=False):
            row.setdefault(name, cell.strip())
        yield row


def plain(name: str) -> str:
    """A column's name in small letters without quotes and doubled blanks."""
    return " ".join(name.strip().strip('"').replace("\xa0", " ").casefold().split())


def _lines(data: bytes, skipped: int = 0) -> Iterator[list[str]]:
    text = text_of(data).lstrip("\ufeff")
    for _ in range(skipped):
        text = text.partition("\n")[2]
    head = text.partition("\n")[0]
    separator = max(SEPARATORS, key=head.count)
    try:
        for count, line in enumerate(csv.reader(io.StringIO(text), delimiter=separator)):
            if count > MAX_ROWS:
                return
            yield line[:MAX_COLUMNS]
    except csv.Error:
        return
