"""The same recording means the same, whichever format it comes in."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from tests.builders import garmin_entry, garmin_json, run_fit, run_gpx, strava_csv, strava_row
from tightlog.domain.activity import Activity
from tightlog.domain.channels import CREDIBLE_HEART_RATE_BPM
from tightlog.domain.formats import DIARY, FORMATS
from tightlog.domain.reading import Reading
from tightlog.domain.sports import INDOOR_SUB_SPORTS
from tightlog.readers.exports.garmin import read_garmin_list
from tightlog.readers.exports.strava import read_strava_csv
from tightlog.readers.exports.summary import Listed, listed_activity
from tightlog.readers.fit import profile, read_fit
from tightlog.readers.health.apple import read_apple
from tightlog.readers.sport_words import sport_of
from tightlog.readers.xml.gpx import read_gpx
from tightlog.readers.xml.tcx import read_tcx
from tightlog.simulation.apple_health.apple_planted import PlantedWorkout
from tightlog.simulation.apple_health.export import AppleExport

START = datetime(2026, 5, 4, 5, 30, tzinfo=UTC)
LOWEST, HIGHEST = (int(end) for end in CREDIBLE_HEART_RATE_BPM)
HEART_RATE_PLACE = 30  # of a Strava list's row


def tcx(heart_rate: int = 145, sport: str = "Running", notes: str = "") -> bytes:
    points = "".join(
        f"<Trackpoint><Time>2026-05-04T05:30:{second:02d}Z</Time>"
        f"<DistanceMeters>{second * 3}</DistanceMeters>"
        f"<HeartRateBpm><Value>{heart_rate}</Value></HeartRateBpm></Trackpoint>"
        for second in range(60)
    )
    return (
        '<?xml version="1.0"?><TrainingCenterDatabase><Activities>'
        f'<Activity Sport="{sport}"><Id>2026-05-04T05:30:00Z</Id>'
        f'<Lap StartTime="2026-05-04T05:30:00Z"><TotalTimeSeconds>59</TotalTimeSeconds>'
        f"<DistanceMeters>177</DistanceMeters><AverageHeartRateBpm><Value>{heart_rate}</Value>"
        f"</AverageHeartRateBpm><Track>{points}</Track></Lap><Notes>{notes}</Notes></Activity>"
        "</Activities></TrainingCenterDatabase>"
    ).encode()


def gpx(heart_rate: int) -> bytes:
    return run_gpx().replace(b"<gpxtpx:hr>145<", f"<gpxtpx:hr>{heart_rate}<".encode())


def apple_xml(heart_rate: int) -> bytes:
    """The XML of an export; the workout also states its mean heart rate."""
    workout = PlantedWorkout(START, 60, heart_rate_bpm=(heart_rate,) * 13)
    stated = (
        f'<WorkoutStatistics type="HKQuantityTypeIdentifierHeartRate" average="{heart_rate}" '
        'unit="count/min"/></Workout>'
    )
    xml = next(iter(AppleExport((workout,)).files().values()))
    return xml.replace(b"</Workout>", stated.encode())


READ: dict[str, Callable[[int], Reading]] = {
    "fit": lambda bpm: read_fit(run_fit(heart_rate=bpm), "a.fit"),
    "gpx": lambda bpm: read_gpx(gpx(bpm), "a.gpx"),
    "tcx": lambda bpm: read_tcx(tcx(bpm), "a.tcx"),
    "strava": lambda bpm: read_strava_csv(strava_csv({**strava_row(), HEART_RATE_PLACE: str(bpm)})),
    "garmin": lambda bpm: read_garmin_list(garmin_json({**garmin_entry(), "avgHr": bpm})),
    "apple_health": lambda bpm: read_apple(apple_xml(bpm), ZoneInfo("UTC")),
}


def only(reading: Reading) -> Activity:
    (activity,) = reading.activities
    return activity


@pytest.mark.parametrize("file_format", READ)
@pytest.mark.parametrize("heart_rate", [LOWEST, HIGHEST])
def test_heart_rate_at_the_ends_of_its_range_is_kept(file_format: str, heart_rate: int) -> None:
    run = only(READ[file_format](heart_rate))
    assert run.heart_rate_bpm == heart_rate
    assert run.records["heart_rate_bpm"].null_count() == 0


@pytest.mark.parametrize("file_format", READ)
@pytest.mark.parametrize("heart_rate", [LOWEST - 1, HIGHEST + 1])
def test_heart_rate_beyond_its_range_is_missing(file_format: str, heart_rate: int) -> None:
    run = only(READ[file_format](heart_rate))
    assert run.heart_rate_bpm is None
    assert run.records["heart_rate_bpm"].null_count() == run.records.height
    assert run.laps["heart_rate_bpm"].drop_nulls().is_empty()


def test_indoor_sub_sports_are_names_of_the_fit_profile() -> None:
    later_names = {"indoor_walking", "indoor_running"}
    assert INDOOR_SUB_SPORTS - set(profile.SUB_SPORTS.values()) <= later_names


@pytest.mark.parametrize("sub_sport", sorted(INDOOR_SUB_SPORTS))
def test_a_listed_activity_of_an_indoor_sub_sport_is_indoor(sub_sport: str) -> None:
    listed = Listed("a list", ("fitness_equipment", sub_sport), START, elapsed_s=1800.0)
    assert listed_activity(listed, 0).is_indoor is True
    outdoors = replace(listed, sport=("fitness_equipment", "generic"))
    assert listed_activity(outdoors, 0).is_indoor is None


def test_an_elliptical_is_indoor_from_fit_and_from_tcx() -> None:
    number = next(key for key, name in profile.SUB_SPORTS.items() if name == "elliptical")
    assert only(read_fit(run_fit(sport=4, sub_sport=number), "a.fit")).is_indoor is True
    assert sport_of("Elliptical") == ("fitness_equipment", "elliptical")
    from_tcx = only(read_tcx(tcx(sport="Other", notes="Elliptical"), "a.tcx"))
    assert (from_tcx.sub_sport, from_tcx.is_indoor) == ("elliptical", True)


def test_a_mean_from_fit_records_leaves_out_what_no_heart_does() -> None:
    data = run_fit(heart_rate=145)
    spiked = bytearray(data)
    heart = np.flatnonzero(np.frombuffer(data, dtype=np.uint8) == 145)
    assert heart.size > 1000
    for place in heart[: heart.size // 2]:
        spiked[place] = 250
    found = only(read_fit(bytes(spiked), "a.fit"))
    assert found.heart_rate_bpm == 145
    assert found.records["heart_rate_bpm"].drop_nulls().unique().to_list() == [145.0]


def test_every_format_with_activities_is_tried() -> None:
    assert set(READ) == {one.name for one in FORMATS if one is not DIARY and not one.holds_days}
