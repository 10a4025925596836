"""What eased a back, given with a score, through a whole refresh: context of the day before."""

import json
from pathlib import Path

import pytest

from tests.builders import home_at, run_fit
from tightlog.answers.actions.entries import correct, withdraw
from tightlog.cli.main import main
from tightlog.home.settings import Home, settings_of
from tightlog.journal.journal import read_journal
from tightlog.refresh.refresh import refresh
from tightlog.warehouse import store

CONTEXT = "select strftime(day, '%Y-%m-%d'), name, value, unit, source from context order by all"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = home_at(tmp_path, monday_fit=run_fit())
    home.settings_file.write_text('time_zone = "Europe/Zurich"\n', encoding="utf-8")
    return home


def tightlog(home: Home, *words: str) -> int:
    return main(["--home", str(home.folder), *words])


def context(home: Home) -> list[tuple[object, ...]]:
    refresh(home, settings_of(home))
    return store.query(store.published_version(home), CONTEXT).rows()


def test_it_is_of_the_day_before_the_score_and_can_be_corrected_and_withdrawn(home: Home) -> None:
    at = "2026-05-07"
    assert tightlog(home, "rate", "7", "--at", at, "--eased", "painkiller", "--eased", "heat") == 0
    assert tightlog(home, "rate", "3", "--at", "2026-05-08") == 0
    eased = [("2026-05-06", name, 1.0, "done", "diary") for name in ("heat", "painkiller")]
    assert context(home) == eased
    days = store.query(
        store.published_version(home),
        "select context_painkiller from day where day in ('2026-05-06', '2026-05-07') order by day",
    )
    assert [row[0] for row in days.rows()] == [1.0, None]
    entry = next(one for one in read_journal(home.journal).scores if one.score == 7)
    assert tightlog(home, "diary", "correct", entry.entry_id, "--eased", "none") == 0
    assert context(home) == []
    correct(home, entry.entry_id, {"eased": ["physio"]})
    assert context(home) == [("2026-05-06", "physio", 1.0, "done", "diary")]
    withdraw(home, entry.entry_id)
    assert context(home) == []


def test_it_does_not_show_that_the_day_before_was_watched(home: Home) -> None:
    def distances() -> list[tuple[object, ...]]:
        days = "select day, run_distance_m from day order by day"
        return store.query(store.published_version(home), days).rows()

    tightlog(home, "rate", "7", "--at", "2026-06-20")
    refresh(home, settings_of(home))
    without = distances()
    assert without[-2][1] is None
    correct(home, read_journal(home.journal).scores[0].entry_id, {"eased": ["heat"]})
    refresh(home, settings_of(home))
    assert distances() == without


def test_the_diary_shows_it(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    tightlog(home, "rate", "7", "--eased", "physio")
    capsys.readouterr()
    assert tightlog(home, "diary") == 0
    assert "physiotherapy" in capsys.readouterr().out
    tightlog(home, "diary", "--json")
    assert json.loads(capsys.readouterr().out)["entries"][0]["eased"] == ["physio"]


@pytest.mark.parametrize("eased", ["painkiller", ["whisky"], [1], {"painkiller": True}])
def test_a_name_nobody_knows_makes_the_line_uncertain(home: Home, eased: object) -> None:
    tightlog(home, "rate", "7", "--eased", "physio")
    said = json.loads(home.journal.read_text())
    home.journal.write_text(json.dumps(said | {"eased": eased}) + "\n")
    journal = read_journal(home.journal)
    assert not journal.scores and "eased" in journal.unreadable[0].reason
