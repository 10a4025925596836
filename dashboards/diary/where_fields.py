"""Where the tightness of a score is: side, how far down it runs, whether it woke the runner; each
one tap, none of them needed.
"""

import streamlit as st

from dashboards.diary.field_change import UNCHANGED, Change
from tightlog.domain.diary import BELOW_KNEE, NOWHERE, RADIATIONS, SIDES, Where
from tightlog.domain.red_flags import RedFlag, asked_after
from tightlog.language.catalogue import message, phrase
from tightlog.words.scores import (
    RADIATION_QUESTION,
    RADIATION_WORDS,
    SIDE_QUESTION,
    SIDE_WORDS,
    WOKEN_QUESTION,
)

NO, YES = message("No"), message("Yes")


def where_fields(prefix: str, given: Where = NOWHERE, change: Change = UNCHANGED) -> None:
    """Three rows of buttons, filled with what is known; `prefix` makes their keys unique."""
    st.pills(
        phrase(SIDE_QUESTION),
        SIDES,
        default=given.side,
        format_func=SIDE_WORDS.__getitem__,
        key=f"{prefix}_side",
        on_change=change.call,
        args=change.args,
    )
    st.pills(
        phrase(RADIATION_QUESTION),
        RADIATIONS,
        default=given.radiation,
        format_func=RADIATION_WORDS.__getitem__,
        key=f"{prefix}_radiation",
        on_change=change.call,
        args=change.args,
    )
    answer = None if given.is_woken is None else YES if given.is_woken else NO
    st.segmented_control(
        phrase(WOKEN_QUESTION),
        (NO, YES),
        default=answer,
        format_func=phrase,
        key=f"{prefix}_woken",
        on_change=change.call,
        args=change.args,
    )


def where_given(prefix: str) -> Where:
    """What was tapped."""
    state = st.session_state
    return Where(
        state.get(f"{prefix}_side"),
        state.get(f"{prefix}_radiation"),
        {YES: True, NO: False}.get(state.get(f"{prefix}_woken") or ""),
    )


def signs_to_ask(prefix: str) -> tuple[RedFlag, ...]:
    """The warning signs to ask about at once, after what was tapped."""
    given = where_given(prefix)
    return asked_after(is_below_knee=given.radiation == BELOW_KNEE, is_woken=given.is_woken is True)
