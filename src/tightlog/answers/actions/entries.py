"""Diary entries: log, correct and withdraw them.

Each function returns once the entry is on disk. All raise DiaryUnwritten, with the warning signs of
the entry, when it cannot be written or would be hidden by a disk that is not connected now, and
DiaryError for what cannot be logged.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from tightlog.answers.actions import trials
from tightlog.answers.missing_disk import refuse_hidden_entry
from tightlog.domain.diary import NOWHERE, Where, is_of_file
from tightlog.domain.interventions.catalogue import find
from tightlog.domain.red_flags import RedFlagSpan, red_flag
from tightlog.errors import DiaryUnwritten, UnknownEntry
from tightlog.home.settings import Home, settings_of
from tightlog.journal import writing
from tightlog.journal.entry import DID, RATE
from tightlog.journal.journal import standing_red_flag
from tightlog.journal.moment import Moment, moment_of
from tightlog.journal.signs import signs_of
from tightlog.journal.values import storable


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
    eased: Sequence[str] = (),
    where: Where = NOWHERE,
) -> Logged:
    """Logs a tightness score from 0 to 10; `eased` holds names of EASES had since the day before.

    Raises UnknownRedFlag for a name it does not know.
    """
    names = _known(red_flags)
    with _signs_kept(home, names, score, is_sharp):
        entry_id = writing.rate(
            home.journal,
            score,
            when,
            part_of_day=part_of_day,
            is_sharp=is_sharp,
            red_flags=names,
            note=None if note is None else storable(note),
            eased=eased,
            where=where,
        )
    return _logged(home, entry_id)


def give_function(home: Home, points: float, when: Moment, task: str | None = None) -> Logged:
    """Logs how well the runner can do a thing of their own, 0 to 10; without a task it is of the
    one named last.
    """
    refuse_hidden_entry(home)
    named = _words(task)
    return _logged(home, writing.function(home.journal, when, points, named))


def ask_at_next_visit(home: Home, words: str | None, when: Moment) -> Logged:
    """Logs what the runner wants to ask at the next visit, in place of the last; empty or None
    takes it back.
    """
    refuse_hidden_entry(home)
    return _logged(home, writing.question(home.journal, when, _words(words)))


def raise_red_flag(
    home: Home, when: Moment, *, is_sharp: bool | None = None, red_flags: Sequence[str] = ()
) -> Logged:
    """Logs a warning sign without a score. Raises UnknownRedFlag for a name it does not know."""
    names = _known(red_flags)
    with _signs_kept(home, names, None, is_sharp):
        entry_id = writing.raise_red_flag(home.journal, when, is_sharp=is_sharp, red_flags=names)
    return _logged(home, entry_id)


def standing(home: Home) -> RedFlagSpan | None:
    """The red flags of the journal nobody has cleared yet, as one. Raises DiaryUnwritten when its
    disk may not be connected.
    """
    refuse_hidden_entry(home)
    return standing_red_flag(home.journal)


def clear_red_flag(home: Home, when: Moment) -> Logged:
    """Logs that the red flag was looked at. One on a line without a readable day still stands."""
    refuse_hidden_entry(home)
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
    refuse_hidden_entry(home)
    entry_id = writing.did(home.journal, known, when, minutes=minutes, rpe=rpe)
    return _logged(home, entry_id)


def correct(home: Home, entry_id: str, changes: Mapping[str, Any]) -> Logged:
    """Changes fields of an entry, one read from a file too. Raises UnknownEntry."""
    names = [name for name in changes.get("red_flags") or () if isinstance(name, str)]
    with _signs_kept(home, names, changes.get("score"), changes.get("is_sharp")):
        if not is_of_file(entry_id):
            return _logged(home, writing.correct(home.journal, entry_id, changes))
        kind = _kind_of_file_entry(home, entry_id)
        return _logged(home, writing.correct_of_file(home.journal, entry_id, kind, changes))


def withdraw(home: Home, entry_id: str) -> Logged:
    """Withdraws an entry, one read from a file too; journal and file keep it. Raises
    UnknownEntry.
    """
    refuse_hidden_entry(home)
    if not is_of_file(entry_id):
        return _logged(home, writing.withdraw(home.journal, entry_id))
    _kind_of_file_entry(home, entry_id)
    return _logged(home, writing.withdraw_of_file(home.journal, entry_id))


def _kind_of_file_entry(home: Home, entry_id: str) -> str:
    """RATE or DID, as the last refresh read the entry. Raises UnknownEntry."""
    from tightlog.warehouse import store  # a score is logged without loading what computes

    found = store.answer(store.published_version(home), "file_entry", [entry_id])
    if found.is_empty():
        raise UnknownEntry(entry_id)
    return RATE if found["is_score"].item() else DID


@contextmanager
def _signs_kept(
    home: Home, names: Sequence[str], score: float | None, is_sharp: bool | None
) -> Iterator[None]:
    """An entry that is not saved is refused with the warning signs in it."""
    try:
        refuse_hidden_entry(home)
        yield
    except DiaryUnwritten as problem:
        # Whatever the day: only the names are told.
        signs = signs_of(tuple(names), date.min, score, is_sharp)
        problem.red_flags = tuple(sign.name for sign in signs)
        raise


def _words(text: str | None) -> str | None:
    return storable(" ".join(text.split())) or None if text else None


def _known(red_flags: Sequence[str]) -> list[str]:
    return [red_flag(name).name for name in red_flags]


def _logged(home: Home, entry_id: str) -> Logged:
    flag = standing_red_flag(home.journal)
    if flag is not None:
        trials.stop_for_red_flag(home, datetime.now(settings_of(home).zone).date())
    return Logged(entry_id, flag)
