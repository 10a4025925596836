"""The page of a cohort: for the coach who needs a look and what all homes say together; for a
runner the own home.
"""

import streamlit as st

from dashboards.cohort.looks import looks
from dashboards.cohort.one_member import one_member
from dashboards.cohort.roles import cohort_shown, is_guarded, role_of, speak
from dashboards.cohort.together import together
from dashboards.shell.frame import footer, heading, page_title, sign_out, style
from dashboards.shown.cards import linked_table, notice
from tightlog.cohort.cohort_file import COACH, Cohort
from tightlog.cohort.cohort_words import looks_words
from tightlog.cohort.stored import refreshed_at, stored
from tightlog.errors import TightlogError
from tightlog.language.catalogue import phrase


def page(cohort: Cohort, role: str) -> None:
    """What this role may see; a home in the address counts for the coach alone."""
    if role != COACH:
        one_member(cohort, role, is_own=True)
        together(stored(cohort, "pooled"))
    elif named := st.query_params.get("home"):
        st.query_params["home"] = named
        one_member(cohort, named, is_own=False)
        st.html(linked_table((phrase("Other homes"),), [("?", (phrase("All homes"),))]))
    else:
        _all_homes(cohort)


def _all_homes(cohort: Cohort) -> None:
    attention, members = stored(cohort, "attention"), stored(cohort, "member")
    heading(
        phrase("Who needs a look"),
        looks_words(attention["home"].n_unique(), members.height, refreshed_at(cohort)),
    )
    looks(attention, members)
    together(stored(cohort, "pooled"))


speak()
st.set_page_config(page_title=page_title(phrase("Cohort")), page_icon="🏃", layout="wide")
ADDRESS = st.get_option("server.address")
try:
    shown = cohort_shown()
    who = role_of(shown, ADDRESS, st.context.cookies, st.get_option("server.port"))
    if who is None:
        words = phrase("Sign in first: this page is for the coach and the runners of a group.")
        st.html(notice(words))
        st.stop()
    style()
    if is_guarded(shown, ADDRESS):
        sign_out()
    page(shown, who)
except TightlogError as problem:
    heading(phrase("This page cannot be shown"), phrase("The reason: {problem}.", problem=problem))
footer()
