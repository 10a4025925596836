"""The entries of a diary: rows about the lower back as scores of 0–10, everything else counted
with its reason.
"""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from tightlog.domain.clocks import last_day, outside_words
from tightlog.domain.diary import (
    FILE_ENTRY,
    NOT_UNDERSTOOD,
    ContextValue,
    DiaryMapping,
    InterventionDone,
    TightnessScore,
)
from tightlog.domain.red_flags import RED_FLAG_NAMES
from tightlog.readers.diary.cells.calendars import calendar_words
from tightlog.readers.diary.cells.dates import When
from tightlog.readers.diary.cells.scales import ScoreCell, number_and_scale
from tightlog.readers.diary.cells.vocabulary import WORDS
from tightlog.readers.diary.cells.words import words, yes_or_no
from tightlog.readers.diary.columns import Columns
from tightlog.readers.diary.context import context_values, daylio_values
from tightlog.readers.diary.score_cells import SHOWN_CHARACTERS, Scored, no_score, score_cells
from tightlog.readers.diary.table import Row, Table
from tightlog.readers.diary.when_given import given


@dataclass(frozen=True)
class Entries:
    """Entries of the rows: scores and context, a sentence for each row left out (`wordless` of them
    because their score is no number), how many rows are about other regions, words that say when
    and are not understood, and how many scores are the middle of a range.
    """

    scores: tuple[TightnessScore, ...] = ()
    context: tuple[ContextValue, ...] = ()
    done: tuple[InterventionDone, ...] = ()
    problems: tuple[str, ...] = ()
    wordless: int = 0
    elsewhere: int = 0
    mixed: int = 0
    unclear_moments: Mapping[str, int] = field(default_factory=dict)
    ranges: int = 0
    scales: tuple[str, ...] = ()
    refusal: str | None = None


@dataclass(frozen=True)
class Days:
    """What the rows are read with: the day of each, why it has none, the home's zone, and the last
    day that is no future.
    """

    whens: Sequence[When | None]
    problems: Sequence[str]
    zone: ZoneInfo
    last: date


def entries(
    table: Table,
    columns: Columns,
    whens: Sequence[When | None],
    day_problems: Sequence[str],
    zone: ZoneInfo,
    mapping: DiaryMapping | None,
) -> Entries:
    """Entries of a table whose rows have these days; naive clock times are in `zone`, the
    home's.
    """
    days = Days(whens, day_problems, zone, last_day(zone))
    found = score_cells(table, columns, mapping)
    if found.refusal is not None:
        return Entries(refusal=found.refusal, elsewhere=found.elsewhere, mixed=found.mixed)
    scores, taken, problems = _scores(table, columns, found.cells, days, mapping)
    done, unclear = _done(table, columns, days)
    problems += unclear
    problems += _flag_problems(table, columns, {scored.index for scored in found.cells})
    return Entries(
        tuple(scores),
        _context(table, columns, days),
        done,
        tuple(problems),
        sum(scored.read is None for scored in found.cells),
        found.elsewhere,
        found.mixed,
        Counter(
            score.raw_moment
            for score in scores
            if score.moment == NOT_UNDERSTOOD and score.raw_moment
        ),
        sum(read.is_range for read in taken),
        tuple(dict.fromkeys(str(scored.scale) for scored in found.cells)),
    )


def _scores(
    table: Table,
    columns: Columns,
    cells: Sequence[Scored],
    days: Days,
    mapping: DiaryMapping | None,
) -> tuple[list[TightnessScore], list[ScoreCell], list[str]]:
    """The scores of the cells, the cells they were read from, and why each other gives none."""
    scores: list[TightnessScore] = []
    taken: list[ScoreCell] = []
    problems: list[str] = []
    for scored in cells:
        row, when, read = table.rows[scored.index], days.whens[scored.index], scored.read
        if problem := _problem(row, scored, days):
            problems.append(f"line {row.line}: {problem}")
        elif when is not None and read is not None:
            scores.append(_score(row, columns, scored, read, when, days.zone, mapping))
            taken.append(read)
    return scores, taken, problems


def _problem(row: Row, scored: Scored, days: Days) -> str | None:
    """Why a score cell gives no score; None when it does."""
    when = days.whens[scored.index]
    if row.has_more_cells:
        return "more cells than the header, so they may be under the wrong names"
    if when is None:
        return days.problems[scored.index]
    if problem := no_score(scored):
        return problem
    outside = outside_words(when.day, days.last)
    hint = calendar_words(when.day.year, days.last.year)
    return f"{when.day} {outside}{hint}" if outside else None


def _score(
    row: Row,
    columns: Columns,
    scored: Scored,
    read: ScoreCell,
    when: When,
    zone: ZoneInfo,
    mapping: DiaryMapping | None,
) -> TightnessScore:
    day, rated_at = _day_and_instant(when, zone)
    moment = given(row, columns, scored.column, when, scored.cell, mapping)
    source = columns.export or "csv"
    in_row = () if moment.raw == scored.column.header else words(moment.raw or "")
    named = (*in_row, scored.column.moment or "", *filter(None, (scored.column.part,)))
    points = round(scored.scale.score(read.number), 4)
    return TightnessScore(
        _entry_id("score", source, when, f"{read.number:g}", str(read.scale or ""), *named),
        day,
        points,
        rated_at,
        moment.moment,
        yes_or_no(row.cells[columns.sharp]) if columns.sharp is not None else None,
        _red_flags(row, columns)[0],
        (row.cells[columns.note] or None) if columns.note is not None else None,
        source,
        scored.raw,
        moment.raw,
        row.line,
        # No tightness is on no side.
        side=scored.side if points > 0 else None,
    )


def _day_and_instant(when: When, zone: ZoneInfo) -> tuple[date, datetime | None]:
    """The local day, and the UTC instant where the clock time is known."""
    if when.clock is None:
        return when.day, None
    at = datetime.combine(when.day, when.clock, tzinfo=when.zone or zone)
    return at.astimezone(zone).date(), at.astimezone(UTC)


def _entry_id(kind: str, source: str, when: When, *said: str) -> str:
    """Id made of what the row says, not of its place: the same row has the same id in a later
    export, and after a rebuild.
    """
    parts = (kind, source, when.day, when.clock, when.zone, *said)
    text = "\n".join("" if part is None else str(part) for part in parts)
    return FILE_ENTRY + hashlib.sha256(text.encode()).hexdigest()[:12]


def _red_flags(row: Row, columns: Columns) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Red flags a row ticks, and names among them that tightlog does not know."""
    cell = row.cells[columns.red_flags] if columns.red_flags is not None else ""
    names = ["_".join(words(part)) for part in cell.replace(";", ",").replace("|", ",").split(",")]
    said = [name for name in names if name and name not in WORDS["no"]]
    return tuple(name for name in said if name in RED_FLAG_NAMES), tuple(
        name for name in said if name not in RED_FLAG_NAMES
    )


def _flag_problems(table: Table, columns: Columns, scored: set[int]) -> list[str]:
    problems = []
    for index, row in enumerate(table.rows):
        known, unknown = _red_flags(row, columns)
        if unknown:
            problems.append(
                f"line {row.line}: no red flag is called {unknown[0][:SHOWN_CHARACTERS]!r}"
            )
        if known and index not in scored:
            problems.append(
                f"line {row.line}: a red flag without a score; give it with `tightlog rate`"
            )
    return problems


def _done(
    table: Table, columns: Columns, days: Days
) -> tuple[tuple[InterventionDone, ...], list[str]]:
    """Interventions done as ticks or minutes say, and a sentence for each cell that is
    neither.
    """
    done, problems = [], []
    source = columns.export or "csv"
    for row, when in zip(table.rows, days.whens, strict=True):
        for intervention, place in columns.done:
            cell = row.cells[place]
            number, ticked = number_and_scale(cell), yes_or_no(cell)
            if when is None or outside_words(when.day, days.last) or not cell or ticked is False:
                continue
            if ticked is None and number is None:
                problems.append(
                    f"line {row.line}: {cell[:SHOWN_CHARACTERS]!r} is neither yes, no nor minutes"
                )
            elif ticked or (number is not None and number[0] > 0):
                day, done_at = _day_and_instant(when, days.zone)
                minutes = None if ticked or number is None else number[0]
                entry_id = _entry_id("done", source, when, intervention, f"{minutes or 0:g}")
                done.append(
                    InterventionDone(entry_id, day, intervention, done_at, minutes, None, source)
                )
    return tuple(done), problems


def _context(table: Table, columns: Columns, days: Days) -> tuple[ContextValue, ...]:
    values: list[ContextValue] = []
    mood = (
        table.header.index("mood")
        if columns.export == "daylio" and "mood" in table.header
        else None
    )
    for row, when in zip(table.rows, days.whens, strict=True):
        if when is not None and not outside_words(when.day, days.last):
            values += context_values(row, when, columns.context, columns.export or "csv")
            if mood is not None:
                values += daylio_values(row, when, row.cells[mood], columns.activities)
    return tuple(values)
