"""Whatever the bytes, a reader answers: a reading or a reason, within seconds and bounded
memory, and never an exception.
"""

import gzip
import json
import time
import tracemalloc
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.builders import (
    garmin_entry,
    garmin_json,
    monitoring_fit,
    run_fit,
    run_gpx,
    strava_csv,
    strava_row,
)
from tests.readers.health.connect_database import NIGHT as CONNECT_NIGHT
from tests.readers.health.connect_database import database
from tightlog.domain.file_status import FileStatus
from tightlog.domain.formats import FORMATS
from tightlog.domain.reading import Reading
from tightlog.readers.content import MAX_FILE_BYTES, read_content
from tightlog.readers.registry import PlainFile, reader_of
from tightlog.simulation.apple_health.apple_planted import PlantedWorkout
from tightlog.simulation.apple_health.export import AppleExport

ZONE = ZoneInfo("Europe/Zurich")
TCX = (
    b'<?xml version="1.0"?><TrainingCenterDatabase '
    b'xmlns="http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2"><Activities>'
    b'<Activity Sport="Running"><Id>2026-05-04T05:30:00Z</Id>'
    b'<Lap StartTime="2026-05-04T05:30:00Z"><TotalTimeSeconds>60</TotalTimeSeconds>'
    b"<DistanceMeters>170</DistanceMeters><Track>"
    + b"".join(
        b"<Trackpoint><Time>2026-05-04T05:30:%02dZ</Time><DistanceMeters>%d</DistanceMeters>"
        b"<HeartRateBpm><Value>140</Value></HeartRateBpm></Trackpoint>" % (second, 3 * second)
        for second in range(60)
    )
    + b"</Track></Lap></Activity></Activities></TrainingCenterDatabase>"
)
APPLE_WORKOUT = PlantedWorkout(
    datetime(2026, 5, 4, 5, 30, tzinfo=UTC), 30, distance_m=90.0, heart_rate_bpm=(140,) * 7
)
DIARY = b"date;score;note\n01.05.2026;3;ok\n13.05.2026;4,5;\n14.05.2026;2;back\n"
GARMIN_DAY = {
    "calendarDate": "2026-05-04",
    "totalSteps": 9_000,
    "sleepStartTimestampGMT": "2026-05-03T21:15:00.0",
    "deepSleepSeconds": 5_400,
    "metrics": [{"type": "HRV", "value": 61.0}],
}
POLAR_NIGHT = {
    "evaluation": {"asleepDuration": "PT7H", "sleepSpan": "PT8H"},
    "sleepResult": {"hypnogram": {"sleepStart": "2026-05-03T23:00:00"}},
}
STEPS = {"name": "step_count", "units": "count", "data": [{"date": "2026-05-04", "qty": 9}]}
INTERVALS_DAY = {"id": "2026-05-04", "restingHR": 52, "hrv": 61.0, "sleepSecs": 27_000}
WHOLE = {
    "a.fit": run_fit(minutes=2),
    "b.fit": monitoring_fit(1),
    "a.gpx": run_gpx(minutes=2),
    "a.tcx": TCX,
    "diary.csv": DIARY,
    "activities.csv": strava_csv(strava_row()),
    "x_summarizedActivities.json": garmin_json(garmin_entry()),
    "export.xml": next(iter(AppleExport((APPLE_WORKOUT,)).files().values())),
    "x_sleepData.json": json.dumps([GARMIN_DAY]).encode(),
    "sleep-2026-05-04.json": b'[{"dateOfSleep": "2026-05-04", "minutesAsleep": 420}]',
    "sleeps.csv": b"Sleep onset,Wake onset,Asleep duration (min)\n2026-05-03 23:00:00,"
    b"2026-05-04 07:00:00,420\n",
    "sleepmodel.csv": b"day;bedtime_start;total_sleep_duration\n2026-05-04;;25200\n",
    "sleep_result_1.json": json.dumps([POLAR_NIGHT]).encode(),
    "sleep.csv": b'from,to,"light (s)","deep (s)"\n2026-05-03T23:00:00,2026-05-04T07:00:00,9,9000',
    "HealthAutoExport.json": json.dumps({"data": {"metrics": [STEPS]}}).encode(),
    "wellness-2026.json": json.dumps([INTERVALS_DAY]).encode(),
    "health_connect_export.db": database(CONNECT_NIGHT),
    "com.samsung.health.sleep_stage.1.csv": b"com.samsung.health.sleep_stage,1,9\n"
    b"start_time,sleep_id,stage,time_offset,end_time\n"
    b"2026-05-03 23:00:00.000,a,40002,UTC+0000,2026-05-04 07:00:00.000,\n",
    "a.gpx.gz": gzip.compress(run_gpx(minutes=2), mtime=0),
    "a.fit.gz": gzip.compress(run_fit(minutes=2), mtime=0),
}
MAX_S = 5.0
QUICK = settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=True,
)


def answer(data: bytes, name: str) -> Reading:
    """The reading, after the promises every reading keeps were checked."""
    begun = time.process_time()
    found = read_content(data, name, ZONE)
    assert isinstance(found, Reading) and time.process_time() - begun < MAX_S
    assert found.status in set(FileStatus)
    assert found.reason or found.status is FileStatus.READ, "what was not read as a whole says why"
    assert (
        found.activities
        or found.scores
        or found.context
        or found.interventions
        or found.status not in (FileStatus.READ, FileStatus.PARTIAL)
    )
    return found


@pytest.mark.parametrize("name", WHOLE)
def test_whole_file_is_read(name: str) -> None:
    assert answer(WHOLE[name], name).status is (
        FileStatus.NO_ACTIVITY if name == "b.fit" else FileStatus.READ
    )


@given(data=st.binary(max_size=2000), name=st.sampled_from(sorted(WHOLE)))
@QUICK
def test_any_bytes_give_an_answer(data: bytes, name: str) -> None:
    answer(data, name)


@given(name=st.sampled_from(sorted(WHOLE)), tail=st.binary(max_size=400), keep=st.integers(0, 200))
@QUICK
def test_right_beginning_and_any_end_give_an_answer(name: str, tail: bytes, keep: int) -> None:
    answer(WHOLE[name][:keep] + tail, name)


@pytest.mark.parametrize("name", WHOLE)
@given(data=st.data())
@QUICK
def test_changed_cut_and_doubled_bytes_give_an_answer(name: str, data: st.DataObject) -> None:
    changed = bytearray(WHOLE[name])
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, max(0, len(changed) - 1)))
        kind = data.draw(st.sampled_from(["change", "cut", "double", "drop"]))
        if kind == "change":
            changed[at : at + 1] = data.draw(st.binary(min_size=1, max_size=4))
        elif kind == "cut":
            del changed[at:]
        elif kind == "double":
            changed[at:at] = changed[max(0, at - 50) : at + 50]
        else:
            del changed[at : at + data.draw(st.integers(1, 100))]
    answer(bytes(changed), name)


@given(
    number=st.sampled_from(
        ["NaN", "inf", "-inf", "1e400", "-1", "99999999999999999999", "", "٣", "0x10", "1_0"]
    ),
    tag=st.sampled_from(["lat", "hr", "time", "cad"]),
)
@QUICK
def test_impossible_numbers_give_an_answer(number: str, tag: str) -> None:
    old = {
        "lat": b'lat="46.9000000"',
        "hr": b"<gpxtpx:hr>145<",
        "time": b"2026-05-04T05:30:00Z",
        "cad": b"<gpxtpx:cad>168<",
    }[tag]
    new = {
        "lat": f'lat="{number}"',
        "hr": f"<gpxtpx:hr>{number}<",
        "time": number,
        "cad": f"<gpxtpx:cad>{number}<",
    }[tag]
    answer(WHOLE["a.gpx"].replace(old, new.encode()), "a.gpx")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        (
            "entities.gpx",
            b'<?xml version="1.0"?><!DOCTYPE gpx [<!ENTITY a "aaaaaaaaaa">'
            b'<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
            b"<gpx><trk><name>&b;</name></trk></gpx>",
        ),
        (
            "outside.tcx",
            b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
            b"<TrainingCenterDatabase>&a;</TrainingCenterDatabase>",
        ),
        ("deep.gpx", b"<gpx>" + b"<trk>" * 200_000),
        ("deeper.gpx", b"<gpx><trk><trkseg>" + b"<trkpt>" * 300_000),
        (
            "wide.gpx",
            b"<gpx " + b" ".join(b'a%d="1"' % number for number in range(50_000)) + b"></gpx>",
        ),
        ("long.csv", b"date,score\n" + b"x" * 5_000_000),
        (
            "columns.csv",
            b",".join(b"c%d" % number for number in range(20_000)) + b"\n" + b"," * 20_000,
        ),
        ("quotes.csv", b'date,score\n"' + b"2026-05-01,3\n" * 100_000),
        ("nested.json", b'[{"summarizedActivitiesExport":' + b"[" * 100_000),
        (
            "number.json",
            b'[{"summarizedActivitiesExport":[{"activityId":' + b"9" * 100_000 + b"}]}]",
        ),
    ],
)
def test_hostile_text_gives_an_answer(name: str, data: bytes) -> None:
    answer(data, name)


def test_no_file_outside_is_ever_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("a secret")
    document = WHOLE["a.gpx"].replace(
        b"<gpx ", f'<!DOCTYPE gpx [<!ENTITY s SYSTEM "{secret.as_uri()}">]><gpx '.encode()
    )
    found = answer(document.replace(b"<trk>", b"<trk><name>&s;</name>"), "a.gpx")
    assert "a secret" not in repr(found)


@pytest.mark.slow
def test_gzip_bomb_stays_within_its_bound() -> None:
    bomb = gzip.compress(bytes(MAX_FILE_BYTES + 2**20), 9)
    bomb = bomb if len(bomb) < 2**20 else bomb[: 2**20]
    tracemalloc.start()
    found = read_content(bomb, "a.fit.gz", ZONE)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found.status is FileStatus.UNREADABLE and "expands to more than" in (found.reason or "")
    assert peak < 3 * MAX_FILE_BYTES


def test_a_whole_file_of_every_format_is_tried() -> None:
    readers = [
        reader_of(PlainFile(data, name, ZONE))
        for name, data in WHOLE.items()
        if not name.endswith(".gz")
    ]
    assert {reader.format for reader in readers if reader is not None} == set(FORMATS)
