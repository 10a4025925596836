"""Once a week: how well the runner can do one thing of their own."""

from datetime import timedelta

import streamlit as st

from dashboards.diary.entry_fields import function_field
from dashboards.shown.data import View
from tightlog.answers.actions.entries import give_function
from tightlog.domain.diary import TASK_CHARACTERS
from tightlog.errors import TightlogError
from tightlog.journal.journal import Journal
from tightlog.journal.moment import moment_of
from tightlog.language.catalogue import message, phrase
from tightlog.words.dates import date_words
from tightlog.words.scores import ANY_TASK, function_question

ASKED_EVERY_D = 7
WHY = message(
    "One thing of your own that the back makes hard. A physiotherapist sees by it "
    "whether you get better, which a score of tightness alone does not tell."
)


def weekly_function(seen: View, journal: Journal) -> None:
    """The question once a week, in a fold between; and the result of the last tap."""
    newest = journal.functions[-1] if journal.functions else None
    task = newest.task if newest else None
    is_due = newest is None or newest.day <= seen.local_day - timedelta(days=ASKED_EVERY_D)
    number = st.session_state.setdefault("function_number", 0)
    title = phrase("Once a week: how well can you do what matters to you?")
    if newest and not is_due:
        title = phrase(
            "{task}: {function:g} of 10 on {day}",
            task=task or phrase(ANY_TASK),
            function=newest.function,
            day=date_words(newest.day),
        )
    with st.expander(
        title, key="weekly_function", expanded=newest is not None and is_due, type="compact"
    ):
        st.markdown(function_question(task))
        function_field(f"weekly_{number}")
        st.text_input(
            phrase("What matters to you, kept for the next weeks"),
            task or "",
            max_chars=TASK_CHARACTERS,
            placeholder=phrase(ANY_TASK),
            key=f"weekly_{number}_task",
            help=phrase(WHY),
        )
        st.button(
            phrase("Save"),
            key=f"save_weekly_{number}",
            type="primary",
            disabled=st.session_state.get(f"weekly_{number}_function") is None,
            on_click=_save,
            args=(seen, number, task),
        )
        if words := st.session_state.pop("function_said", None):
            st.text(words)


def _save(seen: View, number: int, task: str | None) -> None:
    """Writes the answer, then starts a new form; a second tap on the old one writes nothing."""
    state = st.session_state
    points = state.get(f"weekly_{number}_function")
    if number != state["function_number"] or points is None:
        return
    named = (state.get(f"weekly_{number}_task") or "").strip()
    try:
        when = moment_of(None, seen.settings.zone)
        give_function(seen.home, points, when, named if named != task else None)
    except TightlogError as problem:
        state["function_said"] = phrase("Not saved: {problem}.", problem=problem)
        return
    state["function_said"] = phrase("✓ Saved: {points:g} of 10", points=points)
    state["function_number"] = number + 1
