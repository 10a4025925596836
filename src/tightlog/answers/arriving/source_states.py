"""The state of each source, in words: for doctor and the Files page."""

from tightlog.answers.arriving.arrival_state import ArrivalState
from tightlog.arrivals.sources import State, source_state
from tightlog.home.arriving.source_list import is_below
from tightlog.home.settings import Home, Settings
from tightlog.language.catalogue import phrase
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
    kept = phrase(
        "{file} of it {part} known",
        file=counted(count, "file"),
        part=phrase("is") if count == 1 else phrase("are"),
    )
    if seen.state is State.THERE:
        return ArrivalState(name, True, phrase("there; {kept}", kept=kept))
    if seen.state is State.ABSENT and count:
        return ArrivalState(
            name,
            True,
            phrase("waited for: it is {words}; {kept} and kept", words=seen.words, kept=kept),
        )
    if seen.state is State.ABSENT:
        return ArrivalState(
            name,
            False,
            phrase("{words}, and nothing was ever read from it", words=seen.words),
            phrase("connect it, or look at how sources in tightlog.toml writes it"),
        )
    if seen.state is State.EMPTIED:
        return ArrivalState(
            name, False, seen.words, phrase("connect its disk, or run: tightlog rebuild")
        )
    if seen.state is State.REFUSED:
        remedy = phrase("name another folder in sources of tightlog.toml, or leave this one out")
        return ArrivalState(name, False, phrase("not read: {words}", words=seen.words), remedy)
    return ArrivalState(
        name, False, seen.words, phrase("look at its permissions: {folder}", folder=seen.folder)
    )
