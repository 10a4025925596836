"""`[units]` of tightlog.toml: how the runner reads distances, heights, weeks and times."""

from collections.abc import Mapping
from typing import Any, TypeVar

from tightlog.errors import SettingsError
from tightlog.language.catalogue import phrase
from tightlog.words.measures import (
    CELSIUS,
    FAHRENHEIT,
    FEET,
    METRES,
    MILES,
    MONDAY,
    SUNDAY,
    Measures,
)

T = TypeVar("T")
UNITS_KNOWN = frozenset({"distance", "height", "temperature", "week_start", "clock"})
# Who reads miles reads feet and °F as well, unless the settings say otherwise.
DISTANCES = {
    "kilometres": Measures(),
    "miles": Measures(MILES, FEET, FAHRENHEIT),
}
HEIGHTS = {"metres": METRES, "feet": FEET}
TEMPERATURES = {"celsius": CELSIUS, "fahrenheit": FAHRENHEIT}
WEEK_STARTS = {"monday": MONDAY, "sunday": SUNDAY}
CLOCKS = {"24 h": False, "12 h": True}


def units_section(section: Mapping[str, Any], file: str) -> Measures:
    """The measures a section asks for. Raises SettingsError, naming the file, for another word."""
    usual = _one_of(section, "distance", DISTANCES, DISTANCES["kilometres"], file)
    return Measures(
        usual.distance,
        _one_of(section, "height", HEIGHTS, usual.height, file),
        _one_of(section, "temperature", TEMPERATURES, usual.temperature, file),
        _one_of(section, "week_start", WEEK_STARTS, MONDAY, file),
        _one_of(section, "clock", CLOCKS, False, file),
    )


def _one_of(
    section: Mapping[str, Any], name: str, meanings: Mapping[str, T], usual: T, file: str
) -> T:
    given = section.get(name)
    if given is None:
        return usual
    if not isinstance(given, str) or given.strip().lower() not in meanings:
        words = " or ".join(f'"{word}"' for word in meanings)
        raise SettingsError(
            file,
            phrase("units.{name} is {words}, not {given!r}", name=name, words=words, given=given),
        )
    return meanings[given.strip().lower()]
