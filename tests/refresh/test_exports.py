"""Vendors' exports end to end: no activity lost, none doubled, facts taken over, private parts
never opened.
"""

import gzip
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from pathlib import Path

import pytest
from polars.testing import assert_frame_equal

from tests.builders import (
    SETTINGS,
    START,
    garmin_entry,
    garmin_json,
    home_at,
    monitoring_fit,
    rows,
    run_fit,
    run_gpx,
    strava_csv,
    strava_row,
    unplaced_gpx,
    zipped,
)
from tightlog.home.settings import Home
from tightlog.refresh.refresh import refresh
from tightlog.refresh.summary import RefreshSummary
from tightlog.warehouse import store

DAY = timedelta(days=1)


def refreshed(home: Home, *, analysed: bool = False) -> RefreshSummary:
    """What is read from an export depends on no analysis."""
    return refresh(home, SETTINGS, today=date(2026, 5, 12), analysed=analysed)


def strava_export() -> dict[str, bytes]:
    """A FIT, a GPX that names no sport, a broken file, a row typed in by hand and one whose file
    is gone; and what is nobody's business.
    """
    return {
        "activities.csv": strava_csv(
            strava_row(
                number=1, file="activities/901.fit.gz", gear="Blue shoe", rpe="6", name="Tempo"
            ),
            strava_row(
                START + DAY, number=2, file="activities/902.gpx", gear="Red shoe", name="Easy"
            ),
            strava_row(START + 2 * DAY, number=3, file="activities/903.fit.gz", name="Broken"),
            strava_row(START + 3 * DAY, number=4, name="By hand"),
            strava_row(
                START + 4 * DAY,
                number=5,
                file="#error#",
                kind="Weight Training",
                distance_m=0.0,
                name="Weights",
            ),
            strava_row(START + 5 * DAY, number=6, file="activities/906.gpx", name="Shifted"),
        ),
        "activities/901.fit.gz": gzip.compress(run_fit(), mtime=0),
        "activities/902.gpx": unplaced_gpx(START + DAY),
        "activities/903.fit.gz": gzip.compress(b"no FIT file", mtime=0),
        # Its clock is off by 90 minutes: only the list knows that the two are one.
        "activities/906.gpx": run_gpx(START + 5 * DAY + timedelta(minutes=97), minutes=21),
        "logins.csv": b"IP Address,Login Source\n192.0.2.1,web\n",
        "messaging.json": b"{}",
        "profile.csv": b"private",
        "media/1.jpg": b"\xff\xd8",
        "routes/1.gpx": run_gpx(START + 6 * DAY),
    }


PRIVATE = ("logins.csv", "messaging.json", "profile.csv", "media/1.jpg", "routes/1.gpx")


def unpacked(home: Home, folder: str, files: Mapping[str, bytes]) -> None:
    for name, content in files.items():
        place = home.raw / folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)


def as_archive(tmp_path: Path) -> Home:
    return home_at(tmp_path, export_zip=zipped(strava_export()))


def as_folder(tmp_path: Path) -> Home:
    home = home_at(tmp_path)
    unpacked(home, "export_1", strava_export())
    return home


def as_data_raw_itself(tmp_path: Path) -> Home:
    home = home_at(tmp_path)
    unpacked(home, ".", strava_export())
    return home


@pytest.mark.parametrize("home_with", [as_archive, as_folder, as_data_raw_itself])
def test_strava_export_counts_every_activity_once_and_opens_nothing_private(
    tmp_path: Path, home_with: Callable[[Path], Home]
) -> None:
    home = home_with(tmp_path)
    outcome = refreshed(home)
    assert outcome.activities == 6
    kept = rows(
        home,
        (
            "select name, sport, sub_sport, shoe, rpe, distance_m, cadence_spm, sha256 from "
            "activity order by started_at"
        ),
    )
    assert [row["name"] for row in kept[:5]] == ["Tempo", "Easy", "Broken", "By hand", "Weights"]
    assert [(row["shoe"], row["rpe"]) for row in kept[:2]] == [("Blue shoe", 6), ("Red shoe", None)]
    assert (kept[4]["sport"], kept[4]["sub_sport"], kept[4]["distance_m"]) == (
        "training",
        "strength_training",
        None,
    )
    places = {
        (row["member"] or row["path"]).removeprefix("export_1/"): row
        for row in rows(
            home, "select path, member, sha256, status, reason_code, reader from source_file"
        )
    }
    assert all(
        places[name]["sha256"] is None
        and (places[name]["status"], places[name]["reason_code"]) == ("no_activity", "not_needed")
        for name in PRIVATE
    )
    assert (places["activities.csv"]["status"], places["activities.csv"]["reader"]) == (
        "read",
        "strava",
    )
    assert refreshed(home).files["unchanged"] == sum(outcome.files.values())


def test_gpx_without_a_sport_becomes_the_run_its_list_says_with_its_cadence(tmp_path: Path) -> None:
    home = as_archive(tmp_path)
    refreshed(home, analysed=True)
    (run,) = rows(
        home,
        (
            "select activity_id, sport, cadence_spm, cadence_rule, cadence_raw from activity "
            "where name = 'Easy'"
        ),
    )
    assert (run["sport"], run["cadence_raw"], run["cadence_spm"]) == ("running", 84, 168)
    assert "strides x 2" in run["cadence_rule"]
    assert rows(
        home, f"select distinct cadence_spm from record where activity_id = '{run['activity_id']}'"
    ) == [{"cadence_spm": 168}]
    assert rows(
        home, "select run_distance_m > 3000 as counts from day where day = date '2026-05-05'"
    ) == [{"counts": True}]


def test_list_whose_activities_are_all_in_its_files_is_a_duplicate_that_says_so(
    tmp_path: Path,
) -> None:
    home = home_at(
        tmp_path,
        export_zip=zipped(
            {
                "activities.csv": strava_csv(
                    strava_row(file="activities/1.fit"),
                    strava_row(START + DAY, number=2, file="activities/2.gpx"),
                ),
                "activities/1.fit": run_fit(),
                "activities/2.gpx": run_gpx(START + DAY),
            }
        ),
    )
    assert refreshed(home).activities == 2
    (listed,) = rows(
        home, "select status, reason, activity_count from source_file where reader = 'strava'"
    )
    assert listed == {
        "status": "duplicate",
        "activity_count": 2,
        "reason": "its 2 activities are in the export's own files, which say more",
    }


def test_list_without_its_files_still_counts_and_steps_back_when_they_come(tmp_path: Path) -> None:
    listed = strava_csv(strava_row(file="activities/1.fit.gz", name="Tempo"))
    home = home_at(tmp_path, activities_csv=listed)
    assert refreshed(home).activities == 1
    assert rows(home, "select reader, status from source_file") == [
        {"reader": "strava", "status": "read"}
    ]
    (home.raw / "activities").mkdir()
    (home.raw / "activities" / "1.fit").write_bytes(run_fit())
    assert refreshed(home).activities == 1
    assert rows(
        home,
        "select a.name, s.reader from activity as a join source_file as s on s.sha256 = a.sha256",
    ) == [{"name": "Tempo", "reader": "fit"}]
    (home.raw / "activities.csv").unlink()
    refreshed(home)
    assert rows(home, "select name from activity") == [{"name": None}]


def test_damaged_recording_gives_way_to_a_list_that_knows_the_whole_run(tmp_path: Path) -> None:
    home = home_at(
        tmp_path,
        export_zip=zipped(
            {
                "activities.csv": strava_csv(
                    strava_row(file="activities/1.fit", minutes=60, distance_m=10_080)
                ),
                "activities/1.fit": run_fit(minutes=60)[:9_000],
            }
        ),
    )
    assert refreshed(home).activities == 1
    assert rows(home, "select moving_s, distance_m from activity") == [
        {"moving_s": 3600, "distance_m": 10_080}
    ]


def garmin_export(extra: Iterable[dict[str, object]] = ()) -> dict[str, bytes]:
    uploaded = {f"me_{1000 + day}.fit": monitoring_fit(day) for day in range(40)} | {
        "me_1.fit": run_fit(),
        "me_2.fit": run_fit(START + DAY, minutes=30),
    }
    return {
        "DI_CONNECT/DI-Connect-Fitness/me_0_summarizedActivities.json": garmin_json(
            garmin_entry(number=71, workoutRpe=50, name="Town Running"),
            garmin_entry(START + DAY, number=72, minutes=30, distance_m=6000),
            garmin_entry(
                START + 2 * DAY,
                number=73,
                minutes=45,
                distance_m=8000,
                name="Treadmill",
                kind="treadmill_running",
            ),
            *extra,
        ),
        "DI_CONNECT/DI-Connect-Uploaded-Files/UploadedFiles_0-_Part1.zip": zipped(uploaded),
        "DI_CONNECT/DI-Connect-User/me_userProfile.json": b'[{"sleep": "private"}]',
        "customer_data/customer.json": b'{"name": "private"}',
    }


@pytest.mark.parametrize("is_packed", [True, False])
def test_garmin_export_finds_the_runs_among_the_monitoring_files(
    tmp_path: Path, is_packed: bool
) -> None:
    home = home_at(tmp_path)
    if is_packed:
        (home.raw / "garmin.zip").write_bytes(zipped(garmin_export()))
    else:
        unpacked(home, "garmin", garmin_export())
    outcome = refreshed(home)
    assert (outcome.activities, outcome.files["unreadable"]) == (3, 0)
    # The second distance was corrected at the vendor's: still one run, as the watch recorded it.
    kept = rows(
        home,
        (
            "select name, rpe, sub_sport, round(distance_m) as distance_m, is_indoor from "
            "activity order by started_at"
        ),
    )
    assert kept == [
        {
            "name": "Town Running",
            "rpe": 5,
            "sub_sport": "generic",
            "distance_m": 3360,
            "is_indoor": True,
        },
        {"name": None, "rpe": None, "sub_sport": "generic", "distance_m": 5040, "is_indoor": True},
        {
            "name": "Treadmill",
            "rpe": None,
            "sub_sport": "treadmill",
            "distance_m": 8000,
            "is_indoor": True,
        },
    ]
    private = rows(
        home,
        "select sha256, status from source_file where concat(path, '/', member) like "
        "'%userProfile%' or "
        "concat(path, '/', member) like '%customer%'",
    )
    assert private == [{"sha256": None, "status": "no_activity"}] * 2
    assert rows(
        home,
        (
            "select count(*) as n from source_file where status = 'no_activity' and sha256 is not "
            "null and reader = 'fit'"
        ),
    ) == [{"n": 40}]


def test_strava_and_garmin_exports_of_the_same_runs_count_them_once(tmp_path: Path) -> None:
    home = home_at(
        tmp_path,
        garmin_zip=zipped(garmin_export()),
        strava_zip=zipped(
            {
                "activities.csv": strava_csv(
                    strava_row(file="activities/1.gpx", gear="Blue shoe"),
                    strava_row(
                        START + 2 * DAY, number=2, minutes=45, distance_m=8000, gear="Old shoe"
                    ),
                ),
                "activities/1.gpx": run_gpx(),
            }
        ),
    )
    assert refreshed(home).activities == 3
    assert rows(home, "select shoe, rpe from activity order by started_at") == [
        {"shoe": "Blue shoe", "rpe": 5},
        {"shoe": None, "rpe": None},
        {"shoe": "Old shoe", "rpe": None},
    ]


def test_sport_corrected_at_the_vendor_makes_no_second_activity(tmp_path: Path) -> None:
    home = home_at(tmp_path, a_fit=run_fit(), list_json=garmin_json(garmin_entry(kind="hiking")))
    assert refreshed(home).activities == 1
    assert rows(home, "select sport from activity") == [{"sport": "running"}]


def test_two_listed_sessions_one_after_the_other_stay_two(tmp_path: Path) -> None:
    later = START + timedelta(minutes=25)
    home = home_at(
        tmp_path,
        a_fit=run_fit(),
        list_json=garmin_json(
            garmin_entry(), garmin_entry(later, number=2, kind="strength_training", distance_m=0.0)
        ),
    )
    assert refreshed(home).activities == 2


def test_running_page_folders_hold_each_run_once(tmp_path: Path) -> None:
    home = home_at(tmp_path)
    unpacked(
        home,
        "running_page",
        {
            "FIT_OUT/1.fit": run_fit(),
            "GPX_OUT/1.gpx": run_gpx(),
            "GPX_OUT/2.gpx": run_gpx(START + DAY),
        },
    )
    assert refreshed(home).activities == 2


def test_malformed_list_is_a_row_with_a_reason(tmp_path: Path) -> None:
    home = home_at(tmp_path, list_json=b'[{"summarizedActivitiesExport":[{"activityId": 1,')
    assert refreshed(home).files["unreadable"] == 1
    assert "damaged" in rows(home, "select reason from source_file")[0]["reason"]


def test_export_that_came_in_pieces_gives_what_it_gives_at_once(tmp_path: Path) -> None:
    home, files = home_at(tmp_path), strava_export()
    for piece in (
        ["activities/902.gpx", "logins.csv"],
        ["activities.csv"],
        [name for name in files if name.startswith("activities/")],
    ):
        unpacked(home, "export_1", {name: files[name] for name in piece})
        refreshed(home, analysed=True)
    unpacked(home, "export_1", files)
    refreshed(home, analysed=True)
    relations = ("activity", "duplicate_activity", "record", "source_file")
    grown = {name: store.relation(store.published_version(home), name) for name in relations}
    refresh(home, SETTINGS, today=date(2026, 5, 12), from_scratch=True)
    for name, before in grown.items():
        moving = {"first_seen_at", "is_new", "stat_fingerprint"} & set(before.columns)
        after = store.relation(store.published_version(home), name)
        assert_frame_equal(
            before.drop(moving),
            after.drop(moving),
            check_row_order=name != "record",
            check_column_order=False,
        )
