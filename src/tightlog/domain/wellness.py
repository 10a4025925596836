"""Every quantity of nights and days that a watch, phone or vendor measures, declared once: its
name, unit, meaning and credible range; and which of several sources of one is believed.

No module here imports polars, so that readers of any kind can use it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from tightlog.domain.diary import NOTED, ContextValue

# The names of a night: one source is believed for all of them, so that the stages of two makers
# are never mixed.
NIGHT = "night"


@dataclass(frozen=True)
class Quantity:
    """A quantity of a local day; a value below `least` or above `most` is left out as not credible.

    `is_noted_better` marks what the runner knows better than any device.
    """

    name: str
    unit: str
    meaning: str
    least: float
    most: float
    is_of_night: bool = False
    is_noted_better: bool = False

    @property
    def chosen_among(self) -> str:
        """What shares its source on a day: the whole night, else the quantity alone."""
        return NIGHT if self.is_of_night else self.name

    def holds(self, value: float) -> bool:
        """True for a credible value."""
        return self.least <= value <= self.most


class Evidence(StrEnum):
    """What a value rests on, the better first: a night measured with stages, a wearable, a phone,
    the runner's own word, and a night of which only the time in bed is known.
    """

    STAGES = "stages"
    WEARABLE = "wearable"
    PHONE = "phone"
    NOTED = NOTED
    BED = "bed"


class Origin(StrEnum):
    """How a value came here, the better first: in its vendor's own export, in a recording of the
    device, as a copy in the store of another.
    """

    EXPORT = "export"
    RECORDING = "recording"
    COPY = "copy"


QUANTITIES = (
    Quantity("sleep_h", "h", "Sleep of the night that ended this day", 0.5, 18, True),
    Quantity("time_in_bed_h", "h", "Time in bed of that night", 0.5, 20, True),
    Quantity("sleep_deep_h", "h", "Deep sleep of that night", 0, 10, True),
    Quantity("sleep_light_h", "h", "Light sleep of that night", 0, 16, True),
    Quantity("sleep_rem_h", "h", "REM sleep of that night", 0, 10, True),
    Quantity("sleep_awake_h", "h", "Time awake between falling asleep and waking", 0, 12, True),
    Quantity(
        "bed_time_h", "h", "Start of that night's sleep in hours after noon the day before", 0, 36,
        True,
    ),
    Quantity("hrv_rmssd_ms", "ms", "Heart rate variability at night (RMSSD)", 2, 300),
    Quantity("hrv_sdnn_ms", "ms", "Heart rate variability (SDNN), mean of the day", 2, 400),
    Quantity("resting_heart_rate_bpm", "bpm", "Resting heart rate of the day", 25, 130),
    Quantity("watch_stress", "0–100", "Mean stress by the watch's own scale", 0, 100),
    # A day without any step is one on which nothing was worn.
    Quantity("steps", "steps", "Steps of the day", 1, 200_000),
    Quantity("stand_h", "h", "Hours of the day with at least a minute of standing", 0, 24),
    Quantity("mindful_min", "min", "Minutes of breathing or meditation", 0, 1_440, False, True),
)  # fmt: skip
QUANTITY: Mapping[str, Quantity] = {one.name: one for one in QUANTITIES}
SYMPTOM, GRADES = "symptom_", "0–3"
# What diaries call a declared quantity, with the units that make it one; a `sleep` on a scale is
# another thing.
NOTED_AS: Mapping[str, tuple[str, tuple[str | None, ...]]] = {
    "sleep": ("sleep_h", ("h", "min")),
    "sleep_duration": ("sleep_h", ("h", "min")),
    "sleep_duration_h": ("sleep_h", ("h", None)),
    "sleep_h": ("sleep_h", ("h", None)),
}
_EVIDENCE, _ORIGIN = tuple(Evidence), tuple(Origin)
NOTED_FIRST = -1


def quantity(name: str, unit: str | None = None) -> Quantity | None:
    """The declared quantity of a name, also by what diaries call it; None for any other."""
    if name.startswith(SYMPTOM):
        title = name.removeprefix(SYMPTOM).replace("_", " ")
        meaning = f"Symptom noted: {title}, 0 none to 3 severe"
        return Quantity(name, GRADES, meaning, 0, 3, is_noted_better=True)
    if name in NOTED_AS:
        known, units = NOTED_AS[name]
        return QUANTITY[known] if unit in units else None
    return QUANTITY.get(name)


def rank(value: ContextValue) -> int:
    """How far behind others a value stands where several sources say one thing: by its evidence,
    of equals by its origin; first the runner's own word on what no device knows better.
    """
    known = quantity(value.name, value.unit)
    if value.evidence == NOTED and known is not None and known.is_noted_better:
        return NOTED_FIRST
    origin = len(_ORIGIN) if value.origin is None else _ORIGIN.index(Origin(value.origin))
    return _EVIDENCE.index(Evidence(value.evidence)) * (len(_ORIGIN) + 1) + origin


def credible(values: Iterable[ContextValue]) -> tuple[tuple[ContextValue, ...], int]:
    """The values whose quantity is declared and holds them, and how many are not credible.

    A part of a sum or mean is judged by the mean that it is.
    """
    kept, left_out = [], 0
    for value in values:
        known, number = quantity(value.name, value.unit), value.value
        if known is None or number is None:
            continue
        is_part = value.part is not None
        mean = number / value.weight if value.weight else number
        if known.holds(mean) or (is_part and 0 <= mean <= known.most):
            kept.append(value)
        else:
            left_out += 1
    return tuple(kept), left_out
