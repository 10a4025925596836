"""The guide that counts a routine down in the browser, and what it says was done, logged once."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from threading import Lock
from typing import Any

import streamlit as st

from dashboards.exercises.drawings import figures
from dashboards.shown.data import View
from tightlog.answers.actions.entries import did
from tightlog.domain.interventions.catalogue import find
from tightlog.domain.interventions.routine import phases
from tightlog.errors import DiaryError
from tightlog.journal.moment import moment_of
from tightlog.language.catalogue import message, phrase

FOLDER = Path(__file__).parent
MOST_MINUTES = 300
# What the guide says in the browser, in guide.js and guide.html; a test compares them.
SENTENCES = (
    message("Get ready"), message("Go"), message("Rest"), message("Change sides"), message("Done"),
    message("Paused"), message("Start"), message("Pause"), message("Go on"), message("Next"),
    message("Sound on"), message("Sound off"), message("Leave"), message("Log it"),
    message("Leave without logging"), message("Save again"), message("Once more"),
    message("Guided routine"), message("How far through the routine"),
    message("Nothing was logged."), message("Nothing was logged: every exercise was skipped."),
    message("Paused while the screen was off."), message("So far: {done}. Log it?"),
    message("Saving…"), message("Not saved yet."), message("Logged: {done}."),
    message("Exercise {number} of {count}"), message("Caution: {caution}"),
    message("Set {number} of {count}"), message("left side"), message("right side"),
    message("repetition {number} of {count}"),
)  # fmt: skip
# In the session: why the last routine was not logged, and the token of the last that was.
PROBLEM, SAVED = "routine_problem", "routine_saved"
LOGGED = Lock()
Done = tuple[str, float]


def guide(seen: View, interventions: Sequence[str]) -> None:
    """The guide for these interventions; a routine that was finished is in the diary once."""
    state = st.session_state
    said = _component()(
        key=f"guide_{'_'.join(interventions)}",
        data={
            "key": ",".join(interventions),
            "sentences": {text: said for text in SENTENCES if (said := phrase(text)) != text},
            "phases": [asdict(phase) for phase in phases(interventions)],
            "exercises": {name: _exercise(name) for name in interventions},
            "saved": state.get(SAVED, ""),
            "problem": state.pop(PROBLEM, ""),
        },
        on_finished_change=_nothing,
    ).finished
    if said:
        token, done = done_of(said, interventions)
        try:
            log_once(seen, token, done)
            state[SAVED] = token
        except DiaryError as problem:
            state[PROBLEM] = phrase("Not saved: {problem}.", problem=problem)
        st.rerun()


def done_of(said: Any, interventions: Sequence[str]) -> tuple[str, tuple[Done, ...]]:
    """What the browser says: the token of this one routine, and each intervention done with its
    minutes; whatever else it says is left out.
    """
    if not isinstance(said, Mapping) or not isinstance(said.get("token"), str):
        return "", ()
    every = said.get("done")
    done = [_one_done(one, interventions) for one in (every if isinstance(every, list) else ())]
    return said["token"], tuple(dict(one for one in done if one).items())


def log_once(seen: View, token: str, done: Sequence[Done]) -> None:
    """Logs what was done, at most once for each token and intervention. Raises DiaryError."""
    with LOGGED:
        for intervention, minutes in done:
            if token and (token, intervention) not in _logged():
                when = moment_of(None, seen.settings.zone)
                did(seen.home, intervention, when, minutes=minutes)
                _logged().add((token, intervention))


@st.cache_resource(show_spinner=False)
def _logged() -> set[tuple[str, str]]:
    """Token and intervention of what was logged since this server started, of all its sessions."""
    return set()


def _one_done(one: Any, interventions: Sequence[str]) -> Done | None:
    if not isinstance(one, Mapping) or one.get("intervention") not in interventions:
        return None
    minutes = one.get("minutes")
    # A NaN fails the comparison, as it should.
    if not isinstance(minutes, int | float) or not 0 < minutes <= MOST_MINUTES:
        return None
    return str(one["intervention"]), float(minutes)


def _exercise(name: str) -> dict[str, str]:
    item = find(name)
    return {
        "title": item.title,
        "how": item.how_to,
        "caution": item.caution,
        "pictures": str(figures(name)),
    }


def _component() -> Any:
    """The component, declared in each run: a server that was started anew knows none."""
    html, css, js = (
        (FOLDER / f"guide.{kind}").read_text(encoding="utf-8") for kind in ("html", "css", "js")
    )
    return st.components.v2.component("tightlog_guide", html=html, css=css, js=js)


def _nothing() -> None:
    """What was said is taken from the result; Streamlit offers it only where a call is given."""
