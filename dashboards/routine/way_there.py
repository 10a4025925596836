"""The way from an intervention to its guide."""

import streamlit as st

from tightlog.domain.interventions.poses import drawn_exercises
from tightlog.domain.interventions.routine import exercises_of
from tightlog.language.catalogue import phrase

PAGE = "app_pages/routine.py"


def show_me_how(intervention: str) -> None:
    """A link to the pictures and the guide; nothing for what has no movement."""
    if any(name in drawn_exercises() for name in exercises_of(intervention)):
        st.page_link(PAGE, label=phrase("Show me how"), query_params={"do": intervention})
