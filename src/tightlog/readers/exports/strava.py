"""The list of a Strava export, `activities.csv`: one activity per row, and the file of the export
with its recording.

    Activity ID,Activity Date,Activity Name,Activity Type,…,Elapsed Time,Distance,…,Filename,…
    123,"Apr 16, 2021, 10:58:25 PM",Evening Run,Run,…,1810,5.02,…,activities/456.fit.gz,…

    the columns after them: …,Elapsed Time,Moving Time,Distance,…
                            …,1810.0,1802.0,5021.4,…

Dates are in UTC and in the account's language, as are the names of the columns.
"""

import csv
import io
import re
from dataclasses import dataclass
from datetime import datetime
from math import isfinite

from tightlog.domain.formats import ANY_RUN_ENDING, STRAVA_LIST
from tightlog.domain.reading import Reading, no_activity, read, unreadable
from tightlog.readers.exports.strava_columns import Columns, columns_of
from tightlog.readers.exports.summary import (
    Listed,
    is_believable,
    listed_activity,
    sport_named,
    too_far,
)
from tightlog.readers.sport_words import Sport
from tightlog.readers.written_date import instants

READER = STRAVA_LIST.name
LIST_NAME = "Strava export"
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
HEAD_BYTES = 32 * 1024
FILE_CELL = re.compile(rf"[^/]+(?:/[^/]+)*(?:{ANY_RUN_ENDING})(?:\.gz)?\Z", re.IGNORECASE)
# In old lists the first `Distance` is the only one: kilometres, or metres for swims; no one moves
# at 0.05 m/s or 50 m/s throughout.
METRES_PER_UNIT = (1000.0, 1.0)
CREDIBLE_MPS = (0.05, 50.0)
SHOWN_ROWS = 5

# Types in the account's language that the common words for sports do not cover.
TYPE_WORDS: dict[str, Sport] = {
    "workout": ("training", "generic"),
    "entrainement": ("training", "generic"),
    "entrenamiento": ("training", "generic"),
    "allenamento": ("training", "generic"),
    "musculation": ("training", "strength_training"),
    "entrainement aux poids": ("training", "strength_training"),
    "entrenamiento con pesas": ("training", "strength_training"),
    "allenamento con i pesi": ("training", "strength_training"),
    "allenamento pesi": ("training", "strength_training"),
    "high intensity interval training": ("hiit", "generic"),
    "trail": ("running", "trail"),
    "course en sentier": ("running", "trail"),
    "carrera de montana": ("running", "trail"),
    "corsa su sentiero": ("running", "trail"),
    "virtueller lauf": ("running", "virtual_activity"),
    "course virtuelle": ("running", "virtual_activity"),
    "carrera virtual": ("running", "virtual_activity"),
    "corsa virtuale": ("running", "virtual_activity"),
    "wanderung": ("hiking", "generic"),
    "excursion": ("hiking", "generic"),
    "escursione": ("hiking", "generic"),
    "pedalata": ("cycling", "generic"),
    "marcha": ("walking", "generic"),
    "paseo": ("walking", "generic"),
    "rock climb": ("rock_climbing", "generic"),
    "surf": ("surfing", "generic"),
    "sail": ("sailing", "generic"),
    "snowshoe": ("snowshoeing", "generic"),
    "roller ski": ("cross_country_skiing", "generic"),
    "wheelchair": ("wheelchair_push_run", "generic"),
    "table tennis": ("racket", "generic"),
    "badminton": ("racket", "generic"),
    "squash": ("racket", "generic"),
}


@dataclass(frozen=True)
class _Row:
    line: int
    cells: list[str]


def is_strava_csv(data: bytes) -> bool:
    """True for a table whose columns are those of Strava's list of activities, in whatever
    language.
    """
    is_text = b"\x00" not in data[:64] or data.startswith(UTF_16)
    return is_text and columns_of(_header(data)) is not None


def read_strava_csv(data: bytes) -> Reading:
    """One activity without records per row; rows without a readable date are named in the
    reason.
    """
    columns = columns_of(_header(data))
    try:
        rows = _rows(_text(data))
    except csv.Error as problem:
        return unreadable(READER, f"the table is damaged ({problem}); download the export again")
    if columns is None or not _has_files(rows, columns):
        return unreadable(
            READER,
            "its columns are not where a Strava export has them; please report this as a bug",
        )
    starts = instants([_cell(row, columns.started) or "" for row in rows])
    listed: dict[str, Listed] = {}
    undated = []
    for row, started_at in zip(rows, starts, strict=True):
        if started_at is None or not is_believable(started_at):
            undated.append(row.line)
            continue
        key = _cell(row, columns.activity) or f"row {row.line}"
        listed.setdefault(key, _listed(row, columns, started_at))
    return _reading(list(listed.values()), undated, len(rows))


def _reading(listed: list[Listed], undated: list[int], row_count: int) -> Reading:
    shown = ", ".join(str(line) for line in undated[:SHOWN_ROWS]) + (
        ", …" if len(undated) > SHOWN_ROWS else ""
    )
    problem = (
        f"{len(undated)} of its {row_count} rows have no date that can be read and were left out "
        f"(lines {shown})"
    )
    if listed:
        activities = tuple(listed_activity(one, index) for index, one in enumerate(listed))
        return read(READER, activities, (*([problem] if undated else []), *too_far(listed)))
    return (
        unreadable(READER, problem)
        if undated
        else no_activity(READER, "a Strava export's list without any activity")
    )


def _listed(row: _Row, columns: Columns, started_at: datetime) -> Listed:
    sport = sport_named(
        TYPE_WORDS,
        _cell(row, columns.sport_type),
        _cell(row, columns.kind),
        _cell(row, columns.old_kind),
    )
    elapsed_s = _number(row, columns.elapsed) or _number(row, columns.elapsed_shown)
    moving_s = _number(row, columns.timer) or _number(row, columns.moving)
    return Listed(
        list_name=LIST_NAME,
        sport=sport,
        started_at=started_at,
        elapsed_s=elapsed_s,
        moving_s=moving_s,
        distance_m=_number(row, columns.distance)
        or _shown_distance_m(_number(row, columns.distance_shown), moving_s or elapsed_s),
        top_speed_mps=_number(row, columns.top_speed),
        ascent_m=_number(row, columns.ascent),
        descent_m=_number(row, columns.descent),
        heart_rate_bpm=_number(row, columns.heart_rate),
        cadence=_number(row, columns.cadence),
        name=_cell(row, columns.name),
        gear=_cell(row, columns.gear),
        rpe=_number(row, columns.rpe),
        energy_kcal=_number(row, columns.energy),
        file_hint=_file_hint(_cell(row, columns.file)),
    )


def _shown_distance_m(distance: float | None, lasting_s: float | None) -> float | None:
    """Distance in m of the first `Distance`, whose unit follows from the speed; None where no unit
    is credible.
    """
    if not distance or not lasting_s:
        return None
    return next(
        (
            distance * unit
            for unit in METRES_PER_UNIT
            if CREDIBLE_MPS[0] <= distance * unit / lasting_s <= CREDIBLE_MPS[1]
        ),
        None,
    )


def _file_hint(cell: str | None) -> str | None:
    """Name of the recording in the export; None where there is none (typed in by hand, or
    `#error#`).
    """
    name = (cell or "").replace("\\", "/").removeprefix("./")
    return name if FILE_CELL.match(name) else None


def _has_files(rows: list[_Row], columns: Columns) -> bool:
    """False where the column for the recordings' names holds something else throughout."""
    cells = [
        cell for row in rows if (cell := _cell(row, columns.file)) and not cell.startswith("#")
    ]
    return not cells or sum(_file_hint(cell) is not None for cell in cells) * 2 > len(cells)


def _cell(row: _Row, column: int | None) -> str | None:
    return (
        (row.cells[column].strip() or None)
        if column is not None and column < len(row.cells)
        else None
    )


def _number(row: _Row, column: int | None) -> float | None:
    """Finite number of a cell; with a decimal comma or separated thousands too."""
    text = (_cell(row, column) or "").replace("\u00a0", "").replace("\u202f", "").replace("'", "")
    if "," in text:
        text = (
            text.replace(".", "").replace(",", ".")
            if text.rfind(",") > text.rfind(".")
            else text.replace(",", "")
        )
    try:
        value = float(text)
    except ValueError:
        return None
    return value if isfinite(value) else None


def _header(data: bytes) -> list[str]:
    head = _text(data[:HEAD_BYTES]).lstrip("\n")
    try:
        return next(csv.reader(io.StringIO(head, newline=""), delimiter=_delimiter(head)), [])
    except csv.Error:
        return []


def _rows(text: str) -> list[_Row]:
    """Rows below the header, each with the line it ends on; blank ones left out."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    rows = [_Row(reader.line_num, cells) for cells in reader if any(cell.strip() for cell in cells)]
    return rows[1:]


def _delimiter(text: str) -> str:
    header = text[:HEAD_BYTES].lstrip("\n").partition("\n")[0]
    return max(",;\t", key=header.count)


def _text(data: bytes) -> str:
    """Text of the table; a lone carriage return stands inside a field and ends no row."""
    if data.startswith(UTF_16):
        text = data.decode("utf-16", errors="replace")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as problem:
            is_cut = problem.end >= len(data) - 3
            text = (
                data.decode("utf-8-sig", errors="replace")
                if is_cut
                else data.decode("cp1252", errors="replace")
            )
    return re.sub(r"\r(?!\n)", " ", text) if "\n" in text else text.replace("\r", "\n")
