"""Experiment: a coin decides on which mornings something is done, and shows what it changes."""

import streamlit as st

from dashboards.experiment.answered import answered
from dashboards.experiment.course import running_trial
from dashboards.experiment.planning import planning
from dashboards.shell.frame import heading, sample_banner
from dashboards.shown import cards
from dashboards.shown.data import View, standing_flag, todays_facts, view
from dashboards.shown.refreshing import ABOVE, refresh_outcome
from dashboards.today.coin import said_once
from tightlog.answers.trial import trial_today
from tightlog.language.catalogue import message, phrase

FLAGGED = message(
    "A red flag is active, so no trial runs and none can begin. A trial that was "
    "running has been stopped, and is kept."
)


def page(seen: View) -> None:
    """The whole page, from one view and the journal as it is now."""
    heading(phrase("Experiment"), phrase("Does it help you? Let a coin decide, and find out"))
    sample_banner(seen)
    refresh_outcome(ABOVE)
    said_once()
    facts = todays_facts(seen)
    trial = trial_today(seen.home, seen.local_day)
    if standing_flag(seen) is not None or (facts is not None and facts.red_flag is not None):
        st.html(cards.notice(phrase(FLAGGED)))
    elif trial is not None:
        running_trial(seen, trial)
    else:
        planning(seen)
    answered(seen)


page(view())
