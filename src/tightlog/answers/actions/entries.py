"""Diary entries: log, correct and withdraw them.

Each function returns once the entry is on disk. All raise DiaryUnwritten when it cannot be written,
and DiaryError for what cannot be logged.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tightlog.domain.diary import FILE_ENTRY
from tightlog.domain.intervention_catalogue import find
from tightlog.domain.red_flags import RedFlagSpan, red_flag
from tightlog.errors import UnknownEntry
from tightlog.home.settings import Home, settings_of
from tightlog.journal import writing
from tightlog.journal.entry import DID, RATE
from tightlog.journal.journal import standing_red_flag
from tightlog.journal.moment import Moment, moment_of
from tightlog.journal.values import storable
from tightlog.warehouse import store


@dataclass(frozen=True)
class Logged:
    """The entry written, and the red flag of the journal that stands now: show it before anything
    else.
    """

    entry_id: str
    red_flag: RedFlagSpan | None


def moment(home: Home, text: str | None) -> Moment:
    """The moment a text means in the home's time zone; now when None."""
    return moment_of(text, settings_of(home).zone)


def give_score(
    home: Home,
    score: float,
    when: Moment,
    *,
    part_of_day: str | None = None,
    is_sharp: bool | None = None,
    red_flags: Sequence[str] = (),
    note: str | None = None,
) -> Logged:
    """Logs a tightness score from 0 to 10. Raises UnknownRedFlag for a name it does not know."""
    entry_id = writing.rate(
        home.journal,
        score,
        when,
        part_of_day=part_of_day,
        is_sharp=is_sharp,
        red_flags=_known(red_flags),
        note=None if note is None else storable(note),
    )
    return _logged(home, entry_id)


def raise_red_flag(
    home: Home, when: Moment, *, is_sharp: bool | None = None, red_flags: Sequence[str] = ()
) -> Logged:
    """Logs a warning sign without a score. Raises UnknownRedFlag for a name it does not know."""
    entry_id = writing.raise_red_flag(
        home.journal, when, is_sharp=is_sharp, red_flags=_known(red_flags)
    )
    return _logged(home, entry_id)


def clear_red_flag(home: Home, when: Moment) -> Logged:
    """Logs that the red flag was looked at. One on a line without a readable day still stands."""
    return _logged(home, writing.clear_red_flag(home.journal, when))


def did(
    home: Home,
    intervention: str,
    when: Moment,
    *,
    minutes: float | None = None,
    rpe: float | None = None,
) -> Logged:
    """Logs an intervention by its id, name or alias. Raises UnknownIntervention."""
    known = find(intervention).intervention
    entry_id = writing.did(home.journal, known, when, minutes=minutes, rpe=rpe)
    return _logged(home, entry_id)


def correct(home: Home, entry_id: str, changes: Mapping[str, Any]) -> Logged:
    """Changes fields of an entry, one read from a file too. Raises UnknownEntry."""
    if not entry_id.startswith(FILE_ENTRY):
        return _logged(home, writing.correct(home.journal, entry_id, changes))
    kind = _kind_of_file_entry(home, entry_id)
    return _logged(home, writing.correct_of_file(home.journal, entry_id, kind, changes))


def withdraw(home: Home, entry_id: str) -> Logged:
    """Withdraws an entry, one read from a file too; journal and file keep it. Raises
    UnknownEntry.
    """
    if not entry_id.startswith(FILE_ENTRY):
        return _logged(home, writing.withdraw(home.journal, entry_id))
    _kind_of_file_entry(home, entry_id)
    return _logged(home, writing.withdraw_of_file(home.journal, entry_id))


def _kind_of_file_entry(home: Home, entry_id: str) -> str:
    """RATE or DID, as the last refresh read the entry. Raises UnknownEntry."""
    found = store.answer(store.published_version(home), "file_entry", [entry_id])
    if found.is_empty():
        raise UnknownEntry(entry_id)
    return RATE if found["is_score"].item() else DID


def _known(red_flags: Sequence[str]) -> list[str]:
    return [red_flag(name).name for name in red_flags]


def _logged(home: Home, entry_id: str) -> Logged:
    return Logged(entry_id, standing_red_flag(home.journal))
