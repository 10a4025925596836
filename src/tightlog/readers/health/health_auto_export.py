"""The app Health Auto Export. Its JSON holds Apple Health's quantities by name, as lists of points.

{"data": {"metrics": [{"name": "step_count", "units": "count",
  "data": [{"date": "2026-05-04 00:00:00 +0200", "qty": 8123}]}]}}
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, tzinfo
from statistics import fmean

from tightlog.domain.diary import ContextValue
from tightlog.domain.formats import HEALTH_AUTO_EXPORT
from tightlog.domain.reading import Reading, unreadable
from tightlog.readers.health.auto_export_tables import (
    BY,
    auto_export_clock,
    is_auto_export_table,
    read_auto_export_table,
)
from tightlog.readers.health.documents import (
    Row,
    document,
    inside,
    is_json_with,
    number,
    positive,
    rows_in,
)
from tightlog.readers.health.nights import (
    HOUR_S,
    Night,
    days_reading,
    main_nights,
    night_values,
)

NAME = re.compile(r"(?:\A|/)health ?auto ?export[^/]*\.json\Z")
Of = Callable[[Iterable[float]], float]
# Quantity, units that are read with their factor, and what of a day's points is its value.
METRICS: Mapping[str, tuple[str, Mapping[str, float], Of]] = {
    "step_count": ("steps", {"count": 1.0, "steps": 1.0}, sum),
    "resting_heart_rate": ("resting_heart_rate_bpm", {"count/min": 1.0, "bpm": 1.0}, fmean),
    "heart_rate_variability": ("hrv_sdnn_ms", {"ms": 1.0}, fmean),
    "apple_stand_hour": ("stand_h", {"count": 1.0, "hr": 1.0, "hours": 1.0}, sum),
    "mindful_minutes": ("mindful_min", {"min": 1.0, "hr": 60.0}, sum),
}
SLEEP = "sleep_analysis"
UNITS_S: Mapping[str, float] = {"hr": HOUR_S, "h": HOUR_S, "hours": HOUR_S, "min": 60.0}


def is_auto_export_name(path: str) -> bool:
    """True for the name the app gives its files, in small letters."""
    return NAME.search(path) is not None


def is_auto_export(data: bytes) -> bool:
    """True for JSON or a table of the app."""
    return is_json_with(data, "data", "metrics") or is_auto_export_table(data)


def read_auto_export(data: bytes, home_zone: tzinfo) -> Reading:
    """Reading of one file: its days and summarised nights; single stages of nights are not read."""
    if not is_json_with(data, "data", "metrics"):
        return read_auto_export_table(data)
    found = document(data)
    if found is None:
        return unreadable(HEALTH_AUTO_EXPORT.name, "the JSON is damaged; export it again")
    values: list[ContextValue] = []
    unknown: list[str] = []
    for metric in rows_in(inside(found, "data", "metrics") or []):
        name, unit = str(metric.get("name")), str(metric.get("units"))
        points = [*rows_in(metric.get("data") or [])]
        if name == SLEEP and unit in UNITS_S:
            nights = main_nights(_nights(points, UNITS_S[unit]))
            values += [value for night in nights for value in night_values(night, BY)]
        elif name in METRICS and unit in METRICS[name][1]:
            values += _of_days(name, unit, points)
        elif name in METRICS or name == SLEEP:
            unknown.append(f"{name} in {unit!r} left out: no unit of it")
    nothing = "JSON of Health Auto Export, with no night and no day that is read"
    return days_reading(HEALTH_AUTO_EXPORT.name, values, nothing, notes=unknown)


def _of_days(name: str, unit: str, points: Sequence[Row]) -> Iterator[ContextValue]:
    quantity, units, of_day = METRICS[name]
    numbers: dict[date, list[float]] = defaultdict(list)
    for point in points:
        at, value = auto_export_clock(point.get("date")), positive(point.get("qty"))
        if at is not None and value is not None:
            numbers[at.date()].append(value * units[unit])
    for day in sorted(numbers):
        yield from BY.value(day, quantity, of_day(sorted(numbers[day])))


def _nights(points: Sequence[Row], unit_s: float) -> Iterator[Night]:
    """Summarised nights; older versions of the app have only `asleep` and `inBed`."""
    for point in points:
        began, ended = (
            auto_export_clock(point.get("sleepStart")),
            auto_export_clock(point.get("sleepEnd")),
        )
        said = auto_export_clock(point.get("date"))
        woke = ended or said
        if woke is None:
            continue

        def seconds(name: str, point: Row = point) -> float | None:
            value = number(point.get(name))
            return None if value is None else value * unit_s

        yield Night(
            began,
            ended,
            woke.date(),
            asleep_s=seconds("totalSleep") or seconds("asleep") or None,
            in_bed_s=seconds("inBed"),
            deep_s=seconds("deep"),
            light_s=seconds("core"),
            rem_s=seconds("rem"),
            awake_s=seconds("awake"),
        )
