"""What watch and phone write all day, and during a workout."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from tightlog.simulation.apple_health.apple_planted import (
    DISTANCE_EVERY_S,
    DYNAMICS_EVERY_S,
    HEART_RATE_EVERY_S,
    KM_PER_MILE,
    PHONE,
    STEPS_EVERY_S,
    WATCH,
    PlantedWorkout,
)
from tightlog.simulation.apple_health.markup import Pen

TEMPLATE_DAY = date(2001, 1, 1)
# The phone lies in a pocket and counts a few more.
MORE_BY_PHONE = 1.07


def ambient(pen: Pen, days: int, per_day: int) -> Iterator[bytes]:
    """So many records on each of the days before the export."""
    if not per_day:
        return
    midnight = datetime.combine(TEMPLATE_DAY, datetime.min.time(), UTC) - pen.dialect.offset
    every_s = (86_400 - 60) / per_day
    lines = (
        _ambient_record(pen, number, midnight + timedelta(seconds=int(number * every_s)))
        for number in range(per_day)
    )
    block, template = "".join(lines).encode(), TEMPLATE_DAY.isoformat().encode()
    first = pen.exported_at.date() - timedelta(days=days)
    for day in range(days):
        yield block.replace(template, (first + timedelta(days=day)).isoformat().encode())


def _ambient_record(pen: Pen, number: int, at: datetime) -> str:
    """In turns what real exports hold most of."""
    source = WATCH if number % 3 else PHONE
    named: tuple[str, str, int, float, str, int | None] = (
        ("HeartRate", "count/min", 0, 61.0, WATCH, 0),
        ("BasalEnergyBurned", "kcal", 50, 1.2, WATCH, None),
        ("HeartRate", "count/min", 0, 63.0, WATCH, 1),
        ("ActiveEnergyBurned", "kcal", 50, 0.3, WATCH, None),
        ("StepCount", "count", 40, 31.0, source, None),
        ("BasalEnergyBurned", "kcal", 50, 1.3, WATCH, None),
        ("HeartRate", "count/min", 0, 62.0, WATCH, 0),
        ("ActiveEnergyBurned", "kcal", 50, 0.4, WATCH, None),
        ("StepCount", "count", 40, 27.0, source, None),
        ("DistanceWalkingRunning", "km", 40, 0.021, source, None),
    )[number % 10]
    name, unit, lasting_s, value, by, motion = named
    return pen.record(name, unit, at, lasting_s, value, by, motion)


def workout_samples(pen: Pen, workout: PlantedWorkout) -> Iterator[str]:
    """Records of a workout's time: those of its own source, and the phone's beside them."""
    source, clock = workout.source, workout.clock
    for place, bpm in enumerate(workout.heart_rate_bpm):
        at = clock(place * HEART_RATE_EVERY_S)
        yield pen.record("HeartRate", "count/min", at, 0, bpm, source, 2)
    is_metric = pen.dialect.is_metric
    unit, far = ("km", 0.001) if is_metric else ("mi", 0.001 / KM_PER_MILE)
    beside = () if source == PHONE else ((PHONE, MORE_BY_PHONE),)
    for by, more in ((source, 1.0), *beside):
        if workout.steps_spm:
            per_s = workout.steps_spm / 60 * more
            yield from _spread(pen, "StepCount", "count", workout, STEPS_EVERY_S, by, per_s)
        if workout.distance_m:
            per_s = workout.distance_m / workout.active_s * far * more
            yield from _spread(
                pen, "DistanceWalkingRunning", unit, workout, DISTANCE_EVERY_S, by, per_s
            )
    for name, unit, value in (
        ("RunningPower", "W", workout.power_w),
        ("RunningGroundContactTime", "ms", workout.contact_ms),
        ("RunningVerticalOscillation", "cm", (workout.oscillation_mm or 0.0) / 10),
        ("RunningStrideLength", "m", (workout.step_length_mm or 0.0) / 1000),
    ):
        for place in range(0, workout.active_s if value else 0, DYNAMICS_EVERY_S):
            yield pen.record(name, unit, clock(place), 2, value or 0.0, source)


def _spread(
    pen: Pen,
    name: str,
    unit: str,
    workout: PlantedWorkout,
    every_s: int,
    source: str,
    per_s: float,
) -> Iterator[str]:
    """Intervals of what is counted while the timer runs."""
    for place in range(0, workout.active_s, every_s):
        until = min(place + every_s, workout.active_s)
        began, ended = workout.clock(place), workout.clock(until)
        lasting_s = int((ended - began).total_seconds())
        yield pen.record(name, unit, began, lasting_s, per_s * (until - place), source)
