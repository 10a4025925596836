"""The analysis that a score starts by itself: it runs beside the page, which says so and shows the
new results once they are there.
"""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboards.shown import cards
from dashboards.shown.data import View
from dashboards.shown.refreshing import BELOW, SHOWN_EVERY_S
from tightlog.answers.refreshing import BUSY, Refreshing, running_refresh, start_refresh
from tightlog.answers.today import Today
from tightlog.errors import TightlogError
from tightlog.journal.journal import read_journal
from tightlog.language.catalogue import message, phrase
from tightlog.words.dates import weekday_and_date

WANTED, FOLLOWED, SAID = "analysis_wanted", "analysis_followed", "analysis_said"
OPENED_ON, ASKED = "opened_on", "refresh_asked"
WORKING = message("working out the new results …")


def want_analysis() -> None:
    """Asks for an analysis of what was just logged; it starts with the next run of the page."""
    st.session_state[WANTED] = True


def begin_analysis(seen: View, facts: Today | None) -> None:
    """Starts the analysis where one is wanted: after a score, and once a day on a page whose
    results are older than the day or the diary. Never a second one while one runs.
    """
    state = st.session_state
    if state.get(OPENED_ON) != seen.local_day:
        state[OPENED_ON] = seen.local_day
        if _is_behind(seen, facts):
            want_analysis()
    # What could not start a moment ago is tried again with the next tap.
    if state.get(WANTED) and SAID not in state:
        state[FOLLOWED], is_own = start_refresh(seen.home)
        # One that was running may have read the journal before the score: another follows it.
        state[WANTED] = not is_own


def _is_behind(seen: View, facts: Today | None) -> bool:
    """True where the results are older than the day or the diary, or there are none yet."""
    if facts is None:
        return bool(read_journal(seen.home.journal).scores)
    return facts.as_of < facts.local_day or facts.is_pending


def status_line(seen: View) -> DeltaGenerator:
    """The day, and that the page is being worked out; a line of the same height in any case."""
    slot = st.empty()
    _show(slot, seen, phrase(WORKING) if running_refresh(seen.home) else "")
    return slot


def analysis_problem() -> None:
    """Why the last analysis did not end, shown once."""
    if said := st.session_state.pop(SAID, None):
        st.html(cards.notice(said))


def refresh_asked() -> None:
    """A refresh the runner asked for, whose outcome is shown."""
    st.session_state[ASKED] = True
    want_analysis()


def follow_analysis(seen: View, slot: DeltaGenerator) -> None:
    """Waits for the running refresh below the finished page, then draws the page anew. A tap
    interrupts the waiting and not the refresh.
    """
    # The one started here may have ended already: its results are not on the page yet.
    running = st.session_state.get(FOLLOWED) or running_refresh(seen.home)
    if running is None:
        return
    while running.is_running:
        _show(slot, seen, phrase(WORKING))
        running.thread.join(SHOWN_EVERY_S)
    st.session_state.pop(FOLLOWED, None)
    _keep_outcome(running)
    st.rerun()


def _keep_outcome(running: Refreshing) -> None:
    state = st.session_state
    if isinstance(running.problem, TightlogError):
        state[SAID] = phrase(
            "The new results are not there: {problem}. What you logged is safe.",
            problem=running.problem,
        )
    elif running.result() == BUSY:
        state[SAID] = phrase(BUSY)
        want_analysis()
    elif state.pop(ASKED, False):
        state["refreshed"] = (BELOW, running.result())


def _show(slot: DeltaGenerator, seen: View, state: str) -> None:
    day = weekday_and_date(seen.local_day)
    slot.html(cards.status_line(day, state))
