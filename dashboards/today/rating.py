"""Giving a score in one tap, with an undo; a red flag cleared after a check."""

from datetime import datetime

import streamlit as st

from dashboards.shown.cards import notice, quiet, urgent_words
from dashboards.shown.data import View, standing_flag
from dashboards.shown.unsaved import forget_signs, keep_signs
from dashboards.shown.wording import clock_words
from dashboards.today.analysis import want_analysis
from dashboards.today.score_details import (
    WHEN,
    details_after,
    details_before,
    details_given,
)
from tightlog.answers.actions.entries import clear_red_flag, give_score, withdraw
from tightlog.domain.diary import TightnessScore
from tightlog.domain.red_flags import who_to_see
from tightlog.errors import DiaryError, UnknownEntry
from tightlog.journal.journal import read_journal
from tightlog.journal.moment import Moment, moment_of
from tightlog.language.catalogue import message, phrase
from tightlog.words.dates import date_words

SCORES = tuple(range(11))
QUESTION = message("How tight is your lower back? 0 none, 10 worst")
# Ours: from here on the questions are asked without being looked for.
ASK_FROM_SCORE = 6


def score_card(seen: View, reminded: str | None) -> None:
    """One tap for a score; after it the score with an undo, in the same place. A reminder after
    some days without one.
    """
    number = st.session_state.setdefault("rating_number", 0)
    given = _given_here(seen)
    with st.container(key="score_card", gap="xsmall"):
        if reminded and given is None:
            st.html(quiet(reminded))
        if refusal := st.session_state.pop("not_saved", None):
            st.html(notice(refusal))
        if given is None:
            st.html(quiet(phrase(QUESTION)))
            _scale(seen, number)
            details_before(number)
            return
        _saved_line(seen, given)
        is_new = st.session_state.get("saved") == given.entry_id
        is_asked = is_new and given.score >= ASK_FROM_SCORE
        details_after(seen, given, is_asked=is_asked)
        with st.expander(phrase("Another score"), key=f"another_{number}", type="compact"):
            _scale(seen, number)
            details_before(number)


def clear_button(seen: View) -> None:
    """Clears a red flag, with a second button so that a slip of the thumb does not."""
    if not st.session_state.get("is_clearing"):
        st.button(
            phrase("I had it checked"), key="clear_asked", on_click=_ask_to_clear, args=(True,)
        )
        return
    st.text(
        phrase("Clear it only after a doctor or therapist has checked it, or if it was a mistake.")
    )
    with st.container(horizontal=True):
        st.button(
            phrase("Yes, clear it"),
            key="clear_confirmed",
            type="primary",
            on_click=_clear,
            args=(seen,),
        )
        st.button(phrase("Not yet"), key="clear_dropped", on_click=_ask_to_clear, args=(False,))


def score_words(seen: View, score: TightnessScore) -> str:
    """A score with its day, and its local time where it is known."""
    day = "today" if score.day == seen.local_day else date_words(score.day)
    clock = (
        phrase(" at {clock_words}", clock_words=clock_words(score.rated_at, seen.settings))
        if isinstance(score.rated_at, datetime)
        else ""
    )
    return f"{score.score:g}, {day}{clock}"


def _given_here(seen: View) -> TightnessScore | None:
    """The score just given on this page, else the last one of today; as it stands in the
    journal.
    """
    scores = read_journal(seen.home.journal).scores
    saved = st.session_state.get("saved")
    just_given = next((one for one in scores if one.entry_id == saved), None)
    of_today = [one for one in scores if one.day == seen.local_day]
    return just_given or (of_today[-1] if of_today else None)


def _scale(seen: View, number: int) -> None:
    """Eleven buttons; a second tap finds the number of another form and writes nothing."""
    with st.container(horizontal=True, key=f"score_scale_{number}", gap="xsmall"):
        for score in SCORES:
            st.button(
                str(score),
                key=f"score_{score}_{number}",
                on_click=_save,
                args=(seen, number, score),
            )


def _save(seen: View, number: int, score: int) -> None:
    """Writes the score to the journal, asks for an analysis, and starts a new form."""
    state = st.session_state
    if number != state["rating_number"]:
        return
    when, part_of_day = _when(seen, state.get(f"when_{number}"))
    try:
        logged = give_score(
            seen.home, score, when, part_of_day=part_of_day, **details_given(number)
        )
    except DiaryError as problem:
        state["not_saved"] = phrase("Not saved: {problem}.", problem=problem)
        keep_signs(problem)
        return
    forget_signs()
    state["saved"] = logged.entry_id
    state["rating_number"] = number + 1
    state["is_clearing"] = False
    want_analysis()


def _when(seen: View, chosen: str | None) -> tuple[Moment, str | None]:
    moment = moment_of(WHEN.get(chosen or phrase("Now")), seen.settings.zone)
    return moment, "morning" if chosen == "This morning" else None


def _saved_line(seen: View, given: TightnessScore) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="saved_line"):
        st.text(
            phrase("✓ Saved: {score_words}", score_words=score_words(seen, given)), width="stretch"
        )
        st.button(
            phrase("Undo"),
            key=f"undo_{given.entry_id}",
            type="tertiary",
            on_click=_undo,
            args=(seen, given.entry_id),
        )
    is_new = st.session_state.get("saved") == given.entry_id
    if is_new and (flag := standing_flag(seen)):
        # The card at the top of the page may be out of sight of who just tapped.
        st.html(urgent_words(who_to_see(flag.names)))


def _undo(seen: View, entry_id: str) -> None:
    st.session_state["saved"] = None
    try:
        withdraw(seen.home, entry_id)
    except UnknownEntry:
        st.toast(phrase("This entry was already withdrawn."))
    except DiaryError as problem:
        st.session_state["not_saved"] = phrase("Not withdrawn: {problem}.", problem=problem)
    else:
        want_analysis()


def _ask_to_clear(is_asked: bool) -> None:
    st.session_state["is_clearing"] = is_asked


def _clear(seen: View) -> None:
    try:
        clear_red_flag(seen.home, moment_of(None, seen.settings.zone))
    except DiaryError as problem:
        st.session_state["not_saved"] = phrase("Not cleared: {problem}.", problem=problem)
        return
    st.session_state["is_clearing"] = False
    want_analysis()
