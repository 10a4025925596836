"""What belongs to a score beside its number: sharp pain, warning signs, where it is, what eased the
back, the time, a note. Given before the tap, or added to the score afterwards.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import streamlit as st

from dashboards.diary.field_change import UNCHANGED, Change
from dashboards.diary.where_fields import NO, YES, signs_to_ask, where_fields, where_given
from dashboards.shown.cards import urgent_words
from dashboards.shown.data import View
from dashboards.shown.unsaved import keep_signs
from dashboards.today.analysis import want_analysis
from tightlog.answers.actions.entries import correct
from tightlog.domain.diary import EASES, TightnessScore, Where
from tightlog.domain.red_flags import EMERGENCY, RED_FLAGS, RedFlag, who_to_see
from tightlog.errors import DiaryError, UnknownEntry
from tightlog.language.catalogue import message, phrase
from tightlog.words.scores import EASE_WORDS, EASED_QUESTION, WHY_EASED

NOW = message("Now")
WHEN = {
    NOW: None,
    message("This morning"): "today",
    message("Yesterday"): "yesterday",
}
FOLD = message("Pain, warning signs, where, painkillers, time, note")
WHERE_FOLD = message("Where it is, and the night")
SHARP_WORDS: Mapping[bool | None, str] = {True: YES, False: NO}
NOTE_CHARACTERS = 500
NOT_GIVEN = TightnessScore("", date.min, 0.0)


def details_before(number: int) -> None:
    """The fields of a score not yet given."""
    with st.expander(phrase(FOLD), key=f"details_{number}", type="compact"):
        _fields(str(number), NOT_GIVEN, UNCHANGED)
        st.segmented_control(
            phrase("When was it?"),
            tuple(WHEN),
            default=NOW,
            format_func=phrase,
            key=f"when_{number}",
        )


def details_given(number: int) -> dict[str, Any]:
    """What the fields hold, by the names of a journal's fields."""
    return _given(str(number))


def details_after(seen: View, score: TightnessScore, *, is_asked: bool) -> None:
    """The fields of a score that is in the journal: each change is written at once. Asked for
    without a fold after a high score.
    """
    change = Change(_amend, (seen, score))
    if is_asked:
        st.markdown(phrase("**Is any of this new?**"))
        _fields(score.entry_id, score, change)
        return
    with st.expander(phrase(FOLD), key=f"details_{score.entry_id}", type="compact"):
        _fields(score.entry_id, score, change)


def eased_field(key: str, default: Sequence[str] = (), change: Change = UNCHANGED) -> None:
    """Asks what eased the back since the day before."""
    st.pills(
        phrase(EASED_QUESTION),
        EASES,
        default=[name for name in default if name in EASES],
        selection_mode="multi",
        format_func=EASE_WORDS.__getitem__,
        key=key,
        help=phrase(WHY_EASED),
        on_change=change.call,
        args=change.args,
    )


def _fields(key: str, score: TightnessScore, change: Change) -> None:
    st.segmented_control(
        phrase("Is it a sharp pain?"),
        (NO, YES),
        default=SHARP_WORDS.get(score.is_sharp),
        format_func=phrase,
        key=f"sharp_{key}",
        on_change=change.call,
        args=change.args,
    )
    where = Where(score.side, score.radiation, score.is_woken)
    with st.expander(phrase(WHERE_FOLD), key=f"where_{key}", type="compact"):
        where_fields(f"where_{key}", where, change)
    # What was said of the leg and the night brings its signs out of their fold.
    asked = signs_to_ask(f"where_{key}")
    at_once = [flag for flag in RED_FLAGS if flag.urgency == EMERGENCY or flag in asked]
    for flag in at_once:
        _flag_field(flag, key, score, change)
    with st.expander(phrase("More warning signs"), key=f"signs_{key}", type="compact"):
        for flag in RED_FLAGS:
            if flag not in at_once:
                _flag_field(flag, key, score, change)
    if ticked := _ticked(key):
        st.html(urgent_words(who_to_see(ticked)))
    eased_field(f"eased_{key}", score.eased, change)
    st.text_input(
        phrase("Note (optional)"),
        score.note or "",
        key=f"note_{key}",
        max_chars=NOTE_CHARACTERS,
        on_change=change.call,
        args=change.args,
    )


def _flag_field(flag: RedFlag, key: str, score: TightnessScore, change: Change) -> None:
    st.checkbox(
        flag.question,
        flag.name in score.red_flags,
        key=f"flag_{flag.name}_{key}",
        on_change=change.call,
        args=change.args,
    )


def _ticked(key: str) -> list[str]:
    return [flag.name for flag in RED_FLAGS if st.session_state.get(f"flag_{flag.name}_{key}")]


def _given(key: str) -> dict[str, Any]:
    state = st.session_state
    return {
        "is_sharp": {YES: True, NO: False}.get(state.get(f"sharp_{key}") or ""),
        "red_flags": _ticked(key),
        "note": state.get(f"note_{key}") or None,
        "eased": list(state.get(f"eased_{key}") or ()),
        "where": where_given(f"where_{key}"),
    }


def _amend(seen: View, score: TightnessScore) -> None:
    """Writes what was changed of a score, as a correction."""
    before = {
        "is_sharp": score.is_sharp,
        "red_flags": list(score.red_flags),
        "note": score.note,
        "eased": list(score.eased),
        "side": score.side,
        "radiation": score.radiation,
        "is_woken": score.is_woken,
    }
    given = _given(score.entry_id)
    given |= vars(given.pop("where"))
    changes = {name: value for name, value in given.items() if value != before[name]}
    if not changes:
        return
    try:
        correct(seen.home, score.entry_id, changes)
    except UnknownEntry:
        st.toast(phrase("This score was withdrawn."))
    except DiaryError as problem:
        st.session_state["not_saved"] = phrase("Not saved: {problem}.", problem=problem)
        keep_signs(problem)
    else:
        want_analysis()
