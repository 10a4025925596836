"""Health Connect: one app a day, the night with stages, and a database nobody trusts."""

import io
import zipfile
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.readers.health.connect_database import (
    FITBIT,
    GARMIN,
    NIGHT,
    PHONE,
    Rows,
    at_ms,
    database,
    instant,
    span,
)
from tightlog.domain.file_status import FileStatus
from tightlog.domain.reading import Reading
from tightlog.ingest.isolation import Pool, is_small
from tightlog.ingest.reading import Content
from tightlog.readers.archive import members
from tightlog.readers.content import read_content
from tightlog.readers.health.makers import is_wellness_name
from tightlog.readers.health.sqlite_tables import LOG_AT, WITH_LOG

ZONE = ZoneInfo("Europe/Zurich")
DAY = date(2026, 5, 4)


def taken(rows: Rows, script: str = "", leaving: str = "") -> Reading:
    return read_content(database(rows, script, leaving), "health_connect_export.db", ZONE)


def values(reading: Reading) -> dict[str, float | None]:
    assert {one.day for one in reading.context} <= {DAY}
    return {one.name: one.value for one in reading.context}


def test_a_night_is_that_of_the_app_with_stages_and_no_moment_of_it_counts_twice() -> None:
    reading = taken(NIGHT)
    assert values(reading) == {
        "sleep_h": 7.0,
        "time_in_bed_h": 8.0,
        "sleep_deep_h": 1.5,
        "sleep_light_h": 4.0,
        "sleep_rem_h": 1.5,
        "sleep_awake_h": 1.0,
        "bed_time_h": 11.0,
    }
    assert {(one.device, one.evidence, one.origin) for one in reading.context} == {
        ("Fitbit", "stages", "copy")
    }


def test_a_sleep_without_stages_is_time_in_bed() -> None:
    alone = {"sleep_session_record_table": NIGHT["sleep_session_record_table"][:1]}
    assert values(taken(alone)) == {"time_in_bed_h": 10.0}


STEPS: Rows = {
    "steps_record_table": [
        span(PHONE, "2026-05-04T10:00", "2026-05-04T10:30", count=1_000),
        span(PHONE, "2026-05-04T10:10", "2026-05-04T10:20", count=300),
        span(PHONE, "2026-05-04T18:00", "2026-05-04T18:15", count=500),
        span(FITBIT, "2026-05-04T00:00", "2026-05-04T23:59", count=4_000),
        span(FITBIT, "2026-05-04T10:00", "2026-05-04T10:30", count=900),
    ]
}


def test_steps_of_a_day_are_those_of_the_first_app_of_the_runners_order_and_never_the_sum() -> None:
    order = {"health_data_category": 1, "app_id_priority_order": f"{PHONE},{FITBIT}"}
    chosen = taken(STEPS | {"health_data_category_priority_table": [order]})
    assert [(one.value, one.device, one.evidence) for one in chosen.context] == [
        (1_500.0, "Google Fit", "phone")
    ]
    swapped = order | {"app_id_priority_order": f"{FITBIT},{PHONE}"}
    other = taken(STEPS | {"health_data_category_priority_table": [swapped]})
    assert [(one.value, one.device, one.evidence) for one in other.context] == [
        (4_000.0, "Fitbit", "wearable")
    ]


def test_without_an_order_the_app_with_more_days_counts() -> None:
    table = "resting_heart_rate_record_table"
    rows = [
        instant(GARMIN, "2026-05-04T08:00", beats_per_minute=44),
        instant(FITBIT, "2026-05-04T07:00", beats_per_minute=60),
        instant(FITBIT, "2026-05-04T21:00", beats_per_minute=52),
        instant(FITBIT, "2026-05-05T07:00", beats_per_minute=51),
    ]
    found = {one.day: (one.value, one.device) for one in taken({table: rows}).context}
    assert found == {DAY: (52.0, "Fitbit"), date(2026, 5, 5): (51.0, "Fitbit")}


def test_heart_rate_variability_is_the_mean_of_the_night_or_what_is_alone_on_its_day() -> None:
    table = "heart_rate_variability_rmssd_record_table"
    night = [
        instant(FITBIT, f"2026-05-{clock}", heart_rate_variability_millis=value)
        for clock, value in (("03T23:30", 40.0), ("04T03:00", 60.0), ("04T15:00", 200.0))
    ]
    assert values(taken(NIGHT | {table: night}))["hrv_rmssd_ms"] == 50.0
    assert values(taken({table: night[1:2]})) == {"hrv_rmssd_ms": 60.0}
    assert values(taken({table: night[1:]})) == {}


def test_without_a_stored_offset_the_zone_of_the_home_counts() -> None:
    rows = {"time": at_ms("2026-05-04T00:30"), "beats_per_minute": 50, "app_info_id": FITBIT}
    reading = taken({"resting_heart_rate_record_table": [rows]})
    assert values(reading) == {"resting_heart_rate_bpm": 50.0}


def test_a_database_left_open_by_its_program_is_read() -> None:
    data = bytearray(database(NIGHT))
    data[LOG_AT] = WITH_LOG
    assert values(read_content(bytes(data), "health_connect_export.db", ZONE))["sleep_h"] == 7.0


@pytest.mark.parametrize(
    "script",
    [
        "create view steps_record_table as with recursive endless(count) as (select 1 union all"
        " select count + 1 from endless) select count from endless;",
        "create virtual table steps_record_table using fts4(count);",
    ],
)
def test_views_and_virtual_tables_are_not_asked(script: str) -> None:
    reading = taken(NIGHT, script, leaving="steps_record_table")
    assert (reading.status, values(reading)["sleep_h"]) == (FileStatus.READ, 7.0)


def test_a_cell_too_long_and_a_cut_file_are_a_reason() -> None:
    long = instant(FITBIT, "2026-05-04T07:00", uuid=b"x" * 2**21, beats_per_minute=50)
    reading = taken(NIGHT | {"resting_heart_rate_record_table": [long]})
    assert (reading.status, values(reading)["sleep_h"]) == (FileStatus.PARTIAL, 7.0)
    assert reading.reason is not None and "the database is damaged" in reading.reason
    whole = database(NIGHT)
    for length in range(100, len(whole), 2_048):
        read_content(whole[:length], "health_connect_export.db", ZONE)
    broken = bytearray(whole)
    broken[200:4_000] = b"\xff" * 3_800
    assert read_content(bytes(broken), "health_connect_export.db", ZONE).context == ()


def test_a_table_whose_columns_cannot_be_named_costs_only_itself() -> None:
    whole = database(NIGHT | STEPS)
    column = whole.index(b"steps_record_table (") + len(b"steps_record_table (")
    broken = whole[:column] + b"\xa4" + whole[column + 1 :]
    reading = read_content(broken, "health_connect_export.db", ZONE)
    assert (reading.status, values(reading)["sleep_h"]) == (FileStatus.PARTIAL, 7.0)


def test_columns_and_orders_that_no_phone_writes_cost_nothing_else() -> None:
    order = {"health_data_category": 1, "app_id_priority_order": f"{'9' * 5_000},²,,{FITBIT}"}
    rows = STEPS | {"health_data_category_priority_table": [order]}
    script = (
        "alter table application_info_table add column row_number text;"
        "update application_info_table set row_number = 'abc';"
    )
    assert values(taken(rows, script)) == {"steps": 4_000.0}


def test_a_count_of_steps_without_an_end_in_sight_hides_no_other() -> None:
    broken = span(PHONE, "2026-05-04T09:00", "2099-05-04T09:00", count=12)
    whole: Rows = {
        "steps_record_table": [
            broken,
            span(PHONE, "2026-05-04T10:00", "2026-05-04T10:30", count=1_000),
        ]
    }
    assert values(taken(whole)) == {"steps": 1_000.0}


def test_a_database_is_never_read_in_the_main_process_and_is_opened_in_an_archive() -> None:
    assert not is_small(database({}))
    assert is_wellness_name("Health Connect/health_connect_export.db")
    assert not is_wellness_name("photos.db")


def test_the_zip_as_exported_is_read_in_the_reading_process(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("health_connect_export.db", database(NIGHT))
    packed.seek(0)
    (member,) = members(packed)
    assert member.data is not None
    content = Content("a", member.data, member.name)
    with Pool(ZONE, tmp_path, size=1) as pool:
        (batch,) = pool.batches([[content]])
    assert {row["name"] for row in batch.context} >= {"sleep_h", "sleep_rem_h"}
