"""When a score was given: understood in many languages, and never taken for a morning if not."""

from zoneinfo import ZoneInfo

import pytest

from tightlog.domain.diary import MOMENTS, NOT_UNDERSTOOD, UNKNOWN, DiaryMapping, TightnessScore
from tightlog.domain.file_status import FileStatus
from tightlog.readers.diary import read_diary
from tightlog.readers.diary.cells.moments import moment, named_moment
from tightlog.words.scores import ANSWERS, MOMENT_WORDS

ZURICH = ZoneInfo("Europe/Zurich")


def scores(text: str, mapping: DiaryMapping | None = None) -> tuple[TightnessScore, ...]:
    return read_diary(text.encode(), "back.csv", ZURICH, mapping).scores


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        *((text, "morning") for text in ("AM", "am", "a.m.", "Vormittag", "au réveil")),
        *((text, "morning") for text in ("por la mañana", "di mattina", "'s ochtends", "manhã")),
        *((text, "morning") for text in ("nach dem Aufstehen", "before breakfast", "午前")),
        *((text, "evening") for text in ("pm", "PM", "afternoon", "Nachmittag", "am Abend", "mid")),
        *(
            (text, "evening")
            for text in ("après-midi", "por la tarde", "di sera", "middag", "午後")
        ),
        *((text, "evening") for text in ("before bed", "vor dem Schlafen", "during the night")),
        *((text, "evening") for text in ("all day", "toute la journée", "den ganzen Tag")),
        *((text, "after") for text in ("after the run", "nach dem Lauf", "après la course")),
        *((text, "after") for text in ("after my evening run", "dopo la corsa", "post")),
        *((text, "before") for text in ("before the morning run", "antes de correr", "pre")),
        *((text, None) for text in ("after work", "vor der Arbeit", "Büro", "later", "am Rücken")),
        *((text, None) for text in ("after sitting", "after the gym", "après le boulot", "spät")),
        *((text, None) for text in ("después de la siesta", "nach Physio", "dopo il viaggio")),
        *((text, None) for text in ("next morning", "am nächsten Morgen", "yesterday evening")),
        *((text, None) for text in ("the night before", "the morning after", "day after the race")),
        *((text, None) for text in ("not in the morning", "AM/PM", "morning or evening")),
        *((text, "morning") for text in ("upon arising", "appena sveglio", "direkt nach Erwachen")),
        *((text, "morning") for text in ("mid-morning", "sunrise", "à l'aube", "all'alba")),
        *((text, "morning") for text in ("Morgenstunden", "al amanecer", "a.m")),
        *((text, "evening") for text in ("P.M.", "p. m.", "lunchtime", "dusk", "tonight", "EOD")),
        *((text, "evening") for text in ("spätabends", "Feierabend", "mediodía", "anochecer")),
        *((text, "evening") for text in ("mezzogiorno", "crépuscule", "tramonto")),
        *((text, None) for text in ("midnight", "daytime", "madrugada", "pm or am")),
        *((text, "after") for text in ("after", "nachher", "morgens nach dem Lauf", "AM post")),
    ],
)
def test_words_for_a_part_of_the_day(text: str, expected: str | None) -> None:
    assert moment(text) == expected
    assert named_moment(text) == (expected or NOT_UNDERSTOOD)


@pytest.mark.parametrize("column", ["time", "time of day", "moment", "when rated", "Tageszeit"])
@pytest.mark.parametrize("cell", ["after work", "Büro", "7", "25:00", "xyz"])
def test_what_is_not_understood_is_never_a_morning(column: str, cell: str) -> None:
    (score,) = scores(f"date,{column},back tightness\n2026-03-11,{cell},6\n")
    assert (score.moment, score.raw_moment, score.rated_at) == (NOT_UNDERSTOOD, cell, None)


@pytest.mark.parametrize("cell", ["", "-", "n/a", "?"])
def test_nothing_said_is_unknown(cell: str) -> None:
    (score,) = scores(f"date,moment,back tightness\n2026-03-11,{cell},6\n")
    assert (score.moment, score.raw_moment) == (UNKNOWN, None)


def test_words_not_understood_are_counted_and_named() -> None:
    text = "date,moment,back tightness\n2026-03-11,Büro,6\n2026-03-12,Büro,5\n2026-03-13,am,4\n"
    result = read_diary(text.encode(), "back.csv", ZURICH)
    assert result.status is FileStatus.READ
    assert result.reason == "2 scores given at a time that is not understood ('Büro')"


def test_words_behind_a_date_and_beside_a_clock_count() -> None:
    behind, beside, clock = scores(
        "date,moment,back tightness\n31.05.2026 abends,,3\n30.05.2026,7:10 after the run,4\n"
        "29.05.2026,19:30,5\n"
    )
    assert behind.moment == "evening"
    assert beside.moment == "after" and beside.rated_at is not None
    assert clock.moment is None and clock.rated_at is not None and clock.rated_at.hour == 17


@pytest.mark.parametrize(
    ("morning", "evening"),
    [
        ("Back stiffness AM", "Back stiffness PM"),
        ("Rückenschmerz morgens", "Rückenschmerz abends"),
        ("Mal de dos matin", "Mal de dos soir"),
        ("Dolor de espalda mañana", "Dolor de espalda tarde"),
        ("Mal di schiena mattina", "Mal di schiena sera"),
    ],
)
def test_two_columns_are_a_morning_and_an_evening(morning: str, evening: str) -> None:
    found = scores(f"Date,{morning},{evening}\n2026-06-01,3,5\n2026-06-03,,4\n")
    assert [(one.moment, one.score) for one in found] == [
        ("morning", 3),
        ("evening", 5),
        ("evening", 4),
    ]


def test_a_header_that_names_another_time_is_not_understood() -> None:
    (score,) = scores("date,back tightness after work\n2026-06-01,3\n")
    assert score.moment == NOT_UNDERSTOOD


def test_an_answer_counts_where_a_row_says_nothing_itself() -> None:
    text = "date,moment,back tightness\n2026-06-01,,3\n2026-06-02,Büro,4\n2026-06-03,am,5\n"
    before = scores(text)
    after = scores(text, DiaryMapping("back.csv", moment="evening"))
    assert [one.moment for one in after] == ["evening", NOT_UNDERSTOOD, "morning"]
    assert [one.entry_id for one in after] == [one.entry_id for one in before]


@pytest.mark.parametrize(
    ("cell", "half", "hour"),
    [*(("7:30", "AM", 7), ("7:30", "PM", 19), ("7:30", "abends", 19), ("19:30", "PM", 19))],
)
def test_a_clock_of_twelve_has_its_half_beside_it(cell: str, half: str, hour: int) -> None:
    (score,) = scores(f"date,time,AM/PM,back tightness\n2026-01-01,{cell},{half},3\n")
    assert score.rated_at is not None and score.rated_at.hour == hour - 1


def test_a_clock_decides_beside_words_not_understood() -> None:
    (score,) = scores("date,time,moment,back tightness\n2026-06-01,7:30,Büro,3\n")
    assert score.moment is None and score.raw_moment == "Büro"
    assert score.rated_at is not None and score.rated_at.hour == 5


@pytest.mark.parametrize(
    "header", ["Entry Time", "Time logged", "Uhrzeit der Messung", "Hora de registro", "Tijd"]
)
def test_a_column_of_times_is_known_by_a_word_of_its_name(header: str) -> None:
    (score,) = scores(f"date,{header},back tightness\n2026-06-01,07:30 PM,3\n")
    assert score.rated_at is not None and score.rated_at.hour == 17


@pytest.mark.parametrize(
    "header", ["Wann?", "Período", "When did you rate it?", "Dagdeel", "Quand"]
)
def test_a_column_that_asks_when_is_known_by_a_word_of_its_name(header: str) -> None:
    (score,) = scores(f"date,{header},back tightness\n2026-06-01,evening,3\n")
    assert score.moment == "evening"


@pytest.mark.parametrize("header", ["When did you run?", "When did you go to bed?", "Run time"])
def test_the_time_of_something_else_is_not_the_scores(header: str) -> None:
    (score,) = scores(f"date,{header},back tightness\n2026-06-01,evening,3\n")
    assert score.moment == UNKNOWN


def test_the_day_that_was_chosen_counts_beside_the_time_of_sending() -> None:
    late, same = scores(
        "Timestamp,Date of rating,Back tightness (0-10)\n"
        "2026-05-15 07:00:00,2026-05-14,3\n2026-05-15 21:00:00,2026-05-15,5\n"
    )
    assert late.day.day == 14 and late.rated_at is None
    assert same.rated_at is not None and same.rated_at.hour == 19


def test_every_moment_has_its_words() -> None:
    assert set(MOMENT_WORDS) == {*MOMENTS, UNKNOWN, NOT_UNDERSTOOD}
    assert set(ANSWERS) == {*MOMENTS, UNKNOWN}
