"""The one next step of an empty, stale or sample home, with its button."""

import streamlit as st

from dashboards.shell.frame import first_steps, newest_files_words, own_files_words
from dashboards.shown import cards
from dashboards.shown.data import View
from tightlog.answers.morning.next_step import NextStep
from tightlog.language.catalogue import message, phrase

OTHER_WAYS = message("Other ways to add files")


def first_step(step: NextStep) -> None:
    """Why, and the button that leads to the Files page."""
    with st.container(horizontal=True, wrap=False, vertical_alignment="center", key="first_step"):
        st.html(cards.plain(step.why), width="stretch")
        if st.button(step.button, key="first_step_taken", type="primary"):
            st.switch_page("app_pages/files.py")


def other_ways(seen: View, *, is_empty: bool) -> None:
    """How to bring files in without the button, in a fold."""
    with st.expander(phrase(OTHER_WAYS), key="other_ways", type="compact"):
        if is_empty:
            first_steps(seen)
        elif seen.home.is_sample:
            st.html(cards.quiet(own_files_words(seen.home)))
        else:
            st.html(cards.quiet(newest_files_words(seen.home)))
