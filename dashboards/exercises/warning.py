"""A warning sign stands before every exercise, as it does before all advice."""

import streamlit as st

from dashboards.shown.cards import urgent_words
from dashboards.shown.data import View, standing_flag
from dashboards.shown.unsaved import unsaved_signs
from tightlog.answers import today
from tightlog.domain.red_flags import who_to_see


def is_stopped(seen: View) -> bool:
    """Shows who to see while a red flag stands: of the journal, of a diary's file, or of an entry
    that could not be saved; False without one.
    """
    is_unsaved = unsaved_signs()
    flag = (
        standing_flag(seen)
        if seen.version is None
        else today.standing_flag(seen.home, seen.version, seen.local_day)
    )
    if flag is not None:
        st.html(urgent_words(who_to_see(flag.names)))
    return is_unsaved or flag is not None
