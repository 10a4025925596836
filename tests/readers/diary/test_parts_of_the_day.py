"""Columns for parts of the day and for the two sides, words for scores, and how else people write
them.
"""

from zoneinfo import ZoneInfo

import pytest

from tightlog.domain.diary import TightnessScore
from tightlog.domain.reading import Reading
from tightlog.readers.diary import read_diary

ZURICH = ZoneInfo("Europe/Zurich")


def reading(text: str, name: str = "lower back.csv") -> Reading:
    return read_diary(text.encode(), name, ZURICH)


def moments(text: str) -> list[tuple[str | None, float]]:
    return [(one.moment, one.score) for one in reading(text).scores]


@pytest.mark.parametrize(
    "header",
    ["Date,AM,PM", "Date,am,pm", "Date,A.M.,P.M.", "Datum,Rücken morgens,Rücken abends"],
)
def test_a_column_for_the_morning_and_one_for_the_evening(header: str) -> None:
    assert moments(f"{header}\n2026-03-11,3,5\n2026-03-12,2,\n") == [
        ("morning", 3),
        ("evening", 5),
        ("morning", 2),
    ]


@pytest.mark.parametrize(
    "header",
    [
        "Date,Morning tightness,Afternoon tightness,Evening tightness",
        "Fecha,Lumbar (mañana),Lumbar (tarde),Lumbar (noche)",
        "Datum,LWS morgens,LWS mittags,LWS abends",
        "Date,Lombaires matin,Lombaires midi,Lombaires soir",
        "Data,Lombare mattina,Lombare pomeriggio,Lombare sera",
    ],
)
def test_three_parts_of_the_day_are_three_scores(header: str) -> None:
    expected = [("morning", 3.0), ("evening", 5.0), ("evening", 4.0)]
    assert moments(f"{header}\n2026-03-11,3,5,4\n") == expected


def test_two_columns_for_one_part_of_the_day_are_asked_about() -> None:
    found = reading("Date,Back evening max,Back evening average\n2026-03-11,3,5\n")
    assert found.scores == () and "several columns" in (found.reason or "")


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Lumbar izq.", "Lumbar der."),
        ("Lumbar izqda", "Lumbar dcha"),
        ("Lombaires G", "Lombaires D"),
        ("Lombare sx", "Lombare dx"),
        ("LWS links", "LWS rechts"),
        ("Low back (L)", "Low back (R)"),
    ],
)
def test_of_two_sides_the_worse_counts(left: str, right: str) -> None:
    assert moments(f"Date,{left},{right}\n2026-03-11,3,5\n2026-03-12,6,1\n") == [
        ("unknown", 5),
        ("unknown", 6),
    ]


@pytest.mark.parametrize(
    ("left", "right", "side"),
    [
        ("5", "3", "left"),
        ("3", "5", "right"),
        ("4", "4", "both"),
        ("0", "0", None),
        ("2", "", "left"),
        ("", "2", "right"),
    ],
)
def test_columns_of_two_sides_say_where_it_is(left: str, right: str, side: str | None) -> None:
    found = reading(f"Date,Low back left,Low back right\n2026-03-11,{left},{right}\n")
    assert [score.side for score in found.scores] == [side]


def test_one_column_says_its_side_and_a_plain_one_none() -> None:
    assert reading("Date,Left low back\n2026-03-11,3\n").scores[0].side == "left"
    assert reading("Date,Low back\n2026-03-11,3\n").scores[0].side is None


@pytest.mark.parametrize(
    ("cell", "score"),
    [
        ("quite severe", 8),
        ("ziemlich stark", 8),
        ("assez forte", 8),
        ("bastante fuerte", 8),
        ("abbastanza lieve", 2),
        ("Mild (3)", 3),
        ("moderate: 6/10", 6),
        ("mild to moderate", 3.5),
        ("leicht bis mittel", 3.5),
        ("moderate/severe", 6.5),
    ],
)
def test_words_for_scores_with_what_people_write_beside_them(cell: str, score: float) -> None:
    (found,) = reading(f"Date,Lower back\n2026-03-11,{cell}\n").scores
    assert found.score == score


@pytest.mark.parametrize(
    "cell", ["quite", "ok", "mild to ok", "happy (3)", "mild to moderate to 3"]
)
def test_words_for_no_score_give_none(cell: str) -> None:
    assert reading(f"Date,Lower back\n2026-03-11,{cell}\n").scores == ()


def test_day_numbers_with_a_decimal_comma_hold_the_time() -> None:
    (found,) = reading("Datum;LWS\n46092,29167;3,5\n").scores
    assert isinstance(found, TightnessScore) and found.rated_at is not None
    assert (f"{found.rated_at:%Y-%m-%d %H:%M}", found.score) == ("2026-03-11 06:00", 3.5)


@pytest.mark.parametrize(
    "header",
    [
        "Aktivitäts-ID,Aktivitätsdatum,Aktivitätsart,Distanz",
        "ID,Trainingsdatum,Sportart,Strecke",
    ],
)
def test_a_list_of_activities_is_called_one_in_german_too(header: str) -> None:
    found = read_diary(f"{header}\n1,11.03.2026,Lauf,3.36\n".encode(), "liste.csv", ZURICH)
    assert "a list of activities" in (found.reason or "")


@pytest.mark.parametrize("header", ["Geburtsdatum", "Verletzungsdatum"])
def test_a_date_of_something_else_is_not_the_day(header: str) -> None:
    assert reading(f"{header},Lower back\n2026-03-11,3\n").scores == ()
