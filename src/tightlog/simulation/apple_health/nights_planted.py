"""Nights and days of a simulated export of Apple Health, and their records as the phone writes
them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from tightlog.simulation.apple_health.apple_planted import PHONE, WATCH
from tightlog.simulation.apple_health.markup import Pen

SLEEP = "SleepAnalysis"


@dataclass(frozen=True)
class PlantedNight:
    """A sleep: its start, and its stages as (Apple's word, minutes) one behind the other."""

    began: datetime
    stages: Sequence[tuple[str, int]]
    source: str = WATCH
    zone: str | None = "Europe/Oslo"
    # Minutes before the sleep and behind it that the phone takes for time in bed.
    in_bed_around_min: int | None = None

    @property
    def ended(self) -> datetime:
        return self.began + timedelta(minutes=sum(lasting for _, lasting in self.stages))


@dataclass(frozen=True)
class PlantedCategory:
    """Any other record of a category: its kind and value in Apple's words."""

    kind: str
    value: str
    started_at: datetime
    lasting_s: int = 0
    source: str = WATCH


@dataclass(frozen=True)
class PlantedSample:
    """One sample of a quantity in its usual unit."""

    name: str
    unit: str
    value: float
    started_at: datetime
    lasting_s: int = 0
    source: str = WATCH


def planted_nights(count: int, seed: int, first: datetime) -> tuple[PlantedNight, ...]:
    """So many nights one after the other, each of a few cycles of stages."""
    draw = np.random.default_rng(seed)
    nights = []
    for day in range(count):
        began = first + timedelta(days=day, minutes=int(draw.integers(-60, 60)))
        cycles = int(draw.integers(3, 6))
        stages = [
            (word, int(draw.integers(5, 50)))
            for _ in range(cycles)
            for word in ("AsleepCore", "AsleepDeep", "AsleepREM", "Awake")
        ]
        nights.append(PlantedNight(began, stages[:-1], in_bed_around_min=10))
    return tuple(nights)


def night_records(pen: Pen, night: PlantedNight) -> Iterator[str]:
    """Records of a night: the phone's time in bed, then the stages of its source."""
    if night.in_bed_around_min is not None:
        around = timedelta(minutes=night.in_bed_around_min)
        span = night.began - around, night.ended + around
        yield pen.category(SLEEP, f"{SLEEP}InBed", *span, PHONE, night.zone)
    at = night.began
    for word, lasting_min in night.stages:
        until = at + timedelta(minutes=lasting_min)
        yield pen.category(SLEEP, f"{SLEEP}{word}", at, until, night.source, night.zone)
        at = until


def category_record(pen: Pen, planted: PlantedCategory) -> str:
    """The record of anything else in a category."""
    ended_at = planted.started_at + timedelta(seconds=planted.lasting_s)
    return pen.category(
        planted.kind, planted.value, planted.started_at, ended_at, planted.source, None
    )


def sample_record(pen: Pen, planted: PlantedSample) -> str:
    """The record of one sample."""
    return pen.record(
        planted.name,
        planted.unit,
        planted.started_at,
        planted.lasting_s,
        planted.value,
        planted.source,
    )
