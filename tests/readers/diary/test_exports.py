"""Exports of Daylio, PMSys, intervals.icu and Google Forms: what is the lower back's becomes a
score, the rest context.
"""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from tightlog.domain.file_status import FileStatus
from tightlog.domain.reading import Reading
from tightlog.readers.diary import read_diary

ZURICH = ZoneInfo("Europe/Zurich")
PMSYS = (
    "effective_time_frame,fatigue,mood,readiness,sleep_duration_h,sleep_quality,soreness,"
    "soreness_area,stress\n"
)
DAYLIO = "\ufefffull_date,date,weekday,time,mood,activities,scales,note_title,note\n"


def reading(text: str, name: str = "export.csv") -> Reading:
    return read_diary(text.encode(), name, ZURICH)


def context(result: Reading) -> set[tuple[str, float | None, str | None]]:
    return {(value.name, value.value, value.unit) for value in result.context}


def test_soreness_of_the_lower_back_alone_becomes_a_score_turned_round() -> None:
    result = reading(
        PMSYS
        + "2026-05-30T08:31:42.000Z,3,3,5,7,3,1,[37822005],3\n"
        + '2026-05-31T08:31:42Z,3,3,5,7,3,5,"[37822005]",3\n'
    )
    assert [(score.score, score.raw_value, score.source) for score in result.scores] == [
        (10, "1", "pmsys"),
        (0, "5", "pmsys"),
    ]
    assert result.scores[0].rated_at == datetime(2026, 5, 30, 8, 31, 42, tzinfo=UTC)


def test_soreness_elsewhere_is_context_and_no_score() -> None:
    result = reading(
        PMSYS
        + "2026-05-30T08:31:42Z,3,4,5,7.5,2,2,[12921003],1\n"
        + '2026-05-31T08:31:42Z,3,4,5,7.5,2,2,"[37822005, 12921003]",1\n'
    )
    assert (result.scores, result.status) == ((), FileStatus.READ)
    assert {
        ("soreness", 2.0, "1–5, low = sore"),
        ("sleep_duration_h", 7.5, "h"),
        ("stress", 1.0, "1–5, low = stressed"),
    } <= context(result)
    assert "1 row about other regions" in (result.reason or "") and "at once" in (
        result.reason or ""
    )


def test_intervals_wellness_is_context_and_its_general_soreness_no_score() -> None:
    result = reading(
        "date,weight,restingHR,hrv,sleepSecs,sleepQuality,soreness,fatigue,stress,mood,comments\n"
        "2026-05-31,70,48,62,27000,2,3,1,2,1,secret\n"
    )
    assert (result.scores, result.status) == ((), FileStatus.READ)
    assert {
        ("sleep_h", 7.5, "h"),
        ("soreness", 3.0, "1–4"),
        ("hrv_rmssd_ms", 62.0, "ms"),
    } <= context(result)
    evidence = {value.name: (value.evidence, value.origin) for value in result.context}
    assert evidence["hrv_rmssd_ms"] == ("wearable", "copy")
    assert evidence["soreness"] == ("noted", None)
    assert not any(value.name == "weight" for value in result.context)


def test_what_no_device_measured_in_intervals_is_missing_and_no_zero() -> None:
    result = reading("date,restingHR,hrv,hrvSDNN,sleepSecs,steps\n2026-05-31,0,0,44,0,8000\n")
    assert context(result) == {("hrv_sdnn_ms", 44.0, "ms"), ("steps", 8_000.0, "steps")}


def test_a_resting_heart_rate_that_intervals_carried_over_is_none() -> None:
    result = reading(
        "date,restingHR,hrv,sleepSecs,tempRestingHR\n"
        "2026-05-31,48,62,0,false\n2026-06-01,48,63,0,true\n"
    )
    measured = [(value.day.day, value.name, value.value) for value in result.context]
    assert measured == [
        (31, "resting_heart_rate_bpm", 48.0),
        (31, "hrv_rmssd_ms", 62.0),
        (1, "hrv_rmssd_ms", 63.0),
    ]


def test_custom_tightness_in_intervals_is_a_score() -> None:
    result = reading(
        "date,restingHR,hrv,sleepSecs,soreness,BackTightness\n2026-05-31,48,62,27000,3,4\n"
    )
    assert [score.score for score in result.scores] == [4] and ("soreness", 3.0, "1–4") in context(
        result
    )


def test_daylio_moods_and_activities_are_context() -> None:
    result = reading(
        DAYLIO + "2026-05-31,May 31,Sunday,9:00 PM,good,run | Stretching,,,private\n"
        "2026-05-30,May 30,Saturday,8:00 AM,meine Laune,,,,\n"
    )
    assert (result.scores, result.status) == ((), FileStatus.READ)
    assert context(result) == {
        ("mood", 4.0, "1–5, low = bad"),
        ("run", 1.0, "done"),
        ("stretching", 1.0, "done"),
    }


def test_tightness_noted_in_daylio_is_a_score() -> None:
    result = reading(
        DAYLIO + "2026-05-31,May 31,Sunday,9:00 PM,good,run | Lower back: 3/10,,,\n"
        "2026-05-30,May 30,Saturday,8:00 AM,good,,tightness 4,,\n"
    )
    assert [(score.day, score.score) for score in result.scores] == [
        (date(2026, 5, 31), 3),
        (date(2026, 5, 30), 4),
    ]
    assert result.scores[0].rated_at == datetime(2026, 5, 31, 19, tzinfo=UTC)
    assert result.scores[0].source == "daylio"


def test_old_daylio_with_the_year_in_its_own_column_is_dated() -> None:
    result = reading(
        "year,date,weekday,time,mood,activities,note\n2018,18 May,Friday,11:54 pm,rad,clean,\n"
    )
    assert [value.day for value in result.context] == [date(2018, 5, 18)] * 2


def test_form_without_a_back_question_is_no_diary() -> None:
    result = reading(
        "date,timestamp,meals,weight,glasses_of_fluid,alcohol_consumed\n31/05/2026,5/31/2026 "
        "8:00:00,3,70,6,No\n"
    )
    assert result.status is FileStatus.NO_ACTIVITY
