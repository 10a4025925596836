"""What is planted in an export of Apple Health is read back: workouts, their samples, scores."""

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from tests.builders import zipped
from tightlog.domain.activity import Activity
from tightlog.domain.diary import NOT_UNDERSTOOD
from tightlog.domain.file_status import FileStatus
from tightlog.domain.reading import Reading
from tightlog.domain.sports import SportRule
from tightlog.readers.archive import members
from tightlog.readers.content import read_content
from tightlog.simulation.apple_health.apple_planted import (
    DIALECTS,
    PHONE,
    WATCH,
    Dialect,
    PlantedSymptom,
    PlantedWorkout,
    planted_runs,
    planted_symptoms,
)
from tightlog.simulation.apple_health.export import AppleExport

HOME_ZONE = ZoneInfo("America/Los_Angeles")
START = datetime(2025, 1, 14, 6, 30, 5, tzinfo=UTC)
RUN = PlantedWorkout(
    START,
    600,
    pauses=((200, 40), (500, 30)),
    distance_m=1_800.0,
    energy_kcal=120.0,
    heart_rate_bpm=tuple(140 + place % 20 for place in range(121)),
    steps_spm=168.0,
    power_w=250.0,
    contact_ms=240.0,
    oscillation_mm=90.0,
    step_length_mm=1_070.0,
    is_indoor=False,
    has_route=True,
)
TREADMILL = replace(RUN, is_indoor=True, has_route=False, pauses=())
WORDS = {"NotPresent": 0.0, "Mild": 2.0, "Moderate": 5.0, "Severe": 8.0}


def readings(export: AppleExport) -> Iterator[Reading]:
    for member in members(io.BytesIO(export.zipped())):
        if member.data is not None:
            yield read_content(member.data, member.name, HOME_ZONE)


def activities(*workouts: PlantedWorkout, dialect: Dialect = DIALECTS[0]) -> list[Activity]:
    export = AppleExport(workouts, dialect=dialect, ambient_days=2, ambient_per_day=200)
    return [one for reading in readings(export) for one in reading.activities]


def activity(workout: PlantedWorkout) -> Activity:
    (found,) = activities(workout)
    return found


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda dialect: dialect.locale)
@pytest.mark.parametrize("writes_statistics", [True, False])
def test_totals_are_those_planted_in_every_dialect(
    dialect: Dialect, writes_statistics: bool
) -> None:
    planted = [
        replace(one, writes_statistics=writes_statistics) for one in (RUN, _later(TREADMILL))
    ]
    found = activities(*planted, dialect=dialect)
    for one, run in zip(found, planted, strict=True):
        assert one.started_at == run.started_at
        assert (one.elapsed_s, one.moving_s) == (run.elapsed_s, run.active_s)
        assert one.distance_m == pytest.approx(run.distance_m)
        assert one.energy_kcal == pytest.approx(run.energy_kcal)
        assert one.heart_rate_bpm == pytest.approx(np.mean(run.heart_rate_bpm))
        assert one.cadence_spm == pytest.approx(run.steps_spm)
        assert (one.power_w, one.ground_contact_ms) == (run.power_w, run.contact_ms)
        assert one.vertical_oscillation_mm == pytest.approx(run.oscillation_mm)
        assert one.step_length_mm == pytest.approx(run.step_length_mm)
        assert (one.is_indoor, one.sport_rule) == (run.is_indoor, SportRule.FILE)
        assert one.device == "Apple Watch6,2"
    kinds = [(one.sport, one.sub_sport) for one in found]
    assert kinds == [("running", "generic"), ("running", "treadmill")]


def _later(run: PlantedWorkout) -> PlantedWorkout:
    return replace(run, started_at=run.started_at + timedelta(days=200))


def test_records_have_positions_of_the_route_and_hearts_of_the_watch() -> None:
    records = activity(RUN).records
    hearts = records.drop_nulls("heart_rate_bpm")
    assert hearts["heart_rate_bpm"].to_list() == list(RUN.heart_rate_bpm)
    at = [(RUN.clock(5 * place) - START).total_seconds() for place in range(121)]
    assert hearts["elapsed_s"].to_list() == at
    assert records["latitude_deg"].null_count() == 0
    assert records["distance_m"].max() == pytest.approx(RUN.distance_m, rel=0.01)
    assert records["recorded_at"].is_sorted()
    assert records["recorded_at"].is_unique().all()


def test_timer_stands_in_pauses_and_steps_are_of_the_time_it_runs() -> None:
    records = activity(replace(RUN, has_route=False)).records
    still = records.filter(~records["is_timer_running"])
    assert still["cadence_spm"].null_count() == still.height
    steps = records["cadence_spm"].drop_nulls()
    assert steps.len() > 100
    assert steps.to_numpy() == pytest.approx(168.0)


def test_treadmill_has_the_distance_and_speed_of_its_samples() -> None:
    records = activity(TREADMILL).records
    assert records["latitude_deg"].null_count() == records.height
    assert records["distance_m"].max() == pytest.approx(1_800.0)
    assert records["speed_mps"].drop_nulls().to_numpy() == pytest.approx(3.0)


def test_local_day_is_that_of_the_workouts_zone_and_not_of_the_phones_offset() -> None:
    # Half past midnight in Tokyo; the phone was in Los Angeles when it exported.
    late = replace(
        TREADMILL, started_at=datetime(2025, 1, 14, 15, 30, tzinfo=UTC), zone="Asia/Tokyo"
    )
    (one,) = activities(late, dialect=DIALECTS[2])
    assert (one.started_at, one.utc_offset_s) == (late.started_at, 9 * 3_600)
    summer = replace(TREADMILL, started_at=datetime(2025, 7, 14, 5, 0, tzinfo=UTC))
    assert [one.utc_offset_s for one in activities(TREADMILL, summer)] == [3_600, 7_200]
    (unknown,) = activities(replace(TREADMILL, zone="Nowhere/At_all"))
    assert unknown.utc_offset_s is None


def test_phone_beside_the_watch_counts_nothing_twice() -> None:
    own = replace(TREADMILL, source=PHONE, heart_rate_bpm=())
    (one,) = activities(own)
    assert one.cadence_evidence == "1,680 steps, counted over 100 % of the time"
    assert activity(TREADMILL).cadence_evidence == one.cadence_evidence


def test_app_without_samples_of_its_own_takes_those_of_the_only_other_source() -> None:
    app = replace(TREADMILL, source="Strava")
    export = AppleExport((app,)).files()
    xml = next(iter(export.values())).decode()
    # Its samples are the watch's; of steps and metres the phone has some too, so they are not told.
    head, workouts = xml.split(" <Workout ")
    text = f"{head.replace('Strava', WATCH)} <Workout {workouts}"
    (one,) = read_content(text.encode(), "export.xml", HOME_ZONE).activities
    assert one.heart_rate_bpm == pytest.approx(np.mean(app.heart_rate_bpm))
    assert one.records["cadence_spm"].null_count() == one.records.height


def test_steps_are_the_workouts_own_total_where_it_states_one() -> None:
    xml = next(iter(AppleExport((replace(TREADMILL, steps_spm=None),)).files().values()))
    stated = (
        b'  <WorkoutStatistics type="HKQuantityTypeIdentifierStepCount" sum="1700" unit="count"/>\n'
        b" </Workout>"
    )
    reading = read_content(xml.replace(b" </Workout>", stated), "export.xml", HOME_ZONE)
    (one,) = reading.activities
    assert one.cadence_spm == pytest.approx(170.0)
    assert one.cadence_evidence == "1,700 steps in 10.0 min"


def test_without_steps_speed_over_step_length_is_the_cadence_of_one_foot_after_the_other() -> None:
    quiet = replace(TREADMILL, steps_spm=None)
    pen = AppleExport().pen
    speeds = "".join(
        pen.record("RunningSpeed", "km/hr", quiet.clock(at), 2, 10.8, WATCH)
        for at in range(0, 600, 3)
    )
    xml = next(iter(AppleExport((quiet,)).files().values()))
    text = xml.replace(b" <Workout ", speeds.encode() + b" <Workout ")
    (one,) = read_content(text, "export.xml", HOME_ZONE).activities
    assert one.cadence_spm == pytest.approx(60 * 3.0 / 1.07)
    assert one.cadence_rule == "apple_health: speed over step length"


def test_counts_that_cover_less_than_half_of_the_time_are_no_cadence() -> None:
    for share, is_known in ((0.52, True), (0.48, False)):
        counted_s = int(600 * share)
        xml = next(
            iter(
                AppleExport((replace(TREADMILL, steps_spm=None, step_length_mm=None),))
                .files()
                .values()
            )
        )
        pen = AppleExport().pen
        record = pen.record("StepCount", "count", START, counted_s, counted_s * 2.8, WATCH)
        text = xml.replace(b" <Workout ", record.encode() + b" <Workout ")
        (one,) = read_content(text, "export.xml", HOME_ZONE).activities
        assert (one.cadence_spm is not None) is is_known


@pytest.mark.parametrize(
    ("kind", "sport", "rule"),
    [
        ("Walking", ("walking", "generic"), SportRule.FILE),
        ("FunctionalStrengthTraining", ("training", "strength_training"), SportRule.FILE),
        ("Archery", ("generic", "generic"), SportRule.FILE),
        ("Other", ("generic", "generic"), SportRule.UNKNOWN),
    ],
)
def test_kind_is_apples_and_only_other_may_be_a_run(
    kind: str, sport: tuple[str, str], rule: SportRule
) -> None:
    one = activity(replace(RUN, kind=kind))
    assert ((one.sport, one.sub_sport), one.sport_rule) == (sport, rule)
    assert one.name == (kind if kind == "Archery" else None)
    assert one.movement_sport == ("running" if kind == "Other" else None)


def test_entries_of_back_pain_are_scores_with_their_moment() -> None:
    grades = [
        PlantedSymptom(START + timedelta(days=place), grade) for place, grade in enumerate(WORDS)
    ]
    late = PlantedSymptom(datetime(2025, 3, 1, 23, 30, tzinfo=UTC), "Mild")
    (reading,) = readings(AppleExport(symptoms=(*grades, late)))
    scores = reading.scores
    assert [(one.raw_value, one.score) for one in scores] == [*WORDS.items(), ("Mild", 2.0)]
    assert [one.rated_at for one in scores] == [one.started_at for one in (*grades, late)]
    # By the zone it was entered in.
    assert scores[-1].day == date(2025, 3, 2)
    assert {(one.source, one.moment) for one in scores} == {("apple_health", None)}
    assert reading.columns is not None and "Moderate 5" in reading.columns
    assert len({one.entry_id for one in scores}) == len(scores)


def test_pain_without_a_grade_is_no_score_and_never_none() -> None:
    (reading,) = readings(AppleExport(symptoms=(PlantedSymptom(START, "Unspecified"),)))
    assert reading.scores == ()
    assert reading.reason == "1 entry with pain but without its grade, no score"
    both = (PlantedSymptom(START, "Unspecified"), PlantedSymptom(_later(RUN).started_at, "Mild"))
    (reading,) = readings(AppleExport(symptoms=both))
    assert (reading.status, len(reading.scores)) == (FileStatus.READ, 1)


def test_entry_of_many_hours_is_of_no_moment() -> None:
    spans = (
        PlantedSymptom(START, "Mild", 7_200),
        PlantedSymptom(_later(RUN).started_at, "Mild", 7_201),
    )
    (reading,) = readings(AppleExport(symptoms=spans))
    short, long = reading.scores
    assert (short.rated_at, short.moment) == (START, None)
    assert (long.rated_at, long.moment) == (None, NOT_UNDERSTOOD)
    assert long.raw_moment == "from 2025-08-02 08:30 to 2025-08-02 10:30"


@pytest.mark.slow
def test_weeks_of_two_phones_give_back_everything_planted() -> None:
    runs, symptoms = planted_runs(0.06, 7), planted_symptoms(0.06, 8)
    for dialect in DIALECTS[1:3]:
        export = AppleExport(runs, symptoms, dialect, ambient_days=20, ambient_per_day=50)
        found = list(readings(export))
        activities_found = [one for reading in found for one in reading.activities]
        for one, run in zip(activities_found, runs, strict=True):
            assert (one.started_at, one.moving_s) == (run.started_at, run.active_s)
            assert one.distance_m == pytest.approx(run.distance_m)
            assert one.cadence_spm == pytest.approx(run.steps_spm)
            hearts = one.records["heart_rate_bpm"].drop_nulls().to_list()
            assert hearts == list(run.heart_rate_bpm)
        scores = [score for reading in found for score in reading.scores]
        graded = [one for one in symptoms if one.grade in WORDS]
        assert [(one.rated_at, one.score) for one in scores] == [
            (one.started_at, WORDS[one.grade]) for one in graded
        ]


def test_workout_of_several_routes_has_all_their_positions() -> None:
    export = AppleExport((RUN,))
    files = export.files()
    (name,) = [one for one in files if one.endswith(".gpx")]
    lines = files[name].decode().split("\n")
    points = [place for place, line in enumerate(lines) if "<trkpt" in line]
    half = points[len(points) // 2]
    other = name.replace("route_", "second_")
    reference = f'   <FileReference path="/{name.partition("/")[2]}"/>\n'
    both = reference + reference.replace("route_", "second_")
    xml = next(one for one in files if one.endswith(".xml"))
    files[xml] = files[xml].replace(reference.encode(), both.encode())
    files[other] = "\n".join([*lines[: points[0]], *lines[half:]]).encode()
    files[name] = "\n".join([*lines[:half], *lines[points[-1] + 1 :]]).encode()
    found = [one for one in members(io.BytesIO(zipped(files))) if one.data is not None]
    (one,) = [
        one for part in found for one in read_content(part.data or b"", "", HOME_ZONE).activities
    ]
    placed = one.records.drop_nulls("latitude_deg")
    assert placed.height == len(points)
    assert placed["distance_m"].is_sorted()
    assert placed["distance_m"].max() == pytest.approx(RUN.distance_m, rel=0.02)
