"""Single values of tightlog.toml, each checked. All raise SettingsError for another value."""

import grp
from collections.abc import Mapping
from typing import Any

from tightlog.domain.sports import DEFAULT_SPORTS
from tightlog.errors import SettingsError
from tightlog.language.catalogue import phrase
from tightlog.language.choice import ENGLISH, LANGUAGES
from tightlog.words.enumerations import enumerated

SETTINGS_FILE = "tightlog.toml"
DEFAULT_WATCH_S, LEAST_WATCH_S, MOST_WATCH_S = 30.0, 2.0, 90.0


def section_of(table: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """A section of the table, empty where there is none."""
    section = table.get(name, {})
    if not isinstance(section, Mapping):
        raise SettingsError(SETTINGS_FILE, phrase("[{name}] must be a section", name=name))
    return section


def sex(given: Any) -> Any:
    """`female`, `male` or None."""
    if given not in (None, "female", "male"):
        raise SettingsError(
            SETTINGS_FILE,
            phrase(
                "runner.sex is 'female' or 'male' (it chooses the constants of the training "
                "impulse)"
            ),
        )
    return given


def declared_kinds(given: object) -> frozenset[str]:
    """Kinds of exercise declared."""
    if not isinstance(given, list) or not all(isinstance(name, str) for name in given):
        raise SettingsError(
            SETTINGS_FILE,
            phrase('declared is a list of kinds, such as ["strength"], not {given!r}', given=given),
        )
    return frozenset(given)


def yes_or_no(given: object, name: str) -> bool:
    """True or false, of the setting called `name`."""
    if not isinstance(given, bool):
        raise SettingsError(
            SETTINGS_FILE, phrase("{name} is true or false, not {given!r}", name=name, given=given)
        )
    return given


def group_of(name: object) -> str | None:
    """A group of this machine, or None."""
    if name is None:
        return None
    try:
        grp.getgrnam(name if isinstance(name, str) else "")
    except (KeyError, ValueError) as problem:
        raise SettingsError(
            SETTINGS_FILE,
            phrase(
                "home.group {name!r} is not a group of this machine; `getent group` lists them",
                name=name,
            ),
        ) from problem
    return str(name)


def default_sport(name: object) -> str | None:
    """The sport of what nothing says it of, or None."""
    if name is not None and name not in DEFAULT_SPORTS:
        raise SettingsError(
            SETTINGS_FILE,
            phrase(
                "default_sport is one of {default_sports}, not {name!r}",
                default_sports=", ".join(DEFAULT_SPORTS),
                name=name,
            ),
        )
    return None if name is None else str(name)


def number_of(section: Mapping[str, Any], name: str) -> float | None:
    """A number, or None where it is not set."""
    value = section.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise SettingsError(
            SETTINGS_FILE, phrase("{name} must be a number, not {value!r}", name=name, value=value)
        )
    return float(value)


def watch_every_s(nightly: Mapping[str, Any]) -> float:
    """Seconds between two looks for new files; 0 is never."""
    given = number_of(nightly, "watch_every_s")
    value = DEFAULT_WATCH_S if given is None else given
    if value and not LEAST_WATCH_S <= value <= MOST_WATCH_S:
        raise SettingsError(
            SETTINGS_FILE,
            phrase(
                "nightly.watch_every_s lies between {least_watch_s:g} and {most_watch_s:g}, or "
                "is 0 for never, and not {value:g}",
                least_watch_s=LEAST_WATCH_S,
                most_watch_s=MOST_WATCH_S,
                value=value,
            ),
        )
    return value


def thresholds_of(section: Mapping[str, Any]) -> Mapping[str, Mapping[str, float]]:
    """Thresholds by pattern and name."""
    return {
        pattern: {
            name: number
            for name in section_of(section, pattern)
            if (number := number_of(section_of(section, pattern), name)) is not None
        }
        for pattern in section
    }


def language_of(given: object, file: str = SETTINGS_FILE) -> str:
    """The language of sentences, English unless another is asked for. Raises SettingsError, which
    names the file.
    """
    if given is not None and given not in LANGUAGES:
        raise SettingsError(
            file,
            phrase(
                "language is {languages}, not {given!r}",
                languages=enumerated([f'"{name}"' for name in LANGUAGES], "or"),
                given=given,
            ),
        )
    return ENGLISH if given is None else str(given)
