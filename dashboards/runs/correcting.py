"""Correcting an activity: its kind, shoe, name or effort, or that it does not count. Saved in
the diary first; the next refresh applies it.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from dashboards.runs.run_wording import kind_words
from dashboards.shown.data import View, rows
from dashboards.shown.refreshing import refresh_button
from tightlog.answers.actions.activities import correct_activity
from tightlog.errors import DiaryError
from tightlog.journal.entry import ACTIVITY_FIELDS
from tightlog.journal.journal import read_journal
from tightlog.language.catalogue import phrase

REFRESH_KEY = "refresh_for_correction"
FORM_PX = 560
SPORTS: Sequence[tuple[str, str]] = (
    ("running", "generic"),
    ("running", "trail"),
    ("running", "treadmill"),
    ("running", "track"),
    ("walking", "generic"),
    ("hiking", "generic"),
    ("cycling", "generic"),
    ("cycling", "indoor_cycling"),
    ("swimming", "lap_swimming"),
    ("swimming", "open_water"),
    ("training", "strength_training"),
    ("training", "yoga"),
    ("training", "pilates"),
    ("training", "cardio_training"),
    ("rowing", "generic"),
    ("cross_country_skiing", "generic"),
    ("generic", "generic"),
)


def corrections_of(seen: View, activity_id: str) -> dict[str, Any]:
    """The runner's corrections of an activity that have not been undone."""
    corrected = read_journal(seen.home.journal).corrections.get(activity_id, {})
    return {name: value for name, value in corrected.items() if value is not None}


def left_out_since(seen: View) -> frozenset[str]:
    """Activities the journal leaves out, whether or not a refresh has applied it yet."""
    return frozenset(
        activity_id
        for activity_id, corrected in read_journal(seen.home.journal).corrections.items()
        if corrected.get("is_ignored")
    )


def correction(seen: View, facts: Mapping[str, Any]) -> None:
    """The form, the buttons to leave the activity out and to undo corrections, and what is
    pending.
    """
    corrected = corrections_of(seen, facts["activity_id"])
    with st.expander(phrase("Correct it, or leave it out"), type="compact"):
        st.text(phrase("Corrections are kept in your diary; the file stays unchanged."))
        names = ("sport", "sub_sport", "shoe", "name", "rpe")
        _form(seen, facts, {name: corrected.get(name, facts.get(name)) for name in names})
        _buttons(seen, facts["activity_id"], corrected)
    if is_waiting(seen, facts, corrected):
        with st.container(horizontal=True, vertical_alignment="center", key="correction_waiting"):
            st.text(
                phrase("✓ Left out. It no longer counts from the next refresh.")
                if corrected.get("is_ignored")
                else phrase("✓ Saved. It counts from the next refresh."),
                width="stretch",
            )
            refresh_button(seen, REFRESH_KEY)


def _buttons(seen: View, activity_id: str, corrected: Mapping[str, Any]) -> None:
    with st.container(horizontal=True):
        if not corrected.get("is_ignored"):
            st.button(
                phrase("Leave it out of everything"),
                key="leave_out",
                on_click=_write,
                args=(seen, activity_id, {"is_ignored": True}),
            )
        if corrected:
            st.button(
                phrase("Undo all my corrections"),
                key="take_back",
                on_click=_write,
                args=(seen, activity_id, dict.fromkeys(sorted(ACTIVITY_FIELDS))),
            )


def is_waiting(seen: View, facts: Mapping[str, Any], corrected: Mapping[str, Any]) -> bool:
    """True while the warehouse does not hold the newest correction."""
    is_just_saved = st.session_state.get("corrected") == (
        facts["activity_id"],
        seen.version,
        seen.stamp,
    )
    return is_just_saved or any(facts.get(name) != value for name, value in corrected.items())


def count_again(seen: View, activity_id: str, words: str) -> bool:
    """A line of an activity left out, with the button to count it again; False once that was
    pressed.
    """
    with st.container(horizontal=True, vertical_alignment="center"):
        st.text(words, width="stretch")
        if activity_id not in left_out_since(seen):
            st.text(phrase("✓ It counts from the next refresh."))
            return False
        st.button(
            phrase("Count it again"),
            key=f"count_again_{activity_id}",
            on_click=_write,
            args=(seen, activity_id, {"is_ignored": None}),
        )
        return True


def _form(seen: View, facts: Mapping[str, Any], shown: Mapping[str, Any]) -> None:
    activity_id = facts["activity_id"]
    with st.form(f"correct_{activity_id}", border=False, width=FORM_PX):
        _kind_field((shown["sport"], shown["sub_sport"]), activity_id)
        st.text_input(
            phrase("Name"), value=shown["name"] or "", max_chars=200, key=f"name_{activity_id}"
        )
        _shoe_field(seen, shown["shoe"], activity_id)
        st.number_input(
            phrase("How hard was it? 0 is rest, 10 is your maximum"),
            value=shown["rpe"],
            min_value=0.0,
            max_value=10.0,
            step=0.5,
            format="%g",
            placeholder=phrase("not rated"),
            key=f"rpe_{activity_id}",
        )
        st.form_submit_button(
            phrase("Save"),
            key=f"save_{activity_id}",
            type="primary",
            on_click=_save,
            args=(seen, activity_id, dict(shown)),
        )


def _kind_field(kind: tuple[str, str], activity_id: str) -> None:
    kinds = list(SPORTS) if kind in SPORTS else [kind, *SPORTS]
    st.selectbox(
        phrase("Kind"),
        kinds,
        index=kinds.index(kind),
        format_func=lambda one: kind_words(*one),
        key=f"kind_{activity_id}",
    )


def _shoe_field(seen: View, shoe: str | None, activity_id: str) -> None:
    shoes = rows(seen, "activity_shoes")["shoe"].to_list()
    if shoe and shoe not in shoes:
        shoes = [shoe, *shoes]
    st.selectbox(
        phrase("Shoe"),
        shoes,
        index=shoes.index(shoe) if shoe else None,
        accept_new_options=True,
        placeholder=phrase("choose one, or type a new name"),
        key=f"shoe_{activity_id}",
    )


def _save(seen: View, activity_id: str, shown: Mapping[str, Any]) -> None:
    """Writes what differs from what was shown; an emptied field goes back to the files' value."""
    state = st.session_state
    sport, sub_sport = state[f"kind_{activity_id}"]
    given = {
        "sport": sport,
        "sub_sport": sub_sport,
        "name": (state[f"name_{activity_id}"] or "").strip() or None,
        "shoe": (state[f"shoe_{activity_id}"] or "").strip() or None,
        "rpe": state[f"rpe_{activity_id}"],
    }
    changes = {name: value for name, value in given.items() if value != shown[name]}
    if changes.keys() & {"sport", "sub_sport"}:
        changes |= {"sport": sport, "sub_sport": sub_sport}
    if changes:
        _write(seen, activity_id, changes)
    else:
        st.toast(phrase("Nothing was changed."))


def _write(seen: View, activity_id: str, changes: Mapping[str, Any]) -> None:
    try:
        correct_activity(seen.home, activity_id, changes)
    except DiaryError as problem:
        st.toast(phrase("Not saved: {problem}.", problem=problem), duration="infinite")
        return
    st.session_state["corrected"] = (activity_id, seen.version, seen.stamp)
