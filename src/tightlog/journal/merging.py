"""Lines of one or more files of the journal → what stands: entries once each, later words
applied.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from tightlog.domain.diary import is_of_file
from tightlog.domain.red_flags import Sign
from tightlog.journal.entry import (
    CLEAR,
    ENTRY_WORDS,
    FIELDS,
    ActivityWord,
    Correction,
    Entry,
    HypothesisWord,
    Said,
    TrialWord,
    Withdrawal,
)
from tightlog.journal.lines import Unread, consistent
from tightlog.journal.red_flag_spans import Raised, entry_signs
from tightlog.journal.signs import signs_of
from tightlog.journal.values import NotCertain

Dated = tuple[datetime, int, Said | Unread]


@dataclass(frozen=True)
class UnreadableLine:
    """A line that does not count: file, number of the line (0: the whole file), and why."""

    file: str
    line: int
    reason: str

    def __str__(self) -> str:
        return (
            f"line {self.line} of {self.file}: {self.reason}"
            if self.line
            else f"{self.file}: {self.reason}"
        )


@dataclass(frozen=True)
class _Line:
    place: int
    file: str
    number: int
    said: Said | Unread


@dataclass
class Merged:
    """What stands so far; `clearances` and `raised` know their place in the order of all lines."""

    last: date
    standing: dict[str, Entry] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)
    known: dict[str, Said] = field(default_factory=dict)
    withdrawn: set[str] = field(default_factory=set)
    corrections: dict[str, dict[str, Any]] = field(default_factory=dict)
    # What was changed in entries that were read from files, by their id, and where it was last.
    file_changes: dict[str, dict[str, Any]] = field(default_factory=dict)
    file_days: dict[str, date] = field(default_factory=dict)
    unreadable: list[UnreadableLine] = field(default_factory=list)
    trials: list[TrialWord] = field(default_factory=list)
    hypotheses: list[HypothesisWord] = field(default_factory=list)
    withdrawn_at: dict[str, datetime] = field(default_factory=dict)
    newer_lines: int = 0
    loose: list[tuple[str | None, Raised]] = field(default_factory=list)
    latest_day: date | None = None

    @property
    def entries(self) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.standing.values() if entry.kind != CLEAR)

    @property
    def clearances(self) -> tuple[tuple[int, Entry], ...]:
        cleared = [
            (self.places[key], entry) for key, entry in self.standing.items() if entry.kind == CLEAR
        ]
        return tuple(sorted(cleared, key=lambda one: one[0]))

    @property
    def raised(self) -> list[Raised]:
        """Signs of the entries that stand, and of lines that do not count and were not
        withdrawn.
        """
        own = [
            Raised(self.places[key], entry.day, signs)
            for key, entry in self.standing.items()
            if (signs := entry_signs(entry))
        ]
        of_files = [
            Raised(self.places[key], changes.get("day", self.file_days[key]), signs)
            for key, changes in self.file_changes.items()
            if key not in self.withdrawn and (signs := _changed_signs(changes, self.file_days[key]))
        ]
        return [
            *own,
            *of_files,
            *(raised for key, raised in self.loose if key not in self.withdrawn),
        ]


def merged(files: Sequence[tuple[str, Sequence[Dated]]], last: date) -> Merged:
    """What stands in these files (name, lines); the journal itself first, then its copies."""
    found = Merged(last)
    every = _ordered(files)
    later = [line for line in every if not _taken(found, line)]
    # An entry may lie behind its correction when two clocks differ; so entries come first.
    for line in later:
        _apply(found, line)
    found.unreadable.sort(key=lambda one: (one.file, one.line))
    return found


def _ordered(files: Sequence[tuple[str, Sequence[Dated]]]) -> list[_Line]:
    """All lines in the order they were logged; a line not read, or a newer one, counts in one file
    only.
    """
    every: list[tuple[datetime, int, str, int, Said | Unread]] = []
    seen: set[str] = set()
    for index, (name, dated) in enumerate(files):
        here = {said.text for _, _, said in dated if isinstance(said, Unread)}
        every += [
            (at, index, name, number, said)
            for at, number, said in dated
            if not (isinstance(said, Unread) and said.text in seen)
        ]
        seen |= here
    every.sort(key=lambda one: (one[0], one[1], one[3]))
    return [
        _Line(place, name, number, said) for place, (_, _, name, number, said) in enumerate(every)
    ]


def _taken(found: Merged, line: _Line) -> bool:
    """False for a later word on an entry; an entry and what is not read is taken at once."""
    said = line.said
    if isinstance(said, Unread):
        _not_read(found, line, said)
        return True
    found.latest_day = said.logged_at.date()
    if said.entry_id is not None:
        before = found.known.setdefault(said.entry_id, said)
        if before is not said:
            if before != said:
                _refused(
                    found,
                    line,
                    f"its id {said.entry_id} is that of another entry",
                    _signs(found, said),
                    None,
                )
            return True
    if isinstance(said, Entry):
        found.standing[said.entry_id] = said
        found.places[said.entry_id] = line.place
        return True
    return False


def _not_read(found: Merged, line: _Line, unread: Unread) -> None:
    # The line before it, in the order of all, says best when a line without a day was written.
    fallback = found.latest_day or found.last - timedelta(days=1)
    signs = unread.salvage.signs(fallback)
    if unread.is_newer:
        found.newer_lines += 1
        _keep_signs(found, line.place, signs, unread.salvage.entry_id)
    else:
        _refused(found, line, unread.reason, signs, unread.salvage.entry_id)


def _refused(
    found: Merged, line: _Line, reason: str, signs: tuple[Sign, ...], entry_id: str | None
) -> None:
    found.unreadable.append(UnreadableLine(line.file, line.number, reason))
    _keep_signs(found, line.place, signs, entry_id)


def _keep_signs(found: Merged, place: int, signs: tuple[Sign, ...], entry_id: str | None) -> None:
    if signs:
        found.loose.append((entry_id, Raised(place, signs[0].day, signs)))


def _apply(found: Merged, line: _Line) -> None:
    said = line.said
    if isinstance(said, Withdrawal):
        found.withdrawn.add(said.of)
        found.withdrawn_at.setdefault(said.of, said.logged_at)
        found.standing.pop(said.of, None)
    elif isinstance(said, TrialWord):
        found.trials.append(said)
    elif isinstance(said, HypothesisWord):
        found.hypotheses.append(said)
    elif isinstance(said, ActivityWord):
        found.corrections.setdefault(said.activity_id, {}).update(said.changes)
    elif isinstance(said, Correction) and said.of not in found.withdrawn:
        _correct(found, line, said)


def _correct(found: Merged, line: _Line, said: Correction) -> None:
    if is_of_file(said.of):
        _correct_of_file(found, line, said)
        return
    entry = found.standing.get(said.of)
    if entry is None:
        # Its entry may have been deleted on purpose; a sign it adds is never taken for deleted with
        # it.
        if signs := _signs(found, said):
            _refused(found, line, f"it corrects {said.of}, which is not there", signs, said.of)
        return
    try:
        changed = _corrected(entry, said)
    except NotCertain as problem:
        _refused(found, line, str(problem), _signs(found, said), said.of)
        return
    if {sign.name for sign in entry_signs(changed)} - {sign.name for sign in entry_signs(entry)}:
        # A clearance before this does not hold for what the correction adds.
        found.places[said.of] = line.place
    found.standing[said.of] = changed


def _correct_of_file(found: Merged, line: _Line, said: Correction) -> None:
    """The entry itself is in its file; what the correction says of warning signs counts here, at
    once.
    """
    before = found.file_changes.get(said.of, {})
    after = before | dict(said.changes)
    day = said.logged_at.date()
    names_before = {sign.name for sign in _changed_signs(before, day)}
    if {sign.name for sign in _changed_signs(after, day)} - names_before:
        # A clearance before this does not hold for what the correction adds.
        found.places[said.of] = line.place
    found.places.setdefault(said.of, line.place)
    found.file_days.setdefault(said.of, day)
    found.file_changes[said.of] = after


def _changed_signs(changes: Mapping[str, Any], day: date) -> tuple[Sign, ...]:
    return signs_of(
        changes.get("red_flags", ()),
        changes.get("day", day),
        changes.get("score"),
        changes.get("is_sharp"),
    )


def _corrected(entry: Entry, said: Correction) -> Entry:
    if entry.kind == CLEAR:
        raise NotCertain(f"it corrects {said.of}, which is {ENTRY_WORDS[CLEAR]}")
    if unknown := sorted(set(said.changes) - set(FIELDS[entry.kind])):
        raise NotCertain(
            f"it corrects {unknown[0]} in {said.of}, which is {ENTRY_WORDS[entry.kind]}"
        )
    return consistent(replace(entry, **said.changes))


def _signs(found: Merged, said: Said) -> tuple[Sign, ...]:
    """Signs of what does not count, on the day it says or was logged."""
    if isinstance(said, Entry):
        return entry_signs(said)
    if not isinstance(said, Correction):
        return ()
    return _changed_signs(said.changes, said.logged_at.date())
