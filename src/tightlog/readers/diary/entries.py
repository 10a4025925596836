"""The entries of a diary: rows about the lower back as scores of 0–10, everything else counted
with its reason.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from tightlog.domain.diary import ContextValue, DiaryMapping, InterventionDone, TightnessScore
from tightlog.domain.known_days import last_day, outside_words
from tightlog.domain.red_flags import RED_FLAG_NAMES
from tightlog.readers.diary.columns import Columns, ScoreColumn
from tightlog.readers.diary.context import context_values, daylio_values, named_scores
from tightlog.readers.diary.dates import When
from tightlog.readers.diary.scales import ZERO_TO_TEN, Scale, number_and_scale
from tightlog.readers.diary.table import Row, Table
from tightlog.readers.diary.vocabulary import WORDS
from tightlog.readers.diary.words import Region, moment, region, words, yes_or_no

SHOWN_CHARACTERS = 40
# One number off the scale is a typing error; several mean another scale.
SLIPS, SLIP_SHARE = 1, 0.05


@dataclass(frozen=True)
class Scored:
    """One score cell: its row (by index), its column, and what it holds."""

    index: int
    column: ScoreColumn
    cell: str


@dataclass(frozen=True)
class Entries:
    """Entries of the rows: scores and context, a sentence for each row left out, and how many rows
    are about other regions.
    """

    scores: tuple[TightnessScore, ...] = ()
    context: tuple[ContextValue, ...] = ()
    done: tuple[InterventionDone, ...] = ()
    problems: tuple[str, ...] = ()
    elsewhere: int = 0
    mixed: int = 0
    scales: tuple[str, ...] = ()
    refusal: str | None = None


def entries(
    table: Table,
    columns: Columns,
    whens: Sequence[When | None],
    day_problems: Sequence[str],
    zone: ZoneInfo,
    stem: str,
    mapping: DiaryMapping | None,
) -> Entries:
    """Entries of a table whose rows have these days; naive clock times are in `zone`, the
    home's.
    """
    cells = [
        Scored(index, column, row.cells[column.place])
        for column in columns.scores
        for index, row in enumerate(table.rows)
        if row.cells[column.place]
    ]
    cells += [
        Scored(index, ScoreColumn(-1), cell)
        for index, row in enumerate(table.rows)
        for cell in named_scores(row, columns.activities)
    ]
    kept, elsewhere, mixed = _of_the_lower_back(table, columns, cells, mapping)
    settled, refusal = _with_scales(table, kept)
    if refusal is not None:
        return Entries(refusal=refusal, elsewhere=elsewhere, mixed=mixed)
    scores: list[TightnessScore] = []
    problems: list[str] = []
    last = last_day(zone)
    for scored in sorted(settled, key=lambda one: (one.index, one.column.place)):
        row, when = table.rows[scored.index], whens[scored.index]
        problem = (
            "more cells than the header, so they may be under the wrong names"
            if row.has_more_cells
            else (day_problems[scored.index] if when is None else _problem(scored, when, last))
        )
        if problem or when is None:
            problems.append(f"line {row.line}: {problem}")
            continue
        is_first = scored.column.place in (-1, columns.scores[0].place if columns.scores else -1)
        scores.append(
            _score(
                row,
                columns,
                scored,
                when,
                zone,
                f"csv-{stem}-{row.line}" + ("" if is_first else f"-{scored.column.place}"),
            )
        )
    done, unclear = _done(table, columns, whens, last, zone, stem)
    problems += unclear
    problems += _flag_problems(table, columns, {scored.index for scored in settled})
    scales = tuple(dict.fromkeys(str(scored.column.scale or ZERO_TO_TEN) for scored in settled))
    return Entries(
        tuple(scores),
        _context(table, columns, whens, last),
        done,
        tuple(problems),
        elsewhere,
        mixed,
        scales,
    )


def _of_the_lower_back(
    table: Table, columns: Columns, cells: Sequence[Scored], mapping: DiaryMapping | None
) -> tuple[list[Scored], int, int]:
    """The score cells of rows about the lower back, and how many rows are about other regions,
    or about several at once.
    """
    if columns.region is None:
        return list(cells), 0, 0
    wanted = {words(name) for name in mapping.keep_regions} if mapping else set()
    kept, elsewhere, mixed = [], 0, 0
    for scored in cells:
        text = table.rows[scored.index].cells[columns.region]
        found = region(text)
        if (
            words(text) in wanted
            if wanted
            else found is Region.LOWER_BACK or (not text and columns.names_back)
        ):
            kept.append(scored)
        elif found is Region.MIXED and not wanted:
            mixed += 1
        else:
            elsewhere += 1
    return kept, elsewhere, mixed


def _with_scales(table: Table, cells: Sequence[Scored]) -> tuple[list[Scored], str | None]:
    """The cells with the scale of their column settled; a sentence when its numbers fit no
    known scale.
    """
    settled = []
    for column in dict.fromkeys(scored.column for scored in cells):
        own = [scored for scored in cells if scored.column == column]
        numbers = {
            scored: found for scored in own if (found := number_and_scale(scored.cell)) is not None
        }
        scale = column.scale or ZERO_TO_TEN
        if (
            (scale.none, scale.worst) != (0, scale.worst)
            and any(number == 0 for number, _ in numbers.values())
            and scale.none == 1
        ):
            scale = Scale(0, scale.worst)
        outside = [
            scored
            for scored, (number, cell_scale) in numbers.items()
            if not (cell_scale or scale).holds(number)
        ]
        if (len(outside) > SLIPS and len(outside) > SLIP_SHARE * len(numbers)) or (
            outside and len(outside) == len(numbers)
        ):
            named = ", ".join(
                f"line {table.rows[scored.index].line}: {scored.cell[:SHOWN_CHARACTERS]}"
                for scored in outside[:3]
            )
            header = table.header[column.place]
            return [], (
                f"{len(outside)} of {len(numbers)} scores in column {header!r} lie outside "
                f"{_ends(scale)} ({named}); "
                "write the scale into the header, such as (0-100), or `scale = [0, 100]` for "
                "this file under [[diary]] in tightlog.toml"
            )
        settled += [replace(scored, column=replace(column, scale=scale)) for scored in own]
    return settled, None


def _problem(scored: Scored, when: When, last: date) -> str | None:
    """Why a score cell with a day gives no score; None when it does."""
    found = number_and_scale(scored.cell)
    if found is None:
        return f"{scored.cell[:SHOWN_CHARACTERS]!r} is not a number"
    scale = found[1] or scored.column.scale or ZERO_TO_TEN
    if not scale.holds(found[0]):
        return f"{scored.cell[:SHOWN_CHARACTERS]} lies outside {_ends(scale)}"
    outside = outside_words(when.day, last)
    return f"{when.day} {outside}" if outside else None


def _ends(scale: Scale) -> str:
    return f"{min(scale.none, scale.worst):g}–{max(scale.none, scale.worst):g}"


def _score(
    row: Row, columns: Columns, scored: Scored, when: When, zone: ZoneInfo, entry_id: str
) -> TightnessScore:
    number, cell_scale = number_and_scale(scored.cell) or (0.0, None)
    scale = cell_scale or scored.column.scale or ZERO_TO_TEN
    rated_at = (
        None
        if when.clock is None
        else datetime.combine(when.day, when.clock, tzinfo=when.zone or zone)
    )
    return TightnessScore(
        entry_id,
        rated_at.astimezone(zone).date() if rated_at else when.day,
        round(scale.score(number), 4),
        rated_at.astimezone(UTC) if rated_at else None,
        _moment(row, columns, scored.column),
        yes_or_no(row.cells[columns.sharp]) if columns.sharp is not None else None,
        _red_flags(row, columns)[0],
        (row.cells[columns.note] or None) if columns.note is not None else None,
        columns.export or "csv",
        scored.cell,
    )


def _moment(row: Row, columns: Columns, column: ScoreColumn) -> str | None:
    """The moment of a row, from its moment column or words in its time column, else from the
    score's header.
    """
    for place in (columns.moment, columns.clock):
        if (
            place is not None
            and (cell := row.cells[place])
            and not any(letter.isdigit() for letter in cell)
        ):
            return moment(cell)
    return column.moment


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
    table: Table,
    columns: Columns,
    whens: Sequence[When | None],
    last: date,
    zone: ZoneInfo,
    stem: str,
) -> tuple[tuple[InterventionDone, ...], list[str]]:
    """Interventions done as ticks or minutes say, and a sentence for each cell that is
    neither.
    """
    done, problems = [], []
    for row, when in zip(table.rows, whens, strict=True):
        for intervention, place in columns.done:
            cell = row.cells[place]
            number, ticked = number_and_scale(cell), yes_or_no(cell)
            if when is None or outside_words(when.day, last) or not cell or ticked is False:
                continue
            if ticked is None and number is None:
                problems.append(
                    f"line {row.line}: {cell[:SHOWN_CHARACTERS]!r} is neither yes, no nor minutes"
                )
            elif ticked or (number is not None and number[0] > 0):
                done_at = (
                    None
                    if when.clock is None
                    else datetime.combine(when.day, when.clock, tzinfo=when.zone or zone)
                )
                minutes = None if ticked or number is None else number[0]
                done.append(
                    InterventionDone(
                        f"csv-{stem}-{row.line}-{place}",
                        done_at.astimezone(zone).date() if done_at else when.day,
                        intervention,
                        done_at.astimezone(UTC) if done_at else None,
                        minutes,
                        None,
                        columns.export or "csv",
                    )
                )
    return tuple(done), problems


def _context(
    table: Table, columns: Columns, whens: Sequence[When | None], last: date
) -> tuple[ContextValue, ...]:
    values: list[ContextValue] = []
    mood = (
        table.header.index("mood")
        if columns.export == "daylio" and "mood" in table.header
        else None
    )
    for row, when in zip(table.rows, whens, strict=True):
        if when is not None and not outside_words(when.day, last):
            values += context_values(row, when, columns.context, columns.export or "csv")
            if mood is not None:
                values += daylio_values(row, when, row.cells[mood], columns.activities)
    return tuple(values)
