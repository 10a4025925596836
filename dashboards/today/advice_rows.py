"""What to do: each piece of advice with `Did it`, how and why in a fold, and two ways to decline
it.
"""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from dashboards.routine.way_there import show_me_how
from dashboards.shown import cards
from dashboards.shown.data import View
from dashboards.today.analysis import want_analysis
from dashboards.today.doing import did_it, done_today, problem_shown
from tightlog.answers.actions.declining import decline, offer_again
from tightlog.answers.logged import NOT_FOR_ME, NOT_TODAY, TITLES
from tightlog.answers.today import Today
from tightlog.domain.diary import NEVER_DECLINED, InterventionDone
from tightlog.domain.interventions.catalogue import short_dose
from tightlog.journal.moment import moment_of
from tightlog.language.catalogue import message, phrase

HEADING = message("What to do")
HELPED = message("helped you before")


def what_to_do(seen: View, facts: Today) -> None:
    """Up to three pieces of advice; then what was done today besides, and what was declined."""
    st.html(cards.section(phrase(HEADING)))
    done = done_today(seen)
    advised = facts.advice_once("why", "how_to", "caution")
    for advice in advised:
        _row(seen, facts, advice, done.get(advice["intervention"]))
    if not advised:
        st.html(cards.notice(phrase("No advice today: nothing in your data calls for it.")))
    for name in done.keys() - {advice["intervention"] for advice in advised}:
        with st.container(border=True, key=f"advice_{name}", gap="xsmall"):
            st.html(cards.advice_head({"title": TITLES.get(name, name)}, ""))
            did_it(seen, name, done[name])
    _declined(seen, facts)


def _row(
    seen: View, facts: Today, advice: Mapping[str, Any], done: InterventionDone | None
) -> None:
    name = advice["intervention"]
    with st.container(border=True, key=f"advice_{name}", gap="xsmall"):
        with st.container(
            horizontal=True, wrap=False, vertical_alignment="center", key=f"head_{name}"
        ):
            st.html(cards.advice_head(advice, _line(facts, advice)), width="stretch")
            if done is None:
                did_it(seen, name, None)
        if done is not None:
            did_it(seen, name, done)
        with st.expander(phrase("How and why"), key=f"how_{name}", type="compact"):
            show_me_how(name)
            st.html(cards.advice_reasons(advice))
            if name not in NEVER_DECLINED:
                _choices(seen, name)


def _line(facts: Today, advice: Mapping[str, Any]) -> str:
    parts = [
        short_dose(advice["intervention"]),
        phrase(HELPED) if advice["intervention"] in facts.helped else "",
    ]
    return " · ".join(part for part in parts if part)


def _choices(seen: View, name: str) -> None:
    with st.container(horizontal=True):
        for label, is_lasting in ((NOT_TODAY, False), (NOT_FOR_ME, True)):
            st.button(
                phrase(label),
                key=f"{'never' if is_lasting else 'later'}_{name}",
                on_click=_decline,
                args=(seen, name, is_lasting),
            )


def _declined(seen: View, facts: Today) -> None:
    """What is not offered, each with a way back."""
    if not facts.declined:
        return
    with st.expander(phrase("Not offered"), key="not_offered", type="compact"):
        for name in sorted(facts.declined, key=lambda one: TITLES.get(one, one)):
            with st.container(horizontal=True, vertical_alignment="center"):
                st.text(TITLES.get(name, name), width="stretch")
                st.button(
                    phrase("Offer again"),
                    key=f"offer_{name}",
                    type="tertiary",
                    on_click=_offer_again,
                    args=(seen, name),
                )


def _decline(seen: View, name: str, is_lasting: bool) -> None:
    with problem_shown(phrase("Not saved")):
        decline(seen.home, name, moment_of(None, seen.settings.zone), is_lasting=is_lasting)
        want_analysis()


def _offer_again(seen: View, name: str) -> None:
    with problem_shown(phrase("Not saved")):
        offer_again(seen.home, name, moment_of(None, seen.settings.zone))
        want_analysis()
