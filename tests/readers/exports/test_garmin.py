"""Garmin's list of activities: its own units, local time and parents of multisport, and damage
that costs only what follows it.
"""

import json
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import garmin_json
from tests.corpus import CORPUS
from tightlog.domain.activity import Activity
from tightlog.domain.file_status import FileStatus
from tightlog.readers.exports.garmin import is_garmin_list, read_garmin_list

START = datetime(2026, 5, 4, 5, 30, tzinfo=UTC)
RUN = {
    "activityId": 1,
    "name": "Morning run",
    "activityType": "running",
    "sportType": "RUNNING",
    "beginTimestamp": int(START.timestamp() * 1000),
    "startTimeGmt": START.timestamp() * 1000,
    "startTimeLocal": (START.timestamp() + 7200) * 1000,
    "duration": 1_800_000.0,
    "elapsedDuration": 1_900_000.0,
    "distance": 504_000.0,
    "avgSpeed": 0.28,
    "maxSpeed": 0.41,
    "elevationGain": 4_400.0,
    "elevationLoss": 4_300.0,
    "avgHr": 148.0,
    "avgRunCadence": 84.0,
    "avgDoubleCadence": 168.5,
    "avgFractionalCadence": 0.25,
    "avgStrideLength": 99.7,
    "workoutRpe": 60,
}


def only(*entries: Mapping[str, object]) -> Activity:
    reading = read_garmin_list(garmin_json(*entries))
    assert reading.status is FileStatus.READ, reading.reason
    (activity,) = reading.activities
    return activity


def test_entry_becomes_an_activity_in_si_units() -> None:
    run = only(RUN)
    assert (run.sport, run.started_at, run.utc_offset_s, run.moving_s, run.elapsed_s) == (
        "running",
        START,
        7200,
        1800,
        1900,
    )
    assert (run.distance_m, run.ascent_m, run.descent_m, run.heart_rate_bpm) == (5040, 44, 43, 148)
    assert (run.name, run.rpe, run.step_length_mm) == ("Morning run", 6, 997)
    assert run.speed_mps == pytest.approx(2.8)


def test_cadence_of_both_feet_is_taken_as_it_is_and_that_of_one_doubled() -> None:
    both, one = only(RUN), only({**RUN, "avgDoubleCadence": None})
    assert (both.cadence_spm, one.cadence_spm) == (168.5, 168.5)
    assert (both.cadence_raw, one.cadence_raw) == (168.5, 84.25)


def test_cadence_that_counts_the_standing_is_not_taken() -> None:
    walk = only(
        {
            **RUN,
            "activityType": "walking",
            "distance": 150_000.0,
            "avgSpeed": 0.0833,
            "avgDoubleCadence": 20.0,
            "avgRunCadence": 10.0,
        }
    )
    assert walk.cadence_spm is None


@pytest.mark.parametrize(
    ("kind", "sport"),
    [
        ("trail_running", ("running", "trail")),
        ("treadmill_running", ("running", "treadmill")),
        ("lap_swimming", ("swimming", "lap_swimming")),
        ("strength_training", ("training", "strength_training")),
        ("indoor_cycling", ("cycling", "indoor_cycling")),
        ("hiking", ("hiking", "generic")),
        ("wheelchair_push_run", ("wheelchair_push_run", "generic")),
        ("surfing_v2", ("surfing", "generic")),
        ("other", ("generic", "generic")),
        ("skate_skiing_ws", ("cross_country_skiing", "skate_skiing")),
        ({"typeKey": "running"}, ("running", "generic")),
    ],
)
def test_type_is_named_as_in_the_fit_profile(
    kind: str | dict[str, str], sport: tuple[str, str]
) -> None:
    found = only(
        {**RUN, "activityType": kind, "sportType": "INVALID", "distance": None, "avgSpeed": None}
    )
    assert (found.sport, found.sub_sport) == sport


def test_parent_of_a_multisport_activity_is_not_counted_beside_its_legs() -> None:
    parent = {**RUN, "activityId": 7, "activityType": "multi_sport", "parent": True}
    legs = [{**RUN, "activityId": number, "parentId": 7} for number in (8, 9)]
    assert {
        activity.sport for activity in read_garmin_list(garmin_json(parent, *legs)).activities
    } == {"running"}
    assert only(parent).sport == "multisport"


def test_distance_a_watch_counted_on_from_the_ride_before_is_left_out() -> None:
    reading = read_garmin_list(
        garmin_json(RUN, RUN | {"activityId": 2, "distance": 5_471_100.0, "avgSpeed": 3.04})
    )
    assert (reading.status, [activity.distance_m for activity in reading.activities]) == (
        FileStatus.PARTIAL,
        [5040, None],
    )


def test_list_in_other_units_is_refused() -> None:
    reading = read_garmin_list(
        garmin_json({**RUN, "distance": 5040.0, "duration": 1800.0, "avgSpeed": 2.8})
    )
    assert (reading.status, reading.activities) == (FileStatus.UNREADABLE, ())


def test_entries_without_a_believable_start_are_counted_and_left_out() -> None:
    reading = read_garmin_list(
        garmin_json(
            RUN,
            {**RUN, "activityId": 2, "beginTimestamp": 0, "startTimeGmt": None},
            {**RUN, "activityId": 3, "beginTimestamp": 10**17},
        )
    )
    assert (reading.status, len(reading.activities)) == (FileStatus.PARTIAL, 1)
    assert "2 of its 3" in (reading.reason or "")


def test_damage_costs_only_what_follows_it() -> None:
    reading = read_garmin_list(garmin_json(RUN, {**RUN, "activityId": 2})[:-400])
    assert (reading.status, len(reading.activities)) == (FileStatus.PARTIAL, 1)


@pytest.mark.parametrize(
    "data", [b"[]", b'{"a": 1}', b'[{"sleep": []}]', b"summarizedActivitiesExport", b""]
)
def test_other_json_is_not_taken_for_the_list(data: bytes) -> None:
    assert not is_garmin_list(data)


def test_hostile_nesting_is_a_reason() -> None:
    assert (
        read_garmin_list(b'[{"summarizedActivitiesExport":[' + b"[" * 200_000).status
        is FileStatus.UNREADABLE
    )


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_any_damage_gives_a_reading(data: st.DataObject) -> None:
    whole = bytearray(garmin_json(RUN, {**RUN, "activityId": 2}))
    for _ in range(data.draw(st.integers(1, 8))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    reading = read_garmin_list(bytes(whole[: data.draw(st.integers(1, len(whole)))]))
    assert reading.status is FileStatus.READ or reading.reason


@pytest.mark.skipif(
    not CORPUS.is_dir(), reason="the folder of real files is not at hand (TIGHTLOG_CORPUS)"
)
def test_real_list_reads_whole_with_speeds_a_person_can_have() -> None:
    places = list(CORPUS.rglob("*summarizedActivities.json"))
    assert places
    for place in places:
        data = place.read_bytes()
        reading = read_garmin_list(data)
        entries = json.loads(data)[0]["summarizedActivitiesExport"]
        assert len(reading.activities) == len(entries)
        assert max(activity.speed_mps or 0.0 for activity in reading.activities) <= 15.0
        kept = [activity for activity in reading.activities if activity.speed_mps]
        assert (
            sum(
                (activity.speed_mps or 0.0) >= 0.5
                for activity in kept
                if activity.sport == "cycling"
            )
            == Counter(one.sport for one in kept)["cycling"]
        )
