"""What the journal holds, read once for a refresh."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tightlog.domain.red_flags import RedFlagSpan
from tightlog.journal.copies import journal_fingerprint
from tightlog.journal.journal import Journal, read_journal
from tightlog.journal.words import journal_words


@dataclass(frozen=True)
class Logged:
    """What the journal holds: its fingerprint, what stands in it, the red flags it raised, and
    what is to be said of its file (lines that do not count, copies of it).
    """

    fingerprint: str
    journal: Journal
    red_flags: tuple[RedFlagSpan, ...] = ()
    words: tuple[str, ...] = ()


def logged(path: Path, last_day: date) -> Logged:
    """The journal at a path, entries up to the last day. Raises DiaryUnreadable."""
    # The fingerprint first: a line appended meanwhile makes the next refresh run again, never the
    # other way round.
    fingerprint = journal_fingerprint(path)
    journal = read_journal(path, last_day)
    return Logged(fingerprint, journal, journal.red_flags, journal_words(journal))
