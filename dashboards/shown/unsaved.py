"""Warning signs of an entry that could not be saved: they stop other advice in this session all the
same, until an entry is saved.
"""

import streamlit as st

from dashboards.shown.cards import urgent_words
from tightlog.domain.red_flags import who_to_see
from tightlog.errors import DiaryUnwritten
from tightlog.language.catalogue import phrase

KEY = "unsaved_signs"


def keep_signs(problem: Exception) -> None:
    """Keeps the signs of an entry that is not saved."""
    if isinstance(problem, DiaryUnwritten) and problem.red_flags:
        st.session_state[KEY] = problem.red_flags


def forget_signs() -> None:
    """An entry was saved: what the journal holds is shown again."""
    st.session_state.pop(KEY, None)


def unsaved_signs() -> bool:
    """Shows who to see because of the signs kept; False when there are none."""
    names = st.session_state.get(KEY, ())
    if names:
        st.html(
            urgent_words(
                phrase("Not saved, but it counts: {who_to_see}", who_to_see=who_to_see(names))
            )
        )
    return bool(names)
