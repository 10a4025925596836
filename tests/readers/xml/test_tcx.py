"""TCX: every dialect and every trap as a small invented document; real files where they are at
hand.
"""

from datetime import UTC, datetime, timedelta

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from tests.corpus import CORPUS
from tightlog.domain.activity import Activity
from tightlog.domain.file_status import FileStatus
from tightlog.domain.frames import LAP_SCHEMA, RECORD_SCHEMA
from tightlog.domain.reading import Reading
from tightlog.readers.xml.tcx import is_tcx, read_tcx

START = datetime(2026, 5, 31, 6, 0, tzinfo=UTC)
HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<TrainingCenterDatabase '
    'xmlns="http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2">'
)
CREATOR = "<Creator><Name>Invented Watch</Name><UnitId>1</UnitId></Creator>"


def stamp(second: float) -> str:
    return (START + timedelta(seconds=second)).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def row(
    second: int, *, distance_m: float | None = None, inner: str = "", is_placed: bool = True
) -> str:
    latitude = 10.0 + second * 3.0 / 111_195.08
    position = (
        f"<Position><LatitudeDegrees>{latitude:.8f}</LatitudeDegrees>"
        "<LongitudeDegrees>20.0</LongitudeDegrees></Position>"
    )
    way = f"<DistanceMeters>{3.0 * second if distance_m is None else distance_m}</DistanceMeters>"
    place = position if is_placed else ""
    return (
        f"<Trackpoint><Time>{stamp(second)}</Time>{place}<AltitudeMeters>100</AltitudeMeters>"
        f"{way}{inner}</Trackpoint>\n"
    )


def rows(first: int, last: int, inner: str = "", **options: bool) -> str:
    points = (row(second, inner=inner, **options) for second in range(first, last + 1))
    return f"<Track>{''.join(points)}</Track>"


def lap(
    start: int,
    *tracks: str,
    seconds: float | None = 60.0,
    metres: float | None = 180.0,
    after: str = "",
) -> str:
    stated = f"<TotalTimeSeconds>{seconds}</TotalTimeSeconds>" if seconds is not None else ""
    stated += f"<DistanceMeters>{metres}</DistanceMeters>" if metres is not None else ""
    return f'<Lap StartTime="{stamp(start)}">{stated}{"".join(tracks)}{after}</Lap>'


def activity(*laps: str, sport: str = "Running", after: str = CREATOR, notes: str = "") -> str:
    return f'<Activity Sport="{sport}"><Id>{stamp(0)}</Id>{notes}{"".join(laps)}{after}</Activity>'


def document(*activities: str, head: str = HEAD) -> bytes:
    return f"{head}<Activities>{''.join(activities)}</Activities></TrainingCenterDatabase>".encode()


def reading_of(*laps: str, **options: str) -> Reading:
    return read_tcx(document(activity(*laps, **options)), "x.tcx")


def only(reading: Reading) -> Activity:
    assert len(reading.activities) == 1, reading
    return reading.activities[0]


def test_run_has_its_totals_laps_and_the_exact_frames() -> None:
    sensors = "<ns3:TPX><ns3:Speed>2.9</ns3:Speed><ns3:RunCadence>85</ns3:RunCadence></ns3:TPX>"
    inner = f"<HeartRateBpm><Value>150</Value></HeartRateBpm><Extensions>{sensors}</Extensions>"
    reading = reading_of(
        lap(0, rows(0, 60, inner)),
        lap(
            60,
            rows(61, 120, inner),
            after="<Extensions><ns3:LX><ns3:AvgRunCadence>84</ns3:AvgRunCadence></ns3:LX>"
            "</Extensions>",
        ),
    )
    run = only(reading)
    assert (reading.status, run.sport, run.started_at, run.device) == (
        FileStatus.READ,
        "running",
        START,
        "Invented Watch",
    )
    assert (run.elapsed_s, run.moving_s, run.distance_m, run.heart_rate_bpm) == (
        120.0,
        120.0,
        360.0,
        150.0,
    )
    assert (run.cadence_raw, run.cadence_spm, run.records["speed_mps"][5]) == (85.0, 170.0, 2.9)
    assert "tcx of Invented Watch" in str(run.cadence_rule)
    assert run.records.schema == pl.Schema(RECORD_SCHEMA)
    assert run.laps.schema == pl.Schema(LAP_SCHEMA)
    assert run.laps["cadence_spm"].to_list() == [170.0, 168.0]
    assert run.laps["started_at"].to_list() == [START, START + timedelta(seconds=60)]


def test_pause_between_tracks_of_a_lap_is_no_moving_time() -> None:
    run = only(reading_of(lap(0, rows(0, 60), rows(600, 660), seconds=None, metres=None)))
    assert (run.elapsed_s, run.moving_s) == (660.0, 120.0)


def test_pause_between_laps_is_elapsed_but_not_moving() -> None:
    run = only(reading_of(lap(0, rows(0, 60)), lap(900, rows(900, 960))))
    assert (run.elapsed_s, run.moving_s) == (960.0, 120.0)
    assert run.laps["elapsed_s"].to_list() == [900.0, 60.0]
    assert run.laps["moving_s"].to_list() == [60.0, 60.0]


def test_lap_totals_come_first_but_not_when_they_cannot_be_true() -> None:
    assert only(reading_of(lap(0, rows(0, 60), seconds=58.0, metres=175.0))).distance_m == 175.0
    for seconds, metres in ((0.0, 0.0), (1.0, 2.0), (None, None)):
        run = only(reading_of(lap(0, rows(0, 60), seconds=seconds, metres=metres)))
        assert (run.moving_s, run.distance_m) == (60.0, 180.0)


def test_lap_without_records_is_not_lost() -> None:
    run = only(
        reading_of(
            lap(
                0,
                seconds=1800.0,
                metres=5000.0,
                after="<AverageHeartRateBpm><Value>140</Value></AverageHeartRateBpm>"
                "<Cadence>83</Cadence>",
            )
        )
    )
    assert (run.started_at, run.elapsed_s, run.moving_s, run.distance_m, run.heart_rate_bpm) == (
        START,
        1800.0,
        1800.0,
        5000.0,
        140.0,
    )
    assert run.cadence_spm == 166.0
    assert run.records.is_empty()


def test_distance_that_restarts_at_each_lap_is_carried_on() -> None:
    second = (
        "<Track>"
        + "".join(row(second, distance_m=3.0 * (second - 61)) for second in range(61, 121))
        + "</Track>"
    )
    run = only(reading_of(lap(0, rows(0, 60), metres=None), lap(61, second, metres=None)))
    assert run.records["distance_m"].is_sorted()
    assert run.records["distance_m"][-1] == pytest.approx(357.0)


def test_distance_that_restarts_within_a_lap_without_a_total_is_carried_on() -> None:
    points = "".join(row(second, distance_m=3.0 * (second % 61)) for second in range(122))
    run = only(reading_of(lap(0, f"<Track>{points}</Track>", seconds=121.0, metres=None)))
    assert run.distance_m == pytest.approx(360.0)
    assert run.laps["distance_m"].to_list() == [pytest.approx(360.0)]


def test_distance_per_step_is_not_taken_for_the_total() -> None:
    steps = (
        "<Track>"
        + "".join(row(second, distance_m=2.5 + second % 3 / 2) for second in range(121))
        + "</Track>"
    )
    assert only(reading_of(lap(0, steps, seconds=2.0, metres=0.0))).distance_m == pytest.approx(
        360.0, rel=1e-3
    )


@pytest.mark.parametrize(
    ("sport", "notes", "file_name", "expected"),
    [
        ("Running", "", "", ("running", "generic")),
        ("Biking", "", "", ("cycling", "generic")),
        ("Walking", "", "", ("walking", "generic")),
        ("Other", "<Notes>Walking</Notes>", "", ("walking", "generic")),
        ("Other", "", "Course à pied.tcx", ("running", "generic")),
        ("Other", "", "pool_swim.tcx", ("swimming", "lap_swimming")),
        ("Other", "", "x.tcx", ("generic", "generic")),
        ("Running", "<Notes>Bike to the start</Notes>", "", ("running", "generic")),
        ("", "", "", ("generic", "generic")),
    ],
)
def test_sport_is_the_declared_one_and_other_asks_notes_and_name(
    sport: str, notes: str, file_name: str, expected: tuple[str, str]
) -> None:
    slow = (
        "<Track>"
        + "".join(
            row(10 * second, distance_m=12.0 * second, is_placed=False) for second in range(20)
        )
        + "</Track>"
    )
    run = only(
        read_tcx(
            document(activity(lap(0, slow, seconds=190.0, metres=228.0), sport=sport, notes=notes)),
            file_name,
        )
    )
    assert (run.sport, run.sub_sport) == expected


def test_ride_keeps_its_cadence_and_power() -> None:
    inner = "<Cadence>88</Cadence><Extensions><TPX><Watts>200</Watts></TPX></Extensions>"
    ride = only(reading_of(lap(0, rows(0, 60, inner)), sport="Biking"))
    assert (ride.cadence_spm, ride.power_w) == (88.0, 200.0)


def test_run_cadence_comes_before_the_field_of_the_bicycle() -> None:
    inner = "<Cadence>1</Cadence><Extensions><TPX><RunCadence>85</RunCadence></TPX></Extensions>"
    assert only(reading_of(lap(0, rows(0, 60, inner)))).cadence_raw == 85.0


def test_several_activities_stay_several_and_a_multisport_session_too() -> None:
    legs = [
        activity(lap(3600 * leg, rows(3600 * leg, 3600 * leg + 60)), sport=sport)
        for leg, sport in enumerate(("Running", "Biking", "Running"))
    ]
    further = "".join(f"<NextSport>{leg}</NextSport>" for leg in legs[1:])
    nested = (
        f"<MultiSportSession><Id>x</Id><FirstSport>{legs[0]}</FirstSport>{further}"
        "</MultiSportSession>"
    )
    for data in (document(*legs), document(nested)):
        reading = read_tcx(data, "x.tcx")
        assert [(found.session_index, found.sport) for found in reading.activities] == [
            (0, "running"),
            (1, "cycling"),
            (2, "running"),
        ]


def test_file_name_of_google_fit_gives_the_offset() -> None:
    data = document(activity(lap(0, rows(0, 60))))
    assert only(read_tcx(data, "2026-05-31T01_00_00-05_00_PT1M_Running.tcx")).utc_offset_s == -18000
    assert only(read_tcx(data, "run.tcx")).utc_offset_s is None


def test_run_without_positions_is_indoor_only_when_it_was_recorded_densely() -> None:
    assert only(reading_of(lap(0, rows(0, 60, is_placed=False)))).is_indoor is True
    sparse = (
        "<Track>" + "".join(row(120 * minute, is_placed=False) for minute in range(20)) + "</Track>"
    )
    assert only(reading_of(lap(0, sparse, seconds=2280.0, metres=6840.0))).is_indoor is None


def test_trigger_manual_on_every_lap_says_nothing() -> None:
    def ended(*triggers: str) -> list[str | None]:
        laps = [
            lap(
                60 * index,
                rows(60 * index, 60 * index + 59),
                after=f"<TriggerMethod>{trigger}</TriggerMethod>",
            )
            for index, trigger in enumerate(triggers)
        ]
        return only(reading_of(*laps)).laps["trigger"].to_list()

    assert ended("Manual", "Manual") == [None, None]
    assert ended("Distance", "Manual") == ["distance", "manual"]


def test_course_and_empty_file_are_no_activity() -> None:
    course = (
        f"{HEAD}<Courses><Course><Name>x</Name>{rows(0, 10)}</Course></Courses>"
        "</TrainingCenterDatabase>"
    ).encode()
    reading = read_tcx(course, "x.tcx")
    assert (reading.status, reading.reason) == (
        FileStatus.NO_ACTIVITY,
        "a planned course only: no recorded activity",
    )
    assert read_tcx(document(), "x.tcx").status == FileStatus.NO_ACTIVITY
    assert (
        read_tcx(document(activity(lap(0, seconds=0.0, metres=0.0))), "x.tcx").status
        == FileStatus.NO_ACTIVITY
    )


def test_blanks_before_the_declaration_single_quotes_and_breaks_in_tags_change_nothing() -> None:
    plain = document(activity(lap(0, rows(0, 60))))
    for data in (
        b"   \n" + plain,
        plain.replace(b'"', b"'"),
        plain.replace(b"<Activity ", b"<Activity\n   "),
        b"\xef\xbb\xbf" + plain,
    ):
        assert is_tcx(data)
        assert_frame_equal(
            only(read_tcx(data, "x.tcx")).records, only(read_tcx(plain, "x.tcx")).records
        )


def test_cut_off_file_keeps_the_records_and_the_stated_total_of_the_lap() -> None:
    whole = document(activity(lap(0, rows(0, 600), seconds=600.0, metres=1800.0)))
    reading = read_tcx(whole[: len(whole) // 2], "x.tcx")
    assert (reading.status, "cut off" in str(reading.reason)) == (FileStatus.PARTIAL, True)
    run = only(reading)
    assert 280 <= run.records.height <= 320
    assert run.distance_m == 1800.0


def test_impossible_years_are_refused_with_a_reason() -> None:
    reading = read_tcx(document(activity(lap(0, rows(0, 60)))).replace(b"2026-", b"1970-"), "x.tcx")
    assert (reading.status, "1970" in str(reading.reason)) == (FileStatus.UNREADABLE, True)


def test_what_is_no_tcx_is_refused_in_words() -> None:
    for data in (b"", b"<html></html>", b"<gpx/>", b"\x0e\x10.FIT"):
        reading = read_tcx(data, "x.tcx")
        assert reading.status == FileStatus.UNREADABLE
        assert reading.reason
        assert not is_tcx(data)


DOCUMENTS = [
    document(
        activity(
            lap(0, rows(0, 60, "<HeartRateBpm><Value>150</Value></HeartRateBpm>")),
            lap(60, rows(61, 90), rows(200, 230)),
        )
    ),
    document(activity(lap(0, rows(0, 60)), sport="Biking"), activity(lap(7200, rows(7200, 7260)))),
    document(activity(rows(0, 60))),
]


def assert_same(fast: Reading, slow: Reading) -> None:
    assert (fast.status, fast.reason, len(fast.activities)) == (
        slow.status,
        slow.reason,
        len(slow.activities),
    )
    for one, other in zip(fast.activities, slow.activities, strict=True):
        assert_frame_equal(one.records, other.records)
        assert_frame_equal(one.laps, other.laps)
        assert (one.sport, one.started_at, one.distance_m, one.moving_s) == (
            other.sport,
            other.started_at,
            other.distance_m,
            other.moving_s,
        )


@pytest.mark.parametrize("data", DOCUMENTS)
def test_both_ways_of_reading_agree(data: bytes) -> None:
    assert read_tcx(data, "x.tcx").activities
    assert_same(read_tcx(data, "x.tcx"), read_tcx(data, "x.tcx", is_by_columns=False))


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(DOCUMENTS),
    st.lists(
        st.tuples(st.integers(0, 30_000), st.binary(max_size=12), st.integers(0, 200)), max_size=4
    ),
)
def test_any_mutation_gives_a_reading_with_a_reason_when_it_is_not_whole(
    data: bytes, edits: list[tuple[int, bytes, int]]
) -> None:
    for place, inserted, cut in edits:
        place %= len(data)
        data = data[:place] + inserted + data[place + cut :] or b" "
    reading = read_tcx(data, "x.tcx")
    assert (reading.reason is None) == (reading.status == FileStatus.READ)
    for found in reading.activities:
        assert found.records.schema == pl.Schema(RECORD_SCHEMA)
        assert found.laps.schema == pl.Schema(LAP_SCHEMA)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_give_a_reading(data: bytes) -> None:
    for text in (
        data,
        HEAD.encode() + data,
        HEAD.encode() + b"<Activities><Activity><Lap><Track><Trackpoint>" + data,
    ):
        assert isinstance(read_tcx(text, "x.tcx"), Reading)


@pytest.mark.slow
@pytest.mark.skipif(
    not CORPUS.is_dir(), reason="the corpus of real files is not at hand (TIGHTLOG_CORPUS)"
)
def test_both_ways_of_reading_agree_on_real_files_and_each_gives_an_activity() -> None:
    files = sorted(CORPUS.rglob("*.tcx"))
    assert files
    for file in files:
        data = file.read_bytes()
        fast = read_tcx(data, file.name)
        assert fast.activities
        assert_same(fast, read_tcx(data, file.name, is_by_columns=False))


# The last record has 1,666 m.
@pytest.mark.parametrize(("stated_m", "way_m"), [(1699.0, 1699.0), (1700.0, 2540.0)])
def test_laps_whose_distances_count_on_are_not_added_up(stated_m: float, way_m: float) -> None:
    laps = []
    for number, total_m in ((0, 840.0), (1, stated_m)):
        points = "".join(
            f"<Trackpoint><Time>2026-05-04T06:{minute:02}:{second:02}Z</Time>"
            f"<DistanceMeters>{168 * minute + 2.8 * second:.1f}</DistanceMeters></Trackpoint>"
            for minute in range(5 * number, 5 * number + 5)
            for second in range(0, 60, 5)
        )
        laps.append(
            f'<Lap StartTime="2026-05-04T06:{5 * number:02}:00Z"><TotalTimeSeconds>300'
            f"</TotalTimeSeconds><DistanceMeters>{total_m}</DistanceMeters>"
            f"<Track>{points}</Track></Lap>"
        )
    text = (
        '<TrainingCenterDatabase><Activities><Activity Sport="Running">'
        f"<Id>2026-05-04T06:00:00Z</Id>{''.join(laps)}</Activity></Activities>"
        "</TrainingCenterDatabase>"
    )
    (run,) = read_tcx(text.encode(), "a.tcx").activities
    assert run.distance_m == pytest.approx(way_m, rel=0.002)
    assert sum(run.laps["distance_m"]) == pytest.approx(run.distance_m, abs=1)
