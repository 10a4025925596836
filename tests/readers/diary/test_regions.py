"""Which rows and columns of a diary are about the lower back, and on which scale."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from tightlog.domain.file_status import FileStatus
from tightlog.domain.reading import Reading
from tightlog.readers.diary import read_diary
from tightlog.readers.diary.cells.moments import moment
from tightlog.readers.diary.cells.scales import Scale, number_and_scale, scale_in_header
from tightlog.readers.diary.cells.words import Region, region
from tightlog.readers.diary.header.headers import Rank, rank

ZURICH = ZoneInfo("Europe/Zurich")


def reading(text: str, name: str = "scores.csv") -> Reading:
    return read_diary(text.encode(), name, ZURICH)


def scores(text: str, name: str = "scores.csv") -> list[float]:
    return [score.score for score in reading(text, name).scores]


@pytest.mark.parametrize(
    "text",
    [
        "back",
        "Back pain",
        "Lower back",
        "low-back",
        "lower_back",
        "Lower back (left)",
        "lumbar",
        "Lumbar spine",
        "LWS",
        "unterer Rücken",
        "Rücken",
        "Kreuz",
        "bas du dos",
        "lombaires",
        "espalda baja",
        "zona lumbar",
        "schiena",
        "parte bassa della schiena",
        "[37822005]",
        "lowerBack",
    ],
)
def test_lower_back_is_known_in_five_languages_and_by_its_code(text: str) -> None:
    assert region(text) is Region.LOWER_BACK


@pytest.mark.parametrize(
    "text",
    [
        "Knees",
        "upper back",
        "oberer Rücken",
        "haut du dos",
        "Shoulder Neck",
        "Thoracic region",
        "[12921003]",
        "back of thigh",
        "mid-back",
    ],
)
def test_other_regions_are_others(text: str) -> None:
    assert region(text) is Region.OTHER


@pytest.mark.parametrize(
    "text", ["", "happiness", "Sick/Tired", "Back squat", "came back", "feedback", "[]"]
)
def test_what_names_no_region_is_none(text: str) -> None:
    assert region(text) is Region.NONE


def test_list_of_regions_with_the_back_among_them_is_mixed() -> None:
    assert region("Lower back, Hamstring") is Region.MIXED
    assert region("[37822005, 12921003]") is Region.MIXED


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("Lower back tightness", Rank.TIGHT_BACK),
        ("How tight is your lower back today? (0-10)", Rank.TIGHT_BACK),
        ("backTightness", Rank.TIGHT_BACK),
        ("Wie steif ist dein unterer Rücken heute? (0–10)", Rank.TIGHT_BACK),
        ("Raideur du bas du dos ce matin /10", Rank.TIGHT_BACK),
        ("¿Qué tan rígida está tu espalda baja hoy?", Rank.TIGHT_BACK),
        ("Quanto è rigida la tua schiena oggi?", Rank.TIGHT_BACK),
        ("Tightness [NRS]", Rank.TIGHT),
        ("TIGHTNESS_SCORE", Rank.TIGHT),
        ("Verspannung", Rank.TIGHT),
        ("Stiffness", Rank.STIFF),
        ("Back pain", Rank.BACK_PAIN),
        ("Rückenschmerzen", Rank.BACK),
        ("Pain (lower back)", Rank.BACK_PAIN),
        ("Dolor lumbar", Rank.BACK_PAIN),
        ("back", Rank.BACK),
        ("Score", Rank.SCORE),
        ("pain", Rank.PAIN),
        ("intensity", Rank.PAIN),
    ],
)
def test_headers_that_say_the_score(header: str, expected: Rank | None) -> None:
    assert rank(header) is expected


@pytest.mark.parametrize(
    "header",
    [
        "Knee tightness",
        "hip stiffness",
        "Upper back tightness",
        "Tightness (hamstring)",
        "Back squat",
        "Back extension reps",
        "feedback",
        "Back pain medication",
        "Where is your tightness?",
        "Days since back pain",
        "Tightness notes",
        "Did you stretch your back?",
        "sleep score",
        "Relative Effort",
        "Training Stress Score",
        "date",
        "",
        "10",
        "Bolt tightness",
        "Sharp back pain",
    ],
)
def test_headers_that_ask_for_something_else(header: str) -> None:
    assert rank(header) is None


def test_rows_about_other_regions_are_left_alone_and_counted() -> None:
    kept = reading(
        "date,region,pain\n2026-05-30,Knees,5\n2026-05-30,Low "
        'back,3\n2026-05-31,happiness,5\n2026-05-31,"Low back, Hip",4\n'
    )
    assert [(score.day, score.score) for score in kept.scores] == [(date(2026, 5, 30), 3.0)]
    assert kept.status is FileStatus.READ
    assert "2 rows about other regions" in (
        kept.reason or ""
    ) and "1 row about the lower back and other regions at once" in (kept.reason or "")


def test_diary_of_another_region_is_no_diary() -> None:
    assert reading("name,date,intensity\nKnee Pain,2026-05-31,3\n").status is FileStatus.NO_ACTIVITY
    assert "no row about the lower back" in (
        reading("name,date,intensity\nKnee Pain,2026-05-31,3\n").reason or ""
    )


@pytest.mark.parametrize(
    "text",
    [
        "date,pain\n2026-05-31,3\n",
        "date,soreness,sleep\n2026-05-31,3,8\n",
        "date,score,opponent\n2026-05-31,3,Basel\n",
        "date,intensity,distance\n2026-05-31,3,5\n",
        "date,mood\n2026-05-31,3\n",
        "date,Knee tightness\n2026-05-31,3\n",
        "date,Back squat\n2026-05-31,5\n",
        "Activity Date,Rating,Distance\n2026-05-31,3,12\n",
        "date,Tightness\n2026-05-31,oak\n2026-06-01,spruce\n",
        "Lap,Time,Distance\n1,5:00,1\n",
        "timestamp,number\n2026-03-16T14:59:06+08:00,3\n",
        "3,4\n5,6\n",
        "\n\n\n",
    ],
)
def test_table_about_something_else_is_no_diary(text: str) -> None:
    other = reading(text)
    assert (other.status, other.scores, other.context) == (FileStatus.NO_ACTIVITY, (), ())
    assert 0 < len(other.reason or "") < 160


def test_pain_counts_where_the_file_is_clearly_about_the_back() -> None:
    assert scores("date,pain\n2026-05-31,3\n", "lower_back_pain.csv") == [3]
    assert scores("My lower back\ndate,pain\n2026-05-31,3\n") == [3]
    assert scores("date,pain\n2026-05-31,3\n", "back-2026.csv") == [3]
    for name in ("back up.csv", "call back.csv", "upper back.csv", "back office.csv"):
        assert scores("date,pain\n2026-05-31,3\n", name) == []


def test_two_columns_that_could_be_the_score_are_not_chosen_from() -> None:
    open_question = reading("date,Back tightness one,Back tightness two\n2026-05-31,3,4\n")
    assert (
        open_question.status is FileStatus.UNREADABLE
        and "'Back tightness one', 'Back tightness two'" in (open_question.reason or "")
    )


def test_a_column_for_each_moment_gives_a_score_for_each() -> None:
    both = reading(
        "date,Tightness morning,Tightness after run\n2026-05-31,3,5\n2026-06-01,,4\n"
    ).scores
    assert [(score.moment, score.score) for score in both] == [
        ("morning", 3),
        ("after", 5),
        ("after", 4),
    ]
    assert len({score.entry_id for score in both}) == 3


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("before run", "before"),
        ("before the morning run", "before"),
        ("Nach dem Lauf", "after"),
        ("before bed", "evening"),
        ("after waking up", "morning"),
        ("after work", None),
        ("Afternoon", "evening"),
        ("matin", "morning"),
        ("3", None),
    ],
)
def test_moments_are_understood(text: str, expected: str | None) -> None:
    assert moment(text) == expected


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("Tightness (0-100)", Scale(0, 100)),
        ("Tightness 1–5", Scale(1, 5)),
        ("Tightness /100", Scale(0, 100)),
        ("Tightness (out of 10)", Scale(0, 10)),
        ("Steifheit von 0 bis 10", Scale(0, 10)),
        ("Raideur (de 0 à 10)", Scale(0, 10)),
        ("Tightness %", Scale(0, 100)),
        ("Tightness (1 = very tight, 5 = fine)", Scale(5, 1)),
        ("Tightness (1 = none, 5 = very tight)", Scale(1, 5)),
        ("Tightness", None),
        ("Tightness 2026", None),
    ],
)
def test_scale_is_read_from_the_header(header: str, expected: Scale | None) -> None:
    assert scale_in_header(header) == expected


@pytest.mark.parametrize(
    ("header", "cell", "expected"),
    [
        ("Tightness (0-100)", "37", 3.7),
        ("Tightness (1-5)", "4", 7.5),
        ("Tightness (1-5)", "1", 0),
        ("Tightness", "3/10", 3),
        ("Tightness", "35%", 3.5),
        ("Tightness", "3 - mild", 3),
        ("Tightness (1 = very tight, 5 = fine)", "1", 10),
        ("Tightness", '"3,5"', 3.5),
    ],
)
def test_other_scales_become_0_to_10_and_the_raw_value_is_kept(
    header: str, cell: str, expected: float
) -> None:
    score = reading(f'date,"{header}"\n2026-05-31,{cell}\n').scores[0]
    assert (score.score, score.raw_value) == (expected, cell.strip('"'))


@pytest.mark.parametrize("cell", ["2-3", "3 or 4", "3/4/2026", "~3", "three", "1/0", "3.5.1"])
def test_what_is_not_one_number_is_none(cell: str) -> None:
    assert number_and_scale(cell) is None


def test_numbers_on_no_known_scale_are_refused_with_the_rows_named() -> None:
    refused = reading("date,tightness\n2026-05-30,5\n2026-05-31,45\n2026-06-01,60\n")
    assert refused.status is FileStatus.UNREADABLE
    assert "line 3: 45" in (refused.reason or "") and "scale = [0, 100]" in (refused.reason or "")


def test_scale_nobody_wrote_down_is_said_to_be_assumed() -> None:
    assert "tightness (taken as 0–10)" in (reading("date,tightness\n2026-05-31,3\n").columns or "")


def test_what_was_left_alone_is_said_and_no_private_cell_is() -> None:
    words = (
        reading(
            "Timestamp,Email Address,Tightness (0-10)\n5/31/2026 7:12:00,me@example.org,3\n"
        ).columns
        or ""
    )
    assert "left alone: Email Address" in words and "month first" in words
    assert "example.org" not in words


def test_sharp_is_yes_no_or_unknown() -> None:
    asked = reading(
        "date,tightness,sharp\n2026-05-29,3,ja\n2026-05-30,3,No\n"
        "2026-05-31,3,\n2026-06-01,3,perhaps\n"
    ).scores
    assert [score.is_sharp for score in asked] == [True, False, None, None]


def test_red_flags_are_taken_by_name_and_unknown_ones_named() -> None:
    partial = reading(
        "date,tightness,red flags\n2026-05-29,3,Leg weakness; "
        "fever\n2026-05-30,3,none\n2026-05-31,3,odd feeling\n2026-06-01,,fever\n"
    )
    assert [score.red_flags for score in partial.scores] == [("leg_weakness", "fever"), (), ()]
    assert "line 4: no red flag is called 'odd_feeling'" in (partial.reason or "")
    assert "line 5: a red flag without a score" in (partial.reason or "")


def test_context_beside_a_score_is_kept_with_its_unit() -> None:
    beside = reading("date,tightness,Sleep hours,Stress (0-10),shoes\n2026-05-31,3,7.5,4,blue\n")
    assert [(value.name, value.value, value.unit) for value in beside.context] == [
        ("sleep_duration_h", 7.5, "h"),
        ("stress", 4.0, "0–10"),
    ]


@pytest.mark.parametrize(
    ("header", "kept"),
    [
        ("Stress 0-10", ("stress", "0–10")),
        ("Stress /10", ("stress", "0–10")),
        ("Mood 1–5", ("mood", "1–5")),
        ("Fatigue 0 to 10", ("fatigue", "0–10")),
        ("Schlafqualität 1-5", ("sleep_quality", "1–5")),
        ("Schlaf in h", ("sleep", "h")),
        ("Sitzen h", ("sitting", "h")),
        ("Sitting min", ("sitting", "min")),
    ],
)
def test_context_is_known_with_its_scale_or_unit_beside_its_name(
    header: str, kept: tuple[str, str]
) -> None:
    beside = reading(f"date,tightness,{header}\n2026-05-31,3,4\n")
    assert [(value.name, value.unit) for value in beside.context] == [kept]


def test_a_numbered_or_longer_name_is_no_context_tightlog_knows() -> None:
    beside = reading("date,tightness,Stress 1,h,in h,Work stress\n2026-05-31,3,4,4,4,4\n")
    assert beside.context == ()
