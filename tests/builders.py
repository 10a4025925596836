"""Invented files and homes for tests: small, real bytes in real formats."""

import csv
import io
import json
import shutil
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from tightlog.domain.red_flags import RedFlagSpan, Sign
from tightlog.home.settings import Home, Settings
from tightlog.simulation.files.fit_file import FIT_EPOCH, FitMessage, fit_file
from tightlog.simulation.files.steady_run import (
    CYCLING,
    RUNNING,
    START,
    TRAINING,
    run_fit,
    run_gpx,
    unplaced_gpx,
    untyped_gpx,
)
from tightlog.warehouse import store
from tightlog.warehouse.access import segment_folder
from tightlog.warehouse.drafts.draft import Draft
from tightlog.warehouse.publish import draft_connection, publish_draft, start_draft
from tightlog.warehouse.segments.shelf import Shelf

RIGHT = "three easy words"
SETTINGS = Settings(time_zone="Europe/Zurich", fingerprint="test")

STRAVA_NAMES = (
    "Activity ID,Activity Date,Activity Name,Activity Type,Activity Description,Elapsed "
    "Time,Distance,Max Heart Rate,Relative Effort,Commute,"
    "Activity Gear,Filename,Athlete Weight,Bike Weight,Elapsed Time,Moving Time,Distance,Max "
    "Speed,Average Speed,Elevation Gain,Elevation Loss,"
    "Elevation Low,Elevation High,Max Grade,Average Grade,Average Positive Grade,Average "
    "Negative Grade,Max Cadence,Average Cadence,"
    "Max Heart Rate,Average Heart Rate,Max Watts,Average Watts,Calories,Max "
    "Temperature,Average Temperature,Relative Effort,Total Work,"
    "Number of Runs,Uphill Time,Downhill Time,Other Time,Perceived Exertion,Type,Start Time"
)
STRAVA_HEADER = STRAVA_NAMES.split(",")

__all__ = [
    "CYCLING",
    "RIGHT",
    "RUNNING",
    "SETTINGS",
    "START",
    "STRAVA_HEADER",
    "STRAVA_NAMES",
    "TRAINING",
    "copied",
    "garmin_entry",
    "garmin_json",
    "home_at",
    "made_by_another",
    "monitoring_fit",
    "run_fit",
    "run_gpx",
    "strava_csv",
    "strava_row",
    "unplaced_gpx",
    "untyped_gpx",
    "zipped",
]


def flags_raised(
    *names: str, day: date = date(2026, 5, 4), cleared_on: date | None = None
) -> RedFlagSpan:
    """Red flags of these names, raised on one day."""
    return RedFlagSpan(day, cleared_on, tuple(Sign(name, day) for name in names))


def monitoring_fit(day: int) -> bytes:
    """Bytes of a FIT file of a watch's all-day monitoring, as a vendor's export holds by the
    thousand.
    """
    start = int((START - FIT_EPOCH).total_seconds()) + day * 86_400
    return fit_file(
        [
            FitMessage(0, {0: ("enum", [32]), 1: ("uint16", [1]), 4: ("uint32", [start])}),
            FitMessage(55, {253: ("uint32", [start + 60]), 27: ("uint8", [61])}),
        ]
    )


def strava_row(
    started_at: datetime = START,
    *,
    number: int = 1,
    kind: str = "Run",
    file: str = "",
    minutes: float = 20,
    distance_m: float = 3360.0,
    gear: str = "",
    rpe: str = "",
    name: str = "A run",
    heart_rate: str = "145",
) -> dict[int, str]:
    """Cells by place of one row of Strava's list of activities, in the shape of 83 columns."""
    written = f"{started_at:%b} {started_at.day}, {started_at:%Y, %I:%M:%S %p}"
    return {
        0: str(number),
        1: written,
        2: name,
        3: kind,
        5: f"{minutes * 60:.0f}",
        6: f"{distance_m / 1000:.2f}",
        10: gear,
        11: file,
        14: f"{minutes * 60:.1f}",
        15: f"{minutes * 60:.1f}",
        16: f"{distance_m:.1f}",
        28: "84.0" if kind == "Run" else "",
        30: heart_rate,
        42: rpe,
    }


def strava_csv(
    *rows: Mapping[int, str],
    header: Sequence[str] = STRAVA_HEADER,
    delimiter: str = ",",
    end: str = "\r\n",
) -> bytes:
    """Bytes of Strava's `activities.csv` with the given cells by place."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=delimiter, lineterminator=end)
    writer.writerow(header)
    writer.writerows([row.get(place, "") for place in range(len(header))] for row in rows)
    return written.getvalue().encode()


def garmin_entry(
    started_at: datetime = START,
    *,
    number: int = 1,
    kind: str = "running",
    minutes: float = 20,
    distance_m: float = 3360.0,
    **others: object,
) -> dict[str, object]:
    """One entry of Garmin's list of activities, in its units: ms, cm, m/s divided by 10."""
    begin = started_at.timestamp() * 1000
    return {
        "activityId": number,
        "activityType": kind,
        "beginTimestamp": begin,
        "startTimeGmt": begin,
        "startTimeLocal": begin + 7_200_000,
        "duration": minutes * 60_000,
        "elapsedDuration": minutes * 60_000,
        "distance": distance_m * 100,
        "avgSpeed": distance_m / (minutes * 60) / 10,
        "avgHr": 145.0,
        "avgDoubleCadence": 168.0,
        **others,
    }


def garmin_json(*entries: Mapping[str, object]) -> bytes:
    """Bytes of Garmin's `…_summarizedActivities.json`."""
    return json.dumps([{"summarizedActivitiesExport": list(entries)}]).encode()


def zipped(members: Mapping[str, bytes]) -> bytes:
    """Bytes of a ZIP archive of the given members."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()


def home_at(folder: Path, **files: bytes) -> Home:
    """Home with the given files in data/raw; `a_fit` is written as `a.fit`."""
    home = Home(folder)
    home.raw.mkdir(parents=True, exist_ok=True)
    home.warehouse.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        stem, _, suffix = name.rpartition("_")
        (home.raw / f"{stem}.{suffix}").write_bytes(content)
    return home


def rows(home: Home, sql: str) -> list[dict[str, Any]]:
    """Rows that a query of the published version of a home gives."""
    return store.query(store.published_version(home), sql).to_dicts()


def copied(home: Home, folder: Path) -> Home:
    """A copy of a refreshed home to write into, as if it had been refreshed there: a tenth of the
    work of a refresh. Its files are other ones for the file system, so the next refresh looks into
    each again.
    """
    shutil.copytree(home.folder, folder, symlinks=True, dirs_exist_ok=True)
    return settled_here(Home(folder))


def settled_here(home: Home) -> Home:
    """A home that was copied, with its version naming the records in the copy, as a refresh would
    make it do.
    """
    version = store.linked_version(home)
    version.chmod(0o600)
    with duckdb.connect(str(version)) as connection:
        Shelf(connection, segment_folder(version)).settle()
    version.chmod(0o400)
    return home


def made_by_another(home: Home, schema_version: int) -> Path:
    """The version now published of a home, as a tightlog with another number of the schema would
    have made it, one relation short.
    """
    row = store.relation(store.linked_version(home), "publication").with_columns(
        schema_version=pl.lit(schema_version, pl.Int64)
    )
    draft = start_draft(home)
    shutil.copyfile(store.linked_version(home), draft)
    with draft_connection(draft) as connection:
        Draft(connection, segment_folder(draft)).write("publication", row)
        connection.execute("drop table if exists advice")
    return publish_draft(home, draft)
