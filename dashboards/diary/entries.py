"""The entries of the Log page: each with its source; those of the journal can be changed or
withdrawn.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import streamlit as st
from markupsafe import Markup

from dashboards.diary.entry_fields import changes, entry_fields, given
from dashboards.shown.cards import urgent_words
from dashboards.shown.data import View, standing_flag
from dashboards.shown.markup import card
from dashboards.shown.unsaved import forget_signs, keep_signs, unsaved_signs
from tightlog.answers.actions.entries import correct, did, give_score, withdraw
from tightlog.answers.logged import (
    ABLE,
    CLEARED,
    DECLINED,
    DONE,
    SCORE,
    SIGN,
    TITLES,
    Line,
    declined_words,
)
from tightlog.domain.diary import DONE_FIELDS, Where
from tightlog.domain.red_flags import in_words, who_to_see
from tightlog.errors import TightlogError, UnknownEntry
from tightlog.journal.moment import Moment
from tightlog.language.catalogue import phrase, phrases
from tightlog.words.dates import date_words
from tightlog.words.measures import clock
from tightlog.words.numbers import first_lower
from tightlog.words.scores import ANY_TASK, EASE_WORDS, MOMENT_WORDS, where_words

KINDS = phrases({SCORE: "A score", DONE: "Something I did"})
PROGRAMS = {"daylio": "Daylio", "pmsys": "PMSys"}
NEW = "new"


def add_entry(seen: View) -> None:
    """The form for an entry of any past day, and the result of the last save."""
    number = st.session_state.setdefault("new_number", 0)
    with st.expander(
        phrase("Add a past score, or something you did"), key="add_entry", type="compact"
    ):
        kind = (
            st.segmented_control(
                phrase("What do you want to add?"),
                list(KINDS),
                default=SCORE,
                format_func=KINDS.__getitem__,
                key="new_kind",
                label_visibility="collapsed",
            )
            or SCORE
        )
        blank, prefix = Line(NEW, kind, seen.local_day), f"new_{kind}_{number}"
        entry_fields(seen, blank, prefix)
        is_blank = (
            st.session_state[f"{prefix}_{'score' if kind == SCORE else 'intervention'}"] is None
        )
        st.button(
            phrase("Save"),
            key=f"save_{prefix}",
            type="primary",
            disabled=is_blank,
            on_click=_add,
            args=(seen, blank, prefix, number),
        )
    _outcome(seen, NEW)


def entry_line(seen: View, line: Line) -> None:
    """One line; while it is being changed, its fields in its place."""
    if st.session_state.get("changing") == line.entry_id:
        _form(seen, line)
        return
    with st.container(horizontal=True, vertical_alignment="top"):
        st.html(line_html(seen, line), width="stretch")
        if line.kind == DECLINED:
            st.button(
                phrase("Offer again"),
                key=f"offer_{line.entry_id}",
                type="tertiary",
                on_click=_withdraw,
                args=(seen, line),
            )
        elif line.is_ours:
            st.button(
                phrase("Change"),
                key=f"change_{line.entry_id}",
                type="tertiary",
                on_click=_begin,
                args=(line.entry_id,),
            )
    _outcome(seen, line.entry_id)


def line_html(seen: View, line: Line) -> Markup:
    """An entry as HTML: what was logged, when and how, the note, and its source."""
    points = line.function if line.kind == ABLE else line.score
    score = "" if points is None else f"{points:g}"
    quiet = " · ".join(words for words in (*_details(seen, line), _source_words(line)) if words)
    return card("entry_line", score, _title(line), line.is_waiting, line.note, [quiet])


def _title(line: Line) -> str:
    if line.kind == DONE:
        return TITLES.get(line.intervention or "", line.intervention or "")
    if line.kind == DECLINED:
        return declined_words(line)
    return {
        SCORE: phrase("Tightness"),
        SIGN: phrase("Warning sign"),
        CLEARED: phrase("Red flag cleared after a check"),
        ABLE: phrase("Function: {task}", task=line.task or phrase(ANY_TASK)),
    }[line.kind]


def _details(seen: View, line: Line) -> list[str]:
    signs = [in_words(name) for name in line.red_flags]
    minutes = phrase("{minutes:.0f} min", minutes=line.minutes) if line.minutes is not None else ""
    parts = [
        clock(line.at.astimezone(seen.settings.zone)) if line.at else "",
        MOMENT_WORDS.get(line.moment or "", ""),
        minutes,
        phrase("effort {rpe:g} of 10", rpe=line.rpe) if line.rpe is not None else "",
        phrase("sharp pain") if line.is_sharp else "",
        *signs,
        *where_words(line.side, line.radiation, line.is_woken),
        *(first_lower(EASE_WORDS[name]) for name in line.eased),
    ]
    return [part for part in parts if part]


def _source_words(line: Line) -> str:
    """Where a line of a file or a watch comes from; nothing for one of the journal."""
    if line.source == "watch":
        return phrase("From a recording: {place}.", place=line.place or phrase("a watch file"))
    if line.place is None:
        return ""
    corrected = phrase(" Corrected by you.") if line.is_corrected else ""
    program = PROGRAMS.get(line.source, "" if line.source == "csv" else line.source)
    at_line = phrase(", line {file_line}", file_line=line.file_line) if line.file_line else ""
    written = (
        phrase(" Original value: {raw_value}.", raw_value=line.raw_value)
        if line.raw_value and line.raw_value != f"{line.score:g}"
        else ""
    )
    return phrase(
        "From {place}{part}{at_line}.{written}{corrected}",
        place=line.place,
        part=f" ({program})" if program else "",
        at_line=at_line,
        written=written,
        corrected=corrected,
    )


def _form(seen: View, line: Line) -> None:
    prefix = f"edit_{line.entry_id}"
    with st.container(border=True):
        entry_fields(seen, line, prefix)
        needed = {SCORE: "score", ABLE: "function"}.get(line.kind)
        is_blank = needed is not None and st.session_state[f"{prefix}_{needed}"] is None
        with st.container(horizontal=True):
            st.button(
                phrase("Save"),
                key=f"save_{prefix}",
                type="primary",
                disabled=is_blank,
                on_click=_save,
                args=(seen, line, prefix),
            )
            st.button(phrase("Cancel"), key=f"leave_{prefix}", on_click=_begin, args=(None,))
            if st.session_state.get("withdrawing") != line.entry_id:
                st.button(
                    phrase("Withdraw"),
                    key=f"withdraw_{prefix}",
                    type="tertiary",
                    on_click=_ask,
                    args=(line.entry_id,),
                )
        if st.session_state.get("withdrawing") == line.entry_id:
            _confirmation(seen, line, prefix)
    _outcome(seen, line.entry_id)


def _confirmation(seen: View, line: Line, prefix: str) -> None:
    st.text(
        phrase(
            "Withdraw this entry? It will no longer count. Only the file it is from keeps a "
            "record of it."
        )
    )
    with st.container(horizontal=True):
        st.button(
            phrase("Yes, withdraw it"),
            key=f"confirm_{prefix}",
            type="primary",
            on_click=_withdraw,
            args=(seen, line),
        )
        st.button(phrase("No, keep it"), key=f"keep_{prefix}", on_click=_ask, args=(None,))


def _outcome(seen: View, entry_id: str) -> None:
    """The result of the last tap, shown once beside the button; with who to see while a red
    flag is active.
    """
    of, words = st.session_state.get("diary_said", (None, ""))
    if of != entry_id:
        return
    del st.session_state["diary_said"]
    st.text(words)
    unsaved_signs()
    if flag := standing_flag(seen):
        st.html(urgent_words(who_to_see(flag.names)))


def _begin(entry_id: str | None) -> None:
    st.session_state["changing"] = entry_id
    st.session_state["withdrawing"] = None


def _ask(entry_id: str | None) -> None:
    st.session_state["withdrawing"] = entry_id


def _add(seen: View, blank: Line, prefix: str, number: int) -> None:
    """Writes the entry, then starts a new form; a second tap on the old one finds another number
    and writes nothing.
    """
    state = st.session_state
    if number != state["new_number"]:
        return
    try:
        values = given(seen, blank, prefix)
        day = date.fromisoformat(values["day"])
        when = Moment(day, datetime.fromisoformat(values["at"]) if values["at"] else None)
        _write(seen, blank.kind, values, when)
    except TightlogError as problem:
        state["diary_said"] = (NEW, phrase("Not saved: {problem}.", problem=problem))
        keep_signs(problem)
        return
    if blank.kind == SCORE:
        forget_signs()
    what = f"{values['score']:g}" if blank.kind == SCORE else TITLES[values["intervention"]]
    state["diary_said"] = (
        NEW,
        phrase("✓ Saved: {what}, {day}", what=what, day=date_words(when.day)),
    )
    state["new_number"] = number + 1


def _write(seen: View, kind: str, values: Mapping[str, Any], when: Moment) -> None:
    if kind == DONE:
        intervention, minutes, rpe = (values[name] for name in DONE_FIELDS)
        did(seen.home, intervention, when, minutes=minutes, rpe=rpe)
        return
    give_score(
        seen.home,
        values["score"],
        when,
        part_of_day=values["moment"],
        is_sharp=values["is_sharp"],
        red_flags=values["red_flags"],
        note=values["note"],
        eased=values["eased"],
        where=Where(values["side"], values["radiation"], values["is_woken"]),
    )


def _save(seen: View, line: Line, prefix: str) -> None:
    try:
        found: dict[str, Any] = changes(line, given(seen, line, prefix))
        if found:
            correct(seen.home, line.entry_id, found)
            forget_signs()
    except TightlogError as problem:
        st.session_state["diary_said"] = (
            line.entry_id,
            phrase("Not saved: {problem}.", problem=problem),
        )
        keep_signs(problem)
        return
    st.session_state["diary_said"] = (
        line.entry_id,
        phrase("✓ Saved") if found else phrase("Nothing was changed."),
    )
    _begin(None)


def _withdraw(seen: View, line: Line) -> None:
    _begin(None)
    try:
        withdraw(seen.home, line.entry_id)
    except UnknownEntry:
        st.toast(phrase("This entry was already withdrawn."))
        return
    except TightlogError as problem:
        st.session_state["diary_said"] = (
            line.entry_id,
            phrase("Not withdrawn: {problem}.", problem=problem),
        )
        return
    st.toast(phrase("Withdrawn."))
