"""The kind of each activity after a refresh, and what it makes of its day; a later file, setting or
correction gives what a rebuild gives.
"""

from datetime import timedelta
from typing import Any

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from tests.builders import START, home_at, run_fit, run_gpx, strava_csv, strava_row, untyped_gpx
from tightlog.answers.actions.activities import correct_activities, treat_unknown_as
from tightlog.answers.refresh_words import refresh_words
from tightlog.home.settings import Home, settings_in, settings_of
from tightlog.refresh.refresh import refresh
from tightlog.warehouse import store

DAY = timedelta(days=1)
ZONE = 'time_zone = "Europe/Zurich"\n'


def refreshed(home: Home, settings: str = "", **options: Any) -> pl.DataFrame:
    """The activities after a refresh by these settings, the oldest first."""
    home.settings_file.write_text(ZONE + settings, encoding="utf-8")
    refresh(home, settings_of(home), **options)
    return store.relation(store.published_version(home), "activity").sort("started_at")


def days(home: Home) -> pl.DataFrame:
    return store.relation(store.published_version(home), "day").sort("day")


def kinds(activities: pl.DataFrame) -> list[tuple[str, str]]:
    return activities.select("sport", "sport_rule").rows()


def test_each_kind_names_its_rule(tmp_path: Any) -> None:
    home = home_at(
        tmp_path,
        a_gpx=run_gpx(),
        b_gpx=untyped_gpx(START + DAY, name="Morning Run"),
        c_gpx=untyped_gpx(START + 2 * DAY, speeds_mps=(2.9,)),
        d_gpx=untyped_gpx(START + 3 * DAY, speeds_mps=(18.3,)),
        e_gpx=untyped_gpx(START + 4 * DAY, speeds_mps=(1.3,)),
        f_gpx=untyped_gpx(START + 5 * DAY),
        g_gpx=untyped_gpx(START + 6 * DAY),
        h_fit=run_fit(START + 6 * DAY, speed_mps=3.0),
        i_gpx=untyped_gpx(START + 7 * DAY, name="gpx from joyrun"),
    )
    assert kinds(refreshed(home)) == [
        ("running", "file"),
        ("running", "name"),
        ("running", "movement"),
        ("driving", "movement"),
        ("walking", "movement"),
        ("generic", "unknown"),
        ("running", "file"),
        ("running", "name"),
    ]
    assert days(home)["run_count"].to_list() == [1, 1, 1, 0, 0, None, 1, 1]
    assert days(home)["run_distance_m"].to_list()[3:6] == [0.0, 0.0, None]


def test_a_twin_and_a_list_say_what_the_file_does_not(tmp_path: Any) -> None:
    home = home_at(tmp_path, a_gpx=untyped_gpx(speeds_mps=(2.5, 3.1), minutes=4))
    assert kinds(refreshed(home)) == [("generic", "unknown")]
    row = strava_row(minutes=4, distance_m=672.0)
    (home.raw / "activities.csv").write_bytes(strava_csv(row))
    assert kinds(refreshed(home)) == [("running", "list")]


def test_a_drive_is_no_recording_of_a_run_at_the_same_time(tmp_path: Any) -> None:
    home = home_at(tmp_path, a_gpx=untyped_gpx(speeds_mps=(18.3,)), b_fit=run_fit())
    assert sorted(kinds(refreshed(home))) == [("driving", "movement"), ("running", "file")]
    assert days(home)["run_distance_m"].to_list() == [pytest.approx(3360)]


def test_the_settings_settle_what_nothing_says_and_a_rebuild_agrees(tmp_path: Any) -> None:
    home = home_at(
        tmp_path,
        a_gpx=untyped_gpx(),
        b_gpx=untyped_gpx(START + DAY, speeds_mps=(18.3,)),
        c_gpx=untyped_gpx(START + 2 * DAY, speeds_mps=(1.3,)),
        d_fit=run_fit(START + 3 * DAY, sport=2),
    )
    assert kinds(refreshed(home))[0] == ("generic", "unknown")
    later = refreshed(home, 'default_sport = "running"\n')
    assert kinds(later) == [
        ("running", "settings"),
        ("driving", "movement"),
        ("walking", "movement"),
        ("cycling", "file"),
    ]
    at_once = days(home)
    assert at_once["run_distance_m"][0] == pytest.approx(3600, abs=5)
    assert_frame_equal(refreshed(home, 'default_sport = "running"\n', from_scratch=True), later)
    assert_frame_equal(days(home), at_once)
    assert kinds(refreshed(home))[0] == ("generic", "unknown")


def test_one_action_settles_all_and_the_summary_says_it(tmp_path: Any) -> None:
    home = home_at(
        tmp_path,
        a_gpx=untyped_gpx(),
        b_gpx=untyped_gpx(START + DAY),
        c_gpx=untyped_gpx(START + 2 * DAY, speeds_mps=(18.3,)),
    )
    home.settings_file.write_text(ZONE, encoding="utf-8")
    summary = refresh(home, settings_of(home))
    assert summary.unknown_kinds == 2
    assert "2 activities may be runs" in refresh_words(summary, home)
    assert "--all-of-unknown-kind --sport running" in refresh_words(summary, home)
    assert treat_unknown_as(home, "running") == 2
    assert kinds(refreshed(home)) == [
        ("running", "correction"),
        ("running", "correction"),
        ("driving", "movement"),
    ]
    assert "may be runs" not in refresh_words(refresh(home, settings_of(home)), home)
    assert treat_unknown_as(home, "running") == 0


def test_a_run_of_unknown_kind_has_its_windows_and_steps_once_it_is_one(tmp_path: Any) -> None:
    home = home_at(tmp_path, a_gpx=run_gpx(steps=84).replace(b"<type>running</type>", b""))
    activity = refreshed(home).row(0, named=True)
    assert (activity["sport"], activity["sport_rule"]) == ("running", "movement")
    assert activity["cadence_spm"] == 168
    assert activity["cadence_raw"] == 84


def test_an_accidental_start_is_kept_and_counts_for_nothing(tmp_path: Any) -> None:
    home = home_at(
        tmp_path,
        a_fit=run_fit(),
        b_gpx=run_gpx(START + DAY, minutes=1).replace(b"05:31:00Z", b"05:30:59Z"),
        c_gpx=run_gpx(START + 2 * DAY, minutes=1, speed_mps=1.0),
        d_fit=run_fit(START + 3 * DAY, sport=60, speed_mps=0),
    )
    every = refreshed(home)["activity_id"].to_list()
    correct_activities(home, every, {"rpe": 5.0})
    found = refreshed(home)
    assert found["is_counted"].to_list() == [True, False, False, False]
    assert found["load_au"].to_list() == [pytest.approx(100), None, None, None]
    assert days(home)["run_count"].to_list() == [1, 0, 0, 0]
    assert days(home)["run_distance_m"].to_list() == [pytest.approx(3360), 0.0, 0.0, 0.0]


def test_default_sport_is_one_of_a_list() -> None:
    assert settings_in(ZONE + 'default_sport = "running"').default_sport == "running"
    assert settings_in(ZONE).default_sport is None
    for wrong in ('"quidditch"', "7", '["running"]'):
        with pytest.raises(Exception, match="default_sport is one of running"):
            settings_in(f"{ZONE}default_sport = {wrong}")


def test_own_runs_that_come_later_say_what_a_short_recording_was(tmp_path: Any) -> None:
    short = run_gpx(minutes=4).replace(b"<type>running</type>", b"")
    short = short.replace(b"<gpxtpx:cad>168</gpxtpx:cad>", b"")
    home = home_at(tmp_path, short_gpx=short)
    assert kinds(refreshed(home)) == [("generic", "unknown")]
    for number in range(1, 11):
        run = run_gpx(START + number * DAY, minutes=6)
        (home.raw / f"run{number}.gpx").write_bytes(run)
    later = refreshed(home)
    assert kinds(later) == [("running", "own_runs"), *[("running", "file")] * 10]
    assert days(home)["run_count"].to_list() == [1] * 11
    assert days(home)["unknown_kind_min"].to_list() == [0.0] * 11
    assert_frame_equal(refreshed(home, from_scratch=True), later)
    (home.raw / "run10.gpx").unlink()
    assert kinds(refreshed(home))[0] == ("generic", "unknown")
    assert days(home)["run_distance_m"][0] is None
