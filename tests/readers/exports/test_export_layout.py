"""Exports: what is needed is told by the names alone, in archives as downloaded and in folders
the runner unpacked.
"""

from collections.abc import Collection

from tightlog.readers.exports.export_layout import not_needed

STRAVA = [
    "activities.csv",
    "activities/1.fit.gz",
    "activities/2.gpx",
    "logins.csv",
    "messaging.json",
    "routes/9.gpx",
    "media/a.jpg",
    "new_table.csv",
]
GARMIN = [
    "DI_CONNECT/DI-Connect-Fitness/me_0_summarizedActivities.json",
    "DI_CONNECT/DI-Connect-Fitness/me_gear.json",
    "DI_CONNECT/DI-Connect-Uploaded-Files/UploadedFiles_0-_Part1.zip",
    "DI_CONNECT/DI-Connect-Aggregator/UDSFile_2026-01-01_2026-04-11.json",
    "DI_CONNECT/DI-Connect-User/me_userProfile.json",
    "customer_data/customer.json",
    "IT_SUPPORT/chats.json",
]


def closed(paths: Collection[str], **options: bool) -> set[str]:
    return {
        path for path in paths if path in not_needed(paths, **{"as_downloaded": True} | options)
    }


def test_of_a_strava_archive_only_the_list_and_the_activities_are_opened() -> None:
    assert closed(STRAVA) == set(STRAVA) - {
        "activities.csv",
        "activities/1.fit.gz",
        "activities/2.gpx",
    }
    assert closed([f"export_1/{path}" for path in STRAVA]) == {
        f"export_1/{path}" for path in closed(STRAVA)
    }


def test_of_a_garmin_archive_only_lists_uploaded_files_and_days_are_opened() -> None:
    assert set(GARMIN) - closed(GARMIN) == set(GARMIN[:4])


def test_of_any_archive_what_is_private_stays_closed() -> None:
    private = [
        "Takeout/Contacts/all.csv",
        "Takeout/Location History/Records.json",
        "takeout/mail/a.csv",
        "Takeout\\Contacts\\mine.csv",
        "apple_health_export/electrocardiograms/ecg_2026-05-04.csv",
        "apple_health_export/clinical-records/1.json",
        "apple_health_export/Exportación_CDA.xml",
        "Takeout/Fitbit/Your Profile/Profile.csv",
        "MyFitbitData/me/Menstrual Health/cycles.csv",
        "polar/account-data-1.json",
        "export/contacts.csv",
        "export/Messages 2026.csv",
        "payments.csv",
    ]
    own = ["Takeout/Fitbit/Global Export Data/sleep-2026-05-04.json", "back.csv", "my profile.csv"]
    assert closed([*private, *own]) == set(private)
    of_apple = {path for path in private if path.startswith("apple_health_export")}
    assert closed([*private, *own], as_downloaded=False) == of_apple


def test_own_files_beside_an_unpacked_export_stay_open() -> None:
    own = ["scores.csv", "run.fit", "notes/scores.csv"]
    assert closed([*STRAVA, *own], as_downloaded=False) == closed(STRAVA) - {"new_table.csv"}
    assert closed([*GARMIN, *own], as_downloaded=False) == closed(GARMIN) - {
        "IT_SUPPORT/chats.json"
    }


def test_a_table_named_activities_alone_closes_nothing() -> None:
    assert closed(["activities.csv", "scores.csv"]) == set()
    assert closed(["mine/activities.csv", "other/logins.csv", "profile.csv"]) == set()
