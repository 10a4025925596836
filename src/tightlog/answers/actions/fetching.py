"""Fetching now, and giving the key it needs."""

from tightlog.arrivals.asking import AskingFailed
from tightlog.arrivals.fetch import NEEDED, fetch, planned
from tightlog.arrivals.fetch_notes import FetchNote
from tightlog.arrivals.polar import asking_of, authorize_address, code_in, register, token_for
from tightlog.errors import FetchFailed
from tightlog.home.arriving.fetch_sections import POLAR, Fetch
from tightlog.home.arriving.keys import keep, keys
from tightlog.home.settings import SETTINGS_FILE, Home, settings_of
from tightlog.language.catalogue import phrase

LONGEST_KEY = 4096


def chosen_fetches(home: Home, name: str | None) -> tuple[Fetch, ...]:
    """The fetches of the settings, or the one of a name. Raises FetchFailed where there is none."""
    every = settings_of(home).fetches
    chosen = tuple(one for one in every if name in (None, one.name))
    if not chosen:
        known = ", ".join(one.name for one in every) or phrase("none, so nothing is ever fetched")
        raise FetchFailed(
            name or "fetch",
            phrase(
                "{settings_file} names no such [[fetch]] ({known})",
                settings_file=SETTINGS_FILE,
                known=known,
            ),
        )
    return chosen


def fetch_now(home: Home, one: Fetch) -> FetchNote:
    """How the fetch ended; a failure is a note too."""
    return fetch(home, one)


def asked_of(home: Home, one: Fetch) -> tuple[str, ...]:
    """What a fetch would ask, one line each; nothing is asked."""
    return planned(home, one)


def set_key(home: Home, one: Fetch, key: str) -> None:
    """Stores the key of a service, or a value a command gets as a variable (NAME=value).

    Raises FetchFailed for what can be none.
    """
    key = key.strip()
    name, _, value = key.partition("=") if one.service is None else ("", "", key)
    name = NEEDED[one.service] if one.service is not None else name
    if not (name.isidentifier() and value and len(key) <= LONGEST_KEY and key.isprintable()):
        form = "a key" if one.service is not None else "NAME=value"
        raise FetchFailed(
            one.name, phrase("{form} on one line is needed; nothing was changed", form=form)
        )
    keep(home, one.name, {name: value})


def leave_address(home: Home, one: Fetch, client: str, secret: str) -> str:
    """The page on which the runner gives leave, after the client's own words were stored."""
    if one.service != POLAR:
        raise FetchFailed(one.name, phrase("only polar is authorized so; others need --set-key"))
    keep(home, one.name, {"client_id": client.strip(), "client_secret": secret.strip()})
    return authorize_address(client.strip())


def take_leave(home: Home, one: Fetch, pasted: str) -> None:
    """Changes the code the browser was given into a token, and stores it. Raises FetchFailed."""
    own = keys(home, one.name)
    try:
        token = token_for(
            code_in(pasted), own.get("client_id", ""), own.get("client_secret", ""), one
        )
        keep(home, one.name, {"token": token})
        asking = asking_of(one, token)
        try:
            register(asking)
        finally:
            asking.close()
    except AskingFailed as problem:
        raise FetchFailed(
            one.name, phrase("{words}; a code can be used once", words=problem.words)
        ) from None
