"""How each fetch of the settings went last, in words: for doctor, the summary and the command."""

from tightlog.answers.arriving.arrival_state import ArrivalState
from tightlog.arrivals.fetch_notes import FetchNote, fetch_notes
from tightlog.errors import TightlogError
from tightlog.home.arriving.fetch_sections import key_command
from tightlog.home.settings import Home, Settings, settings_of
from tightlog.words.dates import moment_words


def fetch_states(home: Home, settings: Settings) -> tuple[ArrivalState, ...]:
    """Each fetch of the settings, in their order."""
    notes = fetch_notes(home)
    states = []
    for one in settings.fetches:
        note = notes.get(one.name)
        if note is None:
            states.append(ArrivalState(one.name, True, "not asked yet"))
            continue
        remedy = "" if note.is_done else f"tightlog fetch {one.name}, to try again"
        if "refused the key" in note.words and one.service is not None:
            remedy = f"{key_command(one)}, to give a new key"
        states.append(ArrivalState(one.name, note.is_done, _words(note, settings), remedy))
    return tuple(states)


def failed_fetch_words(home: Home) -> tuple[str, ...]:
    """A sentence for each fetch whose last try failed; none where nothing is fetched."""
    try:
        states = fetch_states(home, settings_of(home))
    except (TightlogError, OSError):
        return ()
    return tuple(
        f"Fetching {one.name} failed: {one.words}. To do: {one.remedy}"
        for one in states
        if not one.is_ok
    )


def _words(note: FetchNote, settings: Settings) -> str:
    at = moment_words(note.ended_at.astimezone(settings.zone))
    if note.is_done:
        return f"{note.words} ({at})"
    last = note.done_at
    went_well = moment_words(last.astimezone(settings.zone)) if last else "never"
    return f"{note.words} ({at}; went well last: {went_well})"
