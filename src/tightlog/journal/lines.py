"""Lines of the journal: bytes → what each line says, or why that is uncertain. Any bytes give
lines.

    {"format": 1, "entry_id": "r5f1c09ab", "kind": "rate", "logged_at": "2026-05-31T05:12…

A line counts if its meaning is certain: every field its kind has holds what it may hold, and none
belongs to another kind. Else it is unreadable, as a whole, and shown with its number and reason;
what it says of warning signs stands all the same. Fields nobody knows are left alone. A line
without a format is of the first; one of a later format is counted, not read.

Lines end at \\n (written by us, U+2028 and the like always escaped; older journals hold them raw,
inside a text). A carriage return ends a line only where the text is no JSON otherwise.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from tightlog.journal import values
from tightlog.journal.entry import (
    ACTIVITY,
    ACTIVITY_FIELDS,
    CORRECT,
    FIELDS,
    FORMAT,
    HYPOTHESIS,
    HYPOTHESIS_FACTS,
    TRIAL,
    TRIAL_FACTS,
    WITHDRAW,
    ActivityWord,
    Correction,
    Entry,
    HypothesisWord,
    Said,
    TrialWord,
    Withdrawal,
)
from tightlog.journal.signs import Salvage, salvaged, salvaged_from_text
from tightlog.journal.values import NotCertain

UTF_16 = (
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
    (b"{\0", "utf-16-le"),
    (b"\0{", "utf-16-be"),
)
EVERY_FIELD = frozenset(name for fields in FIELDS.values() for name in fields)
LATER_WORDS = (CORRECT, WITHDRAW, ACTIVITY, TRIAL, HYPOTHESIS)
MARKS = " \t\r\ufeff"


NOTHING = Salvage()


@dataclass(frozen=True)
class Unread:
    """A line that does not count: why, or that a newer tightlog wrote it; and its warning signs."""

    text: str
    reason: str
    salvage: Salvage = NOTHING
    is_newer: bool = False


class _RepeatedKey(ValueError):
    pass


def lines(data: bytes, last: date) -> Iterator[tuple[int, Said | Unread]]:
    """Number of each line, from 1, and what it says; `last` is the last day it may speak of."""
    number = 0
    for text in _text(data).split("\n"):
        for part in _parts(text):
            number += 1
            if part.startswith("\0") or part.endswith("\0"):
                yield number, Unread(part, "it holds NUL bytes, as a power cut leaves them")
            if stripped := part.strip(MARKS + "\0"):
                yield number, line_of(stripped, last)


def line_of(text: str, last: date) -> Said | Unread:
    """What one line says."""
    try:
        said = _json(text)
    except (ValueError, RecursionError) as problem:
        return Unread(text, _not_json(problem), salvaged_from_text(text, last))
    if not isinstance(said, dict):
        return Unread(
            text, f"it is {values.shown(said)}, not an entry", salvaged_from_text(text, last)
        )
    number = said.get("format")
    if isinstance(number, int) and not isinstance(number, bool) and number > FORMAT:
        return Unread(text, "a newer tightlog wrote it", salvaged(said, last), is_newer=True)
    try:
        return _said(said, last)
    except NotCertain as problem:
        return Unread(text, str(problem), salvaged(said, last))


def consistent(entry: Entry) -> Entry:
    """The entry, when its day may be the local day of its instant. Raises NotCertain."""
    if entry.at is not None and abs(entry.at.date() - entry.day) > timedelta(days=1):
        raise NotCertain(f"day {entry.day} and at {entry.at.isoformat()} do not belong together")
    return entry


def _text(data: bytes) -> str:
    """The text of a journal. One saved as UTF-16 holds what was appended since as UTF-8."""
    encoding = next((name for mark, name in UTF_16 if data.startswith(mark)), None)
    if encoding is None:
        return data.decode("utf-8", errors="replace")
    appended = data.find(b'\n{"') + 1
    head, tail = (data[:appended], data[appended:]) if appended else (data, b"")
    whole = head[: len(head) - len(head) % 2].decode(encoding, errors="replace")
    return whole.rstrip("\n") + "\n" + tail.decode("utf-8", errors="replace")


def _parts(text: str) -> list[str]:
    """A line, or several where they end at carriage returns alone."""
    if "\r" not in text.rstrip("\r"):
        return [text]
    try:
        _json(text.strip(MARKS))
    except (ValueError, RecursionError):
        return text.split("\r")
    return [text]


def _json(text: str) -> Any:
    # Control characters inside a text are no JSON and yet certain.
    return json.loads(text, object_pairs_hook=_object, strict=False)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _RepeatedKey
    return found


def _not_json(problem: Exception) -> str:
    if isinstance(problem, _RepeatedKey):
        return "one of its fields stands in it twice"
    if isinstance(problem, RecursionError):
        return "it is nested too deeply"
    return "it is torn, or not JSON"


def _said(said: dict[str, Any], last: date) -> Said:
    """What an object says. Raises NotCertain."""
    if said.get("format") is not None:
        number = said["format"]
        if isinstance(number, bool) or number != FORMAT:
            raise NotCertain(f"format is {values.shown(number)}, not a format")
    kind = said.get("kind")
    if not isinstance(kind, str) or kind not in (*FIELDS, *LATER_WORDS):
        raise NotCertain(f"kind is {values.shown(kind)}, which is not known")
    own = FIELDS.get(kind, ())
    others = EVERY_FIELD.intersection(said).difference(own)
    if foreign := sorted(name for name in others if said[name] not in (None, [])):
        raise NotCertain(f"an entry of kind {kind} has no {foreign[0]}")
    logged_at = values.instant("logged_at", said.get("logged_at"), last)
    if kind in FIELDS:
        entry_id = values.identifier("entry_id", said.get("entry_id"))
        given = [name for name in own if said.get(name) is not None or name in values.NEEDED]
        fields = {name: values.checked(name, said.get(name), last) for name in given}
        return consistent(Entry(entry_id, kind, logged_at=logged_at, **fields))
    return _later_word(kind, said, logged_at, last)


def _later_word(kind: str, said: dict[str, Any], logged_at: datetime, last: date) -> Said:
    """A correction, a withdrawal, or a word on an activity; an id of their own is not needed."""
    given = said.get("entry_id")
    entry_id = None if given is None else values.identifier("entry_id", given)
    if kind == WITHDRAW:
        return Withdrawal(values.identifier("of", said.get("of")), logged_at, entry_id)
    if kind == TRIAL:
        return _trial_word(said, logged_at, last, entry_id)
    if kind == HYPOTHESIS:
        own_id = values.identifier("entry_id", given)
        return HypothesisWord(logged_at, _hypothesis_facts(said.get("facts"), last), own_id)
    if kind == CORRECT:
        changes = _changes(said.get("changes"), EVERY_FIELD, last)
        return Correction(values.identifier("of", said.get("of")), logged_at, changes, entry_id)
    changes = _changes(said.get("changes"), frozenset(ACTIVITY_FIELDS), last)
    return ActivityWord(
        values.identifier("activity_id", said.get("activity_id")), logged_at, changes, entry_id
    )


def _trial_word(
    said: dict[str, Any], logged_at: datetime, last: date, entry_id: str | None
) -> TrialWord:
    """A step of a trial; every fact of its step is there, and facts nobody knows are left alone."""
    step = values.one_of("step", said.get("step"), tuple(TRIAL_FACTS))
    given = said.get("facts")
    if not isinstance(given, dict):
        raise NotCertain(f"facts is {values.shown(given)}, not an object")
    facts = {name: values.trial_fact(name, given.get(name), last) for name in TRIAL_FACTS[step]}
    trial_id = values.identifier("trial_id", said.get("trial_id"))
    return TrialWord(trial_id, step, logged_at, facts, entry_id)


def _hypothesis_facts(given: Any, last: date) -> dict[str, Any]:
    if not isinstance(given, dict):
        raise NotCertain(f"facts is {values.shown(given)}, not an object")
    return {name: values.hypothesis_fact(name, given.get(name), last) for name in HYPOTHESIS_FACTS}


def _changes(given: Any, known: frozenset[str], last: date) -> dict[str, Any]:
    if not isinstance(given, dict):
        raise NotCertain(f"changes is {values.shown(given)}, not an object")
    if unknown := [name for name in given if name not in known]:
        raise NotCertain(f"{values.shown(unknown[0])} is no field that can be corrected")
    return {name: values.checked(name, value, last) for name, value in given.items()}
