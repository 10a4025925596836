"""One fetch of the settings: what would be asked, and asking it. A failure is a note, never an
exception: the nightly run goes on.
"""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from tightlog.arrivals.asking import Asking, AskingFailed
from tightlog.arrivals.fetch_notes import FetchNote, ended, fetch_notes, note_fetch
from tightlog.arrivals.fetched_folder import fetched_folder
from tightlog.arrivals.intervals_icu import Tally, fetch_intervals, windows
from tightlog.arrivals.intervals_icu import asking_of as intervals_asking
from tightlog.arrivals.intervals_icu import questions as intervals_questions
from tightlog.arrivals.own_command import run_command, words_of
from tightlog.arrivals.polar import asking_of as polar_asking
from tightlog.arrivals.polar import fetch_polar
from tightlog.arrivals.polar import questions as polar_questions
from tightlog.errors import KeysUnusable
from tightlog.home.arriving.fetch_sections import INTERVALS, POLAR, Fetch, key_command
from tightlog.home.arriving.keys import keys, secrets, without_secrets
from tightlog.home.settings import Home, settings_of
from tightlog.words.numbers import counted
from tightlog.words.visible import one_line

# What is needed of data/keys.toml, by service.
NEEDED = {INTERVALS: "key", POLAR: "token"}


def fetch(home: Home, given: Fetch) -> FetchNote:
    """How it ended, noted for doctor. Raises nothing that a service or command can cause."""
    try:
        tally = _tally(home, given)
        note = ended(given.name, words_for(tally), is_done=True, through=tally.through)
    except (AskingFailed, KeysUnusable) as problem:
        note = _failed(home, given, str(problem))
    except OSError as problem:
        note = _failed(home, given, f"the disk refuses: {problem.strerror or problem}")
    return note_fetch(home, note)


def planned(home: Home, given: Fetch) -> tuple[str, ...]:
    """What `fetch` would ask now, one line each; nothing is asked and nothing written."""
    folder = home.fetched / given.name
    if given.service is None:
        return (" ".join(words_of(given, folder)),)
    has_key = bool(keys(home, given.name).get(NEEDED[given.service]))
    key = "with your key" if has_key else f"but there is no key yet: {key_command(given)}"
    lines = [f"{given.address} {key}; files go into {folder}"]
    if given.service == POLAR:
        return (*lines, *polar_questions())
    through, today = _through(home, given, folder), _today(home)
    return (*lines, *intervals_questions(given, windows(given, through, today)))


def words_for(tally: Tally) -> str:
    """What came, in words."""
    words = [counted(tally.files, "new file")]
    if tally.days:
        words.append(f"nights and days of {counted(tally.days, 'day')}")
    if tally.without_file:
        words.append(f"{counted(tally.without_file, 'activity', 'activities')} without a file")
    if tally.failed:
        words.append(f"{counted(tally.failed, 'file')} to be asked for again")
    if tally.changed:
        words.append(f"the command changed {counted(tally.changed, 'file')} fetched before")
    return ", ".join(words)


def _tally(home: Home, given: Fetch) -> Tally:
    folder = fetched_folder(home, given.name)
    own = keys(home, given.name)
    if given.service is None:
        return run_command(given, folder, own, secrets(home))
    key = own.get(NEEDED[given.service], "")
    if not key:
        raise AskingFailed(f"there is no key; run: {key_command(given)}")
    if not (key.isascii() and key.isprintable()):
        raise AskingFailed(f"the key has letters no key has; run: {key_command(given)}")
    if given.service == POLAR:
        return _asked(
            polar_asking(given, key), lambda asking, day: fetch_polar(folder, day, asking), home
        )
    return _asked(
        intervals_asking(given, key),
        lambda asking, day: fetch_intervals(
            given, folder, _through(home, given, folder), day, asking
        ),
        home,
    )


def _asked(asking: Asking, fetched: Callable[[Asking, date], Tally], home: Home) -> Tally:
    """What came; once more by the server's day where our clock is behind it."""
    today = _today(home)
    try:
        tally = fetched(asking, today)
        if asking.day_there is not None and (asking.day_there - today).days > 1:
            more = fetched(asking, asking.day_there)
            more.files, more.days = more.files + tally.files, more.days + tally.days
            return more
        return tally
    finally:
        asking.close()


def _through(home: Home, given: Fetch, folder: Path) -> date | None:
    """The day up to which all is here; None where what was fetched is no longer there."""
    note = fetch_notes(home).get(given.name)
    return note.through if note is not None and folder.is_dir() and any(folder.iterdir()) else None


def _today(home: Home) -> date:
    return datetime.now(settings_of(home).zone).date()


def _failed(home: Home, given: Fetch, words: str) -> FetchNote:
    shown = without_secrets(one_line(words), secrets(home))
    return ended(given.name, shown, is_done=False)
