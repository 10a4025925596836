"""The refresh button: progress while files are read, and what came of it in one sentence."""

from collections.abc import Mapping

import streamlit as st

from dashboards.cards import notice
from dashboards.data import View
from tightlog.errors import WriterBusy
from tightlog.patterns.wording import counted
from tightlog.refresh import RefreshSummary, refresh

# One page may have several buttons: at its end, beside the notice at its beginning, and where advice is missing.
BELOW, ABOVE, FOR_ADVICE = "refresh", "refresh_above", "refresh_for_advice"
BUSY = "Another refresh is at work, for instance the nightly one. What you logged is safe; the page shows the new results once it is done."
NEWS = {"read": "read", "partial": "read in part", "duplicate": "duplicate", "no_activity": "without an activity", "unreadable": "unreadable"}


def refresh_button(seen: View, key: str = BELOW) -> None:
    """A button that brings the warehouse up to date, then shows the page anew."""
    is_wanted = st.button("Refresh", key=key)
    if key == BELOW:
        refresh_outcome(BELOW)
    if is_wanted:
        st.session_state["refreshed"] = (key, _refreshed(seen))
        st.rerun()


def refresh_outcome(*keys: str) -> None:
    """What the refresh just done came to, said once, when one of these buttons asked for it: the button itself may be gone by then."""
    key, outcome = st.session_state.get("refreshed", (None, None))
    if key in keys:
        del st.session_state["refreshed"]
        st.html(notice(outcome))


def refreshed_words(outcome: RefreshSummary) -> str:
    """What a refresh did with the files it saw, in one sentence."""
    news = _news(outcome.files)
    gone = f" {counted(outcome.removed, 'file')} no longer there and taken out." if outcome.removed else ""
    return (f"Refreshed: {news}.{gone} {counted(outcome.activities, 'activity').replace('activitys', 'activities')} and "
            f"{counted(outcome.scores, 'score')} in the warehouse.")


def _refreshed(seen: View) -> str:
    bar = st.progress(0.0, "Looking for new files …")

    def advance(path: str, number: int, count: int) -> None:
        share = number / count if count else 1.0
        bar.progress(min(share, 1.0), f"Reading file {number} of {count} …" if number < count else "Working out features, findings and advice …")

    try:
        return refreshed_words(refresh(seen.home, seen.settings, progress=advance))
    except WriterBusy:
        return BUSY
    finally:
        bar.empty()


def _news(files: Mapping[str, int]) -> str:
    parts = [f"{files[status]} {words}" for status, words in NEWS.items() if files.get(status)]
    return f"new files: {', '.join(parts)}" if parts else "no new files"
