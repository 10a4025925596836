"""An exercise as a card: its pictures, how to do it, dose with its source, caution, evidence."""

import streamlit as st

from dashboards.exercises.drawings import figures
from dashboards.shown.markup import card
from dashboards.shown.wording import dose_source, dose_words
from tightlog.domain.interventions.catalogue import find


def exercise_card(intervention: str) -> None:
    """The whole card; with its pictures where it has some."""
    drawn = figures(intervention)
    html = card(
        "exercise_card",
        find(intervention),
        drawn,
        dose_words(intervention),
        dose_source(intervention),
    )
    # The style sheet keeps room for what is drawn a moment later.
    with st.container(key=f"{'drawn' if drawn else 'told'}_{intervention}"):
        # Streamlit takes drawings out of st.html. On one line, or Markdown would read it as text.
        st.markdown(" ".join(html.split()), unsafe_allow_html=True)


def dose_card(intervention: str) -> None:
    """Dose and evidence of an exercise whose pictures the guide shows."""
    with st.container(border=True):
        st.html(
            card(
                "dose_card",
                find(intervention),
                dose_words(intervention),
                dose_source(intervention),
            )
        )
