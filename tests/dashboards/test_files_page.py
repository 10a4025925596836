"""What Files promises: every file with its status and reason, and names that are text, whatever they hold."""

from collections.abc import Callable
from datetime import date

from streamlit.testing.v1 import AppTest

from dashboards import cards
from dashboards.frame import own_files_words
from tightlog.settings import Home
from tightlog.warehouse import store

Opened = Callable[..., AppTest]
Words = Callable[[AppTest], str]


def test_the_table_holds_every_file_with_its_status(home: Home, opened: Opened) -> None:
    table = opened(home, "files").dataframe[0].value
    counted = store.query(store.published_version(home), "select count(*), count(*) filter (where status = 'unreadable') from source_file").row(0)
    assert (len(table), int((table["Status"] == "Unreadable").sum())) == counted


def test_the_table_narrows_to_a_status(home: Home, opened: Opened) -> None:
    app = opened(home, "files")
    app.button_group(key="status").set_value("Unreadable").run()
    assert set(app.dataframe[0].value["Status"]) == {"Unreadable"}


def test_a_file_name_is_text_and_never_markup(home: Home, opened: Opened, words: Words) -> None:
    shown = words(opened(home, "files"))
    assert "&lt;script&gt;alert(1)&lt;.fit" in shown
    assert "**bold** :smile:.fit" in shown
    assert "<script>" not in shown


def test_every_piece_of_a_page_escapes_its_values() -> None:
    bad = "<img src=x onerror=alert(1)>"
    match = dict.fromkeys(("title", "evidence", "why", "source", "grade"), bad) | {"state": "new", "started_on": date(2026, 5, 4)}
    advice = dict.fromkeys(("title", "pattern_title", "how_to", "dose", "caution", "your_data", "what_is_known", "article_says"), bad) | {"rank": 1}
    pieces = [
        cards.match_cards([match]), cards.advice_card(advice, is_open=True), cards.red_flag_card(bad, bad, bad), cards.notice(bad),
        cards.banner(bad, bad), cards.steps(bad, [bad]), cards.section(bad, bad), cards.not_watched([{"title": bad, "needs": bad}]),
        cards.verdict_rows([{"title": bad, "verdict": bad, "sentence": bad}]), cards.file_rows([{"path": bad, "member": bad, "reason": bad}]),
        cards.tiles([(bad, bad, bad)]), cards.urgent_words(bad),
    ]
    assert all("<img" not in piece and "&lt;img" in piece for piece in pieces)


def test_an_empty_home_has_steps(empty_home: Home, opened: Opened, words: Words) -> None:
    assert "Three steps" in words(opened(empty_home, "files"))


def test_the_sample_inside_a_home_names_the_folder_for_own_files(empty_home: Home) -> None:
    inside = Home(empty_home.folder / "data" / "sample")
    assert str(empty_home.raw) in own_files_words(inside)
    assert "--home FOLDER" in own_files_words(Home(empty_home.folder))
