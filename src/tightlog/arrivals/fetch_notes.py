"""How each fetch went last: data/warehouse/fetches.json. It may be deleted: then everything that
is not here yet is asked for again.
"""

import fcntl
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime

from tightlog.home import private
from tightlog.home.plain_file import plain_text
from tightlog.home.settings import Home

FORMAT = 1
FILE = "fetches.json"


@dataclass(frozen=True)
class FetchNote:
    """How one fetch ended, in words without a secret; `through` is the day up to which everything
    was asked for, `done_at` the end of the last that went well.
    """

    name: str
    is_done: bool
    words: str
    ended_at: datetime
    through: date | None = None
    done_at: datetime | None = None


def fetch_notes(home: Home) -> Mapping[str, FetchNote]:
    """What is known by name; nothing where the file is missing or cannot be read."""
    try:
        written = json.loads(plain_text(home.warehouse / FILE))["fetches"]
        return {name: _note(name, one) for name, one in written.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}


def note_fetch(home: Home, note: FetchNote) -> FetchNote:
    """Stores how a fetch ended, and what is known of it now."""
    handle = os.open(home.warehouse, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        known = dict(fetch_notes(home))
        before = known.get(note.name)
        if before is not None:
            note = replace(
                note,
                through=note.through or before.through,
                done_at=note.done_at or before.done_at,
            )
        known[note.name] = note
        _write(home, known)
    finally:
        os.close(handle)
    return note


def ended(name: str, words: str, *, is_done: bool, through: date | None = None) -> FetchNote:
    """A note of a fetch that ended now."""
    now = datetime.now(UTC)
    return FetchNote(name, is_done, words, now, through, now if is_done else None)


def _note(name: str, one: Mapping[str, str | bool | None]) -> FetchNote:
    through, done_at = one.get("through"), one.get("done_at")
    return FetchNote(
        name,
        one["is_done"] is True,
        str(one["words"]),
        datetime.fromisoformat(str(one["ended_at"])),
        date.fromisoformat(str(through)) if through else None,
        datetime.fromisoformat(str(done_at)) if done_at else None,
    )


def _write(home: Home, known: Mapping[str, FetchNote]) -> None:
    facts = {"format": FORMAT, "fetches": {name: asdict(one) for name, one in known.items()}}
    unfinished = home.warehouse / f".{FILE}-{os.getpid()}"
    with open(unfinished, "w", encoding="utf-8", opener=private.opener) as file:
        json.dump(facts, file, default=lambda value: value.isoformat(), ensure_ascii=False)
    unfinished.replace(home.warehouse / FILE)
