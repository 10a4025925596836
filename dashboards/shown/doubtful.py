"""Activities that can hardly be as their files say: the question, and the button to settle it."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from dashboards.shown import cards
from dashboards.shown.data import View, rows
from dashboards.shown.refreshing import refresh_button, refresh_outcome
from tightlog.answers.actions.activities import confirm_activity
from tightlog.errors import TightlogError
from tightlog.language.catalogue import message, phrase
from tightlog.words.dates import date_words
from tightlog.words.doubts import doubt_words
from tightlog.words.numbers import counted

REFRESH_KEY = "refresh_for_doubts"
CONFIRMED = "doubts_confirmed"
MOST_QUESTIONS = 10
WHY_ASKED = message(
    "A date, length, zone or speed that can hardly be true. If it is not right, correct or leave "
    "out the activity."
)


def doubtful(seen: View, *, is_on_runs: bool = False) -> None:
    """One question for each activity that is asked about; nothing when there is none. On Runs,
    where an activity is corrected or left out, they are folded; other pages lead there.
    """
    refresh_outcome(REFRESH_KEY)
    asked = rows(seen, "doubts").rows(named=True)
    if not asked:
        return
    if is_on_runs:
        # The list is what the page is opened for: the questions wait in one line above it.
        title = phrase(
            "Can this be right? {activity}", activity=counted(len(asked), "activity", "activities")
        )
        with st.expander(title, key="doubts", type="compact"):
            st.html(cards.quiet(phrase(WHY_ASKED)))
            _questions(seen, asked, is_on_runs=True)
        return
    st.html(cards.section(phrase("Can this be right?"), phrase(WHY_ASKED)))
    _questions(seen, asked, is_on_runs=False)


def _questions(seen: View, asked: Sequence[Mapping[str, Any]], *, is_on_runs: bool) -> None:
    """The first of the questions, and what settles them."""
    of_version, confirmed = st.session_state.get(CONFIRMED, (None, frozenset()))
    is_known = of_version == (seen.version, seen.stamp)
    saved = confirmed if is_known else frozenset()
    for row in asked[:MOST_QUESTIONS]:
        _question(seen, row, saved)
    if len(asked) > MOST_QUESTIONS:
        st.caption(
            phrase("{asked:,} more are asked about after these.", asked=len(asked) - MOST_QUESTIONS)
        )
    with st.container(horizontal=True, vertical_alignment="center", key="doubts_settled"):
        if saved:
            refresh_button(seen, REFRESH_KEY)
        if not is_on_runs:
            st.page_link("app_pages/runs.py", label=phrase("Correct or leave out on the Runs page"))


def _question(seen: View, row: Mapping[str, Any], saved: frozenset[str]) -> None:
    activity_id = row["activity_id"]
    with st.container(border=True):
        st.text(
            phrase(
                "{place}, {sport} of {day}: {doubt_words}.",
                place=row["place"],
                sport=row["sport"],
                day=date_words(row["day"]),
                doubt_words=doubt_words(row),
            )
        )
        if activity_id in saved:
            st.text(phrase("✓ Saved. It counts as it is from the next refresh."))
            return
        st.button(
            phrase("It is right"),
            key=f"confirm_{activity_id}",
            on_click=_confirm,
            args=(seen, activity_id, saved),
        )


def _confirm(seen: View, activity_id: str, saved: frozenset[str]) -> None:
    try:
        confirm_activity(seen.home, activity_id)
    except TightlogError as problem:
        st.toast(phrase("Not saved: {problem}.", problem=problem), duration="infinite")
        return
    st.session_state[CONFIRMED] = ((seen.version, seen.stamp), saved | {activity_id})
