"""Nights and days of Garmin's export in JSON, as downloaded and as tools write it."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.builders import SETTINGS, home_at, rows, run_fit, zipped
from tests.corpus import CORPUS
from tightlog.domain.file_status import FileStatus
from tightlog.domain.reading import Reading
from tightlog.readers.content import read_content
from tightlog.refresh.refresh import refresh

ZONE = ZoneInfo("Europe/Zurich")
SLEPT: Mapping[str, object] = {
    "calendarDate": "2026-05-04",
    "sleepStartTimestampGMT": "2026-05-03T21:15:00.0",
    "sleepEndTimestampGMT": "2026-05-04T04:45:00.0",
    "sleepWindowConfirmationType": "ENHANCED_CONFIRMED_FINAL",
    "deepSleepSeconds": 5_400,
    "lightSleepSeconds": 14_400,
    "remSleepSeconds": 5_400,
    "awakeSleepSeconds": 1_800,
}
DAY: Mapping[str, object] = {
    "calendarDate": "2026-05-04",
    "wellnessEndTimeGmt": "2026-05-04T22:00:00.0",
    "totalSteps": 9_876,
    "restingHeartRate": 52,
    "currentDayRestingHeartRate": 47,
    "allDayStress": {
        "aggregatorList": [
            {"type": "AWAKE", "averageStressLevel": 40},
            {"type": "TOTAL", "averageStressLevel": 28},
        ]
    },
}
HEALTH: Mapping[str, object] = {
    "calendarDate": "2026-05-04",
    "metrics": [
        {"type": "HR", "value": 50.0},
        {"type": "HRV", "value": 61.0, "status": "IN_RANGE"},
    ],
}


def taken(*entries: object) -> Reading:
    return read_content(json.dumps(list(entries)).encode(), "x.json", ZONE)


def values(reading: Reading) -> dict[str, float | None]:
    return {one.name: one.value for one in reading.context}


def test_a_confirmed_night_is_taken_with_its_stages_on_its_own_date() -> None:
    reading = taken(SLEPT)
    assert values(reading) == {
        "sleep_h": 7.0,
        "time_in_bed_h": 7.5,
        "sleep_deep_h": 1.5,
        "sleep_light_h": 4.0,
        "sleep_rem_h": 1.5,
        "sleep_awake_h": 0.5,
        "bed_time_h": 11.25,
    }
    assert {(one.day, one.evidence, one.source) for one in reading.context} == {
        (date(2026, 5, 4), "stages", "garmin")
    }


@pytest.mark.parametrize("kind", ["OFF_WRIST", "UNCONFIRMED", "ENHANCED_TENTATIVE", "off_wrist"])
def test_a_night_the_watch_did_not_see_is_none_and_counted(kind: str) -> None:
    reading = taken({**SLEPT, "sleepWindowConfirmationType": kind})
    assert (reading.status, reading.context) == (FileStatus.NO_ACTIVITY, ())
    assert reading.reason == "1 night not confirmed by the watch left out"


@pytest.mark.parametrize("seconds", [0, None])
def test_a_night_of_no_seconds_is_missing(seconds: int | None) -> None:
    stages = ("deepSleepSeconds", "lightSleepSeconds", "remSleepSeconds")
    reading = taken({**SLEPT, **dict.fromkeys(stages, seconds)})
    assert reading.context == ()


def test_the_days_own_resting_heart_rate_is_taken_in_either_shape_never_the_weeks_mean() -> None:
    assert values(taken(DAY))["resting_heart_rate_bpm"] == 47.0
    of_tools = {"calendarDate": "2026-05-04", "restingHeartRate": 47,
                "lastSevenDaysAvgRestingHeartRate": 52}  # fmt: skip
    assert values(taken(of_tools)) == {"resting_heart_rate_bpm": 47.0}
    week_alone = {"calendarDate": "2026-05-04", "restingHeartRate": 52}
    assert taken(week_alone).context == ()


def test_stress_is_that_of_the_whole_day_and_minus_one_is_none() -> None:
    assert values(taken(DAY))["watch_stress"] == 28.0
    none = {"aggregatorList": [{"type": "TOTAL", "averageStressLevel": -1}]}
    assert "watch_stress" not in values(taken({**DAY, "allDayStress": none}))
    assert "watch_stress" not in values(taken({**DAY, "allDayStress": {}}))


@pytest.mark.parametrize("metric", [{"value": 0}, {"value": 61, "status": "UNKNOWN"}, {}])
def test_variability_that_was_not_measured_is_missing(metric: Mapping[str, object]) -> None:
    assert values(taken(HEALTH)) == {"hrv_rmssd_ms": 61.0}
    assert taken({**HEALTH, "metrics": [{"type": "HRV", **metric}]}).context == ()


@pytest.mark.parametrize(
    "broken",
    [
        {"calendarDate": "0001-01-01"},
        {"calendarDate": "9999-12-31"},
        {"sleepEndTimestampGMT": "9999-12-31T23:59:59.0", "calendarDate": "9999-12-31"},
    ],
)
def test_an_impossible_date_costs_no_other_night(broken: Mapping[str, object]) -> None:
    assert values(taken({**SLEPT, **broken}, SLEPT)) == values(taken(SLEPT))


def test_a_negative_stage_makes_no_shorter_night_of_the_others() -> None:
    found = values(taken({**SLEPT, "deepSleepSeconds": -5_400}))
    assert "sleep_h" not in found


@pytest.mark.parametrize(
    ("day", "began", "ended", "bed_time_h"),
    [
        # The clock goes an hour forward, and back.
        ("2026-03-29", "2026-03-28T22:00:00.0", "2026-03-29T05:30:00.0", 11.0),
        ("2026-10-25", "2026-10-24T21:00:00.0", "2026-10-25T04:30:00.0", 11.0),
        # Slept in Tokyo: the home's clock says of that night neither day nor hour.
        ("2026-05-04", "2026-05-03T14:15:00.0", "2026-05-03T21:45:00.0", None),
        ("2027-01-01", "2026-12-31T23:30:00.0", "2027-01-01T07:00:00.0", 12.5),
    ],
)
def test_time_in_bed_is_by_instants_and_the_hour_by_the_clock_of_the_home(
    day: str, began: str, ended: str, bed_time_h: float | None
) -> None:
    times = {"calendarDate": day, "sleepStartTimestampGMT": began, "sleepEndTimestampGMT": ended}
    reading = taken({**SLEPT, **times})
    found = values(reading)
    assert (found["time_in_bed_h"], found.get("bed_time_h")) == (7.5, bed_time_h)
    assert {one.day.isoformat() for one in reading.context} == {day}


def test_odd_entries_give_nothing_and_damaged_json_a_reason() -> None:
    odd = ({"calendarDate": 7}, {"calendarDate": "2026-13-01", "totalSteps": 5}, 3, None, [DAY])
    assert taken(*odd).context == ()
    whole = json.dumps([DAY]).encode()
    assert read_content(whole[:-9], "x.json", ZONE).status is FileStatus.UNREADABLE


def test_the_export_as_downloaded_is_read_and_the_latest_word_on_a_day_counts(
    tmp_path: Path,
) -> None:
    early = {**DAY, "totalSteps": 4_000, "wellnessEndTimeGmt": "2026-05-04T12:00:00.0"}
    wellness = "DI_CONNECT/DI-Connect-Wellness/"
    files = {
        f"{wellness}2026-05-01_2026-08-01_7_sleepData.json": [SLEPT],
        f"{wellness}7_healthStatusData.json": [HEALTH],
        "DI_CONNECT/DI-Connect-Aggregator/UDSFile_2026-05-01_2026-08-01.json": [DAY],
        "DI_CONNECT/DI-Connect-Aggregator/UDSFile_2026-02-01_2026-05-05.json": [early],
        f"{wellness}HydrationLogFile_2026.json": [{"calendarDate": "2026-05-04", "totalSteps": 1}],
    }
    packed = zipped({name: json.dumps(found).encode() for name, found in files.items()})
    home = home_at(tmp_path, garmin_zip=packed, run_fit=run_fit())
    refresh(home, SETTINGS, today=date(2026, 5, 5))
    day = "context_sleep_h, context_hrv_rmssd_ms, context_steps, context_watch_stress"
    assert rows(home, f"select {day} from day where day = '2026-05-04'") == [
        {
            "context_sleep_h": 7.0,
            "context_hrv_rmssd_ms": 61.0,
            "context_steps": 9_876.0,
            "context_watch_stress": 28.0,
        }
    ]
    read = "select count(*) n from source_file where status = 'read' and reader = 'garmin_days'"
    assert rows(home, read) == [{"n": 4}]


@pytest.mark.skipif(not (CORPUS / "health").exists(), reason="the corpus is not here")
def test_json_of_tools_is_read() -> None:
    folder = CORPUS / "health" / "garth-connect-json"
    found = {
        path.stem: values(read_content(path.read_bytes(), path.name, ZONE))
        for path in sorted(folder.glob("*.json"))
    }
    assert found["sleep_data_get_1"]["sleep_h"] == pytest.approx(25_740 / 3_600)
    assert found["sleep_data_get_1"]["bed_time_h"] == pytest.approx(12 + 20 / 60)
    assert found["hrv_data_get"] == {"hrv_rmssd_ms": 42.0}
    assert found["daily_summary_get_2"]["resting_heart_rate_bpm"] == 51.0
    assert found["daily_sleep_data_get_1"] == {}
