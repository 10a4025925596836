"""Side, radiation, nights and function, from the command line to the relations and the diary."""

import json
from pathlib import Path

import pytest

from tests.builders import home_at, run_fit
from tightlog.answers.actions.entries import ask_at_next_visit
from tightlog.cli.main import main
from tightlog.home.settings import Home, settings_of
from tightlog.journal.journal import read_journal, standing_red_flag
from tightlog.journal.moment import moment_of
from tightlog.refresh.refresh import refresh
from tightlog.warehouse import store

WHERE = "select score, side, radiation, is_woken from tightness order by day"
FUNCTION = "select strftime(day, '%Y-%m-%d'), function, task from function_score order by day"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = home_at(tmp_path, monday_fit=run_fit())
    home.settings_file.write_text('time_zone = "Europe/Zurich"\n', encoding="utf-8")
    return home


def tightlog(home: Home, *words: str) -> int:
    return main(["--home", str(home.folder), *words])


def rows(home: Home, query: str) -> list[tuple[object, ...]]:
    refresh(home, settings_of(home))
    return store.query(store.published_version(home), query).rows()


def test_where_a_score_is_stands_in_the_relation_and_can_be_corrected(home: Home) -> None:
    said = ("--side", "left", "--radiates", "thigh", "--woke")
    assert tightlog(home, "rate", "4", "--at", "2026-05-07", *said) == 0
    assert tightlog(home, "rate", "2", "--at", "2026-05-08") == 0
    assert rows(home, WHERE) == [(4.0, "left", "thigh", True), (2.0, None, None, None)]
    entry = read_journal(home.journal).scores[0].entry_id
    corrected = ("--side", "both", "--radiates", "none", "--no-woke")
    assert tightlog(home, "diary", "correct", entry, *corrected) == 0
    assert rows(home, WHERE)[0] == (4.0, "both", "none", False)


def test_a_score_without_it_is_written_as_before(home: Home) -> None:
    tightlog(home, "rate", "3")
    written = json.loads(home.journal.read_text())
    assert not {"side", "radiation", "is_woken"} & set(written)
    entry = read_journal(home.journal).entries[0].as_json()
    assert not {"side", "radiation", "is_woken"} & set(entry)


@pytest.mark.parametrize(
    "field", [{"side": "up"}, {"radiation": "toe"}, {"is_woken": "yes"}, {"side": ["left"]}]
)
def test_a_word_nobody_knows_makes_the_line_uncertain(home: Home, field: dict[str, object]) -> None:
    tightlog(home, "rate", "3")
    said = json.loads(home.journal.read_text())
    home.journal.write_text(json.dumps(said | field) + "\n")
    journal = read_journal(home.journal)
    assert not journal.scores and next(iter(field)) in journal.unreadable[0].reason


def test_pain_below_the_knee_alone_is_no_red_flag(home: Home) -> None:
    tightlog(home, "rate", "4", "--radiates", "below_knee", "--woke")
    assert standing_red_flag(home.journal) is None


def test_function_keeps_the_thing_named_before(home: Home) -> None:
    tightlog(home, "rate", "--function", "6", "--task", "tie my shoes", "--at", "2026-05-01")
    tightlog(home, "rate", "--function", "7", "--at", "2026-05-08")
    tightlog(home, "rate", "--function", "8", "--task", "run 10 km", "--at", "2026-05-15")
    assert rows(home, FUNCTION) == [
        ("2026-05-01", 6.0, "tie my shoes"),
        ("2026-05-08", 7.0, "tie my shoes"),
        ("2026-05-15", 8.0, "run 10 km"),
    ]


def test_function_is_no_score_of_tightness(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    tightlog(home, "rate", "--function", "9", "--task", "garden")
    assert not read_journal(home.journal).scores and standing_red_flag(home.journal) is None
    capsys.readouterr()
    tightlog(home, "diary")
    assert "function 9 of 10  garden" in capsys.readouterr().out


@pytest.mark.parametrize(
    "words",
    [
        ("--side", "left"),
        ("--woke",),
        ("--task", "garden"),
        ("3", "--function", "7"),
        ("--function", "7", "--sharp"),
        ("--function", "11"),
    ],
)
def test_what_does_not_belong_together_is_refused_and_nothing_written(
    home: Home, words: tuple[str, ...]
) -> None:
    assert tightlog(home, "rate", *words) == 1
    assert not read_journal(home.journal).entries


def test_the_last_question_counts_until_it_is_taken_back(home: Home) -> None:
    zone = settings_of(home).zone
    for words in ("May I run on?", "  Which  stretch? "):
        ask_at_next_visit(home, words, moment_of(None, zone))
    assert read_journal(home.journal).question == "Which stretch?"
    ask_at_next_visit(home, " ", moment_of(None, zone))
    assert read_journal(home.journal).question is None
    assert not read_journal(home.journal).unreadable
