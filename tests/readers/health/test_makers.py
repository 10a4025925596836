"""Makers whose files are tables: each in the layout it really has, with invented values."""

import io
import json
import zipfile
from collections.abc import Mapping
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from tests.corpus import CORPUS
from tightlog.domain.file_status import FileStatus
from tightlog.domain.formats import OF_DAYS
from tightlog.domain.reading import Reading
from tightlog.domain.wellness import Evidence
from tightlog.readers.archive import members
from tightlog.readers.content import read_content
from tightlog.readers.health.auto_export_tables import NO_DAYS, NO_NIGHTS
from tightlog.readers.health.day_tables import Maker, clock, lasting_s, offset_of
from tightlog.readers.health.makers import MAKERS

ZONE = ZoneInfo("Europe/Zurich")
DAY = date(2026, 5, 4)
NIGHT = {
    "sleep_h": 7.0,
    "time_in_bed_h": 8.0,
    "sleep_deep_h": 1.5,
    "sleep_light_h": 4.0,
    "sleep_rem_h": 1.5,
    "sleep_awake_h": 1.0,
    "bed_time_h": 11.0,
}


def taken(data: object, name: str = "x.json") -> Reading:
    raw = data.encode() if isinstance(data, str) else json.dumps(data).encode()
    return read_content(raw, name, ZONE)


def values(reading: Reading) -> dict[str, float | None]:
    assert {one.day for one in reading.context} <= {DAY}
    return {one.name: one.value for one in reading.context}


def fitbit_log(**changes: object) -> dict[str, object]:
    minutes = {"deep": 90, "light": 240, "rem": 90, "wake": 60}
    return {
        "logId": 1,
        "dateOfSleep": "2026-05-04",
        "startTime": "2026-05-03T23:00:00.000",
        "endTime": "2026-05-04T07:00:00.000",
        "minutesAsleep": 420,
        "minutesAwake": 60,
        "timeInBed": 480,
        "type": "stages",
        "mainSleep": True,
        "levels": {"summary": {name: {"minutes": one} for name, one in minutes.items()}},
    } | changes


def test_fitbit_gives_its_main_sleep_and_a_classic_one_without_stages() -> None:
    nap = fitbit_log(mainSleep=False, minutesAsleep=500, endTime="2026-05-04T12:00:00.000")
    reading = taken([nap, fitbit_log()])
    assert values(reading) == NIGHT
    assert {(one.source, one.device, one.evidence) for one in reading.context} == {
        ("fitbit", "Fitbit", Evidence.STAGES)
    }
    classic = {"summary": {"asleep": {"minutes": 420}, "restless": {"minutes": 9}}}
    plain = taken([fitbit_log(type="classic", levels=classic)])
    assert set(values(plain)) == set(NIGHT) - {"sleep_deep_h", "sleep_light_h", "sleep_rem_h"}
    assert {one.evidence for one in plain.context} == {Evidence.WEARABLE}


def test_fitbits_resting_heart_rate_has_the_month_first_and_none_without_a_date() -> None:
    known = {
        "dateTime": "05/04/26 00:00:00",
        "value": {"date": "05/04/26", "value": 58.4, "error": 6},
    }
    none = {"dateTime": "05/05/26 00:00:00", "value": {"date": None, "value": 0.0, "error": 0.0}}
    assert values(taken([known, none])) == {"resting_heart_rate_bpm": 58.4}
    text = "timestamp,rmssd,nremhr,entropy\n2026-05-04T00:00:00,41.5,52,2.1\n"
    assert values(taken(text, "Daily Heart Rate Variability Summary - 2026-05.csv")) == {
        "hrv_rmssd_ms": 41.5
    }


WHOOP_HEADER = (
    "Cycle start time,Cycle end time,Cycle timezone,Recovery score %,Resting heart rate (bpm),"
    "Heart rate variability (ms),Sleep onset,Wake onset,Asleep duration (min),"
    "In bed duration (min),Light sleep duration (min),Deep (SWS) duration (min),"
    "REM duration (min),Awake duration (min)"
)
WHOOP_ROW = (
    "2026-05-03 23:00:00,2026-05-04 22:40:00,UTC+02:00,66,49,71,2026-05-03 23:00:00,"
    "2026-05-04 07:00:00,420,480,240,90,90,60"
)


def test_a_cycle_of_whoop_is_of_the_day_of_waking_and_the_newest_may_be_unfinished() -> None:
    unfinished = "2026-05-04 22:40:00,,UTC+02:00,,,,,,,,,,,"
    reading = taken("\n".join((WHOOP_HEADER, unfinished, WHOOP_ROW)), "physiological_cycles.csv")
    assert values(reading) == {
        **NIGHT,
        "resting_heart_rate_bpm": 49.0,
        "hrv_rmssd_ms": 71.0,
    }
    naps = f"{WHOOP_HEADER},Nap\n{WHOOP_ROW},false\n{WHOOP_ROW.replace('420', '600')},true\n"
    assert values(taken(naps, "sleeps.csv"))["sleep_h"] == 7.0


# The headers of a Spanish export.
WHOOP_SPANISH = (
    "Hora de inicio del ciclo,Hora de finalización del ciclo,Zona horaria del ciclo,"
    "Puntuación de recuperación (%),Frecuencia cardíaca en reposo (lpm),"
    "Variabilidad de la frecuencia cardíaca (ms),Temp. cutánea (grados centígrados),"
    "Oxígeno en sangre %,Esfuerzo del día,Energía quemada (cal),FC máx. (lpm),"
    "FC promedio (lpm),Inicio del sueño,Inicio de la vigilia,Calificación del sueño (%),"
    "Frecuencia respiratoria (rpm),Duración del sueño (min),Tiempo en la cama (min),"
    "Duración de sueño ligero (min),Duración de sueño profundo (SWS) (min),"
    "Duración de sueño REM (min),Tempo despierto/a (min),Sueño necesario (min),"
    "Deuda de sueño (min),Eficiencia del sueño %,Regularidad del sueño %"
)
SPANISH_ROW = (
    "2026-05-03 23:00:00,2026-05-04 22:40:00,UTC+02:00,66,49,71,33.5,96,12.5,2000,150,61,"
    "2026-05-03 23:00:00,2026-05-04 07:00:00,90,14.5,420,480,{light},90,90,60,480,30,88,80"
)


def test_a_table_of_whoop_in_another_language_is_read_where_its_sleep_adds_up() -> None:
    unfinished = "2026-05-04 22:40:00,,UTC+02:00" + "," * 23
    lines = (WHOOP_SPANISH, unfinished, SPANISH_ROW.format(light=240))
    found = taken("\n".join(lines), "ciclos_fisiologicos.csv")
    assert values(found) == {**NIGHT, "resting_heart_rate_bpm": 49.0, "hrv_rmssd_ms": 71.0}
    other = "\n".join((WHOOP_SPANISH, SPANISH_ROW.format(light=100)))
    assert taken(other, "ciclos_fisiologicos.csv").reader != "whoop"


def test_sleeps_of_whoop_in_another_language_leave_naps_out() -> None:
    kept = (*range(3), *range(12, 26))
    header = ",".join(WHOOP_SPANISH.split(",")[one] for one in kept)
    row = ",".join(SPANISH_ROW.format(light=240).split(",")[one] for one in kept)
    nap = row.replace(",420,480,240,", ",430,480,250,")
    text = "\n".join((f"{header},Siesta", f"{row},false", f"{nap},true"))
    assert values(taken(text, "sueño.csv")) == NIGHT


def test_recoveries_of_whoops_interface_are_of_the_runners_day() -> None:
    text = (
        ",cycle_id,cycle_start_ts,timezone_offset,created_ts_y,recovery_score,"
        "resting_heart_rate,hrv_rmssd_milli\n"
        "0,7,2026-05-03 13:10:00+00:00,+09:00,2026-05-03 22:30:00.5+00:00,66.0,49.0,71.5\n"
        "1,8,2026-05-04 14:00:00+00:00,+09:00,,,,\n"
    )
    assert values(taken(text, "whoop.csv")) == {
        "resting_heart_rate_bpm": 49.0,
        "hrv_rmssd_ms": 71.5,
    }


@pytest.mark.skipif(not (CORPUS / "health").exists(), reason="the corpus is not here")
def test_a_real_table_of_whoops_interface_gives_its_recoveries() -> None:
    path = CORPUS / "health" / "ald0405-whoop-data" / "whoop.csv"
    reading = read_content(path.read_bytes(), path.name, ZONE)
    assert reading.status is FileStatus.READ
    days = {one.day for one in reading.context if one.name == "hrv_rmssd_ms"}
    assert len(days) >= 440


@pytest.mark.parametrize(
    ("text", "hours"),
    [("+01:00", 1), ("UTC+0530", 5.5), ("UTC-04:00", -4), ("UTCZ", 0), ("Z", 0), ("zone", None)],
)
def test_offsets_are_read_as_makers_write_them(text: str, hours: float | None) -> None:
    zone = offset_of(text)
    assert zone == (None if hours is None else timezone(timedelta(hours=hours)))


OURA = {
    "day": "2026-05-04",
    "type": "long_sleep",
    "bedtime_start": "2026-05-03T23:00:00+02:00",
    "bedtime_end": "2026-05-04T07:00:00+02:00",
    "total_sleep_duration": 25_200,
    "time_in_bed": 28_800,
    "deep_sleep_duration": 5_400,
    "light_sleep_duration": 14_400,
    "rem_sleep_duration": 5_400,
    "awake_time": 3_600,
    "average_hrv": 55,
    "lowest_heart_rate": 46,
}
OURA_VALUES = {**NIGHT, "hrv_rmssd_ms": 55.0, "resting_heart_rate_bpm": 46.0}


def test_oura_gives_the_long_sleep_as_a_table_and_as_its_interface_answers() -> None:
    nap = {**OURA, "type": "late_nap", "average_hrv": 90}
    assert values(taken({"data": [OURA, nap]})) == OURA_VALUES
    lines = [";".join(OURA), *(";".join(map(str, row.values())) for row in (OURA, nap))]
    assert values(taken("\n".join(lines), "sleepmodel.csv")) == OURA_VALUES


def test_ouras_older_table_is_read() -> None:
    row: Mapping[str, object] = {
        "date": "2026-05-04",
        "Total Sleep Time": 25_200,
        "Deep Sleep Time": 5_400,
        "Light Sleep Time": 14_400,
        "REM Sleep Time": 5_400,
        "Awake Time": 3_600,
        "Time in Bed": 28_800,
        "Bedtime Start": "2026-05-03T23:00:00+02:00",
        "Bedtime End": "2026-05-04T07:00:00+02:00",
        "Average HRV": 55,
        "Lowest Resting Heart Rate": 46,
        "Sleep Timing": 80,
    }
    text = ",".join([*row, "Sleep Timing"]) + "\n" + ",".join([*map(str, row.values()), "1"])
    assert values(taken(text, "oura.csv")) == OURA_VALUES


def test_a_night_of_polar_is_of_the_day_on_which_it_ends() -> None:
    night = {
        "night": "2026-05-03",
        "evaluation": {
            "sleepSpan": "PT8H",
            "asleepDuration": "PT7H",
            "phaseDurations": {"wake": "PT1H", "rem": "PT1H30M", "light": "PT4H", "deep": "PT90M"},
        },
        "sleepResult": {"hypnogram": {"sleepStart": "2026-05-03T23:00:00.000+02:00"}},
    }
    assert values(taken([night])) == NIGHT


def test_withings_has_stages_alone() -> None:
    text = (
        'from,to,"light (s)","deep (s)","rem (s)","awake (s)","wake up","Average heart rate"\n'
        "2026-05-03T23:00:00+02:00,2026-05-04T07:00:00+02:00,14400,5400,5400,3600,2,51\n"
    )
    assert values(taken(text, "sleep.csv")) == {
        name: value for name, value in NIGHT.items() if name != "time_in_bed_h"
    }


def auto_export(name: str, units: str, *points: Mapping[str, object]) -> dict[str, object]:
    return {"data": {"metrics": [{"name": name, "units": units, "data": list(points)}]}}


def test_health_auto_export_sums_steps_and_reads_summarised_nights_in_their_unit() -> None:
    points = [
        {"date": f"2026-05-04 {hour}:00:00 +0200", "qty": count}
        for hour, count in (("08", 3_000), ("23", 5_000.0))
    ]
    assert values(taken(auto_export("step_count", "count", *points))) == {"steps": 8_000.0}
    night = {
        "date": "2026-05-04",
        "totalSleep": 7.0,
        "inBed": 8.0,
        "deep": 1.5,
        "core": 4.0,
        "rem": 1.5,
        "awake": 1.0,
        "sleepStart": "2026-05-03 23:00:00 +0200",
        "sleepEnd": "2026-05-04 07:00:00 +0200",
    }
    assert values(taken(auto_export("sleep_analysis", "hr", night))) == NIGHT
    odd = taken(auto_export("step_count", "km", *points))
    assert (odd.context, odd.reason) == ((), "step_count in 'km' left out: no unit of it")


@pytest.mark.parametrize(
    ("header", "row", "expected"),
    [
        ("Date/Time,步数 (count),Source", "2026-05-04 00:00:00,8123.5,x", {"steps": 8_123.5}),
        (
            "Date/Time;Ruheherzfrequenz (count/min);Herzfrequenzvariabilität (ms);Schritte (km)",
            "2026-05-04 00:00:00;51,5;62,25;8",
            {"resting_heart_rate_bpm": 51.5, "hrv_sdnn_ms": 62.25},
        ),
        (
            "Date,Weight (kg),Step Count (count),Sleep Analysis [Asleep] (hr)",
            "2026-05-04,70,8123,7",
            {"steps": 8_123.0},
        ),
    ],
)
def test_tables_of_health_auto_export_are_days_in_any_language(
    header: str, row: str, expected: dict[str, float]
) -> None:
    reading = taken(f"{header}\n{row}\n", "x.csv")
    assert (reading.reader, values(reading)) == ("health_auto_export", expected)
    assert reading.reason == (NO_NIGHTS if "Sleep" in header else None)


def test_steps_with_their_thousands_divided_are_no_thousandths_of_a_step() -> None:
    rows = '2026-05-04 00:00:00,"8,123","52,5"'
    reading = taken(f"Date/Time,Steps (count),Resting Heart Rate (bpm)\n{rows}\n", "x.csv")
    assert values(reading) == {"steps": 8_123.0, "resting_heart_rate_bpm": 52.5}


def test_a_table_of_points_is_not_summed_to_days() -> None:
    rows = "2026-05-04 00:00:00,900,x\n2026-05-04 20:27:07,167.83,x\n"
    reading = taken(f"Date/Time,步数 (count),Source\n{rows}", "x.csv")
    assert (reading.context, reading.reason) == ((), NO_DAYS)


def test_a_diary_with_steps_stays_a_diary() -> None:
    text = "date,tightness,steps (count)\n2026-05-04,3,8000\n2026-05-05,4,9000\n"
    assert taken(text, "diary.csv").reader == "diary"


@pytest.mark.skipif(
    not (CORPUS / "fankangsong-healthautoexport").exists(), reason="the corpus is not here"
)
def test_real_tables_of_a_workout_are_no_days() -> None:
    for path in (CORPUS / "fankangsong-healthautoexport").glob("*.csv"):
        reading = read_content(path.read_bytes(), path.name, ZONE)
        assert not reading.context and not reading.scores
        if "步数" in path.name:
            assert reading.reason == NO_DAYS


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-05-04T07:00:00.000", datetime(2026, 5, 4, 7)),
        ("2026-05-04T07:00:00+09:00", datetime(2026, 5, 4, 7)),
        ("2026-05-04T07:00:00Z", datetime(2026, 5, 4, 9)),
        ("05/04/26 07:00:00", datetime(2026, 5, 4, 7)),
        ("05/04/2026", datetime(2026, 5, 4)),
        ("13/04/26", None),
        ("soon", None),
    ],
)
def test_clocks_are_the_runners_as_written(text: str, expected: datetime | None) -> None:
    assert clock(text, ZONE) == expected


def test_lengths_are_numbers_of_a_unit_or_of_their_own() -> None:
    said = ("7", "7,5", "PT7H3M", "PT30.5S", "-1", "PT", "long", None)
    assert [lasting_s(one, 60.0) for one in said] == [
        420.0, 450.0, 25_380.0, 30.5, None, None, None, None,
    ]  # fmt: skip


@pytest.mark.parametrize(
    "broken",
    [
        {"dateOfSleep": "0001-01-01"},
        {"dateOfSleep": "9999-12-31"},
        {"dateOfSleep": "0001-01-01T00:00:00Z"},
        {"startTime": "9999-12-31T23:00:00.000", "endTime": None, "dateOfSleep": None},
        {"timeInBed": 1e14, "endTime": None, "dateOfSleep": None},
        {"timeInBed": "PT" + "9" * 400 + "H", "endTime": None, "dateOfSleep": None},
    ],
)
def test_an_impossible_row_costs_no_other_row(broken: Mapping[str, object]) -> None:
    assert values(taken([fitbit_log(**broken), fitbit_log()])) == NIGHT


def test_an_impossible_year_in_health_auto_export_costs_no_other_night() -> None:
    night = {"totalSleep": 7.0, "sleepStart": "2026-05-03 23:00:00 +0200", "date": "2026-05-04"}
    broken = {"totalSleep": 7.0, "date": "0001-01-01", "sleepEnd": "0001-01-01 07:00:00 +0000"}
    found = values(taken(auto_export("sleep_analysis", "hr", broken, night)))
    assert found == {"sleep_h": 7.0, "bed_time_h": 11.0}


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_a_table_is_known_however_its_letters_are_written(encoding: str) -> None:
    text = f"{WHOOP_HEADER}\n{WHOOP_ROW}\n"
    reading = read_content(text.encode(encoding), "physiological_cycles.csv", ZONE)
    assert values(reading)["sleep_h"] == 7.0


@pytest.mark.parametrize("maker", MAKERS, ids=lambda one: one.format.name)
def test_a_table_of_marks_without_values_gives_nothing(maker: Maker) -> None:
    marks = sorted(maker.tables[0].marks)
    text = ",".join(marks) + "\n" + ",".join("?" for _ in marks)
    assert taken(text, "x.csv").context == ()


def test_of_an_archive_only_json_with_nights_and_days_is_opened() -> None:
    names = {
        "Takeout/Fitbit/Global Export Data/sleep-2026-05-04.json": True,
        "Takeout/Fitbit/Global Export Data/steps-2026-05-04.json": False,
        "polar/sleep_result_2026.json": True,
        "polar/account-data-1.json": False,
        "HealthAutoExport-2026-05-01.json": True,
        "Takeout/Location History/Records.json": False,
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in names:
            archive.writestr(name, "[]")
    packed.seek(0)
    assert {one.name: one.data is not None for one in members(packed)} == names


def test_every_format_of_days_is_read_by_a_table_or_a_reader_of_its_own() -> None:
    tables = {maker.format for maker in MAKERS}
    assert {one.name for one in OF_DAYS if one not in tables} == {
        "garmin_days",
        "health_auto_export",
        "health_connect",
        "samsung",
    }


@pytest.mark.skipif(not (CORPUS / "health").exists(), reason="the corpus is not here")
def test_real_files_of_other_shapes_are_no_nights() -> None:
    folder = CORPUS / "health" / "jabrena-polar-metrics"
    for path in folder.glob("*.json"):
        reading = read_content(path.read_bytes(), path.name, ZONE)
        assert reading.status is FileStatus.NO_ACTIVITY
