"""What is known of the nights: who was told to run by itself, how the last run went, and whether the schedule is up.

    data/warehouse/nightly.json    {"format": 1, "set_up": "timer", "began_at": "…", "ended_at": "…", "is_done": true, "words": "…", "done_at": "…"}

Written by the run itself, however it was started, so that `tightlog doctor` can tell a schedule that fires from one that was only set up.
"""

import fcntl
import json
import os
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import Any

from tightlog import private
from tightlog.settings import Home

FORMAT = 1
SCHEDULE, TIMER, WORKER = "tightlog schedule", "timer", "Prefect worker"
INSTANTS = ("began_at", "ended_at", "done_at")


@dataclass(frozen=True)
class Nights:
    """The last nightly run (None: there was none) and what was set up to make the next; `done_at` is the end of the last that went well."""

    set_up: str | None = None
    began_at: datetime | None = None
    ended_at: datetime | None = None
    is_done: bool = False
    words: str = ""
    done_at: datetime | None = None


def nights(home: Home) -> Nights:
    """What the record says; an empty one when there is none or it cannot be read: it can be lost without loss."""
    try:
        written: dict[str, Any] = json.loads(home.nights_file.read_text(encoding="utf-8"))
        instants = {name: datetime.fromisoformat(written[name]) if written[name] else None for name in INSTANTS}
        return Nights(set_up=written["set_up"], is_done=bool(written["is_done"]), words=str(written["words"]), **instants)
    except (OSError, ValueError, KeyError, TypeError):
        return Nights()


def note_set_up(home: Home, by: str) -> None:
    """Notes that runs are to come by themselves, and by whom."""
    _write(home, replace(nights(home), set_up=by))


def note_night(home: Home, began_at: datetime, problem: str | None, words: str = "", by: str | None = None) -> None:
    """Notes how a nightly run ended: `problem` says why it failed, `words` what it did, `by` who started it where that runs by itself."""
    before, now = nights(home), datetime.now(UTC)
    _write(home, Nights(by or before.set_up, began_at, now, problem is None, problem or words, now if problem is None else before.done_at))


def schedule_address(home: Home) -> str | None:
    """Where the running schedule of a home is reached, '' while it starts, None when none runs."""
    try:
        with open(home.prefect / "lock", encoding="ascii") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                return file.read().strip().removesuffix("/api")
            return None
    except FileNotFoundError:
        return None


def _write(home: Home, known: Nights) -> None:
    facts = {name: value.isoformat() if isinstance(value, datetime) else value for name, value in asdict(known).items()}
    unfinished = home.nights_file.with_name(f".nightly-{os.getpid()}.json")
    with open(unfinished, "w", encoding="utf-8", opener=private.opener) as file:
        file.write(json.dumps({"format": FORMAT} | facts, ensure_ascii=False, indent=1) + "\n")
    unfinished.replace(home.nights_file)
