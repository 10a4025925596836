"""The section [remind] of tightlog.toml: when, and to whom, a reminder is sent.

Addresses hold secrets, so tightlog.toml only names them; they are kept in data/keys.toml.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time

from tightlog.errors import SettingsError
from tightlog.language.catalogue import phrase

KNOWN = frozenset({"at", "to", "link", "notices"})
RED_FLAG, FAILED_NIGHT = "red_flag", "failed_night"
NOTICES = (RED_FLAG, FAILED_NIGHT)
NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}", re.ASCII)
DEFAULT_LINK = "http://127.0.0.1:8501/"


@dataclass(frozen=True)
class Remind:
    """When a missing score is reminded of (local time), who is told, and where the link leads.

    `notices` names what else is told.
    """

    to: tuple[str, ...]
    at: time | None = None
    link: str = DEFAULT_LINK
    notices: frozenset[str] = frozenset()


def remind_section(section: Mapping[str, object], file: str) -> Remind:
    """What a settings file called `file` says of reminders. Raises SettingsError."""
    to, link = _names(section.get("to"), file), section.get("link", DEFAULT_LINK)
    notices = section.get("notices", [])
    if not isinstance(link, str) or not re.fullmatch(r"https?://[^\s?#@]+", link):
        raise SettingsError(
            file, phrase("remind.link is an address of your dashboard, not {link!r}", link=link)
        )
    if not isinstance(notices, list) or any(one not in NOTICES for one in notices):
        raise SettingsError(
            file, phrase("remind.notices is a list of {notices}", notices=" and ".join(NOTICES))
        )
    at = _time(section.get("at"), file)
    return Remind(to, at, link, frozenset(notices))


def _names(given: object, file: str) -> tuple[str, ...]:
    if isinstance(given, list) and any(isinstance(one, str) and "://" in one for one in given):
        raise SettingsError(
            file,
            phrase(
                'remind.to names addresses, such as ["phone"]; an address itself holds a '
                "secret and belongs into data/keys.toml: tightlog remind --set phone"
            ),
        )
    if not isinstance(given, list) or not given or not all(map(_is_name, given)):
        raise SettingsError(file, phrase('remind.to is a list of names, such as ["phone"]'))
    return tuple(given)


def _is_name(given: object) -> bool:
    return isinstance(given, str) and NAME.fullmatch(given) is not None


def _time(given: object, file: str) -> time | None:
    if given is None or isinstance(given, time):
        return given
    if not isinstance(given, str) or not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", given):
        raise SettingsError(
            file, phrase('remind.at is a time such as "20:00", not {given!r}', given=given)
        )
    return time.fromisoformat(given)
