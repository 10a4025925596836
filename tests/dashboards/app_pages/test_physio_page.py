"""What the page for the physio promises: the runner chooses the days and what is on it, and sees
what they send.
"""

from collections.abc import Callable
from datetime import date, timedelta

from markupsafe import escape
from streamlit.testing.v1 import AppTest

from dashboards.shown import data
from tightlog.answers.actions.entries import give_function, give_score
from tightlog.domain.diary import Where
from tightlog.home.settings import Home, settings_of
from tightlog.journal.journal import read_journal
from tightlog.journal.moment import moment_of
from tightlog.journal.writing import raise_red_flag, rate
from tightlog.refresh.refresh import refresh
from tightlog.warehouse import store

Opened = Callable[..., AppTest]
Words = Callable[[AppTest], str]


def test_the_whole_known_time_is_shown_when_it_is_short(
    home: Home, opened: Opened, words: Words
) -> None:
    app = opened(home, "physio")
    known = data.span(data.view())
    assert known is not None
    assert (app.date_input(key="physio_from").value, app.date_input(key="physio_to").value) == known
    assert f"of {(known[1] - known[0]).days + 1} days" in words(app)
    assert "A simulated runner's files" in words(app)


def test_chosen_days_are_those_reported(home: Home, opened: Opened, words: Words) -> None:
    app = opened(home, "physio")
    last_day = app.date_input(key="physio_to").value
    assert isinstance(last_day, date)
    app.date_input(key="physio_from").set_value(last_day - timedelta(days=13)).run()
    scored = store.query(
        store.published_version(home),
        "select count(tightness_score) from day where day > ?",
        [last_day - timedelta(days=14)],
    ).item()
    assert f"{scored} of 14 days" in words(app)
    app.date_input(key="physio_to").set_value(last_day - timedelta(days=20)).run()
    assert "The first day is after the last." in words(app)
    assert not app.exception


def test_notes_are_on_it_only_when_ticked(home: Home, opened: Opened, words: Words) -> None:
    app = opened(home, "physio")
    assert "Notes of the runner" not in words(app)
    app.checkbox(key="physio_notes").check().run()
    note = store.query(
        store.published_version(home), "select note from tightness where note is not null limit 1"
    ).item()
    assert escape(note) in words(app)


def test_a_name_is_text_and_stands_on_the_page(home: Home, opened: Opened, words: Words) -> None:
    app = opened(home, "physio")
    app.text_input(key="physio_name").set_value("<b>Ada</b>").run()
    assert "Runner: &lt;b&gt;Ada&lt;/b&gt;" in words(app)


def test_a_score_given_since_is_said_to_be_missing(
    home: Home, opened: Opened, words: Words
) -> None:
    rate(home.journal, 4, moment_of(None, settings_of(home).zone))
    assert "The diary has changed since the last refresh" in words(opened(home, "physio"))


def test_a_standing_red_flag_comes_first_here_too(home: Home, opened: Opened, words: Words) -> None:
    raise_red_flag(
        home.journal, moment_of(None, settings_of(home).zone), red_flags=["saddle_numbness"]
    )
    shown = words(opened(home, "physio"))
    assert "Go to an emergency department now" in shown
    assert "Saddle numbness on" in shown and ": not cleared." in shown


def test_an_empty_home_has_steps_and_no_page(
    empty_home: Home, opened: Opened, words: Words
) -> None:
    assert "Three steps" in words(opened(empty_home, "physio"))
    refresh(empty_home, settings_of(empty_home), today=date(2026, 5, 10))
    assert "Three steps" in words(opened(empty_home, "physio"))


def test_the_question_is_kept_in_the_diary_and_printed(
    home: Home, opened: Opened, words: Words
) -> None:
    app = opened(home, "physio")
    app.text_input(key="physio_question").set_value("May I <b>run</b> on?").run()
    assert read_journal(home.journal).question == "May I <b>run</b> on?"
    assert "May I &lt;b&gt;run&lt;/b&gt; on?" in words(app)
    assert opened(home, "physio").text_input(key="physio_question").value == "May I <b>run</b> on?"
    app.text_input(key="physio_question").set_value("").run()
    assert read_journal(home.journal).question is None


def test_side_radiation_and_function_are_on_the_first_page(
    home: Home, opened: Opened, words: Words
) -> None:
    now = moment_of(None, settings_of(home).zone)
    where = Where("left", "thigh", True)
    give_score(home, 4, moment_of("yesterday", settings_of(home).zone), where=where)
    give_function(home, 7, now, "run 10 km")
    refresh(home, settings_of(home))
    shown = words(opened(home, "physio"))
    assert "Left on 1 day" in shown and "Thigh on 1 day" in shown
    assert "Woke the runner on 1 day" in shown and "run 10 km: 7 on" in shown
