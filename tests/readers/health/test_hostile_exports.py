"""Exports of Apple Health that are cut off, broken, written in another way or made to harm."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.corpus import CORPUS
from tests.readers.health.test_apple_export import START, TREADMILL
from tightlog.domain.file_status import FileStatus
from tightlog.readers.content import read_content
from tightlog.readers.health import export_scan
from tightlog.readers.health.export_scan import MAX_ELEMENT_BYTES, scanned
from tightlog.readers.health.part_format import MAGIC
from tightlog.readers.health.parts import health_export
from tightlog.readers.health.samples import Samples
from tightlog.readers.health.times import clock_seconds, seconds_of
from tightlog.simulation.apple_health.apple_planted import Dialect, PlantedSymptom
from tightlog.simulation.apple_health.export import AppleExport

UTC_ZONE = ZoneInfo("UTC")
EXPORT = AppleExport(
    (TREADMILL, replace(TREADMILL, started_at=datetime(2025, 2, 1, 7, tzinfo=UTC))),
    (PlantedSymptom(START, "Mild"),),
)
XML = next(iter(EXPORT.files().values()))
OTHER_WAYS: dict[str, Callable[[bytes], bytes]] = {
    "single quotes": lambda xml: xml.replace(b'"', b"'"),
    "line breaks": lambda xml: xml.replace(b' startDate="', b'\r\n\tstartDate = "'),
    "another order": lambda xml: xml.replace(b"<Record ", b'<Record other="1" '),
    "no line breaks": lambda xml: xml.replace(b"\n", b""),
    "spaces before the end": lambda xml: xml.replace(b'"/>', b'"   />').replace(b'">', b'" >'),
    "no document type": lambda xml: xml[xml.index(b"<HealthData ") :],
    "carriage returns": lambda xml: xml.replace(b"\n", b"\r\n"),
    "control characters": lambda xml: xml.replace(b'value="73.4', b'value="\x0b\x00\xff73.4'),
}


def counts(xml: bytes) -> tuple[int, int, int]:
    scan = scanned(io.BytesIO(xml))
    return len(scan.workouts), len(scan.symptoms), scan.samples.count


@pytest.mark.parametrize("way", OTHER_WAYS, ids=lambda way: way.replace(" ", "-"))
def test_any_way_of_writing_gives_the_same(way: str) -> None:
    text = OTHER_WAYS[way](XML)
    assert text != XML
    assert counts(text) == counts(XML)
    parts = [[part.data() for part in health_export(io.BytesIO(one)).parts] for one in (XML, text)]
    assert parts[0] == parts[1]


@pytest.mark.parametrize("piece", [997, 4_099])
def test_pieces_may_end_anywhere(piece: int, monkeypatch: pytest.MonkeyPatch) -> None:
    part = XML[:100_000] + XML[-100_000:]
    whole = counts(part)
    assert whole[0] == 2 and whole[2] > 300
    monkeypatch.setattr(export_scan, "READ_BYTES", piece)
    assert counts(part) == whole


def test_cut_off_export_gives_what_came_before() -> None:
    reading = read_content(XML[: XML.rindex(b"<Workout ") + 900], "export.xml", UTC_ZONE)
    assert (reading.status, len(reading.scores)) == (FileStatus.PARTIAL, 1)
    assert reading.activities[0].distance_m == pytest.approx(1_800.0)
    assert reading.reason is not None and "ends before its end" in reading.reason


def test_workout_whose_end_is_missing_takes_nothing_from_the_next() -> None:
    broken = XML.replace(b" </Workout>\n", b"", 1)
    scan = scanned(io.BytesIO(broken))
    assert [one.is_whole for one in scan.workouts] == [False, True]
    assert [len(one.all("WorkoutStatistics")) for one in scan.workouts] == [2, 2]


def test_entities_are_never_expanded() -> None:
    bomb = (
        b'<?xml version="1.0"?><!DOCTYPE HealthData [<!ENTITY a "aaaaaaaaaa">'
        b'<!ENTITY b "&a;&a;&a;&a;"><!ENTITY file SYSTEM "file:///etc/passwd">]>'
        b'<HealthData><Workout workoutActivityType="&file;&b;" duration="10" durationUnit="min" '
        b'startDate="2025-01-14 07:00:00 +0100" endDate="2025-01-14 07:10:00 +0100"/></HealthData>'
    )
    (workout,) = scanned(io.BytesIO(bomb)).workouts
    assert workout.attributes["workoutActivityType"] == "&file;&b;"


def test_tag_without_an_end_costs_bounded_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export_scan, "MAX_ELEMENT_BYTES", 3_000_000)
    endless = XML.replace(b"</HealthData>", b"<Workout " + b"a" * 9_000_000)
    scan = scanned(io.BytesIO(endless))
    assert len(scan.workouts) >= 2
    assert any("a tag or workout of more than" in one for one in scan.problems)
    assert MAX_ELEMENT_BYTES >= 3_000_000


def test_samples_without_a_known_unit_are_counted_and_left_out() -> None:
    odd = XML.replace(b'unit="count/min"', b'unit="furlong"', 3)
    scan = scanned(io.BytesIO(odd))
    assert scan.samples.unread_count == 3
    assert any("3 samples without" in one for one in scan.problems)


def test_newer_version_is_read_and_said() -> None:
    newer = next(iter(AppleExport((TREADMILL,), dialect=Dialect(version=15)).files().values()))
    export = health_export(io.BytesIO(newer))
    assert len(list(export.parts)) == 2
    assert export.problem is not None and "version 15" in export.problem


def test_parts_hold_no_name_of_a_person_or_a_device_pointer() -> None:
    for part in health_export(io.BytesIO(XML)).parts:
        assert b"Robin" not in part.data()
        assert b"HKDevice" not in part.data()


@given(st.binary(max_size=400))
def test_any_bytes_give_a_reading(data: bytes) -> None:
    for head in (b"<HealthData ", MAGIC, XML[:600]):
        assert read_content(head + data, "export.xml", UTC_ZONE).status in FileStatus


@pytest.mark.parametrize("place", range(0, 400, 17))
def test_damaged_part_gives_a_reading(place: int) -> None:
    part = list(health_export(io.BytesIO(XML)).parts)[1].data()
    damaged = part[:place] + bytes([part[place % len(part)] ^ 0x41]) + part[place + 1 :]
    assert read_content(damaged, "part", UTC_ZONE).status in FileStatus
    assert read_content(part[:place], "part", UTC_ZONE).activities == ()


@given(
    st.datetimes(datetime(1971, 1, 1), datetime(2104, 12, 31)),
    st.integers(-14 * 4, 14 * 4),
)
def test_times_at_once_are_those_one_by_one(at: datetime, quarter: int) -> None:
    sign, minutes = ("-" if quarter < 0 else "+"), abs(quarter) * 15
    text = f"{at:%Y-%m-%d %H:%M:%S} {sign}{minutes // 60:02d}{minutes % 60:02d}"
    (seconds,), (is_time,) = clock_seconds(np.array([text.encode()]))
    assert (int(seconds), bool(is_time)) == (seconds_of(text), True)
    assert seconds == int(at.replace(tzinfo=UTC).timestamp()) - quarter * 900


def test_a_time_that_is_none_is_no_time() -> None:
    for text in (b"2025-13-01 00:00:00 +0000", b"2025-01-01 25:00:00 +0000", b"x" * 25):
        assert not clock_seconds(np.array([text]))[1][0]
        assert seconds_of(text.decode()) is None


def test_samples_take_nothing_from_an_empty_piece() -> None:
    samples = Samples()
    samples.take(bytearray(b" " * 512), 256)
    samples.finish()
    assert samples.count == 0


@pytest.mark.skipif(not (CORPUS / "health").is_dir(), reason="needs the corpus of real files")
def test_published_exports_are_read() -> None:
    folder = CORPUS / "health"
    old = (folder / "dogsheep-healthkit-to-sqlite" / "export.xml").read_bytes()
    (run,) = read_content(old, "export.xml", UTC_ZONE).activities
    assert run.started_at == datetime(2016, 11, 14, 14, 25, 41, tzinfo=UTC)
    assert run.distance_m == pytest.approx(0.4971749504535062 * 1_609.344)
    # The phone wrote summer's offset on a day of winter.
    assert (run.utc_offset_s, run.records["latitude_deg"].drop_nulls().len()) == (-8 * 3_600, 2)
    several = (folder / "paulstaab-health-data-parser" / "export.xml").read_bytes()
    found = {one.started_at: one for one in read_content(several, "x", UTC_ZONE).activities}
    assert len(found) == 8
    measured = found[datetime(2023, 12, 28, 6, 30, tzinfo=UTC)]
    assert (measured.distance_m, measured.is_indoor) == (2_500.0, False)
    assert measured.energy_kcal == pytest.approx(900 / 4.184)
