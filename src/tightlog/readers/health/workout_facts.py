"""What a workout of an Apple export says of itself: times, totals, pauses, kind.

<Workout workoutActivityType="HKWorkoutActivityTypeRunning" duration="43.65" durationUnit="min"
 sourceName="…" startDate="2023-05-01 07:12:02 +0200" endDate="2023-05-01 07:56:26 +0200">
 <WorkoutStatistics type="HKQuantityTypeIdentifierDistanceWalkingRunning" sum="8.1" unit="km"/>
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tightlog.readers.health.export_scan import Element
from tightlog.readers.health.kinds import kind_of
from tightlog.readers.health.quantities import (
    DURATIONS_S,
    ENERGIES_KCAL,
    LENGTHS_M,
    PREFIX,
    UNITS,
    measured,
    number_in,
)
from tightlog.readers.health.tags import Attributes
from tightlog.readers.health.times import seconds_of

EVENT = "HKWorkoutEventType"
STOPS, STARTS = ("Pause", "MotionPaused"), ("Resume", "MotionResumed")
DISTANCES = {
    "Cycling": "DistanceCycling",
    "HandCycling": "DistanceCycling",
    "Swimming": "DistanceSwimming",
    "DownhillSkiing": "DistanceDownhillSnowSports",
    "Snowboarding": "DistanceDownhillSnowSports",
}
ON_FOOT = "DistanceWalkingRunning"
HARDWARE = re.compile(r"\bmanufacturer:Apple[^,]*,.*?\bhardware:([A-Za-z]+\d+,\d+)")
# Apps that write copies of their activities; any other source may be a person's name.
APPS = ("Strava", "Connect", "Nike Run Club", "Zepp", "Polar Flow", "Suunto", "COROS", "Runkeeper")


@dataclass(frozen=True)
class Facts:
    """One workout; what it does not say is None. Pauses are (from, to) in s since its start."""

    kind: str
    started_s: int
    ended_s: int
    moving_s: float | None
    distance_m: float | None
    energy_kcal: float | None
    steps: float | None
    heart_rate_bpm: float | None
    ascent_m: float | None
    descent_m: float | None
    zone: str | None
    is_indoor: bool | None
    swum_in: str | None
    device: str | None
    pauses: tuple[tuple[int, int], ...]
    is_whole: bool


def workout_facts(element: Element) -> Facts | None:
    """What a workout says; None without a start and an end."""
    said, metadata = element.attributes, element.metadata
    started_s, ended_s = seconds_of(said.get("startDate")), seconds_of(said.get("endDate"))
    if started_s is None or ended_s is None or ended_s < started_s:
        return None
    kind = kind_of(said.get("workoutActivityType", ""))
    statistics = {
        one.get("type", "").removeprefix(PREFIX): one for one in element.all("WorkoutStatistics")
    }
    duration_s = number_in(said.get("duration"), said.get("durationUnit", "min"), DURATIONS_S)
    pauses = tuple(_pauses(element, started_s, ended_s))
    indoor = metadata.get("HKIndoorWorkout")
    return Facts(
        kind=kind,
        started_s=started_s,
        ended_s=ended_s,
        moving_s=_moving_s(duration_s, ended_s - started_s, pauses),
        distance_m=_distance_m(kind, said, statistics),
        energy_kcal=_sum(statistics, "ActiveEnergyBurned", ENERGIES_KCAL)
        or _total(said, "totalEnergyBurned", ENERGIES_KCAL),
        steps=_sum(statistics, "StepCount", UNITS["StepCount"]),
        heart_rate_bpm=_mean(statistics, "HeartRate", UNITS["HeartRate"]),
        ascent_m=measured(metadata.get("HKElevationAscended"), LENGTHS_M),
        descent_m=measured(metadata.get("HKElevationDescended"), LENGTHS_M),
        zone=metadata.get("HKTimeZone"),
        is_indoor=None if indoor is None else indoor == "1",
        swum_in=metadata.get("HKSwimmingLocationType"),
        device=_device(said),
        pauses=pauses,
        is_whole=element.is_whole,
    )


def _moving_s(
    duration_s: float | None, elapsed_s: int, pauses: tuple[tuple[int, int], ...]
) -> float:
    """The written duration, which leaves pauses out; else the time without them."""
    if duration_s is not None and duration_s > 0:
        return round(min(duration_s, float(elapsed_s)), 3) if elapsed_s else duration_s
    return float(elapsed_s - sum(until_s - from_s for from_s, until_s in pauses))


def _distance_m(kind: str, said: Attributes, statistics: Mapping[str, Attributes]) -> float | None:
    """The sum of the kind's own distance, the total, or the sum of any other distance."""
    own = _sum(statistics, DISTANCES.get(kind, ON_FOOT), LENGTHS_M)
    if own or (own := _total(said, "totalDistance", LENGTHS_M)):
        return own
    others = (name for name in sorted(statistics) if name.startswith("Distance"))
    return next((found for name in others if (found := _sum(statistics, name, LENGTHS_M))), None)


def _sum(
    statistics: Mapping[str, Attributes], name: str, factors: Mapping[str, float]
) -> float | None:
    one = statistics.get(name, {})
    return _positive(number_in(one.get("sum"), one.get("unit"), factors))


def _mean(
    statistics: Mapping[str, Attributes], name: str, factors: Mapping[str, float]
) -> float | None:
    one = statistics.get(name, {})
    return _positive(number_in(one.get("average"), one.get("unit"), factors))


def _total(said: Attributes, name: str, factors: Mapping[str, float]) -> float | None:
    return _positive(number_in(said.get(name), said.get(f"{name}Unit"), factors))


def _positive(value: float | None) -> float | None:
    """The value in six decimals, so that it does not depend on the unit it was written in."""
    return round(value, 6) if value is not None and value > 0 else None


def _pauses(element: Element, started_s: int, ended_s: int) -> Iterator[tuple[int, int]]:
    """Pauses in their order, none inside another, as s since the start."""
    events = []
    for one in element.all("WorkoutEvent"):
        at_s = seconds_of(one.get("date"))
        if at_s is not None and started_s <= at_s <= ended_s:
            events.append((at_s - started_s, one.get("type", "").removeprefix(EVENT)))
    stopped_s = None
    for at_s, what in sorted(events):
        if what in STOPS and stopped_s is None:
            stopped_s = at_s
        elif what in STARTS and stopped_s is not None:
            if at_s > stopped_s:
                yield stopped_s, at_s
            stopped_s = None
    if stopped_s is not None and stopped_s < ended_s - started_s:
        yield stopped_s, ended_s - started_s


def _device(said: Attributes) -> str | None:
    """Model of the device, or the app that copied the activity; never a person's name."""
    if hardware := HARDWARE.search(said.get("device", "")):
        return f"Apple {hardware[1]}"
    source = said.get("sourceName", "")
    return next((app for app in APPS if source == app), None)
