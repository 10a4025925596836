"""Logging an intervention: one tap, then optionally the minutes, and an undo."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from dashboards.shown.data import View
from tightlog.answers.actions.entries import correct, did, withdraw
from tightlog.domain.diary import InterventionDone
from tightlog.errors import DiaryUnwritten, UnknownEntry
from tightlog.journal.journal import read_journal
from tightlog.journal.moment import moment_of
from tightlog.language.catalogue import phrase

MINUTES = (5, 10, 15, 20, 30, 45, 60)


def done_today(seen: View) -> dict[str, InterventionDone]:
    """Per intervention the last entry of the journal for today."""
    return {
        entry.intervention: entry
        for entry in read_journal(seen.home.journal).interventions
        if entry.day == seen.local_day
    }


def did_it(seen: View, intervention: str, done: InterventionDone | None) -> None:
    """A button while it is not done today; afterwards that it is, its minutes and an undo."""
    if done is None:
        st.button(
            phrase("Did it"), key=f"did_{intervention}", on_click=_log, args=(seen, intervention)
        )
        return
    minutes = phrase(", {minutes:g} min", minutes=done.minutes) if done.minutes is not None else ""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.text(phrase("✓ Done today{minutes}", minutes=minutes), width="stretch")
        st.button(
            phrase("Undo"),
            key=f"undo_{done.entry_id}",
            type="tertiary",
            on_click=_undo,
            args=(seen, done.entry_id),
        )
    if done.minutes is None:
        st.pills(
            phrase("Minutes (optional)"),
            MINUTES,
            key=f"minutes_{done.entry_id}",
            on_change=_add_minutes,
            args=(seen, done.entry_id),
        )


def _log(seen: View, intervention: str) -> None:
    # A second tap on a button not yet redrawn finds the entry of the first.
    if intervention not in done_today(seen):
        with problem_shown(phrase("Not saved")):
            did(seen.home, intervention, moment_of(None, seen.settings.zone))


def _add_minutes(seen: View, entry_id: str) -> None:
    minutes = st.session_state.get(f"minutes_{entry_id}")
    if minutes is not None:
        with problem_shown(phrase("Not saved")):
            correct(seen.home, entry_id, {"minutes": minutes})


def _undo(seen: View, entry_id: str) -> None:
    try:
        with problem_shown(phrase("Not withdrawn")):
            withdraw(seen.home, entry_id)
    except UnknownEntry:
        st.toast(phrase("This entry was already withdrawn."))


@contextmanager
def problem_shown(what: str) -> Iterator[None]:
    """Shows why the diary could not be written, for example because the disk is full."""
    try:
        yield
    except DiaryUnwritten as problem:
        st.toast(f"{what}: {problem}.", duration="infinite")
