"""Refreshing from a page: once at a time, going on whatever is tapped meanwhile, with progress
and what came of it in one sentence.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock, Thread

import streamlit as st

from dashboards.shown.cards import notice
from dashboards.shown.data import View
from tightlog.answers.actions import refreshes
from tightlog.answers.actions.refreshes import RefreshSummary
from tightlog.errors import WriterBusy
from tightlog.home.settings import Home
from tightlog.words.numbers import counted

# One page may have several buttons: at its end, beside the notice at its beginning, and where
# advice is missing.
BELOW, ABOVE, FOR_ADVICE = "refresh", "refresh_above", "refresh_for_advice"
BUSY = (
    "Another refresh is at work, for instance the nightly one. What you logged is safe; the page "
    "shows the new results once it is done."
)
SHOWN_EVERY_S = 0.1
NEWS = {
    "read": "read",
    "partial": "read in part",
    "duplicate": "duplicate",
    "no_activity": "without an activity",
    "unreadable": "unreadable",
}


@dataclass
class Work:
    """A refresh at work in this server: how far it is, then what it came to, or the problem it
    met.
    """

    home: Home
    share: float = 0.0
    words: str = "Looking for new files …"
    outcome: str = ""
    problem: Exception | None = None
    thread: Thread = field(init=False)

    def __post_init__(self) -> None:
        # A daemon: stopping the server stops it, and the old version stays served.
        self.thread = Thread(target=self._refresh, name="refresh", daemon=True)

    def _refresh(self) -> None:
        try:
            self.outcome = refreshed_words(refreshes.refreshed(self.home, progress=self._advance))
        except WriterBusy:
            self.outcome = BUSY
        # A thread has nobody to raise to: the page that waits raises it.
        except Exception as problem:  # noqa: BLE001
            self.problem = problem

    def _advance(self, path: str, number: int, count: int) -> None:
        self.share = min(number / count if count else 1.0, 1.0)
        self.words = (
            f"Reading file {number} of {count} …"
            if number < count
            else "Working out features, findings and advice …"
        )


# A tap interrupts the page's own run but not a thread, so a refresh once begun ends; by home, for
# all tabs and sessions of this server.
AT_WORK: dict[Path, Work] = {}
STARTING = Lock()


def refresh_button(seen: View, key: str = BELOW) -> None:
    """A button that brings the warehouse up to date, then shows the page anew; while a refresh
    is at work, its progress instead of a second one.
    """
    is_at_work = at_work(seen.home)
    is_wanted = st.button("Refresh", key=key, disabled=is_at_work)
    if key == BELOW:
        refresh_outcome(BELOW)
    if is_wanted or (is_at_work and key == BELOW):
        st.session_state["refreshed"] = (key, refreshed(seen.home))
        st.rerun()


def refreshed(home: Home, *, anew: bool = False) -> str:
    """What a refresh came to, in words, once it is done: one is started, or the one at work waited
    for; with `anew` another follows that one.

    Raises what the refresh raised, a busy writer apart.
    """
    work, is_own = _work(home)
    _wait(work)
    if anew and not is_own:
        work, _ = _work(home)
        _wait(work)
    if work.problem is not None:
        raise work.problem
    return work.outcome


def at_work(home: Home) -> bool:
    """True while a refresh of this home is at work in this server."""
    work = AT_WORK.get(home.folder)
    return work is not None and work.thread.is_alive()


def refresh_outcome(*keys: str) -> None:
    """What the refresh just done came to, said once, when one of these buttons asked for it: the
    button itself may be gone by then.
    """
    key, outcome = st.session_state.get("refreshed", (None, None))
    if key in keys:
        del st.session_state["refreshed"]
        st.html(notice(outcome))


def refreshed_words(outcome: RefreshSummary) -> str:
    """What a refresh did with the files it saw, in one sentence."""
    news = _news(outcome.files)
    gone = (
        f" {counted(outcome.removed, 'file')} no longer there and taken out."
        if outcome.removed
        else ""
    )
    kept = (
        f" {counted(outcome.kept, 'file')} cannot be opened now and stay as read before."
        if outcome.kept
        else ""
    )
    return (
        f"Refreshed: {news}.{gone}{kept} "
        f"{counted(outcome.activities, 'activity').replace('activitys', 'activities')} and "
        f"{counted(outcome.scores, 'score')} in the warehouse."
    )


def _work(home: Home) -> tuple[Work, bool]:
    """The refresh at work, and whether it was started by this call."""
    with STARTING:
        if at_work(home):
            return AT_WORK[home.folder], False
        work = AT_WORK[home.folder] = Work(home)
        work.thread.start()
        return work, True


def _wait(work: Work) -> None:
    bar = st.progress(0.0)
    try:
        while work.thread.is_alive():
            bar.progress(work.share, work.words)
            work.thread.join(SHOWN_EVERY_S)
    finally:
        bar.empty()


def _news(files: Mapping[str, int]) -> str:
    parts = [f"{files[status]} {words}" for status, words in NEWS.items() if files.get(status)]
    return f"new files: {', '.join(parts)}" if parts else "no new files"
