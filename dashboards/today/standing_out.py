"""The one thing that stands out, with the rest of what is building up in a fold; that no run is
known lately.
"""

import streamlit as st

from dashboards.shown import cards
from dashboards.shown.data import View
from tightlog.answers.today import Today
from tightlog.language.catalogue import message, phrase

QUIET = message("Nothing stands out")
# Where the score above it does.
QUIET_BESIDE = message("Nothing else stands out")


def standing_out(seen: View, facts: Today) -> None:
    """The pattern to name, or that there is none; nothing where the data are too old."""
    if not facts.is_fresh:
        return
    with st.container(key="standing_out", gap="xsmall"):
        match = facts.stands_out
        if match is None:
            st.html(
                cards.standing_out(
                    phrase(QUIET_BESIDE) if facts.course.stands_out else phrase(QUIET),
                    facts.no_run or "",
                )
            )
        else:
            st.html(cards.standing_out(match["title"], match["evidence"]))
            if facts.no_run:
                st.html(cards.quiet(facts.no_run))
        _rest(facts)


def night(facts: Today) -> None:
    """The night, where it stands out; nothing else."""
    if facts.night and facts.is_fresh:
        st.html(cards.quiet(facts.night))


def _rest(facts: Today) -> None:
    """Every active pattern with its numbers and sources, and what cannot be watched."""
    if not (facts.matches or facts.not_watched):
        return
    more = len(facts.matches) - 1
    label = (
        phrase("Why, and {more} more", more=more)
        if more > 0
        else phrase("Why")
        if facts.matches
        else phrase("Not watched")
    )
    with st.expander(label, key="building_up", type="compact"):
        if facts.matches:
            st.html(cards.match_cards(facts.matches))
        if facts.not_watched:
            st.html(cards.not_watched(facts.not_watched))
