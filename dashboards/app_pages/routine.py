"""Routine: the exercises its address names (`?do=S3,C1`), shown and counted down set by set; a
finished one is logged.
"""

import streamlit as st

from dashboards.exercises.exercise_cards import dose_card, exercise_card
from dashboards.exercises.warning import is_stopped
from dashboards.routine.guide import guide
from dashboards.shell.frame import heading, sample_banner
from dashboards.shown import cards
from dashboards.shown.data import View, view
from dashboards.today.doing import did_it, done_today
from tightlog.domain.interventions.catalogue import find
from tightlog.domain.interventions.doses import guided
from tightlog.domain.interventions.routine import asked_for, exercises_of
from tightlog.language.catalogue import phrase
from tightlog.words.enumerations import enumerated


def page(seen: View) -> None:
    """The whole page, for the interventions of the address."""
    known, unknown = asked_for(st.query_params.get("do", ""))
    names = list(dict.fromkeys(name for asked in known for name in exercises_of(asked)))
    heading(phrase("Routine"), ", ".join(find(name).title for name in names))
    if is_stopped(seen):
        return
    if unknown:
        st.html(
            cards.notice(
                phrase("There is no exercise called {list}.", list=enumerated(list(unknown)))
            )
        )
    if not names:
        st.html(cards.notice(phrase("Choose an exercise, or put several together.")))
    timed = [name for name in names if name in guided()]
    if timed:
        with st.container(key="guide"):
            guide(seen, timed)
    for name in timed:
        dose_card(name)
    done = done_today(seen)
    for name in names:
        if name not in timed:
            with st.container(border=True):
                exercise_card(name)
                did_it(seen, name, done.get(name))
    # Below the guide: on a phone its buttons are to be in sight.
    sample_banner(seen)
    with st.container(horizontal=True):
        st.page_link("app_pages/today.py", label=phrase("Back to Today"))
        st.page_link("app_pages/exercises.py", label=phrase("All exercises"))


page(view())
