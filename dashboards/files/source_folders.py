"""The folders that are read in place: which are there, and which are waited for."""

import streamlit as st

from dashboards.shown import cards
from dashboards.shown.data import View
from tightlog.answers.arriving.source_states import source_states
from tightlog.language.catalogue import phrase
from tightlog.words.numbers import counted
from tightlog.words.visible import one_line


def source_folders(seen: View) -> None:
    """A line for each source; nothing where there is none."""
    states = source_states(seen.home, seen.settings)
    if not states:
        return
    count = counted(len(states), "folder")
    st.html(
        cards.section(
            phrase("Sources"),
            phrase("{count} elsewhere, read in place and never written.", count=count),
        )
    )
    for one in states:
        remedy = phrase(" To do: {remedy}.", remedy=one.remedy) if one.remedy else ""
        sign = "✓" if one.is_ok else "!"
        st.text(f"{sign} {one_line(one.name)}: {one_line(one.words)}.{remedy}")
