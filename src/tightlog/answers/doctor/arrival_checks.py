"""What arrives by itself: whether each source is there, and how the last fetch went."""

from collections.abc import Callable

from tightlog.answers.arriving.arrival_state import ArrivalState
from tightlog.answers.arriving.fetch_states import fetch_states
from tightlog.answers.arriving.source_states import source_states
from tightlog.answers.doctor.check import Check
from tightlog.errors import SettingsError
from tightlog.home.settings import Home, Settings, settings_of
from tightlog.language.catalogue import phrase
from tightlog.words.visible import one_line

StatesOf = Callable[[Home, Settings], tuple[ArrivalState, ...]]


def source_folders(home: Home) -> Check:
    """The state of each folder that is read in place."""
    return _check("sources", home, source_states, phrase("none; files are read from data/raw only"))


def fetches(home: Home) -> Check:
    """How what is fetched from elsewhere went last."""
    nothing = phrase("nothing is fetched, and nothing is sent anywhere")
    return _check("fetch", home, fetch_states, nothing)


def _check(name: str, home: Home, states_of: StatesOf, nothing: str) -> Check:
    try:
        states = states_of(home, settings_of(home))
    except SettingsError:
        return Check(name, True, phrase('not known: see the line "settings"'))
    if not states:
        return Check(name, True, nothing)
    found = "; ".join(f"{one_line(one.name)}: {one.words}" for one in states)
    bad = next((one for one in states if not one.is_ok), None)
    return Check(name, bad is None, found, bad.remedy if bad else "")
