"""Apple Health's own export is named as such, with what to do, wherever it lies."""

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.builders import home_at
from tests.readers.test_archive import listed, packed
from tightlog.domain.file_status import FileStatus
from tightlog.ingest.locations import TOO_LARGE, contents_of
from tightlog.ingest.source import found_files
from tightlog.readers.content import APPLE_HEALTH, MAX_FILE_BYTES, read_content

EXPORT = (
    b'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE HealthData [\n'
    b"<!ELEMENT HealthData (ExportDate)>\n]>\n"
    b'<HealthData locale="en_US"><ExportDate value="2026-02-01 09:00:00 +0100"/></HealthData>'
)


ROUTE = "apple_health_export/workout-routes/route.gpx"


@pytest.mark.parametrize("name", ["export.xml", "exportación.xml"])
def test_export_in_a_zip_is_named_and_its_routes_are_read(name: str) -> None:
    found = listed(packed({f"apple_health_export/{name}": EXPORT, ROUTE: b"<gpx/>"}))
    export = found[f"apple_health_export/{name}"]
    assert (export.data, export.reason, export.is_broken) == (None, APPLE_HEALTH, False)
    assert found[ROUTE].data == b"<gpx/>"


def test_plain_export_is_named() -> None:
    reading = read_content(EXPORT, "Export.xml", ZoneInfo("UTC"))
    assert (reading.status, reading.reason) == (FileStatus.NO_ACTIVITY, APPLE_HEALTH)


@pytest.mark.parametrize(("head", "reason"), [(EXPORT, APPLE_HEALTH), (b"<xml/>", TOO_LARGE)])
def test_export_too_large_to_be_read_is_named_all_the_same(
    tmp_path: Path, head: bytes, reason: str
) -> None:
    home = home_at(tmp_path, Export_xml=head)
    with (home.raw / "Export.xml").open("r+b") as stored:
        stored.truncate(MAX_FILE_BYTES + 1)
    (file,) = found_files(home.raw)
    ((location, data),) = contents_of(file)
    assert (location.status, location.reason, data) == (FileStatus.NO_ACTIVITY, reason, None)


def test_another_xml_is_no_export_of_apple_health() -> None:
    other = b'<?xml version="1.0"?><notes>HealthData</notes>'
    assert read_content(other, "notes.xml", ZoneInfo("UTC")).reason != APPLE_HEALTH
