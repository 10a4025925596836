"""One table → its reading: scores and context, each row that gives none with its reason."""

from collections.abc import Callable, Sequence
from zoneinfo import ZoneInfo

from tightlog.domain.diary import DiaryMapping
from tightlog.domain.file_status import FileStatus
from tightlog.domain.formats import DIARY
from tightlog.domain.reading import Reading, no_activity, not_a_diary, unreadable
from tightlog.readers.diary.activity_list import REASON, is_activity_list
from tightlog.readers.diary.bearable import is_bearable, unfolded
from tightlog.readers.diary.columns import Columns, ScoreColumn, as_typed
from tightlog.readers.diary.days import days
from tightlog.readers.diary.entries import Entries, entries
from tightlog.readers.diary.header.columns_by_header import roles_in
from tightlog.readers.diary.mapped_columns import mapped
from tightlog.readers.diary.score_cells import SHOWN_CHARACTERS
from tightlog.readers.diary.score_columns import chosen
from tightlog.readers.diary.table import MAX_ROWS, Table, first_table

READER = DIARY.name
# Columns of the relation `day`, which `tightlog export` writes; nobody else's table has them.
OWN_EXPORT = frozenset({"left_out_scores", "tightness_7d_median", "logging_rate_28d_pct"})
EXPORTED = "an export of tightlog, whose scores would count twice"
SHOWN_PROBLEMS, SHOWN_COLUMNS = 3, 8


def header_names(mapping: DiaryMapping | None) -> Callable[[Sequence[str]], int]:
    """How many cells of a row are names of columns: the mapping's, or those tightlog knows."""
    names = {as_typed(column) for column in mapping.columns} if mapping else set()
    if not names:
        return roles_in
    return lambda cells: sum(as_typed(cell) in names for cell in cells)


def as_table(found: Table) -> Table:
    """The table with one column for each thing noted, where an export has one row for each."""
    return unfolded(found) if is_bearable(found.header) else found


def read_table(
    found: Table, name: str, mapping: DiaryMapping | None, *, home_zone: ZoneInfo
) -> Reading:
    """The reading of a table from a file of this name."""
    found = first_table(found)
    if set(found.header) >= OWN_EXPORT:
        return not_a_diary(EXPORTED)
    choice = chosen(found, name) if mapping is None else mapped(found, name, mapping)
    if choice.columns is None:
        if choice.is_open:
            return unreadable(READER, choice.reason)
        if is_activity_list(found.header):
            return not_a_diary(REASON)
        is_table = name.lower().endswith(DIARY.endings)
        return not_a_diary(choice.reason if is_table else "a text file")
    if len(found.rows) > MAX_ROWS:
        return not_a_diary(f"more than {MAX_ROWS:,} rows")
    columns = choice.columns
    when = days(found, columns, mapping.order if mapping else None, home_zone)
    if when.refusal is not None:
        return unreadable(READER, when.refusal)
    taken = entries(found, columns, when.whens, when.problems, home_zone, mapping)
    if taken.refusal is not None:
        return unreadable(READER, taken.refusal)
    given = mapping.given_moment if mapping else None
    words = _columns_in_words(found, columns, when.how, taken, given)
    return _reading(taken, found.problems, words)


def _reading(taken: Entries, lost: Sequence[str], columns: str) -> Reading:
    """The reading of what was taken; `lost` says why the end of the table was not read."""
    problems = [*dict.fromkeys(taken.problems), *lost]
    notes = _notes(taken)
    if not taken.scores and not taken.context and not taken.done:
        if problems and len(problems) > taken.wordless:
            return unreadable(READER, f"no row could be read: {_listed(problems)}")
        if problems:
            return not_a_diary(f"no score is a number ({_listed(problems)})")
        return no_activity(
            READER, f"no row about the lower back: {notes}" if notes else "a diary without a score"
        )
    reason = notes or None
    if problems:
        count = len(problems)
        left_out = f"{count} of {count + len(taken.scores)} rows left out: {_listed(problems)}"
        reason = "; ".join(part for part in (left_out, notes) if part)
    return Reading(
        FileStatus.PARTIAL if problems else FileStatus.READ,
        READER,
        reason,
        (),
        taken.scores,
        taken.done,
        taken.context,
        columns,
    )


def _listed(problems: Sequence[str]) -> str:
    more = len(problems) - SHOWN_PROBLEMS
    return "; ".join(problems[:SHOWN_PROBLEMS]) + (f"; and {more:,} more" if more > 0 else "")


def _notes(taken: Entries) -> str:
    """What the runner should know of rows that are not wrong, in words."""
    unclear = sum(taken.unclear_moments.values())
    some = ", ".join(repr(text[:SHOWN_CHARACTERS]) for text in list(taken.unclear_moments)[:5])
    counted = (
        (taken.elsewhere, "row", "about other regions left alone"),
        (taken.mixed, "row", "about the lower back and other regions at once left alone"),
        (unclear, "score", f"given at a time that is not understood ({some})"),
        (taken.ranges, "range", "of scores taken as the middle"),
    )
    return "; ".join(
        f"{count:,} {one}{'' if count == 1 else 's'} {what}"
        for count, one, what in counted
        if count
    )


def _columns_in_words(
    found: Table, columns: Columns, day: str, taken: Entries, given: str | None
) -> str:
    """Which column was taken for what: `day: Timestamp (month first); score: Tightness (0–10);
    left alone: Email`.
    """

    def named(place: int | None) -> str:
        return "" if place is None else found.header[place]

    written = " ".join(score.header for score in columns.scores).replace("-", "–")
    scales = " and ".join(scale for scale in taken.scales if scale not in written)
    parts = {
        "day": day,
        "time": named(columns.clock),
        "time stamp": named(columns.stamp),
        "score": ", ".join(_score_words(found, score) for score in columns.scores)
        + (f" ({scales})" if scales and columns.scores else ""),
        "region": named(columns.region),
        "moment": " or else ".join(
            said for said in (named(columns.moment), given and f"{given} as you said") if said
        ),
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


def _score_words(found: Table, score: ScoreColumn) -> str:
    if score.other is None:
        return found.header[score.place]
    return f"the worse of {found.header[score.place]} and {found.header[score.other]}"


def _some(headers: Sequence[str]) -> str:
    more = len(headers) - SHOWN_COLUMNS
    return ", ".join(header[:60] for header in headers[:SHOWN_COLUMNS]) + (
        f" and {more} more" if more > 0 else ""
    )
