"""A runner who chose German reads no English sentence of the catalogue on a page or in a command;
what a program reads stays as it is.
"""

import html
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from streamlit.testing.v1 import AppTest

from dashboards.shown.feature_charts import feature_name
from tests.builders import settled_here
from tests.dashboards.declared_pages import pages_declared
from tests.dashboards.looking import DRAWN_MS, PHONE
from tests.dashboards.serving import dashboard
from tests.dashboards.test_words_for_a_runner import shown_texts
from tests.language.renewal import is_translated, texts, translations
from tests.made_once import made_once
from tightlog.cli.main import main
from tightlog.cli.morning import COLUMNS, MOST_LINES
from tightlog.cli.wrapping import wrapped
from tightlog.features.catalogue import FEATURES
from tightlog.home.settings import Home, settings_of
from tightlog.language.choice import ENGLISH, choose_for_threads
from tightlog.refresh.refresh import refresh
from tightlog.warehouse import store

SETTINGS = 'time_zone = "UTC"\nlanguage = "de"\n'
STYLE = re.compile(r"<style.*?</style>", re.DOTALL)
VALUE = re.compile(r"\{[^{}]*(?:\{\w+\}[^{}]*)*\}")
# English on purpose: the page on which queries and the names of columns stand.
OF_PROGRAMS = {"sql"}
# A part of a sentence says something from so many letters on.
LEAST_LETTERS = 12


@pytest.fixture(autouse=True)
def english_afterwards() -> Iterator[None]:
    yield
    choose_for_threads(ENGLISH)


@pytest.fixture(scope="module")
def in_german(finished_home: Home, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Two months of the simulated runner, who then chose German; only read by the tests."""

    def made(folder: Path) -> Home:
        shutil.copytree(finished_home.folder, folder / "home", symlinks=True)
        home = settled_here(Home(folder / "home"))
        home.settings_file.write_text(SETTINGS, encoding="utf-8")
        refresh(home, settings_of(home))
        return home

    return made_once(tmp_path_factory, "in_german", made)


def english_parts() -> set[str]:
    """What stands between the values of sentences that have a translation, where that has other
    words.
    """
    parts: set[str] = set()
    for entry in translations("de"):
        if entry.id and is_translated(entry):
            ids = texts(entry.id)
            said = " ".join(texts(entry.string))
            found = (part.strip() for one in ids for part in VALUE.split(one))
            parts |= {
                part
                for part in found
                if len(part) >= LEAST_LETTERS and " " in part and part not in said
            }
    return parts


# Features are defined in English, as columns of the relation `day`.
OF_FEATURES = "\n".join(
    f"{feature_name({'feature': one.feature, 'family': one.family})}\n{one.definition}"
    for one in FEATURES
)
ENGLISH_PARTS = {part for part in english_parts() if part.lower() not in OF_FEATURES.lower()}


def foreign(text: str) -> list[str]:
    """English parts of sentences in a text; a style sheet is none."""
    plain = html.unescape(STYLE.sub("", text))
    return sorted(part for part in ENGLISH_PARTS if part in plain)


def test_english_is_found() -> None:
    assert len(ENGLISH_PARTS) > 1000
    assert foreign("Heute: Nothing stands out in your data.") == [
        "Nothing stands out",
        "Nothing stands out in your data.",
    ]


@pytest.mark.parametrize("page", sorted(set(pages_declared()) - OF_PROGRAMS))
def test_no_page_says_a_sentence_in_english(
    in_german: Home, opened: Callable[..., AppTest], page: str
) -> None:
    texts = list(shown_texts(opened(in_german, page or "today")))
    assert texts and foreign("\n".join(texts)) == []


def test_a_run_says_no_word_in_english_where_one_word_is_all(
    in_german: Home, opened: Callable[..., AppTest]
) -> None:
    version = store.published_version(in_german)
    question = "select activity_id from activity where power_w is not null order by day desc"
    app = opened(in_german)
    app.query_params["run"] = store.query(version, f"{question} limit 1").item()
    app.switch_page("app_pages/runs.py").run()
    said = "\n".join(shown_texts(app))
    assert "Leistung" in said and "average" not in STYLE.sub("", said)
    told = "select evidence from pattern_match where pattern in ('R2', 'R3')"
    evidence = store.query(version, told)["evidence"].to_list()
    assert evidence and not any("'s " in one for one in evidence)


def test_today_fits_a_screen_in_german(in_german: Home, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--home", str(in_german.folder), "today"]) == 0
    said = capsys.readouterr().out
    assert wrapped(said.rstrip("\n"), COLUMNS).count("\n") + 1 <= MOST_LINES
    assert "Dein Rücken" in said and foreign(said) == []


def test_commands_and_the_report_speak_german(
    in_german: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "report.html"
    for command in (
        ("today", "--full"), ("day",), ("findings",), ("effects",), ("files",), ("diary",),
        ("doctor",), ("report", str(page)),
    ):  # fmt: skip
        main(["--home", str(in_german.folder), *command])
        printed = capsys.readouterr()
        assert foreign(printed.out + printed.err) == [], command
    report = re.sub(r"<style>.*?</style>|base64,[^'\"]+", "", page.read_text(), flags=re.DOTALL)
    assert "lang='de'" in report and foreign(report) == []


def test_codes_stay_and_sentences_follow_the_language(
    in_german: Home, finished_home: Home, tmp_path: Path
) -> None:
    codes = "select exposure, verdict, verdict_reason, n_days from finding order by exposure"
    homes = (in_german, finished_home)
    german, english = (store.query(store.published_version(home), codes) for home in homes)
    assert german.equals(english)
    shutil.copytree(in_german.folder, tmp_path / "back", symlinks=True)
    back = settled_here(Home(tmp_path / "back"))
    back.settings_file.write_text('time_zone = "UTC"\n', encoding="utf-8")
    told = "select title from pattern order by pattern"
    before = store.query(store.published_version(back), told)["title"].to_list()
    refresh(back, settings_of(back))
    after = store.query(store.published_version(back), told)["title"].to_list()
    assert before[0].startswith("Warnzeichen") and after[0].startswith("Red flag")


@pytest.mark.browser
@pytest.mark.slow
def test_today_on_a_phone_is_german_and_nothing_is_cut_off(
    in_german: Home, tmp_path: Path, browser: Browser
) -> None:
    shutil.copytree(in_german.folder, tmp_path / "home", symlinks=True)
    home = settled_here(Home(tmp_path / "home"))
    with dashboard(home, "127.0.0.1") as address:
        page = browser.new_page(viewport=PHONE)
        page.goto(f"http://{address}")
        page.wait_for_selector(".tl-footer", timeout=DRAWN_MS)
        text = page.inner_text("body")
        wide = page.evaluate("document.documentElement.scrollWidth")
        page.close()
    assert "Was tun" in text or "Warnzeichen" in text
    assert foreign(text) == []
    assert wide <= PHONE["width"]
