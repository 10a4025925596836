"""An active red flag on every page but Today, which shows it in full: one line that leads there."""

import streamlit as st

from dashboards.shown.data import View, standing_flag
from tightlog.answers import today
from tightlog.language.catalogue import message, phrase

LABEL = message("A red flag is active: see Today")


def flag_bar(seen: View) -> None:
    """The line, while a red flag stands in the journal or in a diary's file; nothing without."""
    flag = (
        standing_flag(seen)
        if seen.version is None
        else today.standing_flag(seen.home, seen.version, seen.local_day)
    )
    if flag is not None:
        with st.container(key="flag_bar"):
            st.page_link("app_pages/today.py", label=phrase(LABEL))
