"""Giving a score in two taps: eleven numbers and Save; the questions about sharp pain and red
flags come only when called for.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import streamlit as st

from dashboards.shown.cards import notice, quiet, urgent_words
from dashboards.shown.data import View, standing_flag
from dashboards.shown.unsaved import forget_signs, keep_signs
from dashboards.shown.wording import clock_words
from tightlog.answers.actions.entries import clear_red_flag, give_score, withdraw
from tightlog.domain.diary import EASES, TightnessScore
from tightlog.domain.red_flags import EMERGENCY, RED_FLAGS, RedFlag, who_to_see
from tightlog.errors import DiaryError, UnknownEntry
from tightlog.journal.moment import Moment, moment_of
from tightlog.words.dates import date_words
from tightlog.words.scores import EASE_WORDS, EASED_QUESTION, WHY_EASED

SCORES = tuple(range(11))
# Ours: from here on the questions are asked without being looked for.
ASK_FROM_SCORE = 6
WHEN = {"Now": None, "This morning": "today", "Yesterday": "yesterday"}
NO, YES = "No", "Yes"


@dataclass(frozen=True)
class Saved:
    """The score just given: its entry in the journal, and its words."""

    entry_id: str
    words: str


def score_card(seen: View, newest: TightnessScore | None, reminded: str | None) -> None:
    """The form, the score just saved with an undo, and the latest score; a reminder after
    some days.
    """
    number = st.session_state.setdefault("rating_number", 0)
    with st.container(border=True, key="score_card"):
        if reminded:
            st.html(quiet(reminded))
        with st.container(key="score_scale"):
            score = st.pills(
                "How tight is your lower back?",
                SCORES,
                key=f"score_{number}",
                width="stretch",
                help="0 is none, 10 is the worst you can imagine.",
            )
        st.caption("0 none · 10 worst imaginable")
        _questions(score, number)
        st.button(
            "Save",
            key=f"save_{number}",
            type="primary",
            disabled=score is None,
            on_click=_save,
            args=(seen, number),
            width="stretch",
        )
        _saved_line(seen, newest)


def clear_button(seen: View) -> None:
    """Clears a red flag, with a second button so that a slip of the thumb does not."""
    if not st.session_state.get("is_clearing"):
        st.button("I had it checked", key="clear_asked", on_click=_ask_to_clear, args=(True,))
        return
    st.text("Clear it only after a doctor or therapist has checked it, or if it was a mistake.")
    with st.container(horizontal=True):
        st.button(
            "Yes, clear it", key="clear_confirmed", type="primary", on_click=_clear, args=(seen,)
        )
        st.button("Not yet", key="clear_dropped", on_click=_ask_to_clear, args=(False,))


def eased_field(key: str, default: Sequence[str] = ()) -> None:
    """Asks what eased the back since the day before."""
    st.pills(
        EASED_QUESTION,
        EASES,
        default=[name for name in default if name in EASES],
        selection_mode="multi",
        format_func=EASE_WORDS.__getitem__,
        key=key,
        help=WHY_EASED,
    )


def score_words(seen: View, score: TightnessScore) -> str:
    """A score with its day, and its local time where it is known."""
    day = "today" if score.day == seen.local_day else date_words(score.day)
    clock = (
        f" at {clock_words(score.rated_at, seen.settings)}"
        if isinstance(score.rated_at, datetime)
        else ""
    )
    return f"{score.score:g}, {day}{clock}"


def _questions(score: int | None, number: int) -> None:
    if score is not None and score >= ASK_FROM_SCORE:
        st.markdown("**Before you save:** is any of this new?")
        _ask(number)
        return
    with st.expander("Sharp pain, warning signs, painkillers, another time or a note"):
        _ask(number)


def _ask(number: int) -> None:
    st.segmented_control("Is it a sharp pain?", (NO, YES), key=f"sharp_{number}")
    for flag in _of(EMERGENCY, is_emergency=True):
        st.checkbox(flag.question, key=f"flag_{flag.name}_{number}")
    with st.expander("More warning signs"):
        for flag in _of(EMERGENCY, is_emergency=False):
            st.checkbox(flag.question, key=f"flag_{flag.name}_{number}")
    if ticked := _ticked(number):
        st.html(urgent_words(who_to_see(ticked)))
    eased_field(f"eased_{number}")
    st.segmented_control("When was it?", tuple(WHEN), default="Now", key=f"when_{number}")
    st.text_input("Note (optional)", key=f"note_{number}", max_chars=500)


def _of(urgency: str, *, is_emergency: bool) -> Sequence[RedFlag]:
    return [flag for flag in RED_FLAGS if (flag.urgency == urgency) is is_emergency]


def _ticked(number: int) -> list[str]:
    return [flag.name for flag in RED_FLAGS if st.session_state.get(f"flag_{flag.name}_{number}")]


def _save(seen: View, number: int) -> None:
    """Writes the score to the journal, then starts a new form; a second tap on the old form
    finds another number and writes nothing.
    """
    state = st.session_state
    score = state.get(f"score_{number}")
    if number != state["rating_number"] or score is None:
        return
    when, part_of_day = _when(seen, state.get(f"when_{number}"))
    sharp = {YES: True, NO: False}.get(state.get(f"sharp_{number}") or "")
    try:
        logged = give_score(
            seen.home,
            score,
            when,
            part_of_day=part_of_day,
            is_sharp=sharp,
            red_flags=_ticked(number),
            note=state.get(f"note_{number}") or None,
            eased=state.get(f"eased_{number}") or (),
        )
    except DiaryError as problem:
        state["not_saved"] = f"Not saved: {problem}."
        keep_signs(problem)
        return
    forget_signs()
    written = TightnessScore(logged.entry_id, when.day, score, when.at)
    state["saved"] = Saved(logged.entry_id, score_words(seen, written))
    state["rating_number"] = number + 1
    state["is_clearing"] = False


def _when(seen: View, chosen: str | None) -> tuple[Moment, str | None]:
    moment = moment_of(WHEN.get(chosen or "Now"), seen.settings.zone)
    return moment, "morning" if chosen == "This morning" else None


def _saved_line(seen: View, newest: TightnessScore | None) -> None:
    if refusal := st.session_state.pop("not_saved", None):
        st.html(notice(refusal))
    saved: Saved | None = st.session_state.get("saved")
    if saved is None:
        st.text(f"Latest score: {score_words(seen, newest)}" if newest else "No score yet.")
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.text(f"✓ Saved: {saved.words}", width="stretch")
        st.button(
            "Undo",
            key=f"undo_{saved.entry_id}",
            type="tertiary",
            on_click=_undo,
            args=(seen, saved.entry_id),
        )
    if flag := standing_flag(seen):
        # The card at the top of the page may be out of sight of who just pressed Save.
        st.html(urgent_words(who_to_see(flag.names)))


def _undo(seen: View, entry_id: str) -> None:
    st.session_state["saved"] = None
    try:
        withdraw(seen.home, entry_id)
    except UnknownEntry:
        st.toast("This entry was already withdrawn.")
    except DiaryError as problem:
        st.session_state["not_saved"] = f"Not withdrawn: {problem}."


def _ask_to_clear(is_asked: bool) -> None:
    st.session_state["is_clearing"] = is_asked


def _clear(seen: View) -> None:
    try:
        clear_red_flag(seen.home, moment_of(None, seen.settings.zone))
    except DiaryError as problem:
        st.session_state["not_saved"] = f"Not cleared: {problem}."
        return
    st.session_state["is_clearing"] = False
    st.session_state["saved"] = None
