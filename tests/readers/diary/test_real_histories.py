"""Diaries as people really keep them: words for the back and for scores, two sides, other calendars
and digits, exports and lists.
"""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from tightlog.domain.diary import DiaryMapping
from tightlog.domain.file_status import FileStatus
from tightlog.domain.reading import Reading
from tightlog.readers.content import read_content
from tightlog.readers.diary import read_diary

ZURICH = ZoneInfo("Europe/Zurich")
BEARABLE = "date formatted,date,weekday,time of day,category,rating/amount,detail,notes\n"


def reading(text: str, name: str = "diary.csv", mapping: DiaryMapping | None = None) -> Reading:
    return read_diary(text.encode(), name, ZURICH, mapping)


def points(text: str) -> list[float]:
    return [score.score for score in reading(text).scores]


QUESTIONS = (
    "How tight was your lower back when you woke up? (0-10)",
    "What is your lower back tightness today (0-10)?",
    "3. How tight is your lower back?",
    "Rate your low back pain right now, 0 = no pain, 10 = worst pain imaginable",
    "Wie stark sind deine Rückenschmerzen heute auf einer Skala von 0 bis 10?",
    "Quelle est l'intensité de ta douleur lombaire (0-10) ?",
    "À quel point ton dos est-il raide ce matin ?",
    "¿Cuánto te duele la espalda baja hoy? (0 a 10)",
    "Quanto è rigida la tua schiena oggi? (0-10)",
    "Hoe stijf is je onderrug vandaag? (0-10)",
    "Quão tensa está sua lombar hoje?",
)


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_of_a_form_is_known(question: str) -> None:
    assert points(f'Date,"{question}"\n2026-06-01,3\n2026-06-14,4\n') == [3, 4]


def test_several_ratings_of_one_moment_are_asked_about() -> None:
    told = reading("date,back pain max,back pain avg\n2026-06-01,7,3\n")
    assert told.scores == () and "several columns" in (told.reason or "")


@pytest.mark.parametrize(
    "header",
    [
        *("Rückenverspannung (0-10)", "Rückensteifigkeit", "Kreuzschmerzen", "Rücken", "LWS"),
        *("Mal de dos (0-10)", "dos", "Douleur lombaire", "J'ai mal au dos ?"),
        *("espalda", "Dolor de espalda baja", "Rigidez lumbar", "Tensión lumbar"),
        *("schiena", "Mal di schiena", "Rigidità della schiena", "Dolore lombare"),
        *("LBP", "lower back", "Low back stiffness", "rugpijn", "stijfheid onderrug"),
        *("dor nas costas", "dor lombar", "腰痛"),
    ],
)
def test_the_back_is_known_in_many_languages(header: str) -> None:
    assert points(f"date;{header}\n2026-06-01;3\n2026-06-14;4\n") == [3, 4]


@pytest.mark.parametrize(
    "header",
    [
        *("Kreuzbandschmerz", "Schulterverspannung", "tension", "Spannung", "mal de tête"),
        *("Tension artérielle", "Problem", "upper back", "Back squat", "Muscle tension"),
    ],
)
def test_what_only_sounds_like_it_is_no_diary(header: str) -> None:
    assert reading(f"date;{header}\n2026-06-01;3\n").status is FileStatus.NO_ACTIVITY


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        *((cell, 0) for cell in ("none", "keine", "aucune", "ninguno", "nessuno", "not at all")),
        *((cell, 2) for cell in ("mild", "leicht", "léger", "leve", "lieve", "slightly stiff")),
        *((cell, 5) for cell in ("moderate", "mittel", "modéré", "moderado", "moderato")),
        *((cell, 8) for cell in ("Severe", "stark", "forte", "fuerte", "very tight")),
        *((cell, 10) for cell in ("unbearable", "unerträglich", "insupportable", "worst")),
        *(("3,5", 3.5), ("7/10", 7), ("7 of 10", 7), ("40%", 4), ("٣٫٥", 3.5), ("３", 3)),
        *(("3-4", 3.5), ("3 – 5", 4), ("2 to 3", 2.5), ("3-4/5", 7)),
    ],
)
def test_a_score_in_words_or_digits(cell: str, expected: float) -> None:
    (score,) = reading(f"date;back tightness\n2026-06-01;{cell}\n").scores
    assert score.score == pytest.approx(expected) and score.raw_value == cell


@pytest.mark.parametrize("cell", ["1-9", "4-3", "3-5.5", "oak", "yes", "3?"])
def test_what_is_no_score_is_named(cell: str) -> None:
    left_out = reading(f"date;back tightness\n2026-06-01;{cell}\n2026-06-02;3\n")
    assert (left_out.status, len(left_out.scores)) == (FileStatus.PARTIAL, 1)
    assert f"line 2: {cell!r}" in (left_out.reason or "")


def test_ranges_and_words_are_said() -> None:
    told = reading("date;back tightness\n2026-06-01;3-4\n2026-06-02;mild\n")
    assert told.reason == "1 range of scores taken as the middle"
    assert "mild 2, moderate 5, severe 8" in (told.columns or "")


def test_of_left_and_right_the_worse_counts() -> None:
    text = "date,Back tightness left,Back tightness right\n2026-06-01,3,5\n2026-06-02,4,\n"
    both = reading(text)
    assert [(one.score, one.raw_value) for one in both.scores] == [(5, "left 3, right 5"), (4, "4")]
    assert "the worse of Back tightness left and Back tightness right" in (both.columns or "")


def test_of_two_sides_and_the_whole_the_whole_counts() -> None:
    header = "date,Back tightness,Back tightness left,Back tightness right"
    assert points(f"{header}\n2026-06-01,4,3,5\n") == [4]


def test_on_a_scale_that_runs_down_the_worse_side_is_the_lower() -> None:
    scale = "(1 = very tight, 5 = fine)"
    text = f'date,"Back left {scale}","Back right {scale}"\n2026-06-01,1,4\n'
    assert points(text) == [10]


def test_percents_kept_as_shares_are_refused_with_what_to_say() -> None:
    text = "date,back tightness\n2026-06-01,0.4\n2026-06-02,0.7\n2026-06-03,0.9\n"
    refused = reading(text)
    assert refused.status is FileStatus.UNREADABLE and "[0, 1]" in (refused.reason or "")
    said = reading(text, mapping=DiaryMapping("diary.csv", scale=(0, 1)))
    assert [one.score for one in said.scores] == [4, 7, 9]


def days(text: str) -> list[date]:
    return [score.day for score in reading(text).scores]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("45000", date(2023, 3, 15)),
        ("45000.75", date(2023, 3, 15)),
        ("2026年5月31日", date(2026, 5, 31)),
        ("٢٠٢٦-٠٥-٣١", date(2026, 5, 31)),
        ("31.05.26", date(2026, 5, 31)),
        ("31.05.98", date(1998, 5, 31)),
        ("31.05.89", date(2089, 5, 31)),
    ],
)
def test_days_of_spreadsheets_and_other_digits(cell: str, expected: date) -> None:
    found = days(f"date;back tightness\n{cell};3\n")
    assert found == ([expected] if expected < date(2080, 1, 1) else [])


def test_a_column_of_buddhist_years_is_converted_and_said() -> None:
    told = reading("date,back tightness\n2567-02-29,3\n2569-03-23,4\n")
    assert [one.day for one in told.scores] == [date(2024, 2, 29), date(2026, 3, 23)]
    assert "years of the Buddhist calendar" in (told.columns or "")


@pytest.mark.parametrize(
    ("cell", "calendar"),
    [("2569-03-22", "Buddhist"), ("1405-03-10", "Persian"), ("1447-03-10", "Islamic")],
)
def test_a_year_of_another_calendar_among_ours_is_named(cell: str, calendar: str) -> None:
    mixed = reading(f"date,back tightness\n2026-03-21,3\n{cell},4\n")
    assert len(mixed.scores) == 1 and f"{calendar} calendar" in (mixed.reason or "")


def test_a_time_column_may_hold_the_day() -> None:
    text = "time,back tightness\n2025-10-01T23:30:00+02:00,3\n2025-10-02T06:30:00Z,4\n"
    assert [(one.rated_at, one.score) for one in reading(text).scores] == [
        (datetime(2025, 10, 1, 21, 30, tzinfo=UTC), 3),
        (datetime(2025, 10, 2, 6, 30, tzinfo=UTC), 4),
    ]


def test_a_time_column_of_times_alone_holds_no_day() -> None:
    refused = reading("time,back tightness\n19.30.15,3\n7:12,4\n")
    assert "no column holds the day" in (refused.reason or "") and not refused.scores


@pytest.mark.parametrize(
    ("cell", "hour", "minute"),
    [
        ("0730", 7, 30),
        ("0.3125", 7, 30),
        ("午後 7:12", 19, 12),
        ("7:12 م", 19, 12),
        ("7h12", 7, 12),
    ],
)
def test_clocks_in_other_words(cell: str, hour: int, minute: int) -> None:
    (score,) = reading(f"date,time,back tightness\n2026-01-10,{cell},3\n").scores
    assert score.rated_at is not None
    local = score.rated_at.astimezone(ZURICH)
    assert (local.hour, local.minute) == (hour, minute)


def test_bearable_gives_symptoms_of_the_back_and_context() -> None:
    text = (
        BEARABLE + '3rd Jan 2026,2026-01-03,Saturday,am,Symptom,,"Lower back pain (Moderate)",\n'
        '3rd Jan 2026,2026-01-03,Saturday,pm,Symptom,,"Headache (Mild) | Back pain (Severe)",n\n'
        "3rd Jan 2026,2026-01-03,Saturday,all day,Sleep,07:12,,\n"
        '3rd Jan 2026,2026-01-03,Saturday,am,Mood,6,"Okay",\n'
        '4th Jan 2026,2026-01-04,Sunday,am,Symptom,3,"Lower back pain",\n'
    )
    told = reading(text, "bearable.csv")
    assert [(one.day.day, one.moment, one.score, one.source) for one in told.scores] == [
        (3, "morning", 5, "bearable"),
        (3, "evening", 8, "bearable"),
    ]
    assert {(one.name, one.value) for one in told.context} == {
        ("sleep_duration_h", 7.2),
        ("mood", 6),
    }
    assert "1 row about other regions left alone" in (told.reason or "")
    assert "line 6: 'severity 3 without its word'" in (told.reason or "")


@pytest.mark.parametrize(
    "header",
    [
        "Activity Type,Date,Favorite,Title,Distance,Calories,Time",
        "Aktivitätstyp,Datum,Favorit,Titel,Distanz,Kalorien,Zeit",
        "Type d'activité,Date,Favori,Titre,Distance,Calories,Durée",
        "Tipo de actividad,Fecha,Favorito,Título,Distancia,Calorías,Tiempo",
        "id,start_date_local,name,type,moving_time,distance",
    ],
)
def test_a_list_of_activities_is_called_one(header: str) -> None:
    told = read_content(f"{header}\na,b,c,d,e,f,g\n".encode(), "Activities.csv", ZURICH)
    assert told.status is FileStatus.NO_ACTIVITY
    assert (told.reason_words or "").startswith("not a diary: a list of activities")


def test_a_list_of_activities_with_a_score_is_a_diary() -> None:
    assert points("Date,Type,Distance,Back tightness\n2026-06-01,Run,5,3\n") == [3]


def test_a_row_has_the_same_id_in_a_longer_export() -> None:
    short = reading("date,back tightness\n2026-06-01,3\n")
    longer = reading("date;back tightness;note\n2026-05-30;5;\n2026-06-01;3,0;now with a note\n")
    assert short.scores[0].entry_id == longer.scores[1].entry_id
    assert len({one.entry_id for one in longer.scores}) == 2
