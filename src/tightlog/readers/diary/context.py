"""What a diary holds besides the tightness: sleep, stress, mood, sitting and the like, each with
its own unit, never converted into a tightness.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from tightlog.domain.diary import ContextValue
from tightlog.domain.wellness import QUANTITY, Evidence, Origin
from tightlog.readers.diary.cells.dates import When
from tightlog.readers.diary.cells.scales import (
    number_and_scale,
    scale_in_header,
    without_scale,
)
from tightlog.readers.diary.cells.vocabulary import CONTEXT, WORDS
from tightlog.readers.diary.cells.words import Region, region, words
from tightlog.readers.diary.header.headers import plain
from tightlog.readers.diary.table import Row

# An export is known by columns no hand-made diary has together.
EXPORTS = MappingProxyType(
    {
        "pmsys": frozenset({"effective time frame", "soreness", "soreness area"}),
        "intervals.icu": frozenset({"resting hr", "hrv", "sleep secs", "date"}),
        "bearable": frozenset({"symptom", "severity", "time of day", "category", "sleep hours"}),
        "daylio": frozenset({"mood", "activities", "weekday", "date"}),
    }
)
# Name and unit of what each export writes; PMSys answers run from 1 (worst) to 5 (best),
# intervals.icu's from 1 to 4.
Known = Mapping[str, tuple[str, str | None]]
PMSYS: Known = {
    "fatigue": ("fatigue", "1–5, low = tired"),
    "mood": ("mood", "1–5, low = bad"),
    "readiness": ("readiness", "0–10"),
    "sleep duration h": ("sleep_duration_h", "h"),
    "sleep quality": ("sleep_quality", "1–5, low = bad"),
    "soreness": ("soreness", "1–5, low = sore"),
    "stress": ("stress", "1–5, low = stressed"),
}
INTERVALS: Known = {
    "sleep secs": ("sleep_h", "h"),
    "sleep score": ("sleep_score", "0–100"),
    "sleep quality": ("sleep_quality", "1–4"),
    "soreness": ("soreness", "1–4"),
    "fatigue": ("fatigue", "1–4"),
    "stress": ("stress", "1–4"),
    "mood": ("mood", "1–4"),
    "motivation": ("motivation", "1–4"),
    "readiness": ("readiness", None),
    "resting hr": ("resting_heart_rate_bpm", "bpm"),
    "hrv": ("hrv_rmssd_ms", "ms"),
    "hrv sdnn": ("hrv_sdnn_ms", "ms"),
    "steps": ("steps", "steps"),
}
# A value that the program carried over from an earlier day says so in a column of its own.
CARRIED: Mapping[str, str] = {"resting hr": "temp resting hr"}
YES = frozenset({"true", "1", "yes"})
# What a device measured stands in the table of this program beside what the runner tapped.
COPYING_DEVICES = frozenset({"intervals.icu"})
DAYLIO_MOODS = {"rad": 5, "good": 4, "meh": 3, "bad": 2, "awful": 1}


@dataclass(frozen=True)
class ContextColumn:
    """A column of context: its place, the name it is stored under, the unit, the factor that
    converts it, and the place of the column that says a value is carried over.
    """

    place: int
    name: str
    unit: str | None
    factor: float = 1.0
    carried: int | None = None


def export_of(names: Sequence[str]) -> str | None:
    """Program whose export has these column names; None for a diary of the runner's own."""
    return next((export for export, marks in EXPORTS.items() if marks <= set(names)), None)


def context_columns(
    header: Sequence[str], names: Sequence[str], export: str | None, taken: frozenset[int]
) -> tuple[ContextColumn, ...]:
    """The columns of context of a table, without those used for something else."""
    known: Known = PMSYS if export == "pmsys" else INTERVALS if export == "intervals.icu" else {}
    found = []
    for place, name in enumerate(names):
        if place in taken or (export == "daylio" and name == "mood"):
            continue
        if name in known:
            factor = 1 / 3600 if name == "sleep secs" else 1.0
            carried = names.index(CARRIED[name]) if CARRIED.get(name) in names else None
            found.append(ContextColumn(place, *known[name], factor=factor, carried=carried))
        elif not known and (kept_as := CONTEXT.get(name) or _beside_its_unit(header[place])):
            found.append(ContextColumn(place, kept_as, _unit(header[place])))
    return tuple(found)


def context_values(
    row: Row, when: When, columns: Sequence[ContextColumn], source: str
) -> list[ContextValue]:
    """The row's context on its day; a cell without a number, or with one that is carried over from
    another day, gives none.
    """
    values = []
    for column in columns:
        number = number_and_scale(row.cells[column.place])
        is_carried = column.carried is not None and row.cells[column.carried].casefold() in YES
        if number is not None and not is_carried:
            value = number[0] * column.factor
            noted = ContextValue(when.day, column.name, value, column.unit, source)
            values += _as_measured(noted) if source in COPYING_DEVICES else [noted]
    return values


def _as_measured(noted: ContextValue) -> list[ContextValue]:
    """The value as one of a device where it is of a declared quantity; none where it cannot be,
    as the 0 of a day without a measurement.
    """
    known = QUANTITY.get(noted.name)
    if known is None:
        return [noted]
    measured = replace(noted, evidence=Evidence.WEARABLE.value, origin=Origin.COPY.value)
    return [measured] if known.holds(noted.value or 0.0) else []


def daylio_values(row: Row, when: When, mood: str, activities: Sequence[int]) -> list[ContextValue]:
    """Mood (Daylio's own five words, 1–5) and each activity done that day; a mood of the user's
    own has no known place on the scale.
    """
    known = DAYLIO_MOODS.get(mood.casefold())
    values = (
        []
        if known is None
        else [ContextValue(when.day, "mood", float(known), "1–5, low = bad", "daylio")]
    )
    done = [
        ContextValue(when.day, label.casefold(), 1.0, "done", "daylio")
        for label in _labels(row, activities)
        if named_score(label) is None
    ]
    return values + done


def named_scores(row: Row, activities: Sequence[int]) -> list[str]:
    """Scores of the lower back noted as an activity or scale: `back tightness 4`, `Lower back:
    3/10`.
    """
    return [
        score for label in _labels(row, activities) if (score := named_score(label)) is not None
    ]


def named_score(label: str) -> str | None:
    """Number of a label that says how tight the lower back is; None for every other label."""
    title, _, number = label.replace(":", " ").strip().rpartition(" ")
    is_tight = region(title) is Region.LOWER_BACK or words(title) in (
        ("tightness",),
        ("stiffness",),
    )
    return number if is_tight and number_and_scale(number) else None


def _labels(row: Row, activities: Sequence[int]) -> list[str]:
    return [
        label.strip()
        for place in activities
        for label in row.cells[place].split("|")
        if label.strip()
    ]


def _beside_its_unit(header: str) -> str | None:
    """Name that a column with its scale or unit behind its own is kept under: `Stress 0-10` →
    stress, `Schlaf in h` → sleep; None for one tightlog does not know.
    """
    *said, last = plain(without_scale(header)).split() or [""]
    if last in WORDS["hours"] | WORDS["minutes"]:
        return CONTEXT.get(" ".join(said[:-1] if said[-1:] == ["in"] else said))
    return CONTEXT.get(" ".join([*said, last]))


def _unit(header: str) -> str | None:
    said = set(words(header))
    scale = scale_in_header(header)
    return (
        "h"
        if said & WORDS["hours"]
        else "min"
        if said & WORDS["minutes"]
        else str(scale)
        if scale
        else None
    )
