"""The state of each source, in words: for doctor and the Files page."""

from tightlog.answers.arriving.arrival_state import ArrivalState
from tightlog.arrivals.sources import State, source_state
from tightlog.home.arriving.source_list import is_below
from tightlog.home.settings import Home, Settings
from tightlog.warehouse.published import published
from tightlog.words.numbers import counted

# A page or doctor does not wait longer for a network share.
ANSWERS_WITHIN_S = 3.0


def source_states(home: Home, settings: Settings) -> tuple[ArrivalState, ...]:
    """Each source of the settings, in their order; no source, no question to the warehouse."""
    if not settings.sources:
        return ()
    known = set(published(home).files["path"])
    return tuple(_state(home, name, known) for name in settings.sources)


def _state(home: Home, name: str, known: set[str]) -> ArrivalState:
    count = sum(is_below(path, name) for path in known)
    seen = source_state(home, name, count, ANSWERS_WITHIN_S)
    kept = f"{counted(count, 'file')} of it {'is' if count == 1 else 'are'} known"
    if seen.state is State.THERE:
        return ArrivalState(name, True, f"there; {kept}")
    if seen.state is State.ABSENT and count:
        return ArrivalState(name, True, f"waited for: it is {seen.words}; {kept} and kept")
    if seen.state is State.ABSENT:
        return ArrivalState(
            name,
            False,
            f"{seen.words}, and nothing was ever read from it",
            "connect it, or look at how sources in tightlog.toml writes it",
        )
    if seen.state is State.EMPTIED:
        return ArrivalState(name, False, seen.words, "connect its disk, or run: tightlog rebuild")
    if seen.state is State.REFUSED:
        remedy = "name another folder in sources of tightlog.toml, or leave this one out"
        return ArrivalState(name, False, f"not read: {seen.words}", remedy)
    return ArrivalState(name, False, seen.words, f"look at its permissions: {seen.folder}")
