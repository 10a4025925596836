"""What is valid in the journal: entries with their corrections, withdrawn ones left out, copies
merged.

Each entry counts once, by its id. Lines of several files are taken in the order they were logged;
within one file their own order holds, whatever the clock said.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from tightlog.domain.clocks import last_day
from tightlog.domain.diary import (
    Declined,
    FunctionScore,
    Hypothesis,
    InterventionDone,
    TightnessScore,
)
from tightlog.domain.red_flags import RedFlagSpan, standing
from tightlog.domain.trials import LoggedTrial
from tightlog.journal.copies import JournalFile, journal_files
from tightlog.journal.entry import (
    DECLINE,
    DID,
    FUNCTION,
    QUESTION,
    RATE,
    Entry,
    HypothesisWord,
    Said,
)
from tightlog.journal.lines import Unread, lines
from tightlog.journal.merging import UnreadableLine, merged
from tightlog.journal.red_flag_spans import spans_of
from tightlog.journal.trials import logged_trials

# Reading goes over the same few thousand lines several times for one page.
KEPT_JOURNALS = 4


@dataclass(frozen=True)
class Journal:
    """What stands in the diary, the red flags it raised, the lines that could not be read, how many
    lines a newer tightlog wrote, and the names of the copies merged into it.
    """

    entries: tuple[Entry, ...] = ()
    clearances: tuple[Entry, ...] = ()
    scores: tuple[TightnessScore, ...] = ()
    interventions: tuple[InterventionDone, ...] = ()
    # Answers about function, the oldest first, each with the task named last.
    functions: tuple[FunctionScore, ...] = ()
    # What the runner wants to ask at the next visit; None for nothing.
    question: str | None = None
    corrections: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    # Of entries read from files: what was changed in them, by their id, and which were withdrawn.
    file_changes: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    withdrawn: frozenset[str] = frozenset()
    red_flags: tuple[RedFlagSpan, ...] = ()
    # Coin-flip trials, in the order they were planned.
    trials: tuple[LoggedTrial, ...] = ()
    # What the runner wrote down before looking, in that order; withdrawn ones too.
    hypotheses: tuple[Hypothesis, ...] = ()
    # Advice the runner does not want, in the order it was declined.
    declined: tuple[Declined, ...] = ()
    unreadable: tuple[UnreadableLine, ...] = ()
    newer_lines: int = 0
    copies: tuple[str, ...] = ()

    @property
    def broken_lines(self) -> int:
        """How many lines could not be read."""
        return len(self.unreadable)

    @property
    def closed_files(self) -> tuple[str, ...]:
        """Names of the copies that could not be opened at all."""
        return tuple(line.file for line in self.unreadable if line.line == 0)


def read_journal(journal: Path, last: date | None = None) -> Journal:
    """What stands in the journal and its copies; an empty one when there is no file.

    `last` is the last day an entry may speak of: tomorrow, in the runner's zone where the caller
    knows it. Raises DiaryUnreadable when the file cannot be opened; no line is ever fatal.
    """
    return _stood(journal_files(journal), journal.name, last or last_day())


def red_flag_spans(journal: Path) -> tuple[RedFlagSpan, ...]:
    """Red flags the journal raised, oldest first: a ticked flag, sharp pain, or a score of 8 or
    more,
    each until it was cleared. Raises DiaryUnreadable.
    """
    return read_journal(journal).red_flags


def standing_red_flag(journal: Path) -> RedFlagSpan | None:
    """The red flags nobody has cleared yet, as one; this is what every advice asks first.

    Raises DiaryUnreadable: without the journal there is no advice.
    """
    return standing(red_flag_spans(journal))


@lru_cache(maxsize=KEPT_JOURNALS)
def _stood(files: tuple[JournalFile, ...], own_name: str, last: date) -> Journal:
    found = merged([(file.name, list(_dated(file.data, last))) for file in files], last)
    closed = tuple(UnreadableLine(file.name, 0, file.problem) for file in files if file.problem)
    return Journal(
        entries=found.entries,
        clearances=tuple(entry for _, entry in found.clearances),
        scores=tuple(_score(entry) for entry in found.entries if entry.kind == RATE),
        interventions=tuple(_done(entry) for entry in found.entries if entry.kind == DID),
        functions=_functions(found.entries),
        question=_question(found.entries),
        corrections=found.corrections,
        file_changes=found.file_changes,
        withdrawn=frozenset(found.withdrawn),
        red_flags=spans_of(found.raised, found.clearances),
        trials=logged_trials(found.trials),
        hypotheses=tuple(_hypothesis(word, found.withdrawn_at) for word in found.hypotheses),
        declined=tuple(_declined(entry) for entry in found.entries if entry.kind == DECLINE),
        unreadable=(*closed, *found.unreadable),
        newer_lines=found.newer_lines,
        copies=tuple(file.name for file in files if file.name != own_name and not file.problem),
    )


def _dated(data: bytes, last: date) -> Iterator[tuple[datetime, int, Said | Unread]]:
    """Lines with the time by which they are ordered: when they were logged, never before the line
    above.

    A line without a time goes with the one above, at the start of a file with the one below.
    """
    every = [
        (number, said, said.salvage.logged_at if isinstance(said, Unread) else said.logged_at)
        for number, said in lines(data, last)
    ]
    latest = next((at for _, _, at in every if at is not None), datetime.max.replace(tzinfo=UTC))
    for number, said, at in every:
        latest = max(latest, at or latest)
        yield latest, number, said


def _hypothesis(word: HypothesisWord, withdrawn_at: Mapping[str, datetime]) -> Hypothesis:
    facts, withdrawn = word.facts, withdrawn_at.get(word.entry_id)
    return Hypothesis(
        word.entry_id,
        facts["name"],
        facts["expression"],
        facts["unit"],
        # A day before the line was written would make evidence of what was known.
        max(facts["day"], word.logged_at.date()),
        None if withdrawn is None else withdrawn.date(),
    )


def _score(entry: Entry) -> TightnessScore:
    score = entry.score or 0.0
    return TightnessScore(
        entry.entry_id,
        entry.day,
        score,
        entry.at,
        entry.moment,
        entry.is_sharp,
        entry.red_flags,
        entry.note,
        "diary",
        f"{score:g}",
        eased=entry.eased,
        side=entry.side,
        radiation=entry.radiation,
        is_woken=entry.is_woken,
    )


def _done(entry: Entry) -> InterventionDone:
    return InterventionDone(
        entry.entry_id,
        entry.day,
        entry.intervention or "",
        entry.at,
        entry.minutes,
        entry.rpe,
        "diary",
    )


def _functions(entries: Sequence[Entry]) -> tuple[FunctionScore, ...]:
    """Answers about function by day, each without a task of its own with the one before it."""
    answers: list[FunctionScore] = []
    task: str | None = None
    for entry in sorted(entries, key=lambda one: (one.day, one.logged_at)):
        if entry.kind == FUNCTION:
            task = entry.task or task
            points = entry.function or 0.0
            answers.append(FunctionScore(entry.entry_id, entry.day, points, entry.at, task))
    return tuple(answers)


def _question(entries: Sequence[Entry]) -> str | None:
    asked = [entry for entry in entries if entry.kind == QUESTION]
    return max(asked, key=lambda one: one.logged_at).question if asked else None


def _declined(entry: Entry) -> Declined:
    return Declined(entry.entry_id, entry.day, entry.intervention or "", bool(entry.is_lasting))
