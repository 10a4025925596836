"""A database of Health Connect in the layout it really has, with invented values."""

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import datetime

OFFSET_S = 7_200
FITBIT, PHONE, GARMIN = 1, 2, 3
KEYS = "row_id integer primary key autoincrement, uuid blob, app_info_id integer"
INSTANT = (
    f"{KEYS}, time integer, zone_offset integer,"
    " local_date_time integer as (time + 1000 * zone_offset)"
)
SPAN = (
    f"{KEYS}, start_time integer, start_zone_offset integer, end_time integer,"
    " end_zone_offset integer"
)
LAYOUT = {
    "application_info_table": "row_id integer primary key, package_name text, app_name text",
    "health_data_category_priority_table": "row_id integer primary key,"
    " health_data_category integer unique, app_id_priority_order text",
    "sleep_session_record_table": SPAN,
    "sleep_stages_table": "parent_key integer, stage_start_time integer, stage_end_time integer,"
    " stage_type integer",
    "resting_heart_rate_record_table": f"{INSTANT}, beats_per_minute integer",
    "heart_rate_variability_rmssd_record_table": f"{INSTANT}, heart_rate_variability_millis real",
    "steps_record_table": f"{SPAN}, count integer",
}
APPS: Sequence[Mapping[str, object]] = (
    {"row_id": FITBIT, "package_name": "com.fitbit.FitbitMobile", "app_name": "Fitbit"},
    {"row_id": PHONE, "package_name": "com.google.android.apps.fitness", "app_name": "Fit"},
    {"row_id": GARMIN, "package_name": "com.garmin.android.apps.connectmobile"},
)
Row = Mapping[str, object]
Rows = dict[str, Sequence[Row]]


def at_ms(clock: str) -> int:
    return int(datetime.fromisoformat(f"{clock}+02:00").timestamp() * 1_000)


def span(app: int, began: str, ended: str, **values: object) -> dict[str, object]:
    return {
        "app_info_id": app,
        "start_time": at_ms(began),
        "start_zone_offset": OFFSET_S,
        "end_time": at_ms(ended),
        "end_zone_offset": OFFSET_S,
    } | values


def instant(app: int, at: str, **values: object) -> dict[str, object]:
    return {"app_info_id": app, "time": at_ms(at), "zone_offset": OFFSET_S} | values


def stage(parent: int, began: str, ended: str, kind: int) -> dict[str, object]:
    return {
        "parent_key": parent,
        "stage_start_time": at_ms(began),
        "stage_end_time": at_ms(ended),
        "stage_type": kind,
    }


def database(rows: Rows, script: str = "", leaving: str = "") -> bytes:
    with sqlite3.connect(":memory:") as made:
        for table, columns in LAYOUT.items():
            if table != leaving:
                made.execute(f"create table {table} ({columns})")
        for table, some in ({"application_info_table": APPS} | dict(rows)).items():
            for row in some:
                marks = ", ".join("?" for _ in row)
                names = ", ".join(row)
                made.execute(f"insert into {table} ({names}) values ({marks})", [*row.values()])
        made.executescript(script)
        made.commit()
        return bytes(made.serialize())


NIGHT: Rows = {
    "sleep_session_record_table": [
        span(PHONE, "2026-05-03T22:00", "2026-05-04T08:00"),
        span(FITBIT, "2026-05-03T23:00", "2026-05-04T07:00"),
    ],
    "sleep_stages_table": [
        stage(2, "2026-05-03T23:00", "2026-05-04T00:30", 5),
        stage(2, "2026-05-04T00:30", "2026-05-04T04:30", 4),
        # Written again by a sync.
        stage(2, "2026-05-04T00:30", "2026-05-04T04:30", 4),
        stage(2, "2026-05-04T04:30", "2026-05-04T06:00", 6),
        stage(2, "2026-05-04T06:00", "2026-05-04T07:00", 7),
    ],
}
