"""What a simulated export of Apple Health holds, so that a reader's answer can be compared."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

# As iOS writes them: a typographic apostrophe and a space that does not break.
WATCH, PHONE = "Robin’s Apple\xa0Watch", "Robin’s iPhone"
HEART_RATE_EVERY_S, DYNAMICS_EVERY_S, DISTANCE_EVERY_S, STEPS_EVERY_S = 5, 3, 10, 60
RUN_HOURS = (6, 12, 18)
KM_PER_MILE, KJ_PER_KCAL = 1.609344, 4.184


@dataclass(frozen=True)
class PlantedWorkout:
    """One workout: `kind` in Apple's word, times in whole seconds, pauses as (s since the start,
    s), in order.

    The heart rate is one value every 5 s while the timer runs, steps per minute are of both feet.
    """

    started_at: datetime
    active_s: int
    kind: str = "Running"
    pauses: tuple[tuple[int, int], ...] = ()
    distance_m: float | None = None
    energy_kcal: float | None = None
    heart_rate_bpm: tuple[int, ...] = ()
    steps_spm: float | None = None
    power_w: float | None = None
    contact_ms: float | None = None
    oscillation_mm: float | None = None
    step_length_mm: float | None = None
    zone: str = "Europe/Oslo"
    is_indoor: bool | None = None
    has_route: bool = False
    source: str = WATCH
    writes_statistics: bool = True

    @property
    def elapsed_s(self) -> int:
        return self.active_s + sum(lasting_s for _, lasting_s in self.pauses)

    @property
    def ended_at(self) -> datetime:
        return self.started_at + timedelta(seconds=self.elapsed_s)

    @property
    def active_seconds(self) -> NDArray[np.int64]:
        """Seconds since the start at which the timer runs."""
        runs = np.ones(self.elapsed_s + 1, dtype=np.bool_)
        for from_s, lasting_s in self.pauses:
            runs[from_s + 1 : from_s + lasting_s] = False
        return np.flatnonzero(runs).astype(np.int64)

    def clock(self, active_s: int) -> datetime:
        """The instant at which the timer has run so long."""
        at_s = active_s
        for from_s, lasting_s in self.pauses:
            at_s += lasting_s if at_s > from_s else 0
        return self.started_at + timedelta(seconds=at_s)


@dataclass(frozen=True)
class PlantedSymptom:
    """One entry of lower back pain, in Apple's word for its grade."""

    started_at: datetime
    grade: str
    lasting_s: int = 0
    zone: str = "Europe/Oslo"


@dataclass(frozen=True)
class Dialect:
    """How a phone writes: the iOS of its export format (11 to 14), its language and its clock."""

    version: int = 14
    locale: str = "en_US"
    xml_name: str = "export.xml"
    folder: str = "apple_health_export"
    offset: timedelta = timedelta(hours=2)
    is_metric: bool = True


DIALECTS = (
    Dialect(),
    Dialect(12, "de_DE", "Export.xml", "apple_health_export", timedelta(hours=1)),
    Dialect(11, "es_ES", "exportación.xml", "exportación_salud", timedelta(hours=-7), False),
    Dialect(13, "zh_CN", "导出.xml", "apple_health_export", timedelta(hours=8)),
)


def planted_runs(
    years: float, seed: int, first: datetime = datetime(2021, 1, 4, tzinfo=UTC)
) -> tuple[PlantedWorkout, ...]:
    """Four runs a week for so many years: outdoors and on a treadmill, some with pauses, some in
    summer's offset and some in winter's.
    """
    draw = np.random.default_rng(seed)
    days = np.arange(0, round(years * 365.25))
    return tuple(_run(first, int(day), draw) for day in days[days % 7 % 2 == 0])


def _run(first: datetime, day: int, draw: np.random.Generator) -> PlantedWorkout:
    active_s = int(draw.integers(1_200, 4_200))
    speed_mps, spm = float(draw.uniform(2.4, 3.6)), float(draw.integers(158, 178))
    bpm = 142 + 12 * np.sin(np.arange(0, active_s + 1, HEART_RATE_EVERY_S) / 97.0)
    clock = timedelta(hours=int(draw.choice(RUN_HOURS)), seconds=int(draw.integers(0, 3_600)))
    is_indoor = bool(draw.random() < 0.2)
    return PlantedWorkout(
        first + timedelta(days=day) + clock,
        active_s,
        pauses=((600, 45),) if draw.random() < 0.3 else (),
        distance_m=round(active_s * speed_mps, 1),
        energy_kcal=round(active_s * 0.2, 1),
        heart_rate_bpm=tuple(int(one) for one in np.round(bpm)),
        steps_spm=spm,
        power_w=float(draw.integers(210, 290)),
        contact_ms=float(draw.integers(220, 290)),
        oscillation_mm=float(draw.integers(75, 105)),
        step_length_mm=float(round(speed_mps / spm * 60_000)),
        is_indoor=is_indoor,
        has_route=not is_indoor,
    )


def planted_symptoms(
    years: float, seed: int, first: datetime = datetime(2021, 1, 4, tzinfo=UTC)
) -> tuple[PlantedSymptom, ...]:
    """An entry on two of three mornings, at 7 by the runner's clock."""
    draw = np.random.default_rng(seed)
    grades = ("NotPresent", "Mild", "Moderate", "Severe", "Unspecified")
    found = []
    for day in range(round(years * 365.25)):
        at = datetime.combine((first + timedelta(days=day)).date(), datetime.min.time())
        if draw.random() < 2 / 3:
            local = at.replace(hour=7, minute=day % 60, tzinfo=ZoneInfo("Europe/Oslo"))
            grade = str(draw.choice(grades, p=(0.3, 0.3, 0.2, 0.15, 0.05)))
            found.append(PlantedSymptom(local.astimezone(UTC), grade))
    return tuple(found)
