"""What arrives by itself: whether each source is there, and how the last fetch went."""

from tightlog.answers.arriving.fetch_states import fetch_states
from tightlog.answers.arriving.source_states import source_states
from tightlog.answers.doctor.check import Check
from tightlog.errors import SettingsError
from tightlog.home.settings import Home, settings_of
from tightlog.words.visible import one_line


def source_folders(home: Home) -> Check:
    """The state of each folder that is read in place."""
    try:
        states = source_states(home, settings_of(home))
    except SettingsError:
        return Check("sources", True, 'not known: see the line "settings"')
    if not states:
        return Check("sources", True, "none; files are read from data/raw only")
    found = "; ".join(f"{one_line(one.name)}: {one.words}" for one in states)
    bad = next((one for one in states if not one.is_ok), None)
    return Check("sources", bad is None, found, bad.remedy if bad else "")


def fetches(home: Home) -> Check:
    """How what is fetched from elsewhere went last."""
    try:
        states = fetch_states(home, settings_of(home))
    except SettingsError:
        return Check("fetch", True, 'not known: see the line "settings"')
    if not states:
        return Check("fetch", True, "nothing is fetched, and nothing is sent anywhere")
    found = "; ".join(f"{one.name}: {one.words}" for one in states)
    bad = next((one for one in states if not one.is_ok), None)
    return Check("fetch", bad is None, found, bad.remedy if bad else "")
