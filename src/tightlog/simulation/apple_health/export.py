"""An export of Apple Health of our own making: the XML, line by line, and its routes."""

import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

from tightlog.simulation.apple_health.apple_planted import (
    KJ_PER_KCAL,
    KM_PER_MILE,
    PHONE,
    Dialect,
    PlantedSymptom,
    PlantedWorkout,
)
from tightlog.simulation.apple_health.markup import STORED_AFTER, Pen
from tightlog.simulation.apple_health.nights_planted import (
    PlantedCategory,
    PlantedNight,
    PlantedSample,
    category_record,
    night_records,
    sample_record,
)
from tightlog.simulation.apple_health.sampled import ambient, workout_samples
from tightlog.simulation.sample.place import HOME, loop_position

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    "<!DOCTYPE HealthData [\n<!-- HealthKit Export Version: {version} -->\n"
    "<!ELEMENT HealthData (ExportDate,Me,(Record|Correlation|Workout|ActivitySummary)*)>\n"
    "<!ATTLIST HealthData\n  locale CDATA #REQUIRED\n>\n{fault}]>\n"
    '<HealthData locale="{locale}">\n <ExportDate value="{exported}"/>\n'
    ' <Me HKCharacteristicTypeIdentifierDateOfBirth="1984-05-06" '
    'HKCharacteristicTypeIdentifierBiologicalSex="HKBiologicalSexFemale"/>\n'
)
# iOS 16 wrote its own document type with an end missing and a closing mark too many.
FAULTY_VERSION = 12
FAULT = (
    "<!ATTLIST VisionPrescription\n  type CDATA #REQUIRED\n<!ELEMENT RightEye EMPTY>\n"
    "<!ATTLIST RightEye\n  sphere CDATA #IMPLIED\n>\n>\n"
)
TAIL = (
    ' <ActivitySummary dateComponents="2021-01-04" activeEnergyBurned="590.2" '
    'activeEnergyBurnedUnit="kcal"/>\n</HealthData>\n'
)
ROUTE_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<gpx version="1.1" creator="Apple Health Export" '
    'xmlns="http://www.topografix.com/GPX/1/1">\n  <metadata>\n    <time>{exported}</time>\n'
    "  </metadata>\n  <trk>\n    <name>{name}</name>\n    <trkseg>\n"
)
ROUTE_POINT = (
    '      <trkpt lon="{:.6f}" lat="{:.6f}"><ele>{:.6f}</ele><time>{}</time><extensions>'
    "<speed>{:.6f}</speed><course>90.0</course><hAcc>2.1</hAcc><vAcc>1.8</vAcc>"
    "</extensions></trkpt>\n"
)
ROUTE_TAIL = "    </trkseg>\n  </trk>\n</gpx>"


@dataclass(frozen=True)
class AppleExport:
    """What is planted, in whose hand, and how many all-day records there are on each day."""

    workouts: Sequence[PlantedWorkout] = ()
    symptoms: Sequence[PlantedSymptom] = ()
    dialect: Dialect = field(default_factory=Dialect)
    ambient_days: int = 0
    ambient_per_day: int = 0
    exported_at: datetime = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)
    nights: Sequence[PlantedNight] = ()
    categories: Sequence[PlantedCategory] = ()
    samples: Sequence[PlantedSample] = ()

    @property
    def pen(self) -> Pen:
        return Pen(self.dialect, self.exported_at)

    def files(self) -> dict[str, bytes]:
        """The XML and the routes by their path in the export."""
        folder = self.dialect.folder
        xml = {f"{folder}/{self.dialect.xml_name}": b"".join(self.xml_lines())}
        routed = (one for one in self.workouts if one.has_route)
        return xml | {f"{folder}/{route_path(one)}": self.route(one) for one in routed}

    def zipped(self) -> bytes:
        """Bytes of the ZIP as the phone shares it, the XML behind its routes."""
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in reversed(self.files().items()):
                archive.writestr(name, content)
        return target.getvalue()

    def write_xml(self, path: Path) -> int:
        """Writes the XML alone; its size in bytes."""
        with path.open("wb") as target:
            return sum(target.write(lines) for lines in self.xml_lines())

    def route(self, workout: PlantedWorkout) -> bytes:
        """The GPX beside the XML: a point a second while the timer runs, without a heart rate."""
        seconds = workout.active_seconds
        along_m = np.linspace(0.0, workout.distance_m or 0.0, seconds.size)
        latitude, longitude = loop_position(HOME, 3, 5_000.0, along_m)
        speed_mps = (workout.distance_m or 0.0) / workout.active_s
        times = (_utc(workout.started_at + timedelta(seconds=at)) for at in seconds.tolist())
        points = "".join(
            ROUTE_POINT.format(lon, lat, HOME.altitude_m, at, speed_mps)
            for at, lat, lon in zip(times, latitude, longitude, strict=True)
        )
        head = ROUTE_HEAD.format(exported=_utc(self.exported_at), name=route_path(workout))
        return f"{head}{points}{ROUTE_TAIL}".encode()

    def xml_lines(self) -> Iterator[bytes]:
        """The XML in pieces of whole lines, in Apple's order: records, then workouts."""
        dialect, pen = self.dialect, self.pen
        head = HEAD.format(
            version=dialect.version,
            fault=FAULT if dialect.version == FAULTY_VERSION else "",
            locale=dialect.locale,
            exported=pen.clock(self.exported_at),
        )
        yield head.encode()
        yield from ambient(pen, self.ambient_days, self.ambient_per_day)
        for symptom in self.symptoms:
            yield _symptom(pen, symptom).encode()
        for night in self.nights:
            yield "".join(night_records(pen, night)).encode()
        yield "".join(category_record(pen, one) for one in self.categories).encode()
        yield "".join(sample_record(pen, one) for one in self.samples).encode()
        for workout in self.workouts:
            yield "".join(workout_samples(pen, workout)).encode()
        for workout in self.workouts:
            yield "".join(_workout(pen, workout)).encode()
        yield TAIL.encode()


def _workout(pen: Pen, workout: PlantedWorkout) -> Iterator[str]:
    span = pen.span(workout.started_at, workout.ended_at)
    totals = tuple(_totals(pen, workout))
    stated = "".join(
        f' total{short}="{value!r}" total{short}Unit="{unit}"'
        for _, short, value, unit in totals
        if not workout.writes_statistics
    )
    yield (
        f' <Workout workoutActivityType="HKWorkoutActivityType{workout.kind}" '
        f'duration="{workout.active_s / 60!r}" durationUnit="min"{stated} '
        f'{pen.origin(workout.source)} creationDate="{pen.clock(workout.ended_at + STORED_AFTER)}" '
        f"{span}>\n"
        f'  <MetadataEntry key="HKTimeZone" value="{workout.zone}"/>\n'
        '  <MetadataEntry key="HKWeatherTemperature" value="73.4 degF"/>\n'
    )
    if workout.is_indoor is not None:
        yield f'  <MetadataEntry key="HKIndoorWorkout" value="{int(workout.is_indoor)}"/>\n'
    for from_s, lasting_s in workout.pauses:
        for kind, at_s in (("Pause", from_s), ("Resume", from_s + lasting_s)):
            at = pen.clock(workout.started_at + timedelta(seconds=at_s))
            yield f'  <WorkoutEvent type="HKWorkoutEventType{kind}" date="{at}"/>\n'
    for name, _, value, unit in totals if workout.writes_statistics else ():
        yield (
            f'  <WorkoutStatistics type="HKQuantityTypeIdentifier{name}" {span} '
            f'sum="{value!r}" unit="{unit}"/>\n'
        )
    if workout.has_route:
        yield f"  <WorkoutRoute {pen.origin(workout.source)} {span}>\n"
        yield f'   <FileReference path="/{route_path(workout)}"/>\n  </WorkoutRoute>\n'
    yield " </Workout>\n"


def _totals(pen: Pen, workout: PlantedWorkout) -> Iterator[tuple[str, str, float, str]]:
    """Distance and energy: the name of the statistic, that of the attribute, value and unit."""
    is_metric = pen.dialect.is_metric
    if workout.distance_m is not None:
        far = workout.distance_m / 1000 / (1.0 if is_metric else KM_PER_MILE)
        yield "DistanceWalkingRunning", "Distance", far, "km" if is_metric else "mi"
    if workout.energy_kcal is not None:
        energy = workout.energy_kcal * (1.0 if is_metric else KJ_PER_KCAL)
        yield "ActiveEnergyBurned", "EnergyBurned", energy, "kcal" if is_metric else "kJ"


def _symptom(pen: Pen, symptom: PlantedSymptom) -> str:
    ended_at = symptom.started_at + timedelta(seconds=symptom.lasting_s)
    return (
        ' <Record type="HKCategoryTypeIdentifierLowerBackPain" '
        f'{pen.origin(PHONE)} creationDate="{pen.clock(symptom.started_at + STORED_AFTER)}" '
        f"{pen.span(symptom.started_at, ended_at)} "
        f'value="HKCategoryValueSeverity{symptom.grade}">\n'
        f'  <MetadataEntry key="HKTimeZone" value="{symptom.zone}"/>\n'
        '  <MetadataEntry key="HKWasUserEntered" value="1"/>\n </Record>\n'
    )


def route_path(workout: PlantedWorkout) -> str:
    """Where the route of a workout lies in the export."""
    return f"workout-routes/route_{workout.started_at:%Y-%m-%d_%H.%M}.gpx"


def _utc(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
