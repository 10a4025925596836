"""The journal's file and the copies sync programs leave beside it, as bytes.

    journal.jsonl   journal.sync-conflict-20260506-070000-ABCDEFG.jsonl   journal (conflicted copy
    2026-05-06).jsonl journal 2.jsonl   journal-LAPTOP.jsonl

Every other visible *.jsonl in the folder is taken for a copy. Nothing there is changed or deleted.
"""

import hashlib
import stat
from dataclasses import dataclass
from pathlib import Path

from tightlog.errors import DiaryUnreadable

SUFFIX = ".jsonl"

# The fingerprint of a journal that is not there.
NOTHING = hashlib.sha256(b"").hexdigest()
GONE = (
    "it is gone or empty, and was not at the last refresh; connect its disk or put it back, "
    "or run `tightlog rebuild` if you removed it yourself"
)


@dataclass(frozen=True)
class JournalFile:
    """One file of the journal: its name and bytes, or why it cannot be opened."""

    name: str
    data: bytes = b""
    problem: str = ""


def journal_files(journal: Path) -> tuple[JournalFile, ...]:
    """The journal, if it is there, then its copies by name.

    Raises DiaryUnreadable when the journal itself cannot be opened: nobody could say whether a red
    flag stands. A copy that cannot be opened has its problem.
    """
    own = _file(journal)
    if own is not None and own.problem:
        raise DiaryUnreadable(journal, own.problem)
    found = [_file(place) for place in _copies(journal)]
    return tuple(file for file in (own, *found) if file is not None)


def journal_fingerprint(journal: Path) -> str:
    """SHA-256 of the bytes of the journal and its copies, those of nothing when there is no
    journal.

    Raises DiaryUnreadable.
    """
    files = journal_files(journal)
    own = next((file.data for file in files if file.name == journal.name), b"")
    copies = [file for file in files if file.name != journal.name]
    digest = hashlib.sha256(own)
    for file in copies:
        content = hashlib.sha256(file.data).hexdigest()
        digest.update(
            f"\n{file.name}\n{file.problem}\n{content}".encode("utf-8", "backslashreplace")
        )
    return digest.hexdigest()


def refuse_gone(journal: Path, known: str, found: str) -> None:
    """Raises DiaryUnreadable when the journal held something (fingerprint `known`) and holds
    nothing now (`found`): a disk that is not connected takes no warning sign away.
    """
    if found == NOTHING != known:
        raise DiaryUnreadable(journal, GONE)


def _copies(journal: Path) -> list[Path]:
    try:
        entries = sorted(journal.parent.iterdir(), key=lambda place: place.name)
    except FileNotFoundError:
        if journal.parent.is_symlink():
            raise DiaryUnreadable(journal, "its folder is a link that leads nowhere") from None
        return []
    except OSError as problem:
        raise DiaryUnreadable(journal, problem.strerror or str(problem)) from problem
    return [
        place
        for place in entries
        if place.name != journal.name
        and not place.name.startswith(".")
        and place.name.lower().endswith(SUFFIX)
    ]


def _file(place: Path) -> JournalFile | None:
    """The file at a place; None when there is none. What is no plain file could block, so it is not
    opened.
    """
    try:
        if not stat.S_ISREG(place.stat().st_mode):
            return JournalFile(place.name, problem="it is not a file")
        return JournalFile(place.name, place.read_bytes())
    except FileNotFoundError:
        if place.is_symlink():
            return JournalFile(place.name, problem="it is a link that leads nowhere")
        return None
    except OSError as problem:
        return JournalFile(place.name, problem=problem.strerror or str(problem))
