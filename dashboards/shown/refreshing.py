"""Refreshing from a page: once at a time, going on whatever is tapped meanwhile, with progress
and what came of it in one sentence.
"""

import streamlit as st

from dashboards.shown.cards import notice
from dashboards.shown.data import View
from tightlog.answers.refreshing import Refreshing, is_refreshing, start_refresh
from tightlog.home.settings import Home

# One page may have several buttons: at its end, beside the notice at its beginning, and where
# advice is missing.
BELOW, ABOVE, FOR_ADVICE = "refresh", "refresh_above", "refresh_for_advice"
SHOWN_EVERY_S = 0.1


def refresh_button(seen: View, key: str = BELOW) -> None:
    """A button that brings the warehouse up to date, then shows the page anew; while a refresh
    is at work, its progress instead of a second one.
    """
    is_running = is_refreshing(seen.home)
    is_wanted = st.button("Refresh", key=key, disabled=is_running)
    if key == BELOW:
        refresh_outcome(BELOW)
    if is_wanted or (is_running and key == BELOW):
        st.session_state["refreshed"] = (key, refreshed(seen.home))
        st.rerun()


def refreshed(home: Home, *, anew: bool = False) -> str:
    """What a refresh came to, in words, once it is done: one is started, or the one at work waited
    for; with `anew` another follows that one.

    Raises what the refresh raised, a busy writer apart.
    """
    # A tap interrupts the page's own run but not this thread, so a refresh once begun ends.
    running, is_own = start_refresh(home)
    _wait(running)
    if anew and not is_own:
        running, _ = start_refresh(home)
        _wait(running)
    return running.result()


def refresh_outcome(*keys: str) -> None:
    """What the refresh just done came to, said once, when one of these buttons asked for it: the
    button itself may be gone by then.
    """
    key, outcome = st.session_state.get("refreshed", (None, None))
    if key in keys:
        del st.session_state["refreshed"]
        st.html(notice(outcome))


def _wait(running: Refreshing) -> None:
    bar = st.progress(0.0)
    try:
        while running.is_running:
            bar.progress(running.share, running.words)
            running.thread.join(SHOWN_EVERY_S)
    finally:
        bar.empty()
