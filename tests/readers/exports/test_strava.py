"""Strava's list of activities: every age and language of it, each row an activity, nothing
guessed.
"""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import STRAVA_HEADER, strava_csv
from tightlog.domain.activity import Activity
from tightlog.domain.file_status import FileStatus
from tightlog.readers.exports.strava import is_strava_csv, read_strava_csv
from tightlog.readers.written_date import instants

# The second `Elapsed Time` and what stands before and after it: the places by which the tests fill
# a row in any language.
SECOND, GEAR, FILE, RPE = 14, 10, 11, 42
RUN = {
    0: "123",
    1: "Apr 16, 2021, 10:58:25 PM",
    2: "Evening Run",
    3: "Run",
    5: "1900",
    6: "5.02",
    GEAR: "Blue shoe",
    FILE: "activities/456.fit.gz",
    SECOND: "1900.0",
    SECOND + 1: "1802.0",
    SECOND + 2: "5021.4",
    SECOND + 3: "4.1",
    SECOND + 5: "31.0",
    SECOND + 6: "29.0",
    SECOND + 14: "84.2",
    SECOND + 16: "148.0",
    RPE: "6",
}


def only(data: bytes) -> Activity:
    reading = read_strava_csv(data)
    assert reading.status is FileStatus.READ, reading.reason
    (activity,) = reading.activities
    return activity


def test_row_becomes_an_activity_in_si_units() -> None:
    run = only(strava_csv(RUN))
    assert (run.sport, run.started_at, run.elapsed_s, run.moving_s) == (
        "running",
        datetime(2021, 4, 16, 22, 58, 25, tzinfo=UTC),
        1900,
        1802,
    )
    assert (run.distance_m, run.ascent_m, run.descent_m, run.heart_rate_bpm) == (
        5021.4,
        31,
        29,
        148,
    )
    assert (run.name, run.shoe, run.rpe, run.file_hint) == (
        "Evening Run",
        "Blue shoe",
        6,
        "activities/456.fit.gz",
    )
    assert run.records.height == 0


def test_average_cadence_counts_strides_on_foot_and_turns_of_the_crank_on_a_bicycle() -> None:
    assert only(strava_csv(RUN)).cadence_spm == pytest.approx(168.4)
    assert only(strava_csv({**RUN, 3: "Ride"})).cadence_spm == pytest.approx(84.2)


def test_gear_of_a_ride_is_no_shoe() -> None:
    assert only(strava_csv({**RUN, 3: "Ride"})).shoe is None


def test_list_with_the_private_note_column_has_everything_one_place_further() -> None:
    header = [*STRAVA_HEADER[:10], "Activity Private Note", *STRAVA_HEADER[10:], "Timer Time"]
    row = {place + (place >= 10): value for place, value in RUN.items()} | {len(header) - 1: "1850"}
    run = only(strava_csv(row, header=header))
    assert (run.moving_s, run.distance_m, run.shoe, run.rpe, run.file_hint) == (
        1850,
        5021.4,
        "Blue shoe",
        6,
        "activities/456.fit.gz",
    )


def test_header_with_html_of_a_missing_translation_is_read() -> None:
    header = [
        *STRAVA_HEADER[:43],
        *(
            (
                '<span class="translation_missing" title="translation missing: '
                f'en-US.lib.{name}">{name}</span>'
            )
            for name in ("Type", "Start Time")
        ),
        '<span title="x">Sport Type</span>',
    ]
    run = only(strava_csv(RUN | {45: "TrailRun"}, header=header))
    assert (run.sport, run.sub_sport) == ("running", "trail")


@pytest.mark.parametrize(
    ("words", "kind", "written", "sport"),
    [
        (
            {
                "Activity ID": "Aktivitäts-ID",
                "Activity Date": "Aktivitätsdatum",
                "Activity Type": "Aktivitätsart",
                "Elapsed Time": "Verstrichene Zeit",
                "Moving Time": "Bewegungszeit",
                "Distance": "Distanz",
                "Filename": "Dateiname",
                "Perceived Exertion": "Gefühlte Anstrengung",
            },
            "Lauf",
            "16.04.2021, 22:58:25",
            "running",
        ),
        (
            {
                "Activity ID": "ID de l’activité",
                "Activity Date": "Date de l'activité",
                "Activity Type": "Type d'activité",
                "Elapsed Time": "Temps écoulé",
                "Filename": "Nom du fichier",
            },
            "Course à pied",
            "16 avr. 2021, 22:58:25",
            "running",
        ),
        (
            {
                "Activity ID": "ID de actividad",
                "Activity Date": "Fecha de la actividad",
                "Activity Type": "Tipo de actividad",
                "Filename": "Nombre del archivo",
            },
            "Carrera",
            "16 abr 2021, 22:58:25",
            "running",
        ),
        # Words nobody told us: the shape of the list has to do.
        (
            {name: f"{name[::-1]} è" for name in STRAVA_HEADER},
            "Corsa",
            "16 apr 2021, 22:58:25",
            "running",
        ),
        (
            {name: f"{name[::-1]} è" for name in STRAVA_HEADER},
            "Allenamento con i pesi",
            "16 apr 2021, 22:58:25",
            "training",
        ),
    ],
)
def test_list_in_the_language_of_the_account(
    words: dict[str, str], kind: str, written: str, sport: str
) -> None:
    header = [words.get(name, name) for name in STRAVA_HEADER]
    data = strava_csv({**RUN, 1: written, 3: kind, 6: "5,02"}, header=header)
    assert is_strava_csv(data)
    found = only(data)
    assert (found.sport, found.started_at) == (sport, datetime(2021, 4, 16, 22, 58, 25, tzinfo=UTC))
    assert (found.elapsed_s, found.moving_s, found.distance_m, found.rpe, found.file_hint) == (
        1900,
        1802,
        5021.4,
        6,
        "activities/456.fit.gz",
    )


def test_narrow_list_of_early_years_tells_its_unit_by_the_speed() -> None:
    header = [
        "id",
        "date",
        "name",
        "type",
        "description",
        "elapsed_time",
        "distance",
        "commute",
        "gear",
        "filename",
    ]
    row = {
        0: "1",
        1: "2016-04-16 22:58:25",
        3: "Run",
        5: "1900",
        6: "5021.4",
        9: "activities/1.gpx",
    }
    assert only(strava_csv(row, header=header)).distance_m == pytest.approx(5021.4)
    assert only(strava_csv(row | {6: "5.0214"}, header=header)).distance_m == pytest.approx(5021.4)


@pytest.mark.parametrize("named", ["", "#error#", "#ERROR#"])
def test_row_without_a_recording_stays_an_activity(named: str) -> None:
    run = only(strava_csv({**RUN, FILE: named}))
    assert (run.file_hint, run.distance_m) == (None, 5021.4)


def test_lone_carriage_returns_and_line_breaks_in_fields_end_no_row() -> None:
    data = strava_csv(
        {**RUN, 2: "one\rtwo", 4: "a\nb\r\nc"}, RUN | {0: "124", 1: "Apr 17, 2021, 10:58:25 PM"}
    )
    assert len(read_strava_csv(data).activities) == 2
    assert len(read_strava_csv(data.replace(b'"one\rtwo"', b"one\rtwo")).activities) == 2


@pytest.mark.parametrize(
    "written",
    [
        strava_csv(RUN),
        strava_csv(RUN, end="\n"),
        b"\xef\xbb\xbf" + strava_csv(RUN),
        strava_csv(RUN, delimiter=";"),
        strava_csv(RUN).decode().encode("utf-16"),
    ],
)
def test_list_saved_again_by_another_program_is_read(written: bytes) -> None:
    assert is_strava_csv(written)
    assert only(written).distance_m == 5021.4


def test_row_without_a_readable_date_is_named_and_the_others_are_kept() -> None:
    reading = read_strava_csv(
        strava_csv(
            RUN,
            {**RUN, 0: "124", 1: "yesterday"},
            {**RUN, 0: "125", 1: "Apr 16, 2088, 10:58:25 PM"},
        )
    )
    assert (reading.status, len(reading.activities)) == (FileStatus.PARTIAL, 1)
    assert "2 of its 3 rows" in (reading.reason or "") and "3, 4" in (reading.reason or "")


def test_same_activity_listed_twice_counts_once() -> None:
    assert len(read_strava_csv(strava_csv(RUN, RUN)).activities) == 1


def test_distance_beyond_the_top_speed_is_left_out_and_the_run_kept() -> None:
    reading = read_strava_csv(strava_csv({**RUN, SECOND + 2: "50214"}))
    assert (reading.status, reading.activities[0].distance_m, reading.activities[0].moving_s) == (
        FileStatus.PARTIAL,
        None,
        1802,
    )


def test_zero_is_not_a_measurement() -> None:
    run = only(
        strava_csv({**RUN, SECOND + 14: "0", SECOND + 16: "0", RPE: "0", SECOND + 2: "0", 6: "0"})
    )
    assert (run.cadence_spm, run.heart_rate_bpm, run.rpe, run.distance_m) == (
        None,
        None,
        None,
        None,
    )


@pytest.mark.parametrize(
    ("seconds", "metres", "lasting_s"),
    [("0", "0", 0.0), ("0.0", "", 0.0), ("", "", None), ("0", "5000.0", None), ("60", "0", 60.0)],
)
def test_an_entry_without_time_and_way_lasts_no_time(
    seconds: str, metres: str, lasting_s: float | None
) -> None:
    times = dict.fromkeys((5, SECOND, SECOND + 1), seconds)
    run = only(strava_csv({**RUN, **times, SECOND + 2: metres, 6: metres}))
    assert run.elapsed_s == lasting_s


@pytest.mark.parametrize(
    "data",
    [
        b"date,score\n2026-05-04,3\n",
        b"Activity ID\n1\n",
        b"",
        b"id,start_date_local,name,type,moving_time,distance\n1,2026-05-04,a,Run,1,2\n",
        b"timestamp,activity type,distance\n1,Run,2\n",
        json.dumps([1]).encode(),
        b"\x00\xff" * 99,
    ],
)
def test_other_tables_are_not_taken_for_the_list(data: bytes) -> None:
    assert not is_strava_csv(data)


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        (
            ["4/5/2021 7:00", "5/13/2021 7:00"],
            (datetime(2021, 4, 5, 7, tzinfo=UTC), datetime(2021, 5, 13, 7, tzinfo=UTC)),
        ),
        (
            ["4/5/2021 7:00", "13/5/2021 7:00"],
            (datetime(2021, 5, 4, 7, tzinfo=UTC), datetime(2021, 5, 13, 7, tzinfo=UTC)),
        ),
        (["4/5/2021 7:00"], (None,)),
        (
            ["4/5/2021 7:00", "5/5/2021 7:00", "4/6/2021 8:00"],
            (
                datetime(2021, 5, 4, 7, tzinfo=UTC),
                datetime(2021, 5, 5, 7, tzinfo=UTC),
                datetime(2021, 6, 4, 8, tzinfo=UTC),
            ),
        ),
        (["Sep 1, 2026, 12:01:02 AM"], (datetime(2026, 9, 1, 0, 1, 2, tzinfo=UTC),)),
        (["Sep 1, 2026, 12:01:02\u202fPM"], (datetime(2026, 9, 1, 12, 1, 2, tzinfo=UTC),)),
        (["2021年4月16日 22:58:25"], (datetime(2021, 4, 16, 22, 58, 25, tzinfo=UTC),)),
        (["31 Feb 2021, 10:00:00"], (None,)),
        (["16 jui 2021, 10:00:00"], (None,)),
    ],
)
def test_dates_are_read_as_written_or_not_at_all(
    column: list[str], expected: tuple[datetime | None, ...]
) -> None:
    assert instants(column) == expected


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_any_damage_gives_a_reading(data: st.DataObject) -> None:
    whole = bytearray(strava_csv(RUN, {**RUN, 0: "2", 2: 'a "quoted", name'}))
    for _ in range(data.draw(st.integers(1, 8))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    damaged = bytes(whole[: data.draw(st.integers(1, len(whole)))])
    if is_strava_csv(damaged):
        reading = read_strava_csv(damaged)
        assert reading.status is FileStatus.READ or reading.reason
