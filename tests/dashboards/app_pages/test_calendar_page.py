"""What the calendar promises: the month of the address, each day a link that says all it shows,
unknown days unlike days of rest.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from markupsafe import escape
from streamlit.testing.v1 import AppTest

from dashboards.months.month_grid import day_words, month_grid, month_title, week_words
from tests.builders import START, home_at, run_fit
from tests.dashboards.conftest import today
from tightlog.answers.days.calendar_month import (
    CalendarDay,
    CalendarMonth,
    CalendarWeek,
    calendar_month,
    month_start,
)
from tightlog.answers.days.known import CoinDay
from tightlog.domain.trials import Toss
from tightlog.home.settings import Home, settings_of
from tightlog.refresh.refresh import refresh
from tightlog.warehouse import store

Opened = Callable[..., AppTest]
Words = Callable[[AppTest], str]
MONDAY = date(2026, 6, 1)


def grid(*days: CalendarDay) -> str:
    month = CalendarMonth(MONDAY, (CalendarWeek(days),), MONDAY, MONDAY + timedelta(days=6))
    return str(month_grid(month, MONDAY + timedelta(days=6)))


def cells(html: str) -> list[str]:
    return re.findall(r"<(?:a|div) class='tl-cell.*?</(?:a|div)>", html)


@pytest.fixture
def at(opened: Opened) -> Callable[[Home, str], AppTest]:
    """Opens the calendar at a month of the address."""

    def open_at(home: Home, month: str) -> AppTest:
        return opened(home, "calendar", month=month)

    return open_at


def test_the_newest_month_is_shown_with_the_numbers_of_its_days(
    home: Home, opened: Opened, words: Words
) -> None:
    shown = words(opened(home, "calendar"))
    month = calendar_month(home, store.published_version(home), month_start(today()), today())
    assert f"<h2 class='tl-section'>{month_title(today())}</h2>" in shown
    for day in month.days:
        if day.day <= today():
            assert escape(day_words(day)) in shown
    for week in month.weeks:
        assert all(f"<span>{part}</span>" in shown for part in week_words(week))


def test_the_address_says_which_month(
    home: Home, at: Callable[[Home, str], AppTest], words: Words
) -> None:
    before = month_start(today(), -1)
    app = at(home, f"{before:%Y-%m}")
    assert f"<h2 class='tl-section'>{month_title(before)}</h2>" in words(app)
    assert app.selectbox(key="month_chosen").value == before


@pytest.mark.parametrize("asked", ["2035-01", "soon", "2026-13", ""])
def test_a_month_nobody_knows_is_the_newest(
    home: Home, at: Callable[[Home, str], AppTest], words: Words, asked: str
) -> None:
    assert f"<h2 class='tl-section'>{month_title(today())}</h2>" in words(at(home, asked))


def test_a_month_of_which_nothing_is_known_yet_waits_behind_the_one_before(
    opened: Opened, words: Words, tmp_path: Path
) -> None:
    long_ago = START - timedelta(days=70)
    home = home_at(tmp_path / "home", run_fit=run_fit(long_ago))
    home.settings_file.write_text('time_zone = "UTC"\n', encoding="utf-8")
    refresh(home, settings_of(home))
    app = opened(home, "calendar")
    assert f"<h2 class='tl-section'>{month_title(long_ago.date())}</h2>" in words(app)
    assert app.selectbox(key="month_chosen").options[0] == month_title(today())


def test_another_month_is_chosen_from_the_list(home: Home, opened: Opened) -> None:
    app = opened(home, "calendar")
    before = month_start(today(), -1)
    app.selectbox(key="month_chosen").set_value(before).run()
    assert not app.exception
    # A list in one version of Streamlit's test, a text in another.
    assert f"{before:%Y-%m}" in app.query_params["month"]


def test_each_day_leads_to_its_page_and_the_future_to_none() -> None:
    html = grid(*(CalendarDay(MONDAY + timedelta(days=n), "watched", run_km=0.0) for n in range(9)))
    links = re.findall(r"href='([^']+)'", html)
    assert links == [f"day?day={MONDAY + timedelta(days=n)}" for n in range(7)]


def test_an_unknown_day_looks_unlike_a_day_of_rest() -> None:
    rest, unknown, perhaps = cells(
        grid(
            CalendarDay(MONDAY, "watched", run_km=0.0),
            CalendarDay(MONDAY + timedelta(days=1), "unknown"),
            CalendarDay(MONDAY + timedelta(days=2), "watched"),
        )
    )
    assert "tl-not-known" in unknown and "nothing known of training" in unknown and ">?<" in unknown
    assert "tl-not-known" not in rest and ">?<" not in rest and "no run" in rest
    assert "tl-not-known" not in perhaps and ">?<" in perhaps and "distance not known" in perhaps


def test_a_cell_writes_the_score_and_says_every_mark_in_words() -> None:
    day = CalendarDay(
        MONDAY,
        "watched",
        score=3.5,
        run_km=12.34,
        done=("Plank", "Yoga"),
        coin=CoinDay("Plank", Toss(MONDAY, is_assigned=False)),
        began=("A <flare>",),
        is_flagged=True,
    )
    [cell] = cells(grid(day))
    assert ">3.5</span>" in cell and ">12.3<" in cell and "⚑" in cell and "▲" in cell
    assert day_words(day) == (
        "Monday 1 June 2026: a red flag was raised; tightness 3.5 of 10; 12.3 km; "
        "2 things done: Plank, Yoga; the coin said leave it: Plank; began: A <flare>"
    )
    assert "A &lt;flare&gt;" in cell and "<flare>" not in cell


def test_an_empty_home_has_steps(empty_home: Home, opened: Opened, words: Words) -> None:
    assert "Three steps" in words(opened(empty_home, "calendar"))
