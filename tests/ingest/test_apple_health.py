"""An export of Apple Health in data/raw, packed or not: each run once, with its route."""

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.builders import SETTINGS, home_at, rows, zipped
from tightlog.home.settings import Home
from tightlog.ingest import isolation
from tightlog.ingest.health import asking
from tightlog.ingest.health.asking import isolated_export
from tightlog.ingest.locations import TOO_LARGE, contents_of
from tightlog.ingest.source import found_files
from tightlog.readers.archive import members
from tightlog.readers.content import MAX_FILE_BYTES
from tightlog.readers.health.parts import health_export
from tightlog.refresh.refresh import refresh
from tightlog.simulation.apple_health.apple_planted import (
    DIALECTS,
    PlantedSymptom,
    PlantedWorkout,
)
from tightlog.simulation.apple_health.export import AppleExport

START = datetime(2025, 1, 14, 6, 30, 5, tzinfo=UTC)
RUN = PlantedWorkout(
    START,
    900,
    distance_m=2_700.0,
    heart_rate_bpm=tuple(140 + place % 20 for place in range(181)),
    steps_spm=168.0,
    is_indoor=False,
    has_route=True,
)
RUNS = (RUN, replace(RUN, started_at=START + timedelta(days=200), heart_rate_bpm=()))
# A treadmill run.
INDOORS = replace(RUN, started_at=START + timedelta(days=3), is_indoor=True, has_route=False)
EXPORT = AppleExport((*RUNS, INDOORS), (PlantedSymptom(START, "Moderate"),))
LATER = replace(EXPORT, dialect=DIALECTS[2], exported_at=datetime(2026, 7, 1, tzinfo=UTC))


def put(home: Home, files: dict[str, bytes]) -> None:
    for name, content in files.items():
        path = home.raw / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def runs(home: Home) -> list[dict[str, Any]]:
    refresh(home, SETTINGS, today=date(2026, 7, 2), analysed=False)
    return rows(
        home,
        "select i.reader, a.started_at, a.distance_m, a.heart_rate_bpm, a.activity_id, "
        "(select count(latitude_deg) from record as r where r.activity_id = a.activity_id) placed "
        "from activity as a join ingest.activity as i using (activity_id) order by a.started_at",
    )


def statuses(home: Home) -> dict[str, int]:
    found = rows(home, "select status, count(*) as n from source_file group by status")
    return {row["status"]: row["n"] for row in found}


@pytest.mark.slow
def test_zip_gives_each_run_once_with_its_route_and_heart(tmp_path: Path) -> None:
    home = home_at(tmp_path, export_zip=EXPORT.zipped())
    found = runs(home)
    assert [row["started_at"] for row in found] == [START, INDOORS.started_at, RUNS[1].started_at]
    assert [row["placed"] for row in found] == [901, 0, 901]
    assert {row["reader"] for row in found} == {"apple_health"}
    assert statuses(home) == {"read": 5, "no_activity": 4}
    (score,) = rows(home, "select day, score, source, raw_value, rated_at from tightness")
    assert (score["score"], score["source"], score["raw_value"]) == (
        5.0,
        "apple_health",
        "Moderate",
    )
    # The next export, in another language and with another offset, is the same.
    put(home, {"next.zip": LATER.zipped()})
    assert runs(home) == found
    assert statuses(home) == {"read": 5, "duplicate": 5, "no_activity": 8}


@pytest.mark.slow
def test_unpacked_export_gives_each_run_once_and_a_lone_route_stays(tmp_path: Path) -> None:
    home = home_at(tmp_path)
    lone = replace(RUN, started_at=START + timedelta(days=50))
    files = replace(EXPORT, dialect=DIALECTS[3]).files()
    put(home, files | {"apple_health_export/workout-routes/lone.gpx": EXPORT.route(lone)})
    found = runs(home)
    readers = [row["reader"] for row in found]
    assert readers == ["apple_health", "apple_health", "gpx", "apple_health"]
    assert statuses(home) == {"read": 6, "duplicate": 2, "no_activity": 1}


def routes_of(files: dict[str, bytes]) -> Iterator[str | None]:
    for member in members(io.BytesIO(zipped(files))):
        if member.name.endswith(".gpx"):
            yield member.reason


def test_route_of_another_time_stays_a_file_of_its_own() -> None:
    files = EXPORT.files()
    names = [name for name in files if name.endswith(".gpx")]
    files[names[0]] = EXPORT.route(replace(RUN, started_at=START + timedelta(days=9)))
    reasons = list(routes_of(files))
    assert reasons.count(None) == 1 and len(reasons) == 2


def test_export_beside_clinical_records_opens_none_of_them() -> None:
    private = {
        "apple_health_export/export_cda.xml": b"<HealthData/>",
        "apple_health_export/clinical-records/1.json": b"{}",
        "apple_health_export/electrocardiograms/ecg.csv.txt": b"secret",
    }
    found = {one.name: one for one in members(io.BytesIO(zipped(EXPORT.files() | private)))}
    assert all(found[name].data is None for name in private)
    assert not any(found[name].is_broken for name in private)


def test_large_export_is_read_in_a_process_of_its_own_and_is_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    xml = next(iter(EXPORT.files().values()))
    here = [part.data() for part in health_export(io.BytesIO(xml)).parts]
    monkeypatch.setattr(asking, "SMALL_BYTES", 1_000)
    export = isolated_export(io.BytesIO(xml), len(xml))
    assert [part.data() for part in export.parts] == here
    assert export.problem is None
    cut = isolated_export(io.BytesIO(xml[:-200]), len(xml))
    assert len(list(cut.parts)) == len(here)
    assert cut.problem is not None and "ends before its end" in cut.problem


def test_process_that_is_given_too_little_time_or_memory_is_a_reason(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    xml = next(iter(EXPORT.files().values()))
    monkeypatch.setattr(asking, "SMALL_BYTES", 1_000)
    monkeypatch.setattr(asking, "MEMORY_LIMIT_BYTES", 30 * 2**20)
    export = isolated_export(io.BytesIO(xml), len(xml))
    assert list(export.parts) == []
    assert export.problem is not None and "made its reader end" in export.problem
    assert asking.MAX_BYTES > isolation.SMALL_BYTES


def test_only_an_export_of_apple_health_may_be_larger_than_a_recording(tmp_path: Path) -> None:
    home = home_at(tmp_path, other_xml=b"<xml/>")
    with (home.raw / "other.xml").open("r+b") as stored:
        stored.truncate(MAX_FILE_BYTES + 1)
    (file,) = found_files(home.raw)
    ((location, data),) = contents_of(file)
    assert (location.status, location.reason, data) == ("no_activity", TOO_LARGE, None)


def test_broken_xml_is_partly_read_and_says_why(tmp_path: Path) -> None:
    xml = next(iter(EXPORT.files().values()))
    home = home_at(tmp_path, Export_xml=xml[:-300])
    (file,) = found_files(home.raw)
    *parts, (whole, _) = contents_of(file)
    assert len(parts) == 5 and all(data is not None for _, data in parts)
    assert whole.status == "partial" and "ends before its end" in (whole.reason or "")
    (home.raw / "Export.xml").write_bytes(xml[:600])
    (file,) = found_files(home.raw)
    ((whole, _),) = contents_of(file)
    assert whole.status == "unreadable"
