"""The parts of a day's page, in the order of the day: night, log, activities, what began, coin."""

from datetime import date, timedelta

import streamlit as st

from dashboards.diary.entries import entry_line
from dashboards.runs import run_cards
from dashboards.runs.run_list import activity_row
from dashboards.runs.run_wording import mark_words
from dashboards.shown import cards
from dashboards.shown.data import View
from tightlog.answers.days.one_day import OneDay
from tightlog.language.catalogue import phrase, phrases
from tightlog.words.dates import short_date, short_weekday
from tightlog.words.tried.trials import side_words

PAGE, CALENDAR, DIARY = "app_pages/day.py", "app_pages/calendar.py", "app_pages/diary.py"
DONE_WORDS = phrases(
    {
        True: "It was done.",
        False: "It was not done.",
        None: "Nobody said whether it was done.",
    }
)


def day_ways(day: date, first: date, last: date) -> None:
    """Links to the day before, to the month, and to the day after."""
    one = timedelta(days=1)
    with st.container(horizontal=True, key="day_ways"):
        if day > first:
            _day_link(day - one, f"← {_short(day - one)}")
        st.page_link(
            CALENDAR,
            label=phrase("Calendar"),
            query_params={"month": f"{day:%Y-%m}"},
            width="content",
        )
        if day < last:
            _day_link(day + one, f"{_short(day + one)} →")


def _day_link(day: date, label: str) -> None:
    st.page_link(PAGE, label=label, query_params={"day": day.isoformat()}, width="content")


def _short(day: date) -> str:
    return f"{short_weekday(day)} {short_date(day)}"


def night(day: OneDay) -> None:
    """The night that ended on the day, and what else was measured or noted."""
    of_night = [(one.title, one.amount) for one in day.noted if one.is_of_night]
    others = [(one.title, one.amount) for one in day.noted if not one.is_of_night]
    if of_night or day.night:
        st.html(cards.section(phrase("The night before")))
        if day.night:
            st.html(cards.notice(day.night))
        if of_night:
            st.html(run_cards.facts(of_night))
    if others:
        st.html(cards.section(phrase("Noted and measured")))
        st.html(run_cards.facts(others))


def log(seen: View, day: OneDay) -> None:
    """Scores and what was done, each to be changed here as on the Log page."""
    st.html(cards.section(phrase("Scores and what you did")))
    if not day.lines:
        st.html(cards.notice(phrase("Nothing was logged on this day.")))
    for line in reversed(day.lines):
        entry_line(seen, line)
    st.page_link(DIARY, label=phrase("Add an entry to the log"), width="content")


def activities(seen: View, day: OneDay) -> None:
    """What was recorded, each leading to its page."""
    if not day.activities:
        return
    after = day.mornings.after
    scores = {} if after is None else {day.day + timedelta(days=1): after}
    st.html(cards.section(phrase("Activities")))
    with st.container(gap=None, key="activity_list"):
        st.html(run_cards.list_head(day.mornings.part))
        for row in day.activities:
            activity_row(row, scores, mark_words(row), day.mornings.part)


def began(day: OneDay) -> None:
    """Patterns that began, each with the numbers behind it."""
    if day.began:
        st.html(cards.section(phrase("What began")))
        st.html(cards.stack([cards.finding_card(m["title"], m["evidence"], ()) for m in day.began]))


def coin(day: OneDay) -> None:
    """The toss made on the day; nothing of what is to come."""
    if day.coin is None:
        return
    toss = day.coin.toss
    said = phrase(
        "The coin said: {side_words}. {done_words}",
        side_words=side_words(toss.is_assigned),
        done_words=DONE_WORDS[toss.is_done],
    )
    st.html(cards.section(phrase("The coin")))
    st.html(cards.notice(phrase("Trial of {title}. {said}", title=day.coin.title, said=said)))
    st.page_link("app_pages/experiment.py", label=phrase("See the trial"), width="content")
