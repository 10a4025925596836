"""Scores in a CSV of the runner's own: a column for the day or time, one for the 0–10 score, others where known.

    date;tightness;note                     timestamp,score
    31.05.2026;3;after the long run         2026-05-31T07:12:00,3
"""

import csv
import hashlib
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, tzinfo
from zoneinfo import ZoneInfo

from tightlog.domain import FileStatus, Reading, TightnessScore, no_activity, unreadable

READER = "diary"
DAY_NAMES = ("timestamp", "datetime", "date_time", "date", "day", "rated_at", "full_date", "time_stamp", "effective_time_frame", "datum", "when")
SCORE_NAMES = ("tightness_score", "tightness", "score", "lower_back_tightness", "back_tightness", "lower_back", "back", "stiffness", "back_stiffness",
               "lower_back_pain", "back_pain", "pain", "nrs", "rating")
CLOCK_NAMES, MOMENT_NAMES = ("time", "clock", "time_of_day"), ("moment", "when_rated", "part_of_day")
NOTE_NAMES, SHARP_NAMES = ("note", "notes", "comment", "comments"), ("sharp", "is_sharp", "sharp_pain")
MOMENTS = ("morning", "before", "during", "after", "evening")
NUMBER_DATE = re.compile(r"(\d{1,4})[./-](\d{1,2})[./-](\d{1,4})(?:[ T,]+(.*))?")
CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)? *([AaPp][Mm])?")
YES = frozenset({"1", "y", "yes", "true", "x"})


@dataclass(frozen=True)
class _Columns:
    day: str
    score: str
    clock: str | None
    moment: str | None
    note: str | None
    sharp: str | None


@dataclass(frozen=True)
class _Row:
    line: int
    cells: Mapping[str, str]


def is_diary(data: bytes, name: str) -> bool:
    """True for a text file with the name of a table."""
    return name.lower().endswith((".csv", ".tsv", ".txt")) and b"\x00" not in data[:4096]


def read_diary(data: bytes, name: str, home_zone: ZoneInfo) -> Reading:
    """Scores of a CSV; rows that cannot be read are named in the reason, the others are kept."""
    rows, header = _table(_text(data))
    columns = _columns(header)
    if columns is None:
        return no_activity(None, "not a diary: " + (_no_columns(header) if name.lower().endswith((".csv", ".tsv")) else "a text file"))
    order = _date_order([row.cells[columns.day] for row in rows])
    if order is None:
        return unreadable(READER, f"day and month cannot be told apart in column {columns.day!r} ({_ambiguous_rows(rows, columns.day)}); "
                                  "write dates as 2026-05-31")
    scores, problems = [], []
    # The content's own hash keeps entry ids the same after a rebuild.
    stem = hashlib.sha256(data).hexdigest()[:12]
    for row in rows:
        outcome = _score(row, columns, order, home_zone, f"csv-{stem}-{row.line}")
        if isinstance(outcome, TightnessScore):
            scores.append(outcome)
        elif outcome:
            problems.append(outcome)
    return _reading(tuple(scores), problems)


def _reading(scores: tuple[TightnessScore, ...], problems: Sequence[str]) -> Reading:
    if not problems:
        return Reading(FileStatus.READ, READER, None, scores=scores) if scores else no_activity(READER, "a diary without a score")
    shown = "; ".join(problems[:3]) + (f"; and {len(problems) - 3} more" if len(problems) > 3 else "")
    if not scores:
        return unreadable(READER, f"no row could be read: {shown}")
    return Reading(FileStatus.PARTIAL, READER, f"{len(problems)} of {len(problems) + len(scores)} rows left out: {shown}", scores=scores)


def _text(data: bytes) -> str:
    for encoding in ("utf-8-sig", "utf-16") if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig",):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


def _table(text: str) -> tuple[list[_Row], list[str]]:
    head = text.partition("\n")[0]
    delimiter = max((";", ",", "\t"), key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        header = [_plain(cell) for cell in next(reader, [])]
        rows = [_Row(reader.line_num, dict(zip(header, [cell.strip() for cell in cells] + [""] * len(header), strict=False)))
                for cells in reader if any(cell.strip() for cell in cells)]
    except csv.Error:
        return [], []
    return rows, header


def _plain(header: str) -> str:
    """Header cell as words joined by `_`: `Tightness (0-10)` → `tightness`."""
    return re.sub(r"[^\w]+", "_", re.sub(r"\(.*?\)|\[.*?\]", "", header).strip().lower()).strip("_")


def _columns(header: Sequence[str]) -> _Columns | None:
    def first(names: Sequence[str]) -> str | None:
        return next((name for name in names if name in header), None)

    day, score = first(DAY_NAMES), first(SCORE_NAMES)
    # A table with a region or a duration beside its `pain` is about something else than the back alone.
    if day is None or score is None or (score == "pain" and "region" in header):
        return None
    return _Columns(day, score, first(CLOCK_NAMES), first(MOMENT_NAMES), first(NOTE_NAMES), first(SHARP_NAMES))


def _no_columns(header: Sequence[str]) -> str:
    if not header:
        return "no table could be read"
    return f"no column for both the day ({', '.join(DAY_NAMES[:4])}) and the score ({', '.join(SCORE_NAMES[:3])})"


def _date_order(cells: Sequence[str]) -> str | None:
    """`ymd`, `dmy` or `mdy`, decided from all rows; None when every date could be read either way."""
    parts = [match.groups()[:3] for cell in cells if (match := NUMBER_DATE.match(cell))]
    if not parts or all(len(first) == 4 for first, _, _ in parts):
        return "ymd"
    day_first = any(int(first) > 12 for first, _, third in parts if len(first) < 4)
    month_first = any(int(second) > 12 for first, second, _ in parts if len(first) < 4)
    if day_first != month_first:
        return "dmy" if day_first else "mdy"
    if not day_first and any("." in cell for cell in cells):
        return "dmy"  # 03.05.2026: only day-first countries write dots
    return None


def _ambiguous_rows(rows: Sequence[_Row], column: str) -> str:
    return ", ".join(f"line {row.line}: {row.cells[column]}" for row in rows[:3])


def _score(row: _Row, columns: _Columns, order: str, home_zone: ZoneInfo, entry_id: str) -> TightnessScore | str | None:
    """Score of a row; a sentence when it cannot be read; None for a row without a score."""
    text = row.cells[columns.score]
    if not text:
        return None
    try:
        score = float(text.replace(",", "."))
    except ValueError:
        return f"line {row.line}: {text!r} is not a number"
    if not 0 <= score <= 10:
        return f"line {row.line}: {text} lies outside 0–10"
    when = _moment(row.cells[columns.day], row.cells.get(columns.clock or "", ""), order)
    if when is None:
        return f"line {row.line}: {row.cells[columns.day]!r} is not a date"
    day, clock, zone = when
    rated_at = None if clock is None else datetime.combine(day, clock, tzinfo=zone or home_zone)
    moment = row.cells.get(columns.moment or "", "").lower()
    sharp = row.cells.get(columns.sharp or "", "").lower()
    return TightnessScore(entry_id, rated_at.astimezone(home_zone).date() if rated_at else day, score,
                          rated_at.astimezone(UTC) if rated_at else None, moment if moment in MOMENTS else None,
                          sharp in YES if sharp else None, (), row.cells.get(columns.note or "") or None, "csv", text)


def _moment(cell: str, clock_cell: str, order: str) -> tuple[date, time | None, tzinfo | None] | None:
    """Day and clock time (None when only a date is given) of a cell, with its own zone where it writes one."""
    try:
        parsed = datetime.fromisoformat(cell)
        if len(cell) > 10:
            return parsed.date(), parsed.timetz().replace(tzinfo=None), parsed.tzinfo
    except ValueError:
        pass
    match = NUMBER_DATE.match(cell)
    if match is None:
        return None
    first, second, third, rest = match.groups()
    year, month, day = {"ymd": (first, second, third), "dmy": (third, second, first), "mdy": (third, first, second)}[order]
    try:
        found = date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))
    except ValueError:
        return None
    return found, _clock(rest or clock_cell), None


def _clock(text: str) -> time | None:
    match = CLOCK.match(text.strip())
    if match is None:
        return None
    hour, minute, second, half = match.groups()
    hours = int(hour) % 12 + (12 if half and half.lower() == "pm" else 0) if half else int(hour)
    try:
        return time(hours, int(minute), int(second or 0))
    except ValueError:
        return None
