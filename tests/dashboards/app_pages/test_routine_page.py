"""Routine and Exercises: what an address names is shown, and a red flag comes first."""

from collections.abc import Callable
from datetime import UTC, datetime

from streamlit.testing.v1 import AppTest

from tests.builders import settled_here
from tightlog.answers.actions.entries import moment, raise_red_flag
from tightlog.domain.interventions.catalogue import CATALOGUE
from tightlog.domain.interventions.poses import drawn_exercises
from tightlog.domain.interventions.routine import exercises_of
from tightlog.home.settings import Home, settings_of
from tightlog.journal.journal import read_journal
from tightlog.refresh.refresh import refresh

Opened = Callable[..., AppTest]
Words = Callable[[AppTest], str]


def routine(opened: Opened, home: Home, do: str) -> AppTest:
    """The page Routine at an address."""
    return opened(home, "routine", do=do)


def links(app: AppTest) -> list[str]:
    return [link.proto.label for link in app.get("page_link")]


def test_a_guided_exercise_is_guided_and_its_dose_has_its_source(
    empty_home: Home, opened: Opened, words: Words
) -> None:
    app = routine(opened, empty_home, "C2")
    assert len(app.get("bidi_component")) == 1
    assert "2 × 5 repetitions of 8 s on each side" in words(app)
    assert "(ours)" in words(app) and "McGill 2010" in words(app)


def test_a_swim_has_its_picture_and_is_logged_with_a_tap(
    empty_home: Home, opened: Opened, words: Words
) -> None:
    app = routine(opened, empty_home, "X1")
    assert app.get("bidi_component") == [] and "<svg" in words(app)
    app.button(key="did_X1").click().run()
    assert [one.intervention for one in read_journal(empty_home.journal).interventions] == ["X1"]


def test_a_name_nobody_knows_is_said_as_text(
    empty_home: Home, opened: Opened, words: Words
) -> None:
    text = words(routine(opened, empty_home, "C1,<b>nothing</b>"))
    assert "There is no exercise called &lt;b&gt;nothing&lt;/b&gt;." in text


def test_a_routine_of_nothing_shows_the_way(empty_home: Home, opened: Opened, words: Words) -> None:
    app = routine(opened, empty_home, "")
    assert "Choose an exercise" in words(app) and "All exercises" in links(app)


def test_a_red_flag_stands_before_every_exercise(
    empty_home: Home, opened: Opened, words: Words
) -> None:
    raise_red_flag(empty_home, moment(empty_home, None), red_flags=["fever"])
    app = routine(opened, empty_home, "C1")
    assert app.get("bidi_component") == [] and "A red flag is active: see Today" in links(app)
    every = opened(empty_home, "exercises")
    assert "A red flag is active: see Today" in links(every)
    assert "Show me how" not in links(every) and not every.expander


def test_a_warning_sign_of_a_diarys_file_counts_as_well(
    empty_home: Home, opened: Opened, words: Words
) -> None:
    day = datetime.now(UTC).date().isoformat()
    table = f"date,score,note,red flags\n{day},9,,leg_weakness\n"
    (empty_home.raw / "scores.csv").write_text(table, encoding="utf-8")
    refresh(empty_home, settings_of(empty_home))
    app = routine(opened, empty_home, "C1")
    assert app.get("bidi_component") == [] and "A red flag is active: see Today" in links(app)


def test_exercises_of_each_group_are_shown_with_dose_and_caution(
    empty_home: Home, opened: Opened, words: Words
) -> None:
    app = opened(empty_home, "exercises")
    for category in dict.fromkeys(item.category for item in CATALOGUE):
        app.button_group(key="group").set_value(category).run()
        items = [item for item in CATALOGUE if item.category == category]
        for item in items:
            assert f"<h2>{item.title.replace(chr(39), '&#39;')}</h2>" in words(app)
        assert words(app).count(">Dose</dt>") == len(items)


def test_each_advice_with_a_movement_shows_how(home: Home, opened: Opened) -> None:
    app = opened(settled_here(home))
    advised = [
        button.key.removeprefix("did_")
        for button in app.button
        if button.key and button.key.startswith("did_")
    ]
    drawn = [
        name for name in advised if any(one in drawn_exercises() for one in exercises_of(name))
    ]
    assert advised and links(app).count("Show me how") == len(drawn)
