"""Tightness scores in tables of the runner's own and in exports: bytes → scores and context. Any
bytes give a Reading.

    date;tightness;note
    31.05.2026;3;after the long run

    Timestamp,How tight is your lower back? (0-10)
    5/31/2026 7:12:00,3

    year,month,day,region,intensity
    2026,5,31,Low back,3
"""

import hashlib
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from tightlog.domain.diary import DiaryMapping
from tightlog.domain.file_status import FileStatus
from tightlog.domain.formats import DIARY
from tightlog.domain.reading import Reading, no_activity, unreadable
from tightlog.readers.diary.columns import Columns, as_typed, chosen, roles_in
from tightlog.readers.diary.days import days
from tightlog.readers.diary.entries import Entries, entries
from tightlog.readers.diary.table import MAX_ROWS, Table, is_text, table, text_of

__all__ = ["MAX_DIARY_BYTES", "diary_table", "is_diary", "is_table_name", "read_diary"]

READER = DIARY.name
TABLE_SUFFIXES = (*DIARY.endings, ".txt")
# Thirty years of ten long entries a day.
MAX_DIARY_BYTES = 16 * 2**20
SHOWN_PROBLEMS, SHOWN_COLUMNS = 3, 8


def is_table_name(name: str) -> bool:
    """True for the name of a file that may be a table of scores, packed or not."""
    return name.lower().removesuffix(".gz").endswith(TABLE_SUFFIXES)


def is_diary(data: bytes, name: str) -> bool:
    """True for a text file with the name of a table."""
    return is_table_name(name) and is_text(data)


def read_diary(
    data: bytes, name: str, home_zone: ZoneInfo, mapping: DiaryMapping | None = None
) -> Reading:
    """Scores and context of a table; rows that cannot be read are named in the reason, the
    others are kept.
    """
    if len(data) > MAX_DIARY_BYTES:
        return no_activity(None, f"not a diary: larger than {MAX_DIARY_BYTES // 2**20} MB")
    found = diary_table(data, mapping)
    choice = chosen(found, name, mapping)
    if choice.columns is None:
        if choice.is_open:
            return unreadable(READER, choice.reason)
        is_table = name.lower().endswith(DIARY.endings)
        return no_activity(None, f"not a diary: {choice.reason if is_table else 'a text file'}")
    if len(found.rows) > MAX_ROWS:
        return no_activity(None, f"not a diary: more than {MAX_ROWS:,} rows")
    columns = choice.columns
    when = days(found, columns, mapping.order if mapping else None, home_zone)
    if when.refusal is not None:
        return unreadable(READER, when.refusal)
    # The content's own hash keeps entry ids the same after a rebuild.
    stem = hashlib.sha256(data).hexdigest()[:12]
    taken = entries(found, columns, when.whens, when.problems, home_zone, stem, mapping)
    if taken.refusal is not None:
        return unreadable(READER, taken.refusal)
    return _reading(found, taken, _columns_in_words(found, columns, when.how, taken))


def diary_table(data: bytes, mapping: DiaryMapping | None = None) -> Table:
    """The table of a text's bytes, its header known by the mapping's names or by those tightlog
    knows.
    """
    names = {as_typed(column) for column in mapping.columns} if mapping else set()
    return table(
        text_of(data),
        (lambda cells: sum(as_typed(cell) in names for cell in cells)) if names else roles_in,
    )


def _reading(found: Table, taken: Entries, columns: str) -> Reading:
    problems = [*taken.problems, *found.problems]
    set_aside = _set_aside(taken)
    if not taken.scores and not taken.context and not taken.done:
        if problems and not all(problem.endswith("is not a number") for problem in problems):
            return unreadable(READER, f"no row could be read: {_listed(problems)}")
        if problems:
            return no_activity(None, f"not a diary: no score is a number ({_listed(problems)})")
        return no_activity(
            READER,
            f"no row about the lower back: {set_aside}" if set_aside else "a diary without a score",
        )
    if not problems:
        return Reading(
            FileStatus.READ,
            READER,
            set_aside or None,
            (),
            taken.scores,
            taken.done,
            taken.context,
            columns,
        )
    count = len(problems)
    reason = f"{count} of {count + len(taken.scores)} rows left out: {_listed(problems)}" + (
        f"; {set_aside}" if set_aside else ""
    )
    return Reading(
        FileStatus.PARTIAL, READER, reason, (), taken.scores, taken.done, taken.context, columns
    )


def _listed(problems: Sequence[str]) -> str:
    more = len(problems) - SHOWN_PROBLEMS
    return "; ".join(problems[:SHOWN_PROBLEMS]) + (f"; and {more:,} more" if more > 0 else "")


def _set_aside(taken: Entries) -> str:
    """How many rows are not about the lower back alone, in words."""
    counted = (
        (taken.elsewhere, "about other regions"),
        (taken.mixed, "about the lower back and other regions at once"),
    )
    return "; ".join(
        f"{count:,} row{'' if count == 1 else 's'} {what} left alone"
        for count, what in counted
        if count
    )


def _columns_in_words(found: Table, columns: Columns, day: str, taken: Entries) -> str:
    """Which column was taken for what: `day: Timestamp (month first); score: Tightness (0–10);
    left alone: Email`.
    """

    def named(place: int | None) -> str:
        return "" if place is None else found.header[place]

    written = " ".join(
        found.header[score.place] for score in columns.scores if score.place >= 0
    ).replace("-", "–")
    scales = " and ".join(scale for scale in taken.scales if scale not in written)
    parts = {
        "day": day,
        "time": named(columns.clock),
        "time stamp": named(columns.stamp),
        "score": ", ".join(found.header[score.place] for score in columns.scores)
        + (f" ({scales})" if scales and columns.scores else ""),
        "region": named(columns.region),
        "moment": named(columns.moment),
        "sharp": named(columns.sharp),
        "red flags": named(columns.red_flags),
        "note": named(columns.note),
        "context": ", ".join(found.header[column.place] for column in columns.context),
        "done": ", ".join(
            f"{found.header[place]} ({intervention})" for intervention, place in columns.done
        ),
        "activities": ", ".join(found.header[place] for place in columns.activities),
        "left alone": _some(
            [
                header
                for place, header in enumerate(found.header)
                if header and place not in columns.taken
            ]
        ),
    }
    return "; ".join(f"{role}: {names}" for role, names in parts.items() if names)


def _some(headers: Sequence[str]) -> str:
    more = len(headers) - SHOWN_COLUMNS
    return ", ".join(header[:60] for header in headers[:SHOWN_COLUMNS]) + (
        f" and {more} more" if more > 0 else ""
    )
