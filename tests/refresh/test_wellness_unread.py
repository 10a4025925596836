"""`[read] wellness = false`: nights and days of devices stay unread, and each file says so."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests.builders import SETTINGS, home_at, rows, run_fit
from tightlog.errors import SettingsError
from tightlog.home.settings import Home, Settings, settings_in
from tightlog.refresh.refresh import refresh
from tightlog.simulation.apple_health.apple_planted import PlantedWorkout
from tightlog.simulation.apple_health.export import AppleExport
from tightlog.simulation.apple_health.nights_planted import PlantedNight
from tightlog.simulation.files.watch_days import WatchNight, sleep_fit
from tightlog.words.files import WELLNESS_UNREAD

EVENING = datetime(2026, 5, 3, 21, tzinfo=UTC)
SLEEP = sleep_fit(WatchNight(EVENING, [("light", 300), ("deep", 90)], EVENING))
DAYS = json.dumps([{"calendarDate": "2026-05-04", "totalSteps": 9_000}]).encode()
EXPORT = AppleExport(
    (PlantedWorkout(EVENING, 900, distance_m=2_700.0),),
    nights=(PlantedNight(EVENING, [("AsleepCore", 400)]),),
)
UNREAD = replace(SETTINGS, reads_wellness=False)


def known(home: Home, settings: Settings) -> tuple[int, int]:
    """How many values are known of nights and days, and how many activities."""
    refresh(home, settings, today=date(2026, 5, 5), analysed=False)
    (row,) = rows(home, "select (select count(*) from context) as v, count(*) as n from activity")
    return row["v"], row["n"]


def test_nights_and_days_stay_unread_with_the_reason_and_the_runs_are_read(tmp_path: Path) -> None:
    xml = next(iter(EXPORT.files().values()))
    home = home_at(tmp_path, a_fit=SLEEP, x_sleepData_json=DAYS, export_xml=xml, run_fit=run_fit())
    assert known(home, UNREAD) == (0, 2)
    unread = rows(home, f"select path, status from source_file where reason = '{WELLNESS_UNREAD}'")
    assert {(row["path"], row["status"]) for row in unread} == {
        ("a.fit", "no_activity"),
        ("x_sleepData.json", "no_activity"),
        ("export.xml", "no_activity"),
    }


def test_of_a_table_with_both_only_what_the_runner_tapped_is_read(tmp_path: Path) -> None:
    table = b"date,restingHR,hrv,sleepSecs,soreness\n2026-05-04,48,62,27000,2\n"
    home = home_at(tmp_path, intervals_csv=table)
    assert [known(home, one)[0] for one in (SETTINGS, UNREAD)] == [4, 1]


def test_another_answer_reads_them_and_takes_them_back(tmp_path: Path) -> None:
    home = home_at(tmp_path, a_fit=SLEEP, x_sleepData_json=DAYS)
    assert [known(home, one)[0] for one in (SETTINGS, UNREAD, SETTINGS)] == [8, 0, 8]


def test_the_setting_is_a_yes_or_a_no_and_yes_without_it() -> None:
    assert settings_in("").reads_wellness
    assert not settings_in("[read]\nwellness = false").reads_wellness
    with pytest.raises(SettingsError, match=r"read\.wellness is true or false"):
        settings_in('[read]\nwellness = "no"')
