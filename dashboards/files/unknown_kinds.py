"""Activities whose kind nothing says, and the one button that settles all of them."""

import streamlit as st

from dashboards.shown import cards
from dashboards.shown.data import View, rows
from dashboards.shown.refreshing import refresh_button, refresh_outcome
from tightlog.answers.actions.activities import treat_unknown_as
from tightlog.errors import TightlogError
from tightlog.language.catalogue import phrase
from tightlog.words.kinds import unknown_words

REFRESH_KEY = "refresh_for_kinds"
SAVED = "kinds_settled"


def unknown_kinds(seen: View) -> None:
    """How many activities may be runs, with the button; nothing when each kind is known."""
    refresh_outcome(REFRESH_KEY)
    count = int(rows(seen, "kinds_known")["unknown_count"].item())
    if not count:
        return
    st.html(cards.section(phrase("Kind unknown"), f"{unknown_words(count)}."))
    with st.container(horizontal=True, vertical_alignment="center", key="unknown_kinds"):
        if st.session_state.get(SAVED) == (seen.version, seen.stamp):
            st.text(phrase("✓ Saved. They are runs from the next refresh."), width="stretch")
            refresh_button(seen, REFRESH_KEY)
            return
        st.button(
            phrase("Treat it as a run")
            if count == 1
            else phrase("Treat these {count:,} as runs", count=count),
            key="treat_as_runs",
            on_click=_treat_as_runs,
            args=(seen,),
        )
        st.page_link("app_pages/runs.py", label=phrase("Correct single ones on the Runs page"))


def _treat_as_runs(seen: View) -> None:
    try:
        treat_unknown_as(seen.home, "running")
    except TightlogError as problem:
        st.toast(phrase("Not saved: {problem}.", problem=problem), duration="infinite")
        return
    st.session_state[SAVED] = (seen.version, seen.stamp)
