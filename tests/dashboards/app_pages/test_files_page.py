"""What Files promises: every file with its status and reason, and names that are text, whatever
they hold.
"""

import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from markupsafe import escape
from streamlit.testing.v1 import AppTest

from dashboards.shell.frame import own_files_words
from dashboards.shown import cards, refreshing
from tests.builders import START, copied, home_at, run_fit, run_gpx, untyped_gpx, zipped
from tightlog.answers.actions import refreshes
from tightlog.answers.refreshing import BUSY, is_refreshing
from tightlog.home.settings import Home, settings_of
from tightlog.refresh.refresh import RefreshSummary, refresh
from tightlog.warehouse import store
from tightlog.warehouse.publish import writer_lock

Opened = Callable[..., AppTest]
Words = Callable[[AppTest], str]


def file_rows(app: AppTest) -> list[str]:
    """The rows of the list of files, as HTML."""
    tables = [element.proto.body for element in app.get("html") if "tl-table" in element.proto.body]
    return [row for table in tables for row in table.partition("<tbody>")[2].split("<tr>")[1:]]


@pytest.fixture(scope="module")
def full_home(finished_home: Home, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The home with more files than a page of the list holds; only read by the tests."""
    home = Home(tmp_path_factory.mktemp("full") / "home")
    shutil.copytree(finished_home.folder, home.folder, symlinks=True)
    for number in range(60):
        (home.raw / f"monitor-{number:02}.txt").write_text(f"monitoring {number}", encoding="utf-8")
    refresh(home, settings_of(home))
    return home


def test_every_file_is_on_one_page_of_the_list_with_its_status(
    full_home: Home, opened: Opened
) -> None:
    app = opened(full_home, "files")
    count, unreadable = store.query(
        store.published_version(full_home),
        "select count(*), count(*) filter (where status = 'unreadable') from source_file",
    ).row(0)
    listed = file_rows(app)
    assert len(listed) == 50
    for number in range(2, -(-count // 50) + 1):
        listed += file_rows(app.pagination[0].set_value(number).run())
    assert len(set(listed)) == len(listed) == count
    assert sum(">Unreadable<" in row for row in listed) == unreadable


def test_the_list_narrows_to_a_status_and_a_name_from_its_first_page(
    full_home: Home, opened: Opened, words: Words
) -> None:
    app = opened(full_home, "files")
    app.pagination[0].set_value(2).run()
    app.button_group(key="status").set_value("no_activity").run()
    assert file_rows(app)
    assert all(">No activity<" in row for row in file_rows(app))
    app.text_input(key="named").set_value("MONITOR-07").run()
    assert ["monitor-07.txt" in row for row in file_rows(app)] == [True]
    app.text_input(key="named").set_value("no such name").run()
    assert "No matching files." in words(app)


def test_a_table_that_gave_no_score_is_shown_with_its_whole_reason(
    home: Home, opened: Opened, words: Words
) -> None:
    (home.raw / "my back.csv").write_text(
        "date,how it was\n2026-05-04,bad\n2026-05-05,fine\n", encoding="utf-8"
    )
    (home.raw / "notes.txt").write_text("a note", encoding="utf-8")
    refresh(home, settings_of(home))
    reason = store.query(
        store.published_version(home), "select reason from source_file where path = 'my back.csv'"
    ).item()
    cards_shown = (
        words(opened(home, "files")).partition("Tables without a score")[2].partition("</div>")[0]
    )
    assert "my back.csv" in cards_shown
    assert escape(reason) in cards_shown
    assert "notes.txt" not in cards_shown


def test_a_refused_diary_is_not_to_be_copied_from_the_watch(
    home: Home, opened: Opened, words: Words
) -> None:
    (home.raw / "diary.csv").write_text(
        "date,tightness\n04/05/2026,3\n05/04/2026,2\n", encoding="utf-8"
    )
    refresh(home, settings_of(home))
    shown = words(opened(home, "files"))
    unreadable = shown.partition(">Unreadable</h2>")[2].partition("</div>")[0]
    assert "bold" in unreadable
    assert "diary.csv" not in unreadable
    assert "diary.csv" in shown.partition("Tables without a score")[2].partition("</div>")[0]


def test_a_diary_shows_which_column_was_taken_for_what(
    home: Home, opened: Opened, words: Words
) -> None:
    columns = store.query(
        store.published_version(home), "select columns from source_file where columns is not null"
    ).item()
    shown = words(opened(home, "files")).partition(">Diaries</h2>")[2]
    assert f"Columns: {escape(columns)}" in shown.partition("</div>")[0]


def test_a_file_name_is_text_and_never_markup(home: Home, opened: Opened, words: Words) -> None:
    shown = words(opened(home, "files"))
    assert "&lt;script&gt;alert(1)&lt;.fit" in shown
    assert "**bold** :smile:.fit" in shown
    assert "<script>" not in shown


def test_every_piece_of_a_page_escapes_its_values() -> None:
    bad = "<img src=x onerror=alert(1)>"
    match = dict.fromkeys(("title", "evidence", "why", "source", "grade"), bad) | {
        "state": "new",
        "started_on": date(2026, 5, 4),
    }
    advice = dict.fromkeys(
        (
            "title",
            "pattern_title",
            "how_to",
            "dose",
            "caution",
            "your_data",
            "what_is_known",
            "article_says",
        ),
        bad,
    ) | {"rank": 1, "intervention": "S1"}
    file = dict.fromkeys(("path", "member", "status", "reason", "columns"), bad) | {
        "activity_count": 1
    }
    pieces = [
        cards.match_cards([match]),
        cards.advice_head(advice, bad),
        cards.advice_reasons(advice),
        cards.standing_out(bad, bad),
        cards.status_line(bad, bad),
        cards.plain(bad),
        cards.red_flag_card(bad, bad, bad, bad),
        cards.notice(bad),
        cards.banner(bad, bad),
        cards.steps(bad, [bad]),
        cards.section(bad, bad),
        cards.not_watched([{"title": bad, "needs": bad}]),
        cards.finding_card(bad, bad, [bad]),
        cards.plain_list(bad, [bad]),
        cards.quiet(bad),
        cards.file_cards([file]),
        cards.file_table([file]),
        cards.tiles([(bad, bad, bad)]),
        cards.urgent_words(bad),
        cards.folded(bad, [bad]),
    ]
    assert all("<img" not in piece and "&lt;img" in piece for piece in pieces)


def test_an_empty_home_has_steps(empty_home: Home, opened: Opened, words: Words) -> None:
    assert "Three steps" in words(opened(empty_home, "files"))


def test_the_sample_inside_a_home_names_the_folder_for_own_files(empty_home: Home) -> None:
    inside = Home(empty_home.folder / "data" / "sample")
    assert str(empty_home.raw) in own_files_words(inside)
    assert "tightlog --home data/sample today" in own_files_words(inside)
    assert "--home FOLDER" in own_files_words(Home(empty_home.folder))


@pytest.fixture(scope="module")
def home_of_one_run(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home with one run of the runner's own, refreshed."""
    home = home_at(tmp_path_factory.mktemp("one_run") / "own", first_fit=run_fit())
    home.settings_file.write_text('time_zone = "UTC"\n', encoding="utf-8")
    refresh(home, settings_of(home))
    return home


@pytest.fixture
def own_home(home_of_one_run: Home, tmp_path: Path) -> Home:
    """A copy of that home to write into."""
    return copied(home_of_one_run, tmp_path / "own")


def added(app: AppTest, *files: tuple[str, bytes]) -> AppTest:
    field = next(one for one in app.file_uploader if str(one.key).startswith("upload_"))
    for name, content in files:
        field.upload(name, content)
    app.run()
    return app.button(key="add_and_read").click().run()


def told(app: AppTest) -> list[str]:
    """The cards of the files added, as HTML."""
    start = next(
        place
        for place, element in enumerate(app.get("html"))
        if "The files you added" in element.proto.body
    )
    body: str = app.get("html")[start + 1].proto.body
    return body.split("<section")[1:]


def test_files_added_are_read_and_each_is_told_what_became_of_it(
    own_home: Home, opened: Opened, words: Words
) -> None:
    new = run_fit(START + timedelta(days=1))
    twin = run_gpx()
    archive = zipped(
        {"a.fit": run_fit(START + timedelta(days=2)), "notes.bin": b"x", "broken.fit": b"junk"}
    )
    app = added(
        opened(own_home, "files"),
        ("../../new.fit", new),
        ("twin.gpx", twin),
        ("export.zip", archive),
        ("broken.fit", b"junk"),
        ("again.fit", run_fit()),
        ("scores.csv", b"date,tightness\n2026-05-01,3\n"),
    )
    cards_shown = told(app)
    assert len(cards_shown) == 6
    assert (
        "Read" in cards_shown[0]
        and "1 activity found." in cards_shown[0]
        and "new.fit" in cards_shown[0]
        and ".." not in cards_shown[0]
    )
    assert "Duplicate" in cards_shown[1]
    assert (
        "3 files in it: 1 read, 1 without an activity, 1 unreadable. 1 activity found."
        in cards_shown[2]
    )
    assert "Unreadable" in cards_shown[3] and "named .fit but" in cards_shown[3]
    assert "Already there as" in cards_shown[4]
    assert "Columns: day: date; score: tightness" in cards_shown[5]
    assert sorted(path.name for path in own_home.inbox.iterdir()) == [
        "broken.fit",
        "export.zip",
        "new.fit",
        "scores.csv",
        "twin.gpx",
    ]
    assert "Refreshed: new files:" in words(app)
    assert "inbox/" in words(app).split("<tbody>")[-1].split("</tr>")[0]
    assert (
        store.query(store.published_version(own_home), "select count(*) from activity").item() == 3
    )
    # What was given is out of the field, so that it cannot be added twice.
    assert app.button(key="add_and_read").disabled


def test_files_added_while_another_process_refreshes_wait_and_it_is_said(
    own_home: Home, opened: Opened, words: Words
) -> None:
    app = opened(own_home, "files")
    with writer_lock(own_home):
        added(app, ("new.fit", run_fit(START + timedelta(days=1))))
    assert BUSY in words(app)
    assert "It will be read at the next refresh." in told(app)[0]
    assert (own_home.inbox / "new.fit").exists()


def test_a_file_that_cannot_be_kept_is_said_and_the_others_are_read(
    own_home: Home, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    own_home.inbox.write_bytes(b"a file where the folder should be")
    app = added(opened(own_home, "files"), ("<b>new.fit", run_fit(START + timedelta(days=1))))
    assert "Not added:" in told(app)[0] and "&lt;b&gt;new.fit" in told(app)[0]


def test_a_sample_inside_a_home_passes_files_on_to_it_and_a_sample_alone_takes_none(
    home: Home, empty_home: Home, opened: Opened, words: Words
) -> None:
    assert not opened(home, "files").file_uploader
    inside = Home(empty_home.folder / "data" / "sample")
    shutil.copytree(home.folder, inside.folder, symlinks=True)
    app = added(opened(inside, "files"), ("mine.fit", run_fit()))
    assert (empty_home.inbox / "mine.fit").read_bytes() == run_fit()
    assert not inside.inbox.exists()
    assert "They are in your own home now." in words(app)


def test_a_refresh_begun_goes_on_and_is_not_begun_twice(
    own_home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    (own_home.raw / "second.fit").write_bytes(run_fit(START + timedelta(days=1)))
    started, may_go_on, begun = Event(), Event(), []
    real: Callable[..., RefreshSummary] = refreshes.refreshed

    def slow(*given: Any, **named: Any) -> RefreshSummary:
        begun.append(1)
        started.set()
        may_go_on.wait(30)
        return real(*given, **named)

    monkeypatch.setattr(refreshes, "refreshed", slow)
    with ThreadPoolExecutor(2) as tabs:
        first = tabs.submit(refreshing.refreshed, own_home)
        started.wait(30)
        assert is_refreshing(own_home)
        second = tabs.submit(refreshing.refreshed, own_home)
        may_go_on.set()
        assert (
            first.result(60)
            == second.result(60)
            == "Refreshed: new files: 1 read. 2 activities and 0 scores in total."
        )
    assert len(begun) == 1
    assert not is_refreshing(own_home)


def test_one_button_settles_every_unknown_kind(
    tmp_path: Path, opened: Opened, words: Words
) -> None:
    home = home_at(tmp_path / "home", a_gpx=untyped_gpx(), b_gpx=untyped_gpx(START + timedelta(1)))
    home.settings_file.write_text('time_zone = "UTC"\n', encoding="utf-8")
    refresh(home, settings_of(home))
    app = opened(home, "files")
    assert "2 activities may be runs" in words(app)
    button = app.button(key="treat_as_runs")
    assert button.label == "Treat these 2 as runs"
    button.click().run()
    assert "They are runs from the next refresh" in words(app)
    refresh(home, settings_of(home))
    rules = store.relation(store.published_version(home), "activity")["sport_rule"]
    assert rules.to_list() == ["correction", "correction"]
    assert "may be runs" not in words(opened(home, "files"))


def test_a_table_without_times_is_asked_about_once_and_answered(
    tmp_path: Path, opened: Opened, words: Words
) -> None:
    home = home_at(tmp_path / "home", back_csv=b"date,back tightness\n2026-06-01,3\n2026-06-02,4\n")
    home.settings_file.write_text('time_zone = "UTC"\n', encoding="utf-8")
    refresh(home, settings_of(home))
    app = opened(home, "files")
    assert "back.csv does not say at what time of day its 2 scores were given" in words(app)
    assert app.button(key="save_when_given_back.csv").disabled
    app.button_group(key="when_given_back.csv").set_value("evening").run()
    app.button(key="save_when_given_back.csv").click().run()
    assert not app.exception
    assert 'moment = "evening"' in home.settings_file.read_text(encoding="utf-8")
    moments = store.relation(store.published_version(home), "tightness")["moment"]
    assert moments.to_list() == ["evening", "evening"]
    assert "does not say at what time" not in words(opened(home, "files"))


def test_files_whose_scores_say_when_are_not_asked_about(
    tmp_path: Path, opened: Opened, words: Words
) -> None:
    table = b"date,time,back tightness\n2026-06-01,7:30,3\n2026-06-02,20:00,4\n"
    home = home_at(tmp_path / "home", back_csv=table)
    home.settings_file.write_text('time_zone = "UTC"\n', encoding="utf-8")
    refresh(home, settings_of(home))
    assert "does not say at what time" not in words(opened(home, "files"))


@pytest.mark.parametrize("page", ["files", "runs"])
def test_each_doubt_is_a_question_with_one_button(
    tmp_path: Path, opened: Opened, words: Words, page: str
) -> None:
    runs = {f"r{number}_fit": run_fit(START + timedelta(number)) for number in range(6)}
    fast = run_fit(START + timedelta(9), speed_mps=7.5)
    old = run_fit(START - timedelta(20 * 365))
    home = home_at(tmp_path / "home", **runs, fast_fit=fast, old_fit=old)
    home.settings_file.write_text('time_zone = "UTC"\n', encoding="utf-8")
    refresh(home, settings_of(home))
    app = opened(home, page)
    assert "fast.fit, running of 13 May 2026: running at 27 km/h, as in a vehicle." in words(app)
    assert "ten years or more from all others; it does not count until" in words(app)
    # On Runs in one line above the list.
    folds = [fold.label for fold in app.expander]
    assert ("Can this be right? 2 activities" in folds) is (page == "runs")
    asked = store.answer(store.published_version(home), "doubts")["activity_id"].to_list()
    assert len(asked) == 2
    for activity_id in asked:
        app.button(key=f"confirm_{activity_id}").click().run()
        assert not app.exception
    assert words(app).count("It counts as it is from the next refresh.") == 2
    refresh(home, settings_of(home))
    assert store.relation(store.published_version(home), "doubtful_activity").is_empty()
    assert store.relation(store.published_version(home), "activity").height == 8
    after = opened(home, page)
    assert "Can this be right?" not in words(after)
    assert not any("Can this be right?" in fold.label for fold in after.expander)


def test_each_source_is_listed_with_its_state(tmp_path: Path, opened: Opened, words: Words) -> None:
    there = tmp_path / "phone"
    there.mkdir()
    (there / "run.fit").write_bytes(run_fit())
    home = home_at(tmp_path / "home")
    home.settings_file.write_text(
        f'time_zone = "Europe/Zurich"\nsources = ["{there}", "{tmp_path}/fone"]\n'
    )
    refresh(home, settings_of(home))
    said = words(opened(home, "files"))
    assert f"{there}: there; 1 file of it is known" in said
    assert f"{tmp_path}/fone: not there now" in said and "nothing was ever read from it" in said
