"""Logging: each function returns the id of an entry that is on disk.

All raise DiaryUnwritten when the entry cannot be written, and DiaryError for what cannot be logged.
"""

import secrets
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from tightlog.domain.clocks import last_day
from tightlog.domain.diary import MOMENTS, NOWHERE, Where
from tightlog.errors import DiaryError, ScoreOutOfRange, UnknownEntry
from tightlog.journal import values
from tightlog.journal.append import append_entries
from tightlog.journal.entry import (
    ACTIVITY,
    ACTIVITY_FIELDS,
    CLEAR,
    CORRECT,
    DECLINE,
    DID,
    ENTRY_WORDS,
    FIELDS,
    FLAG,
    FORMAT,
    FUNCTION,
    HYPOTHESIS,
    QUESTION,
    RATE,
    TRIAL,
    WITHDRAW,
    Entry,
)
from tightlog.journal.journal import read_journal
from tightlog.journal.moment import Moment


def rate(
    journal: Path,
    score: float,
    moment: Moment,
    *,
    part_of_day: str | None = None,
    is_sharp: bool | None = None,
    red_flags: Sequence[str] = (),
    note: str | None = None,
    eased: Sequence[str] = (),
    where: Where = NOWHERE,
) -> str:
    """Entry id of a tightness score 0–10. Raises ScoreOutOfRange for anything else than such a
    number.
    """
    return _logged(
        journal,
        RATE,
        moment,
        {
            "score": score,
            "moment": part_of_day,
            "is_sharp": is_sharp,
            "red_flags": list(red_flags),
            "note": note,
        }
        | ({"eased": list(eased)} if eased else {})
        | where.said,
    )


def function(journal: Path, moment: Moment, points: float, task: str | None) -> str:
    """Entry id of how well the runner can do a thing of their own (`task`), 0–10."""
    return _logged(
        journal, FUNCTION, moment, {"function": points} | ({"task": task} if task else {})
    )


def question(journal: Path, moment: Moment, words: str | None) -> str:
    """Entry id of what the runner wants to ask at the next visit; None takes the last one back."""
    return _logged(journal, QUESTION, moment, {"question": words})


def raise_red_flag(
    journal: Path, moment: Moment, *, is_sharp: bool | None = None, red_flags: Sequence[str] = ()
) -> str:
    """Entry id of a warning sign given without a score."""
    return _logged(journal, FLAG, moment, {"is_sharp": is_sharp, "red_flags": list(red_flags)})


def did(
    journal: Path,
    intervention: str,
    moment: Moment,
    *,
    minutes: float | None = None,
    rpe: float | None = None,
) -> str:
    """Entry id of an intervention done (`intervention` is an id of the catalogue)."""
    return _logged(
        journal, DID, moment, {"intervention": intervention, "minutes": minutes, "rpe": rpe}
    )


def decline(journal: Path, intervention: str, moment: Moment, *, is_lasting: bool) -> str:
    """Entry id of the runner's word that an intervention is not to be offered: on the day, or
    until the entry is withdrawn.
    """
    return _logged(
        journal, DECLINE, moment, {"intervention": intervention, "is_lasting": is_lasting}
    )


def clear_red_flag(journal: Path, moment: Moment) -> str:
    """Entry id of the runner's word that the red flag was looked at."""
    return _logged(journal, CLEAR, moment, {})


def correct(journal: Path, entry_id: str, changes: Mapping[str, Any]) -> str:
    """Entry id of a correction: the named entry stands with these fields changed.

    Raises UnknownEntry when no standing entry has the id, DiaryError for a field that cannot be
    changed.
    """
    return _corrected(journal, entry_id, _standing_entry(journal, entry_id).kind, changes)


def correct_of_file(journal: Path, entry_id: str, kind: str, changes: Mapping[str, Any]) -> str:
    """Entry id of a correction of an entry that was read from a file, of the kind RATE or DID.

    Raises UnknownEntry when it was withdrawn, DiaryError for a field that cannot be changed.
    """
    _refuse_withdrawn(journal, entry_id)
    return _corrected(journal, entry_id, kind, changes)


def withdraw_of_file(journal: Path, entry_id: str) -> str:
    """Entry id of a withdrawal of an entry that was read from a file. Raises UnknownEntry when it
    was withdrawn before.
    """
    _refuse_withdrawn(journal, entry_id)
    return _append(journal, WITHDRAW, {"of": entry_id})


def withdraw(journal: Path, entry_id: str) -> str:
    """Entry id of a withdrawal: the named entry no longer stands; the journal keeps it.

    Raises UnknownEntry when no standing entry has the id.
    """
    _standing_entry(journal, entry_id)
    return _append(journal, WITHDRAW, {"of": entry_id})


def correct_activity(journal: Path, activity_id: str, changes: Mapping[str, Any]) -> str:
    """Entry id of the runner's word on an activity: its sport, shoe, name, effort, or that it does
    not
    count (`is_ignored`).

    Later words add to earlier ones; a field set to None goes back to what the files say. Raises
    DiaryError for another field.
    """
    return correct_activities(journal, [activity_id], changes)[0]


def correct_activities(
    journal: Path, activity_ids: Sequence[str], changes: Mapping[str, Any]
) -> list[str]:
    """Entry ids of the same word on many activities: all of them are on disk, or none.

    Raises DiaryError as correct_activity does.
    """
    if unknown := set(changes) - set(ACTIVITY_FIELDS):
        raise DiaryError(f"{', '.join(sorted(unknown))} of an activity cannot be corrected")
    _refuse_uncertain(changes)
    entries = [
        _entry(ACTIVITY, {"activity_id": activity_id, "changes": dict(changes)})
        for activity_id in activity_ids
    ]
    append_entries(journal, entries)
    return [str(entry["entry_id"]) for entry in entries]


def trial_steps(
    journal: Path, trial_id: str, steps: Sequence[tuple[str, Mapping[str, Any]]]
) -> None:
    """Appends steps of a trial (step, what it says): all of them are on disk, or none.

    Raises DiaryError for what the journal could not read back.
    """
    last = last_day()
    for _, facts in steps:
        for name, value in facts.items():
            try:
                values.trial_fact(name, value, last)
            except values.NotCertain as problem:
                raise DiaryError(str(problem)) from problem
    entries = [
        _entry(TRIAL, {"trial_id": trial_id, "step": step, "facts": dict(facts)})
        for step, facts in steps
    ]
    append_entries(journal, entries)


def hypothesis(journal: Path, day: date, name: str, expression: str, unit: str) -> str:
    """Entry id of a hypothesis written down on a day. Raises DiaryError for a text that is empty
    or too long.
    """
    facts = {"day": day.isoformat(), "name": name, "expression": expression, "unit": unit}
    for fact, value in facts.items():
        try:
            values.hypothesis_fact(fact, value, last_day())
        except values.NotCertain as problem:
            raise DiaryError(str(problem)) from problem
    return _append(journal, HYPOTHESIS, {"facts": facts})


def withdraw_hypothesis(journal: Path, entry_id: str) -> str:
    """Entry id of a withdrawal of a hypothesis."""
    return _append(journal, WITHDRAW, {"of": entry_id})


def _corrected(journal: Path, entry_id: str, kind: str, changes: Mapping[str, Any]) -> str:
    if unknown := set(changes) - set(FIELDS[kind]):
        raise DiaryError(
            f"{', '.join(sorted(unknown))} cannot be corrected in entry {entry_id}, "
            f"which is {ENTRY_WORDS[kind]}"
        )
    _refuse_uncertain(changes)
    return _append(journal, CORRECT, {"of": entry_id, "changes": dict(changes)})


def _refuse_withdrawn(journal: Path, entry_id: str) -> None:
    if entry_id in read_journal(journal).withdrawn:
        raise UnknownEntry(entry_id)


def _logged(journal: Path, kind: str, moment: Moment, facts: Mapping[str, Any]) -> str:
    at = None if moment.at is None else moment.at.isoformat()
    said = {"day": moment.day.isoformat(), "at": at} | dict(facts)
    _refuse_uncertain(said)
    return _append(journal, kind, said)


def _refuse_uncertain(said: Mapping[str, Any]) -> None:
    """Raises DiaryError for what the journal could not read back."""
    last: date = last_day()
    for name, value in said.items():
        if name == "moment" and value is not None and value not in MOMENTS:
            raise DiaryError(f"moment is one of {', '.join(MOMENTS)}, not {value!r}")
        try:
            values.checked(name, value, last)
        except values.NotCertain as problem:
            raise (
                ScoreOutOfRange(value) if name == "score" else DiaryError(str(problem))
            ) from problem


def _append(journal: Path, kind: str, facts: Mapping[str, Any]) -> str:
    entry = _entry(kind, facts)
    append_entries(journal, [entry])
    return str(entry["entry_id"])


def _entry(kind: str, facts: Mapping[str, Any]) -> dict[str, Any]:
    """A line of the journal with a new id."""
    return {
        "format": FORMAT,
        "entry_id": kind[0] + secrets.token_hex(4),
        "kind": kind,
        "logged_at": datetime.now(UTC).isoformat(),
    } | dict(facts)


def _standing_entry(journal: Path, entry_id: str) -> Entry:
    for entry in read_journal(journal).entries:
        if entry.entry_id == entry_id:
            return entry
    raise UnknownEntry(entry_id)
