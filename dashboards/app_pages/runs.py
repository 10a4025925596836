"""Runs: every activity in a list, and each on a page of its own at ?run=ID."""

import streamlit as st

from dashboards.runs.correcting import REFRESH_KEY
from dashboards.runs.one_run import one_run
from dashboards.runs.run_list import run_list
from dashboards.shell.frame import first_steps, heading
from dashboards.shown.cards import notice
from dashboards.shown.data import View, rows, span, view
from dashboards.shown.refreshing import refresh_button, refresh_outcome
from tightlog.language.catalogue import phrase


def page(seen: View) -> None:
    """One activity when the address names one, else the list; steps while there is none at all."""
    refresh_outcome(REFRESH_KEY)
    if seen.version is None or not (
        rows(seen, "activity_sports").height or rows(seen, "activities_left_out").height
    ):
        nothing(seen)
    elif activity_id := st.query_params.get("run"):
        # Streamlit leaves the address as it is on the way from one view of a page to another; said
        # again, the browser has a step to go back.
        st.query_params["run"] = activity_id
        one_run(seen, activity_id)
    else:
        st.query_params.pop("run", None)
        run_list(seen)


def nothing(seen: View) -> None:
    """The page of a home without an activity, though there may be scores."""
    heading(phrase("Runs"), phrase("No activity yet."))
    if seen.version is None or span(seen) is None:
        first_steps(seen)
        return
    st.html(
        notice(
            phrase(
                "Your diary has entries, but there are no runs yet. Put your run files into "
                "{raw} and refresh.",
                raw=seen.home.raw,
            )
        )
    )
    refresh_button(seen)


page(view())
