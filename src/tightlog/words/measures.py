"""Measures as the runner reads them: kilometres or miles, metres or feet, °C or °F, the first day
of a week, and the clock. The warehouse holds SI units; only words, pages and charts change.

The runner's choice is set once where a command, a page or a refresh begins, like a language.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from tightlog import units
from tightlog.language.catalogue import phrase
from tightlog.language.choice import numerals

KILOMETRES, MILES = "km", "mi"
METRES, FEET = "m", "ft"
CELSIUS, FAHRENHEIT = "°C", "°F"
MONDAY, SUNDAY = "monday", "sunday"
# Units of stored numbers, and words of declared texts, that change with the runner's choice.
STEEP_WORDS = re.compile(r"(\d+) m( or more)? per km\b")
KM_WORDS = re.compile(r"((?:\d+ to )?\d[\d,.]*) km\b")
METRE_WORDS = re.compile(r"\b([Mm])etre(s?)\b")


@dataclass(frozen=True)
class Measures:
    """How a runner reads distances, heights, temperatures, weeks and times of day."""

    distance: str = KILOMETRES
    height: str = METRES
    temperature: str = CELSIUS
    week_start: str = MONDAY
    has_12_hours: bool = False

    @property
    def mark(self) -> str:
        """What stored sentences depend on: nothing for SI units, else the units."""
        own = (self.distance, self.height, self.temperature)
        return "" if own == (KILOMETRES, METRES, CELSIUS) else " ".join(own)


METRIC = Measures()
_chosen: ContextVar[Measures] = ContextVar("measures", default=METRIC)


def choose(measures: Measures) -> None:
    """Sets how measures are written from here on, in this thread or task."""
    _chosen.set(measures)


def chosen() -> Measures:
    """How measures are written here."""
    return _chosen.get()


@contextmanager
def written_in(measures: Measures) -> Iterator[None]:
    """Writes measures so within the block."""
    before = _chosen.set(measures)
    try:
        yield
    finally:
        _chosen.reset(before)


def distance_unit() -> str:
    """`km` or `mi`."""
    return chosen().distance


def distance_value(distance_m: float) -> float:
    """A length in m in the runner's unit of distance."""
    return (units.miles if chosen().distance == MILES else units.kilometres)(distance_m)


def metres_of(distance: float) -> float:
    """A length in the runner's unit of distance in m."""
    return distance / distance_value(1.0)


def distance(distance_m: float, decimals: int = 1) -> str:
    """A distance as `24.0 km` or `14.9 mi`."""
    return f"{numerals(f'{distance_value(distance_m):,.{decimals}f}')} {distance_unit()}"


def height_unit() -> str:
    """`m` or `ft`."""
    return chosen().height


def height_value(height_m: float) -> float:
    """A height, climb or descent in m in the runner's unit."""
    return units.feet(height_m) if chosen().height == FEET else height_m


def height(height_m: float) -> str:
    """A height, climb or descent as `440 m` or `1,444 ft`."""
    return f"{numerals(f'{height_value(height_m):,.0f}')} {height_unit()}"


def steepness(height_per_distance: float) -> str:
    """Climb or descent in m per m of the way, as `25 m per km` or `132 ft per mi`."""
    value = height_value(height_per_distance) * metres_of(1.0)
    return phrase(
        "{value:.0f} {height_unit} per {distance_unit}",
        value=value,
        height_unit=height_unit(),
        distance_unit=distance_unit(),
    )


def temperature(degrees_c: float) -> str:
    """A temperature as `18 °C` or `64 °F`."""
    is_fahrenheit = chosen().temperature == FAHRENHEIT
    value = units.fahrenheit(degrees_c) if is_fahrenheit else degrees_c
    return f"{value:.0f} {chosen().temperature}"


def pace_unit() -> str:
    """`min/km` or `min/mi`."""
    return f"min/{distance_unit()}"


def speed_unit() -> str:
    """`km/h` or `mph`."""
    return "mph" if chosen().distance == MILES else "km/h"


def speed_value(speed_mps: float) -> float:
    """A speed in m/s in that unit."""
    return distance_value(speed_mps * units.SECONDS_PER_MINUTE * units.MINUTES_PER_HOUR)


def unit_of(unit: str) -> str:
    """The unit in which the runner reads a number stored in km, m of height, m/km or °C; another
    unit as it is.
    """
    match unit:
        case "km":
            return distance_unit()
        case "m":
            return height_unit()
        case "m/km":
            return f"{height_unit()}/{distance_unit()}"
        case "°C":
            return chosen().temperature
        case _:
            return unit


def value_of(value: float, unit: str) -> float:
    """A number stored in km, m of height, m/km or °C in the runner's unit; another as it is."""
    match unit:
        case "km" if chosen().distance == MILES:
            return distance_value(value * units.METRES_PER_KM)
        case "m" if chosen().height == FEET:
            return height_value(value)
        case "m/km" if chosen().mark:
            return height_value(value) * metres_of(1.0) / units.METRES_PER_KM
        case "°C" if chosen().temperature == FAHRENHEIT:
            return units.fahrenheit(value)
        case _:
            return value


def worded(text: str) -> str:
    """A declared text that names kilometres or metres, in the runner's units: `497 mi` for 800 km,
    `miles`, `feet`.
    """
    if chosen().distance == MILES:
        text = STEEP_WORDS.sub(_steep_words, text)
        text = KM_WORDS.sub(lambda found: f"{_in_miles(found[1])} {MILES}", text)
        text = text.replace("kilometre", "mile").replace("Kilometre", "Mile")
    return METRE_WORDS.sub(_feet_word, text) if chosen().height == FEET else text


def _in_miles(kilometres: str) -> str:
    """Numbers in km within a text, as `497` for 800 or `311 to 497`."""
    numbers = kilometres.replace(",", "").split(" to ")
    return " to ".join(
        numerals(f"{distance_value(float(one) * units.METRES_PER_KM):,.0f}") for one in numbers
    )


def _steep_words(found: re.Match[str]) -> str:
    value = value_of(float(found[1]), "m/km")
    more = phrase(" or more") if found[2] else ""
    return phrase(
        "{value:.0f} {height_unit}{more} per {distance_unit}",
        value=value,
        height_unit=height_unit(),
        more=more,
        distance_unit=distance_unit(),
    )


def _feet_word(found: re.Match[str]) -> str:
    word = "feet" if found[2] else "foot"
    return word.capitalize() if found[1] == "M" else word


def week_first_day(day: date) -> date:
    """First day of the week of a day: its Monday, or its Sunday."""
    return day - timedelta(days=(day.weekday() + week_shift_d()) % 7)


def week_shift_d(every: str = "week") -> int:
    """How many days before Monday a week begins, 0 or 1; 0 for months."""
    return int(every == "week" and chosen().week_start == SUNDAY)


def clock(at: datetime | time) -> str:
    """A time of day as `18:30` or `6:30 pm`."""
    if not chosen().has_12_hours:
        return f"{at:%H:%M}"
    hour = at.hour % 12 or 12
    return f"{hour}:{at.minute:02d} {'am' if at.hour < 12 else 'pm'}"
