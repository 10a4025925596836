"""Activities without a single point: when and what is known, how long and how far is not."""

from datetime import UTC, datetime

import pytest

from tightlog.domain.file_status import FileStatus
from tightlog.domain.sports import SportRule
from tightlog.readers.xml.gpx import read_gpx
from tightlog.readers.xml.tcx import read_tcx

AT = datetime(2026, 5, 6, 6, 0, tzinfo=UTC)
TIME = "<metadata><time>2026-05-06T06:00:00.000Z</time></metadata>"
TCX = (
    '<?xml version="1.0"?><TrainingCenterDatabase><Activities>{}</Activities>'
    "</TrainingCenterDatabase>"
)


def gpx(track: str, head: str = TIME) -> bytes:
    return (
        '<?xml version="1.0"?><gpx version="1.1" creator="Garmin Connect" '
        f'xmlns="http://www.topografix.com/GPX/1/1">{head}{track}</gpx>'
    ).encode()


@pytest.mark.parametrize(
    ("track", "name", "sport", "rule"),
    [
        (
            "<trk><name>A</name><type>treadmill_running</type><trkseg/></trk>",
            "1.gpx",
            ("running", "treadmill"),
            SportRule.FILE,
        ),
        ("<trk><type>lap_swimming</type></trk>", "1.gpx", ("swimming", "lap_swimming"), "file"),
        ("<trk><name>Laufband</name><trkseg/></trk>", "1.gpx", ("running", "treadmill"), "name"),
        ("<trk><name>A</name><trkseg/></trk>", "treadmill.gpx", ("running", "treadmill"), "name"),
        ("<trk><name>A</name><trkseg/></trk>", "1.gpx", ("generic", "generic"), "unknown"),
    ],
)
def test_a_gpx_without_points_is_an_activity_of_unknown_length(
    track: str, name: str, sport: tuple[str, str], rule: str
) -> None:
    reading = read_gpx(gpx(track), name)
    assert reading.status is FileStatus.READ
    (activity,) = reading.activities
    assert (activity.sport, activity.sub_sport) == sport
    assert activity.sport_rule == rule
    assert activity.started_at == AT
    assert (activity.distance_m, activity.elapsed_s, activity.moving_s) == (None, None, None)
    assert activity.records.height == 0


START_ALONE = (
    '<trk><type>{}</type><trkseg><trkpt lat="47" lon="8"><time>2026-05-06T06:00:00Z</time></trkpt>'
    "</trkseg></trk>"
)


@pytest.mark.parametrize(
    ("kind", "is_one"),
    [("treadmill_running", True), ("lap_swimming", True), ("running", False), ("cycling", False)],
)
def test_a_start_alone_is_an_activity_where_nobody_goes_anywhere(kind: str, is_one: bool) -> None:
    found = [
        (one.started_at, one.elapsed_s, one.distance_m)
        for one in read_gpx(gpx(START_ALONE.format(kind), ""), "1.gpx").activities
    ]
    assert found == ([(AT, None, None)] if is_one else [])


@pytest.mark.parametrize(
    "data",
    [
        gpx("<trk><type>running</type><trkseg/></trk>", ""),
        gpx("<trk><trkseg/></trk>"),
        gpx("<rte><name>A run</name></rte>"),
        gpx('<trk><type>running</type><trkseg><trkpt lat="47" lon="8"/></trkseg></trk>'),
    ],
)
def test_a_route_or_a_track_without_time_or_name_is_none(data: bytes) -> None:
    reading = read_gpx(data, "run.gpx")
    assert (reading.status, reading.activities) == (FileStatus.NO_ACTIVITY, ())


@pytest.mark.parametrize(
    "inside",
    [
        '<Lap StartTime="2026-05-06T06:00:00Z"><Intensity>Active</Intensity></Lap>',
        "",
    ],
)
def test_a_tcx_without_a_point_is_an_activity_of_unknown_length(inside: str) -> None:
    text = f'<Activity Sport="Running"><Id>2026-05-06T06:00:00Z</Id>{inside}</Activity>'
    (activity,) = read_tcx(TCX.format(text).encode(), "a.tcx").activities
    assert (activity.sport, activity.started_at) == ("running", AT)
    assert (activity.distance_m, activity.elapsed_s, activity.moving_s) == (None, None, None)


def test_a_lap_of_no_time_is_no_activity() -> None:
    lap = '<Lap StartTime="2026-05-06T06:00:00Z"><TotalTimeSeconds>0</TotalTimeSeconds></Lap>'
    text = f'<Activity Sport="Running"><Id>2026-05-06T06:00:00Z</Id>{lap}</Activity>'
    assert read_tcx(TCX.format(text).encode(), "a.tcx").status is FileStatus.NO_ACTIVITY
