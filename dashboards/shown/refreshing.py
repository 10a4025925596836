"""Refreshing from a page: one refresh at a time, which survives further taps, with its progress."""

import streamlit as st

from dashboards.shown.cards import notice
from dashboards.shown.data import View
from tightlog.answers.refreshing import Refreshing, is_refreshing, start_refresh
from tightlog.home.settings import Home
from tightlog.language.catalogue import phrase

# One page may have several buttons: at its end, and beside the notice at its beginning.
BELOW, ABOVE = "refresh", "refresh_above"
SHOWN_EVERY_S = 0.1


def refresh_button(seen: View, key: str = BELOW) -> None:
    """A button that refreshes the warehouse, then reruns the page; while a refresh runs, its
    progress.
    """
    is_running = is_refreshing(seen.home)
    is_wanted = st.button(phrase("Refresh"), key=key, disabled=is_running)
    if key == BELOW:
        refresh_outcome(BELOW)
    if is_wanted or (is_running and key == BELOW):
        st.session_state["refreshed"] = (key, refreshed(seen.home))
        st.rerun()


def refreshed(home: Home, *, anew: bool = False) -> str:
    """The outcome of a refresh in words: of a new one or the running one; with `anew`, of one
    after that.

    Raises what the refresh raised, except for a busy writer.
    """
    # A tap interrupts the page's own run but not this thread, so a refresh once begun ends.
    running, is_own = start_refresh(home)
    _wait(running)
    if anew and not is_own:
        running, _ = start_refresh(home)
        _wait(running)
    return running.result()


def refresh_outcome(*keys: str) -> None:
    """The outcome of the last refresh, shown once, if one of these buttons started it."""
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
