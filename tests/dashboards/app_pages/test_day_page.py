"""What the page of a day promises: all of the day, ways to the days beside it, and the morning
after.
"""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from markupsafe import escape
from streamlit.testing.v1 import AppTest

from tests.dashboards.conftest import today
from tightlog.answers.days.one_day import one_day
from tightlog.home.settings import Home
from tightlog.journal.journal import read_journal
from tightlog.journal.moment import Moment
from tightlog.journal.writing import rate
from tightlog.warehouse import store
from tightlog.words.dates import date_words, weekday

Opened = Callable[..., AppTest]
Words = Callable[[AppTest], str]
At = Callable[[Home, str], AppTest]


@pytest.fixture
def at(opened: Opened) -> At:
    """Opens the page of a day."""

    def open_at(home: Home, day: str) -> AppTest:
        return opened(home, "day", day=day)

    return open_at


def ways(app: AppTest) -> list[str]:
    return [link.proto.query_string for link in app.get("page_link") if link.proto.query_string]


def run_day(home: Home) -> date:
    """The newest day with a run and a score on the next morning."""
    found = store.query(
        store.published_version(home),
        "select max(d.day) from day as d inner join day as n on n.day = d.day + 1 "
        "where d.run_distance_m > 0 and d.tightness_score is not null "
        "and n.tightness_score is not null",
    ).item()
    assert isinstance(found, date)
    return found


def test_the_day_is_joined_with_the_morning_after(home: Home, at: At, words: Words) -> None:
    day = run_day(home)
    app = at(home, day.isoformat())
    facts = one_day(home, store.published_version(home), day, today())
    shown = words(app)
    assert app.title[0].value == f"{weekday(day)} {date_words(day)}"
    assert "The morning after" in shown and f">{facts.mornings.after:g}</span>" in shown
    assert facts.run_words[0] in shown
    for match in facts.began:
        assert escape(match["evidence"]) in shown
    for activity in facts.activities:
        assert f"run={activity['activity_id']}" in ways(app)


def test_the_days_beside_it_are_a_tap_away(home: Home, at: At) -> None:
    day = run_day(home)
    links = ways(at(home, day.isoformat()))
    assert links[:3] == [
        f"day={day - timedelta(days=1)}",
        f"month={day:%Y-%m}",
        f"day={day + timedelta(days=1)}",
    ]


def test_today_has_no_day_after(home: Home, at: At) -> None:
    app = at(home, today().isoformat())
    assert f"day={today() + timedelta(days=1)}" not in ways(app)


@pytest.mark.parametrize("asked", ["1999-01-01", "2026-02-30", "<script>", "9999-12-31"])
def test_a_day_nobody_knows_has_a_sentence(home: Home, at: At, words: Words, asked: str) -> None:
    app = at(home, asked)
    assert app.title[0].value == "No such day"
    assert "The calendar holds the days from" in words(app)


def test_an_entry_is_changed_here_as_in_the_diary(home: Home, at: At, words: Words) -> None:
    rate(home.journal, 4, Moment(today(), None), note="stiff <b>")
    app = at(home, today().isoformat())
    assert "stiff &lt;b&gt;" in words(app)
    [entry] = [one for one in read_journal(home.journal).scores if one.note == "stiff <b>"]
    app.button(key=f"change_{entry.entry_id}").click().run()
    assert not app.exception
    prefix = f"edit_{entry.entry_id}"
    app.button(key=f"withdraw_{prefix}").click().run()
    app.button(key=f"confirm_{prefix}").click().run()
    assert not app.exception
    assert not [one for one in read_journal(home.journal).scores if one.note == "stiff <b>"]


def test_a_red_flag_of_the_day_is_said_first(home: Home, at: At, words: Words) -> None:
    rate(home.journal, 3, Moment(today(), None), red_flags=("fever",))
    shown = words(at(home, today().isoformat()))
    assert "A red flag was raised on this day." in shown


def test_an_empty_home_has_steps(empty_home: Home, opened: Opened, words: Words) -> None:
    assert "Three steps" in words(opened(empty_home, "day"))
