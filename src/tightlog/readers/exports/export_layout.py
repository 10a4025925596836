"""Which files of a vendor's export are needed, by their names alone; the others are private and
never opened.

Strava: `activities.csv` and `activities/`, beside many other tables (logins, messages, privacy
zones).
Garmin: uploaded files, `…_summarizedActivities.json`, `…_gear.json` and the files with nights and
days below `DI_CONNECT/`, beside many other JSON files.
"""

import re
from collections.abc import Collection

from tightlog.domain.formats import ANY_RUN_ENDING
from tightlog.readers.health.days_names import is_days_name

# Browsers and clouds number the second download: `123.fit (2)`.
RUN_NAME = re.compile(rf".*(?:{ANY_RUN_ENDING})(?:\.gz)?(?: ?\(\d+\))?\Z", re.DOTALL)
STRAVA_LIST, STRAVA_FOLDER = "activities.csv", "activities/"
STRAVA_SIDE_FOLDERS = ("routes/", "media/", "clubs/", "posts/")
# Names of Strava's other tables, seen in exports of several years.
SIDE_TABLES = """
applications bikes blocks clubs comments components connected_apps contacts email_preferences
events favorites flags followers following general_preferences global_challenges goals
group_challenges groups kudos local_legend_segments logins media memberships messaging metering
mobile_device_identifiers orders partner_opt_outs posts privacy_zones profile reactions routes
segments shoes social_settings starred_routes starred_segments support_tickets visibility_settings
"""
STRAVA_SIDE_FILES = frozenset(f"{name}.csv" for name in re.findall(r"\w+", SIDE_TABLES)) | {
    "messaging.json"
}
GARMIN_FOLDER = re.compile(r"(.*?)(?:^|(?<=/))(?:di_connect|di-connect-[\w-]+)/")
GARMIN_SIDE_FOLDERS = ("customer_data/", "di-customer/", "di-golf/", "incidentdetection/")
GARMIN_LIST = re.compile(r"(?:summarizedactivities[^/]*|_gear)\.json\Z")

# Of Google's Takeout only the folders of its watches are looked at.
TAKEOUT = re.compile(r"(?:\A|/)takeout/(?!fitbit/|google health/|fit/)")
# Parts of other exports that nobody's back needs, wherever they lie.
PRIVATE_FOLDER = re.compile(
    r"(?:\A|/)(?:electrocardiograms|clinical-records)/|(?:\A|/)[^/]*_cda\.xml\Z"
)
# In a folder the runner may have given a file such a name.
PRIVATE_NAME = re.compile(
    r"(?:\A|/)(?:location history[^/]*/|(?:your profile|menstrual health|social)/"
    r"|(?:account-data|account-profile|contacts|emails?|messages|payments)[^/]*\Z)"
)
NOT_NEEDED = "this part of the export holds no run, so it is not opened"
PLANNED = "a planned route of the export, not a run"


def not_needed(paths: Collection[str], *, as_downloaded: bool) -> dict[str, str]:
    """Why each path must not be opened (the reason of ReasonCode.NOT_NEEDED), of the paths of one
    archive or folder tree.

    In an archive (`as_downloaded`) everything of an export stays closed except what is needed; in a
    folder, where the runner may have put other files, only what is known to belong to the export.
    """
    # Some programs pack with the other slash.
    lowered = {path: path.lower().replace("\\", "/") for path in paths}
    strava, garmin = _strava_folders(set(lowered.values())), _garmin_folders(lowered.values())
    reasons = {
        path: NOT_NEEDED
        if _is_private(low, as_downloaded)
        else _reason(low, strava, garmin, as_downloaded)
        for path, low in lowered.items()
    }
    return {path: reason for path, reason in reasons.items() if reason}


def _is_private(path: str, as_downloaded: bool) -> bool:
    named = TAKEOUT.search(path) or PRIVATE_NAME.search(path)
    return PRIVATE_FOLDER.search(path) is not None or (as_downloaded and named is not None)


def is_run_name(path: str) -> bool:
    """True for a name recordings have."""
    return RUN_NAME.match(path.lower()) is not None


def is_list(path: str) -> bool:
    """True for the name of a vendor's list of activities, or of gear, that is no table."""
    return GARMIN_LIST.search(path.lower()) is not None


def _strava_folders(paths: set[str]) -> tuple[str, ...]:
    """Folders (`""` or ending in `/`) with a Strava export: its list beside its files, or beside
    side tables only Strava has.
    """
    lists = {
        path.removesuffix(STRAVA_LIST)
        for path in paths
        if path == STRAVA_LIST or path.endswith("/" + STRAVA_LIST)
    }
    return tuple(
        folder
        for folder in lists
        if any(folder + name in paths for name in STRAVA_SIDE_FILES)
        or any(path.startswith(folder + STRAVA_FOLDER) for path in paths)
    )


def _garmin_folders(paths: Collection[str]) -> tuple[str, ...]:
    return tuple({match[1] for path in paths if (match := GARMIN_FOLDER.match(path))})


def _reason(
    path: str, strava: tuple[str, ...], garmin: tuple[str, ...], as_downloaded: bool
) -> str | None:
    for folder in strava:
        if path.startswith(folder) and (
            reason := _in_strava(path.removeprefix(folder), as_downloaded)
        ):
            return reason
    if any(path.startswith(folder) for folder in garmin) and not _is_needed(path):
        inside = GARMIN_FOLDER.match(path) or any(
            path.startswith(folder + side) for folder in garmin for side in GARMIN_SIDE_FOLDERS
        )
        return NOT_NEEDED if inside or as_downloaded else None
    return None


def _in_strava(path: str, as_downloaded: bool) -> str | None:
    if path == STRAVA_LIST or path.startswith(STRAVA_FOLDER):
        return None
    if path.startswith(STRAVA_SIDE_FOLDERS):
        return PLANNED if is_run_name(path) else NOT_NEEDED
    if path in STRAVA_SIDE_FILES or (as_downloaded and not _is_needed(path)):
        return NOT_NEEDED
    return None


def _is_needed(path: str) -> bool:
    return is_run_name(path) or path.endswith(".zip") or is_list(path) or is_days_name(path)
