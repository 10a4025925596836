"""The record of nightly runs: what starts them, how the last one ended, and how earlier ones did.

    data/warehouse/nightly.json    {"format": 1, "set_up": "timer", "ended_at": "…", "how": "done",
                                    "tries": 1, "log": [{"at": "…", "how": "done", "words": "…"}],
                                    …}
    data/warehouse/.night.lock     held while a nightly run is under way; the system frees it when
                                   that process is gone
    data/warehouse/.schedule.lock  held by `tightlog schedule`; holds the address of its server

The run writes the record itself, whatever started it. So `tightlog doctor` can tell a schedule that
fires from one that was only set up, and a run that was killed from one that is under way.
"""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from tightlog.home import private
from tightlog.home.plain_file import plain_text
from tightlog.home.settings import Home
from tightlog.language.catalogue import message, phrase

FORMAT = 1
SCHEDULE, TIMER, WORKER = "tightlog schedule", "timer", "Prefect worker"
DONE, FAILED, CUT_OFF, BUSY, RENEWED = "done", "failed", "cut off", "busy", "history renewed"
CUT_OFF_WORDS = message("the run was cut off: it was killed, memory ran out, or the power went")
INSTANTS = ("began_at", "ended_at", "done_at", "under_way_since", "first_try_at")
LOGGED = 20
# Tries after a run was cut off count as one night's for this long.
NIGHT = timedelta(hours=12)


@dataclass(frozen=True)
class Event:
    """How one nightly run ended, or why the history of runs was started again."""

    at: datetime
    how: str
    words: str


@dataclass(frozen=True)
class Nights:
    """The last nightly run (None: there was none) and what was set up to start the next.

    `done_at` is the end of the last that went well; `under_way_since` the start of a run that has
    not ended; `tries` how often this night's run was begun, the first time at `first_try_at`.
    """

    set_up: str | None = None
    began_at: datetime | None = None
    ended_at: datetime | None = None
    is_done: bool = False
    words: str = ""
    done_at: datetime | None = None
    how: str = ""
    under_way_since: datetime | None = None
    tries: int = 0
    first_try_at: datetime | None = None
    log: tuple[Event, ...] = ()


def nights(home: Home) -> Nights:
    """The record of a home; an empty one when there is none or it cannot be read."""
    try:
        return _nights(json.loads(plain_text(home.nights_file)))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return Nights()


def note_set_up(home: Home, by: str) -> None:
    """Stores that runs will start automatically, and what starts them."""
    with _record(home):
        _write(home, replace(nights(home), set_up=by))


def note_night(
    home: Home,
    began_at: datetime,
    problem: str | None,
    words: str = "",
    by: str | None = None,
    how: str | None = None,
) -> None:
    """Notes how a nightly run ended.

    `problem` is why it failed, `words` what it did, `by` what started it where that runs by itself,
    `how` one of DONE, FAILED, CUT_OFF and BUSY where it is not plain from the problem.
    """
    how, now, said = (
        how or (DONE if problem is None else FAILED),
        datetime.now(UTC),
        problem or words,
    )
    with _record(home):
        before = nights(home)
        _write(
            home,
            replace(
                before,
                set_up=by or before.set_up,
                began_at=began_at,
                ended_at=now,
                is_done=problem is None,
                words=said,
                how=how,
                under_way_since=None,
                done_at=now if problem is None else before.done_at,
                log=_logged(before, Event(now, how, said)),
            ),
        )


def note_renewed_history(home: Home, words: str) -> None:
    """Stores that the history of runs was set aside and a new one started, and why."""
    with _record(home):
        before = nights(home)
        _write(home, replace(before, log=_logged(before, Event(datetime.now(UTC), RENEWED, words))))


@contextmanager
def night_under_way(home: Home) -> Iterator[None]:
    """Stores that a nightly run began, and holds the lock that shows that it is running."""
    with open(home.warehouse / ".night.lock", "a", encoding="ascii", opener=private.opener) as file:
        # Two runs at once: the first holds the lock, and the writer lock keeps them apart.
        with suppress(BlockingIOError):
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        now = datetime.now(UTC)
        with _record(home):
            before = nights(home)
            first_at = before.first_try_at or now
            again = before.how in (CUT_OFF, BUSY) and timedelta(0) <= now - first_at < NIGHT
            _write(
                home,
                replace(
                    before,
                    under_way_since=now,
                    tries=before.tries + 1 if again else 1,
                    first_try_at=first_at if again else now,
                ),
            )
        yield


def is_night_alive(home: Home) -> bool:
    """True while the process of a nightly run exists."""
    return _is_held(home, ".night.lock") is not None


def note_cut_off(home: Home) -> bool:
    """True when a run started and never ended; it is then stored as cut off."""
    known = nights(home)
    if known.under_way_since is None or is_night_alive(home):
        return False
    note_night(home, known.under_way_since, phrase(CUT_OFF_WORDS), how=CUT_OFF)
    return True


def schedule_address(home: Home) -> str | None:
    """Address of the running schedule of a home, '' while it starts, None when none runs."""
    held = _is_held(home, ".schedule.lock")
    return None if held is None else held.strip().removesuffix("/api")


def _is_held(home: Home, name: str) -> str | None:
    """Text of a lock file another process holds, None when nobody holds it."""
    try:
        with open(home.warehouse / name, encoding="ascii", errors="replace") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                return file.read()
            return None
    except FileNotFoundError:
        return None


def _nights(written: dict[str, Any]) -> Nights:
    instants = {name: _instant(written.get(name)) for name in INSTANTS}
    log = tuple(
        Event(datetime.fromisoformat(event["at"]), str(event["how"]), str(event["words"]))
        for event in written.get("log", ())
    )
    is_done = bool(written["is_done"])
    return Nights(
        set_up=written["set_up"],
        is_done=is_done,
        words=str(written["words"]),
        how=str(
            written.get("how") or (DONE if is_done else FAILED if instants["ended_at"] else "")
        ),
        tries=int(written.get("tries", 0)),
        log=log,
        **instants,
    )


def _instant(text: str | None) -> datetime | None:
    instant = datetime.fromisoformat(text) if text else None
    if instant is not None and instant.tzinfo is None:
        raise ValueError(text)
    return instant


def _logged(before: Nights, event: Event) -> tuple[Event, ...]:
    return (*before.log, event)[-LOGGED:]


@contextmanager
def _record(home: Home) -> Iterator[None]:
    """One writer of the record at a time: the schedule, its run and a timer may all write."""
    handle = os.open(home.warehouse, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _write(home: Home, known: Nights) -> None:
    facts = json.dumps(
        {"format": FORMAT} | asdict(known), default=datetime.isoformat, ensure_ascii=False, indent=1
    )
    unfinished = home.nights_file.with_name(f".nightly-{os.getpid()}.json")
    with open(
        unfinished, "w", encoding="utf-8", errors="backslashreplace", opener=private.opener
    ) as file:
        file.write(facts + "\n")
    unfinished.replace(home.nights_file)
