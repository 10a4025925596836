"""A coach who chose German reads no English sentence of a cohort, on its page or in its commands;
what a program reads stays as it is.
"""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.cohort.conftest import agree, joined, own_copy
from tests.conftest import SAMPLE_LAST_DAY
from tests.dashboards.test_german import foreign
from tests.dashboards.test_words_for_a_runner import shown_texts
from tests.made_once import made_once
from tightlog.cli.main import main
from tightlog.cohort.cohort_file import COACH, Cohort, new_cohort, read_cohort, with_home
from tightlog.cohort.lake import finish_lake
from tightlog.cohort.members import members
from tightlog.cohort.one_home import home_outcome
from tightlog.home.settings import Home
from tightlog.language.choice import ENGLISH, GERMAN, choose, choose_for_threads, spoken

SHARED = ("status", "estimates")
SCRIPT = Path(__file__).parents[2] / "dashboards" / "cohort_pages.py"
OPENED_S = 60
OpenPage = Callable[..., AppTest]


@pytest.fixture(autouse=True)
def english_afterwards() -> Iterator[None]:
    yield
    choose(ENGLISH)
    choose_for_threads(ENGLISH)


@pytest.fixture(scope="module")
def in_german(four_months: Home, tmp_path_factory: pytest.TempPathFactory) -> Cohort:
    """Five homes that share, and one each that does not, is gone, or cannot be asked; the homes
    themselves are in English.
    """

    def made(top: Path) -> Path:
        with spoken(GERMAN):
            cohort = new_cohort(top / "team", "anna")
        for name in ("one", "two", "three", "four", "five"):
            own_copy(four_months, Home(top / name))
            agree(Home(top / name), SHARED)
            cohort = joined(cohort, Home(top / name))
        for name in ("silent", "unclear"):
            (top / name / "data" / "raw").mkdir(parents=True)
        Home(top / "unclear").settings_file.write_text("language = ")
        for name in ("silent", "unclear", "gone"):
            cohort = with_home(cohort, str(top / name), None)
        with spoken(cohort.language):
            for member in members(cohort):
                home_outcome(cohort, member, "call", SAMPLE_LAST_DAY + timedelta(days=5))
            finish_lake(cohort, members(cohort), "call")
        return cohort.folder

    return read_cohort(made_once(tmp_path_factory, "cohort_in_german", made))


@pytest.fixture
def page(in_german: Cohort, monkeypatch: pytest.MonkeyPatch) -> OpenPage:
    """Opens the page of the cohort for the coach or a runner, on a home where one is named."""

    def opened(who: str = COACH, home: str = "") -> AppTest:
        monkeypatch.setenv("TIGHTLOG_COHORT", str(in_german.folder))
        monkeypatch.setattr("dashboards.cohort.roles.role_of", lambda *_: who)
        app = AppTest.from_file(str(SCRIPT), default_timeout=OPENED_S)
        if home:
            app.query_params["home"] = home
        app.run()
        assert not app.exception
        return app

    return opened


@pytest.mark.parametrize(
    ("who", "home", "said"),
    [
        (COACH, "", "Wer Aufmerksamkeit braucht"),
        (COACH, "runner-01", "Mit dem, was die 5 Läufer der Gruppe sagen"),
        (COACH, "runner-06", "teilt nichts mit dieser Gruppe"),
        (COACH, "runner-99", "In dieser Gruppe gibt es keinen solchen Läufer."),
        ("runner-02", "", "Was die Gruppe von dir erfährt."),
    ],
)
def test_no_page_says_a_sentence_in_english(page: OpenPage, who: str, home: str, said: str) -> None:
    text = "\n".join(shown_texts(page(who, home)))
    assert said in text and foreign(text) == []


def test_the_choices_of_the_list_are_in_german_and_choose(page: OpenPage) -> None:
    app = page()
    reason, home, order = app.selectbox
    assert [reason.label, home.label, order.label] == ["Grund", "Läufer", "Sortiert nach"]
    assert reason.options == ["Alle Gründe", "Kein Wert"]
    assert order.options == ["Dringlichkeit", "Läufer", "Neueste zuerst"]
    # The test writes options as the page does.
    with spoken(GERMAN):
        home.select("runner-02").run()
    assert "runner-03" not in next(text for text in shown_texts(app) if "Kein Wert seit" in text)


@pytest.mark.parametrize("step", ["today", "pool", "homes"])
def test_no_list_of_a_command_says_a_sentence_in_english(
    in_german: Cohort, step: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["cohort", "--in", str(in_german.folder), step]) == 0
    said = capsys.readouterr().out
    assert "Läufer" in said and foreign(said) == []


def test_today_says_who_was_not_read_and_why(
    in_german: Cohort, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["cohort", "--in", str(in_german.folder), "today"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "Kein Wert seit 5 Tagen" in said and "Nicht gelesen: 3 Läufer." in said
    assert "seine tightlog.toml ist kein gültiges TOML" in said


def test_errors_and_help_are_in_german(
    in_german: Cohort, capsys: pytest.CaptureFixture[str]
) -> None:
    here = ["cohort", "--in", str(in_german.folder)]
    assert main([*here, "add", "nowhere"]) == 1
    assert main([*here, "init"]) == 1
    assert main([*here, "add", "one", "two", "--as", "R1"]) == 1
    problems = capsys.readouterr().err
    assert problems.count("\n") == 3 and foreign(problems) == []
    with pytest.raises(SystemExit):
        main([*here, "--help"])
    told = capsys.readouterr().out
    assert "zeigen, wer Aufmerksamkeit braucht" in told and foreign(told) == []


def test_what_a_program_reads_has_its_codes(
    in_german: Cohort, capsys: pytest.CaptureFixture[str]
) -> None:
    here = ["cohort", "--in", str(in_german.folder)]
    assert main([*here, "homes", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert {row["state"] for row in rows} == {"done", "not_shared", "failed", "gone"}
    assert rows[0]["shared"] == list(SHARED)
    assert main([*here, "today", "--json"]) == 0
    assert {row["reason"] for row in json.loads(capsys.readouterr().out)} == {"no_score"}
