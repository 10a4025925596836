"""GPX: every dialect and every trap as a small invented document; real files where they are at
hand.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from tests.builders import untyped_gpx
from tests.corpus import CORPUS
from tightlog.domain.activity import Activity
from tightlog.domain.file_status import FileStatus
from tightlog.domain.frames import LAP_SCHEMA, RECORD_SCHEMA
from tightlog.domain.reading import Reading
from tightlog.readers.xml.gpx import is_gpx, read_gpx

START = datetime(2026, 5, 31, 6, 0, tzinfo=UTC)
HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<gpx version="1.1" creator="Invented Watch" '
    'xmlns="http://www.topografix.com/GPX/1/1">'
)


def stamp(second: float, zone: str = "Z") -> str:
    return (START + timedelta(seconds=second)).strftime("%Y-%m-%dT%H:%M:%S") + zone


def row(
    second: int, extension: str = "", *, speed_mps: float = 3.0, zone: str = "Z", extra: str = ""
) -> str:
    """A row on a meridian, `speed_mps` m north per second."""
    latitude = 10.0 + second * speed_mps / 111_195.08
    inner = f"<extensions>{extension}</extensions>" if extension else ""
    return (
        f'<trkpt lat="{latitude:.8f}" '
        f'lon="20.0"><ele>100</ele><time>{stamp(second, zone)}</time>{extra}{inner}</trkpt>\n'
    )


def track(*segments: str, name: str = "Morning", kind: str = "running") -> str:
    declared = f"<type>{kind}</type>" if kind else ""
    return (
        f"<trk><name>{name}</name>{declared}"
        + "".join(f"<trkseg>{rows}</trkseg>" for rows in segments)
        + "</trk>"
    )


def document(*tracks: str, head: str = HEAD, before: str = "") -> bytes:
    return f"{head}{before}{''.join(tracks)}</gpx>".encode()


def minutes(count: int, extension: str = "", first: int = 0, **options: Any) -> str:
    return "".join(row(first + second, extension, **options) for second in range(60 * count + 1))


def only(reading: Reading) -> Activity:
    assert len(reading.activities) == 1, reading
    return reading.activities[0]


def reading_of(*segments: str, **options: str) -> Reading:
    return read_gpx(document(track(*segments, **options)), "x.gpx")


def test_run_has_its_totals_and_the_exact_frames() -> None:
    reading = reading_of(minutes(10, "<x:hr>150</x:hr>"))
    run = only(reading)
    assert (reading.status, run.sport, run.sub_sport, run.started_at, run.device) == (
        FileStatus.READ,
        "running",
        "generic",
        START,
        "Invented Watch",
    )
    assert (run.elapsed_s, run.moving_s, run.heart_rate_bpm) == (600.0, 600.0, 150.0)
    assert run.distance_m == pytest.approx(1800.0, rel=1e-3)
    assert run.speed_mps == pytest.approx(3.0, rel=1e-3)
    assert run.records.schema == pl.Schema(RECORD_SCHEMA)
    assert run.laps.schema == pl.Schema(LAP_SCHEMA)
    assert run.records["speed_mps"].mean() == pytest.approx(3.0, rel=0.01)
    assert run.is_indoor is False
    assert run.utc_offset_s is None


@pytest.mark.parametrize(
    ("extension", "column", "value"),
    [
        (
            "<ns3:TrackPointExtension><ns3:hr>151</ns3:hr></ns3:TrackPointExtension>",
            "heart_rate_bpm",
            151.0,
        ),
        (
            "<gpxtpx:TrackPointExtension><gpxtpx:hr>151.0</gpxtpx:hr></gpxtpx:TrackPointExtension>",
            "heart_rate_bpm",
            151.0,
        ),
        ("<gpxdata:hr>151</gpxdata:hr>", "heart_rate_bpm", 151.0),
        ("<heartrate> 151 </heartrate>", "heart_rate_bpm", 151.0),
        ("<hr>151</hr><hr>99</hr>", "heart_rate_bpm", 151.0),
        ("<hr/><hr>151</hr>", "heart_rate_bpm", 151.0),
        ('<hr unit="bpm">151,0</hr>', "heart_rate_bpm", 151.0),
        ("<hr>0</hr>", "heart_rate_bpm", None),
        ("<hr>none</hr>", "heart_rate_bpm", None),
        ("<power>250</power>", "power_w", 250.0),
        ("<pwr:PowerInWatts>250</pwr:PowerInWatts>", "power_w", 250.0),
        ("<power>0</power>", "power_w", 0.0),
        ("<power>65535</power>", "power_w", None),
        ("<gpxtpx:speed>2.5</gpxtpx:speed>", "speed_mps", 2.5),
    ],
)
def test_every_dialect_of_an_extension_is_understood(
    extension: str, column: str, value: float | None
) -> None:
    assert only(reading_of(minutes(1, extension))).records[column][0] == value


def test_recorded_distance_comes_before_positions_unless_it_counts_single_steps() -> None:
    total = "".join(
        row(second, f"<gpxdata:distance>{second * 3.2}</gpxdata:distance>") for second in range(121)
    )
    steps = "".join(
        row(second, f"<gpxdata:distance>{3 + second % 2}</gpxdata:distance>")
        for second in range(121)
    )
    assert only(reading_of(total)).distance_m == pytest.approx(384.0)
    assert only(reading_of(steps)).distance_m == pytest.approx(360.0, rel=1e-3)


@pytest.mark.parametrize(
    "name", ["ns3:cad", "gpxtpx:cad", "gpxdata:cadence", "cadence", "RunCadence"]
)
def test_strides_and_steps_of_any_dialect_become_the_same_steps(name: str) -> None:
    strides, steps = (
        only(reading_of(minutes(2, f"<{name}>{value}</{name}>"))) for value in (86, 172)
    )
    assert (strides.cadence_spm, steps.cadence_spm) == (172.0, 172.0)
    assert (strides.cadence_raw, steps.cadence_raw) == (86.0, 172.0)
    assert "gpx of Invented Watch" in str(strides.cadence_rule)
    assert strides.records["cadence_spm"][0] == 172.0


def test_standing_does_not_lower_the_mean_cadence_but_stays_in_the_records() -> None:
    run = only(reading_of(minutes(2, "<cad>85</cad>") + minutes(1, "<cad>0</cad>", first=121)))
    assert run.cadence_spm == 170.0
    assert run.records["cadence_spm"][-1] == 0.0


def test_cadence_of_a_ride_and_of_an_unnamed_sport_is_never_doubled() -> None:
    for kind in ("cycling", ""):
        assert (
            only(reading_of(minutes(2, "<cad>86</cad>"), kind=kind, name="x")).cadence_spm == 86.0
        )


def test_missing_cadence_stays_missing() -> None:
    run = only(reading_of(minutes(1)))
    assert (run.cadence_spm, run.cadence_raw, run.cadence_rule) == (None, None, None)
    assert run.records["cadence_spm"].null_count() == run.records.height


@pytest.mark.parametrize(
    ("kind", "name", "file_name", "expected"),
    [
        ("running", "", "", ("running", "generic")),
        ("Run", "", "", ("running", "generic")),
        ("9", "", "", ("running", "generic")),
        ("1", "", "", ("cycling", "generic")),
        ("trail_running", "", "", ("running", "trail")),
        ("TrailRun", "", "", ("running", "trail")),
        ("treadmill_running", "", "", ("running", "treadmill")),
        ("VirtualRun", "", "", ("running", "virtual_activity")),
        ("street_running", "", "", ("running", "street")),
        ("track_running", "", "", ("running", "track")),
        ("lap_swimming", "", "", ("swimming", "lap_swimming")),
        ("Hike", "", "", ("hiking", "generic")),
        ("Walk", "", "", ("walking", "generic")),
        ("strength_training", "", "", ("training", "strength_training")),
        ("E-Bike Ride", "", "", ("e_biking", "generic")),
        ("", "Morgenlauf", "", ("running", "generic")),
        ("", "Course à pied", "", ("running", "generic")),
        ("", "成都市 跑步", "", ("running", "generic")),
        ("", "越野跑", "", ("running", "trail")),
        ("", "徒步", "", ("hiking", "generic")),
        ("", "Marche à pied", "", ("walking", "generic")),
        ("", "游泳", "", ("swimming", "generic")),
        ("", "Lauftreff Nord", "a.gpx", ("running", "generic")),
        ("", "Halbmarathon", "a.gpx", ("running", "generic")),
        ("", "Mezza maratona", "a.gpx", ("running", "generic")),
        ("", "Trote suave", "a.gpx", ("running", "generic")),
        ("", "Feierabend-Radtour", "a.gpx", ("cycling", "generic")),
        ("", "Pedalada matinal", "a.gpx", ("cycling", "generic")),
        ("", "Untitled", "evening_run_01.gpx", ("running", "generic")),
        ("", "Route", "户外 跑步-Route.gpx", ("running", "generic")),
        ("other", "Lunch Run", "", ("running", "generic")),
        ("", "Marathon training run", "", ("running", "generic")),
        ("", "Rundweg Brunnen", "", ("generic", "generic")),
        ("", "x", "9.gpx", ("generic", "generic")),
        ("something new", "x", "x.gpx", ("generic", "generic")),
    ],
)
def test_sport_is_named_as_in_the_fit_profile(
    kind: str, name: str, file_name: str, expected: tuple[str, str]
) -> None:
    slow = minutes(1, speed_mps=1.5)
    run = only(read_gpx(document(track(slow, kind=kind, name=name)), file_name))
    assert (run.sport, run.sub_sport) == expected


def test_title_is_not_believed_at_the_speed_of_a_car() -> None:
    ride = reading_of(minutes(2, speed_mps=11.0), kind="", name="Drive to the run")
    assert only(ride).sport != "running"


@pytest.mark.parametrize(("speed_mps", "sport"), [(1.49, "training"), (1.51, "generic")])
def test_workout_in_the_title_of_somebody_who_ran_says_nothing(
    speed_mps: float, sport: str
) -> None:
    found = only(reading_of(minutes(20, speed_mps=speed_mps), kind="", name="Afternoon Workout"))
    assert found.sport == sport


def test_pause_between_segments_is_elapsed_but_not_moving_and_adds_no_distance() -> None:
    run = only(reading_of(minutes(5), minutes(5, first=900)))
    assert (run.elapsed_s, run.moving_s) == (1200.0, 600.0)
    assert run.distance_m == pytest.approx(1800.0, rel=1e-3)
    assert run.records["is_timer_running"].all()


def test_tracks_of_one_outing_are_one_run_and_others_are_not() -> None:
    near = read_gpx(
        document(track(minutes(5)), track(minutes(5, first=600), name="Morning #2")), "x.gpx"
    )
    far = read_gpx(document(track(minutes(5)), track(minutes(5, first=3 * 3600))), "x.gpx")
    other_sport = read_gpx(
        document(track(minutes(5)), track(minutes(5, first=600), kind="cycling")), "x.gpx"
    )
    assert [activity.moving_s for activity in near.activities] == [600.0]
    assert [activity.session_index for activity in far.activities] == [0, 1]
    assert [activity.sport for activity in other_sport.activities] == ["running", "cycling"]


def test_two_copies_of_a_track_are_not_woven_into_one_run_of_double_length() -> None:
    reading = read_gpx(document(track(minutes(5)), track(minutes(5))), "x.gpx")
    assert [round(activity.distance_m or 0.0) for activity in reading.activities] == [900, 900]


def test_written_offset_gives_the_same_instant_and_is_kept() -> None:
    run = only(reading_of("".join(row(second, zone="+02:00") for second in range(120))))
    assert run.started_at == START - timedelta(hours=2)
    assert run.utc_offset_s == 7200


def test_times_without_a_zone_are_taken_as_utc_and_said_so() -> None:
    reading = reading_of("".join(row(second, zone="") for second in range(120)))
    assert reading.status == FileStatus.PARTIAL
    assert "UTC" in str(reading.reason)
    assert only(reading).started_at == START


def test_fractions_of_a_second_are_kept() -> None:
    run = only(reading_of("".join(row(second, zone=f".{second % 10}25Z") for second in range(30))))
    assert run.started_at == START + timedelta(milliseconds=25)
    assert run.records["elapsed_s"][1] == pytest.approx(1.1)


def test_route_without_times_is_no_activity() -> None:
    rows = '<trkpt lat="1" lon="2"><ele>3</ele></trkpt>' * 5
    reading = reading_of(rows)
    assert (reading.status, reading.reason) == (FileStatus.NO_ACTIVITY, "a planned route: no times")
    waypoints = read_gpx(
        document('<wpt lat="1" lon="2"><time>2026-05-31T06:00:00Z</time></wpt>'), "x.gpx"
    )
    assert waypoints.status == FileStatus.NO_ACTIVITY


def test_track_without_positions_or_totals_is_no_activity_and_never_unreadable() -> None:
    for body in ("<trkseg/>", "<trkseg></trkseg>", ""):
        reading = read_gpx(
            document(f"<trk><name>Treadmill</name><type>treadmill_running</type>{body}</trk>"),
            "x.gpx",
        )
        assert reading.status == FileStatus.NO_ACTIVITY
        assert "no positions" in str(reading.reason)


BLOCK = (
    "<extensions><distance>5900.0</distance><average_hr>161.0</average_hr>"
    "<start_time>2026-05-31T06:00:00+00:00</start_time>"
    "<end_time>2026-05-31T06:30:00+00:00</end_time><moving_time>1700</moving_time>"
    "<elapsed_time>1850.5</elapsed_time></extensions>"
)


def test_treadmill_run_with_stated_totals_alone_is_not_lost() -> None:
    run = only(
        read_gpx(
            document("<trk><type>treadmill_running</type><trkseg/></trk>", before=BLOCK), "x.gpx"
        )
    )
    assert (run.sport, run.sub_sport, run.started_at) == ("running", "treadmill", START)
    assert (run.distance_m, run.elapsed_s, run.moving_s, run.heart_rate_bpm) == (
        5900.0,
        1850.5,
        1800.0,
        161.0,
    )
    assert run.records.is_empty()
    assert run.records.schema == pl.Schema(RECORD_SCHEMA)
    assert run.is_indoor is True


def test_stated_totals_come_before_our_own_only_when_they_can_be_true() -> None:
    run = only(read_gpx(document(track(minutes(30)), before=BLOCK), "x.gpx"))
    assert run.distance_m == 5900.0
    short = only(
        read_gpx(document(track(minutes(30)), before=BLOCK.replace("5900.0", "5.9")), "x.gpx")
    )
    assert short.distance_m == pytest.approx(5400.0, rel=1e-3)


def test_run_starts_when_the_watch_did_not_when_it_knew_its_place() -> None:
    def started(stated: int) -> Activity:
        return only(
            read_gpx(
                document(
                    track(minutes(5)), before=f"<metadata><time>{stamp(stated)}</time></metadata>"
                ),
                "x.gpx",
            )
        )

    assert (started(-90).started_at, started(-90).elapsed_s, started(-90).moving_s) == (
        START - timedelta(seconds=90),
        390.0,
        300.0,
    )
    for of_something_else in (-7200, 400):
        assert started(of_something_else).started_at == START


def test_impossible_years_are_left_out_with_a_reason() -> None:
    good = minutes(1)
    reading = reading_of(good + "".join(row(at).replace("2026-", "1970-") for at in range(61, 130)))
    assert reading.status == FileStatus.PARTIAL
    assert "dated 1970" in str(reading.reason)
    assert only(reading).records.height == 61
    future = read_gpx(document(track(good)).replace(b"2026-", b"2080-"), "x.gpx")
    assert future.status == FileStatus.UNREADABLE
    assert "2080" in str(future.reason)


def test_rows_without_time_are_left_out_with_a_reason() -> None:
    reading = reading_of(minutes(1) + '<trkpt lat="10" lon="20"/>')
    assert reading.status == FileStatus.PARTIAL
    assert "no readable time" in str(reading.reason)


def test_zero_zero_is_no_position() -> None:
    nowhere = f'<trkpt lat="0.0" lon="0.0"><time>{stamp(61)}</time></trkpt>'
    run = only(reading_of(minutes(1) + nowhere))
    assert run.records["latitude_deg"][-1] is None
    assert run.distance_m == pytest.approx(180.0, rel=1e-2)


def test_altitude_of_zero_everywhere_is_no_altitude() -> None:
    run = only(reading_of(minutes(1).replace("<ele>100</ele>", "<ele>0</ele>")))
    assert run.records["altitude_m"].null_count() == run.records.height
    assert run.ascent_m is None


def test_rows_out_of_order_are_put_in_order() -> None:
    rows = [row(second) for second in range(120)]
    run = only(reading_of("".join(rows[60:] + rows[:60])))
    assert run.started_at == START
    assert run.records["elapsed_s"].is_sorted()


@pytest.mark.parametrize(
    "wrapped",
    [
        lambda text: b"\xef\xbb\xbf" + text,
        lambda text: b"\n  \t" + text,
        lambda text: text.decode().replace("UTF-8", "UTF-16").encode("utf-16"),
        lambda text: text.decode().replace("UTF-8", "UTF-16").encode("utf-16-be"),
        lambda text: text.decode().replace("UTF-8", "ISO-8859-1").encode("iso-8859-1"),
        lambda text: text.decode().replace(' encoding="UTF-8"', "").encode("cp1252"),
        lambda text: text.split(b"?>\n", 1)[1],
        lambda text: text + b"\n\0\0\0",
        lambda text: text.replace(b"<trkpt ", b"<trkpt\n  "),
        lambda text: text.replace(b'"', b"'"),
        lambda text: text.replace(b"<trk>", b"<!-- <trkpt> --><trk>"),
        lambda text: text.replace(b"Caf\xc3\xa9", b"<![CDATA[Caf\xc3\xa9]]>"),
        lambda text: text.replace(b"<trk", b"<g:trk").replace(b"</trk", b"</g:trk"),
        lambda text: text.replace(
            b"<trk>", b"<odd:block xmlns:odd='x'><odd:trk/></odd:block><trk>", 1
        ),
    ],
)  # fmt: skip
def test_encoding_blanks_prefixes_and_comments_change_nothing(wrapped: object) -> None:
    plain = document(track(minutes(1, "<hr>150</hr>"), name="Café run", kind="")).replace(
        b" run", b" run"
    )
    assert callable(wrapped)
    data = wrapped(plain)
    assert is_gpx(data)
    expected, found = only(read_gpx(plain, "")), only(read_gpx(data, ""))
    assert_frame_equal(found.records, expected.records)
    assert (found.sport, found.name) == ("running", "Café run")


def test_entities_in_a_title_are_decoded_and_undeclared_prefixes_do_no_harm() -> None:
    run = only(reading_of(minutes(1, "<gpxdata:hr>150</gpxdata:hr>"), name="Run &amp; rest"))
    assert (run.name, run.heart_rate_bpm) == ("Run & rest", 150.0)


def test_cut_off_file_keeps_what_was_read() -> None:
    whole = document(track(minutes(10)))
    reading = read_gpx(whole[: len(whole) // 2], "x.gpx")
    assert reading.status == FileStatus.PARTIAL
    assert "cut off" in str(reading.reason)
    assert 290 <= only(reading).records.height <= 310


def test_damage_in_the_middle_costs_only_the_damaged_rows() -> None:
    rows = minutes(10)
    broken = rows[: len(rows) // 2] + "<<<\0\0 garbage >" + rows[len(rows) // 2 + 300 :]
    reading = reading_of(broken)
    assert reading.status == FileStatus.PARTIAL
    run = only(reading)
    assert run.elapsed_s == 600.0
    assert run.records.height > 590


def test_damage_before_the_track_or_in_one_of_several_loses_no_run() -> None:
    whole = document(
        track(minutes(2), name="Lunch"),
        track(minutes(2, first=7200)),
        track(minutes(2, first=14400), kind="cycling"),
    )
    for place in (
        whole.index(b"<trk>"),
        whole.index(b"creator") + 3,
        whole.index(b"</trkseg>"),
        whole.index(b"</trk>") + 6,
    ):
        reading = read_gpx(whole[:place] + b"\0<&" + whole[place:], "x.gpx")
        assert reading.status == FileStatus.PARTIAL
        assert [activity.sport for activity in reading.activities] == [
            "running",
            "running",
            "cycling",
        ]
        assert [activity.records.height for activity in reading.activities] == [121, 121, 121]


def test_what_is_no_gpx_is_refused_in_words() -> None:
    page = read_gpx(b"<!DOCTYPE html><html><body>404</body></html>", "x.gpx")
    assert (page.status, "web page" in str(page.reason)) == (FileStatus.UNREADABLE, True)
    for data in (b"", b"\0\0\0", b"PK\x03\x04", b"<TrainingCenterDatabase/>", b"{}"):
        reading = read_gpx(data, "x.gpx")
        assert reading.status == FileStatus.UNREADABLE
        assert reading.reason
        assert not is_gpx(data)


def test_entity_bombs_and_outside_files_are_not_touched() -> None:
    bomb = '<!DOCTYPE gpx [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    outside = '<!DOCTYPE gpx [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
    for declared in (bomb, outside):
        data = document(track(minutes(1), name="&a;")).replace(
            b"<gpx", declared.encode() + b"<gpx", 1
        )
        reading = read_gpx(data, "x.gpx")
        assert reading.status == FileStatus.UNREADABLE
        assert "entities" in str(reading.reason)


def test_deep_nesting_and_many_elements_end_in_a_reading() -> None:
    assert read_gpx(HEAD.encode() + b"<a>" * 200_000, "x.gpx").status == FileStatus.UNREADABLE
    assert read_gpx(document("<trk/>" * 250_000), "x.gpx").status == FileStatus.UNREADABLE


DOCUMENTS = [
    document(track(minutes(1, "<ns3:hr>150</ns3:hr><ns3:cad>80</ns3:cad>"), minutes(1, first=300))),
    document(
        track(minutes(1)),
        track(minutes(1, first=7200, speed_mps=5.0), kind="cycling"),
        before=BLOCK,
    ),
    document(track(minutes(1, extra="<desc>a &lt; b</desc>"))),
    document("<trk>" + minutes(1) + "</trk>"),
    document(
        track(minutes(1), "", minutes(1, "<power>200</power>", first=61)),
        before="<metadata><name>n</name></metadata>",
    ),
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
        assert (one.sport, one.name, one.started_at, one.distance_m, one.moving_s) == (
            other.sport, other.name, other.started_at, other.distance_m, other.moving_s,
        )  # fmt: skip


@pytest.mark.parametrize("data", DOCUMENTS)
def test_both_ways_of_reading_agree(data: bytes) -> None:
    assert_same(read_gpx(data, "x.gpx"), read_gpx(data, "x.gpx", is_by_columns=False))


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_give_a_reading(data: bytes) -> None:
    for text in (data, HEAD.encode() + data, b"<gpx><trk><trkseg><trkpt" + data):
        assert isinstance(read_gpx(text, "x.gpx"), Reading)


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(DOCUMENTS),
    st.lists(
        st.tuples(st.integers(0, 20_000), st.binary(max_size=12), st.integers(0, 200)), max_size=4
    ),
)
def test_any_mutation_gives_a_reading_with_a_reason_when_it_is_not_whole(
    data: bytes, edits: list[tuple[int, bytes, int]]
) -> None:
    for place, inserted, cut in edits:
        place %= len(data)
        data = data[:place] + inserted + data[place + cut :] or b" "
    reading = read_gpx(data, "x.gpx")
    assert (reading.reason is None) == (reading.status == FileStatus.READ)
    for activity in reading.activities:
        assert activity.records.schema == pl.Schema(RECORD_SCHEMA)
        assert activity.records["recorded_at"].null_count() == 0


corpus = pytest.mark.skipif(
    not CORPUS.is_dir(), reason="the corpus of real files is not at hand (TIGHTLOG_CORPUS)"
)


@corpus
@pytest.mark.slow
def test_both_ways_of_reading_agree_on_real_files() -> None:
    files = sorted(CORPUS.rglob("*.gpx"))
    assert files
    for file in files:
        data = file.read_bytes()
        assert_same(read_gpx(data, file.name), read_gpx(data, file.name, is_by_columns=False))


@corpus
@pytest.mark.slow
def test_gpx_and_fit_of_a_real_activity_agree() -> None:
    import fitdecode

    pairs = [
        file
        for file in sorted((CORPUS / "zoo" / "pairs").glob("*.gpx"))
        if file.with_suffix(".fit").exists()
    ]
    assert pairs
    compared = 0
    for file in pairs:
        with fitdecode.FitReader(
            str(file.with_suffix(".fit")), check_crc=fitdecode.CrcCheck.DISABLED
        ) as messages:
            records = [
                message
                for message in messages
                if isinstance(message, fitdecode.FitDataMessage) and message.name == "record"
            ]
        cadence = [message.get_value("cadence", fallback=None) for message in records]
        fraction = [message.get_value("fractional_cadence", fallback=None) for message in records]
        steps = [
            2 * (whole + (part or 0))
            for whole, part in zip(cadence, fraction, strict=True)
            if whole
        ]
        run = only(read_gpx(file.read_bytes(), file.name))
        if run.sport in {"running", "walking", "hiking"} and steps and run.cadence_spm:
            compared += 1
            assert run.cadence_spm == pytest.approx(sum(steps) / len(steps), abs=1.0)
    assert compared >= 2


@pytest.mark.parametrize(
    ("app", "sport"),
    [
        ("Nike Run Club", "running"),
        ("joyrun 5.2", "running"),
        ("悦跑圈", "running"),
        ("Runkeeper", "generic"),
        ("adidas Running", "generic"),
        ("MapMyRun", "generic"),
    ],
)
def test_an_app_that_records_runs_only_says_that_it_was_one(app: str, sport: str) -> None:
    data = untyped_gpx().replace(b'"a phone"', f'"{app}"'.encode())
    (activity,) = read_gpx(data, "a.gpx").activities
    assert activity.sport == sport
    fast = untyped_gpx(speeds_mps=(18.0,)).replace(b'"a phone"', f'"{app}"'.encode())
    assert read_gpx(fast, "a.gpx").activities[0].sport == "generic"
