"""Tables that only sound like a diary of the lower back give no score."""

from zoneinfo import ZoneInfo

import pytest

from tightlog.readers.content import read_content
from tightlog.simulation.files.workbook_file import Rows, xlsx_file

ZURICH = ZoneInfo("Europe/Zurich")
# The header of each table; below it stand a day and small numbers.
OTHERS = (
    *("Buchungstag;Betrag;Verwendungszweck", "date,weight (kg),body fat", "date,sleep score,REM"),
    *("Tag;Einheit;Intensität", "Tag;Rehrücken (g);Salz", "date;Hausnummer", "date,Natrium,Kalium"),
    *("Date;Tension;Pouls", "Fecha;Tensión alta;Tensión baja", "Data;Tensione massima;Polso"),
    *("Date,DOS", "Date,DOS version,Score", "Fecha,Uno,Dos", "Fecha,Dos", "date,dos crawlé (m)"),
    *("date,back squat,deadlift", "date,back row,back extension", "date,lower back reps,sets"),
    *("date,cash back,score", "date,front,back", "date,front 9,back 9", "date,back up,level"),
    *("date,rug", "date,rug,price", "Fecha;Costas;Importe", "date,front seats,back seats"),
    *("date,high,low,close,back", "date,back orders,budget tightness", "date,tyre pressure back"),
    *(
        "date,upper back",
        "date,chest tightness",
        "date,neck or back pain",
        "date,back of knee",
    ),
    *("date,no back tightness", "date,back tightness goal", "date,predicted back tightness"),
    *("date,back tightness 7-day average", "date,back tightness trend", "date,back tight (y/n)"),
    *("date,partner's back tightness", "date,back tightness relief", "date,hours with tight back"),
    *("date,morning stiffness of the back (minutes)", "date,back tightness (days)"),
    *("date,back tightness yesterday", "date,back tightness next morning", "Datum;Rücken Vortag"),
)


def table_under(header: str) -> str:
    """A table of three days under the header, with its separator."""
    separator = ";" if ";" in header else ","
    count = header.count(separator)
    return "\n".join(
        [header, *(separator.join([f"2026-05-1{day}", *"34523"[:count]]) for day in (4, 5, 6))]
    )


@pytest.mark.parametrize("header", OTHERS)
def test_a_table_about_something_else_gives_no_score(header: str) -> None:
    found = read_content(table_under(header).encode(), "export.csv", ZURICH)
    assert found.scores == () and found.reason


@pytest.mark.parametrize("header", ["Stiffness", "Morning stiffness", "Steifigkeit", "Raideur"])
def test_stiffness_alone_may_be_of_the_hands_and_is_asked_about(header: str) -> None:
    for beside in ("", ",Energy", ",Soreness,Energy"):
        found = read_content(table_under(f"date,{header}{beside}").encode(), "log.csv", ZURICH)
        assert found.scores == ()
        assert f"{header!r} does not say that it is about the lower back" in (found.reason or "")
        assert "tightlog.toml" in (found.reason or "")


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("date,stiffness", "lower back.csv"),
        ("date,stiffness,lower back heat", "log.csv"),
        ("date,back stiffness", "log.csv"),
    ],
)
def test_stiffness_counts_where_the_file_speaks_of_the_back(header: str, name: str) -> None:
    assert len(read_content(table_under(header).encode(), name, ZURICH).scores) == 3


@pytest.mark.parametrize("name", ["movies.csv", "golf 2026.csv"])
def test_scores_of_a_file_named_after_something_else_are_not_taken(name: str) -> None:
    text = table_under("date,score").encode()
    assert read_content(text, name, ZURICH).scores == ()
    assert len(read_content(text, "scores.csv", ZURICH).scores) == 3


def test_a_log_of_strength_training_names_the_region_that_was_trained() -> None:
    text = "date,exercise,muscle group,sets,intensity\n2026-05-14,Deadlift,Lower back,3,8\n"
    assert read_content(text.encode(), "export.csv", ZURICH).scores == ()
    pain = "date,muscle group,sets,pain\n2026-05-14,Lower back,3,8\n"
    assert len(read_content(pain.encode(), "export.csv", ZURICH).scores) == 1


def test_a_score_of_another_day_is_refused_and_named() -> None:
    text = table_under("date,back tightness next morning").encode()
    assert "another day" in (read_content(text, "export.csv", ZURICH).reason or "")


@pytest.mark.parametrize(
    "header", ["Datum;rug", "Data;costas", "Date;dos;genou", "date,back,knee", "Datum;Kreuz"]
)
def test_the_other_columns_show_what_a_word_of_two_languages_means(header: str) -> None:
    text = table_under(header).encode()
    assert [one.score for one in read_content(text, "export.csv", ZURICH).scores] == [3, 3, 3]


def test_only_the_sheet_about_the_back_counts() -> None:
    def pain(score: int) -> Rows:
        return (("Date", "Pain"), ("2026-05-14", score))

    sheets = {"Knee": pain(9), "Lower back": pain(3), "Sleep": pain(8)}
    found = read_content(xlsx_file(sheets), "export.xlsx", ZURICH)
    assert [one.score for one in found.scores] == [3]
