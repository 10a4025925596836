"""The sections [[fetch]] of tightlog.toml: what is asked for new files before the nightly run.

Nothing is asked where there is none.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlsplit

from tightlog.errors import SettingsError
from tightlog.language.catalogue import message, phrase

INTERVALS, POLAR = "intervals.icu", "polar"
# The address of each service; the setting `address` names another, such as a proxy of one's own.
ADDRESSES = {INTERVALS: "https://intervals.icu", POLAR: "https://www.polaraccesslink.com"}
NAMES = {INTERVALS: "intervals_icu", POLAR: "polar"}
NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}", re.ASCII)
LOOPBACK = ("127.0.0.1", "localhost", "::1")
OF_SERVICE = frozenset({"from", "name", "since", "athlete", "wellness", "address"})
OF_COMMAND = frozenset({"name", "command", "minutes"})
DEFAULT_MINUTES, MOST_MINUTES = 30.0, 240.0
EXAMPLE = message('[[fetch]] with from = "intervals.icu", or with name and command')


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
        raise SettingsError(
            file, phrase("each has a section of its own: {example}", example=phrase(EXAMPLE))
        )
    fetches = tuple(
        _fetch(section, phrase("{file}, [[fetch]] number {number}", file=file, number=number))
        for number, section in enumerate(sections, start=1)
    )
    names = [one.name for one in fetches]
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise SettingsError(
            file, phrase("two sections [[fetch]] have the name {twice!r}", twice=twice)
        )
    return fetches


def _fetch(section: object, where: str) -> Fetch:
    if not isinstance(section, Mapping):
        raise SettingsError(where, phrase("write {example}", example=phrase(EXAMPLE)))
    if ("from" in section) == ("command" in section):
        raise SettingsError(
            where, phrase("say either from or command: {example}", example=phrase(EXAMPLE))
        )
    known = OF_SERVICE if "from" in section else OF_COMMAND
    for key in section:
        if key not in known:
            raise SettingsError(
                where,
                phrase(
                    "{key} is not a setting; those here are {sorted}",
                    key=key,
                    sorted=", ".join(sorted(known)),
                ),
            )
    return _service(section, where) if "from" in section else _command(section, where)


def _service(section: Mapping[str, object], where: str) -> Fetch:
    service, since = section["from"], section.get("since")
    if not isinstance(service, str) or service not in ADDRESSES:
        raise SettingsError(
            where,
            phrase(
                "from is one of {addresses}, not {service!r}",
                addresses=", ".join(ADDRESSES),
                service=service,
            ),
        )
    if since is not None and (isinstance(since, datetime) or not isinstance(since, date)):
        raise SettingsError(
            where, phrase("since is a day such as 2025-01-01, not {since!r}", since=since)
        )
    athlete = section.get("athlete", "0")
    if not isinstance(athlete, str) or not re.fullmatch(r"i?[0-9]+", athlete, re.ASCII):
        raise SettingsError(
            where, phrase('athlete is a text such as "i123456", not {athlete!r}', athlete=athlete)
        )
    wellness = section.get("wellness", True)
    if not isinstance(wellness, bool):
        raise SettingsError(
            where, phrase("wellness is true or false, not {wellness!r}", wellness=wellness)
        )
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
        raise SettingsError(
            where, phrase('command is a list of words, such as ["tool", "{folder}"]')
        )
    if isinstance(minutes, bool) or not isinstance(minutes, int | float):
        raise SettingsError(where, phrase("minutes is a number, not {minutes!r}", minutes=minutes))
    if not 0 < minutes <= MOST_MINUTES:
        raise SettingsError(
            where,
            phrase(
                "minutes lies above 0 and at most at {most_minutes:g}", most_minutes=MOST_MINUTES
            ),
        )
    if "name" not in section:
        raise SettingsError(
            where, phrase("name is missing: its files go into data/raw/fetched/NAME")
        )
    return Fetch(_name(section["name"], where), command=tuple(words), minutes=float(minutes))


def _is_word(given: object) -> bool:
    return isinstance(given, str) and given != "" and "\0" not in given


def _name(given: object, where: str) -> str:
    # The addresses of reminders are kept under that name beside the keys.
    if not isinstance(given, str) or not NAME.fullmatch(given) or given == "remind":
        raise SettingsError(
            where,
            phrase(
                "name {given!r} must be of small letters, digits, - and _ (it names a folder)",
                given=given,
            ),
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
        raise SettingsError(
            where, phrase("address {given!r} is no https address: keys are sent there", given=given)
        )
    return str(given).rstrip("/")


def key_command(given: Fetch) -> str:
    """The command that stores what a service needs."""
    return f"tightlog fetch {given.name} --{'authorize' if given.service == POLAR else 'set-key'}"
