"""The sections [[fetch]] of tightlog.toml: what is asked for new files before the nightly run.

Nothing is asked where there is none.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlsplit

from tightlog.errors import SettingsError

INTERVALS, POLAR = "intervals.icu", "polar"
# The address of each service; the setting `address` names another, such as a proxy of one's own.
ADDRESSES = {INTERVALS: "https://intervals.icu", POLAR: "https://www.polaraccesslink.com"}
NAMES = {INTERVALS: "intervals_icu", POLAR: "polar"}
NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}", re.ASCII)
LOOPBACK = ("127.0.0.1", "localhost", "::1")
OF_SERVICE = frozenset({"from", "name", "since", "athlete", "wellness", "address"})
OF_COMMAND = frozenset({"name", "command", "minutes"})
DEFAULT_MINUTES, MOST_MINUTES = 30.0, 240.0
EXAMPLE = '[[fetch]] with from = "intervals.icu", or with name and command'


@dataclass(frozen=True)
class Fetch:
    """One thing to ask: a service, or a command of the runner's own.

    `since` is the first day asked for; `minutes` is how long the command may take.
    """

    name: str
    service: str | None = None
    command: tuple[str, ...] = ()
    since: date | None = None
    athlete: str = "0"
    reads_wellness: bool = True
    address: str = ""
    minutes: float = DEFAULT_MINUTES


def fetch_sections(sections: object, file: str) -> tuple[Fetch, ...]:
    """What is fetched, as a settings file called `file` says. Raises SettingsError."""
    if not isinstance(sections, list):
        raise SettingsError(file, f"each has a section of its own: {EXAMPLE}")
    fetches = tuple(
        _fetch(section, f"{file}, [[fetch]] number {number}")
        for number, section in enumerate(sections, start=1)
    )
    names = [one.name for one in fetches]
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise SettingsError(file, f"two sections [[fetch]] have the name {twice!r}")
    return fetches


def _fetch(section: object, where: str) -> Fetch:
    if not isinstance(section, Mapping):
        raise SettingsError(where, f"write {EXAMPLE}")
    if ("from" in section) == ("command" in section):
        raise SettingsError(where, f"say either from or command: {EXAMPLE}")
    known = OF_SERVICE if "from" in section else OF_COMMAND
    for key in section:
        if key not in known:
            raise SettingsError(
                where, f"{key} is not a setting; those here are {', '.join(sorted(known))}"
            )
    return _service(section, where) if "from" in section else _command(section, where)


def _service(section: Mapping[str, object], where: str) -> Fetch:
    service, since = section["from"], section.get("since")
    if not isinstance(service, str) or service not in ADDRESSES:
        raise SettingsError(where, f"from is one of {', '.join(ADDRESSES)}, not {service!r}")
    if since is not None and (isinstance(since, datetime) or not isinstance(since, date)):
        raise SettingsError(where, f"since is a day such as 2025-01-01, not {since!r}")
    athlete = section.get("athlete", "0")
    if not isinstance(athlete, str) or not re.fullmatch(r"i?[0-9]+", athlete, re.ASCII):
        raise SettingsError(where, f'athlete is a text such as "i123456", not {athlete!r}')
    wellness = section.get("wellness", True)
    if not isinstance(wellness, bool):
        raise SettingsError(where, f"wellness is true or false, not {wellness!r}")
    return Fetch(
        _name(section.get("name", NAMES[service]), where),
        service=service,
        since=since,
        athlete=athlete,
        reads_wellness=wellness,
        address=_address(section.get("address", ADDRESSES[service]), where),
    )


def _command(section: Mapping[str, object], where: str) -> Fetch:
    words, minutes = section["command"], section.get("minutes", DEFAULT_MINUTES)
    if not isinstance(words, list) or not words or not all(map(_is_word, words)):
        raise SettingsError(where, 'command is a list of words, such as ["tool", "{folder}"]')
    if isinstance(minutes, bool) or not isinstance(minutes, int | float):
        raise SettingsError(where, f"minutes is a number, not {minutes!r}")
    if not 0 < minutes <= MOST_MINUTES:
        raise SettingsError(where, f"minutes lies above 0 and at most at {MOST_MINUTES:g}")
    if "name" not in section:
        raise SettingsError(where, "name is missing: its files go into data/raw/fetched/NAME")
    return Fetch(_name(section["name"], where), command=tuple(words), minutes=float(minutes))


def _is_word(given: object) -> bool:
    return isinstance(given, str) and given != "" and "\0" not in given


def _name(given: object, where: str) -> str:
    # The addresses of reminders are kept under that name beside the keys.
    if not isinstance(given, str) or not NAME.fullmatch(given) or given == "remind":
        raise SettingsError(
            where, f"name {given!r} must be of small letters, digits, - and _ (it names a folder)"
        )
    return given


def _address(given: object, where: str) -> str:
    """An address a key may be sent to: encrypted, or of this machine."""
    try:
        parts = urlsplit(given if isinstance(given, str) else "")
        host = parts.hostname or ""
        is_plain = not (parts.username or parts.password or parts.query or parts.fragment)
    except ValueError:
        parts, host, is_plain = urlsplit(""), "", False
    is_safe = parts.scheme == "https" or (parts.scheme == "http" and host in LOOPBACK)
    if not (host and is_plain and is_safe):
        raise SettingsError(where, f"address {given!r} is no https address: keys are sent there")
    return str(given).rstrip("/")


def key_command(given: Fetch) -> str:
    """The command that stores what a service needs."""
    return f"tightlog fetch {given.name} --{'authorize' if given.service == POLAR else 'set-key'}"
