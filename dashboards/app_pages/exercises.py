"""Exercises: everything the article suggests, with pictures, how to do it, dose and caution;
several can be put together into a routine.
"""

import streamlit as st

from dashboards.exercises.exercise_cards import exercise_card
from dashboards.exercises.warning import is_stopped
from dashboards.routine.way_there import PAGE, show_me_how
from dashboards.shell.frame import heading, sample_banner
from dashboards.shown.data import View, view
from tightlog.domain.interventions.catalogue import CATALOGUE, find
from tightlog.domain.interventions.doses import guided
from tightlog.language.catalogue import phrase
from tightlog.language.choice import ENGLISH, spoken
from tightlog.words.numbers import first_upper

# In English, as they stand in the address.
with spoken(ENGLISH):
    BY_CATEGORY = {item.intervention: item.category for item in CATALOGUE}
CATEGORIES = tuple(dict.fromkeys(BY_CATEGORY.values()))


def page(seen: View) -> None:
    """The whole page; while a red flag stands, without ways to begin."""
    heading(phrase("Exercises"), phrase("What the article suggests, with how much to begin with"))
    sample_banner(seen)
    may_begin = not is_stopped(seen)
    if may_begin:
        put_together()
    category = st.pills(
        phrase("Group"),
        CATEGORIES,
        default=CATEGORIES[0],
        format_func=lambda name: first_upper(phrase(name)),
        required=True,
        key="group",
        bind="query-params",
        label_visibility="collapsed",
    )
    for item in CATALOGUE:
        if BY_CATEGORY[item.intervention] == category:
            with st.container(border=True):
                exercise_card(item.intervention)
                if may_begin:
                    show_me_how(item.intervention)


def put_together() -> None:
    """A choice of exercises that are guided, and the way to their routine."""
    with st.expander(phrase("Put a routine together"), key="put_together", type="compact"):
        chosen = st.pills(
            phrase("Choose in the order you want to do them"),
            guided(),
            format_func=lambda name: find(name).title,
            selection_mode="multi",
            key="routine_choice",
        )
        if chosen:
            st.page_link(
                PAGE, label=phrase("Start the routine"), query_params={"do": ",".join(chosen)}
            )


page(view())
